// YAML by its lines, since what launches models is often a template that no parser reads. Keys with values,
// lists as words of commands, blocks of text as what they look like.
//
//   args: ["--model", "a/b"]            ->  words --model, a/b
//   - name: MODEL_ID \n   value: a/b    ->  pair MODEL_ID, a/b
//   run: | \n   vllm serve a/b          ->  a command

#include <algorithm>
#include <utility>

#include "scan/names.h"
#include "scan/tools.h"
#include "scan/words.h"
#include "scan/yaml_reader.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kLongestName = 400;  // of a model with what stands around it

// MODEL_ID
bool is_constant_name(std::string_view key) {
  return key.size() > 1 && text::is_upper(key[0]) &&
         key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

}  // namespace

void Yaml::run() {
  while (i_ < s_.text.size()) line();
  end_list();
}

std::pair<std::size_t, std::size_t> Yaml::bare(std::size_t from, std::size_t to) const {
  return yaml_bare(s_.text, from, to);
}

void Yaml::line() {
  const std::size_t start = i_;
  const Line l = read_line(start);
  i_ = l.end + 1;
  const std::size_t first = s_.text.find_first_not_of(" \t\r-", start);
  if (first == std::string_view::npos || first >= l.end) {
    // A dash with its value in the next line.
    if (l.item && !parents_.empty()) next_line(l, parents_.back().key, parents_.back().key);
    return;
  }
  if (s_.text[first] == '#') return comment(first, l.end);
  if (s_.text.substr(first, 2) == "{{" || s_.text.substr(first, 2) == "{%")
    return template_line(first, l.end);
  if (s_.text.substr(start, 3) == "---") {
    end_list();
    image_ = {};
    parents_.clear();
    type_ = {};
  }
  if (!l.item || !l.key.empty() || l.indent != list_indent_) end_list();
  while (!parents_.empty() && parents_.back().indent >= l.indent) parents_.pop_back();
  const std::string_view around = parents_.empty() ? std::string_view() : parents_.back().key;
  std::string_view& type = parents_.empty() ? type_ : parents_.back().type;
  if (l.item) type = {};
  if (words().hub_type_keys.has(folded(l.key))) {
    const auto [from, to] = bare(l.value, l.end);
    type = s_.text.substr(from, to - from);
  }
  if (l.key.empty())
    scalar(l, l.item ? listed(around) : std::string_view(), around);
  else
    scalar(l, l.key, around);
  if (l.key.empty()) return;
  if (parents_.size() < kMostParents)
    parents_.push_back({l.indent, l.key, {}});
  else
    scan_.sink.cut("keys of YAML deeper than they are read");
}

// model: { options: [a/b, c/d] }
std::string_view Yaml::listed(std::string_view around) const {
  return yaml_choices(around) && parents_.size() > 1 ? parents_[parents_.size() - 2].key : around;
}

// {% set model = "a/b" %}, {{- $model := "a/b" }}
void Yaml::template_line(std::size_t first, std::size_t end) {
  if (scan_.too_deep()) return;
  ++scan_.depth;
  const std::size_t start = std::min(s_.text.find_first_not_of("{%- \t", first), end);
  while (end > start && std::string_view("}%- \t\r").find(s_.text[end - 1]) != std::string_view::npos) --end;
  scan_code(s_.part(start, end - start), Syntax::javascript, scan_);
  --scan_.depth;
}

// What a sibling says of where names are kept: `type: huggingface` before or behind `repo: a/b`.
std::string_view Yaml::type_beside(std::size_t indent) const {
  const std::string_view before = parents_.empty() ? type_ : parents_.back().type;
  if (!before.empty()) return before;
  return yaml_sibling(s_.text, i_, indent,
                      [](std::string_view key) { return words().hub_type_keys.has(folded(key)); });
}

void Yaml::comment(std::size_t first, std::size_t end) {
  const std::size_t text = std::min(s_.text.find_first_not_of("# \t", first), end);
  const Slice rest = s_.part(text, end - text, 1);
  if (scan_.depth >= kLanguageDepth || rest.text.size() < 6) return;
  ++scan_.depth;
  if (looks_like_command(rest.text)) scan_shell(rest, scan_);
  if (rest.text[0] != '#') scan_yaml(rest, scan_);
  --scan_.depth;
}

void Yaml::scalar(const Line& l, std::string_view key, std::string_view around) {
  auto [from, to] = bare(l.value, l.end);
  prefix(l.value, from);
  if (from >= to || s_.text[from] == '#') {
    next_line(l, key, around);
    anchor_ = {};  // of a mapping
    binary_ = false;
    return;
  }
  const char c = s_.text[from];
  const bool quoted = from > 0 && from != l.value && (s_.text[from - 1] == '"' || s_.text[from - 1] == '\'');
  if (!quoted && (c == '|' || c == '>') && to - from <= 4) return block(l, key, around, c == '>');
  const std::string_view anchor = std::exchange(anchor_, {});
  // `base: &m acme/foo-7b`, and later `model: *m`.
  if (!anchor.empty()) anchors_.insert_or_assign(anchor, s_.text.substr(from, to - from));
  if (std::exchange(binary_, false)) {
    const std::string_view value = decoded(s_.text.substr(from, to - from));
    if (!anchor.empty()) anchors_.insert_or_assign(anchor, value);
    if (!value.empty() && !l.key.empty()) member(l, key, around, value, s_.place(from));
    if (!value.empty() && l.key.empty() && l.item) list_.push_back(word_of_value(value, s_.place(from)));
    return;
  }
  if (!quoted && c == '*' && (!l.key.empty() || l.item)) {
    const std::string_view value = meant(s_.text.substr(from, to - from));
    if (value.empty()) return;
    if (!l.key.empty()) return member(l, key, around, value, s_.place(from));
    list_indent_ = l.indent;
    list_.push_back(word_of_value(value, s_.place(from)));
    return;
  }
  if (!quoted && c == '[') return flow(key, from);
  if (!quoted && c == '{' && s_.text.substr(from, 2) != "{{") return object(l.key, from);
  if (yaml_command_key(key)) to = continued(l, to);
  const std::string_view value = s_.text.substr(from, to - from);
  if (key == "image" || key == "repository")
    image_ = word_of(s_, from, std::min<std::size_t>(to - from, 200));
  if (!l.key.empty()) {
    member(l, key, around, value, s_.place(from));
  } else if (l.item) {
    if (key_strength(key) > 0 && value.find(' ') == std::string_view::npos)
      scan_pair(key, value, s_.place(from), s_.down, scan_);
    list_indent_ = l.indent;
    if (value.find('\n') == std::string_view::npos) item(l, from, to);
  }
  if (value.find(' ') != std::string_view::npos ||
      (value.find('=') != std::string_view::npos && key != "value"))
    text(from, to, yaml_command_key(key) && (!l.key.empty() || value.find('\n') != std::string_view::npos));
}

void Yaml::member(const Line& l, std::string_view key, std::string_view around, std::string_view value,
                  std::size_t place) {
  if (scan_.values && scan_.depth == 0) chart_value(key, value);
  const std::string_view revision = sibling_revision(l.indent);
  const bool part = words().part_keys.has(folded(key));
  if ((part || words().repository_keys.has(folded(key))) &&
      value.substr(0, kLongestName).find('/') != std::string_view::npos) {
    // { type: huggingface, repo: a/b }: the sibling tells what the name is of.
    const std::string type = folded(type_beside(l.indent));
    if (words().hub_words.has(type)) {
      scan_pair("hf_repo", value, place, s_.down, scan_, revision);
      return;
    }
    if (words().registry_types.has(type)) {
      if (key_strength(key) > 0 && read_name(value).kind == Name::Kind::owned)
        scan_.sink.unresolved(place, value, key, "a name of another registry, not of the Hub");
      return;
    }
  }
  if (secret(key, around, value, place)) return;
  // data: { repo_id: a/b }
  if ((around == "data" || is_other_key(around)) && folded(key).find("repo") != std::string::npos) return;
  // ollama: { chat: { model: mistral } }, and what an environment sets for the commands below it
  const auto of_store = [](std::string_view word) { return words().store_key_parts.within(folded(word)); };
  const bool store = key_strength(key) > 0 && (words().store_key_parts.has(folded(type_beside(l.indent))) ||
                                               std::any_of(parents_.begin(), parents_.end(),
                                                           [&](const Parent& p) { return of_store(p.key); }));
  if (is_constant_name(key) && value.size() < kLongestName && value.find_first_of("${<") == value.npos)
    scan_.variables.insert_or_assign(std::string(key), word_of_value(value, place));
  const bool told = scan_pair(store ? "ollama_model" : key, value, place, s_.down, scan_, revision);
  if (key == "name" && name_indent_ != l.indent + 1) name_ = {};
  if (key == "name") {
    name_ = value;
    name_indent_ = l.indent + 1;
  } else if (key == "value" && name_indent_ == l.indent + 1) {
    scan_pair(name_, value, place, s_.down, scan_, revision);
  }
  // model: { name: a/b }, inputs: { model: { default: a/b } }
  if (!told && part && !around.empty()) scan_pair(around, value, place, s_.down, scan_, revision);
}

// A value that stands in the line behind its key.
void Yaml::next_line(const Line& l, std::string_view key, std::string_view around) {
  if ((l.key.empty() && !l.item) || i_ >= s_.text.size()) return;
  for (int blank = 0;
       blank < 4 && i_ < s_.text.size() && text::trim(s_.text.substr(i_, line_end(i_) - i_)).empty(); ++blank)
    i_ = std::min(line_end(i_) + 1, s_.text.size());
  if (i_ >= s_.text.size()) return;
  Line next = read_line(i_);
  const bool inside = next.indent > l.indent || (next.answer && next.indent == l.indent);
  if (next.item || !next.key.empty() || !inside || next.value >= next.end) return;
  const char c = s_.text[next.value];
  if (c == '#' || c == '\r' || s_.text.substr(next.value, 2) == "{{" || s_.text.substr(next.value, 2) == "{%")
    return;
  i_ = next.end + 1;
  next.key = l.key;
  next.item = l.item;
  next.indent = l.indent;
  scalar(next, key, around);
}

std::string_view Yaml::sibling_revision(std::size_t indent) const {
  return yaml_sibling(s_.text, i_, indent, [](std::string_view key) {
    return key == "revision" || key == "model_revision" || key == "hf_revision";
  });
}

void scan_yaml(const Slice& s, Scan& scan) {
  Yaml(s, scan).run();
}

}  // namespace howopen::scan
