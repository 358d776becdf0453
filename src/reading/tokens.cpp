// One pass over the bytes. Which words are spelt in more than one way is from SPDX's list of equivalent
// words; what counts clauses is told by the signs beside it and never by its place in a line, so that
// wrapping cannot matter.
//
//   tokens("1. The Licensor's NON-commercial <b>use</b>")  ->  licensors noncommercial use

#include "reading/tokens.h"

#include <algorithm>
#include <array>

#include "reading/fold.h"
#include "reading/spelling.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

// Beginnings that belong to the word behind them, with a hyphen, a blank or nothing between.
constexpr Word kNon = hash("non");
constexpr Word kSub = hash("sub");
constexpr Word kPer = hash("per");
constexpr Word kCent = hash("cent");
constexpr std::array<Word, 7> kLicense = {hash("license"),   hash("licensed"), hash("licenses"),
                                          hash("licensing"), hash("licensee"), hash("licensees"),
                                          hash("licensable")};
constexpr Word kAnd = hash("and");
constexpr Word kHttp = hash("http");
constexpr Word kHttps = hash("https");

constexpr std::array<std::string_view, 58> kElements = {
    "a",    "abbr",    "article", "b",    "big",    "blockquote", "body",  "br",     "button", "center",
    "code", "dd",      "div",     "dl",   "dt",     "em",         "font",  "footer", "h1",     "h2",
    "h3",   "h4",      "h5",      "h6",   "head",   "header",     "hr",    "html",   "i",      "img",
    "kbd",  "li",      "link",    "main", "meta",   "nav",        "ol",    "p",      "pre",    "q",
    "s",    "section", "small",   "span", "strong", "sub",        "sup",   "table",  "tbody",  "td",
    "th",   "tr",      "u",       "ul",   "title",  "tt",         "style", "script"};

constexpr std::size_t kLongestTag = 2048;
constexpr std::size_t kLongestTarget = 2048;

constexpr bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_alnum(unsigned char c) {
  return is_digit(c) || is_letter(c);
}
bool is_blank(unsigned char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v';
}

// Letters and digits in lower case, 0 for everything else.
constexpr std::array<unsigned char, 256> kLower = [] {
  std::array<unsigned char, 256> out{};
  for (unsigned c = 0; c < 128; ++c) {
    const auto u = static_cast<unsigned char>(c);
    if (is_alnum(u)) out[c] = is_digit(u) ? u : static_cast<unsigned char>(u | 0x20);
  }
  return out;
}();

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view s) : s_(s) { out_.reserve(s.size() / 6 + 8); }

  std::vector<Token> run() {
    while (i_ < s_.size()) {
      const auto c = static_cast<unsigned char>(s_[i_]);
      if (is_letter(c)) {
        if (size_ == 0 && prefix_ == 0) {
          plain_word();
        } else {
          letter(static_cast<unsigned char>(c | 0x20));
          ++i_;
        }
      } else if (is_digit(c)) {
        digit(c);
        ++i_;
      } else if (c < 0x80) {
        sign(c);
      } else {
        beyond_ascii();
      }
    }
    flush();
    release();
    return std::move(out_);
  }

 private:
  void open() {
    begin_ = i_;
    h_ = kBasis;
    joined_ = prefix_ != 0 ? prefix_hash_ : kBasis;
    size_ = 0;
    numeric_ = roman_ = true;
  }
  void put(unsigned char c) {
    if (size_ == 0) open();
    h_ = add(h_, c);
    if (prefix_ != 0) joined_ = add(joined_, c);
    ++size_;
  }
  // Most of a text: letters and digits from a first letter on.
  void plain_word() {
    open();
    Word h = kBasis;
    std::size_t i = i_;
    bool roman = true;
    for (; i < s_.size(); ++i) {
      const unsigned char c = kLower[static_cast<unsigned char>(s_[i])];
      if (c == 0) break;
      h = add(h, c);
      roman = roman && (c == 'i' || c == 'v' || c == 'x');
    }
    h_ = h;
    size_ = i - i_;
    numeric_ = false;
    roman_ = roman;
    i_ = i;
  }
  void letter(unsigned char c) {
    put(c);
    numeric_ = false;
    if (c != 'i' && c != 'v' && c != 'x') roman_ = false;
  }
  void digit(unsigned char c) {
    put(c);
    roman_ = false;
  }

  void sign(unsigned char c) {
    if (is_blank(c)) {
      flush();
      return skip(1);
    }
    const unsigned char next = i_ + 1 < s_.size() ? static_cast<unsigned char>(s_[i_ + 1]) : ' ';
    if (size_ > 0) {
      if (c == '\'' && is_letter(next)) return skip(1);  // licensor's
      if (c == '.' && numeric_ && is_digit(next)) {      // 2.0
        put('.');
        return skip(1);
      }
      if (c == ',' && numeric_ && is_digit(next)) return skip(1);  // 1,000
      flush();
    }
    if (c == '<') return skip(tag());
    if (c == '&') return skip(entity());
    if (c == ']' && next == '(') return skip(link_target());
    // What parts sentences parts a prefix from its word.
    if (prefix_ != 0 && c != '-') release();
    skip(1);
  }
  void skip(std::size_t n) { i_ += n; }

  void beyond_ascii() {
    const std::string_view one = text::next_utf8(s_.substr(i_, 4));
    if (one.empty()) {  // no UTF-8: a separator
      flush();
      return skip(1);
    }
    const Folded f = fold(text::code_point(one));
    switch (f.kind) {
      case Folded::Kind::letters:
        for (const char c : f.ascii)
          is_digit(static_cast<unsigned char>(c)) ? digit(static_cast<unsigned char>(c))
                                                  : letter(static_cast<unsigned char>(c));
        break;
      case Folded::Kind::other:
        for (int shift = 0; shift < 24; shift += 8) put(static_cast<unsigned char>(f.lower >> shift & 0xFF));
        numeric_ = roman_ = false;
        break;
      case Folded::Kind::ideograph:
        flush();
        for (int shift = 0; shift < 24; shift += 8) put(static_cast<unsigned char>(f.lower >> shift & 0xFF));
        numeric_ = roman_ = false;
        i_ += one.size();
        flush();
        return;
      case Folded::Kind::apostrophe:
      case Folded::Kind::nothing:
        break;
      case Folded::Kind::separator:
        flush();
        // A wide dash joins as a hyphen does; anything else parts.
        if (const std::uint32_t c = text::code_point(one);
            prefix_ != 0 && c != 0xA0 && (c < 0x2010 || c > 0x2015))
          release();
        break;
    }
    skip(one.size());
  }

  // `2.`, `(a)`, `iv)`, `[1]`: told by the signs around.
  bool counts_clauses() const {
    const bool form = (numeric_ && size_ <= 6) || (roman_ && size_ <= 5) || size_ == 1;
    if (!form) return false;
    const unsigned char next = i_ < s_.size() ? static_cast<unsigned char>(s_[i_]) : ' ';
    const unsigned char before = begin_ > 0 ? static_cast<unsigned char>(s_[begin_ - 1]) : ' ';
    if (next == ')' || (next == ']' && before == '[')) return true;
    if (next != '.') return false;
    const unsigned char after = i_ + 1 < s_.size() ? static_cast<unsigned char>(s_[i_ + 1]) : ' ';
    return !is_alnum(after) && after < 0x80;
  }

  void flush() {
    if (size_ == 0) return;
    const bool dropped = counts_clauses();
    const Word plain = h_;
    const Word joined = joined_;
    size_ = 0;
    if (dropped) return release();
    if (prefix_ == kNon) return emit(joined, prefix_begin_);
    if (prefix_ == kSub && std::find(kLicense.begin(), kLicense.end(), canonical(plain)) != kLicense.end())
      return emit(joined, prefix_begin_);
    if (prefix_ == kPer && plain == kCent) return emit(joined, prefix_begin_);
    release();
    if (plain == kNon || plain == kSub || plain == kPer) {
      prefix_ = prefix_hash_ = plain;
      prefix_begin_ = begin_;
      prefix_end_ = i_;
      return;
    }
    if ((plain == kHttp || plain == kHttps) && s_.substr(i_, 3) == "://") return;
    emit(plain, begin_);
  }

  // A prefix that nothing followed is a word by itself.
  void release() {
    if (prefix_ == 0) return;
    const Word word = prefix_;
    prefix_ = 0;
    out_.push_back(
        {word, static_cast<std::uint32_t>(prefix_begin_), static_cast<std::uint32_t>(prefix_end_)});
  }

  Word canonical(Word w) const {
    const Word* found = spellings_.find(w);
    return found == nullptr ? w : *found;
  }

  void emit(Word word, std::size_t begin) {
    prefix_ = 0;
    word = canonical(word);
    if (word != kDropped)
      out_.push_back({word, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i_)});
  }

  // Length of a tag of HTML, 1 for any other `<`: `<year>` is a place for a year.
  // `alt` and `title` are shown: three words there are text.
  static bool says_something(std::string_view attributes) {
    for (const std::string_view name : {"alt=\"", "title=\"", "alt='", "title='"}) {
      const std::size_t from = attributes.find(name);
      if (from == std::string_view::npos) continue;
      const std::size_t begin = from + name.size();
      const std::string_view value =
          attributes.substr(begin, std::min(attributes.find(name.back(), begin), attributes.size()) - begin);
      if (std::count(value.begin(), value.end(), ' ') >= 2) return true;
    }
    return false;
  }

  std::size_t tag() {
    std::size_t at = i_ + 1;
    // <!DOCTYPE html> is a tag; what else stands in `<!…>` or `<?…>` is text that somebody may read.
    if (at < s_.size() && s_[at] == '!' && text::equal_ignoring_case(s_.substr(at, 13), "!doctype html")) {
      if (tag_end_ < at) tag_end_ = std::min(s_.find_first_of("<>", at), s_.size());
      return tag_end_ < s_.size() && tag_end_ - at <= kLongestTag
                 ? tag_end_ + (s_[tag_end_] == '>' ? 1U : 0U) - i_
                 : 1;
    }
    if (at < s_.size() && s_[at] == '/') ++at;
    const std::size_t name = at;
    while (at < s_.size() && at - name < 12 && is_alnum(static_cast<unsigned char>(s_[at]))) ++at;
    if (at == name) return 1;
    const std::string element = text::lower(s_.substr(name, at - name));
    const unsigned char behind = at < s_.size() ? static_cast<unsigned char>(s_[at]) : '>';
    if (behind != '>' && behind != '/' && !is_blank(behind)) return 1;
    if (std::find(kElements.begin(), kElements.end(), element) == kElements.end()) return 1;
    if (tag_end_ < at) tag_end_ = std::min(s_.find_first_of("<>", at), s_.size());
    const bool closed = tag_end_ < s_.size() && s_[tag_end_] == '>' && tag_end_ - at <= kLongestTag;
    // A `>` that begins a line is the sign of a quotation.
    if (!closed || s_[tag_end_ - 1] == '\n') return 1;
    // `<CODE BEGINS>` is text: attributes have values.
    const std::string_view attributes = s_.substr(at, tag_end_ - at);
    if (says_something(attributes)) return 1;
    const bool any = std::any_of(attributes.begin(), attributes.end(),
                                 [](char c) { return is_alnum(static_cast<unsigned char>(c)); });
    if (any && attributes.find('=') == std::string_view::npos) return 1;
    return tag_end_ + 1 - i_;
  }

  // `&quot;` and its like part words; `&amp;` and a lone `&` are the word "and".
  std::size_t entity() {
    const std::string_view rest = s_.substr(i_ + 1, 10);
    const std::size_t end = rest.find(';');
    const std::string_view name = end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
    const bool entity = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return is_alnum(static_cast<unsigned char>(c)) || c == '#';
    });
    const unsigned char next = i_ + 1 < s_.size() ? static_cast<unsigned char>(s_[i_ + 1]) : ' ';
    if (name == "amp" || (!entity && is_blank(next))) {
      release();
      out_.push_back({kAnd, static_cast<std::uint32_t>(i_), static_cast<std::uint32_t>(i_ + 1)});
    }
    return entity ? name.size() + 2 : 1;
  }

  // `](https://…)`: the target is no part of the text.
  std::size_t link_target() {
    if (target_end_ < i_ + 2) target_end_ = std::min(s_.find_first_of(") \n\t", i_ + 2), s_.size());
    const bool closed =
        target_end_ < s_.size() && s_[target_end_] == ')' && target_end_ - i_ <= kLongestTarget;
    return closed ? target_end_ - i_ + 1 : 1;
  }

  const WordTable<Word>& spellings_ = spellings();
  std::string_view s_;
  std::size_t i_ = 0;
  std::vector<Token> out_;
  // The word under way, by itself and behind a prefix.
  std::size_t begin_ = 0;
  Word h_ = kBasis;
  Word joined_ = kBasis;
  std::size_t size_ = 0;
  bool numeric_ = true;
  bool roman_ = true;
  Word prefix_ = 0;
  Word prefix_hash_ = 0;
  std::size_t prefix_begin_ = 0;
  std::size_t prefix_end_ = 0;
  // What ends a link's target or a tag next: kept, or a text of openings alone would be read once for each.
  std::size_t target_end_ = 0;
  std::size_t tag_end_ = 0;
};

}  // namespace

std::vector<Token> tokens(std::string_view text) {
  return Tokenizer(text).run();
}

Word word_of(std::string_view plain) {
  const auto all = tokens(plain);
  return all.empty() ? 0 : all.front().word;
}

std::size_t first_from(std::span<const Token> words, std::size_t byte) {
  const auto at = std::lower_bound(words.begin(), words.end(), byte,
                                   [](const Token& t, std::size_t place) { return t.begin < place; });
  return static_cast<std::size_t>(at - words.begin());
}

}  // namespace howopen::reading
