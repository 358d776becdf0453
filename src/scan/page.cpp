// Code in pages of HTML: what a browser shows in <pre> and <code>, without tags and with entities undone.
//
//   <pre><code class="language-bash">vllm serve a/b</code></pre>  ->  a command

#include <algorithm>
#include <vector>

#include "scan/parts.h"
#include "scan/tools.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

struct Entity {
  std::string_view name;
  char character;
};
constexpr Entity kEntities[] = {{"&lt;", '<'},   {"&gt;", '>'},   {"&amp;", '&'},  {"&quot;", '"'},
                                {"&#39;", '\''}, {"&#34;", '"'},  {"&nbsp;", ' '}, {"&#47;", '/'},
                                {"&#x2F;", '/'}, {"&apos;", '\''}};

// The text from `i` to `end` as it is shown.
Mapped shown(const Slice& s, std::size_t i, std::size_t end) {
  Mapped out;
  while (i < end) {
    const char c = s.text[i];
    if (c == '<') {
      const std::size_t close = s.text.substr(0, end).find('>', i);
      if (s.text.substr(i, 3) == "<br") out.add('\n', s.place(i));
      if (close == std::string_view::npos) break;
      i = close + 1;
      continue;
    }
    const Entity* known = nullptr;
    if (c == '&') {
      for (const Entity& e : kEntities) {
        if (s.text.substr(i, e.name.size()) == e.name) known = &e;
      }
    }
    out.add(known != nullptr ? known->character : c, s.place(i));
    i += known != nullptr ? known->name.size() : 1;
  }
  return out;
}

// `language-bash`, `lang-py`, `highlight-python` of a class.
std::string_view language_of(std::string_view tags) {
  for (const std::string_view head : {"language-", "lang-", "highlight-", "highlight-source-", "brush: "}) {
    const std::size_t at = tags.find(head);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = tags.substr(at + head.size());
    return rest.substr(0, rest.find_first_of(" \"'>"));
  }
  return {};
}

constexpr std::size_t kLongestTag = 2000;

// A tag between its brackets.
struct Tag {
  struct Attribute {
    std::string_view name;
    std::string_view value;
    std::size_t at;  // of the value
  };
  std::string_view name;
  std::vector<Attribute> attributes;

  explicit Tag(std::string_view tag) : name(tag.substr(0, tag.find_first_of(" \t\r\n/>"))) {
    for (std::size_t equals = tag.find('='); equals < tag.size();) {
      const char quote = equals + 1 < tag.size() ? tag[equals + 1] : ' ';
      const std::size_t start = std::min(tag.find_last_of(" \t\r\n", equals), equals) + 1;
      const std::size_t end =
          quote == '"' || quote == '\'' ? tag.find(quote, equals + 2) : std::string_view::npos;
      if (end == std::string_view::npos) {
        equals = tag.find('=', equals + 1);
        continue;
      }
      if (start < equals)
        attributes.push_back(
            {tag.substr(start, equals - start), tag.substr(equals + 2, end - equals - 2), equals + 2});
      equals = tag.find('=', end);
    }
  }
};

bool opens(std::string_view s, std::size_t i, std::string_view tag) {
  return text::equal_ignoring_case(s.substr(i + 1, tag.size()), tag) && i + 1 + tag.size() < s.size() &&
         (s[i + 1 + tag.size()] == '>' || s[i + 1 + tag.size()] == ' ' || s[i + 1 + tag.size()] == '\n');
}

}  // namespace

void scan_page_code(const Slice& s, Scan& scan) {
  if (scan.too_deep()) return;
  ++scan.depth;
  const Confidence before = scan.sink.cap(Confidence::medium);  // an example, as in a fence
  for (std::size_t i = s.text.find('<'); i < s.text.size(); i = s.text.find('<', i)) {
    std::string_view tag;
    for (const std::string_view t : {"pre", "code", "kbd", "samp", "textarea"}) {
      if (opens(s.text, i, t)) tag = t;
    }
    if (tag.empty()) {
      ++i;
      continue;
    }
    const std::size_t inside = std::min(s.text.find('>', i), s.text.size() - 1) + 1;
    const std::string end_tag = "</" + std::string(tag);
    const std::size_t close = std::min(s.text.find(end_tag, inside), s.text.size());
    // <pre><code class="…">: the class may stand at either.
    const std::size_t tags_end = std::min(s.text.find('>', inside), close);
    const std::string_view tags = s.text.substr(i, std::min<std::size_t>(tags_end - i, 400));
    const Mapped plain = shown(s, inside, close);
    const Slice code = plain.slice(s.down);
    if (tag == "pre" || tag == "textarea")
      scan_fenced(language_of(tags), code, scan);
    else if (code.text.find(' ') != std::string_view::npos && looks_like_command(code.text))
      scan_shell(code, scan);
    i = std::max(close, inside);
  }
  scan.sink.cap(before);
  --scan.depth;
}

void scan_tags(const Slice& s, Scan& scan) {
  for (std::size_t i = s.text.find('<'); i < s.text.size(); i = s.text.find('<', i + 1)) {
    const std::size_t close = s.text.find('>', i);
    if (close == std::string_view::npos) return;
    if (close - i > kLongestTag || i + 1 >= s.text.size() ||
        !(text::is_alnum(s.text[i + 1]) || s.text[i + 1] == ':'))
      continue;
    const Tag tag(s.text.substr(i + 1, close - i - 1));
    std::string_view named;
    for (const Tag::Attribute& a : tag.attributes) {
      if (a.name == "name" || a.name == "key") named = a.value;
    }
    for (const Tag::Attribute& a : tag.attributes) {
      const std::string_view key = a.name == "value" && !named.empty() ? named : a.name;
      scan_pair(key, a.value, s.place(i + 1 + a.at), s.down, scan);
    }
    const std::size_t next = std::min(s.text.find('<', close), s.text.size());
    const std::string_view inside = s.text.substr(close + 1, next - close - 1);
    const std::size_t start = std::min(inside.find_first_not_of(" \t\r\n"), inside.size());
    if (inside.size() < kLongestTag && s.text.substr(next, 2) == "</")
      scan_pair(tag.name, text::trim(inside), s.place(close + 1 + start), s.down, scan);
  }
}

void scan_page(const Slice& s, Scan& scan, int down) {
  const Slice page = s.part(0, s.text.size(), down);
  scan_urls(page, scan);
  scan_tags(page, scan);
  // Each script by itself: what stands before it is no part of a program.
  std::size_t from = 0;
  for (std::size_t i = s.text.find("<script"); i < s.text.size(); i = s.text.find("<script", from)) {
    scan_code(page.part(from, i - from), Syntax::javascript, scan);
    const std::size_t begin = std::min(s.text.find('>', i), s.text.size() - 1) + 1;
    from = std::min(s.text.find("</script", begin), s.text.size());
    scan_code(page.part(begin, from - begin), Syntax::javascript, scan);
  }
  scan_code(page.part(from, s.text.size() - from), Syntax::javascript, scan);
  scan_page_code(s, scan);
}

}  // namespace howopen::scan
