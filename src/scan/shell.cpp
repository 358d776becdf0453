// Lines of a shell as commands of words. Continued lines are one; variables that the file itself sets are put
// in with the place where they were set; comments are read too, and count less.
//
//   M=a/b; vllm serve "$M" \      ->  command vllm, serve, a/b (as written behind M=), --port, 80
//     --port 80

#include <algorithm>
#include <span>
#include <utility>

#include "scan/names.h"
#include "scan/shell_reader.h"
#include "scan/tools.h"
#include "text/utf8.h"

namespace howopen::scan {

void Shell::run() {
  while (i_ < s_.text.size()) {
    const char c = s_.text[i_];
    if (commas_ != Commas::letters && between(c)) {
    } else if (((c == '@' && !in_word_) || c == '{') && opens(c)) {
    } else if (c == ' ' || c == '\t' || c == '\r') {
      end_word();
      ++i_;
    } else if ((c == '\\' || c == '^') && line_ends_behind(i_)) {
      // The word goes on in the next line, as a shell joins them; `^` is that of cmd.
      i_ = s_.text.find('\n', i_) + 1;
      if (scan_.recipes && at(i_) == '\t') ++i_;
    } else if (c == '\\' && next_is_newline()) {
      // With blanks behind it is meant so all the same, and the word ends.
      end_word();
      i_ = s_.text.find('\n', i_) + 1;
    } else if (const std::size_t end = template_end(s_.text, i_); end > i_) {
      filled_in(end);
    } else if (c == '#' && !in_word_) {
      comment();
    } else if (c == '\n' || c == ';' || c == '|' || c == '&' || c == '(' || c == ')' ||
               (c == '`' && !backtick_continues())) {
      // NAME=( a b ) is a list.
      std::string list;
      if (c == '(' && in_word_ && word_.value.text.ends_with('='))
        list = word_.value.text.substr(0, word_.value.text.size() - 1);
      const bool parameters = c == '(' && in_word_ && text::lower(word_.value.text) == "param";
      end_command();
      if (parameters) {
        commas_ = Commas::between_commands;
        brackets_ = 1;
      }
      if (c == '(' || c == ')') array_ = list;
      ++i_;
      if (c == '\n' && !documents_.empty()) documents();
    } else if (c == '`') {
      // PowerShell goes on in the next line behind a backtick.
      if (!line_ends_behind(i_)) end_word();
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

// @( … ) and @{ … } of PowerShell, {% if … %} of a template.
bool Shell::opens(char c) {
  constexpr std::size_t kLongestTag = 200;
  if (c == '@') {
    if (at(i_ + 1) == '(') {
      commas_ = Commas::between_words;
      brackets_ = 1;
    } else if (at(i_ + 1) == '{') {
      end_command();
    } else {
      return false;
    }
    i_ += 2;
    return true;
  }
  if (at(i_ + 1) != '%') return false;
  const std::string_view rest = s_.text.substr(i_, kLongestTag);
  const std::size_t end = rest.find("%}");
  if (end == std::string_view::npos || rest.find('\n') < end) return false;
  end_word();
  const std::size_t name = std::min(rest.find_first_not_of("{%- "), rest.size());
  const std::string_view tag = rest.substr(name, 4);
  if (tag.starts_with("if ")) {
    choice_ = words_.size();
  } else if ((tag == "else" || tag == "elif") && words_.size() > choice_) {
    // Each branch makes a command of its own.
    const std::size_t before = choice_;
    std::vector<Word> start(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(before));
    end_command();
    words_ = std::move(start);
    choice_ = before;
  }
  i_ += end + 2;
  return true;
}

// What stands between the elements of a list of PowerShell. True when `c` was that.
bool Shell::between(char c) {
  const bool words = commas_ == Commas::between_words;
  if (c == ',') {
    words || brackets_ > 1 ? end_word() : end_command();
  } else if (c == '\n' && words && documents_.empty()) {
    end_word();
  } else if (c == '(') {
    ++brackets_;
    end_word();
  } else if (c == ')') {
    if (--brackets_ == 0) commas_ = Commas::letters;
    brackets_ > 0 ? end_word() : end_command();
  } else {
    return false;
  }
  ++i_;
  return true;
}

bool Shell::next_is_newline() const {
  const std::size_t next = s_.text.find_first_not_of(" \t\r", i_ + 1);
  return next != std::string_view::npos && s_.text[next] == '\n';
}

// The newline stands right there.
bool Shell::line_ends_behind(std::size_t i) const {
  return at(i + 1) == '\n' || (at(i + 1) == '\r' && at(i + 2) == '\n');
}

// A word that goes on as well, unless the backtick closes a command of a shell.
bool Shell::backtick_continues() const {
  if (words_.empty() || !next_is_newline()) return false;
  if (!in_word_) return true;
  const std::size_t line = s_.text.rfind('\n', i_) + 1;
  return line_ends_behind(i_) && std::count(s_.text.begin() + static_cast<std::ptrdiff_t>(line),
                                            s_.text.begin() + static_cast<std::ptrdiff_t>(i_), '`') == 0;
}

// <<EOF: its text begins in the next line.
bool Shell::document() {
  const auto here = here_document(s_.text, i_);
  if (!here || !lines_.end_of(*here, std::min(s_.text.find('\n', here->behind), s_.text.size())))
    return false;
  end_word();
  documents_.push_back(*here);
  i_ = here->behind;
  return true;
}

void Shell::documents() {
  const std::vector<HereDocument> all = std::exchange(documents_, {});
  const std::vector<std::string> line = std::exchange(line_, {});
  for (const HereDocument& one : all) {
    const auto end = lines_.end_of(one, i_);
    if (!end) return;
    scan_here_document(one, line, s_.part(i_, *end - i_), scan_);
    i_ = std::min(s_.text.find('\n', *end), s_.text.size() - 1) + 1;
  }
}

void Shell::put(std::size_t place, char c) {
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

void Shell::comment() {
  const std::size_t end = std::min(s_.text.find('\n', i_), s_.text.size());
  const std::size_t start = std::min(s_.text.find_first_not_of("# \t", i_), end);
  if (scan_.depth < kLanguageDepth && end > start) {
    ++scan_.depth;
    scan_shell(s_.part(start, end - start, 1), scan_);
    --scan_.depth;
  }
  i_ = end;
}

void Shell::single_quoted() {
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

void Shell::double_quoted() {
  const std::size_t start = i_;
  in_word_ = true;
  ++i_;
  while (i_ < s_.text.size() && s_.text[i_] != '"' && i_ - start < kLongestWord) {
    if (s_.text[i_] == '\\' && i_ + 1 < s_.text.size()) {
      const bool line = line_ends_behind(i_);
      if (!line) word_.value.add(s_.text[i_ + 1], s_.place(i_ + 1));
      i_ += line && s_.text[i_ + 1] == '\r' ? 3 : 2;
    } else if (s_.text[i_] == '$') {
      variable();
    } else {
      word_.value.add(s_.text[i_], s_.place(i_));
      ++i_;
    }
  }
  ++i_;
}

void Shell::end_word() {
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

void Shell::push(Word word) {
  if (std::exchange(redirect_, false)) target_ = words_.size();
  if (words_.size() < kMostWords)
    words_.push_back(std::move(word));
  else
    scan_.sink.cut("a command with more than 4,096 words");
}

void Shell::end_command() {
  end_word();
  redirect_ = false;
  choice_ = 0;
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
void Shell::remember_line() {
  if (!line_.empty()) line_.emplace_back("|");
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (i == target_) line_.emplace_back(">");
    line_.push_back(words_[i].value.text);
  }
}

void scan_shell(const Slice& s, Scan& scan) {
  Shell(s, scan).run();
}

}  // namespace howopen::scan
