// What in a sentence is a model: a link to the Hub, an id as it stands, the name of a family, and, behind a
// phrase of origin, any word that only names of models look like.
//
//   "based on [Foo](…/acme/Foo-7B)", "from acme/Foo-7B", "built on Mixtral-8x7B", "on scripts/diff.py"
//     ->  acme/Foo-7B, acme/Foo-7B, Mixtral-8x7B, nothing

#include "reading/named.h"

#include <algorithm>
#include <array>

#include "hub/addresses.h"
#include "hub/ids.h"
#include "reading/families.h"
#include "reading/spelling.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr Word kModel = hash("model");
constexpr std::array<std::string_view, 14> kSizes = {"base",     "large", "small",   "medium",      "tiny",
                                                     "uncased",  "cased", "xl",      "xxl",         "mini",
                                                     "instruct", "hf",    "chinese", "multilingual"};

constexpr std::array<Leads, 7> kLeads = {{{Cue::tuned_from, Relation::finetune, true},
                                          {Cue::quantized_from, Relation::quantized, true},
                                          {Cue::distilled_from, Relation::distill, true},
                                          {Cue::merged_from, Relation::merge, true},
                                          {Cue::adapter_of, Relation::adapter, true},
                                          {Cue::continued_from, Relation::finetune, true},
                                          {Cue::made_from, Relation::unstated, false}}};

// "zephyr-7b-beta", "SOLAR-10.7B", "Falkor-8x7B": billions of parameters behind a name.
bool holds_a_size(std::string_view lower) {
  for (std::size_t b = lower.find('b'); b != std::string_view::npos; b = lower.find('b', b + 1)) {
    if (b + 1 < lower.size() && (text::is_lower(lower[b + 1]) || text::is_digit(lower[b + 1]))) continue;
    std::size_t from = b;
    while (from > 0 && (text::is_digit(lower[from - 1]) || lower[from - 1] == '.')) --from;
    if (from == b || b - from > 4) continue;
    if (from > 1 && lower[from - 1] == 'x' && text::is_digit(lower[from - 2])) return true;
    if (from > 2 && (lower[from - 1] == '-' || lower[from - 1] == '_') && text::is_lower(lower[from - 2]))
      return true;
  }
  return false;
}

// "scripts/weight_diff.py" is no id.
bool name_of_file(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 6) return false;
  const std::string_view ending = name.substr(dot + 1);
  return !ending.empty() &&
         std::all_of(ending.begin(), ending.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class Finder {
 public:
  Finder(const Read& read, const Source& source, const Names& names)
      : read_(read), source_(source), names_(names) {}

  std::vector<Named> all() const {
    std::vector<Named> out;
    const std::size_t end = read_.at.byte + read_.lower.size();
    for (const text::Link& link : source_.card.links_in(read_.at.block, read_.at.byte, end)) {
      const auto hub = hub::hub_link(link.url);
      if (!hub) {
        legacy(link, out);
        continue;
      }
      if (hub->type != hub::HubLink::Type::model || text::equal_ignoring_case(hub->id, source_.id)) continue;
      if (!hub->path.empty()) continue;  // a file of it: its license, a picture
      const std::size_t at = link.at - read_.at.byte;
      out.push_back({hub->id, "", link.text, at, behind(at, text::lower(link.text))});
    }
    ids(out);
    families(out);
    unlisted(out);
    std::sort(out.begin(), out.end(), [](const Named& a, const Named& b) { return a.at < b.at; });
    return out;
  }

 private:
  // Something was found there.
  static bool is_known(const std::vector<Named>& found, std::size_t from, std::size_t to) {
    return std::any_of(found.begin(), found.end(), [&](const Named& n) { return n.at < to && from < n.end; });
  }

  // "[bert-base-uncased](https://huggingface.co/bert-base-uncased)": models of before 2022 have no owner. The
  // same address may be an organization's page, whose name looks like none of a model.
  void legacy(const text::Link& link, std::vector<Named>& out) const {
    const std::string name = hub::lone_part(link.url);
    if (name.empty()) return;
    std::string id = exact_id(name, source_.catalog);
    if (id.empty() && !looks_like_a_model(name)) return;
    if (text::equal_ignoring_case(id, source_.id) || text::equal_ignoring_case(name, source_.id)) return;
    const std::size_t at = link.at - read_.at.byte;
    out.push_back({std::move(id), "", name, at, behind(at, text::lower(link.text))});
  }

  // Where a link's text ends: some write it twice, "[Foo 7B](…) Foo 7B fine-tuned on …".
  std::size_t behind(std::size_t at, const std::string& name) const {
    std::size_t end = std::min(at + name.size(), read_.lower.size());
    const std::size_t again = read_.lower.find_first_not_of(" ,:-(", end);
    if (name.size() >= 4 && again != std::string_view::npos && read_.lower.substr(again).starts_with(name))
      end = again + name.size();
    return end;
  }

  // `org/name` as it stands.
  void ids(std::vector<Named>& out) const {
    const std::string_view s = read_.original;
    for (std::size_t slash = s.find('/'); slash != std::string_view::npos && out.size() < 64;
         slash = s.find('/', slash + 1)) {
      const auto part = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
      };
      std::size_t from = slash;
      std::size_t to = slash + 1;
      while (from > 0 && part(s[from - 1]) && slash - from < 96) --from;
      while (to < s.size() && part(s[to]) && to - slash < 96) ++to;
      while (to > slash + 1 && (s[to - 1] == '.' || s[to - 1] == '-')) --to;
      if (from == slash || to == slash + 1) continue;
      if ((from > 0 && (s[from - 1] == '/' || s[from - 1] == ':' || s[from - 1] == '@')) ||
          (to < s.size() && s[to] == '/'))
        continue;
      const std::string_view id = s.substr(from, to - from);
      // "and/or", "7B/13B", "0.5/1.0" are no ids: those of models hold a digit, a hyphen or a capital.
      const std::string_view name = s.substr(slash + 1, to - slash - 1);
      const std::string_view owner = s.substr(from, slash - from);
      const bool digits = name.find_first_of("0123456789") != std::string_view::npos;
      const bool capitals = id.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos;
      const bool quoted = from > 0 && s[from - 1] == '`' && name.find('-') != std::string_view::npos;
      const bool telling = (digits || quoted || looks_like_a_model(name) ||
                            (capitals && name.find_first_of("-_") != std::string_view::npos)) &&
                           name.size() >= 4 && owner.size() >= 2;
      const bool file = name_of_file(name) || is_media_type(id);
      const bool number = owner.find_first_not_of("0123456789.bBmMkK") == std::string_view::npos;
      if ((!telling && !is_label(read_.lower)) || number || file || !hub::is_owned_id(id) ||
          text::equal_ignoring_case(id, source_.id))
        continue;
      if (!is_known(out, from, to)) out.push_back({std::string(id), "", std::string(id), from, to});
    }
  }

  void families(std::vector<Named>& out) const {
    const Pairs pairs(read_.lower);
    for (const ModelFamily& family : source_.catalog.families()) {
      const auto may = [&](const std::string& pattern) {
        return pairs.may_hold(pattern) && source_.prose.may_say(head_of(pattern));
      };
      if (std::none_of(family.names.begin(), family.names.end(), may) &&
          std::none_of(family.said.begin(), family.said.end(), may))
        continue;
      const LicenseEntry* license = source_.catalog.license(family.license);
      const bool open = license != nullptr && license->cls == LicenseClass::open;
      for (auto m = find_family(read_.lower, family, true); m && out.size() < 64;
           m = find_family(read_.lower, family, true, m->end)) {
        const bool linked = std::any_of(out.begin(), out.end(), [&](const Named& n) {
          return n.at < m->end && m->at < n.end && !n.id.empty();
        });
        if (linked) continue;
        // "dragon-mistral-7b-v0" is somebody's own model, whose terms the family's do not tell.
        const auto [from, to] = word_around(m->at, m->end);
        const bool own = !open || is_member(m->at, m->end, from, to);
        if (own)
          out.push_back(
              {"", family.name, std::string(read_.original.substr(m->at, m->end - m->at)), m->at, m->end});
        else if (holds_a_size(read_.lower.substr(from, to - from)))
          out.push_back({"", "", std::string(read_.original.substr(from, to - from)), from, to});
      }
    }
  }

  // From the blank before to the one behind.
  std::pair<std::size_t, std::size_t> word_around(std::size_t at, std::size_t end) const {
    constexpr std::string_view kBounds = " \t\n`\"'*(),;:[]|";
    const std::size_t from = at == 0 ? 0 : read_.lower.find_last_of(kBounds, at - 1) + 1;
    std::size_t to = std::min(read_.lower.find_first_of(kBounds, end), read_.lower.size());
    while (to > end && (read_.lower[to - 1] == '.' || read_.lower[to - 1] == '-')) --to;
    return {from, to};
  }
  // "mistral-7b-instruct-v0.2": nothing before the family's name, and behind it sizes and versions alone.
  bool is_member(std::size_t at, std::size_t end, std::size_t from, std::size_t to) const {
    if (from != at) return false;
    for (std::size_t i = end; i < to;) {
      const std::size_t next = std::min(read_.lower.find_first_of("-_./", i), to);
      const std::string_view part = read_.lower.substr(i, next - i);
      const bool number = part.find_first_not_of("0123456789vbmx") == std::string_view::npos;
      if (!number && std::find(kSizes.begin(), kSizes.end(), part) == kSizes.end()) return false;
      i = next + 1;
    }
    return true;
  }

  // Behind "based on", "fine-tuned from": a word that only names of models look like, of a family that has no
  // terms to pass on ("Mixtral-8x7B", "mT5") or that nobody lists.
  void unlisted(std::vector<Named>& out) const {
    const Sense& s = read_.sense;
    for (const Hit& h : s.hits) {
      if (h.cue == Cue::as_base) before(h, out);
      if (leads(h.cue) == nullptr || out.size() >= 64) continue;
      const std::size_t end = s.end_of(h);
      for (std::size_t at = end; at < read_.original.size() && at < end + kClose;) {
        const std::size_t from = read_.original.find_first_not_of(" `\"'*(", at);
        if (from == std::string_view::npos) break;
        const std::size_t to =
            std::min(read_.original.find_first_of(" `\"'*(),;:\n", from), read_.original.size());
        std::string_view word = read_.original.substr(from, to - from);
        at = to + 1;
        word = word.substr(0, std::find_if(word.begin(), word.end(), text::is_beyond) - word.begin());
        while (!word.empty() && (word.back() == '.' || word.back() == '-')) word.remove_suffix(1);
        // Its own name, or a relative's, is none of another family.
        if (!looks_like_a_model(word) || names_.in(read_.lower, from, from + word.size())) continue;
        if (!is_known(out, from, from + word.size()))
          out.push_back({"", "", std::string(word), from, from + word.size()});
        break;
      }
    }
  }
  // "PEGASUS fine-tuned for …", "BioBERT model fine-tuned in …"
  void before(const Hit& h, std::vector<Named>& out) const {
    const Sense& s = read_.sense;
    std::uint32_t at = h.begin;
    if (at > 0 && s.words[at - 1].word == kModel) --at;
    const std::size_t to = s.words[at].begin;
    std::size_t end = to;
    while (end > 0 && (read_.original[end - 1] == ' ' || read_.original[end - 1] == '`' ||
                       read_.original[end - 1] == '*'))
      --end;
    if (end == 0 || end + 4 < to) return;
    const std::size_t from = read_.original.find_last_of(" `\"'*(,:", end - 1) + 1;
    if (from >= end) return;
    const std::string_view word = read_.original.substr(from, end - from);
    const bool family =
        text::lower(word).find("bert") != std::string::npos && word.find("BERT") != std::string_view::npos;
    if ((!looks_like_a_model(word) && !family) || names_.in(read_.lower, from, end)) return;
    if (!is_known(out, from, end)) out.push_back({"", "", std::string(word), from, end});
  }
  bool looks_like_a_model(std::string_view word) const {
    if (word.size() < 2 || word.size() > 64 || word.find('/') != std::string_view::npos) return false;
    const std::string lower = text::lower(word);
    const auto& types = source_.catalog.weight_words().model_types;
    if (types.contains(lower)) return true;
    // A number behind letters: "GPT-2", "Mixtral-8x7B"; not a year, a license, or a data set of 12M pictures.
    const bool capital = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (holds_a_size(lower) && lower.find(".q") == std::string::npos) return true;
    const auto family = [&](const auto& type) { return lower.starts_with(type.first); };
    if (!std::any_of(types.begin(), types.end(), family)) return false;
    if (capital && word.find_first_of("0123456789") != std::string_view::npos) return true;
    // "bert-base-uncased", "xlm-roberta-large"
    return std::any_of(kSizes.begin(), kSizes.end(), [&](std::string_view size) {
      const std::size_t at = lower.find(size);
      return at != std::string::npos && at > 0 && lower[at - 1] == '-';
    });
  }

  const Read& read_;
  const Source& source_;
  const Names& names_;
};

}  // namespace

std::string exact_id(std::string_view name, const Catalog& catalog) {
  std::string id = catalog.named(name).id;
  const std::size_t slash = id.find('/');
  if (slash == std::string::npos || hub::bare_name(id.substr(slash + 1)) != hub::bare_name(name)) id.clear();
  return id;
}

const Leads* leads(Cue c) {
  const auto found = std::find_if(kLeads.begin(), kLeads.end(), [&](const Leads& l) { return l.cue == c; });
  return found == kLeads.end() ? nullptr : &*found;
}

bool tells_origin(const Sense& sense) {
  return std::any_of(kLeads.begin(), kLeads.end(), [&](const Leads& l) { return sense.has(l.cue); });
}

bool tells_weights(const Sense& sense) {
  return std::any_of(kLeads.begin(), kLeads.end(),
                     [&](const Leads& l) { return l.weights && sense.has(l.cue); });
}

std::vector<Named> models_named(const Read& read, const Source& source, const Names& names) {
  return Finder(read, source, names).all();
}

bool is_media_type(std::string_view id) {
  const std::string_view owner = id.substr(0, id.find('/'));
  return owner == "image" || owner == "audio" || owner == "video" || owner == "application";
}

bool is_label(std::string_view lower) {
  const std::size_t colon = lower.find(':');
  return colon != std::string_view::npos && colon < 32;
}

}  // namespace howopen::reading
