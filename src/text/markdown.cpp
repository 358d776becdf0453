// Cards as blocks of plain text, and their links. cmark-gfm parses CommonMark; links inside raw HTML, which
// cards are full of, are picked up by a small scanner of `<a href>` and `<img alt>`. Its extensions for
// tables and bare links are left out: 0.29.0.gfm.6 takes quadratic time and memory on `|x|x|…` with many
// short rows (20 GB for 130 kB) and on `www._www._…`. Tables are split from the paragraph they are to
// CommonMark.
//
//   "# T\nSee [code](https://x.org)."  ->  blocks heading "T", paragraph "See code."; link https://x.org,
//   line 2

#include "text/markdown.h"

#include <cmark-gfm.h>

#include <algorithm>
#include <memory>

#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::text {
namespace {

struct NodeFree {
  void operator()(cmark_node* n) const { cmark_node_free(n); }
};
struct ParserFree {
  void operator()(cmark_parser* p) const { cmark_parser_free(p); }
};
struct IterFree {
  void operator()(cmark_iter* i) const { cmark_iter_free(i); }
};

std::string_view view(const char* s) {
  return s != nullptr ? std::string_view(s) : std::string_view();
}

// Value of an attribute within the tag `<… >`, "" if it is not there. Attribute names are matched without
// regard to case; values with either quote or none.
std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = 0; at + name.size() < tag.size(); ++at) {
    if (!equal_ignoring_case(tag.substr(at, name.size()), name)) continue;
    if (at > 0 && tag[at - 1] != ' ' && tag[at - 1] != '\n' && tag[at - 1] != '\t') continue;
    std::size_t i = tag.find_first_not_of(" \n\t", at + name.size());
    if (i == std::string_view::npos || tag[i] != '=') continue;
    i = tag.find_first_not_of(" \n\t", i + 1);
    if (i == std::string_view::npos) return {};
    if (tag[i] == '"' || tag[i] == '\'') {
      const std::size_t end = tag.find(tag[i], i + 1);
      return end == std::string_view::npos ? std::string_view() : tag.substr(i + 1, end - i - 1);
    }
    return tag.substr(i, tag.find_first_of(" \n\t>", i) - i);
  }
  return {};
}

class Reader {
 public:
  explicit Reader(int first_line) : offset_(first_line - 1) {}

  void read(cmark_node* document) {
    const std::unique_ptr<cmark_iter, IterFree> iter(cmark_iter_new(document));
    for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter.get())) {
      if (out_.blocks.size() >= limits::kMarkdownBlocks) return;
      cmark_node* node = cmark_iter_get_node(iter.get());
      if (event == CMARK_EVENT_ENTER)
        enter(node);
      else
        leave(node);
    }
  }
  Markdown take() { return std::move(out_); }

 private:
  // Inline nodes may have no line of their own (bare links have 0): the block's counts on.
  int line() const { return out_.blocks.empty() ? 0 : out_.blocks.back().line + breaks_; }

  void open(Block::Kind kind, cmark_node* node) {
    Block block;
    block.kind = kind;
    block.line = cmark_node_get_start_line(node) + offset_;
    block.section = section_;
    out_.blocks.push_back(std::move(block));
    breaks_ = 0;
  }
  void append(std::string_view s) {
    if (!out_.blocks.empty()) out_.blocks.back().text += s;
    if (s.find('\n') != std::string_view::npos)  // of few pieces, and they are many
      breaks_ += static_cast<int>(std::count(s.begin(), s.end(), '\n'));
    for (const std::size_t i : open_links_) out_.links[i].text += s;
  }
  void add_link(std::string_view url, std::string_view text, int at) {
    out_.links.push_back({std::string(url), std::string(text), at,
                          out_.blocks.empty() ? Block::kNone : out_.blocks.size() - 1});
  }

  void enter(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING) {
      open(Block::Kind::heading, node);
      out_.blocks.back().level = cmark_node_get_heading_level(node);
      out_.blocks.back().section = Block::kNone;
      section_ = out_.blocks.size() - 1;
    } else if (type == CMARK_NODE_PARAGRAPH) {
      open(Block::Kind::paragraph, node);
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      open(Block::Kind::code, node);
      out_.blocks.back().info = view(cmark_node_get_fence_info(node));
      append(view(cmark_node_get_literal(node)));
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      open(Block::Kind::html, node);
      html(view(cmark_node_get_literal(node)), out_.blocks.back().line);
    } else if (type == CMARK_NODE_HTML_INLINE) {
      html(view(cmark_node_get_literal(node)), line());
    } else if (type == CMARK_NODE_LINK) {
      open_links_.clear();
      html_link_ = false;
      add_link(view(cmark_node_get_url(node)), {}, line());
      open_links_.push_back(out_.links.size() - 1);
    } else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
      append(view(cmark_node_get_literal(node)));
    } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
      append("\n");
    }
  }

  void leave(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK) {
      open_links_.clear();  // an `<a>` left open inside ends here too
      html_link_ = false;
    }
    if (type == CMARK_NODE_HEADING) bare_links();
    if (type == CMARK_NODE_PARAGRAPH) {
      bare_links();
      split_table();
    }
  }

  // `https://…` in plain text, as far as it goes without blanks, brackets or closing punctuation.
  void bare_links() {
    const Block& block = out_.blocks.back();
    const std::size_t index = out_.blocks.size() - 1;
    const std::string_view text = block.text;
    int at_line = block.line;
    std::size_t counted = 0;
    for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 4)) {
      at_line += static_cast<int>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                             text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      counted = at;
      const std::string_view rest = text.substr(at);
      if (rest.substr(0, 7) != "http://" && rest.substr(0, 8) != "https://") continue;
      std::string_view url = rest.substr(0, rest.find_first_of(" \n\t<>()[]{}|\"'`"));
      while (!url.empty() && std::string_view(".,;:!?*_").find(url.back()) != std::string_view::npos)
        url.remove_suffix(1);
      bool known = false;  // the text of a link may be its own address
      for (std::size_t i = out_.links.size(); i-- > 0 && out_.links[i].block == index && !known;) {
        known = out_.links[i].url == url && out_.links[i].line == at_line;
        if (out_.links.size() - i > 64) break;
      }
      if (!known) add_link(url, url, at_line);
    }
  }

  // A paragraph whose second line is `|---|---|` is a table: one block a row.
  void split_table() {
    if (out_.blocks.back().text.find('|') == std::string::npos) return;
    const Block whole = out_.blocks.back();
    const std::size_t first_index = out_.blocks.size() - 1;
    std::vector<std::string_view> rows;
    for (std::string_view rest = whole.text; rows.size() + first_index < limits::kMarkdownBlocks;) {
      const std::size_t end = rest.find('\n');
      rows.push_back(rest.substr(0, end));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    std::size_t rule = 1;  // a line of text may stand above the table's head
    while (rule < rows.size() && !is_rule(rows[rule])) ++rule;
    if (rule >= rows.size()) return;
    out_.blocks.pop_back();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Block row;
      row.section = whole.section;
      row.kind = i + 1 < rule ? Block::Kind::paragraph : Block::Kind::table_row;
      row.line = whole.line + static_cast<int>(i);
      for (const char c : trim(rows[i])) row.text += c == '|' ? '\t' : c;
      out_.blocks.push_back(std::move(row));
    }
    for (std::size_t i = out_.links.size(); i-- > 0 && out_.links[i].block == first_index;) {
      const auto row = static_cast<std::size_t>(std::max(0, out_.links[i].line - whole.line));
      out_.links[i].block = first_index + std::min(row, rows.size() - 1);
    }
  }

  static bool is_rule(std::string_view row) {
    row = trim(row);
    return row.size() > 2 && row.find('|') != std::string_view::npos &&
           row.find("--") != std::string_view::npos &&
           row.find_first_not_of("|-: \t") == std::string_view::npos;
  }

  // Text outside tags goes to the block; `<a href>` is a link whose text runs to `</a>`, be it in this piece
  // of HTML or a later one; an image stands for its alternative text.
  void html(std::string_view s, int first) {
    int at_line = first;
    while (!s.empty()) {
      const std::size_t tag = s.find('<');
      const std::string_view text = s.substr(0, tag);
      append(text);
      at_line += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
      if (tag == std::string_view::npos) return;
      s.remove_prefix(tag);
      if (s.substr(0, 4) == "<!--") {
        const std::size_t end = s.find("-->");
        at_line += static_cast<int>(
            std::count(s.begin(), s.begin() + static_cast<std::ptrdiff_t>(std::min(end, s.size())), '\n'));
        s.remove_prefix(end == std::string_view::npos ? s.size() : end + 3);
        continue;
      }
      const std::size_t end = s.find('>');
      if (end == std::string_view::npos) return;
      const std::string_view inside = s.substr(1, end - 1);
      element(inside, at_line);
      at_line += static_cast<int>(std::count(inside.begin(), inside.end(), '\n'));
      s.remove_prefix(end + 1);
    }
  }

  void element(std::string_view tag, int at_line) {
    const std::string name = lower(tag.substr(0, tag.find_first_of(" \n\t/", 1)));
    if (name == "a") {
      if (const std::string_view href = attribute(tag, "href"); !href.empty()) {
        if (html_link_) open_links_.pop_back();  // in HTML, a link ends where the next begins
        add_link(href, {}, at_line);
        html_link_ = true;
        open_links_.push_back(out_.links.size() - 1);
      }
    } else if (name == "/a") {
      if (html_link_) open_links_.pop_back();
      html_link_ = false;
    } else if (name == "img") {
      append(attribute(tag, "alt"));
    }
  }

  Markdown out_;
  int offset_;
  std::size_t section_ = Block::kNone;
  int breaks_ = 0;                       // line breaks in the current block so far
  std::vector<std::size_t> open_links_;  // at most one of Markdown and one `<a>` inside it
  bool html_link_ = false;
};

}  // namespace

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
  // cmark looks at each byte for validity, which is a sixth of its time and told faster.
  const int options = is_utf8(text) ? CMARK_OPT_DEFAULT : CMARK_OPT_VALIDATE_UTF8;
  const std::unique_ptr<cmark_parser, ParserFree> parser(cmark_parser_new(options));
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const std::unique_ptr<cmark_node, NodeFree> document(cmark_parser_finish(parser.get()));
  Reader reader(first_line);
  if (document) reader.read(document.get());
  return reader.take();
}

}  // namespace howopen::text
