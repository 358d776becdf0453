// A card's text in lower case, and its sentences.
//
//   sentences("Code is MIT. Weights are not.")  ->  "Code is MIT", "Weights are not"

#include "facts/prose.h"

#include <array>

#include "text/utf8.h"

namespace howopen::facts {
namespace {

constexpr std::size_t kLongestBlock = 20'000;

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

std::string_view Prose::whole(std::size_t i) const {
  return i < blocks_.size() ? std::string_view(text_).substr(blocks_[i].at, blocks_[i].size)
                            : std::string_view();
}

std::string_view Prose::block(std::size_t i) const {
  const std::string_view text = whole(i);
  return text.size() <= kLongestBlock ? text : std::string_view();
}

std::string_view Prose::heading_of(std::size_t i) const {
  return i < blocks_.size() ? whole(blocks_[i].section) : std::string_view();
}

std::vector<Sentence> sentences(std::string_view text) {
  static constexpr std::array<bool, 256> kMayEnd = [] {
    std::array<bool, 256> out{};
    for (const unsigned char c : {'.', '!', '?', ';'}) out[c] = true;
    out[0xE3] = out[0xEF] = true;  // 。 and ；！？ begin so
    return out;
  }();
  std::vector<Sentence> out;
  std::size_t start = 0;
  const auto close = [&](std::size_t end) {
    const std::string_view s = text::trim(text.substr(start, end - start));
    if (!s.empty()) out.push_back({s, static_cast<std::size_t>(s.data() - text.data())});
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!kMayEnd[static_cast<unsigned char>(c)]) continue;
    // A full stop ends a sentence before a blank ("v1.5 of Acme Inc. is" may split: each part stands alone).
    const bool stop =
        (c == '.' || c == '!' || c == '?' || c == ';') &&
        (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' || text[i + 1] == '\t');
    const std::string_view three = text.substr(i, 3);
    const bool ideographic = three == "。" || three == "；" || three == "！" || three == "？";
    if (stop || ideographic) {
      close(i);
      i += ideographic ? 2 : 0;
      start = i + 1;
    }
  }
  close(text.size());
  return out;
}

}  // namespace howopen::facts
