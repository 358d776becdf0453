// YAML by its lines, since what launches models is often a template that no parser reads. Keys with values,
// lists as words of commands, blocks of text as what they look like.
//
//   args: ["--model", "a/b"]            ->  words --model, a/b
//   - name: MODEL_ID \n   value: a/b    ->  pair MODEL_ID, a/b
//   run: | \n   vllm serve a/b          ->  a command

#include <algorithm>
#include <map>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/tools.h"
#include "scan/words.h"
#include "scan/yaml_lines.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kLongestName = 400;  // of a model with what stands around it

constexpr std::size_t kMostWords = 4'096;
constexpr std::size_t kMostParents = 64;

// MODEL_ID
bool is_constant_name(std::string_view key) {
  return key.size() > 1 && text::is_upper(key[0]) &&
         key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

Word word_at(std::string_view value, std::size_t place) {
  Word w;
  for (std::size_t i = 0; i < value.size(); ++i) w.value.add(value[i], place + i);
  return w;
}

class Yaml {
 public:
  Yaml(const Slice& s, Scan& scan) : s_(s), scan_(scan) {}

  void run() {
    while (i_ < s_.text.size()) line();
    end_list();
  }

 private:
  struct Parent {
    std::size_t indent;
    std::string_view key;
    std::string_view type;  // of the members: type: huggingface
  };
  using Line = YamlLine;
  Line read_line(std::size_t start) const { return yaml_line(s_.text, start); }
  std::size_t line_end(std::size_t at) const { return yaml_line_end(s_.text, at); }
  std::pair<std::size_t, std::size_t> bare(std::size_t from, std::size_t to) const {
    return yaml_bare(s_.text, from, to);
  }

  void line() {
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
  std::string_view listed(std::string_view around) const {
    return yaml_choices(around) && parents_.size() > 1 ? parents_[parents_.size() - 2].key : around;
  }

  // {% set model = "a/b" %}, {{- $model := "a/b" }}
  void template_line(std::size_t first, std::size_t end) {
    if (scan_.too_deep()) return;
    ++scan_.depth;
    const std::size_t start = std::min(s_.text.find_first_not_of("{%- \t", first), end);
    while (end > start && std::string_view("}%- \t\r").find(s_.text[end - 1]) != std::string_view::npos)
      --end;
    scan_code(s_.part(start, end - start), Syntax::javascript, scan_);
    --scan_.depth;
  }

  // What a sibling says of where names are kept: `type: huggingface` before or behind `repo: a/b`.
  std::string_view type_beside(std::size_t indent) const {
    const std::string_view before = parents_.empty() ? type_ : parents_.back().type;
    if (!before.empty()) return before;
    return yaml_sibling(s_.text, i_, indent,
                        [](std::string_view key) { return words().hub_type_keys.has(folded(key)); });
  }

  void comment(std::size_t first, std::size_t end) {
    const std::size_t text = std::min(s_.text.find_first_not_of("# \t", first), end);
    const Slice rest = s_.part(text, end - text, 1);
    if (scan_.depth >= kLanguageDepth || rest.text.size() < 6) return;
    ++scan_.depth;
    if (looks_like_command(rest.text)) scan_shell(rest, scan_);
    if (rest.text[0] != '#') scan_yaml(rest, scan_);
    --scan_.depth;
  }

  void scalar(const Line& l, std::string_view key, std::string_view around) {
    auto [from, to] = bare(l.value, l.end);
    if (from >= to || s_.text[from] == '#') return next_line(l, key, around);
    const char c = s_.text[from];
    const bool quoted =
        from > 0 && from != l.value && (s_.text[from - 1] == '"' || s_.text[from - 1] == '\'');
    // `base: &m acme/foo-7b`, and later `model: *m`.
    if (s_.text[l.value] == '&' && l.value < from)
      anchors_.insert_or_assign(s_.text.substr(l.value + 1, s_.text.find(' ', l.value) - l.value - 1),
                                s_.text.substr(from, to - from));
    if (!quoted && c == '*' && !l.key.empty()) {
      if (const auto meant = anchors_.find(s_.text.substr(from + 1, to - from - 1)); meant != anchors_.end())
        member(l, key, around, meant->second, s_.place(from));
      return;
    }
    if (!quoted && (c == '|' || c == '>') && to - from <= 4) return block(key, l.indent, c == '>');
    if (!quoted && c == '[') return flow(key, from);
    if (!quoted && c == '{' && s_.text.substr(from, 2) != "{{") return object(l.key, from);
    if (!l.key.empty() && yaml_command_key(key)) to = continued(l, to);
    const std::string_view value = s_.text.substr(from, to - from);
    if (key == "image" || key == "repository")
      image_ = word_of(s_, from, std::min<std::size_t>(to - from, 200));
    if (!l.key.empty()) {
      member(l, key, around, value, s_.place(from));
    } else if (l.item) {
      if (key_strength(key) > 0 && value.find(' ') == std::string_view::npos)
        scan_pair(key, value, s_.place(from), s_.down, scan_);
      item(l, from, to);
    }
    if (value.find(' ') != std::string_view::npos ||
        (value.find('=') != std::string_view::npos && key != "value"))
      text(from, to, !l.key.empty() && yaml_command_key(key));
  }

  void member(const Line& l, std::string_view key, std::string_view around, std::string_view value,
              std::size_t place) {
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
    // data: { repo_id: a/b }
    if ((around == "data" || is_other_key(around)) && folded(key).find("repo") != std::string::npos) return;
    // ollama: { chat: { model: mistral } }, and what an environment sets for the commands below it
    const auto of_store = [](std::string_view word) { return words().store_key_parts.within(folded(word)); };
    const bool store =
        key_strength(key) > 0 &&
        (words().store_key_parts.has(folded(type_beside(l.indent))) ||
         std::any_of(parents_.begin(), parents_.end(), [&](const Parent& p) { return of_store(p.key); }));
    if (is_constant_name(key) && value.size() < kLongestName && value.find_first_of("${<") == value.npos)
      scan_.variables.insert_or_assign(std::string(key), word_at(value, place));
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
  void next_line(const Line& l, std::string_view key, std::string_view around) {
    if ((l.key.empty() && !l.item) || i_ >= s_.text.size()) return;
    for (int blank = 0;
         blank < 4 && i_ < s_.text.size() && text::trim(s_.text.substr(i_, line_end(i_) - i_)).empty();
         ++blank)
      i_ = std::min(line_end(i_) + 1, s_.text.size());
    if (i_ >= s_.text.size()) return;
    Line next = read_line(i_);
    const bool inside = next.indent > l.indent || (next.answer && next.indent == l.indent);
    if (next.item || !next.key.empty() || !inside || next.value >= next.end) return;
    const char c = s_.text[next.value];
    if (c == '#' || c == '\r' || s_.text.substr(next.value, 2) == "{{" ||
        s_.text.substr(next.value, 2) == "{%")
      return;
    i_ = next.end + 1;
    next.key = l.key;
    next.item = l.item;
    next.indent = l.indent;
    scalar(next, key, around);
  }

  // A command in a value, over lines.
  void text(std::size_t from, std::size_t to, bool command) {
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

  // Lines further in belong to the value.
  std::size_t continued(const Line& l, std::size_t to) {
    while (i_ < s_.text.size()) {
      const Line next = read_line(i_);
      if (next.item || next.indent <= l.indent || !next.key.empty() || next.value >= next.end) break;
      to = next.end;
      i_ = next.end + 1;
    }
    return to;
  }

  std::string_view sibling_revision(std::size_t indent) const {
    return yaml_sibling(s_.text, i_, indent, [](std::string_view key) {
      return key == "revision" || key == "model_revision" || key == "hf_revision";
    });
  }

  void item(const Line& l, std::size_t from, std::size_t to) {
    list_indent_ = l.indent;
    if (list_.size() >= kMostWords) return scan_.sink.cut("a list of YAML with more than 4,096 words");
    const std::string_view value = s_.text.substr(from, to - from);
    const std::size_t blank = value.find(' ');
    const bool quoted = from > 0 && s_.text[from - 1] == '"';
    if (value.starts_with("-") && blank != std::string_view::npos && value.find('=') >= blank) {
      list_.push_back(word_of(s_, from, blank));
      auto [f, t] = bare(std::min(s_.text.find_first_not_of(' ', from + blank), to), to);
      list_.push_back(word_of(s_, f, t - f));
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
  Word option_word(std::size_t from, std::size_t value, std::size_t to) const {
    const bool quotes = to > value + 1 && (s_.text[value] == '"' || s_.text[value] == '\'') &&
                        s_.text[to - 1] == s_.text[value];
    if (!quotes) return word_of(s_, from, to - from);
    Word w = word_of(s_, from, value - from);
    for (std::size_t i = value + 1; i + 1 < to; ++i) w.value.add(s_.text[i], s_.place(i));
    return w;
  }

  void end_list() {
    list_indent_ = std::string_view::npos;
    if (list_.empty()) return;
    command(std::move(list_));
    list_.clear();
  }

  void command(std::vector<Word> words) {
    // command: [vllm, serve] with args: [a/b]
    std::vector<Word> all;
    if (!image_.value.text.empty()) all.push_back(image_);
    all.insert(all.end(), last_command_.begin(), last_command_.end());
    const bool short_list = words.size() <= 4;
    last_command_.clear();
    if (short_list) last_command_ = words;
    all.insert(all.end(), std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
    const bool any = std::any_of(all.begin(), all.end(), [](const Word& w) {
      return w.text().starts_with("-") || is_model_tool(w.text()) ||
             w.text().find(' ') != std::string_view::npos || w.text().find('=') != std::string_view::npos;
    });
    const bool image = !image_.value.text.empty() && takes_model_first(image_.text());
    if (any || image) scan_command(all, s_.down, scan_);
  }

  void flow(std::string_view key, std::size_t from) {
    std::size_t end = 0;
    std::vector<Word> words = flow_words(s_.part(from, s_.text.size() - from), end, scan_.sink);
    i_ = std::max(i_, line_end(from + end) + 1);
    for (const Word& w : words) {
      if (!key.empty() && !w.variable && !w.value.map.empty())
        scan_pair(key, w.text(), w.value.map[0], s_.down, scan_);
    }
    if (yaml_command_key(key) || words.size() > 1) command(std::move(words));
  }

  void object(std::string_view around, std::size_t from) {
    i_ = std::max(i_, line_end(yaml_mapping(s_, around, from, scan_)) + 1);
  }

  void block(std::string_view key, std::size_t indent, bool is_folded) {
    const std::size_t from = i_;
    while (i_ < s_.text.size()) {
      const std::size_t end = line_end(i_);
      const std::size_t first = s_.text.find_first_not_of(" \t\r", i_);
      const bool blank = first == std::string_view::npos || first >= end;
      if (!blank && first - i_ <= (indent > 0 && parents_.empty() ? 0 : indent)) break;
      i_ = end + 1;
    }
    i_ = std::min(i_, s_.text.size());
    const Slice part = s_.part(from, i_ - from);
    if (part.text.empty() || scan_.too_deep()) return;
    ++scan_.depth;
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
      if (is_folded)
        text(from, i_, true);
      else
        scan_shell(part, scan_);
    }
    --scan_.depth;
  }

  // model: >- with the name in the only line below
  void one_line(std::string_view key, const Slice& part) {
    const std::size_t first = part.text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return;
    const std::size_t last = part.text.find_last_not_of(" \t\r\n") + 1;
    const std::string_view value = part.text.substr(first, last - first);
    if (value.find_first_of(" \n") == std::string_view::npos)
      scan_pair(key, value, part.place(first), part.down, scan_);
  }

  const Slice& s_;
  Scan& scan_;
  std::size_t i_ = 0;
  std::map<std::string_view, std::string_view> anchors_;  // values by what aliases call them
  std::vector<Parent> parents_;
  std::string_view type_;  // of the outermost members
  std::vector<Word> list_;
  std::size_t list_indent_ = std::string_view::npos;
  std::vector<Word> last_command_;
  Word image_;
  std::string_view name_;
  std::size_t name_indent_ = 0;
};

}  // namespace

void scan_yaml(const Slice& s, Scan& scan) {
  Yaml(s, scan).run();
}

}  // namespace howopen::scan
