// Lines as they come: a producer that thinks between two lines must not hold up what it has asked for
// already.
//
//   printf 'a/b\nc/d' |  ->  "a/b" whole, "c/d" without a line end, end

#include "files/lines.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace howopen::files {

Lines::Lines(int fd, std::string name, std::size_t most, int stop)
    : fd_(fd), name_(std::move(name)), most_(most), stop_(stop) {
  struct stat info {};
  if (fstat(fd_, &info) == 0 && S_ISREG(info.st_mode)) total_ = static_cast<std::uint64_t>(info.st_size);
}

Lines::Lines(Lines&& o) noexcept
    : fd_(std::exchange(o.fd_, -1)),
      name_(std::move(o.name_)),
      most_(o.most_),
      stop_(o.stop_),
      buffer_(std::move(o.buffer_)),
      at_(o.at_),
      ended_(o.ended_),
      cut_(o.cut_),
      whole_(o.whole_),
      total_(o.total_),
      taken_(o.taken_) {}

Lines::~Lines() {
  if (fd_ > STDIN_FILENO) close(fd_);
}

Result<Lines> Lines::open(const std::string& path, std::size_t most, int stop) {
  if (path == "-") return Lines(STDIN_FILENO, "standard input", most, stop);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail(Fault::usage,
                errno == ENOENT ? "no such file" : std::string("cannot be read: ") + std::strerror(errno),
                path);
  struct stat info {};
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    close(fd);
    return fail(Fault::usage, "a folder, not a file", path);
  }
  return Lines(fd, path, most, stop);
}

bool Lines::ready(bool wait) const {
  pollfd fds[2] = {{fd_, POLLIN, 0}, {stop_, POLLIN, 0}};
  while (poll(fds, 2, wait ? 1000 : 0) < 0) {
    if (errno != EINTR) return true;  // the read will say
  }
  return fds[0].revents != 0;
}

Lines::Got Lines::next(std::string& line, bool wait) {
  cut_ = false;
  for (;;) {
    const std::size_t end = buffer_.find('\n', std::max(at_, scanned_));
    const bool last = end == std::string::npos;
    const std::size_t length = (last ? buffer_.size() : end) - at_;
    if (!last || (ended_ && length > 0)) {
      if (length > most_) cut_ = true;
      line.assign(buffer_, at_, std::min(length, most_));
      whole_ = !last;
      at_ += length + (last ? 0 : 1);
      scanned_ = 0;
      taken_ += length + (last ? 0 : 1);
      return Got::line;
    }
    if (ended_) return Got::end;
    buffer_.erase(0, std::exchange(at_, 0));
    scanned_ = buffer_.size();
    if (!ready(wait)) return Got::blocked;
    // Of a line that is too long its head is kept, to show it, and one byte more, to know it.
    if (buffer_.size() > most_ + 1) {
      taken_ += buffer_.size() - most_ - 1;
      buffer_.resize(most_ + 1);
      scanned_ = buffer_.size();
    }
    char chunk[65536];
    const ssize_t n = ::read(fd_, chunk, sizeof(chunk));
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return Got::blocked;
    if (n < 0) return Got::failed;
    if (n == 0) ended_ = true;
    buffer_.append(chunk, static_cast<std::size_t>(n));
  }
}

}  // namespace howopen::files
