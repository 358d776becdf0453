// Options of one command, described without knowing the library that reads them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "howopen/result.h"

namespace howopen::cli {

/// Each option writes its value where it is told. Options with a long name have a twin in the environment,
/// HOWOPEN_ and the name (`--no-progress`, HOWOPEN_NO_PROGRESS); the option wins.
class OptionSet {
 public:
  OptionSet(const char* command, const char* help);
  ~OptionSet();
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  /// `names` as in "-q,--quiet"; a name without a dash is of a word that stands for itself.
  void flag(const char* names, bool& target, const char* help);
  void count(const char* names, int& target, const char* help);
  void text(const char* names, std::string& target, const char* type, const char* help);
  void number(const char* names, int& target, int least, int most, const char* help);
  void list(const char* names, std::vector<std::string>& target, const char* type, const char* help);

  /// Reads the words behind the command.
  std::optional<Error> parse(const std::vector<std::string>& words);
  /// Help was asked for, in short or at length.
  bool wants_help() const;
  bool wants_long_help() const;
  std::string help() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The program's help: its commands, a line each.
struct CommandLine {
  const char* name;
  const char* help;
};
std::string program_help(const char* about, const std::vector<CommandLine>& commands);

}  // namespace howopen::cli
