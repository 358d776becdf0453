// A card's text in lower case, and its sentences.
//
//   sentences of "Code is MIT. Weights are not."  ->  "Code is MIT", "Weights are not"

#include "reading/prose.h"

#include <algorithm>
#include <array>

#include "reading/reader.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

using text::is_blank;

constexpr std::size_t kLongestQuote = 200;
constexpr std::size_t kLongestSentence = 2'000;

// "License: MIT", "**Base model** : x": a line that is a label with its value stands by itself.
bool label(std::string_view line) {
  line = text::trim(line);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 40 || line.size() > 300) return false;
  if (colon + 1 < line.size() && line[colon + 1] == '/') return false;  // an address
  std::size_t words = 1;
  for (const char c : line.substr(0, colon)) {
    if (c == ' ') ++words;
    if (c == '.' || c == ',' || c == ';') return false;
  }
  return words <= 5;
}

// Whether a line break ends a sentence: a label, a bullet, or a line that ended one.
bool line_ends(std::string_view before, std::string_view after) {
  after = text::trim(after);
  if (after.empty() || label(before) || label(after)) return true;
  const char c = after[0];
  return c == '-' || c == '*' || c == '|' || after.starts_with("\xE2\x80\xA2");
}

}  // namespace

Prose::Prose(const text::Markdown& card) {
  blocks_.reserve(card.blocks.size());
  std::size_t size = 0;
  for (const text::Block& block : card.blocks) size += block.text.size();
  text_.reserve(size);
  for (std::size_t i = 0; i < card.blocks.size(); ++i) {
    const text::Block& block = card.blocks[i];
    const std::size_t at = text_.size();
    text_ += block.text;
    text::make_lower(text_, at);
    blocks_.push_back({at, text_.size() - at, block.kind == text::Block::Kind::heading ? i : block.section});
    trigrams_.add(std::string_view(text_).substr(at));
  }
}

std::string_view Prose::block(std::size_t i) const {
  return i < blocks_.size() ? std::string_view(text_).substr(blocks_[i].at, blocks_[i].size)
                            : std::string_view();
}

std::string_view Prose::heading_of(std::size_t i) const {
  return i < blocks_.size() ? block(blocks_[i].section) : std::string_view();
}

std::vector<Sentence> sentences(std::string_view lower, std::string_view original) {
  static constexpr std::array<bool, 256> kMayEnd = [] {
    std::array<bool, 256> out{};
    for (const unsigned char c : {'.', '!', '?', ';', '\n'}) out[c] = true;
    out[0xE3] = out[0xEF] = true;  // 。 and ；！？ begin so
    return out;
  }();
  std::vector<Sentence> out;
  std::size_t start = 0;
  std::size_t line = 0;  // where the current line begins
  const auto close = [&](std::size_t end) {
    std::string_view s = text::trim(lower.substr(start, end - start));
    const auto at = static_cast<std::size_t>(s.data() - lower.data());
    for (std::size_t from = 0; from < s.size(); from += kLongestSentence)
      out.push_back({s.substr(from, kLongestSentence), at + from});
    start = end;
  };
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = lower[i];
    if (!kMayEnd[static_cast<unsigned char>(c)]) continue;
    if (c == '\n') {
      const std::size_t next = std::min(lower.find('\n', i + 1), lower.size());
      if (next - i < kLongestSentence && i - line < kLongestSentence &&
          line_ends(lower.substr(line, i - line), lower.substr(i + 1, next - i - 1)))
        close(i);
      line = i + 1;
      continue;
    }
    // A full stop ends a sentence before a blank and a capital letter: "v1.5 of acme inc. is" goes on.
    if (c == '.' || c == '!' || c == '?' || c == ';') {
      if (i + 1 < lower.size() && !is_blank(lower[i + 1])) continue;
      std::size_t next = i + 1;
      while (next < lower.size() && is_blank(lower[next])) ++next;
      if (c == '.' && next < lower.size() && next < original.size() && text::is_lower(original[next]))
        continue;
      close(i);
      start = i + 1;
      continue;
    }
    const std::string_view three = lower.substr(i, 3);
    if (three != "。" && three != "；" && three != "！" && three != "？") continue;
    close(i);
    i += 2;
    start = i + 1;
  }
  close(lower.size());
  return out;
}

std::string quote_of(std::string_view sentence) {
  std::string out;
  const bool cut = sentence.size() > kLongestQuote;
  for (const char c : text::first_bytes(sentence, kLongestQuote)) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return cut ? out + " …" : out;
}

}  // namespace howopen::reading
