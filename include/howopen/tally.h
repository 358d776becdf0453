/// What `howopen summary` makes of the lines of a batch: counts over many models, which a batch says at its
/// end too, and a table with a row a model.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "howopen/report.h"
#include "howopen/verdict.h"

namespace howopen {

/// Memory does not grow with the number of models: only words of the report's own vocabulary are counted.
class Tally {
 public:
  /// What is counted of one model.
  struct Entry {
    std::string ref;
    Rung rung = Rung::undetermined;
    LicenseClass license = LicenseClass::unknown;
    std::array<State, kComponents> states{};
    std::vector<std::string> conflicts;
    std::vector<std::pair<howopen::Trouble, std::string>> errors;
    std::vector<std::pair<Purpose, Permission>> uses;
  };
  static Entry of(const Verdict& verdict);

  void add(const Entry& entry);
  /// A line as render_line() makes it; false for what is no such line.
  bool add_line(std::string_view json);

  std::int64_t models() const { return models_; }
  std::int64_t undetermined() const;
  /// Somebody was asked and did not answer: another time they may.
  bool unanswered() const;
  /// `1,000 models: 412 open-weights, …`, without a line end.
  std::string in_words() const;
  std::string render(Format format, const Style& style) const;

 private:
  using Counts = std::map<std::string, std::int64_t, std::less<>>;
  struct Trouble {
    std::int64_t count = 0;
    std::string ref;  ///< the first model that met it
    std::string message;
  };
  void count(Counts& counts, std::string_view word) const;
  void trouble(std::string_view kind, std::string_view ref, std::string_view message);

  std::int64_t models_ = 0;
  Counts verdicts_;
  Counts classes_;
  std::array<Counts, kComponents> components_;
  std::map<Purpose, Counts> uses_;  ///< answers
  Counts conflicts_;
  std::map<std::string, Trouble, std::less<>> troubles_;
};

/// The columns of `audit -o csv` that say what a model is, and its conflicts and errors; CRLF behind each.
std::string csv_head();
/// A line as render_line() makes it, as a row; "" for what is no such line.
std::string csv_row(std::string_view line, const Catalog& catalog);

}  // namespace howopen
