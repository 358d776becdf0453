// YAML by its lines, since what launches models is often a template that no parser reads. Keys with values,
// lists as words of commands, blocks of text as what they look like.
//
//   args: ["--model", "a/b"]            ->  words --model, a/b
//   - name: MODEL_ID \n   value: a/b    ->  pair MODEL_ID, a/b
//   run: | \n   vllm serve a/b          ->  a command

#include <algorithm>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/tools.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kMostWords = 512;

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
  };
  struct Line {
    std::size_t indent = 0;  // of the content
    bool item = false;
    std::string_view key;
    std::size_t value = 0;  // place of the first byte
    std::size_t end = 0;
  };

  std::size_t line_end(std::size_t at) const { return std::min(s_.text.find('\n', at), s_.text.size()); }

  Line read_line(std::size_t start) const {
    Line out;
    out.end = line_end(start);
    std::size_t p = start;
    const auto blanks = [&] {
      while (p < out.end && (s_.text[p] == ' ' || s_.text[p] == '\t')) ++p;
    };
    blanks();
    while (p + 1 <= out.end && p < out.end && s_.text[p] == '-' &&
           (p + 1 == out.end || s_.text[p + 1] == ' ')) {
      out.item = true;
      ++p;
      blanks();
    }
    out.indent = p - start;
    out.value = p;
    // key: value, "key": value
    std::size_t k = p;
    if (k < out.end && (s_.text[k] == '"' || s_.text[k] == '\'')) {
      const std::size_t close = s_.text.substr(0, out.end).find(s_.text[k], k + 1);
      if (close == std::string_view::npos || close + 1 >= out.end || s_.text[close + 1] != ':') return out;
      out.key = s_.text.substr(k + 1, close - k - 1);
      p = close + 2;
    } else {
      while (k < out.end && k - p < 100 && (is_name_char(s_.text[k]) || s_.text[k] == '/')) ++k;
      if (k == p || k >= out.end || s_.text[k] != ':') return out;
      if (k + 1 < out.end && s_.text[k + 1] != ' ' && s_.text[k + 1] != '\r' && s_.text[k + 1] != '\t')
        return out;
      out.key = s_.text.substr(p, k - p);
      p = k + 1;
    }
    blanks();
    out.value = p;
    return out;
  }

  void line() {
    const std::size_t start = i_;
    const Line l = read_line(start);
    i_ = l.end + 1;
    const std::size_t first = s_.text.find_first_not_of(" \t\r-", start);
    if (first == std::string_view::npos || first >= l.end) return;
    if (s_.text[first] == '#') return comment(first, l.end);
    if (s_.text.substr(start, 3) == "---") {
      end_list();
      image_ = {};
      parents_.clear();
    }
    if (!l.item || !l.key.empty() || l.indent != list_indent_) end_list();
    while (!parents_.empty() && parents_.back().indent >= l.indent) parents_.pop_back();
    const std::string_view around = parents_.empty() ? std::string_view() : parents_.back().key;
    if (l.key.empty())
      scalar(l, l.item ? around : std::string_view(), around);
    else
      scalar(l, l.key, around);
    if (!l.key.empty() && parents_.size() < 64) parents_.push_back({l.indent, l.key});
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

  // Without quotes, anchor, tag and the comment behind it.
  std::pair<std::size_t, std::size_t> bare(std::size_t from, std::size_t to) const {
    while (to > from && (s_.text[to - 1] == ' ' || s_.text[to - 1] == '\r')) --to;
    while (from < to && (s_.text[from] == '&' || s_.text[from] == '!')) {
      const std::size_t blank = s_.text.substr(0, to).find(' ', from);
      if (blank == std::string_view::npos) break;
      from = std::min(s_.text.find_first_not_of(' ', blank), to);
    }
    if (from < to && (s_.text[from] == '"' || s_.text[from] == '\'')) {
      const std::size_t close = s_.text.substr(0, to).find(s_.text[from], from + 1);
      if (close != std::string_view::npos) return {from + 1, close};
    }
    const std::size_t hash = s_.text.substr(0, to).find(" #", from);
    if (hash != std::string_view::npos) to = hash;
    while (to > from && s_.text[to - 1] == ' ') --to;
    return {from, to};
  }

  static bool is_command_key(std::string_view key) {
    return key == "command" || key == "args" || key == "run" || key == "entrypoint" || key == "script" ||
           key == "cmd" || key == "setup" || key == "commands" || key == "extraArgs" || key == "extra_args";
  }

  void scalar(const Line& l, std::string_view key, std::string_view around) {
    auto [from, to] = bare(l.value, l.end);
    if (from >= to) return;
    const char c = s_.text[from];
    const bool quoted =
        from > 0 && from != l.value && (s_.text[from - 1] == '"' || s_.text[from - 1] == '\'');
    if (!quoted && (c == '|' || c == '>') && to - from <= 4) return block(key, l.indent, c == '>');
    if (!quoted && c == '[') return flow(key, from);
    if (!quoted && c == '{' && s_.text.substr(from, 2) != "{{") return object(from);
    if (!l.key.empty() && is_command_key(key)) to = continued(l, to);
    const std::string_view value = s_.text.substr(from, to - from);
    if (key == "image" || key == "repository")
      image_ = word_of(s_, from, std::min<std::size_t>(to - from, 200));
    const std::size_t place = s_.place(from);
    if (!l.key.empty()) {
      const std::string_view revision = sibling_revision(l.indent);
      const bool told = scan_pair(key, value, place, s_.down, scan_, revision);
      if (key == "name" && name_indent_ != l.indent + 1) name_ = {};
      if (key == "name") {
        name_ = value;
        name_indent_ = l.indent + 1;
      } else if (key == "value" && name_indent_ == l.indent + 1) {
        scan_pair(name_, value, place, s_.down, scan_, revision);
      }
      // model: { name: a/b }, inputs: { model: { default: a/b } }
      static constexpr std::string_view kParts[] = {"name",       "id",     "repo", "path",  "value",
                                                    "default",    "source", "hf",   "model", "repo_name",
                                                    "identifier", "uri",    "ref",  "slug"};
      const bool part = std::find(std::begin(kParts), std::end(kParts), key) != std::end(kParts);
      if (!told && part && key_strength(around) > 0)
        scan_pair(around, value, place, s_.down, scan_, revision);
    } else if (l.item) {
      if (key_strength(key) > 0 && value.find(' ') == std::string_view::npos)
        scan_pair(key, value, place, s_.down, scan_);
      item(l, from, to);
    }
    if (value.find(' ') != std::string_view::npos ||
        (value.find('=') != std::string_view::npos && key != "value"))
      text(from, to, !l.key.empty() && is_command_key(key));
  }

  // A command in a value, over lines.
  void text(std::size_t from, std::size_t to, bool command) {
    const std::string_view value = s_.text.substr(from, to - from);
    if (scan_.depth >= kLanguageDepth || !(command || looks_like_command(value))) return;
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
    std::size_t at = i_;
    for (int n = 0; n < 6 && at < s_.text.size(); ++n) {
      const Line next = read_line(at);
      at = next.end + 1;
      if (next.item || next.indent < indent) break;
      if (next.indent == indent &&
          (next.key == "revision" || next.key == "model_revision" || next.key == "hf_revision")) {
        const auto [from, to] = bare(next.value, next.end);
        return s_.text.substr(from, to - from);
      }
    }
    return {};
  }

  void item(const Line& l, std::size_t from, std::size_t to) {
    list_indent_ = l.indent;
    if (list_.size() >= kMostWords) return;
    const std::string_view value = s_.text.substr(from, to - from);
    const std::size_t blank = value.find(' ');
    if (value.starts_with("-") && blank != std::string_view::npos) {
      list_.push_back(word_of(s_, from, blank));
      auto [f, t] = bare(std::min(s_.text.find_first_not_of(' ', from + blank), to), to);
      list_.push_back(word_of(s_, f, t - f));
      return;
    }
    Word w = word_of(s_, from, to - from);
    w.variable = value.find("{{") != std::string_view::npos || value.find('$') != std::string_view::npos;
    list_.push_back(std::move(w));
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
    const bool image = !image_.value.text.empty() && image_.text().starts_with("vllm/vllm-openai");
    if (any || image) scan_command(all, s_.down, scan_);
  }

  void flow(std::string_view key, std::size_t from) {
    std::size_t end = 0;
    std::vector<Word> words = flow_words(s_.part(from, s_.text.size() - from), end);
    i_ = std::max(i_, line_end(from + end) + 1);
    for (const Word& w : words) {
      if (!key.empty() && !w.variable && !w.value.map.empty())
        scan_pair(key, w.text(), w.value.map[0], s_.down, scan_);
    }
    if (is_command_key(key) || words.size() > 1) command(std::move(words));
  }

  void object(std::size_t from) {
    int depth = 0;
    std::size_t end = from;
    for (; end < s_.text.size(); ++end) {
      if (s_.text[end] == '{') ++depth;
      if (s_.text[end] == '}' && --depth == 0) break;
      if (s_.text[end] == '\n' && end - from > 65'536) break;
    }
    i_ = std::max(i_, line_end(end) + 1);
    // {model: a/b, revision: "v1"}
    std::size_t p = from + 1;
    std::string_view called;
    while (p < end) {
      const std::size_t stop = std::min(s_.text.find_first_of(",{}\n", p), end);
      const std::size_t colon = s_.text.substr(0, stop).find(": ", p);
      if (colon != std::string_view::npos) {
        const std::string_view key = text::trim(s_.text.substr(p, colon - p));
        const auto [f, t] = bare(std::min(s_.text.find_first_not_of(' ', colon + 1), stop), stop);
        const std::string_view unquoted =
            key.size() > 2 && key.front() == '"' ? key.substr(1, key.size() - 2) : key;
        const std::string_view content = s_.text.substr(f, t - f);
        if (unquoted == "name") called = content;
        scan_pair(unquoted == "value" ? called : unquoted, content, s_.place(f), s_.down, scan_);
      }
      p = stop + 1;
    }
  }

  void block(std::string_view key, std::size_t indent, bool folded) {
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
    if (scan_.depth >= kLanguageDepth || part.text.empty()) return;
    ++scan_.depth;
    if (key.ends_with(".yaml") || key.ends_with(".yml")) {
      scan_yaml(part, scan_);
    } else if (key.ends_with(".json")) {
      scan_code(part, Syntax::json, scan_);
    } else if (key.ends_with(".py") || part.text.find("import ") != std::string_view::npos) {
      scan_code(part, Syntax::python, scan_);
      if (looks_like_command(part.text)) scan_shell(part, scan_);
    } else if (folded) {
      text(from, i_, true);
    } else {
      if (part.text.find(": ") != std::string_view::npos && part.text.find('{') == std::string_view::npos)
        scan_yaml(part, scan_);
      scan_shell(part, scan_);
    }
    --scan_.depth;
  }

  const Slice& s_;
  Scan& scan_;
  std::size_t i_ = 0;
  std::vector<Parent> parents_;
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
