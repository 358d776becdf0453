// One table of a TOML file, read so that everything wrong with it is told in one go.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/policy.h"
#include "text/json.h"

namespace howopen::gate {

/// That one table may have: keys are looked up one by one, and each that is unknown is compared with those
/// that are known.
inline constexpr std::size_t kMostKeys = 4096;

/// A whole file; what is wrong with it, with its place and `fix`, is added to the errors.
std::optional<text::Json> parse_document(const PolicyText& file, std::vector<Error>& errors,
                                         std::string fix = {});

class Table {
 public:
  /// `name` as it stands in brackets, `licenses` or `waiver`; "" for the top of the file.
  Table(const text::Json& table, std::string name, std::string file, std::vector<Error>& errors);

  const text::Json* find(std::string_view key);   ///< null when it is not there
  const text::Json& table(std::string_view key);  ///< an empty value when it is not there
  /// Of an array of tables; a single table counts as one.
  std::vector<const text::Json*> tables(std::string_view key);

  bool string(std::string_view key, std::string& out);
  bool number(std::string_view key, double& out);
  bool boolean(std::string_view key, bool& out);
  bool strings(std::string_view key, std::vector<std::string>& out);
  std::string required(std::string_view key);
  /// `14d`, `2w`, or a number of days.
  bool days(std::string_view key, int& out);
  template <class E>
  bool word(std::string_view key, E& out) {
    std::string name;
    if (!string(key, name)) return false;
    if (const auto e = from_word<E>(name)) {
      out = *e;
      return true;
    }
    wrong_word(key, name, {std::begin(Words<E>::names), std::end(Words<E>::names)});
    return false;
  }

  /// Something is wrong with a key that is there, or with one that is not.
  void wrong(std::string_view key, std::string what, std::string fix = {});
  /// A table below this one.
  Table inner(std::string_view key) { return {table(key), dotted(key), file_, errors_}; }
  /// A hint for a number or a truth value that stands in quotes; "" where there is nothing to say.
  std::string without_quotes(std::string_view key, bool truth) const;
  /// A hint for a string where a list is wanted.
  std::string as_list(std::string_view key) const;
  void wrong_at(int line, std::string what, std::string fix = {});
  void wrong_word(std::string_view key, const std::string& name, const std::vector<std::string>& names);
  /// The line of a key and what it says, `licenses.ask`.
  PolicyLine line_of(std::string_view key) const;
  PolicyLine line_of(std::string_view key, std::string_view value) const;
  PolicyLine place() const { return {file_, table_.line, name_}; }

  /// Keys that nobody asked for are errors, with the nearest right one.
  void done();

 private:
  std::string dotted(std::string_view key) const;
  const text::Json& table_;
  std::string name_;
  std::string file_;
  std::vector<Error>& errors_;
  std::set<std::string, std::less<>> known_;
};

/// `[scan]`: which files are read, what is passed over, what names stand for.
void read_scan(Table table, Policy& policy);
/// An error for what can be no model's id and no pattern of one.
void check_model_pattern(Table& table, std::string_view key, std::string_view pattern);
/// `[hub]`: where models are looked up. An address that is none is an error here, not when it is asked.
void read_hub(Table table, Policy& policy);
/// `[use]`: what models are wanted for, and by whom.
void read_use(Table table, Policy& policy, const Catalog& catalog);
/// Who asks matters where somebody says what for: without `for` nothing is held against the rest of `[use]`.
void idle_circumstances(const Policy& policy, const std::vector<PolicyText>& files,
                        const std::vector<std::optional<text::Json>>& documents, std::vector<Error>& errors);

}  // namespace howopen::gate
