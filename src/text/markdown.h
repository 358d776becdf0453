// What a Markdown document says and links to, block by block, with lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::text {

struct Block {
  enum class Kind { heading, paragraph, table_row, code };
  Kind kind = Kind::paragraph;
  int line = 0;       ///< of its first line, 1 for the first line of the file
  int level = 0;      ///< of a heading, 1 to 6
  bool item = false;  ///< begins a list item
  int indent = 0;     ///< columns before the text, list markers counted: how deep an item stands
  std::string
      text;  ///< without markup; a line break of the source stays one; `\t` between the cells of a row
  std::string info;             ///< language of a code block
  std::size_t section = kNone;  ///< index of the nearest heading above; of a heading, the one it stands under
  std::size_t head = kNone;     ///< of a table's row: index of the table's first row; itself for that one
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

struct Link {
  std::string url;
  std::string text;  ///< or the alternative text of an image inside it
  int line = 0;
  std::size_t block = Block::kNone;  ///< where it stands
  std::size_t at = 0;                ///< of its text within the block's
};

/// What a browser does not show, and whoever reads the file does.
struct Comment {
  std::string text;
  int line = 0;  ///< of its beginning
};

struct Markdown {
  std::vector<Block> blocks;
  std::vector<Link> links;  ///< of Markdown and of HTML inside it, in document order
  std::vector<Comment> comments;
  bool whole = true;  ///< false where a limit left something out: blocks, or addresses of references

  /// The links that begin in a part of a block's text.
  std::span<const Link> links_in(std::size_t block, std::size_t from, std::size_t to) const;
  /// The heading a block stands under, or is; "" for none.
  std::string_view heading_of(std::size_t block) const;
  /// Line of a place within a block's text.
  static int line_at(const Block& block, std::size_t offset);
};

/// Reads the Markdown that cards are written in: CommonMark's blocks and links with GitHub's tables and bare
/// links, and HTML as a browser would show it. Containers (quotes, lists) are not nested but flattened, and
/// emphasis is dropped: what counts is which words stand where. Total: every text is Markdown. Time and
/// memory grow with the text. `first_line` is the line of the text's first line in its file.
Markdown read_markdown(std::string_view text, int first_line);

}  // namespace howopen::text
