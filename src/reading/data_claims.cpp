// What a card says a model was trained on: by the names of data, sentence by sentence, and by whose answers
// they are. What is named is listed; whether it can be had is looked up elsewhere.
//
//   "Data: LAION-5B and The Pile."                     ->  LAION-5B, The Pile
//   "Our corpus consists of RedPajama and web pages."  ->  RedPajama
//   "tuned on answers that GPT-4 has written"          ->  the teacher openai
//   "Trained on A100-80GB nodes, tested on SQuAD-v2"   ->  nothing

#include <algorithm>

#include "reading/families.h"
#include "reading/reader.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kLongestLabel = 40;  // bytes before a colon
constexpr std::size_t kMostNames = 16;     // of one sentence
constexpr std::size_t kToTeacher = 48;     // bytes between a phrase and a teacher's name
constexpr std::size_t kToWord = 5;         // and between the name and a phrase behind it
constexpr std::size_t kMostData = 256;

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_size(std::string_view name) {
  // "SOLAR-10.7B": of a model.
  const std::size_t from = name.find_last_not_of("0123456789.", name.size() - 2) + 1;
  return (name.back() == 'B' || name.back() == 'b') && from > 0 && from + 1 < name.size() &&
         name[from - 1] == '-';
}

// What begins with a capital letter and has another one or a digit: names of data do. Capitals alone shout,
// unless a word for data stands beside them.
bool looks_like_data(std::string_view name, bool beside) {
  if (name.size() < 3 || name.size() > 80 || !is_capital(name[0]) || is_size(name)) return false;
  const auto any = [&](bool (*is)(char)) { return std::any_of(name.begin() + 1, name.end(), is); };
  if (any(text::is_digit) || name.find('_') != std::string_view::npos) return true;
  return any(is_capital) && ((beside && name.size() > 3) || any(text::is_lower));
}

// All the words of a piece of text belong to phrases of these cues.
bool all_of(const Sense& s, std::size_t from, std::size_t to, std::initializer_list<Cue> cues) {
  bool any = false;
  for (std::uint32_t i = 0; i < s.words.size(); ++i) {
    if (s.words[i].begin < from || s.words[i].end > to) continue;
    const bool known = std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
      return i >= h.begin && i < h.end && std::find(cues.begin(), cues.end(), h.cue) != cues.end();
    });
    if (!known) return false;
    any = true;
  }
  return any;
}

constexpr std::initializer_list<Cue> kOfALabel = {Cue::data,     Cue::trained_on,  Cue::pretrained_on,
                                                  Cue::tuned_on, Cue::trains_on,   Cue::makers,
                                                  Cue::here,     Cue::part_of_data};

class DataReader {
 public:
  DataReader(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
             std::vector<DataClaim>& out)
      : read_(read), source_(source), names_(names), lexicon_(lexicon), out_(out) {}

  void run() {
    const Sense& s = read_.sense;
    const Context& c = read_.context;
    if (c.nearest.any(Cue::others_section, Cue::evaluation_section, Cue::license_section) ||
        out_.size() > kMostData)
      return;
    if (c.row) {
      if (c.data_column != Context::kNone) column();
      return;
    }
    const bool trains = s.cues.any(Cue::trained_on, Cue::pretrained_on, Cue::tuned_on, Cue::trains_on);
    if (!trains && !s.cues.any(Cue::data, Cue::part_of_data, Cue::distilled_from)) return;
    if (trains || s.has(Cue::distilled_from) || c.sections.has(Cue::training_section)) teachers();
    partly();
    const std::size_t label = read_.lower.find(':');
    if (label < kLongestLabel && all_of(s, 0, label, kOfALabel) && !s.within(Cue::evaluated_on, 0, label) &&
        (s.within(Cue::data, 0, label) || s.within(Cue::trains_on, 0, label)))
      return names(label + 1, end(), Where::listed);
    for (const Hit& h : s.hits) {
      if (h.cue == Cue::trains_on) behind(h);
    }
    if (trains) beside();
  }

  // Items of a list under "Training data", each of which begins with a name.
  void item() {
    const std::size_t stop = std::min(read_.lower.find_first_of("(:\n"), end());
    if (stop < end() && read_.lower[stop] == ':' && !looks_like_data(word_at(0), true)) return;
    names(0, stop, Where::listed);
  }

 private:
  enum class Where {
    listed,   // where names of data belong: numbers behind plain words make one
    running,  // in running text
  };

  std::size_t end() const { return read_.lower.size(); }

  bool of_another(std::size_t from, std::size_t to) const {
    const Subject who = subject_of(read_.sense, read_.lower, from, to, names_, lexicon_);
    return who == Subject::sibling || who == Subject::base;
  }

  // Whether what stands before a place turns it to another matter: results, another model, a comparison.
  bool elsewhere(std::size_t at) const {
    const Sense& s = read_.sense;
    return s.within(Cue::evaluated_on, 0, at) || s.within(Cue::compared, 0, at) || of_another(0, at) ||
           (s.within(Cue::relative, 0, at) && s.cues.any(Cue::made_from, Cue::origin));
  }

  void behind(const Hit& h) {
    const Sense& s = read_.sense;
    const std::size_t from = s.end_of(h);
    if (elsewhere(from)) return;
    std::size_t to = end();
    for (const Hit& o : s.hits) {
      const std::size_t at = s.begin_of(o);
      if (at >= from && (o.cue == Cue::evaluated_on || o.cue == Cue::compared || o.cue == Cue::mentioned))
        to = std::min(to, at);
    }
    for (const std::string_view sign :
         {" with ", " using ", " by ", " via ", " for ", " in ", " which ", " where "})
      to = std::min(to, read_.lower.find(sign, from));
    names(from, std::max(to, from), Where::running);
  }

  // "on the COMMON_VOICE_8_0 dataset", "le corpus OSCAR-2301": a name at either side of a word for data.
  void beside() {
    const Sense& s = read_.sense;
    for (const Hit& h : s.hits) {
      if (h.cue != Cue::data || elsewhere(s.begin_of(h))) continue;
      const std::string_view left = name_before(s.begin_of(h));
      const std::string_view right = word_at(s.end_of(h));
      for (const std::string_view name : {left, right}) {
        const auto at = static_cast<std::size_t>(name.data() - read_.original.data());
        if (!name.empty() &&
            (may_be_data(name, at, true) || (name.data() == left.data() && plain_name(name, at))))
          add(name, at);
      }
    }
  }

  // "the Bagel dataset", "AEZAKMI v1 dataset": a capital letter within a sentence.
  bool plain_name(std::string_view name, std::size_t at) const {
    const std::size_t size = std::min(name.find(' '), name.size());
    return at > 0 && size > 2 && is_capital(name[0]) && read_.original[at - 1] == ' ' &&
           !no_data(at, at + size) && !lexicon_.known(word_of(text::lower(name.substr(0, size))));
  }
  std::string_view name_before(std::size_t at) const {
    const std::string_view word = word_before(at);
    const std::size_t digits = word.starts_with('v') ? 1 : 0;
    const bool version =
        word.size() > digits && word.find_first_not_of("0123456789.k", digits) == std::string_view::npos;
    if (!version) return word;
    const auto begin = static_cast<std::size_t>(word.data() - read_.original.data());
    const std::string_view name = word_before(begin);
    if (name.empty()) return word;
    const auto from = static_cast<std::size_t>(name.data() - read_.original.data());
    return read_.original.substr(from, begin + word.size() - from);
  }

  void names(std::size_t from, std::size_t to, Where where) {
    int left = kMostNames;
    for (const Hit& h : read_.sense.hits) {
      const std::size_t at = read_.sense.begin_of(h);
      if (h.cue != Cue::corpus || at < from || read_.sense.end_of(h) > to || left-- <= 0) continue;
      // "LAION-5B", of which the table knows the first half.
      std::size_t begin = at;
      std::size_t close = read_.sense.end_of(h);
      while (begin > 0 && of_a_word(read_.original[begin - 1])) --begin;
      while (close < end() && of_a_word(read_.original[close])) ++close;
      add(trimmed(read_.original.substr(begin, close - begin)), begin);
    }
    std::size_t plain = std::string_view::npos;  // where words with capital letters began
    for (std::size_t at = from; at < to && left > 0;) {
      const std::string_view word = word_at(at);
      if (word.empty()) break;
      const auto begin = static_cast<std::size_t>(word.data() - read_.original.data());
      if (begin >= to) break;
      const bool number = word.find_first_not_of("0123456789.") == std::string_view::npos;
      if (where == Where::listed && number && word.size() <= 3 && plain != std::string_view::npos) {
        add(read_.original.substr(plain, begin + word.size() - plain), plain), --left;
        plain = std::string_view::npos;
      } else if (may_be_data(word, begin, where == Where::listed)) {
        add(word, begin), --left;
      }
      const bool joined = begin + word.size() < end() && read_.original[begin + word.size()] == ' ';
      if (!is_capital(word[0]) || !joined)
        plain = std::string_view::npos;
      else if (plain == std::string_view::npos)
        plain = begin;
      at = begin + word.size() + 1;
    }
  }

  // The first cell's name of this row, else whatever the column holds.
  void column() {
    std::size_t from = 0;
    for (std::size_t cell = 0; cell < read_.context.data_column; ++cell) {
      from = read_.lower.find('\t', from);
      if (from == std::string_view::npos) return;
      ++from;
    }
    names(from, std::min(read_.lower.find('\t', from), end()), Where::listed);
  }

  bool may_be_data(std::string_view name, std::size_t at, bool beside) const {
    const std::size_t to = at + name.size();
    const bool owner = to < end() && read_.original[to] == '/';
    if (owner || !looks_like_data(name, beside)) return false;
    if (no_data(at, to)) return false;
    // Its own name is none, unless it is one of data: "ToRA-Corpus", "the Panda-v1 dataset".
    const auto own = names_.in(read_.lower, at, to);
    const bool of_data = beside || read_.lower.substr(at, to - at).find("corpus") != std::string_view::npos ||
                         read_.lower.substr(at, to - at).find("data") != std::string_view::npos;
    if (own && (*own == Subject::here || !of_data)) return false;
    // Models are no data, be their answers some.
    const std::string lower = text::lower(name);
    const auto& types = source_.catalog.weight_words().model_types;
    if (std::any_of(types.begin(), types.end(), [&](const auto& t) { return lower.starts_with(t.first); }))
      return false;
    return std::none_of(
        source_.catalog.teachers().begin(), source_.catalog.teachers().end(),
        [&](const Teacher& t) { return std::find(t.names.begin(), t.names.end(), lower) != t.names.end(); });
  }

  bool no_data(std::size_t at, std::size_t to) const {
    const Sense& s = read_.sense;
    return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
      return (h.cue == Cue::not_data || h.cue == Cue::makers) && s.begin_of(h) < to && at < s.end_of(h);
    });
  }

  static bool of_a_word(char c) {
    return !(c == ' ' || c == '\n' || c == '\t' || c == ',' || c == ';' || c == '(' || c == ')' || c == '"' ||
             c == '\'' || c == '`' || c == '[' || c == ']' || c == '/' || c == '*' || c == ':' || c == '+' ||
             static_cast<unsigned char>(c) >= 0x80);
  }
  static std::string_view trimmed(std::string_view word) {
    while (!word.empty() && (word.back() == '.' || word.back() == '-')) word.remove_suffix(1);
    return word;
  }
  std::string_view word_at(std::size_t at) const {
    const std::string_view s = read_.original;
    while (at < s.size() && !of_a_word(s[at])) ++at;
    std::size_t to = at;
    while (to < s.size() && of_a_word(s[to])) ++to;
    return trimmed(s.substr(at, to - at));
  }
  std::string_view word_before(std::size_t at) const {
    const std::string_view s = read_.original;
    while (at > 0 && (s[at - 1] == ' ' || s[at - 1] == '\'' || s[at - 1] == '"' || s[at - 1] == '`')) --at;
    std::size_t from = at;
    while (from > 0 && of_a_word(s[from - 1])) --from;
    return trimmed(s.substr(from, at - from));
  }

  void partly() {
    const Sense& s = read_.sense;
    for (const Hit& h : s.hits) {
      if (h.cue != Cue::part_of_data || of_another(0, s.begin_of(h))) continue;
      return push(DataClaim::Kind::partly, {}, s.begin_of(h));
    }
  }

  // "answers that GPT-4 has written", "GPT-4 outputs".
  void teachers() {
    const Sense& s = read_.sense;
    if (!s.cues.any(Cue::taught, Cue::teaches, Cue::distilled_from)) return;
    for (const Teacher& t : source_.catalog.teachers()) {
      for (const std::string& name : t.names) {
        if (!source_.prose.may_say(name)) continue;
        const std::size_t at = teacher_at(name);
        if (at == std::string_view::npos) continue;
        push(DataClaim::Kind::teacher, t.name, at);
        break;
      }
    }
  }
  std::size_t teacher_at(const std::string& name) const {
    const Sense& s = read_.sense;
    for (std::size_t at = read_.lower.find(name); at != std::string_view::npos;
         at = read_.lower.find(name, at + 1)) {
      const std::size_t to = at + name.size();
      if (!name_begins(read_.lower, at) || (at > 0 && read_.lower[at - 1] == '/')) continue;
      // "llama 3" is not in "llama 3.1", nor "gpt-4" in "gpt-4all".
      if (!name_ends(read_.lower, to) ||
          (to + 1 < end() && read_.lower[to] == '.' && text::is_digit(read_.lower[to + 1])))
        continue;
      // "llama2-70b-oasst" is another model, "gpt-4-generated" is not.
      const bool goes_on = to + 1 < end() && read_.lower[to] == '-' && text::is_alnum(read_.lower[to + 1]);
      const auto generated = [&](const Hit& h) { return h.cue == Cue::teaches && s.begin_of(h) == to + 1; };
      if (goes_on && std::none_of(s.hits.begin(), s.hits.end(), generated)) continue;
      const bool leads = std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
        const std::size_t begin = s.begin_of(h);
        const std::size_t close = s.end_of(h);
        const bool before =
            (h.cue == Cue::taught || h.cue == Cue::distilled_from) && close <= at && at - close <= kToTeacher;
        const bool after = h.cue == Cue::teaches && begin > to && begin - to <= kToWord;
        return (before || after) && !denied(h) && !elsewhere(std::min(begin, at));
      });
      if (leads) return at;
    }
    return std::string_view::npos;
  }
  // "contains no answers of GPT-4"
  bool denied(const Hit& h) const {
    const std::uint32_t from = h.begin > 4 ? h.begin - 4 : 0;
    for (std::uint32_t i = from; i < h.begin; ++i) {
      if (lexicon_.negates(read_.sense.words[i].word)) return true;
    }
    return false;
  }

  void add(std::string_view name, std::size_t at) {
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const DataClaim& c) {
      return c.at.block == read_.at.block && c.at.byte == read_.at.byte + at;
    });
    if (!known) push(DataClaim::Kind::named, std::string(name), at);
  }
  void push(DataClaim::Kind kind, std::string name, std::size_t at) {
    const Sense& s = read_.sense;
    DataClaim c;
    c.kind = kind;
    c.name = std::move(name);
    c.pretrains = s.has(Cue::pretrained_on) || s.has(Cue::scratch);
    c.tuning = s.has(Cue::tuned_on) && !c.pretrains;
    c.at = read_.at;
    c.at.byte += at;
    out_.push_back(std::move(c));
  }

  const Read& read_;
  const Source& source_;
  const Names& names_;
  const Lexicon& lexicon_;
  std::vector<DataClaim>& out_;
};

}  // namespace

void read_data(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
               std::vector<DataClaim>& out) {
  DataReader reader(read, source, names, lexicon, out);
  reader.run();
  const Context& c = read.context;
  const bool under = c.nearest.has(Cue::data) && c.nearest.has(Cue::training_section) &&
                     !c.nearest.any(Cue::evaluated_on, Cue::evaluation_section, Cue::others_section);
  const bool listed = c.item && read.at.byte == 0 && (under || c.data_list);
  if (listed && out.size() <= kMostData) reader.item();
}

bool opens_list_of_data(const Read& read) {
  const Sense& s = read.sense;
  return text::trim(read.lower).ends_with(':') && s.has(Cue::data) &&
         s.cues.any(Cue::trained_on, Cue::pretrained_on, Cue::tuned_on, Cue::trains_on) &&
         !s.cues.any(Cue::evaluated_on, Cue::siblings, Cue::compared);
}

std::size_t data_column(std::string_view head, const Lexicon& lexicon) {
  std::size_t out = Context::kNone;
  std::size_t cell = 0;
  for (std::size_t from = 0; from <= head.size(); ++cell) {
    const std::size_t to = std::min(head.find('\t', from), head.size());
    const std::string_view text = head.substr(from, to - from);
    const std::vector<Token> words = tokens(text);
    const Sense sense = understand(words, text, lexicon);
    if (sense.cues.any(Cue::evaluated_on, Cue::evaluation_section)) return Context::kNone;
    if (out == Context::kNone && sense.cues.any(Cue::data, Cue::trains_on) &&
        all_of(sense, 0, text.size(), kOfALabel))
      out = cell;
    from = to + 1;
  }
  return out;
}

}  // namespace howopen::reading
