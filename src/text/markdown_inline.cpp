// One pass over a block's source. What needs a partner further on (`]`, `)`, a run of backticks, `>`) is
// looked for only where it is known that one comes, so that openers without end cost nothing.
//
//   "[*MIT*](LICENSE) `x`<br>a &amp; b"  ->  text "MIT x", link LICENSE at 0; a block "a & b"

#include "text/markdown_inline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "text/ascii.h"
#include "text/html.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::text {
namespace {

constexpr std::size_t kLongestLinkText = 400;
constexpr std::size_t kOpenBrackets = 64;

class Inline {
 public:
  Inline(std::string_view raw, int line, References& references, Markdown& out)
      : raw_(raw), line_(line), references_(references), out_(out), first_(out.blocks.size()) {
    last_parenthesis_ = raw.rfind(')');
    last_bracket_ = raw.rfind(']');
    last_tag_ = raw.rfind('>');
    for (std::size_t at = raw.find('`'); at != std::string_view::npos; at = raw.find('`', at)) {
      const std::size_t n = run(at, '`');
      if (n < last_ticks_.size()) last_ticks_[n] = at;
      at += n;
    }
  }

  void read() {
    while (at_ < raw_.size()) {
      // Most bytes are nothing special, and are taken together.
      if (next_http_ < at_ || at_ == 0) next_http_ = std::min(raw_.find("http", at_), raw_.size());
      std::size_t next = at_;
      while (next < next_http_ && !kSpecial[static_cast<unsigned char>(raw_[next])]) ++next;
      append(raw_.substr(at_, next - at_));
      at_ = next;
      if (at_ < raw_.size()) special();
    }
    finish_html_link();
    // Blocks that HTML began and that stayed empty.
    while (out_.blocks.size() > first_ && block().kind == Block::Kind::paragraph &&
           trim(block_text()).empty() &&
           (out_.links.empty() || out_.links.back().block != out_.blocks.size() - 1))
      out_.blocks.pop_back();
  }

 private:
  static constexpr std::array<bool, 256> kSpecial = [] {
    std::array<bool, 256> out{};
    for (const unsigned char c : {'\\', '`', '*', '_', '~', '[', ']', '!', '<', '&', '\n'}) out[c] = true;
    return out;
  }();

  struct Bracket {
    std::size_t text_at = 0;  // of the block's text
    std::size_t raw_at = 0;   // behind the bracket
    std::size_t size = 1;     // 2 for an image's
    std::size_t block = 0;
    int line = 0;
    bool used = false;  // holds a link: none can be around it
  };

  Block& block() { return out_.blocks.back(); }
  std::size_t run(std::size_t at, char c) const {
    return std::min(raw_.find_first_not_of(c, at), raw_.size()) - at;
  }
  void append(std::string_view s) { block().text += s; }
  char before() const { return block_text().empty() ? ' ' : block_text().back(); }
  const std::string& block_text() const { return out_.blocks.back().text; }

  void special() {
    const char c = raw_[at_];
    switch (c) {
      case '\n':
        ++line_;
        append("\n");
        ++at_;
        return;
      case '\\':
        return escape();
      case '`':
        return code();
      case '*':
      case '_':
      case '~':
        return emphasis(c);
      case '!':
        if (raw_.substr(at_, 2) == "![") return open_bracket(2);
        return literal();
      case '[':
        return open_bracket(1);
      case ']':
        return close_bracket();
      case '<':
        return tag();
      case '&':
        return entity();
      default:
        return bare_link();
    }
  }
  void literal(std::size_t n = 1) {
    append(raw_.substr(at_, n));
    at_ += n;
  }

  void escape() {
    if (at_ + 1 < raw_.size() && is_punctuation(raw_[at_ + 1])) {
      append(raw_.substr(at_ + 1, 1));
      at_ += 2;
    } else {
      literal();
    }
  }

  void code() {
    const std::size_t n = run(at_, '`');
    if (n >= last_ticks_.size() || last_ticks_[n] <= at_) return literal(n);
    for (std::size_t end = raw_.find('`', at_ + n); end != std::string_view::npos;
         end = raw_.find('`', end)) {
      const std::size_t m = run(end, '`');
      if (m != n) {
        end += m;
        continue;
      }
      const std::string_view inside = raw_.substr(at_ + n, end - at_ - n);
      append(inside);
      line_ += static_cast<int>(std::count(inside.begin(), inside.end(), '\n'));
      at_ = end + n;
      return;
    }
    literal(n);
  }

  // Signs of emphasis are dropped where they could be some: not "5 * 3", not snake_case.
  void emphasis(char c) {
    const std::size_t n = run(at_, c);
    const char left = before();
    const char right = at_ + n < raw_.size() ? raw_[at_ + n] : ' ';
    const bool inside = (is_alnum(left) || is_beyond(left)) && (is_alnum(right) || is_beyond(right));
    const bool digits = left >= '0' && left <= '9' && right >= '0' && right <= '9';
    const bool alone = is_blank(left) && is_blank(right);
    const bool keep = alone || (c == '_' && inside) || (c == '*' && digits) || (c == '~' && n < 2);
    if (keep) return literal(n);
    at_ += n;
  }

  void open_bracket(std::size_t size) {
    if (last_bracket_ != std::string_view::npos && last_bracket_ > at_ && brackets_.size() < kOpenBrackets)
      brackets_.push_back({block_text().size(), at_ + size, size, out_.blocks.size() - 1, line_, false});
    literal(size);
  }

  void close_bracket() {
    if (brackets_.empty() || brackets_.back().block != out_.blocks.size() - 1) {
      brackets_.clear();
      return literal();
    }
    const Bracket b = brackets_.back();
    brackets_.pop_back();
    std::size_t end = at_ + 1;
    std::string url;
    const bool image = b.size == 2;
    const bool found =
        (!b.used || image) && (read_destination(raw_, last_parenthesis_, end, url) || reference(b, end, url));
    if (!found) return literal();
    block().text.erase(b.text_at, b.size);
    // Addresses in the text of a link are its text.
    while (!out_.links.empty() && out_.links.back().block == b.block && out_.links.back().at >= b.text_at)
      out_.links.pop_back();
    if (image && block().text.size() - b.text_at <= kLongestLinkText) {
      const std::string shown = picture_text(std::string_view(block().text).substr(b.text_at), url);
      block().text.resize(b.text_at);
      append(shown);
    }
    if (!image && !url.empty() && url.size() <= kLongestUrl) {
      add_link(std::move(url), b.text_at, b.line);
      for (Bracket& outer : brackets_) outer.used = outer.used || outer.size == 1;
    }
    const std::string_view over = raw_.substr(at_, end - at_);
    line_ += static_cast<int>(std::count(over.begin(), over.end(), '\n'));
    at_ = end;
  }

  void add_link(std::string url, std::size_t text_at, int line) {
    const std::string& text = block_text();
    Link link;
    link.url = std::move(url);
    link.text = text.substr(text_at, kLongestLinkText);
    link.line = line;
    link.block = out_.blocks.size() - 1;
    link.at = text_at;
    out_.links.push_back(std::move(link));
  }

  // `[text][label]`, `[label][]`, `[label]`.
  bool reference(const Bracket& b, std::size_t& end, std::string& url) {
    if (references_.empty()) return false;
    std::string_view label = raw_.substr(b.raw_at, at_ - b.raw_at);
    std::size_t behind = end;
    if (end < raw_.size() && raw_[end] == '[') {
      const std::string_view rest = raw_.substr(end + 1, References::kLongestLabel + 1);
      if (const std::size_t close = rest.find(']'); close != std::string_view::npos) {
        behind = end + close + 2;
        if (close > 0) label = rest.substr(0, close);
      }
    }
    if (label.size() > References::kLongestLabel || label.find_first_of("[]") != std::string_view::npos)
      return false;
    const std::string_view found = references_.find(label);
    if (found.empty()) return false;
    url = found;
    end = behind;
    return true;
  }

  // HTML
  // ----------------------------------------------------------------------------------------------------------

  void tag() {
    const std::string_view rest = raw_.substr(at_);
    if (rest.starts_with("<!--")) {
      const std::size_t from = at_ + 4;
      const int at_line = line_;
      skip_to("-->", no_comment_end_);
      if (!no_comment_end_ && at_ >= from + 3) add_comment(out_, raw_.substr(from, at_ - 3 - from), at_line);
      return;
    }
    if (last_tag_ == std::string_view::npos || last_tag_ < at_ || rest.size() < 2) return literal();
    const char next = rest[1];
    const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (!letter && next != '/' && next != '!' && next != '?') return literal();
    const std::size_t end = raw_.find_first_of("<>", at_ + 1);
    if (end == std::string_view::npos || raw_[end] == '<' || (!letter && next != '/')) return literal();
    const std::string_view inside = raw_.substr(at_ + 1, end - at_ - 1);
    if (autolink(inside)) {
      at_ = end + 1;
      return;
    }
    const int at_line = line_;
    line_ += static_cast<int>(std::count(inside.begin(), inside.end(), '\n'));
    at_ = end + 1;
    element(inside, at_line);
  }

  // To behind a mark, what stands before it left out; nothing where no mark comes, which is looked for once.
  void skip_to(std::string_view mark, bool& none) {
    const std::size_t end = none ? std::string_view::npos : raw_.find(mark, at_);
    none = end == std::string_view::npos;
    if (none) return literal();
    const std::string_view over = raw_.substr(at_, end + mark.size() - at_);
    line_ += static_cast<int>(std::count(over.begin(), over.end(), '\n'));
    at_ = end + mark.size();
  }

  bool autolink(std::string_view inside) {
    const bool address = inside.starts_with("http://") || inside.starts_with("https://");
    const bool mail = !address && inside.find('@') != std::string_view::npos &&
                      inside.find_first_of(" \n\"'=") == std::string_view::npos;
    if ((!address && !mail) || inside.find_first_of(" \n") != std::string_view::npos) return false;
    const std::size_t at = block_text().size();
    append(inside);
    if (address) add_link(std::string(inside), at, line_);
    return true;
  }

  void element(std::string_view tag, int at_line) {
    const bool closing = tag.starts_with('/');
    if (closing) tag.remove_prefix(1);
    const std::string name = lower(tag.substr(0, std::min(tag.find_first_of(" \n\t/"), std::size_t{12})));
    if (name == "a") {
      finish_html_link();
      const std::string_view href = closing ? std::string_view() : attribute(tag, "href");
      if (!href.empty() && href.size() <= kLongestUrl)
        html_link_ = HtmlLink{std::string(href), block_text().size(), out_.blocks.size() - 1, at_line};
    } else if (name == "img") {
      const std::string_view alt = attribute(tag, "alt");
      append(picture_text(alt, attribute(tag, "src")));
    } else if (name == "td" || name == "th") {
      if (closing) append("\t");
    } else if (name == "style" && !closing) {
      if (!no_style_end_ && at_ < raw_.size()) skip_to("</style>", no_style_end_);
    } else if (name == "script" && !closing) {
      if (!no_script_end_ && at_ < raw_.size()) skip_to("</script>", no_script_end_);
    } else if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
      new_block(closing ? Block::Kind::paragraph : Block::Kind::heading, closing ? 0 : name[1] - '0');
    } else if (breaks_line(name)) {
      new_block(Block::Kind::paragraph, 0);
      if (name == "li" && !closing) block().item = true;
    }
  }

  // Within a row of a table a cell stays a cell.
  void new_block(Block::Kind kind, int level) {
    if (block().kind == Block::Kind::table_row || out_.blocks.size() >= limits::kMarkdownBlocks) {
      append(" ");
      return;
    }
    finish_html_link();
    brackets_.clear();
    if (trim(block_text()).empty()) {
      // Nothing was said yet: the same block, further down.
      block().kind = block().kind == Block::Kind::heading ? block().kind : kind;
      if (kind == Block::Kind::heading) block().level = level;
      block().text.clear();
      block().line = line_;
      drop_empty_links();
      return;
    }
    Block next;
    next.kind = kind;
    next.level = level;
    next.line = line_;
    next.indent = block().indent;
    next.section = block().section;
    out_.blocks.push_back(std::move(next));
  }
  void drop_empty_links() {
    for (std::size_t i = out_.links.size(); i-- > set_back_ && out_.links[i].block == out_.blocks.size() - 1;)
      out_.links[i].at = 0;
    set_back_ = out_.links.size();
  }

  void finish_html_link() {
    if (!html_link_) return;
    const HtmlLink open = *std::exchange(html_link_, std::nullopt);
    if (open.block == out_.blocks.size() - 1)
      add_link(open.url, std::min(open.text_at, block_text().size()), open.line);
  }

  void entity() {
    const std::size_t size = append_entity(raw_.substr(at_, 12), block().text);
    if (size == 0) return literal();
    at_ += size;
  }

  // `https://…` in plain text, as far as it goes without blanks, brackets or closing punctuation.
  void bare_link() {
    const std::string_view rest = raw_.substr(at_);
    const bool address = rest.starts_with("http://") || rest.starts_with("https://");
    if (!address || is_alnum(before())) return literal();
    std::string_view url = rest.substr(0, std::min(rest.find_first_of(" \n\t<>()[]{}|\"'`"), rest.size()));
    while (!url.empty() && std::string_view(".,;:!?*_").find(url.back()) != std::string_view::npos)
      url.remove_suffix(1);
    const std::size_t at = block_text().size();
    append(url);
    at_ += url.size();
    if (url.size() > 10 && url.size() <= kLongestUrl && !html_link_) add_link(std::string(url), at, line_);
  }

  struct HtmlLink {
    std::string url;
    std::size_t text_at = 0;
    std::size_t block = 0;
    int line = 0;
  };

  std::string_view raw_;
  std::size_t at_ = 0;
  int line_;
  References& references_;
  Markdown& out_;
  std::vector<Bracket> brackets_;
  std::optional<HtmlLink> html_link_;
  std::size_t set_back_ = 0;  // links whose place is the begin of their block already
  std::size_t last_parenthesis_, last_bracket_, last_tag_;
  std::array<std::size_t, 64> last_ticks_{};  // of a run of so many backticks
  std::size_t first_;
  std::size_t next_http_ = 0;
  bool no_comment_end_ = false, no_style_end_ = false, no_script_end_ = false;
};

}  // namespace

void read_inline(std::string_view raw, int line, References& references, Markdown& out) {
  Inline(raw, line, references, out).read();
}

void add_comment(Markdown& out, std::string_view text, int line) {
  constexpr std::size_t kMost = 10'000;
  if (out.comments.size() < kMost)
    out.comments.push_back({std::string(text), line});
  else
    out.whole = false;
}

}  // namespace howopen::text
