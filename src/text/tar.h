// Archives: which files a tar holds and where, without unpacking anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "text/tensors.h"

namespace howopen::text {

struct TarEntry {
  std::string path;        ///< as written, but for a leading `./`
  std::uint64_t at = 0;    ///< of its content
  std::uint64_t size = 0;  ///< of its content
  bool sparse = false;     ///< its content is not its bytes
  std::string link;        ///< what it leads to, of a link
};
struct TarList {
  std::vector<TarEntry> entries;  ///< files and links, in the order of the archive
  bool complete = false;          ///< its end was reached: a block of zeros
};

/// ustar, pax and GNU archives. `read` is asked for places that only grow, so that it may be the inflated
/// bytes of a .tar.gz; `each` is told of an entry before anything behind it is read. Lists at most `most`
/// entries; folders and devices are left out.
TarList read_tar(const ReadAt& read, std::size_t most, const std::function<void(const TarEntry&)>& each = {});

/// The bytes of a gzip file, asked for from front to back.
class Gunzip {
 public:
  /// `most` bytes are given out in all, passed over or not; nothing beyond.
  Gunzip(ReadAt compressed, std::uint64_t most);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  /// Fewer than `size` at the end, where the bytes are no gzip, and where `most` is reached; none for a place
  /// that was passed already.
  std::string read(std::uint64_t at, std::size_t size);
  /// `most` was reached.
  bool spent() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace howopen::text
