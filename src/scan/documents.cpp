// Documents that hold code: Markdown, reStructuredText, AsciiDoc. What a fence names decides how its block is
// read; without a name it is read as what it looks like. Documents count less than programs.
//
//   ```python … ```                        ->  code
//   .. code-block:: bash \n\n   vllm serve a/b  ->  a command
//   [source,yaml] \n ---- \n model: a/b \n ----  ->  YAML

#include <algorithm>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/tools.h"
#include "text/front_matter.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

struct Language {
  std::string_view name;
  int kind;  // 0 python, 1 javascript, 2 shell, 3 yaml, 4 json, 5 docker, 6 rust, 7 go, 8 config, 9 C-like,
             // 10 HTML, 11 Modelfile
};
constexpr Language kLanguages[] = {
    {"python", 0}, {"py", 0},    {"python3", 0},    {"pycon", 0},     {"ipython", 0},      {"javascript", 1},
    {"js", 1},     {"ts", 1},    {"typescript", 1}, {"jsx", 1},       {"tsx", 1},          {"bash", 2},
    {"sh", 2},     {"shell", 2}, {"console", 2},    {"zsh", 2},       {"shellsession", 2}, {"powershell", 2},
    {"cmd", 2},    {"env", 2},   {"dotenv", 2},     {"makefile", 2},  {"yaml", 3},         {"yml", 3},
    {"json", 4},   {"jsonc", 4}, {"dockerfile", 5}, {"docker", 5},    {"rust", 6},         {"rs", 6},
    {"go", 7},     {"toml", 8},  {"hcl", 8},        {"terraform", 8}, {"java", 6},         {"csharp", 6},
    {"swift", 6},  {"kotlin", 6}};

// A block in a language that nobody names, as what it looks like.
void read_unnamed(const Slice& part, Scan& scan) {
  const std::size_t first = part.text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return;
  const std::string_view t = part.text.substr(first);
  if (t[0] == '{' || t[0] == '[') return scan_code(part, Syntax::json, scan);
  if (t.starts_with("FROM ")) return scan_dockerfile(part, scan);
  if (t.find("import ") != std::string_view::npos || t.find("from_pretrained(") != std::string_view::npos)
    return scan_code(part, Syntax::python, scan);
  if (looks_like_command(t)) scan_shell(part, scan);
  std::size_t key = 0;
  while (key < t.size() && (is_name_char(t[key]))) ++key;
  if (key > 0 && t.substr(key, 1) == ":") scan_yaml(part, scan);
}

void read_block(std::string_view language, const Slice& part, Scan& scan) {
  scan_urls(part, scan);
  int kind = -1;
  for (const Language& l : kLanguages) {
    if (text::equal_ignoring_case(l.name, language)) kind = l.kind;
  }
  switch (kind) {
    case 0:
      return scan_code(part, Syntax::python, scan);
    case 1:
      return scan_code(part, Syntax::javascript, scan);
    case 2:
      return scan_shell(part, scan);
    case 3:
      return scan_yaml(part, scan);
    case 4:
      return scan_code(part, Syntax::json, scan);
    case 5:
      return scan_dockerfile(part, scan);
    case 6:
      return scan_code(part, Syntax::rust, scan);
    case 7:
      return scan_code(part, Syntax::go, scan);
    case 8:
      return scan_code(part, Syntax::config, scan);
    case 9:
      return scan_code(part, Syntax::c_like, scan);
    case 10:
      return scan_page(part, scan, 1);
    case 11:
      return scan_modelfile(part, scan);
    default:
      return read_unnamed(part, scan);
  }
}
}  // namespace

void scan_fenced(std::string_view language, const Slice& part, Scan& scan) {
  if (scan.too_deep()) return;
  // An example is no use, so nothing in it is sure; what a program would be unsure of is not less than that.
  const Confidence before = scan.sink.cap(Confidence::medium);
  ++scan.depth;
  read_block(language, part, scan);
  --scan.depth;
  scan.sink.cap(before);
}

namespace {

// Markdown's oldest block of code: lines behind four blanks or a tab.
void lines_set_in(const Slice& s, Scan& scan) {
  for (std::size_t i = 0; i < s.text.size();) {
    const std::size_t end = std::min(s.text.find('\n', i), s.text.size());
    const Slice line = s.part(i, end - i);
    if ((line.text.starts_with("    ") || line.text.starts_with("\t")) && looks_like_command(line.text))
      scan_shell(line, scan);
    i = end + 1;
  }
}

// Prose: addresses, commands in `code`, in <code> and in lines that are set in.
void prose_of(const Slice& whole, Scan& scan) {
  const Slice s = whole.part(0, whole.text.size(), 1);
  scan_urls(s, scan);
  if (s.text.find("<code") != std::string_view::npos || s.text.find("<pre") != std::string_view::npos)
    scan_page_code(whole, scan);
  lines_set_in(s, scan);
  for (std::size_t i = s.text.find('`'); i < s.text.size(); i = s.text.find('`', i)) {
    const std::size_t end = s.text.find_first_of("`\n", i + 1);
    if (end == std::string_view::npos) return;
    const Slice code = s.part(i + 1, end - i - 1);
    if (s.text[end] == '`' && code.text.find(' ') != std::string_view::npos && looks_like_command(code.text))
      scan_shell(code, scan);
    i = end + 1;
  }
}

}  // namespace

namespace {

// Reads the fences from `i` on and gives the rest to `prose`.
template <class F>
void markdown_blocks(const Slice& s, std::size_t i, Scan& scan, F prose) {
  std::size_t from = i;
  while (i < s.text.size()) {
    const std::size_t end = std::min(s.text.find('\n', i), s.text.size());
    const std::size_t first = std::min(s.text.find_first_not_of(" \t>", i), end);
    const std::string_view fence = s.text.substr(first, 3);
    if (first >= end || (fence != "```" && fence != "~~~")) {
      i = end + 1;
      continue;
    }
    prose(s.part(from, i - from));
    std::size_t word = std::min(s.text.find_first_not_of("`~{. ", first), end);
    std::size_t word_end = word;
    while (word_end < end && std::string_view(" \t\r,}:{").find(s.text[word_end]) == std::string_view::npos)
      ++word_end;
    std::size_t close = std::min(end + 1, s.text.size());
    std::size_t behind = s.text.size();
    std::size_t content_end = s.text.size();
    for (std::size_t line = close; line < s.text.size();) {
      const std::size_t line_end = std::min(s.text.find('\n', line), s.text.size());
      const std::size_t at = std::min(s.text.find_first_not_of(" \t>", line), line_end);
      if (at < line_end && s.text.substr(at, 3) == fence) {
        content_end = line;
        behind = std::min(line_end + 1, s.text.size());
        break;
      }
      line = line_end + 1;
    }
    scan_fenced(s.text.substr(word, word_end - word),
                s.part(close, content_end - std::min(close, content_end)), scan);
    i = from = behind;
  }
  if (from < s.text.size()) prose(s.part(from, s.text.size() - from));
}

}  // namespace

void scan_markdown(const Slice& s, Scan& scan) {
  const text::CardParts parts = text::split_card(s.text);
  const std::size_t body = static_cast<std::size_t>(parts.body.data() - s.text.data());
  if (parts.has_front_matter) {
    const Slice yaml = s.part(static_cast<std::size_t>(parts.yaml.data() - s.text.data()), parts.yaml.size());
    scan_urls_in_lines(yaml, scan);
    scan_yaml(yaml, scan);
  }
  markdown_blocks(s, body, scan, [&](const Slice& part) { prose_of(part, scan); });
}

namespace {

std::size_t line_end(std::string_view s, std::size_t at) {
  return std::min(s.find('\n', at), s.size());
}
std::size_t indent_of(std::string_view s, std::size_t at) {
  const std::size_t first = s.find_first_not_of(" \t", at);
  return first == std::string_view::npos || first >= line_end(s, at) || s[first] == '\r'
             ? std::string_view::npos
             : first - at;
}

// The block behind the line at `at`: blank lines and those that are set in further.
std::size_t set_in_end(std::string_view s, std::size_t from, std::size_t indent) {
  while (from < s.size()) {
    const std::size_t own = indent_of(s, from);
    if (own != std::string_view::npos && own <= indent) break;
    from = std::min(line_end(s, from) + 1, s.size());
  }
  return from;
}

// `.. code-block:: bash` with its options, or a line that ends in `::`; "-" for a line that opens nothing.
std::string_view rst_language(std::string_view line) {
  line = text::trim(line);
  if (!line.starts_with("..")) return line.ends_with("::") ? std::string_view() : "-";
  for (const std::string_view directive :
       {"code-block::", "code::", "sourcecode::", "parsed-literal::", "prompt::", "console::", "literal::"}) {
    const std::size_t at = line.find(directive);
    if (at == std::string_view::npos) continue;
    const std::string_view language = text::trim(line.substr(at + directive.size()));
    return language.substr(0, language.find(' '));
  }
  return "-";
}

// Reads blocks of reStructuredText and gives the rest to `prose`.
template <class F>
void rst_blocks(const Slice& s, Scan& scan, F prose) {
  std::size_t rest = 0;
  for (std::size_t i = 0; i < s.text.size();) {
    const std::size_t end = line_end(s.text, i);
    const std::string_view language = rst_language(s.text.substr(i, end - i));
    std::size_t indent = indent_of(s.text, i);
    if (language == "-" || indent == std::string_view::npos) {
      i = end + 1;
      continue;
    }
    // Options of the directive stand in front: `:linenos:`.
    std::size_t from = std::min(end + 1, s.text.size());
    while (from < s.text.size()) {
      const std::size_t own = indent_of(s.text, from);
      if (own == std::string_view::npos || own <= indent || s.text[from + own] != ':') break;
      from = std::min(line_end(s.text, from) + 1, s.text.size());
    }
    const std::size_t close = set_in_end(s.text, from, indent);
    prose(s.part(rest, from - rest));
    if (close > from) scan_fenced(language, s.part(from, close - from), scan);
    i = rest = std::max(close, end + 1);
  }
  if (rest < s.text.size()) prose(s.part(rest, s.text.size() - rest));
}

}  // namespace

void scan_rst(const Slice& s, Scan& scan) {
  rst_blocks(s, scan, [&](const Slice& part) { prose_of(part, scan); });
}

// [source,bash] over ---- … ----, or over a paragraph.
void scan_adoc(const Slice& s, Scan& scan) {
  std::string_view language;
  bool block = false;
  std::size_t rest = 0;
  for (std::size_t i = 0; i < s.text.size();) {
    const std::size_t end = line_end(s.text, i);
    const std::string_view line = text::trim(s.text.substr(i, end - i));
    const bool fence = line == "----" || line == "...." || line.starts_with("```") ||
                       (line.size() > 4 && line.find_first_not_of('-') == std::string_view::npos);
    if (line.starts_with("[source") || line.starts_with("[,") || line.starts_with("[listing")) {
      const std::size_t comma = line.find(',');
      language = comma == std::string_view::npos ? std::string_view() : text::trim(line.substr(comma + 1));
      language = language.substr(0, language.find_first_of(",]% \""));
      block = true;
      i = end + 1;
      continue;
    }
    if (!fence && !(block && !line.empty() && line[0] != '.')) {
      block = block && !line.empty();
      i = end + 1;
      continue;
    }
    const std::size_t from = fence ? std::min(end + 1, s.text.size()) : i;
    std::size_t close = from;
    std::size_t behind = s.text.size();
    while (close < s.text.size()) {
      const std::size_t stop = line_end(s.text, close);
      const std::string_view at = text::trim(s.text.substr(close, stop - close));
      behind = std::min(stop + 1, s.text.size());
      if (fence ? at == line.substr(0, at.size()) && at.size() >= 3 : at.empty()) break;
      close = behind;
    }
    if (fence && line.starts_with("```")) language = line.substr(3);
    prose_of(s.part(rest, from - rest), scan);
    scan_fenced(block || line.starts_with("```") ? language : std::string_view(), s.part(from, close - from),
                scan);
    block = false;
    language = {};
    i = rest = std::max(behind, i + 1);
  }
  if (rest < s.text.size()) prose_of(s.part(rest, s.text.size() - rest), scan);
}

void scan_blocks(const Slice& s, Scan& scan) {
  const bool fence = s.text.find("```") != std::string_view::npos;
  if (!fence && s.text.find("::") == std::string_view::npos) return;
  if (fence) return markdown_blocks(s, 0, scan, [](const Slice&) {});
  rst_blocks(s, scan, [](const Slice&) {});
}

}  // namespace howopen::scan
