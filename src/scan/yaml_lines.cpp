// Lines of YAML taken apart, and mappings in braces.
//
//   - name: "a/b"  # x               ->  an item, key name, value a/b
//   {type: huggingface, repo: a/b}   ->  a/b: the type tells what the repository is of

#include "scan/yaml_lines.h"

#include <algorithm>

#include "scan/names.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kLongestFlow = 65'536;

}  // namespace

std::size_t yaml_line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

YamlLine yaml_line(std::string_view text, std::size_t start) {
  YamlLine out;
  out.end = yaml_line_end(text, start);
  std::size_t p = start;
  const auto blanks = [&] {
    while (p < out.end && (text[p] == ' ' || text[p] == '\t')) ++p;
  };
  blanks();
  while (p + 1 <= out.end && p < out.end && text[p] == '-' && (p + 1 == out.end || text[p + 1] == ' ')) {
    out.item = true;
    out.dash = p - start;
    ++p;
    blanks();
  }
  out.indent = p - start;
  out.value = p;
  // ? key \n : value
  const bool blank = p + 1 < out.end && (text[p + 1] == ' ' || text[p + 1] == '\t');
  if (blank && (text[p] == '?' || text[p] == ':')) {
    out.answer = text[p] == ':';
    out.value = text.find_first_not_of(" \t", p + 1);
    if (out.answer) return out;
    const auto [from, to] = yaml_bare(text, out.value, out.end);
    out.key = text.substr(from, to - from);
    if (out.key.find_first_of("[]{}") != std::string_view::npos) out.key = {};
    out.value = out.end;
    return out;
  }
  // key: value, "key": value
  std::size_t k = p;
  if (k < out.end && (text[k] == '"' || text[k] == '\'')) {
    const std::size_t close = text.substr(0, out.end).find(text[k], k + 1);
    if (close == std::string_view::npos || close + 1 >= out.end || text[close + 1] != ':') return out;
    out.key = text.substr(k + 1, close - k - 1);
    p = close + 2;
  } else {
    while (k < out.end && k - p < 100 && (is_name_char(text[k]) || text[k] == '/')) ++k;
    if (k == p || k >= out.end || text[k] != ':') return out;
    if (k + 1 < out.end && text[k + 1] != ' ' && text[k + 1] != '\r' && text[k + 1] != '\t') return out;
    out.key = text.substr(p, k - p);
    p = k + 1;
  }
  blanks();
  out.value = p;
  return out;
}

std::pair<std::size_t, std::size_t> yaml_bare(std::string_view text, std::size_t from, std::size_t to) {
  while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\r')) --to;
  while (from < to && (text[from] == '&' || text[from] == '!')) {
    const std::size_t blank = text.substr(0, to).find(' ', from);
    if (blank == std::string_view::npos) {
      // A tag or an anchor alone: the value stands in the lines below.
      if (to - from < 60 &&
          text.substr(from, to - from).find_first_of("()[]{}/\"'") == std::string_view::npos)
        from = to;
      break;
    }
    from = std::min(text.find_first_not_of(' ', blank), to);
  }
  if (from < to && (text[from] == '"' || text[from] == '\'')) {
    std::size_t close = from + 1;
    while (close < to && text[close] != text[from]) close += text[close] == '\\' && text[from] == '"' ? 2 : 1;
    if (close < to) return {from + 1, close};
  }
  const std::size_t hash = text.substr(0, to).find(" #", from);
  if (hash != std::string_view::npos) to = hash;
  while (to > from && text[to - 1] == ' ') --to;
  return {from, to};
}

std::size_t yaml_mapping(const Slice& s, std::string_view around, std::size_t from, Scan& scan) {
  int depth = 0;
  std::size_t end = from;
  for (; end < s.text.size(); ++end) {
    if (s.text[end] == '{') ++depth;
    if (s.text[end] == '}' && --depth == 0) break;
    if (s.text[end] == '\n' && end - from > kLongestFlow) {
      scan.sink.cut("a mapping of YAML in braces that is longer than it is read");
      break;
    }
  }
  // {model: a/b, revision: "v1"}
  struct Member {
    std::string_view key, value;
    std::size_t place;
  };
  std::vector<Member> members;
  std::string_view type;
  for (std::size_t p = from + 1; p < end;) {
    const std::size_t stop = std::min(s.text.find_first_of(",{}\n", p), end);
    const std::size_t colon = s.text.substr(0, stop).find(": ", p);
    if (colon != std::string_view::npos) {
      std::string_view key = text::trim(s.text.substr(p, colon - p));
      if (key.size() > 2 && (key.front() == '"' || key.front() == '\'')) key = key.substr(1, key.size() - 2);
      const auto [f, t] = yaml_bare(s.text, std::min(s.text.find_first_not_of(' ', colon + 1), stop), stop);
      members.push_back({key, s.text.substr(f, t - f), s.place(f)});
      if (words().hub_type_keys.has(folded(key))) type = members.back().value;
    } else if (stop < end && s.text[stop] == '{') {
      // embedding: { model: { name: a/b } }
      const std::string_view outer = text::trim(s.text.substr(p, stop - p));
      if (outer.ends_with(':')) around = outer.substr(0, outer.size() - 1);
    }
    p = stop + 1;
  }
  const std::string kind = folded(type);
  std::string_view called;
  for (const Member& m : members) {
    if (m.key == "name") called = m.value;
    const bool part = words().part_keys.has(folded(m.key));
    const bool place = part || words().repository_keys.has(folded(m.key));
    if (place && words().registry_types.has(kind)) continue;
    if (place && words().hub_words.has(kind) && m.value.find('/') != std::string_view::npos) {
      scan_pair("hf_repo", m.value, m.place, s.down, scan);
      continue;
    }
    const bool told = scan_pair(m.key == "value" ? called : m.key, m.value, m.place, s.down, scan);
    if (!told && part && !around.empty()) scan_pair(around, m.value, m.place, s.down, scan);
  }
  return end;
}

bool yaml_command_key(std::string_view key) {
  // ansible.builtin.command. Of a key of any length its end tells: it is asked for each value below it.
  constexpr std::size_t kLongest = 16;
  const bool whole = key.size() <= kLongest;
  if (!whole) key.remove_prefix(key.size() - kLongest);
  if (const std::size_t dot = key.rfind('.'); dot != std::string_view::npos)
    key.remove_prefix(dot + 1);
  else if (!whole)
    return false;
  return key == "shell" || key == "command" || key == "args" || key == "run" || key == "entrypoint" ||
         key == "script" || key == "cmd" || key == "setup" || key == "commands" || key == "extraArgs" ||
         key == "extra_args";
}

bool yaml_choices(std::string_view key) {
  return key == "options" || key == "enum" || key == "choices" || key == "values";
}

}  // namespace howopen::scan
