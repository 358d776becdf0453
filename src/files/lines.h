// Lines of a file or pipe, read when they are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "howopen/result.h"

namespace howopen::files {

class Lines {
 public:
  /// `-` is standard input. A line may have `most` bytes; what is longer is cut, and said to be.
  static Result<Lines> open(const std::string& path, std::size_t most, int stop = -1);
  Lines(Lines&& other) noexcept;
  Lines& operator=(Lines&&) = delete;
  ~Lines();

  enum class Got { line, blocked, end, failed };
  /// Without `wait`, says that it is blocked where a read would wait. Also when `stop` becomes readable.
  Got next(std::string& line, bool wait);
  bool cut() const { return cut_; }      ///< the last line was longer than it may be
  bool whole() const { return whole_; }  ///< the last line had a line end
  int file() const { return fd_; }
  std::uint64_t total() const { return total_; }  ///< bytes of the file, 0 where that is not known
  std::uint64_t taken() const { return taken_; }  ///< bytes of the lines that were handed out
  const std::string& name() const { return name_; }

 private:
  Lines(int fd, std::string name, std::size_t most, int stop);
  bool ready(bool wait) const;

  int fd_;
  std::string name_;
  std::size_t most_;
  int stop_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t scanned_ = 0;  // up to there no line ends
  bool ended_ = false;
  bool cut_ = false;
  bool whole_ = true;
  std::uint64_t total_ = 0;
  std::uint64_t taken_ = 0;
};

}  // namespace howopen::files
