// Files of instructions, one a line: Dockerfiles and Ollama's Modelfiles; and lists in brackets, which they
// and YAML share.
//
//   CMD ["vllm", "serve", "a/b"]  ->  words vllm, serve, a/b
//   FROM llama3.2 (Modelfile)     ->  unresolved: a name of Ollama's

#include <algorithm>

#include "scan/heredocs.h"
#include "scan/names.h"
#include "scan/parts.h"
#include "text/utf8.h"

namespace howopen::scan {

Word word_of(const Slice& s, std::size_t at, std::size_t size) {
  Word w;
  for (std::size_t i = at; i < at + size && i < s.text.size(); ++i) w.value.add(s.text[i], s.place(i));
  return w;
}

std::vector<Word> flow_words(const Slice& s, std::size_t& end, Sink& sink) {
  constexpr std::size_t kMost = 4'096;
  std::vector<Word> out;
  std::size_t i = 1;
  int depth = 1;
  const auto close = [&](Word& w) {
    // A plain element ends without the blanks before the comma.
    while (!w.value.text.empty() &&
           std::string_view(" \t\r\n").find(w.value.text.back()) != std::string_view::npos) {
      w.value.text.pop_back();
      w.value.map.pop_back();
    }
    if (!w.value.text.empty() && out.size() < kMost)
      out.push_back(std::move(w));
    else if (!w.value.text.empty())
      sink.cut("a list in brackets with more than 4,096 elements");
    w = {};
  };
  Word w;
  while (i < s.text.size() && depth > 0) {
    const char c = s.text[i];
    if (c == '"' || c == '\'') {
      std::size_t stop = i + 1;
      while (stop < s.text.size() && s.text[stop] != c && s.text[stop] != '\n')
        stop += s.text[stop] == '\\' ? 2 : 1;
      stop = std::min(stop, s.text.size());
      const Slice inside = s.part(i + 1, stop - i - 1);
      unescape(inside, w.value);
      w.variable = w.variable || inside.text.find("{{") != std::string_view::npos ||
                   inside.text.find('$') != std::string_view::npos;
      i = stop + 1;
      continue;
    }
    if (c == '[') ++depth;
    if (c == ']') --depth;
    if (c == ',' || c == ']' || c == '[') {
      close(w);
    } else if (c == '#' && !w.value.text.empty() && w.value.text.back() == ' ') {
      i = std::min(s.text.find('\n', i), s.text.size());
      continue;
    } else if (!(w.value.text.empty() && (c == ' ' || c == '\n' || c == '\t' || c == '\r'))) {
      if (c == '$' || (c == '{' && s.text.substr(i, 2) == "{{")) w.variable = true;
      w.value.add(c, s.place(i));
    }
    ++i;
  }
  end = i;
  return out;
}

namespace {

constexpr std::size_t kLongestImage = 400;
constexpr std::size_t kMostEntry = 64;
constexpr std::size_t kLongestEntry = 4'000;

// The instruction at `at` with the lines that continue it.
std::size_t instruction_end(std::string_view s, std::size_t at) {
  for (;;) {
    const std::size_t end = std::min(s.find('\n', at), s.size());
    if (end == s.size()) return end;
    std::size_t last = end;
    while (last > at && (s[last - 1] == ' ' || s[last - 1] == '\r' || s[last - 1] == '\t')) --last;
    const std::size_t first = s.find_first_not_of(" \t", at);
    const bool comment = first < end && s[first] == '#';
    if (last == at || (s[last - 1] != '\\' && !comment)) return end;
    at = end + 1;
  }
}

// Lines of comment within an instruction are taken out of it before anybody reads it.
Slice without_comments(const Slice& s, Mapped& out) {
  if (s.text.find('#') == std::string_view::npos || s.text.find('\n') == std::string_view::npos) return s;
  for (std::size_t at = 0; at < s.text.size();) {
    const std::size_t end = std::min(s.text.find('\n', at), s.text.size() - 1) + 1;
    const std::size_t first = s.text.find_first_not_of(" \t", at);
    const bool comment = at > 0 && first < end && s.text[first] == '#';
    for (std::size_t i = at; !comment && i < end; ++i) out.add(s.text[i], s.place(i));
    at = end;
  }
  return out.slice(s.down);
}

}  // namespace

namespace {

// RUN <<EOF and COPY <<EOF /x.py with the lines of their documents; `end` where there are none.
std::size_t documents_end(std::string_view s, std::size_t first, std::size_t end, HereLines& lines) {
  std::size_t last = end;
  for (std::size_t i = s.find("<<", first); i < end; i = s.find("<<", i + 2)) {
    const auto here = here_document(s, i);
    const auto line = here ? lines.end_of(*here, last) : std::nullopt;
    if (line) last = std::min(s.find('\n', *line), s.size());
  }
  return last;
}

}  // namespace

void scan_dockerfile(const Slice& s, Scan& scan) {
  HereLines lines(s.text);
  std::vector<Word> entry;
  Word image;
  for (std::size_t i = 0; i < s.text.size();) {
    std::size_t first = s.text.find_first_not_of(" \t\r\n", i);
    if (first == std::string_view::npos) return;
    if (s.text[first] == '#') {
      const std::size_t end = std::min(s.text.find('\n', first), s.text.size());
      scan_shell(s.part(first, end - first), scan);
      i = end + 1;
      continue;
    }
    const std::size_t end = instruction_end(s.text, first);
    std::size_t rest = first;
    while (rest < end && is_alnum(s.text[rest])) ++rest;
    const std::string verb = text::lower(s.text.substr(first, rest - first));
    rest = std::min(s.text.find_first_not_of(" \t", rest), end);
    if (verb == "from") {
      entry.clear();
      std::size_t stop = rest;
      while (stop < end && s.text[stop] != ' ' && s.text[stop] != '\r') ++stop;
      image = {};
      if (stop - rest <= kLongestImage)
        image = word_of(s, rest, stop - rest);
      else
        scan.sink.cut("a name of an image with more than 400 characters");
    } else if (rest < end && s.text[rest] == '[' &&
               (verb == "cmd" || verb == "entrypoint" || verb == "run")) {
      std::size_t behind = 0;
      std::vector<Word> words = flow_words(s.part(rest, end - rest), behind, scan.sink);
      if (s.down == 0) tell_run(words, scan);
      std::vector<Word> all;
      if (!image.value.text.empty()) all.push_back(image);
      if (verb == "cmd") all.insert(all.end(), entry.begin(), entry.end());
      if (verb == "entrypoint") entry = words;
      // It stands before every CMD.
      std::size_t letters = 0;
      for (const Word& w : entry) letters += w.value.text.size();
      if (entry.size() > kMostEntry || letters > kLongestEntry) {
        entry.clear();
        scan.sink.cut("an entry point with more than 64 words or 4,000 characters");
      }
      all.insert(all.end(), words.begin(), words.end());
      scan_command(all, s.down, scan);
    } else if (verb == "env" && rest < end) {
      const std::size_t blank = s.text.substr(0, end).find(' ', rest);
      const std::size_t equals = s.text.substr(0, end).find('=', rest);
      if (blank != std::string_view::npos && (equals == std::string_view::npos || blank < equals)) {
        // ENV NAME value
        const std::size_t value = std::min(s.text.find_first_not_of(' ', blank), end);
        const std::string_view name = s.text.substr(rest, blank - rest);
        const std::string_view content = text::trim(s.text.substr(value, end - value));
        scan_pair(name, content, s.place(value), s.down, scan);
        if (content.size() < 300)
          scan.variables.insert_or_assign(std::string(name), word_of(s, value, content.size()));
      } else {
        Mapped plain;
        scan_shell(without_comments(s.part(rest, end - rest), plain), scan);
      }
    } else if (const std::size_t last = documents_end(s.text, first, end, lines); last > end) {
      const std::size_t start = verb == "run" ? rest : first;
      scan_shell(s.part(start, last - start), scan);
      i = last + 1;
      continue;
    } else {
      const bool instruction = verb == "run" || verb == "cmd" || verb == "entrypoint" || verb == "arg" ||
                               verb == "env" || verb == "label" || verb == "healthcheck";
      const std::size_t start = instruction ? rest : first;
      Mapped plain;
      scan_shell(without_comments(s.part(start, end - start), plain), scan);
    }
    i = end + 1;
  }
}

void scan_modelfile(const Slice& s, Scan& scan) {
  for (std::size_t i = 0; i < s.text.size();) {
    const std::size_t end = std::min(s.text.find('\n', i), s.text.size());
    const std::string_view line = s.text.substr(i, end - i);
    const std::string verb = text::lower(line.substr(0, line.find_first_of(" \t")));
    if ((verb == "from" || verb == "adapter") && verb.size() < line.size()) {
      const std::size_t at = i + std::min(line.find_first_not_of(" \t", verb.size()), line.size());
      const std::string_view value = text::trim(s.text.substr(at, end - at));
      const Name name = read_name(value);
      const std::string form = "Modelfile " + std::string(verb == "from" ? "FROM" : "ADAPTER");
      if (name.kind == Name::Kind::path)
        scan.sink.unresolved(s.place(at), value, form, "a local path");
      else if (name.kind != Name::Kind::elsewhere && !value.empty())
        scan.sink.unresolved(s.place(at), value, form, "a name of Ollama's, not of the Hub");
    }
    i = end + 1;
  }
}

}  // namespace howopen::scan
