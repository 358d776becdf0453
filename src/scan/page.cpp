// Code in pages of HTML: what a browser shows in <pre> and <code>, without tags and with entities undone.
//
//   <pre><code class="language-bash">vllm serve a/b</code></pre>  ->  a command

#include <algorithm>

#include "scan/parts.h"
#include "scan/tools.h"
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

void scan_page(const Slice& s, Scan& scan) {
  const Slice page = s.part(0, s.text.size(), 1);
  scan_urls(page, scan);
  scan_code(page, Syntax::javascript, scan);
  scan_page_code(s, scan);
}

}  // namespace howopen::scan
