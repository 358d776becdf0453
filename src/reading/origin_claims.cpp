// What a model was made from, sentence by sentence: by a link, an id, or the name of a family.
//
//   "[Llama 2 (7B)](…/meta-llama/Llama-2-7b) fine-tuned on our data"  ->  here, from meta-llama/Llama-2-7b
//   "We also offer smaller variants fine-tuned from Gemma 2"           ->  a sibling, from Gemma
//   "It has the architecture of Llama 2"                              ->  nothing

#include <algorithm>
#include <array>

#include "hub/addresses.h"
#include "hub/ids.h"
#include "reading/families.h"
#include "reading/reader.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kMostGap = 64;    // bytes between a phrase and the name it leads to
constexpr std::size_t kClose = 26;      // bytes behind a name that still speak of it
constexpr std::size_t kMostNamed = 24;  // models of one sentence

constexpr std::array<std::string_view, 8> kSizes = {"base", "large",   "small", "medium",
                                                    "tiny", "uncased", "cased", "multilingual"};

struct Leads {
  Cue cue;
  Relation how;
  bool weights;  // speaks of weights, and not, as "based on" may, of an architecture
};
constexpr std::array<Leads, 7> kLeads = {{{Cue::tuned_from, Relation::finetune, true},
                                          {Cue::quantized_from, Relation::quantized, true},
                                          {Cue::distilled_from, Relation::distill, true},
                                          {Cue::merged_from, Relation::merge, true},
                                          {Cue::adapter_of, Relation::adapter, true},
                                          {Cue::continued_from, Relation::finetune, true},
                                          {Cue::made_from, Relation::unstated, false}}};

const Leads* leads(Cue c) {
  const auto found = std::find_if(kLeads.begin(), kLeads.end(), [&](const Leads& l) { return l.cue == c; });
  return found == kLeads.end() ? nullptr : &*found;
}

// A model that is named in the sentence.
struct Named {
  std::string id;
  std::string family;
  std::string name;
  std::size_t at = 0;
  std::size_t end = 0;
};

// "scripts/weight_diff.py" is no id.
bool name_of_file(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 6) return false;
  const std::string_view ending = name.substr(dot + 1);
  return !ending.empty() &&
         std::all_of(ending.begin(), ending.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class OriginReader {
 public:
  OriginReader(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
               Claims& out)
      : read_(read), source_(source), names_(names), lexicon_(lexicon), out_(out) {}

  void run() {
    const Sense& s = read_.sense;
    scratch();
    if (s.has(Cue::delta) && !out_.delta && read_.lower.find("unlike") == std::string_view::npos &&
        subject(0, read_.lower.size()) != Subject::sibling) {
      out_.delta = true;
      out_.delta_at = read_.at;
    }
    const bool origin =
        std::any_of(kLeads.begin(), kLeads.end(), [&](const Leads& l) { return s.has(l.cue); });
    if (!origin && !s.has(Cue::as_base) && !read_.context.row) return;
    if (read_.context.nearest.has(Cue::others_section) && !read_.context.nearest.has(Cue::origin_section))
      return;
    const std::vector<Named> all = named();
    if (all.size() > kMostNamed) out_.stop_at(read_.at.line);
    for (std::size_t i = 0; i < all.size() && i < kMostNamed; ++i) {
      const Named& n = all[i];
      if (read_.context.row)
        row(n);
      else
        told(n);
    }
  }

 private:
  Subject subject(std::size_t from, std::size_t to) const {
    return subject_of(read_.sense, read_.lower, from, to, names_, lexicon_);
  }

  std::vector<Named> named() const {
    std::vector<Named> out;
    const std::size_t end = read_.at.byte + read_.lower.size();
    for (const text::Link& link : source_.card.links_in(read_.at.block, read_.at.byte, end)) {
      const auto hub = hub::hub_link(link.url);
      if (!hub || hub->type != hub::HubLink::Type::model || text::equal_ignoring_case(hub->id, source_.id))
        continue;
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
      const bool telling = (digits || (capitals && name.find_first_of("-_") != std::string_view::npos)) &&
                           name.size() >= 4 && owner.size() >= 2;
      const bool file = name_of_file(name);
      const bool number = owner.find_first_not_of("0123456789.bBmMkK") == std::string_view::npos;
      if ((!telling && !label()) || number || file || !hub::is_owned_id(id) ||
          text::equal_ignoring_case(id, source_.id))
        continue;
      const bool linked =
          std::any_of(out.begin(), out.end(), [&](const Named& n) { return n.at < to && from < n.end; });
      if (!linked) out.push_back({std::string(id), "", std::string(id), from, to});
    }
  }

  void families(std::vector<Named>& out) const {
    for (const ModelFamily& family : source_.catalog.families()) {
      const auto may = [&](const std::string& pattern) { return source_.prose.may_name(head_of(pattern)); };
      if (std::none_of(family.names.begin(), family.names.end(), may) &&
          std::none_of(family.said.begin(), family.said.end(), may))
        continue;
      for (auto m = find_family(read_.lower, family, true); m && out.size() < 64;
           m = find_family(read_.lower, family, true, m->end)) {
        const bool linked = std::any_of(out.begin(), out.end(), [&](const Named& n) {
          return n.at < m->end && m->at < n.end && !n.id.empty();
        });
        if (!linked)
          out.push_back(
              {"", family.name, std::string(read_.original.substr(m->at, m->end - m->at)), m->at, m->end});
      }
    }
  }

  // Behind "based on", "fine-tuned from": a word that only names of models look like, of a family that has no
  // terms to pass on ("Mixtral-8x7B", "mT5") or that nobody lists.
  void unlisted(std::vector<Named>& out) const {
    const Sense& s = read_.sense;
    for (const Hit& h : s.hits) {
      if (leads(h.cue) == nullptr || out.size() >= 64) continue;
      const std::size_t end = s.end_of(h);
      for (std::size_t at = end; at < read_.original.size() && at < end + kClose;) {
        const std::size_t from = read_.original.find_first_not_of(" `\"'*(", at);
        if (from == std::string_view::npos) break;
        const std::size_t to =
            std::min(read_.original.find_first_of(" `\"'*(),;:\n", from), read_.original.size());
        std::string_view word = read_.original.substr(from, to - from);
        while (!word.empty() && (word.back() == '.' || word.back() == '-')) word.remove_suffix(1);
        at = to + 1;
        // Its own name, or a relative's, is none of another family.
        if (!looks_like_a_model(word) || names_.in(read_.lower, from, from + word.size())) continue;
        const bool known = std::any_of(out.begin(), out.end(), [&](const Named& n) {
          return n.at < from + word.size() && from < n.end;
        });
        if (!known) out.push_back({"", "", std::string(word), from, from + word.size()});
        break;
      }
    }
  }
  bool looks_like_a_model(std::string_view word) const {
    if (word.size() < 2 || word.size() > 64 || word.find('/') != std::string_view::npos) return false;
    const std::string lower = text::lower(word);
    const auto& types = source_.catalog.weight_words().model_types;
    if (types.contains(lower)) return true;
    // A number behind letters: "GPT-2", "Mixtral-8x7B"; not a year, a license, or a data set of 12M pictures.
    const bool capital = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const auto family = [&](const auto& type) { return lower.starts_with(type.first); };
    if (!std::any_of(types.begin(), types.end(), family)) return false;
    if (capital && word.find_first_of("0123456789") != std::string_view::npos) return true;
    // "bert-base-uncased", "xlm-roberta-large"
    return std::any_of(kSizes.begin(), kSizes.end(), [&](std::string_view size) {
      const std::size_t at = lower.find(size);
      return at != std::string::npos && at > 0 && lower[at - 1] == '-';
    });
  }

  // A row of a table of models with a column for bases.
  void row(const Named& n) {
    if (n.id.empty() || !read_.context.head.any(Cue::origin, Cue::made_from, Cue::tuned_from)) return;
    const auto who = names_.in(read_.lower, 0, n.at);
    if (!who || *who == Subject::family) return;
    add(n, *who, Relation::unstated, true);
  }

  void told(const Named& n) {
    const Sense& s = read_.sense;
    const Leads* how = nullptr;
    std::size_t head = 0;
    // Behind the name: "… as a base model", "… fine-tuned on", "Llama-2-based".
    for (const Hit& h : s.hits) {
      const std::size_t at = s.begin_of(h);
      if (at < n.end || at > n.end + kClose) continue;
      if (h.cue == Cue::manner && next_to(n.end, at) && !s.within(Cue::as_base, n.end, at)) return;
      if (h.cue != Cue::as_base || how != nullptr) continue;
      // "Foo-GGUF is quantized from this model": the other way round.
      const std::string_view on = read_.lower.substr(std::min(s.end_of(h), read_.lower.size()));
      if (on.starts_with(" from this model") || on.starts_with(" of this model") ||
          on.starts_with(" from it"))
        return;
      static constexpr Leads kBase{Cue::as_base, Relation::finetune, true};
      how = &kBase;
      head = n.at;
    }
    // Before it: "fine-tuned from …".
    const Hit* nearest = nullptr;
    for (const Hit& h : s.hits) {
      const Leads* l = leads(h.cue);
      if (l == nullptr) continue;
      const std::size_t end = s.end_of(h);
      if (end > n.at || n.at - end > kMostGap || s.within(Cue::elsewhere, end, n.at)) continue;
      const bool better = nearest == nullptr || s.end_of(*nearest) < end ||
                          (s.end_of(*nearest) == end && leads(nearest->cue)->weights < l->weights);
      if (better) nearest = &h;
    }
    if (nearest != nullptr) {
      how = leads(nearest->cue);
      head = s.begin_of(*nearest);
    }
    if (how == nullptr) return;
    // Comparisons, before the phrase that leads here.
    if (compared_before(head)) return;
    Subject who = subject(0, head);
    if (who == Subject::family || who == Subject::base || who == Subject::other) {
      // Nobody else was named: the sentence is of the model whose card it is.
      who = label() || head < 32 || s.within(Cue::here, 0, head) || s.within(Cue::makers, 0, head) ||
                    s.within(Cue::weights, 0, head) || names_.in(read_.lower, 0, head)
                ? Subject::here
                : Subject::family;
    }
    // "Models built on Llama 2 and Mistral": a series, and not which of them this one is from.
    if (!how->weights && !speaks_of_weights() && n.id.empty() && followed_by_choice(n)) return;
    add(n, who, how->how, how->weights);
  }
  // "Unlike its predecessor, Foo-2 starts from …": behind its own name the comparison is over.
  bool compared_before(std::size_t head) const {
    std::size_t last = std::string_view::npos;
    for (const Hit& h : read_.sense.hits) {
      if (h.cue == Cue::compared && read_.sense.end_of(h) <= head) last = read_.sense.end_of(h);
    }
    if (last == std::string_view::npos) return false;
    const auto own = names_.in(read_.lower, last, head);
    const std::size_t comma = read_.lower.rfind(',', head);
    return !(own && *own == Subject::here && comma != std::string_view::npos && comma > last);
  }
  // Nothing but a size or a sign between: "Llama 2 7B architecture".
  bool next_to(std::size_t from, std::size_t to) const {
    const std::string_view between = read_.lower.substr(from, to - from);
    return std::count_if(between.begin(), between.end(),
                         [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }) <= 4;
  }
  bool speaks_of_weights() const {
    return std::any_of(kLeads.begin(), kLeads.end(),
                       [&](const Leads& l) { return l.weights && read_.sense.has(l.cue); });
  }
  bool label() const {
    const std::size_t colon = read_.lower.find(':');
    return colon != std::string_view::npos && colon < 32;
  }
  bool followed_by_choice(const Named& n) const {
    const std::string_view behind = read_.lower.substr(n.end);
    return behind.starts_with(" and ") || behind.starts_with(" or ");
  }

  void scratch() {
    const Sense& s = read_.sense;
    if (!s.has(Cue::scratch) || s.cues.any(Cue::compared, Cue::unrestricted) || s.has(Cue::tuned_on)) return;
    for (const Hit& h : s.hits) {
      if (h.cue != Cue::scratch) continue;
      // What trainers write where they know no base: "was trained from scratch on the None dataset".
      if (read_.lower.substr(s.end_of(h)).starts_with(" on the ")) return;
      if (!s.cues.any(Cue::trained_on, Cue::pretrained_on) && !read_.sense.has(Cue::made_from)) return;
      const std::size_t head = s.begin_of(h);
      const Subject who = subject(0, head);
      if (who == Subject::sibling || who == Subject::other) return;
      const bool about = s.within(Cue::weights, 0, head) || s.within(Cue::here, 0, head) ||
                         names_.in(read_.lower, 0, head) ||
                         (head < 24 && s.cues.any(Cue::trained_on, Cue::pretrained_on));
      if (!about) return;
      OriginClaim c;
      c.scratch = true;
      c.at = read_.at;
      out_.origins.push_back(std::move(c));
      return;
    }
  }

  void add(const Named& n, Subject who, Relation how, bool weights) {
    OriginClaim c;
    c.subject = who;
    c.how = how;
    c.id = n.id;
    c.family = n.family;
    c.name = n.name;
    c.weights = weights;
    c.at = read_.at;
    c.at.byte += n.at;
    out_.origins.push_back(std::move(c));
  }

  const Read& read_;
  const Source& source_;
  const Names& names_;
  const Lexicon& lexicon_;
  Claims& out_;
};

}  // namespace

void read_origins(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
                  Claims& out) {
  OriginReader(read, source, names, lexicon, out).run();
}

}  // namespace howopen::reading
