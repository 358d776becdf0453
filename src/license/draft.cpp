// What may be missing or replaced in a text, as groups of its words.
//
//   "Copyright 2024 Acme\nYou may use it."  ->  copyright 2024 acme you may use it; copyright 0..3

#include "license/draft.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "text/utf8.h"

namespace howopen::license {
namespace {

// Words of a variant between wildcards, with 0 for each of those.
std::vector<Word> pattern_of(const std::string& variant) {
  std::vector<Word> out;
  for (std::size_t from = 0; from <= variant.size();) {
    const std::size_t any = std::min(variant.find('\x01', from), variant.size());
    for (const Token& t : reading::tokens(std::string_view(variant).substr(from, any - from)))
      out.push_back(t.word);
    if (any < variant.size() && (out.empty() || out.back() != 0)) out.push_back(0);
    from = any + 1;
  }
  return out;
}

}  // namespace

Draft read_words(const Written& written) {
  Draft out;
  const std::vector<Token> tokens = reading::tokens(written.text);
  for (const Token& t : tokens) out.words.push_back(t.word);
  for (const Written::Span& s : written.spans) {
    std::size_t first = reading::first_from(tokens, s.begin);
    std::size_t last = reading::first_from(tokens, s.end);
    // A word that begins before the span and ends within, or begins within and ends behind.
    const bool cut_left = first > 0 && tokens[first - 1].end > s.begin;
    if (cut_left) --first;
    const bool cut_right = last > 0 && last > first && tokens[last - 1].end > s.end;
    const std::string before =
        cut_left ? written.text.substr(tokens[first].begin, s.begin - tokens[first].begin) : "";
    const std::size_t word_end = last > 0 && last > first ? tokens[last - 1].end : s.end;
    const std::string after =
        cut_right || (cut_left && word_end > s.end) ? written.text.substr(s.end, word_end - s.end) : "";
    Draft::Group g;
    g.kind = s.kind;
    g.begin = static_cast<std::uint32_t>(first);
    g.end = static_cast<std::uint32_t>(std::max(first, last));
    std::vector<std::string> variants;
    const std::string original = written.text.substr(s.begin, s.end - s.begin);
    if (s.kind == Group::Kind::alt) {
      variants = s.variants;
      variants.push_back(original);
    } else if ((cut_left || cut_right) && s.kind == Group::Kind::optional) {
      g.kind = Group::Kind::alt;
      variants = {original, ""};
    }
    std::set<std::vector<Word>> patterns;
    for (const std::string& v : variants) patterns.insert(pattern_of(before + v + after));
    g.patterns.assign(patterns.begin(), patterns.end());
    const bool says_nothing = g.begin == g.end && g.patterns.size() == (g.kind == Group::Kind::alt ? 1U : 0U);
    if (!says_nothing) out.groups.push_back(std::move(g));
  }
  std::sort(out.groups.begin(), out.groups.end(), [](const Draft::Group& a, const Draft::Group& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end != b.end ? a.end > b.end : static_cast<int>(a.kind) < static_cast<int>(b.kind);
  });
  return out;
}

Draft plain_text(const std::string& text) {
  Written written{text, {}};
  bool first = true;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text::lower(text::trim(std::string_view(text).substr(from, end - from)));
    if (!line.empty()) {
      const std::size_t bare = line.find_first_not_of("#*= ");
      const std::string head = bare == std::string::npos ? std::string() : line.substr(bare);
      const bool dated = head.find("19") != std::string::npos || head.find("20") != std::string::npos;
      const bool copyright =
          (head.starts_with("copyright") || head.starts_with("\xC2\xA9") || head.starts_with("(c)")) &&
          dated && head.size() <= 120;
      const bool title =
          first && line.size() <= 100 &&
          (line.find("licen") != std::string::npos || line.find("agreement") != std::string::npos ||
           line.find("policy") != std::string::npos || line.find("terms") != std::string::npos);
      if (copyright) written.spans.push_back({Group::Kind::copyright, from, end, {}});
      if (title) written.spans.push_back({Group::Kind::title, from, end, {}});
      first = false;
    }
    from = end + 1;
  }
  return read_words(written);
}

}  // namespace howopen::license
