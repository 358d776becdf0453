// Words beside a license by where they stand: in an address, on a line of markup, in a sentence of their own.
//
//   "Homepage: https://acme.example"  ->  an address      "v2.1.0"  ->  a number

#include "reading/beside_words.h"

#include <algorithm>

#include "reading/beside.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

// Between two words ends a sentence: a stop and a blank, or an empty line.
bool parted(std::string_view between) {
  for (std::size_t i = 0; i < between.size(); ++i) {
    const char c = between[i];
    const bool stop = c == '.' || c == '!' || c == '?' || c == ';';
    // "**May I sell it?** Yes."; "github.com" goes on.
    const std::size_t behind = std::min(between.find_first_not_of("*_", i + 1), between.size());
    const char next = behind < between.size() ? between[behind] : 'x';
    if (stop && (next == ' ' || next == '\n' || next == '\r' || next == '"' || next == '<')) return true;
    if (c == '\n') {
      std::size_t k = i + 1;
      while (k < between.size() && (between[k] == ' ' || between[k] == '\t' || between[k] == '\r')) ++k;
      if (k < between.size() && between[k] == '\n') return true;
    }
  }
  return false;
}

// "3 May 2024", "May 3".
bool beside_a_digit(const Token& t, std::string_view text) {
  const bool before = t.begin >= 2 && text[t.begin - 1] == ' ' && text::is_digit(text[t.begin - 2]);
  return before || (t.end + 1 < text.size() && text[t.end] == ' ' && text::is_digit(text[t.end + 1]));
}

// "Grant no. 123", "No 7": a word that counts what stands behind it.
bool counts(const Token& t, std::string_view text) {
  if (t.end > text.size() || t.begin >= t.end) return false;
  const std::string_view letters = text.substr(t.begin, t.end - t.begin);
  if (letters != "no" && letters != "No" && letters != "nos" && letters != "Nos" && letters != "nr" &&
      letters != "Nr")
    return false;
  std::size_t at = t.end;
  if (at < text.size() && text[at] == '.') ++at;
  const std::size_t blanks = text.find_first_not_of(" \n\r", at);
  return blanks != std::string_view::npos && blanks - at < 4 && text::is_digit(text[blanks]);
}

constexpr std::size_t kDigest = 32;  // digits of MD5, the shortest that is still printed
const Word kAl = word_of("al");      // "et al. (2021)"

}  // namespace

std::string_view text_of(std::span<const Token> words, std::string_view text) {
  return !words.empty() && words.back().end <= text.size() && words.front().begin < words.back().end
             ? text.substr(words.front().begin, words.back().end - words.front().begin)
             : std::string_view();
}

// `no` in someone@acme.no, `users` in users.noreply.github.com: parts of an address say nothing.
bool in_address(const Token& t, std::string_view text) {
  constexpr std::size_t kAround = 120;
  constexpr std::string_view kEnds = " \t\r\n<>()[]\"'`,;";
  if (t.end > text.size() || t.begin >= t.end) return false;
  const std::size_t from = t.begin - std::min<std::size_t>(t.begin, kAround);
  const std::string_view before = text.substr(from, t.begin - from);
  const std::string_view behind = text.substr(t.end, kAround);
  const std::size_t begin =
      before.find_last_of(kEnds) == std::string_view::npos ? from : from + before.find_last_of(kEnds) + 1;
  const std::size_t end = t.end + std::min(behind.find_first_of(kEnds), behind.size());
  const std::string_view chunk = text.substr(begin, end - begin);
  const std::size_t sign = chunk.find('@');
  const bool mail =
      sign != std::string_view::npos && sign > 0 && chunk.find('.', sign) != std::string_view::npos;
  return mail || chunk.find("://") != std::string_view::npos || chunk.starts_with("www.") ||
         chunk.find("/common-licenses/") != std::string_view::npos;
}

// `\end{verbatim}` of LaTeX and `#+END_SRC` of Org stand around a text and are none of it.
bool on_a_line_of_markup(const Token& t, std::string_view text) {
  constexpr std::size_t kLongestLine = 60;
  if (t.begin >= text.size()) return false;
  // A line without end is looked at no further than such lines are long.
  const std::size_t least = t.begin - std::min<std::size_t>(t.begin, kLongestLine);
  const std::size_t before = text.substr(least, t.begin - least).rfind('\n');
  if (before == std::string_view::npos && least > 0) return false;
  const std::size_t from = before == std::string_view::npos ? 0 : least + before + 1;
  const std::string_view rest = text.substr(from, kLongestLine + 1);
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos && rest.size() > kLongestLine) return false;
  const std::string_view line = text::trim(rest.substr(0, end));
  if (line.find(' ') != std::string_view::npos) return false;
  return line.starts_with("#+") || line.starts_with("\\begin{") || line.starts_with("\\end{");
}

bool letters_apart(std::span<const Token> words) {
  constexpr int kRow = 5;
  int row = 0;
  for (const Token& t : words) {
    row = t.end - t.begin == 1 ? row + 1 : 0;
    if (row >= kRow) return true;
  }
  return false;
}

bool is_footnote(const Token& first, std::string_view text) {
  std::size_t at = first.begin;
  if (at > text.size()) return false;
  while (at > 0 && text[at - 1] == ' ') --at;
  if (at < 2 || text[at - 1] != '*' || text[at - 2] != '\n') return false;
  constexpr std::size_t kLicense = 64'000;  // bytes before it that are looked at
  const std::size_t from = at > kLicense ? at - kLicense : 0;
  for (std::size_t star = text.find('*', from); star < at - 1; star = text.find('*', star + 1)) {
    if (star == 0 || text[star + 1] == '*' || text[star - 1] == '*') continue;
    if (text[star - 1] <= ' ' || text[star - 1] == '/' || text[star + 1] == '/') continue;
    const std::size_t word = text.find_last_of(" \n*", star - 1);
    if (word == std::string_view::npos || text[word] != '*') return true;  // and no emphasis
  }
  return false;
}

bool number(const Token& t, std::string_view text) {
  if (t.end > text.size() || t.begin >= t.end) return false;
  std::string_view letters = text.substr(t.begin, t.end - t.begin);
  if (letters == "May") return beside_a_digit(t, text);
  if (counts(t, text)) return true;
  if (letters.size() >= kDigest &&
      letters.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos)
    return true;
  if (letters.size() > 1 && (letters[0] == 'v' || letters[0] == 'V')) letters.remove_prefix(1);  // "v2.1"
  return letters.find_first_not_of("0123456789.") == std::string_view::npos;
}

// "acme.example/docs": letters, a point, letters, and no blank.
bool in_domain(const Token& t, std::string_view text) {
  if (t.end > text.size() || t.begin >= t.end) return false;
  const auto letter = [&](std::size_t at) { return at < text.size() && text::is_alnum(text[at]); };
  const bool behind = t.end < text.size() && (text[t.end] == '.' || text[t.end] == '/') && letter(t.end + 1);
  const bool before =
      t.begin > 1 && (text[t.begin - 1] == '.' || text[t.begin - 1] == '/') && letter(t.begin - 2);
  return behind || before;
}

bool in_file_name(const Token& t, std::string_view text) {
  constexpr std::size_t kAround = 80;
  constexpr std::string_view kEnds = " \t\r\n<>()[]\"'`,;*";
  if (t.end > text.size() || t.begin >= t.end) return false;
  const std::size_t from = t.begin - std::min<std::size_t>(t.begin, kAround);
  const std::size_t before = text.substr(from, t.begin - from).find_last_of(kEnds);
  const std::size_t begin = before == std::string_view::npos ? from : from + before + 1;
  const std::string_view chunk =
      text.substr(begin, t.end - begin + std::min(text.substr(t.end, kAround).find_first_of(kEnds), kAround));
  for (const std::string_view ending : {".tar.gz", ".tgz", ".zip", ".whl", ".gz", ".bz2", ".xz", ".zst",
                                        ".jar", ".safetensors", ".gguf", ".bin", ".onnx", ".pt"}) {
    if (chunk.ends_with(ending) && chunk.size() > ending.size()) return true;
  }
  return false;
}

bool is_followed_by_colon(std::span<const Token> words, std::string_view text) {
  const std::size_t end = words.back().end;
  return end < text.size() && text.substr(end, 2).find(':') != std::string_view::npos;
}

bool names_a_folder(std::string_view text) {
  for (std::size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    const bool behind = at > 0 && text::is_alnum(text[at - 1]);
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (behind && (text::is_blank(next) || next == '`' || next == '|' || next == ')' || next == ','))
      return true;
  }
  return false;
}

bool is_postal(std::span<const Token> words, std::string_view text) {
  constexpr std::size_t kLongest = 24;
  if (words.size() < 4 || words.size() > kLongest || words.back().end > text.size()) return false;
  int numbers = 0;
  int names = 0;
  for (const Token& t : words) {
    const std::string_view letters = text.substr(t.begin, t.end - t.begin);
    if (letters.find_first_of("0123456789") != std::string_view::npos)
      ++numbers;
    else if (!text::is_lower(letters.front()))
      ++names;
    else if (letters.size() > 3)
      return false;  // "de", "la", "of" join names
  }
  const std::string_view all = text.substr(words.front().begin, words.back().end - words.front().begin);
  return numbers >= 2 && names >= 2 && all.find(',') != std::string_view::npos;
}

std::vector<std::span<const Token>> sentences_of(std::span<const Token> words, std::string_view text) {
  std::vector<std::span<const Token>> out;
  std::size_t from = 0;
  for (std::size_t i = 1; i <= words.size(); ++i) {
    const bool end =
        i == words.size() || (words[i - 1].word != kAl && !counts(words[i - 1], text) &&
                              words[i].begin < text.size() && words[i - 1].end <= words[i].begin &&
                              parted(text.substr(words[i - 1].end, words[i].begin - words[i - 1].end)));
    if (!end) continue;
    out.push_back(words.subspan(from, i - from));
    from = i;
  }
  return out;
}

bool mixes_scripts(std::string_view s) {
  bool latin = false;
  bool other = false;
  for (std::size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c < 0x80) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter) latin = other = false;  // another word
      latin = latin || letter;
      ++i;
    } else {
      const std::string_view one = text::next_utf8(s.substr(i, 4));
      if (one.empty()) {
        ++i;
        continue;
      }
      const std::uint32_t p = text::code_point(one);
      if ((p >= 0x202A && p <= 0x202E) || (p >= 0x2066 && p <= 0x2069)) return true;
      if (p >= 0x1D400 && p <= 0x1D7FF) return true;  // letters of mathematics
      other = other || (p >= 0x370 && p < 0x530);
      i += one.size();
    }
    if (latin && other) return true;
  }
  return false;
}

}  // namespace howopen::reading
