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
    if (is_default(s.text.substr(from, i - from)) && !model_word(s.text.substr(start, i - start)).empty())
      scan_pair("model", value, s.place(i + 1), s.down, scan);
    i = close;
  }
}

void scan_templates(const Slice& s, Scan& scan) {
  for (std::size_t i = s.text.find("{{"); i < s.text.size(); i = s.text.find("{{", i + 2)) {
    const std::size_t end = s.text.substr(i, kLongestTemplate).find("}}");
    if (end != std::string_view::npos) defaults(s, i + 2, i + end, scan);
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

// "local:a/b", ollama:chat:llama3.1:70b: each colon with a word on both sides is looked at.
void scan_prefixes(const Slice& s, Scan& scan) {
  constexpr std::size_t kLongestPrefix = 16;
  for (std::size_t i = s.text.find(':'); i < s.text.size(); i = s.text.find(':', i + 1)) {
    if (i == 0 || i + 1 == s.text.size() || !text::is_letter(s.text[i + 1]) || !is_key_char(s.text[i - 1]))
      continue;
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

void scan_fragments(std::string_view path, const Slice& s, Scan& scan) {
  scan_templates(s, scan);
  scan_providers(s, scan);
  scan_prefixes(s, scan);
  scan_model_images(s, scan);
  for (const std::string_view ending : {".rb", ".pl", ".php", ".jl"})
    if (path.ends_with(ending)) scan_backticks(s, scan);
  if (path.ends_with(".rb") || path.ends_with("Rakefile")) scan_word_lists(s, scan);
}

}  // namespace howopen::scan
