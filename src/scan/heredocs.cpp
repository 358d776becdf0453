// The text of a here-document is a program, a configuration or more of the shell: the command says which, by
// the program that reads it or the file that it goes to.
//
//   python3 - <<PY            ->  Python
//   cat > conf.yaml <<EOF     ->  YAML
//   cat <<EOF | kubectl apply -f -   ->  YAML

#include "scan/heredocs.h"

#include <algorithm>
#include <span>
#include <utility>

#include "scan/kinds.h"
#include "scan/names.h"
#include "scan/tools.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kLongestDelimiter = 64;
constexpr std::size_t kMostFilledIn = 4'000'000;  // characters that variables stand for

bool of_a_delimiter(char c) {
  return is_name_char(c) || c == '!' || c == '+';
}

// python3.12 -> python
std::string_view program_name(std::string_view word) {
  word = base_name(word);
  if (word.ends_with(".exe")) word.remove_suffix(4);
  while (word.size() > 1 && (is_digit(word.back()) || word.back() == '.')) word.remove_suffix(1);
  return word;
}

using CommandLine = std::span<const std::string>;

bool has(CommandLine command, std::string_view word) {
  return std::find(command.begin(), command.end(), word) != command.end();
}

// Whether the program at `i` reads what it is to run from its input: `python3 -`, and not `python3 app.py`.
bool reads_input(CommandLine command, std::size_t i) {
  for (++i; i < command.size(); ++i) {
    const std::string& w = command[i];
    if (w == ">") {
      ++i;
      continue;
    }
    if (w == "-" || w == "/dev/stdin") return true;
    if (w == "-c" || w == "-m" || w == "-e" || w.empty() || w[0] != '-') return false;
  }
  return true;
}

// The file as which the command reads its input; "" when it does not say.
std::string reader_of(CommandLine command) {
  for (std::size_t i = command.size(); i-- > 0;) {
    if (i > 0 && command[i - 1] == ">") continue;
    const std::string_view name = program_name(command[i]);
    for (const StdinReader& r : words().stdin_readers) {
      if (r.program != name) continue;
      const bool company =
          std::all_of(r.with.begin(), r.with.end(), [&](const std::string& w) { return has(command, w); });
      if (company && (!r.with.empty() || reads_input(command, i))) return r.as;
    }
  }
  return {};
}

// The file that the command writes: cat > x.py, tee x.py, COPY <<EOF /x.py
std::string written_by(CommandLine command, std::string_view delimiter) {
  for (std::size_t i = 0; i + 1 < command.size(); ++i) {
    if (command[i] == ">" && command[i + 1] != "/dev/null") return command[i + 1];
    if (base_name(command[i]) != "tee") continue;
    for (std::size_t k = i + 1; k < command.size() && command[k] != ">"; ++k)
      if (!command[k].starts_with("-")) return command[k];
  }
  if (command.size() > 1) {
    const std::string verb = text::lower(command[0]);
    if (verb == "copy" || verb == "add")
      return command.back().ends_with('/') ? std::string(delimiter) : command.back();
  }
  // ssh host "cat > /etc/x.yaml"
  for (const std::string& w : command) {
    const std::size_t mark = w.size() > 1 ? w.rfind('>') : std::string::npos;
    if (mark != std::string::npos) return std::string(text::trim(std::string_view(w).substr(mark + 1)));
  }
  return {};
}

// A text that nobody names, as what it looks like.
std::string_view looks_like(std::string_view body) {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "a.sh";
  const std::string_view t = body.substr(first);
  if (t.starts_with("#!")) return "a";
  if (t[0] == '{' || t[0] == '[') return "a.json";
  const bool imports =
      t.starts_with("import ") || t.find("\nimport ") != std::string_view::npos ||
      (t.find("from ") != std::string_view::npos && t.find(" import ") != std::string_view::npos);
  if (imports || t.find("from_pretrained(") != std::string_view::npos) return "a.py";
  std::size_t key = 0;
  while (key < t.size() && is_name_char(t[key])) ++key;
  if (key > 0 && t.substr(key, 1) == ":") return "a.yaml";
  return "a.sh";
}

// Without what stands in front of its lines, and with what the shell puts in for its variables.
Slice plain_text(const HereDocument& document, const Slice& body, std::size_t set_in, Scan& scan,
                 Mapped& out) {
  const std::string_view t = body.text;
  const bool variables = !document.plain && t.find('$') != std::string_view::npos && !scan.variables.empty();
  if (!document.strips && set_in == 0 && !variables) return body;
  std::size_t inserted = 0;
  for (std::size_t i = 0; i < t.size();) {
    if (i == 0 || t[i - 1] == '\n') {
      std::size_t blanks = 0;
      while (i < t.size() &&
             (document.strips ? t[i] == '\t' : blanks < set_in && text::is_blank(t[i]) && t[i] != '\n'))
        ++i, ++blanks;
      if (i >= t.size()) break;
    }
    if (variables && t[i] == '$' && i + 1 < t.size()) {
      const bool braces = t[i + 1] == '{';
      const std::size_t from = i + (braces ? 2 : 1);
      std::size_t end = from;
      while (end < t.size() && (is_alnum(t[end]) || t[end] == '_')) ++end;
      const auto known = scan.variables.find(t.substr(from, end - from));
      const bool closed = !braces || (end < t.size() && t[end] == '}');
      if (closed && known != scan.variables.end() && !known->second.variable) {
        const Mapped& value = known->second.value;
        inserted += value.text.size();
        if (inserted > kMostFilledIn) {
          scan.sink.cut("variables of a shell that make more than 4,000,000 characters");
          return body;
        }
        out.text += value.text;
        out.map.insert(out.map.end(), value.map.begin(), value.map.end());
        i = end + (braces ? 1 : 0);
        continue;
      }
    }
    out.add(t[i], body.place(i));
    ++i;
  }
  return out.slice(body.down);
}

// Blanks in front of the first line: a document in a step of a workflow is set in with all of it.
std::size_t indent_of(std::string_view body) {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return 0;
  const std::size_t line = body.rfind('\n', first);
  return first - (line == std::string_view::npos ? 0 : line + 1);
}

}  // namespace

std::optional<HereDocument> here_document(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "<<" || text.substr(at, 3) == "<<<" || (at > 0 && text[at - 1] == '<'))
    return std::nullopt;
  HereDocument out;
  std::size_t i = at + 2;
  if (i < text.size() && (text[i] == '-' || text[i] == '~')) {
    out.strips = true;
    ++i;
  }
  i = std::min(text.find_first_not_of(" \t", i), text.size());
  if (i < text.size() && text[i] == '\\') {
    out.plain = true;
    ++i;
  }
  const char quote = i < text.size() ? text[i] : '\0';
  if (quote == '\'' || quote == '"') {
    out.plain = true;
    const std::size_t close = text.substr(0, std::min(text.size(), i + kLongestDelimiter)).find(quote, i + 1);
    if (close == std::string_view::npos) return std::nullopt;
    out.delimiter = text.substr(i + 1, close - i - 1);
    out.behind = close + 1;
  } else {
    std::size_t end = i;
    while (end < text.size() && of_a_delimiter(text[end])) ++end;
    out.delimiter = text.substr(i, end - i);
    out.behind = end;
    if (out.delimiter.empty() || is_digit(out.delimiter[0])) return std::nullopt;  // 1 << 3
  }
  const bool good = !out.delimiter.empty() && out.delimiter.size() <= kLongestDelimiter &&
                    std::all_of(out.delimiter.begin(), out.delimiter.end(), of_a_delimiter);
  return good ? std::optional(out) : std::nullopt;
}

std::optional<std::size_t> HereLines::end_of(const HereDocument& document, std::size_t from) {
  if (!std::exchange(read_, true)) {
    for (std::size_t i = 0; i < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', i), text_.size());
      const std::string_view line = text::trim(text_.substr(i, end - i));
      if (!line.empty() && line.size() <= kLongestDelimiter &&
          std::all_of(line.begin(), line.end(), of_a_delimiter))
        lines_[line].push_back(i);
      i = end + 1;
    }
  }
  const auto known = lines_.find(document.delimiter);
  if (known == lines_.end()) return std::nullopt;
  const auto at = std::lower_bound(known->second.begin(), known->second.end(), from);
  return at == known->second.end() ? std::nullopt : std::optional(*at);
}

void scan_here_documents(const Slice& s, Scan& scan) {
  HereLines lines(s.text);
  for (std::size_t i = s.text.find("<<"); i < s.text.size();) {
    const auto here = here_document(s.text, i);
    const std::size_t line = here ? s.text.find('\n', here->behind) : std::string_view::npos;
    const auto end = line == std::string_view::npos ? std::nullopt : lines.end_of(*here, line + 1);
    if (end) scan_here_document(*here, {}, s.part(line + 1, *end - line - 1), scan);
    i = s.text.find("<<", end ? *end : i + 2);
  }
}

void scan_here_document(const HereDocument& document, const std::vector<std::string>& line, const Slice& body,
                        Scan& scan) {
  if (body.text.empty()) return;
  std::string as;
  for (auto from = line.begin(); from != line.end() && as.empty();) {
    const auto end = std::find(from, line.end(), "|");
    const CommandLine command(from, end);
    as = reader_of(command);
    if (as.empty()) as = written_by(command, document.delimiter);
    from = end == line.end() ? end : end + 1;
  }
  // What is written may be of any kind; more of the shell, or text for people, is read as it looks.
  const Kind kind = as.empty() ? Kind::shell : kind_of(as);
  if (kind == Kind::shell || kind == Kind::skip || kind == Kind::prose) as = looks_like(body.text);
  Mapped text;
  const Slice plain = plain_text(document, body, indent_of(body.text), scan, text);
  scan_as(as, plain, scan);
  // A usage begins like YAML.
  if (kind_of(as) == Kind::yaml && kind == Kind::shell) scan_as("a.sh", plain, scan);
}

}  // namespace howopen::scan
