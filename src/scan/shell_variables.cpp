// Variables of a shell: what the file itself sets is put in with the place where it was set.
//
//   MODEL=a/b; vllm serve "$MODEL"             ->  vllm, serve, a/b
//   [string]$Model = "a/b"; hf download $Model ->  hf, download, a/b
//   ${MODEL:-a/b}                              ->  a/b

#include <algorithm>
#include <span>
#include <utility>

#include "scan/names.h"
#include "scan/shell_reader.h"
#include "scan/tools.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kMostInserted = 4'000'000;  // characters that variables stand for
constexpr std::size_t kMostVariables = 10'000;
constexpr std::size_t kLongestJoined = 4'000;

bool is_variable_char(char c) {
  return is_alnum(c) || c == '_';
}

}  // namespace

// `{{ model | default('a/b') }}` is one word: what it comes to, or a variable.
void Shell::filled_in(std::size_t end) {
  in_word_ = true;
  const std::string_view name = template_variable(s_.text.substr(i_, end - i_));
  const auto known = name.empty() ? scan_.variables.end() : scan_.variables.find(name);
  if (known != scan_.variables.end()) {
    insert(known, i_, end);
  } else {
    word_.variable = true;
    for (std::size_t k = i_; k < end; ++k) word_.value.add(s_.text[k], s_.place(k));
  }
  i_ = end;
}

// $X, ${X}, ${X:-otherwise}, $(X) of make; $(command) ends the command in front of it.
void Shell::variable() {
  in_word_ = true;
  const std::size_t dollar = i_;
  const char open = at(i_ + 1);
  std::size_t name = i_ + 1;
  if (open == '{' || open == '(') ++name;
  for (const std::string_view scope : {"env:", "script:", "global:", "local:", "using:"})
    if (s_.text.substr(name, scope.size()) == scope) name += scope.size();
  std::size_t end = name;
  while (end < s_.text.size() && is_variable_char(s_.text[end])) ++end;
  const std::string_view called = s_.text.substr(name, end - name);
  const auto known = scan_.variables.find(called);
  if (open == '{') {
    std::size_t close = end;
    int depth = 1;
    for (; close < s_.text.size() && close - end < 1000; ++close) {
      if (s_.text[close] == '{') ++depth;
      if (s_.text[close] == '}' && --depth == 0) break;
      if (s_.text[close] == '\n') break;
    }
    if (at(close) != '}') {
      put(i_, '$');
      ++i_;
      return;
    }
    std::string_view rest = s_.text.substr(end, close - end);
    const std::size_t otherwise = rest.starts_with(":-") || rest.starts_with(":=") ? 2
                                  : rest.starts_with("-")                          ? 1
                                                                                   : 0;
    if (otherwise > 0 && close > end + otherwise) {
      std::size_t from = end + otherwise;
      std::size_t to = close;
      if (at(from) == '"' || at(from) == '\'') ++from;
      if (to > from && (at(to - 1) == '"' || at(to - 1) == '\'')) --to;
      const bool more = s_.text.substr(from, to - from).find('$') != std::string_view::npos;
      word_.variable = word_.variable || more;
      // : "${MODEL:=a/b}"
      if (!more && key_strength(called) > 0)
        scan_pair(called, s_.text.substr(from, to - from), s_.place(from), s_.down, scan_);
      for (std::size_t k = from; k < to; ++k) word_.value.add(s_.text[k], s_.place(k));
      i_ = close + 1;
      return;
    }
    insert(known, dollar, close + 1);
    i_ = close + 1;
    return;
  }
  if (open == '(' && of_make(called, end)) return;
  if (open == '(') {
    if (at(end) == ')' && end > name && known != scan_.variables.end()) {
      insert(known, dollar, end + 1);
      i_ = end + 1;
    } else {
      word_.variable = true;
      word_.value.add('$', s_.place(i_));
      ++i_;
    }
    return;
  }
  if (end == name) {
    put(i_, '$');
    word_.variable = word_.value.text.size() > 1 || is_digit(at(i_ + 1)) || word_.variable;
    ++i_;
    return;
  }
  insert(known, dollar, end);
  i_ = end;
}

// $(or $(X),a/b), $(if $(X),$(X),a/b) of make: what it comes to when nobody sets X.
bool Shell::of_make(std::string_view function, std::size_t end) {
  constexpr std::size_t kLongest = 1'000;
  if ((function != "or" && function != "if") || at(end) != ' ') return false;
  std::size_t from = end;
  int depth = 1;
  std::size_t close = end;
  for (; close < s_.text.size() && close - end < kLongest && at(close) != '\n'; ++close) {
    if (at(close) == '(') ++depth;
    if (at(close) == ')' && --depth == 0) break;
    if (at(close) == ',' && depth == 1) from = close + 1;
  }
  const std::string_view last = text::trim(s_.text.substr(from, close - from));
  if (at(close) != ')' || from == end || last.find_first_of("$ ") != std::string_view::npos) return false;
  const std::size_t first = s_.text.find(last, from);
  for (std::size_t k = 0; k < last.size(); ++k) word_.value.add(last[k], s_.place(first + k));
  i_ = close + 1;
  return true;
}

void Shell::insert(const Variable& known, std::size_t from, std::size_t to) {
  if (known != scan_.variables.end() && inserted_ > kMostInserted) {
    scan_.sink.cut("variables of a shell that make more than 4,000,000 characters");
  } else if (known != scan_.variables.end() && word_.value.text.size() < kLongestWord) {
    inserted_ += known->second.value.text.size();
    word_.value.text += known->second.value.text;
    word_.value.map.insert(word_.value.map.end(), known->second.value.map.begin(),
                           known->second.value.map.end());
    word_.variable = word_.variable || known->second.variable;
    several_ = several_ || known->second.value.text.find(' ') != std::string::npos;
    return;
  }
  word_.variable = true;
  for (std::size_t k = from; k < to && k - from < 200; ++k) word_.value.add(s_.text[k], s_.place(k));
}

void Shell::set(std::string_view name, Word value, std::size_t longest) {
  constexpr std::size_t kLongestName = 255;
  if (name.size() > kLongestName) return scan_.sink.cut("a variable of a shell with a name that has no end");
  if (name.empty() || value.value.text.empty() || value.value.text.size() > longest) return;
  if (!std::all_of(name.begin(), name.end(), is_variable_char)) return;
  if (scan_.variables.size() >= kMostVariables)
    return scan_.sink.cut("more than 10,000 variables of a shell");
  scan_.variables.insert_or_assign(std::string(name), std::move(value));
}

// for m in a/b c/d, MODELS=(a/b c/d): the name stands for each of them.
void Shell::remember_list(std::string_view name, std::size_t from) {
  set(name, joined(std::span(words_).subspan(from)), kLongestJoined);
}

// NAME=value, export NAME=value, NAME ?= value of make, set NAME value of fish.
void Shell::remember() {
  if (words_.size() > 3 && words_[0].text() == "for" && words_[2].text() == "in")
    remember_list(words_[1].text(), 3);
  if (words_.size() > 2 && words_[0].text() == "set") set(words_[words_.size() - 2].text(), words_.back());
  for (std::size_t i = 0; i + 2 < words_.size(); ++i) {
    if (const std::string_view name = powershell_name(words_[i].text());
        !name.empty() && words_[i + 1].text() == "=")
      set(name, without_comma(words_[i + 2]));
  }
  for (const Word& w : words_) {
    std::string_view t = w.text();
    std::size_t skip = 0;
    if (t.starts_with("$env:")) skip = 5;
    std::size_t equals = t.find('=');
    if (t.starts_with("-") || equals == std::string_view::npos || equals == 0) continue;
    if (t.substr(0, equals) == "Environment" && t.find('=', equals + 1) != t.npos) {  // of systemd
      skip = equals + 1;
      equals = t.find('=', skip);
    }
    Word value;
    value.value.text = w.value.text.substr(equals + 1);
    value.value.map.assign(w.value.map.begin() + static_cast<std::ptrdiff_t>(equals) + 1, w.value.map.end());
    value.variable = w.variable;
    set(t.substr(skip, equals - skip), std::move(value));
  }
  if (words_.size() >= 3) {
    const std::string_view op = words_[1].text();
    if (op == "=" || op == ":=" || op == "?=" || op == "::=") set(words_[0].text(), words_[2]);
  }
}

}  // namespace howopen::scan
