// Lines of a shell as commands of words. Continued lines are one; variables that the file itself sets are put
// in with the place where they were set; comments are read too, and count less.
//
//   M=a/b; vllm serve "$M" \      ->  command vllm, serve, a/b (as written behind M=), --port, 80
//     --port 80

#include <algorithm>
#include <span>
#include <utility>

#include "scan/heredocs.h"
#include "scan/names.h"
#include "scan/parts.h"
#include "scan/tools.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kMostInserted = 4'000'000;  // characters that variables stand for
constexpr std::size_t kLongestWord = 65'536;
constexpr std::size_t kMostWords = 4'096;
constexpr std::size_t kMostVariables = 10'000;
constexpr std::size_t kLongestJoined = 4'000;

bool is_variable_char(char c) {
  return is_alnum(c) || c == '_';
}

class Shell {
 public:
  Shell(const Slice& s, Scan& scan) : s_(s), scan_(scan), lines_(s.text) {}

  void run() {
    while (i_ < s_.text.size()) {
      const char c = s_.text[i_];
      if (c == ' ' || c == '\t' || c == '\r') {
        end_word();
        ++i_;
      } else if (c == '\\' && next_is_newline()) {
        // A word may not go on in the next line here: that is how nobody writes ids.
        end_word();
        i_ = s_.text.find('\n', i_) + 1;
      } else if (c == '#' && !in_word_) {
        comment();
      } else if (c == '\n' || c == ';' || c == '|' || c == '&' || c == '(' || c == ')' ||
                 (c == '`' && !backtick_continues())) {
        // NAME=( a b ) is a list.
        std::string list;
        if (c == '(' && in_word_ && word_.value.text.ends_with('='))
          list = word_.value.text.substr(0, word_.value.text.size() - 1);
        end_command();
        if (c == '(' || c == ')') array_ = list;
        ++i_;
        if (c == '\n' && !documents_.empty()) documents();
      } else if (c == '`') {
        // PowerShell goes on in the next line behind a backtick.
        end_word();
        i_ = s_.text.find('\n', i_) + 1;
      } else if (c == '\'') {
        single_quoted();
      } else if (c == '"') {
        double_quoted();
      } else if (c == '$') {
        variable();
      } else if (c == '<' && document()) {
      } else if (c == '>' || c == '<') {
        end_word();
        redirect_ = c == '>';
        ++i_;
      } else {
        put(i_++, c);
      }
    }
    end_command();
  }

 private:
  char at(std::size_t i) const { return i < s_.text.size() ? s_.text[i] : '\0'; }
  bool next_is_newline() const {
    const std::size_t next = s_.text.find_first_not_of(" \t\r", i_ + 1);
    return next != std::string_view::npos && s_.text[next] == '\n';
  }
  bool backtick_continues() const { return !in_word_ && !words_.empty() && next_is_newline(); }

  // <<EOF: its text begins in the next line.
  bool document() {
    const auto here = here_document(s_.text, i_);
    if (!here || !lines_.end_of(*here, std::min(s_.text.find('\n', here->behind), s_.text.size())))
      return false;
    end_word();
    documents_.push_back(*here);
    i_ = here->behind;
    return true;
  }
  void documents() {
    const std::vector<HereDocument> all = std::exchange(documents_, {});
    const std::vector<std::string> line = std::exchange(line_, {});
    for (const HereDocument& one : all) {
      const auto end = lines_.end_of(one, i_);
      if (!end) return;
      scan_here_document(one, line, s_.part(i_, *end - i_), scan_);
      i_ = std::min(s_.text.find('\n', *end), s_.text.size() - 1) + 1;
    }
  }

  void put(std::size_t place, char c) {
    in_word_ = true;
    if (word_.value.text.size() < kLongestWord)
      word_.value.add(c, s_.place(place));
    else
      scan_.sink.cut("a word of a command with more than 65,536 characters");
    if (c == '\\' && at(i_) != '\0' && at(i_) != '\n') {
      // The character behind stands for itself.
      word_.value.text.back() = at(i_);
      word_.value.map.back() = static_cast<std::uint32_t>(s_.place(i_));
      ++i_;
    }
  }

  void comment() {
    const std::size_t end = std::min(s_.text.find('\n', i_), s_.text.size());
    const std::size_t start = std::min(s_.text.find_first_not_of("# \t", i_), end);
    if (scan_.depth < kLanguageDepth && end > start) {
      ++scan_.depth;
      scan_shell(s_.part(start, end - start, 1), scan_);
      --scan_.depth;
    }
    i_ = end;
  }

  void single_quoted() {
    const std::size_t end = s_.text.find('\'', i_ + 1);
    // An apostrophe of prose: without a partner it is a letter.
    if (end == std::string_view::npos || end - i_ > kLongestWord) {
      put(i_, '\'');
      ++i_;
      return;
    }
    in_word_ = true;
    for (++i_; i_ < end; ++i_) word_.value.add(s_.text[i_], s_.place(i_));
    i_ = end + 1;
  }

  void double_quoted() {
    const std::size_t start = i_;
    in_word_ = true;
    ++i_;
    while (i_ < s_.text.size() && s_.text[i_] != '"' && i_ - start < kLongestWord) {
      if (s_.text[i_] == '\\' && i_ + 1 < s_.text.size()) {
        if (s_.text[i_ + 1] != '\n') word_.value.add(s_.text[i_ + 1], s_.place(i_ + 1));
        i_ += 2;
      } else if (s_.text[i_] == '$') {
        variable();
      } else {
        word_.value.add(s_.text[i_], s_.place(i_));
        ++i_;
      }
    }
    ++i_;
  }

  // $X, ${X}, ${X:-otherwise}, $(X) of make; $(command) ends the command in front of it.
  void variable() {
    in_word_ = true;
    const std::size_t dollar = i_;
    const char open = at(i_ + 1);
    std::size_t name = i_ + 1;
    if (open == '{' || open == '(') ++name;
    if (s_.text.substr(name, 4) == "env:") name += 4;
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
  bool of_make(std::string_view function, std::size_t end) {
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

  template <class It>
  void insert(const It& known, std::size_t from, std::size_t to) {
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

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    if (!std::exchange(several_, false)) return push(std::exchange(word_, {}));
    // A variable that holds options: `ARGS="--model a/b"`, `serve $ARGS`.
    const Word whole = std::exchange(word_, {});
    Word part;
    part.variable = whole.variable;
    for (std::size_t i = 0; i <= whole.value.text.size(); ++i) {
      const bool blank = i == whole.value.text.size() || text::is_blank(whole.value.text[i]);
      if (!blank) part.value.add(whole.value.text[i], whole.value.map[i]);
      if (!blank || part.value.text.empty()) continue;
      push(std::move(part));
      part = {};
      part.variable = whole.variable;
    }
  }

  void push(Word word) {
    if (std::exchange(redirect_, false)) target_ = words_.size();
    if (words_.size() < kMostWords)
      words_.push_back(std::move(word));
    else
      scan_.sink.cut("a command with more than 4,096 words");
  }

  void end_command() {
    end_word();
    redirect_ = false;
    if (words_.empty()) return;
    if (!documents_.empty()) remember_line();
    target_ = kMostWords;
    without_prefix(words_);
    if (!array_.empty()) {
      for (const Word& w : words_) {
        if (w.variable || w.value.map.empty()) continue;
        // MODELS=([small]=a/b)
        const std::size_t index = w.text().starts_with("[") ? w.text().find("]=") : std::string_view::npos;
        const std::size_t from = index == std::string_view::npos ? 0 : index + 2;
        if (from < w.value.map.size())
          scan_pair(array_, w.text().substr(from), w.value.map[from], s_.down, scan_);
      }
    }
    if (!array_.empty()) remember_list(array_, 0);
    remember();
    scan_command(words_, s_.down, scan_);
    words_.clear();
  }

  // The commands of a line with a document, which one of them reads.
  void remember_line() {
    if (!line_.empty()) line_.emplace_back("|");
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (i == target_) line_.emplace_back(">");
      line_.push_back(words_[i].value.text);
    }
  }

  void set(std::string_view name, Word value, std::size_t longest = 300) {
    constexpr std::size_t kLongestName = 255;
    if (name.size() > kLongestName)
      return scan_.sink.cut("a variable of a shell with a name that has no end");
    if (name.empty() || value.value.text.empty() || value.value.text.size() > longest) return;
    if (!std::all_of(name.begin(), name.end(), is_variable_char)) return;
    if (scan_.variables.size() >= kMostVariables)
      return scan_.sink.cut("more than 10,000 variables of a shell");
    scan_.variables.insert_or_assign(std::string(name), std::move(value));
  }

  // for m in a/b c/d, MODELS=(a/b c/d): the name stands for each of them.
  void remember_list(std::string_view name, std::size_t from) {
    set(name, joined(std::span(words_).subspan(from)), kLongestJoined);
  }

  // NAME=value, export NAME=value, NAME ?= value of make, set NAME value of fish.
  void remember() {
    if (words_.size() > 3 && words_[0].text() == "for" && words_[2].text() == "in")
      remember_list(words_[1].text(), 3);
    if (words_.size() > 2 && words_[0].text() == "set") set(words_[words_.size() - 2].text(), words_.back());
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
      value.value.map.assign(w.value.map.begin() + static_cast<std::ptrdiff_t>(equals) + 1,
                             w.value.map.end());
      value.variable = w.variable;
      set(t.substr(skip, equals - skip), std::move(value));
    }
    if (words_.size() >= 3) {
      const std::string_view op = words_[1].text();
      if (op == "=" || op == ":=" || op == "?=" || op == "::=") set(words_[0].text(), words_[2]);
    }
  }

  const Slice& s_;
  Scan& scan_;
  HereLines lines_;
  std::vector<HereDocument> documents_;  // that this line begins
  std::vector<std::string> line_;        // its words, when it does
  bool redirect_ = false;                // the next word is a file that is written
  std::size_t target_ = kMostWords;      // which one was
  std::size_t i_ = 0;
  std::vector<Word> words_;
  Word word_;
  bool in_word_ = false;
  std::size_t inserted_ = 0;  // characters that variables made so far
  bool several_ = false;      // the word holds a variable with blanks in it
  std::string array_;         // name of the list that is being read
};

}  // namespace

void scan_shell(const Slice& s, Scan& scan) {
  Shell(s, scan).run();
}

}  // namespace howopen::scan
