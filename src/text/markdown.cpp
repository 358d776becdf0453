// Blocks of Markdown, line by line: a line is looked at once for quotes and list markers, and belongs to the
// paragraph, heading, table or code that is open. No parser of a library stood the cards that somebody writes
// to break it: cmark-gfm 0.29 takes 20 GB for 130 kB of `[a]: /bbb…` and `[a][a]…`, and quadratic time on
// nested lists and quotes; md4c 0.4.8, too, on references and tables of many columns.
//
//   "# T\nSee [code](https://x.org)."  ->  blocks heading "T", paragraph "See code."; link https://x.org,
//   line 2

#include "text/markdown.h"

#include <algorithm>
#include <utility>

#include "text/ascii.h"
#include "text/limits.h"
#include "text/markdown_inline.h"
#include "text/markdown_lines.h"
#include "text/utf8.h"

namespace howopen::text {
namespace {

class Reader {
 public:
  Reader(std::string_view text, int first_line) : rest_(text), number_(first_line - 1) {}

  Markdown read() {
    collect_references();
    while (next_line()) {
      if (full()) {
        out_.whole = false;
        break;
      }
      line();
    }
    close();
    if (references_.spent()) out_.whole = false;
    // A link within the text of another ends first.
    std::stable_sort(out_.links.begin(), out_.links.end(), [](const Link& a, const Link& b) {
      return std::pair(a.block, a.at) < std::pair(b.block, b.at);
    });
    return std::move(out_);
  }

 private:
  bool full() const { return out_.blocks.size() >= limits::kMarkdownBlocks; }

  bool next_line() {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find_first_of("\r\n");
    raw_ = rest_.substr(0, end);
    if (end == std::string_view::npos) {
      rest_ = {};
    } else {
      const bool both = rest_[end] == '\r' && end + 1 < rest_.size() && rest_[end + 1] == '\n';
      rest_.remove_prefix(end + (both ? 2 : 1));
    }
    ++number_;
    return true;
  }

  // `[label]: <address> "title"`, wherever it stands: references may come before what they explain.
  void collect_references() {
    for (std::size_t at = 0; at < rest_.size();) {
      const std::size_t end = std::min(rest_.find('\n', at), rest_.size());
      std::string_view s = rest_.substr(at, end - at);
      at = end + 1;
      s.remove_prefix(std::min(s.find_first_not_of(" \t>"), s.size()));
      const std::size_t close = end_of_label(s);
      if (close == std::string_view::npos) continue;
      std::string_view url = trim(s.substr(close + 2));
      url = url.starts_with('<') ? url.substr(1, url.find('>') - 1) : url.substr(0, url.find_first_of(" \t"));
      if (!url.empty() && url.size() <= kLongestUrl) references_.add(s.substr(1, close - 1), url);
    }
  }
  // Of the bracket that closes the label of `[label]:`; npos where there is none.
  static std::size_t end_of_label(std::string_view s) {
    if (!s.starts_with('[')) return std::string_view::npos;
    const std::size_t close = s.substr(0, References::kLongestLabel + 2).find("]:");
    return close < 2 ? std::string_view::npos : close;
  }
  static bool is_reference(std::string_view s) {
    const std::size_t close = end_of_label(s);
    return close != std::string_view::npos && !s.starts_with("[^") &&
           s.find_first_not_of(" \t", close + 2) != std::string_view::npos;
  }

  void line() {
    if (fence_ != 0) return fenced();
    const Line l = strip_containers(raw_, open_, open_items_ > 0);
    if (trim(l.text).empty()) {
      if (l.item) open_items_ = 1;
      close();
      after_blank_ = true;
      return;
    }
    if (hidden(l)) return;
    if (open_ && l.quoted && !quoted_) close();
    if (l.item) {
      close();
      open_items_ = 1;
      pending_item_ = true;
    } else if (after_blank_ && l.indent == 0) {
      open_items_ = 0;
    }
    if (begins_fence(l)) return;
    if (thematic_break(l.text) && !(open_ && l.text[0] == '-' && !l.item)) {
      close();
      return;
    }
    if (heading(l)) return;
    if (open_ && !l.item && underline(l.text)) return;
    if (!open_ && !l.item && l.inner >= 4 && open_items_ == 0) return indented();
    in_code_ = false;
    if (!open_ && is_reference(l.text)) return;
    if (!open_) begin(l);
    paragraph_ += paragraph_.empty() ? "" : "\n";
    paragraph_ += l.text;
    after_blank_ = false;
  }

  void begin(const Line& l) {
    open_ = true;
    first_ = number_;
    indent_ = l.indent;
    quoted_ = l.quoted;
    item_ = std::exchange(pending_item_, false);
    paragraph_.clear();
  }

  Block& open_block(Block::Kind kind, int at_line) {
    Block block;
    block.kind = kind;
    block.line = at_line;
    block.section = section_;
    out_.blocks.push_back(std::move(block));
    return out_.blocks.back();
  }

  void open_heading(int level, int at_line) {
    Block& b = open_block(Block::Kind::heading, at_line);
    b.level = level;
    nest_heading(out_.blocks.size() - 1);
  }
  // A heading stands under the nearest one above it that is of a higher level.
  void nest_heading(std::size_t index) {
    std::size_t above = section_;
    while (above != Block::kNone && out_.blocks[above].level >= out_.blocks[index].level)
      above = out_.blocks[above].section;
    out_.blocks[index].section = above;
    section_ = index;
  }

  bool heading(const Line& l) {
    std::size_t level = 0;
    while (level < l.text.size() && l.text[level] == '#') ++level;
    // `##License` is a heading to whoever wrote it; `#tag` may not be.
    const bool sharp = level >= 1 && level <= 6 &&
                       (level == l.text.size() || is_blank(l.text[level]) ||
                        (level >= 2 && static_cast<unsigned char>(l.text[level]) >= 'A'));
    if (!sharp) return false;
    close();
    std::string_view s = trim(l.text.substr(level));
    const std::size_t end = s.find_last_not_of('#');
    if (end == std::string_view::npos)
      s = {};
    else if (end + 1 < s.size() && is_blank(s[end]))
      s = trim(s.substr(0, end + 1));
    open_heading(static_cast<int>(level), number_);
    inline_text(s, number_);
    pending_item_ = false;
    after_blank_ = true;
    return true;
  }

  // `===` or `---` under a paragraph makes it a heading.
  bool underline(std::string_view s) {
    s = trim(s);
    const bool one = !s.empty() && s.find_first_not_of('=') == std::string_view::npos;
    const bool two = !s.empty() && s.find_first_not_of('-') == std::string_view::npos;
    if (!one && !two) return false;
    if (paragraph_.find('\n') != std::string::npos && paragraph_.size() > 2000) {
      close();
      return true;
    }
    const std::string text = std::exchange(paragraph_, {});
    open_ = false;
    open_heading(one ? 1 : 2, first_);
    inline_text(text, first_);
    return true;
  }

  bool begins_fence(const Line& l) {
    const char sign = l.text[0];
    if (sign != '`' && sign != '~') return false;
    const std::size_t n = std::min(l.text.find_first_not_of(sign), l.text.size());
    const std::string_view info = trim(l.text.substr(n));
    if (n < 3 || (sign == '`' && info.find('`') != std::string_view::npos)) return false;
    close();
    fence_ = sign;
    fence_size_ = n;
    fence_indent_ = l.indent;
    Block& b = open_block(Block::Kind::code, number_);
    b.info = info;
    return true;
  }

  void fenced() {
    std::string_view s = raw_;
    int column = 0;
    // The columns that the fence stood in, quotes included.
    while (!s.empty() && column < fence_indent_ && (is_blank(s[0]) || s[0] == '>')) {
      column += s[0] == '\t' ? 4 - column % 4 : 1;
      s.remove_prefix(1);
    }
    const std::string_view t = trim(s);
    if (t.size() >= fence_size_ && t.find_first_not_of(fence_) == std::string_view::npos) {
      fence_ = 0;
      return;
    }
    std::string& text = out_.blocks.back().text;
    text += s;
    text += '\n';
  }

  void indented() {
    if (!in_code_) {
      open_block(Block::Kind::code, number_);
      in_code_ = true;
    }
    std::string& text = out_.blocks.back().text;
    text += raw_.substr(std::min<std::size_t>(raw_.size(), 4));
    text += '\n';
  }

  // What a browser hides over several lines: comments, style, script. One that never ends hides nothing.
  bool hidden(const Line& l) {
    struct Hides {
      std::string_view begin, end;
    };
    static constexpr Hides kHides[] = {{"<!--", "-->"}, {"<style", "</style"}, {"<script", "</script"}};
    for (std::size_t i = 0; i < std::size(kHides); ++i) {
      if (l.text.size() < kHides[i].begin.size() ||
          !equal_ignoring_case(l.text.substr(0, kHides[i].begin.size()), kHides[i].begin))
        continue;
      if (l.text.find(kHides[i].end, 4) != std::string_view::npos || never_ends_[i]) return false;
      const std::size_t end = rest_.find(kHides[i].end);
      if (end == std::string_view::npos) {
        never_ends_[i] = true;
        return false;
      }
      close();
      const std::string_view over = rest_.substr(0, end);
      if (i == 0) add_comment(out_, std::string(l.text.substr(4)) + '\n' + std::string(over), number_);
      number_ += static_cast<int>(std::count(over.begin(), over.end(), '\n'));
      rest_.remove_prefix(end + kHides[i].end.size());
      if (const std::size_t tag = rest_.find('>'); i > 0 && tag != std::string_view::npos)
        rest_.remove_prefix(tag + 1);
      // What stands behind it on its line goes on as a line of its own, which is counted when it is read.
      return true;
    }
    return false;
  }

  void inline_text(std::string_view raw, int at_line) {
    const std::size_t first = out_.blocks.size() - 1;
    read_inline(raw, at_line, references_, out_);
    for (std::size_t i = first; i < out_.blocks.size(); ++i) {
      if (out_.blocks[i].kind != Block::Kind::heading)
        out_.blocks[i].section = section_;
      else if (i != section_)
        nest_heading(i);  // one of HTML
    }
  }

  void close() {
    in_code_ = false;
    after_blank_ = false;
    if (!open_) return;
    open_ = false;
    if (!table()) {
      Block& b = open_block(Block::Kind::paragraph, first_);
      b.item = item_;
      b.indent = indent_;
      inline_text(paragraph_, first_);
    }
    paragraph_.clear();
  }

  // A paragraph with a line `|---|---|` is a table: one block a row. A line of text may stand above its head.
  bool table() {
    const std::string_view all = paragraph_;
    if (all.find('|') == std::string_view::npos) return false;
    std::size_t rule = std::string_view::npos;
    std::size_t number = 0;
    for (std::size_t at = 0; at < all.size() && rule == std::string_view::npos; ++number) {
      const std::size_t end = std::min(all.find('\n', at), all.size());
      if (number > 0 && is_rule(all.substr(at, end - at))) rule = number;
      at = end + 1;
    }
    if (rule == std::string_view::npos) return false;
    std::size_t i = 0;
    std::size_t head = Block::kNone;
    for (std::size_t at = 0; at < all.size() && !full(); ++i) {
      const std::size_t end = std::min(all.find('\n', at), all.size());
      const bool row = i + 1 >= rule;
      Block& b =
          open_block(row ? Block::Kind::table_row : Block::Kind::paragraph, first_ + static_cast<int>(i));
      const std::size_t index = out_.blocks.size() - 1;
      if (row && head == Block::kNone) head = index;
      if (row) b.head = head;
      b.indent = indent_;
      cells(trim(all.substr(at, end - at)), first_ + static_cast<int>(i), row);
      at = end + 1;
    }
    if (full()) out_.whole = false;
    return true;
  }
  void cells(std::string_view row, int at_line, bool split) {
    if (!split) return inline_text(row, at_line);
    std::string tabbed(row);
    for (std::size_t k = 0; k < tabbed.size(); ++k) {
      if (tabbed[k] == '|' && (k == 0 || tabbed[k - 1] != '\\')) tabbed[k] = '\t';
    }
    inline_text(tabbed, at_line);
  }

  std::string_view rest_;
  std::string_view raw_;
  int number_;
  Markdown out_;
  References references_;
  std::size_t section_ = Block::kNone;
  std::string paragraph_;  // lines of the open one, without their containers
  bool open_ = false;
  int first_ = 0;
  int indent_ = 0;
  bool item_ = false;
  bool quoted_ = false;
  bool pending_item_ = false;
  int open_items_ = 0;
  bool after_blank_ = true;
  bool in_code_ = false;
  char fence_ = 0;
  std::size_t fence_size_ = 0;
  int fence_indent_ = 0;
  bool never_ends_[3] = {false, false, false};
};

}  // namespace

std::span<const Link> Markdown::links_in(std::size_t block, std::size_t from, std::size_t to) const {
  using Place = std::pair<std::size_t, std::size_t>;
  const auto before = [](const Link& l, const Place& p) { return Place(l.block, l.at) < p; };
  const auto first = std::lower_bound(links.begin(), links.end(), Place(block, from), before);
  return {first, std::lower_bound(first, links.end(), Place(block, to), before)};
}

std::string_view Markdown::heading_of(std::size_t block) const {
  if (block >= blocks.size()) return {};
  const std::size_t section = blocks[block].kind == Block::Kind::heading ? block : blocks[block].section;
  return section < blocks.size() ? std::string_view(blocks[section].text) : std::string_view();
}

int Markdown::line_at(const Block& block, std::size_t offset) {
  const std::size_t end = std::min(offset, block.text.size());
  const int first = block.kind == Block::Kind::code && !block.info.empty() ? 1 : 0;  // the fence's own line
  return block.line + first +
         static_cast<int>(
             std::count(block.text.begin(), block.text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
}

Markdown read_markdown(std::string_view text, int first_line) {
  return Reader(text, first_line).read();
}

}  // namespace howopen::text
