// Options of one command: one table that parsing, help, man pages and completions are made from.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "howopen/result.h"

namespace CLI {
class Error;
}

namespace howopen::cli {

/// One row of the table.
struct OptionLine {
  std::vector<std::string> names;  ///< "-q", "--quiet"; without a dash: of a word that stands for itself
  std::string type;                ///< of the value, FILE; "" for a flag
  std::string help;
  std::string group;                 ///< heading it stands under, "" for the command's own
  std::vector<std::string> choices;  ///< values that there are, when they are few
  bool repeats = false;

  bool is_word() const { return names.front()[0] != '-'; }
};

/// Each option writes its value where it is told. Options with a long name have a twin in the environment,
/// HOWOPEN_ and the name (`--no-progress`, HOWOPEN_NO_PROGRESS); the option wins.
class OptionSet {
 public:
  using Choices = std::vector<std::string>;

  explicit OptionSet(std::string command);
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  /// What follows stands under this heading of the help.
  void group(const char* title) { group_ = title; }

  /// `names` as in "-q,--quiet"; a name without a dash is of a word that stands for itself.
  void flag(const char* names, bool& target, const char* help);
  void count(const char* names, int& target, const char* help);
  void text(const char* names, std::string& target, const char* type, const char* help, Choices choices = {});
  void number(const char* names, int& target, int least, int most, const char* help);
  void list(const char* names, std::vector<std::string>& target, const char* type, const char* help,
            Choices choices = {});

  /// Reads the words behind the command, then the environment for what they do not say.
  std::optional<Error> parse(const std::vector<std::string>& words);
  /// The same error, where an option's value came from the environment with the name of the variable.
  Error as_given(Error error) const;
  /// Help was asked for, in short or at length.
  bool wants_help() const { return short_help_ || long_help_; }
  bool wants_long_help() const { return long_help_; }
  const std::vector<OptionLine>& lines() const { return lines_; }

 private:
  struct Taker {
    bool takes_value = true;
    /// Takes a value ("" of a flag); says what is wrong with it, "" if nothing.
    std::function<std::string(const std::string&)> take;
    /// The same for the word of a variable.
    std::function<std::string(const std::string&)> take_variable;
    bool seen = false;
    bool from_environment = false;
  };
  void add(const char* names, std::string type, const char* help, Choices choices, bool repeats, Taker taker);
  std::optional<std::size_t> named(std::string_view name) const;
  std::optional<Error> set(std::size_t option, std::string_view name, const std::string& value);
  std::optional<Error> read_words(const std::vector<std::string>& words);
  Error misread(const CLI::Error& error, const std::string& rest) const;
  std::optional<Error> read_environment();
  Error unknown(const std::string& word) const;

  std::string command_;
  std::string group_;
  std::vector<OptionLine> lines_;
  std::vector<Taker> takers_;
  bool short_help_ = false;
  bool long_help_ = false;
};

/// `--no-progress` -> HOWOPEN_NO_PROGRESS; "" for a row without a long name.
std::string variable_of(const OptionLine& line);

}  // namespace howopen::cli
