// What stands in a text, whatever the text is: defaults of templates, providers of evaluation suites.
//
//   --model={{ .Values.model.id | default "a/b" }}  ->  a/b
//   - openai:chat:gpt-4o-mini                        ->  gpt-4o-mini of an API

#include <algorithm>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/tools.h"
#include "scan/words.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kLongestTemplate = 400;

bool is_key_char(char c) {
  return text::is_alnum(c) || c == '_';
}

// A word before the default that names models.
std::string_view model_word(std::string_view text) {
  std::string_view found;
  for (std::size_t i = 0; i < text.size();) {
    while (i < text.size() && !is_key_char(text[i])) ++i;
    const std::size_t start = i;
    while (i < text.size() && is_key_char(text[i])) ++i;
    const std::string_view word = text.substr(start, i - start);
    if (word.size() < 60 && key_strength(word) > 0) found = word;
  }
  return found;
}

// Behind `default`, `default(` or `or`.
bool is_default(std::string_view before) {
  while (!before.empty() && (before.back() == ' ' || before.back() == '(')) before.remove_suffix(1);
  for (const std::string_view word : {"default", "or", "||"}) {
    if (before.ends_with(word) &&
        (before.size() == word.size() || !is_key_char(before[before.size() - word.size() - 1])))
      return true;
  }
  return false;
}

// Behind `var(`, `env_var(` or `env(` with a name and a comma: what they give when nobody sets it.
bool is_second(std::string_view before) {
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  if (!before.ends_with(',')) return false;
  const std::size_t open = before.rfind('(');
  if (open == std::string_view::npos) return false;
  std::size_t name = open;
  while (name > 0 && is_key_char(before[name - 1])) --name;
  const std::string_view call = before.substr(name, open - name);
  return call == "var" || call == "env_var" || call == "env" || call == "get" || call == "getenv";
}

void defaults(const Slice& s, std::size_t from, std::size_t to, Scan& scan) {
  const std::size_t line =
      s.text.rfind('\n', from) == std::string_view::npos ? 0 : s.text.rfind('\n', from) + 1;
  for (std::size_t i = from; i < to; ++i) {
    const char quote = s.text[i];
    if (quote != '"' && quote != '\'') continue;
    const std::size_t close = s.text.find(quote, i + 1);
    if (close == std::string_view::npos || close >= to) return;
    const std::string_view value = s.text.substr(i + 1, close - i - 1);
    const std::size_t start = std::max(line, from > 200 ? from - 200 : 0);
    const std::string_view before = s.text.substr(from, i - from);
    if ((is_default(before) || is_second(before)) && !model_word(s.text.substr(start, i - start)).empty())
      scan_pair("model", value, s.place(i + 1), s.down, scan);
    i = close;
  }
}

// {{- define "chart.model" -}} {{ .Values.org }}/{{ .Values.name }} {{- end }}: what it is stands in its
// name.
void definition(const Slice& s, std::size_t from, std::size_t to, Scan& scan) {
  constexpr std::size_t kLongestBody = 2'000;
  const std::string_view head = s.text.substr(from, to - from);
  const std::size_t word = head.find("define");
  if (word == std::string_view::npos || word > 4) return;
  const std::size_t quote = head.find('"', word);
  const std::size_t close = quote == std::string_view::npos ? quote : head.find('"', quote + 1);
  if (close == std::string_view::npos) return;
  const std::string_view name = head.substr(quote + 1, close - quote - 1);
  if (key_strength(name) == 0) return;
  const std::size_t body = to + 2;
  const std::string_view rest = s.text.substr(std::min(body, s.text.size()), kLongestBody);
  for (std::size_t i = 0; i < rest.size();) {
    const std::size_t end = std::min(rest.find('\n', i), rest.size());
    const std::string_view line = text::trim(rest.substr(i, end - i));
    i = end + 1;
    if (line.starts_with("{{") && (line.find(" end ") < 4 || line.find("define") < 6)) break;
    if (is_joined_template(line) && line.find(": ") == std::string_view::npos)
      scan.sink.unresolved(s.place(static_cast<std::size_t>(line.data() - s.text.data())), line, "define",
                           kJoined);
  }
}

void scan_templates(const Slice& s, Scan& scan) {
  for (std::size_t i = s.text.find("{{"); i < s.text.size(); i = s.text.find("{{", i + 2)) {
    const std::size_t end = s.text.substr(i, kLongestTemplate).find("}}");
    if (end == std::string_view::npos) continue;
    defaults(s, i + 2, i + end, scan);
    definition(s, i + 2, i + end, scan);
  }
}

void scan_providers(const Slice& s, Scan& scan) {
  if (s.text.find("providers") == std::string_view::npos &&
      s.text.find("promptfoo") == std::string_view::npos)
    return;
  for (const std::string_view provider :
       {"openai:", "anthropic:", "google:", "bedrock:", "vertex:", "xai:"}) {
    for (std::size_t i = s.text.find(provider); i < s.text.size();
         i = s.text.find(provider, i + provider.size())) {
      const char before = i > 0 ? s.text[i - 1] : ' ';
      if (is_name_char(before) || before == ':' || before == '/') continue;
      std::size_t from = i + provider.size();
      std::size_t end = std::min(s.text.find_first_of("\"' \t\r\n,]}", from), s.text.size());
      if (end - from > 120) continue;
      // openai:chat:gpt-4o
      for (const std::string_view kind : {"chat:", "completion:", "responses:", "embedding:", "messages:"}) {
        if (s.text.substr(from, kind.size()) == kind) from += kind.size();
      }
      const std::string served = api_model(s.text.substr(from, end - from));
      if (!served.empty())
        scan.sink.found(s.place(from), served, "", provider, Confidence::high, s.down, Registry::api);
    }
  }
}

// What stands behind a prefix is a model of somebody's: more than a tag of an image or a port.
bool is_named(std::string_view value) {
  return value.size() > 2 && text::is_letter(value[0]) && value != "latest" &&
         std::all_of(value.begin(), value.end(),
                     [](char c) { return is_name_char(c) || c == ':' || c == '/'; });
}

const Prefix* prefix_of(std::string_view word) {
  for (const Prefix& p : words().prefixes)
    if (p.prefix == word) return &p;
  return nullptr;
}

// meta.llama3-70b-instruct-v1:0 at the colon in front of its last digit, wherever it stands.
void cloud_model(const Slice& s, std::size_t colon, Scan& scan) {
  constexpr std::size_t kLongest = 100;
  std::size_t from = colon;
  while (from > 0 && colon - from < kLongest && is_name_char(s.text[from - 1])) --from;
  std::size_t end = colon + 1;
  while (end < s.text.size() && text::is_digit(s.text[end])) ++end;
  if (end < s.text.size() && (is_name_char(s.text[end]) || s.text[end] == '/')) return;
  const std::string_view value = s.text.substr(from, end - from);
  if (is_cloud_model(value)) scan.sink.unresolved(s.place(from), value, "model id", kServed);
}

// publishers/meta/models/llama-3.3-70b-instruct-maas, accounts/fireworks/models/llama-v3p1-8b-instruct
void scan_published(const Slice& s, Scan& scan) {
  constexpr std::string_view kBetween = "/models/";
  for (std::size_t i = s.text.find(kBetween); i < s.text.size(); i = s.text.find(kBetween, i + 1)) {
    std::size_t vendor = i;
    while (vendor > 0 && is_name_char(s.text[vendor - 1])) --vendor;
    const std::string_view before =
        s.text.substr(vendor > 11 ? vendor - 11 : 0, std::min<std::size_t>(vendor, 11));
    const bool vertex = before == "publishers/";
    const bool fireworks = before.ends_with("accounts/");
    if (vendor == i || (!vertex && !fireworks)) continue;
    const std::size_t from = i + kBetween.size();
    std::size_t end = from;
    while (end < s.text.size() && (is_name_char(s.text[end]) || s.text[end] == '@')) ++end;
    const std::string_view name = s.text.substr(from, end - from);
    if (name.size() < 3 || name.size() > 100 || !text::is_letter(name[0])) continue;
    if (const std::string served = api_model(name); !served.empty())
      scan.sink.found(s.place(from), served, "", kBetween, Confidence::medium, s.down, Registry::api);
    else
      scan.sink.unresolved(s.place(from), name, vertex ? "publishers" : "accounts", kServed);
  }
}

// "local:a/b", ollama:chat:llama3.1:70b: each colon with a word on both sides is looked at.
void scan_prefixes(const Slice& s, Scan& scan) {
  constexpr std::size_t kLongestPrefix = 16;
  for (std::size_t i = s.text.find(':'); i < s.text.size(); i = s.text.find(':', i + 1)) {
    if (i == 0 || i + 1 == s.text.size() || !is_key_char(s.text[i - 1])) continue;
    if (text::is_digit(s.text[i + 1]) && text::is_digit(s.text[i - 1])) cloud_model(s, i, scan);
    if (!text::is_letter(s.text[i + 1])) continue;
    std::size_t start = i;
    while (start > 0 && i - start < kLongestPrefix && is_key_char(s.text[start - 1])) --start;
    const char before = start > 0 ? s.text[start - 1] : ' ';
    if (is_name_char(before) || before == ':' || before == '/') continue;
    const Prefix* p = prefix_of(s.text.substr(start, i - start));
    if (p == nullptr || std::none_of(p->signs.begin(), p->signs.end(), [&](const std::string& sign) {
          return s.text.find(sign) != std::string_view::npos;
        }))
      continue;
    std::size_t from = i + 1;
    const std::size_t end = std::min(s.text.find_first_of("\"'` \t\r\n,]})", from), s.text.size());
    for (const std::string& kind : p->kinds) {
      if (s.text.substr(from, kind.size()) == kind && s.text.substr(from + kind.size(), 1) == ":")
        from += kind.size() + 1;
    }
    const std::string_view value = s.text.substr(from, end - std::min(end, from));
    if (value.size() > 200 || !is_named(value)) continue;
    const Name name = read_name(value);
    const std::string form = p->prefix + ":";
    if (p->of != Prefix::Of::hub)
      scan.sink.unresolved(s.place(from), value, form,
                           p->of == Prefix::Of::served ? kServed : kOtherRegistry);
    else if (name.kind == Name::Kind::owned)
      scan.sink.found(s.place(from), name.id, name.revision, form, Confidence::high, s.down);
  }
}

// MODELS = %w[a/b c/d] of Ruby
void scan_word_lists(const Slice& s, Scan& scan) {
  constexpr std::size_t kLongestList = 4'000;
  for (std::size_t i = s.text.find("%w"); i < s.text.size(); i = s.text.find("%w", i + 2)) {
    const std::size_t open = i + 2;
    const char close = open < s.text.size() && s.text[open] == '[' ? ']' : ')';
    if (open >= s.text.size() || (s.text[open] != '[' && s.text[open] != '(')) continue;
    const std::size_t end = s.text.substr(open, kLongestList).find(close);
    std::size_t name = i;
    while (name > 0 && std::string_view(" =:").find(s.text[name - 1]) != std::string_view::npos) --name;
    std::size_t start = name;
    while (start > 0 && is_key_char(s.text[start - 1])) --start;
    const std::string_view key = s.text.substr(start, name - start);
    if (end == std::string_view::npos || key_strength(key) == 0) continue;
    for (std::size_t at = open + 1; at < open + end;) {
      const std::size_t blank = std::min(s.text.find_first_of(" \t\r\n", at), open + end);
      scan_pair(key, s.text.substr(at, blank - at), s.place(at), s.down, scan);
      at = blank + 1;
    }
  }
}

// `hf download a/b` of Ruby, Perl, PHP and Julia
void scan_backticks(const Slice& s, Scan& scan) {
  for (std::size_t i = s.text.find('`'); i < s.text.size();) {
    const std::size_t end = s.text.find_first_of("`\n", i + 1);
    if (end == std::string_view::npos) return;
    const Slice code = s.part(i + 1, end - i - 1);
    if (s.text[end] == '`' && looks_like_command(code.text)) scan_shell(code, scan);
    i = s.text.find('`', end + 1);
  }
}

}  // namespace

std::size_t template_end(std::string_view text, std::size_t i) {
  if (i + 1 >= text.size() || text[i] != '{' || text[i + 1] != '{') return i;
  const std::string_view rest = text.substr(i, kLongestTemplate);
  const std::size_t end = rest.find("}}");
  if (end == std::string_view::npos || rest.find('\n') < end) return i;
  return i + end + 2;
}

std::string_view template_variable(std::string_view text) {
  if (!text.starts_with("{{") || !text.ends_with("}}") || text.size() < 5) return {};
  text = text.substr(2, text.size() - 4);
  while (!text.empty() && std::string_view("- .").find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  while (!text.empty() && std::string_view("- ").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  if (text.empty() ||
      !std::all_of(text.begin(), text.end(), [](char c) { return is_key_char(c) || c == '.'; }))
    return {};
  return text.substr(text.rfind('.') == std::string_view::npos ? 0 : text.rfind('.') + 1);
}

std::vector<std::string_view> template_choices(std::string_view text) {
  constexpr std::size_t kMost = 8;
  std::vector<std::string_view> out;
  const std::size_t start = text.find("{{");
  if (start == std::string_view::npos) return out;
  for (std::size_t i = text.find_first_of("\"'", start); i < text.size() && out.size() < kMost;
       i = text.find_first_of("\"'", i)) {
    const std::size_t close = text.find(text[i], i + 1);
    if (close == std::string_view::npos) break;
    const std::string_view before = text.substr(start, i - start);
    const std::string_view behind = text::trim(text.substr(close + 1));
    const bool choice = is_default(before) || is_second(before) || behind.starts_with("if ") ||
                        text::trim(before).ends_with(" else");
    if (choice) out.push_back(text.substr(i + 1, close - i - 1));
    i = close + 1;
  }
  return out;
}

bool is_joined_template(std::string_view value) {
  const std::size_t open = value.find("{{");
  if (open == std::string_view::npos || value.size() > kLongestTemplate) return false;
  // What stands outside of the templates, one letter for each of them.
  std::string outside;
  bool printed = false;
  for (std::size_t i = 0; i < value.size();) {
    if (const std::size_t end = template_end(value, i); end > i) {
      const std::string_view inside = value.substr(i, end - i);
      printed =
          printed || inside.find("\"%s/%s\"") != std::string_view::npos ||
          (inside.find("printf") != std::string_view::npos && inside.find("/%") != std::string_view::npos) ||
          (inside.find("join") != std::string_view::npos && inside.find("\"/\"") != std::string_view::npos) ||
          inside.find("~ '/' ~") != std::string_view::npos ||
          inside.find("~ \"/\" ~") != std::string_view::npos;
      outside += 'x';
      i = end;
    } else {
      outside += value[i++];
    }
  }
  const std::string_view plain = text::trim(outside);
  if (plain == "x") return printed;
  return read_name(plain).kind == Name::Kind::owned;
}

void scan_fragments(std::string_view path, const Slice& s, Scan& scan) {
  scan_templates(s, scan);
  scan_providers(s, scan);
  scan_prefixes(s, scan);
  scan_published(s, scan);
  scan_model_images(s, scan);
  for (const std::string_view ending : {".rb", ".pl", ".php", ".jl"})
    if (path.ends_with(ending)) scan_backticks(s, scan);
  if (path.ends_with(".rb") || path.ends_with("Rakefile")) scan_word_lists(s, scan);
}

}  // namespace howopen::scan
