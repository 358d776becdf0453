// The words of a shell while they are read: a command, the variables that the file sets, lists.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scan/heredocs.h"
#include "scan/parts.h"

namespace howopen::scan {

class Shell {
 public:
  Shell(const Slice& s, Scan& scan) : s_(s), scan_(scan), lines_(s.text) {}

  void run();

 private:
  static constexpr std::size_t kLongestWord = 65'536;
  static constexpr std::size_t kMostWords = 4'096;

  char at(std::size_t i) const { return i < s_.text.size() ? s_.text[i] : '\0'; }
  bool opens(char c);
  bool between(char c);
  bool next_is_newline() const;
  bool line_ends_behind(std::size_t i) const;
  bool backtick_continues() const;

  void filled_in(std::size_t end);

  bool document();
  void documents();

  void put(std::size_t place, char c);

  void comment();

  void single_quoted();

  void double_quoted();

  void variable();

  bool of_make(std::string_view function, std::size_t end);

  using Variable = std::map<std::string, Word, std::less<>>::const_iterator;
  void insert(const Variable& known, std::size_t from, std::size_t to);

  void end_word();

  void push(Word word);

  void end_command();

  void remember_line();

  void set(std::string_view name, Word value, std::size_t longest = 300);

  void remember_list(std::string_view name, std::size_t from);

  void remember();

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
  enum class Commas { letters, between_words, between_commands } commas_ = Commas::letters;  // of PowerShell
  int brackets_ = 0;        // that are open since then
  std::size_t choice_ = 0;  // words in front of `{% if … %}`, of which each branch makes a command
};

}  // namespace howopen::scan
