// Where a batch puts its lines: standard output, or a file that a later run can go on with.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "files/lines.h"
#include "howopen/result.h"

namespace howopen::run {

class Results {
 public:
  struct Options {
    std::string path;  ///< "" for standard output
    bool resume = false;
    bool unordered = false;
  };
  /// Opens the file for this process alone. What is in it is an error without `resume`; with it, a torn last
  /// line is cut off. `seen` is told of each whole line of it: at once when unordered, else as done() comes
  /// to it.
  static Result<Results> open(Options options, std::function<void(std::string_view)> seen);
  Results(Results&& other) noexcept;
  Results& operator=(Results&&) = delete;
  ~Results();

  /// Whether the next model of the input, named so in its line, is in the file already. An error when the
  /// file holds the line of another model at that place.
  Result<bool> done(const std::string& ref, std::size_t input_line);
  /// All input was taken: lines that are left in the file are of no model of it.
  Result<void> check_end() const;

  enum class Wrote { whole, nobody_reads, failed };
  /// Writes a line, all of it or none.
  Wrote write(std::string_view line);
  const std::string& trouble() const { return trouble_; }  ///< why the last write failed
  /// Makes what was written last a power cut.
  bool sync();
  std::uint64_t skipped() const { return skipped_; }

 private:
  explicit Results(Options options) : options_(std::move(options)) {}
  Result<void> check_head() const;
  Result<void> cut_torn_line();

  Options options_;
  std::function<void(std::string_view)> seen_;
  int fd_ = 1;
  std::optional<files::Lines> old_;  // of the file, as it was
  std::size_t old_line_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> left_;  // by hash of the name; unordered
  std::uint64_t left_count_ = 0;
  std::uint64_t skipped_ = 0;
  std::int64_t size_ = 0;  // of whole lines
  bool dirty_ = false;
  std::string trouble_;
};

/// The name that a line of results was made for; nothing for what is no such line.
std::optional<std::string> ref_of(std::string_view line);

/// FNV-1a, 64 bits: the same everywhere and for ever, for shards.
std::uint64_t stable_hash(std::string_view s);

}  // namespace howopen::run
