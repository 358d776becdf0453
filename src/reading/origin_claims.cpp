// What a model was made from, sentence by sentence: by a link, an id, or the name of a family.
//
//   "[Llama 2 (7B)](…/meta-llama/Llama-2-7b) fine-tuned on our data"  ->  here, from meta-llama/Llama-2-7b
//   "We also offer smaller variants fine-tuned from Gemma 2"           ->  a sibling, from Gemma
//   "It has the architecture of Llama 2"                              ->  nothing

#include <algorithm>
#include <array>
#include <optional>

#include "reading/named.h"
#include "reading/origin_heads.h"
#include "reading/reader.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kMostGap = 64;    // bytes between a phrase and the name it leads to
constexpr std::size_t kMostNamed = 24;  // models of one sentence

constexpr std::array<std::string_view, 6> kQuantized = {"gguf", "gptq", "-awq", "exl2", "-mlx", "onnx"};

class OriginReader {
 public:
  OriginReader(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
               Claims& out)
      : read_(read), source_(source), names_(names), lexicon_(lexicon), out_(out) {}

  void run() {
    const Sense& s = read_.sense;
    if (s.has(Cue::delta) && !out_.delta && read_.lower.find("unlike") == std::string_view::npos &&
        subject(0, read_.lower.size()) != Subject::sibling) {
      out_.delta = true;
      out_.delta_at = read_.at;
    }
    const bool origin = tells_origin(s);
    const bool is = read_.lower.find(" is ") != std::string_view::npos ||
                    read_.lower.find(" = ") != std::string_view::npos;
    if (!origin && !s.has(Cue::as_base) && !read_.context.row && !is) return;
    if (read_.context.nearest.has(Cue::others_section) && !read_.context.nearest.has(Cue::origin_section))
      return;
    const std::vector<Named> all = models_named(read_, source_, names_);
    if (all.size() > kMostNamed) out_.stop_at(read_.at.line);
    if (all.empty()) unnamed();
    named_ = &all;
    std::vector<std::optional<OriginClaim>> claims(std::min(all.size(), kMostNamed));
    for (std::size_t i = 0; i < claims.size(); ++i)
      claims[i] = read_.context.row ? row(all[i]) : told(all[i]);
    // "It succeeds A, which was tuned from B": of A, and of this one where it is made from A.
    for (std::size_t i = 1; i < claims.size(); ++i) {
      if (claims[i] && !claims[i - 1] && told_of(all[i - 1], all[i])) claims[i].reset();
    }
    // "A merge of A, B, C and D": what is said of one holds for those that are joined to it.
    for (std::size_t i = 1; i < claims.size(); ++i)
      share(claims[i - 1], all[i - 1], all[i], all[i], claims[i]);
    for (std::size_t i = claims.size(); i-- > 1;)
      share(claims[i], all[i - 1], all[i], all[i - 1], claims[i - 1]);
    for (auto& c : claims) {
      if (c) out_.origins.push_back(std::move(*c));
    }
  }

 private:
  Subject subject(std::size_t from, std::size_t to) const {
    return subject_of(read_.sense, read_.lower, from, to, names_, lexicon_);
  }

  // "It was warm-started from an existing checkpoint": from something, whatever it is.
  void unnamed() {
    const Sense& s = read_.sense;
    if (s.cues.any(Cue::compared, Cue::reader, Cue::intent)) return;
    for (const Hit& some : s.hits) {
      if (some.cue != Cue::some_model) continue;
      for (const Hit& h : s.hits) {
        const std::size_t at = s.begin_of(some);
        if (leads(h.cue) == nullptr || s.end_of(h) > at || at - s.end_of(h) > kClose) continue;
        const std::size_t head = std::min(s.begin_of(h), first_lead());
        const Subject who = subject(0, head);
        if (who == Subject::sibling || who == Subject::other || (who == Subject::family && head >= 32))
          return;
        out_.origins.push_back(
            claim({"", "", "another model", at, s.end_of(some)}, Subject::here, leads(h.cue)->how, true));
        return;
      }
    }
  }

  // A row of a table of models with a column for bases; or of one that tells of this model line by line:
  // "Base model | Llama 2".
  std::optional<OriginClaim> row(const Named& n) const {
    if (labelled(n)) return claim(n, Subject::here, Relation::unstated, true);
    if (n.id.empty() || !read_.context.head.any(Cue::origin, Cue::made_from, Cue::tuned_from))
      return std::nullopt;
    const auto who = names_.in(read_.lower, 0, n.at);
    if (!who || *who == Subject::family) return std::nullopt;
    return claim(n, *who, Relation::unstated, true);
  }
  bool labelled(const Named& n) const {
    const std::string_view cells = text::trim(read_.lower);
    const std::size_t begin = static_cast<std::size_t>(cells.data() - read_.lower.data());
    const std::size_t tab = cells.find('\t');
    if (tab == std::string_view::npos || n.at < begin + tab) return false;
    // Two cells, and in the second little but the name.
    const std::string_view value = text::trim(cells.substr(tab));
    if (value.find('\t') != std::string_view::npos || value.size() > n.end - n.at + kClose) return false;
    const Sense& s = read_.sense;
    if (s.within(Cue::elsewhere, n.end, read_.lower.size())) return false;
    return std::any_of(s.hits.begin(), s.hits.end(),
                       [&](const Hit& h) {
                         return leads(h.cue) != nullptr && h.cue != Cue::distilled_from &&
                                s.end_of(h) <= begin + tab;
                       }) &&
           !s.within(Cue::elsewhere, 0, begin + tab);
  }

  // Nothing but signs and a word such as "and" between two names.
  bool joined(const Named& a, const Named& b) const {
    constexpr std::size_t kFar = 16;
    if (b.at < a.end || b.at - a.end > kFar) return false;
    for (const Token& t : read_.sense.words) {
      if (t.begin >= a.end && t.end <= b.at && !lexicon_.joins(t.word)) return false;
    }
    const std::string_view between = read_.lower.substr(a.end, b.at - a.end);
    return between.find_first_of(":;|\t") == std::string_view::npos &&
           between.find(". ") == std::string_view::npos;
  }
  // Names of families alone are joined in all kinds of lists; ids are in few.
  void share(const std::optional<OriginClaim>& from, const Named& a, const Named& b, const Named& n,
             std::optional<OriginClaim>& to) const {
    if (!from || to || a.id.empty() || b.id.empty() || !joined(a, b)) return;
    to = claim(n, from->subject, from->how, from->weights);
  }

  // Between two names a relative clause or a bracket begins, and a phrase that leads on: "A (tuned from B)".
  bool told_of(const Named& a, const Named& b) const {
    constexpr std::size_t kFar = 24;  // bytes
    const Sense& s = read_.sense;
    if (b.at < a.end) return false;
    return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
      const std::size_t at = s.begin_of(h);
      if (leads(h.cue) == nullptr || at < a.end || at - a.end > kFar || s.end_of(h) > b.at) return false;
      const std::string_view between = read_.lower.substr(a.end, at - a.end);
      return s.within(Cue::relative, a.end, b.at) ? between.find(". ") == std::string_view::npos
                                                  : between.find(" (") != std::string_view::npos;
    });
  }

  // "[merged model](…/Foo-merged)", "roberta-base": a phrase within a name leads to no other.
  bool in_a_name(const Hit& h) const {
    const std::size_t at = read_.sense.begin_of(h);
    return std::any_of(named_->begin(), named_->end(),
                       [&](const Named& n) { return !n.id.empty() && n.at <= at && at < n.end; });
  }

  // "Foo 1, which was fine-tuned from Llama 2": the words are of what stands behind them.
  bool leads_on(const Hit& h) const {
    constexpr std::size_t kRight = 8;  // bytes
    const Sense& s = read_.sense;
    return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& o) {
      if (leads(o.cue) == nullptr || o.begin >= h.end || h.begin >= o.end || o.end <= h.end) return false;
      return std::any_of(named_->begin(), named_->end(),
                         [&](const Named& n) { return n.at >= s.end_of(o) && n.at - s.end_of(o) <= kRight; });
    });
  }

  std::optional<OriginClaim> told(const Named& n) const {
    const Sense& s = read_.sense;
    if (is_a_product(n)) return std::nullopt;
    const Leads* how = nullptr;
    std::size_t head = 0;
    // Behind the name: "… as a base model", "… fine-tuned on", "Llama-2-based".
    for (const Hit& h : s.hits) {
      const std::size_t at = s.begin_of(h);
      if (at < n.end || at > n.end + kClose) continue;
      if (h.cue == Cue::manner && next_to(n.end, at) && !s.within(Cue::as_base, n.end, at))
        return std::nullopt;
      if (h.cue != Cue::as_base || how != nullptr || from_nothing(h) || in_a_name(h) || leads_on(h) ||
          s.within(Cue::compared, n.end, at))
        continue;
      if (other_way_round(h)) return std::nullopt;
      static constexpr Leads kBase{Cue::as_base, Relation::finetune, true};
      how = &kBase;
      head = n.at;
    }
    // "An open reproduction of Llama 2, trained on …"
    for (const Hit& h : s.hits) {
      if (h.cue == Cue::elsewhere && h.end - h.begin > 1 && s.end_of(h) <= n.at &&
          n.at - s.end_of(h) < kClose)
        return std::nullopt;
    }
    // Before it: "fine-tuned from …".
    const Hit* nearest = nullptr;
    for (const Hit& h : s.hits) {
      const Leads* l = leads(h.cue);
      if (l == nullptr || in_a_name(h)) continue;
      const std::size_t end = s.end_of(h);
      if (end > n.at || n.at - end > kMostGap || s.within(Cue::elsewhere, end, n.at)) continue;
      const bool better = nearest == nullptr || s.end_of(*nearest) < end ||
                          (s.end_of(*nearest) == end && leads(nearest->cue)->weights < l->weights);
      if (better) nearest = &h;
    }
    const bool tuned_behind = how != nullptr;  // "a version of Foo, fine-tuned on …"
    if (nearest != nullptr) {
      how = leads(nearest->cue);
      head = s.begin_of(*nearest);
    }
    if (how == nullptr && in_a_formula(n)) {
      static constexpr Leads kFormula{Cue::merged_from, Relation::merge, true};
      how = &kFormula;
      head = 0;
    }
    if (how == nullptr && is_itself(n)) {
      static constexpr Leads kItself{Cue::made_from, Relation::unstated, true};
      how = &kItself;
      head = n.at;
    }
    if (how == nullptr) return std::nullopt;
    if (nearest != nullptr && leads_away(read_, names_, *nearest)) return std::nullopt;
    // Comparisons, before the phrase that leads here.
    if (compared_before(read_, names_, head) || denied(read_, head)) return std::nullopt;
    if (n.id.empty() && nearest != nullptr && of_its_manner(read_, head)) return std::nullopt;
    Subject who = subject(0, head);
    // "Foo 2 succeeds Foo 1, which was tuned from Llama 3": of Foo 1.
    if (const auto of = before_relative(read_, names_, head); of == Subject::sibling) who = Subject::sibling;
    if (who == Subject::sibling && likened(read_, head)) who = Subject::here;
    // "For those with less memory there is Foo-Mini, a Llama fine-tune".
    if (!how->weights && head >= n.at - std::min<std::size_t>(n.at, kMostGap) && n.id.empty() &&
        names_.in(read_.lower, head, n.at) == Subject::sibling)
      who = Subject::sibling;
    if (who == Subject::family || who == Subject::base || who == Subject::other) {
      // Nobody else was named: the sentence is of the model whose card it is.
      who = label() || std::min(head, first_lead()) < 32 || s.within(Cue::here, 0, head) ||
                    s.within(Cue::part, 0, head) || s.within(Cue::makers, 0, head) ||
                    s.within(Cue::weights, 0, head) || names_.in(read_.lower, 0, head)
                ? Subject::here
                : Subject::family;
    }
    // "Models built on Llama 2 and Mistral": a series, and not which of them this one is from.
    if (!how->weights && !tells_weights(read_.sense) && n.id.empty() && followed_by_choice(n))
      return std::nullopt;
    return claim(n, who, how->how, how->weights || tuned_behind);
  }
  // "Training resumed from the final checkpoint of Foo": the first of several phrases in a row.
  std::size_t first_lead() const {
    for (const Hit& h : read_.sense.hits) {
      if (leads(h.cue) != nullptr) return read_.sense.begin_of(h);
    }
    return read_.lower.size();
  }
  // "See Foo-GGUF for quantized files": made from this one, which is no such file itself.
  bool is_a_product(const Named& n) const {
    const std::string name = text::lower(n.name);
    const std::string own = text::lower(source_.id);
    return std::any_of(kQuantized.begin(), kQuantized.end(), [&](std::string_view word) {
      return name.find(word) != std::string::npos && own.find(word) == std::string::npos;
    });
  }
  // "Foo-GGUF is quantized from this model", but not "Foo is the base of this model".
  bool other_way_round(const Hit& h) const {
    const Sense& s = read_.sense;
    const std::string_view on = read_.lower.substr(std::min(s.end_of(h), read_.lower.size()));
    if (on.starts_with(" from this model") || on.starts_with(" from it")) return true;
    if (!on.starts_with(" of this model")) return false;
    const bool base = std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& o) {
      return (o.cue == Cue::origin || o.cue == Cue::made_from) && o.begin < h.end && h.begin < o.end;
    });
    return !base;
  }
  // "Lynx-7B = acme/Foo-7B + 0.5 * (…)": its own name before the sign.
  bool in_a_formula(const Named& n) const {
    const std::size_t equals = read_.lower.rfind(" = ", n.at);
    return equals != std::string_view::npos && !n.id.empty() &&
           names_.in(read_.lower, 0, equals).value_or(Subject::other) != Subject::other &&
           read_.lower.find_first_of("+*", equals) != std::string_view::npos;
  }
  // "Lynx is Gemma 2 9B": its own name, "is", and nothing more.
  bool is_itself(const Named& n) const {
    std::string_view before = read_.lower.substr(0, n.at);
    const auto drop = [&](std::string_view end) {
      if (!before.ends_with(end)) return false;
      before.remove_suffix(end.size());
      return true;
    };
    while (drop(" ") || drop("`") || drop("*") || drop("\"")) {
    }
    drop(" just") || drop(" simply") || drop(" really");
    if (!drop(" is")) return false;
    const std::size_t from = before.size() - std::min<std::size_t>(before.size(), 80);
    const std::size_t word = before.find_last_of(" (,", before.size()) + 1;
    if (before.substr(word) == "this" || before.substr(word) == "it") return word == 0;
    if (n.end < read_.lower.size() && read_.lower[n.end] == '\'') return false;  // "Foo is Bar's rival"
    const auto own = names_.in(read_.lower, word, before.size());
    return word >= from && own && *own != Subject::sibling;
  }
  // "Trained from zero": of the words for it some are also those for a base.
  bool from_nothing(const Hit& h) const {
    const Sense& s = read_.sense;
    return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& o) {
      return o.cue == Cue::scratch && o.begin < h.end && h.begin < o.end;
    });
  }
  // Nothing but a size or a sign between: "Llama 2 7B architecture".
  bool next_to(std::size_t from, std::size_t to) const {
    const std::string_view between = read_.lower.substr(from, to - from);
    return std::count_if(between.begin(), between.end(),
                         [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }) <= 4;
  }
  bool label() const { return is_label(read_.lower); }
  bool followed_by_choice(const Named& n) const {
    const std::string_view behind = read_.original.substr(std::min(n.end, read_.original.size()));
    const std::size_t sign = behind.starts_with(" and ") ? 5 : behind.starts_with(" or ") ? 4 : 0;
    // "Initialized from Foo and then trained": no second name.
    return sign > 0 && sign < behind.size() && !text::is_lower(behind[sign]);
  }

  OriginClaim claim(const Named& n, Subject who, Relation how, bool weights) const {
    OriginClaim c;
    c.subject = who;
    c.how = how;
    c.id = n.id;
    c.family = n.family;
    c.name = n.name;
    c.weights = weights;
    c.at = read_.at;
    c.at.byte += n.at;
    return c;
  }

  const Read& read_;
  const Source& source_;
  const Names& names_;
  const Lexicon& lexicon_;
  Claims& out_;
  const std::vector<Named>* named_ = nullptr;
};

}  // namespace

void read_origins(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
                  Claims& out) {
  read_scratch(read, names, lexicon, out);
  OriginReader(read, source, names, lexicon, out).run();
}

}  // namespace howopen::reading
