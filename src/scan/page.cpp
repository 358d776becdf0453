// Code in pages of HTML: what a browser shows in <pre> and <code>, without tags and with entities undone.
//
//   <pre><code class="language-bash">vllm serve a/b</code></pre>  ->  a command

#include <algorithm>
#include <map>
#include <utility>
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

namespace {

// <!ENTITY m "a/b">, which `&m;` stands for.
struct Declared {
  std::string_view text;
  std::size_t at;
};
using Declarations = std::map<std::string_view, Declared>;

Declarations declarations(std::string_view s) {
  constexpr std::string_view kHead = "<!ENTITY ";
  constexpr std::size_t kMost = 1'000;
  Declarations out;
  for (std::size_t i = s.find(kHead); i < s.size() && out.size() < kMost; i = s.find(kHead, i + 1)) {
    const std::string_view tag = s.substr(i + kHead.size(), 400);
    const std::size_t blank = tag.find(' ');
    const std::size_t quote = tag.find_first_of("\"'>");
    if (quote == std::string_view::npos || blank >= quote || tag[quote] == '>') continue;
    const std::size_t close = tag.find(tag[quote], quote + 1);
    if (close == std::string_view::npos) continue;
    out.insert_or_assign(tag.substr(0, blank),
                         Declared{tag.substr(quote + 1, close - quote - 1), i + kHead.size() + quote + 1});
  }
  return out;
}

// What an element holds up to its end tag; empty when other elements are in it.
Declared content(std::string_view s, std::size_t from) {
  constexpr std::string_view kRaw = "<![CDATA[";
  std::size_t next = std::min(s.find('<', from), s.size());
  if (s.substr(next, kRaw.size()) == kRaw && text::trim(s.substr(from, next - from)).empty()) {
    from = next + kRaw.size();
    next = std::min(s.find("]]>", from), s.size());
  } else if (s.substr(next, 2) != "</") {
    return {{}, from};
  }
  const std::string_view inside = s.substr(from, next - from);
  if (inside.size() >= kLongestTag) return {{}, from};
  return {text::trim(inside), from + std::min(inside.find_first_not_of(" \t\r\n"), inside.size())};
}

}  // namespace

void scan_tags(const Slice& s, Scan& scan) {
  const Declarations declared = declarations(s.text);
  const auto pair = [&](std::string_view key, Declared value) {
    if (value.text.starts_with('&') && value.text.ends_with(';')) {
      const auto meant = declared.find(value.text.substr(1, value.text.size() - 2));
      if (meant != declared.end()) value = meant->second;
    }
    scan_pair(key, value.text, s.place(value.at), s.down, scan);
  };
  std::string_view key_of_list;  // <key>modelId</key><string>a/b</string>
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
    for (const Tag::Attribute& a : tag.attributes)
      pair(a.name == "value" && !named.empty() ? named : a.name, {a.value, i + 1 + a.at});
    const Declared inside = content(s.text, close + 1);
    const std::string_view list = std::exchange(key_of_list, {});
    if (inside.text.empty()) continue;
    if (tag.name == "key")
      key_of_list = inside.text;
    else
      pair(tag.name == "string" && !list.empty() ? list : named.empty() ? tag.name : named, inside);
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
