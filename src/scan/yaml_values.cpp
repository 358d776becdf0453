// Values of YAML that are more than a word in a line: lists, blocks of text, what tags and anchors say.
//
//   args: ["--model", "a/b"]             ->  words --model, a/b
//   - > \n  vllm serve \n  a/b          ->  one command
//   model: !!binary |\n  YS9i            ->  pair model, a/b

#include <algorithm>
#include <utility>

#include "scan/names.h"
#include "scan/tools.h"
#include "scan/words.h"
#include "scan/yaml_reader.h"
#include "text/base64.h"
#include "text/utf8.h"

namespace howopen::scan {

// A command in a value, over lines.
void Yaml::text(std::size_t from, std::size_t to, bool command) {
  const std::string_view value = s_.text.substr(from, to - from);
  if (!(command || looks_like_command(value)) || scan_.too_deep()) return;
  ++scan_.depth;
  Mapped plain;
  for (const char c : image_.value.text) plain.add(c, image_.value.map.empty() ? 0 : image_.value.map[0]);
  plain.add(' ', from);
  for (std::size_t i = from; i < to; ++i) plain.add(s_.text[i] == '\n' ? ' ' : s_.text[i], s_.place(i));
  scan_shell(plain.slice(s_.down), scan_);
  --scan_.depth;
}

// The column that what belongs to the value stands behind.
std::size_t Yaml::outside(const Line& l) const {
  return l.item && l.key.empty() ? l.dash : l.indent;
}

// Lines further in belong to the value, and so do all of a string up to its quote.
std::size_t Yaml::continued(const Line& l, std::size_t to) {
  while (i_ < s_.text.size()) {
    const Line next = read_line(i_);
    if (next.item || next.indent <= outside(l) || !next.key.empty() || next.value >= next.end) break;
    to = next.end;
    i_ = next.end + 1;
  }
  return to;
}

void Yaml::item(const Line& l, std::size_t from, std::size_t to) {
  list_indent_ = l.indent;
  if (list_.size() >= kMostWords) return scan_.sink.cut("a list of YAML with more than 4,096 words");
  const std::string_view value = s_.text.substr(from, to - from);
  const std::size_t blank = value.find(' ');
  const bool quoted = from > 0 && s_.text[from - 1] == '"';
  if (value.starts_with("-") && blank != std::string_view::npos && value.find('=') >= blank) {
    list_.push_back(word_of(s_, from, blank));
    auto [f, t] = bare(std::min(s_.text.find_first_not_of(' ', from + blank), to), to);
    Word behind = word_of(s_, f, t - f);
    behind.variable = behind.text().find("{{") != std::string_view::npos;
    list_.push_back(std::move(behind));
    return;
  }
  Word w;
  if (quoted && value.find('\\') != std::string_view::npos)
    unescape(s_.part(from, to - from), w.value);
  else if (const std::size_t equals = value.find('=');
           value.starts_with("-") && equals != std::string_view::npos && !quoted)
    w = option_word(from, from + equals + 1, to);
  else
    w = word_of(s_, from, to - from);
  w.variable = value.find("{{") != std::string_view::npos || value.find('$') != std::string_view::npos;
  list_.push_back(std::move(w));
}

// --option="a/b": the quotes are no part of the value, though YAML keeps them.
Word Yaml::option_word(std::size_t from, std::size_t value, std::size_t to) const {
  const bool quotes = to > value + 1 && (s_.text[value] == '"' || s_.text[value] == '\'') &&
                      s_.text[to - 1] == s_.text[value];
  if (!quotes) return word_of(s_, from, to - from);
  Word w = word_of(s_, from, value - from);
  for (std::size_t i = value + 1; i + 1 < to; ++i) w.value.add(s_.text[i], s_.place(i));
  return w;
}

void Yaml::end_list() {
  list_indent_ = std::string_view::npos;
  if (list_.empty()) return;
  command(std::move(list_));
  list_.clear();
}

void Yaml::command(std::vector<Word> words) {
  // command: [vllm, serve] with args: [a/b]
  std::vector<Word> all;
  if (!image_.value.text.empty()) all.push_back(image_);
  all.insert(all.end(), last_command_.begin(), last_command_.end());
  const bool short_list = words.size() <= 4;
  last_command_.clear();
  if (short_list) last_command_ = words;
  all.insert(all.end(), std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
  const bool any = std::any_of(all.begin(), all.end(), [](const Word& w) {
    return w.text().starts_with("-") || is_model_tool(w.text()) || !runs_as(w.text()).empty() ||
           w.text().find(' ') != std::string_view::npos || w.text().find('=') != std::string_view::npos;
  });
  const bool image = !image_.value.text.empty() && takes_model_first(image_.text());
  if (any || image) scan_command(all, s_.down, scan_);
}

void Yaml::flow(std::string_view key, std::size_t from) {
  std::size_t end = 0;
  std::vector<Word> words = flow_words(s_.part(from, s_.text.size() - from), end, scan_.sink);
  i_ = std::max(i_, line_end(from + end) + 1);
  for (Word& w : words) {
    // ["--model", *m]
    if (w.text().size() > 1 && w.text()[0] == '*' && !w.value.map.empty()) {
      if (const std::string_view value = meant(w.text()); !value.empty())
        w = word_of_value(value, w.value.map[0]);
    }
    if (!key.empty() && !w.variable && !w.value.map.empty())
      scan_pair(key, w.text(), w.value.map[0], s_.down, scan_);
  }
  if (yaml_command_key(key) || words.size() > 1) command(std::move(words));
}

void Yaml::object(std::string_view around, std::size_t from) {
  i_ = std::max(i_, line_end(yaml_mapping(s_, around, from, scan_)) + 1);
}

// Of `&name` and `!!binary` in front of a value.
void Yaml::prefix(std::size_t from, std::size_t to) {
  const std::string_view before = s_.text.substr(from, to - from);
  if (before.empty()) return;
  binary_ = binary_ || before.find("!!binary") != std::string_view::npos;
  const std::size_t sign = before.find('&');
  if (sign == std::string_view::npos || before.find_first_of("\"'") < sign) return;
  const std::size_t end = std::min(before.find_first_of(" \t\"'", sign), before.size());
  anchor_ = before.substr(sign + 1, end - sign - 1);
}

std::string_view Yaml::meant(std::string_view alias) const {
  const auto known = anchors_.find(alias.substr(1));
  return known == anchors_.end() ? std::string_view() : known->second;
}

Word Yaml::word_of_value(std::string_view value, std::size_t place) const {
  // What stands in the file has a place for each letter, what was decoded one for all.
  const bool here = value.data() >= s_.text.data() && value.data() < s_.text.data() + s_.text.size();
  Word w;
  for (std::size_t i = 0; i < value.size(); ++i) w.value.add(value[i], here ? place + i : place);
  return w;
}

// What base64 says, when that is text.
std::string_view Yaml::decoded(std::string_view value) {
  constexpr std::size_t kLongest = 65'536;
  std::string plain;
  for (const char c : value)
    if (!text::is_blank(c) && c != '\n' && c != '\r') plain += c;
  if (plain.size() > kLongest) {
    scan_.sink.cut("a value in base64 with more than 65,536 characters");
    return {};
  }
  auto bytes = text::from_base64(plain);
  if (!bytes || bytes->find('\0') != std::string::npos) return {};
  return kept_.emplace_back(std::move(*bytes));
}

// model: { name: foo-7b } of a chart's values, as templates ask for it: model.name.
void Yaml::chart_value(std::string_view key, std::string_view value) {
  constexpr std::size_t kLongestValue = 200;
  if (value.empty() || value.size() > kLongestValue ||
      !std::all_of(value.begin(), value.end(), [](char c) { return is_name_char(c) || c == '/'; }))
    return;
  std::string path;
  for (const Parent& p : parents_) path += std::string(p.key) + ".";
  scan_.sink.value(path + std::string(key), value);
}

// data: { MODEL_ID: YWNtZS9mb28= } of a Secret
bool Yaml::secret(std::string_view key, std::string_view around, std::string_view value, std::size_t place) {
  if ((around != "data" && around != "binaryData") || value.size() < 8 || value.size() % 4 != 0 ||
      value.find('/') != std::string_view::npos || key_strength(key) == 0)
    return false;
  const std::string_view plain = text::trim(decoded(value));
  return read_name(plain).kind == Name::Kind::owned && scan_pair(key, plain, place, s_.down, scan_);
}

void Yaml::block(const Line& l, std::string_view key, std::string_view around, bool is_folded) {
  const std::string_view anchor = std::exchange(anchor_, {});
  const bool binary = std::exchange(binary_, false);
  const std::size_t from = i_;
  const std::size_t column = l.indent > 0 && parents_.empty() && !l.item ? 0 : outside(l);
  while (i_ < s_.text.size()) {
    const std::size_t end = line_end(i_);
    const std::size_t first = s_.text.find_first_not_of(" \t\r", i_);
    const bool blank = first == std::string_view::npos || first >= end;
    if (!blank && first - i_ <= column) break;
    i_ = end + 1;
  }
  i_ = std::min(i_, s_.text.size());
  const Slice part = s_.part(from, i_ - from);
  if (part.text.empty() || scan_.too_deep()) return;
  const std::string_view plain = text::trim(part.text);
  if (!anchor.empty()) anchors_.insert_or_assign(anchor, binary ? decoded(plain) : plain);
  if (binary) {
    const std::string_view value = decoded(plain);
    const std::size_t place = s_.place(static_cast<std::size_t>(plain.data() - s_.text.data()));
    if (value.empty()) return;
    if (!l.key.empty()) return member(l, key, around, value, place);
    return list_.push_back(word_of_value(value, place));
  }
  ++scan_.depth;
  // - >- \n  --model: a word of the list
  const bool word = l.item && l.key.empty() && plain.find_first_of(" \n") == std::string_view::npos;
  if (word && !plain.empty()) {
    list_indent_ = l.indent;
    if (list_.size() < kMostWords)
      list_.push_back(word_of(s_, static_cast<std::size_t>(plain.data() - s_.text.data()), plain.size()));
  }
  content(key, part, is_folded);
  --scan_.depth;
}

void Yaml::content(std::string_view key, const Slice& part, bool is_folded) {
  if (key.ends_with(".yaml") || key.ends_with(".yml")) {
    scan_yaml(part, scan_);
  } else if (key.ends_with(".json")) {
    scan_code(part, Syntax::json, scan_);
  } else if (key.ends_with(".py") || part.text.find("import ") != std::string_view::npos) {
    scan_code(part, Syntax::python, scan_);
    if (looks_like_command(part.text)) scan_shell(part, scan_);
  } else {
    one_line(key, part);
    // YAML in YAML may hold templates and JSON: braces say nothing about it.
    const std::size_t first = part.text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && (part.text[first] == '{' || part.text[first] == '[') &&
        part.text.substr(first, 2) != "{{" && part.text.substr(first, 2) != "{%")
      scan_code(part, Syntax::json, scan_);
    else if (!is_folded && (part.text.find(": ") != std::string_view::npos ||
                            part.text.find(":\n") != std::string_view::npos))
      scan_yaml(part, scan_);
    if (is_folded) return folded_text(part);
    // Without the indentation, so that a word that goes on in the next line is one.
    if (part.text.find("\\\n") == std::string_view::npos) return scan_shell(part, scan_);
    const std::size_t column =
        first == std::string_view::npos ? 0 : first - (part.text.rfind('\n', first) + 1);
    Mapped plain;
    for (std::size_t at = 0; at < part.text.size();) {
      const std::size_t end = yaml_line_end(part.text, at);
      std::size_t i = at;
      while (i < end && i - at < column && part.text[i] == ' ') ++i;
      for (; i < end; ++i) plain.add(part.text[i], part.place(i));
      if (end < part.text.size()) plain.add('\n', part.place(end));
      at = end + 1;
    }
    scan_shell(plain.slice(part.down), scan_);
  }
}

// Lines are joined by blanks, and an empty one ends a line.
void Yaml::folded_text(const Slice& part) {
  Mapped plain;
  for (const char c : image_.value.text) plain.add(c, image_.value.map.empty() ? 0 : image_.value.map[0]);
  plain.add(' ', part.place(0));
  for (std::size_t at = 0; at < part.text.size();) {
    const std::size_t end = yaml_line_end(part.text, at);
    const std::size_t first = part.text.find_first_not_of(" \t\r", at);
    const bool blank = first == std::string_view::npos || first >= end;
    if (blank) plain.add('\n', part.place(at));
    for (std::size_t i = at; !blank && i < end; ++i) plain.add(part.text[i], part.place(i));
    plain.add(' ', part.place(std::min(end, part.text.size() - 1)));
    at = end + 1;
  }
  scan_shell(plain.slice(s_.down), scan_);
}

// model: >- with the name in the only line below
void Yaml::one_line(std::string_view key, const Slice& part) {
  const std::size_t first = part.text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return;
  const std::size_t last = part.text.find_last_not_of(" \t\r\n") + 1;
  const std::string_view value = part.text.substr(first, last - first);
  if (value.find_first_of(" \n") == std::string_view::npos)
    scan_pair(key, value, part.place(first), part.down, scan_);
}

}  // namespace howopen::scan
