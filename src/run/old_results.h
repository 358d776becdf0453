// Results of an earlier batch, to be found by name: where each line stands, what judged it, what it rests on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "files/handle.h"
#include "howopen/report.h"
#include "howopen/result.h"

namespace howopen::run {

/// 64 bits that nobody can make two things have by design.
std::uint64_t strong_hash(std::string_view s);
/// Of a question, whatever the content that is expected.
std::uint64_t strong_hash(const Want& want);

/// Of what an answer said; 0 for what was not seen. Where sizes of files do not matter, neither does it that
/// a record tells none.
std::uint64_t state_hash(std::string_view state, bool sizes);

class OldResults {
 public:
  /// What a line rests on: which question, and what its answer said.
  struct Rest {
    std::uint64_t want = 0;
    std::uint64_t state = 0;  ///< 0 for what was not seen
  };
  struct Line {
    std::uint64_t name = 0;   ///< hash of `ref`
    std::uint64_t at = 0;     ///< in the file
    std::uint32_t size = 0;   ///< with its line end
    std::uint32_t first = 0;  ///< of its rests
    std::uint16_t rests = 0;
    std::uint16_t judge = 0;  ///< number of what judged it, from 1; 0 where it does not say
    bool absent = false;      ///< the model itself was not there
  };

  /// Reads the file once. Lines of no model are passed over; a file that has nothing else is an error.
  static Result<OldResults> open(const std::string& path, bool sizes);

  const std::vector<Line>& lines() const { return lines_; }  ///< as they stand in the file
  /// The first line of this name; nothing for none.
  const Line* find(const std::string& ref) const;
  std::span<const Rest> rests(const Line& line) const { return {rests_.data() + line.first, line.rests}; }
  /// Its basis without what it rests on; nothing for a line that does not say.
  const Basis* judge(const Line& line) const { return line.judge == 0 ? nullptr : &judges_[line.judge - 1]; }
  /// The line itself; nothing where it cannot be read, or is not this model's.
  std::optional<std::string> read(const Line& line, const std::string& ref) const;
  /// The name that it is of.
  std::optional<std::string> ref(const Line& line) const;
  /// Whether the file is this one.
  bool same_file(const std::string& path) const;

 private:
  OldResults() : file_(-1) {}
  void add(std::string_view line, std::string_view ref, std::uint64_t at);
  std::optional<std::string> read(const Line& line) const;

  files::Handle file_;
  bool sizes_ = false;
  std::vector<Line> lines_;
  std::vector<Rest> rests_;
  std::vector<Basis> judges_;  // few
  std::unordered_map<std::uint64_t, std::uint32_t> by_name_;
};

/// What a line says of its basis; nothing for a line that does not.
std::optional<Basis> basis_in(std::string_view line);

}  // namespace howopen::run
