// Lines that are never lost and never doubled. A line is appended by one write; what a full disk tore is
// taken back; whoever is killed leaves whole lines and at most one torn one, which the next run cuts off.
//
//   file: a/b's line, half of c/d's     --resume, input a/b c/d e/f  ->  a/b is done, c/d and e/f are judged

#include "run/results.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "files/file_io.h"
#include "files/lines.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

constexpr std::size_t kLongestLine = 64u << 20;  // of results; real ones have 10 kB

// How render_line() begins one.
constexpr std::string_view kHead = "{\"schema_version\":\"1.0.0\",\"ref\":\"";

}  // namespace

std::optional<std::string> ref_of(std::string_view line) {
  // Without reading the rest.
  if (line.starts_with(kHead) && line.ends_with('}')) {
    const std::string_view rest = line.substr(kHead.size());
    const std::size_t end = rest.find_first_of("\"\\");
    if (end != std::string_view::npos && rest[end] == '"') return std::string(rest.substr(0, end));
  }
  const auto json = text::parse_json(line);
  if (!json) return std::nullopt;
  const auto ref = (*json)["ref"].string();
  return ref ? std::optional(std::string(*ref)) : std::nullopt;
}

std::uint64_t stable_hash(std::string_view s) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : s) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

Results::Results(Results&& o) noexcept
    : options_(std::move(o.options_)),
      seen_(std::move(o.seen_)),
      fd_(std::exchange(o.fd_, -1)),
      old_(std::move(o.old_)),
      old_line_(o.old_line_),
      left_(std::move(o.left_)),
      left_count_(o.left_count_),
      skipped_(o.skipped_),
      size_(o.size_),
      dirty_(o.dirty_) {}

Results::~Results() {
  if (fd_ > STDOUT_FILENO) close(fd_);
}

Result<Results> Results::open(Options options, std::function<void(std::string_view)> seen) {
  Results out(std::move(options));
  out.seen_ = std::move(seen);
  const std::string& path = out.options_.path;
  if (path.empty()) return out;
  if (auto inside = files::stays_inside(path); !inside) return tl::unexpected<Error>(inside.error());
  // A link is refused: whoever put it there would choose which file grows.
  out.fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (out.fd_ < 0) {
    const bool link = errno == ELOOP;
    return fail(Fault::usage,
                link ? "a link, not a file" : std::string("cannot be written: ") + std::strerror(errno), path,
                link ? "name the file that it leads to" : "");
  }
  struct stat info {};
  if (fstat(out.fd_, &info) != 0 || !S_ISREG(info.st_mode)) return out;  // a device or pipe holds no lines
  if (flock(out.fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return fail(Fault::usage, "another batch writes to this file", path, "let it end, or name another file");
  if (fstat(out.fd_, &info) != 0) return fail(Fault::usage, "cannot be read", path);
  out.size_ = info.st_size;
  if (out.size_ == 0) return out;
  if (!out.options_.resume)
    return fail(Fault::usage, "there are results in this file already", path,
                "--resume goes on with them\nor name another file");
  // Nothing is cut off a file that is not a batch's own.
  if (auto own = out.check_head(); !own) return tl::unexpected<Error>(own.error());
  if (auto cut = out.cut_torn_line(); !cut) return tl::unexpected<Error>(cut.error());
  TRY(files::Lines old, files::Lines::open(path, kLongestLine));
  out.old_.emplace(std::move(old));
  if (!out.options_.unordered) return out;
  std::string line;
  while (out.old_->next(line, true) == files::Lines::Got::line) {
    ++out.old_line_;
    const auto ref = ref_of(line);
    if (!ref)
      return fail(Fault::usage, "not a line of results", fmt::format("{}:{}", path, out.old_line_),
                  "name the file of an earlier batch");
    ++out.left_[stable_hash(*ref)];
    ++out.left_count_;
    out.seen_(line);
  }
  out.old_.reset();
  return out;
}

// The first line is one of results, or the torn beginning of one.
Result<void> Results::check_head() const {
  std::string head(kHead.size(), '\0');
  const ssize_t n = pread(fd_, head.data(), head.size(), 0);
  if (n < 0) return fail(Fault::usage, "cannot be read", options_.path);
  head.resize(static_cast<std::size_t>(n));
  if (kHead.starts_with(head)) return {};
  return fail(Fault::usage, "not a file of results", options_.path, "name the file of an earlier batch");
}

// A line without its end was being written when somebody was killed.
Result<void> Results::cut_torn_line() {
  std::string tail(65536, '\0');
  std::int64_t end = size_;
  while (end > 0) {
    const std::int64_t from = std::max<std::int64_t>(0, end - static_cast<std::int64_t>(tail.size()));
    const ssize_t n = pread(fd_, tail.data(), static_cast<std::size_t>(end - from), from);
    if (n <= 0) return fail(Fault::usage, "cannot be read", options_.path);
    const std::size_t newline = std::string_view(tail.data(), static_cast<std::size_t>(n)).rfind('\n');
    if (newline != std::string_view::npos) {
      end = from + static_cast<std::int64_t>(newline) + 1;
      break;
    }
    end = from;
  }
  if (end == size_) return {};
  std::string torn(std::min<std::size_t>(kHead.size(), static_cast<std::size_t>(size_ - end)), '\0');
  if (pread(fd_, torn.data(), torn.size(), end) != static_cast<ssize_t>(torn.size()) ||
      !kHead.starts_with(torn))
    return fail(Fault::usage, "what stands behind its last whole line is no line of results", options_.path,
                "look at the end of the file");
  if (ftruncate(fd_, end) != 0)
    return fail(Fault::usage, std::string("cannot be written: ") + std::strerror(errno), options_.path);
  size_ = end;
  return {};
}

Result<bool> Results::done(const std::string& ref, std::size_t input_line) {
  if (options_.unordered) {
    const auto found = left_.find(stable_hash(ref));
    if (found == left_.end()) return false;
    if (--found->second == 0) left_.erase(found);
    --left_count_;
    ++skipped_;
    return true;
  }
  if (!old_) return false;
  std::string line;
  if (old_->next(line, true) != files::Lines::Got::line) {
    old_.reset();
    return false;
  }
  ++old_line_;
  const auto there = ref_of(line);
  if (!there || *there != ref)
    return fail(Fault::usage,
                fmt::format("line {} is {}, and line {} of the input is {}", old_line_,
                            there ? "of " + text::printable(*there) : "no line of results", input_line,
                            text::printable(ref)),
                options_.path, "resume with the input it was made from, or name another file");
  ++skipped_;
  seen_(line);
  return true;
}

Result<void> Results::check_end() const {
  bool more = left_count_ > 0;
  if (old_) {
    std::string line;
    more = const_cast<files::Lines&>(*old_).next(line, true) == files::Lines::Got::line;
  }
  if (!more) return {};
  return fail(Fault::usage,
              options_.unordered
                  ? fmt::format("{} lines are of models that are not in the input", left_count_)
                  : fmt::format("line {} and what follows it is of no line of the input", old_line_ + 1),
              options_.path, "resume with the input it was made from, or name another file");
}

Results::Wrote Results::write(std::string_view line) {
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t n = ::write(fd_, rest.data(), rest.size());
    if (n > 0) {
      rest.remove_prefix(static_cast<std::size_t>(n));
      continue;
    }
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EPIPE) return Wrote::nobody_reads;
    trouble_ = n < 0 ? std::strerror(errno) : "nothing was taken";
    // What is torn helps nobody; it can be taken back from a file, not from a pipe.
    if (rest.size() < line.size() && !options_.path.empty()) {
      if (ftruncate(fd_, size_) != 0) trouble_ += "; the last line is torn, --resume cuts it off";
    }
    return Wrote::failed;
  }
  size_ += static_cast<std::int64_t>(line.size());
  dirty_ = true;
  return Wrote::whole;
}

bool Results::sync() {
  if (options_.path.empty() || !std::exchange(dirty_, false)) return true;
  if (fdatasync(fd_) == 0 || errno == EINVAL || errno == EROFS) return true;
  trouble_ = std::strerror(errno);
  return false;
}

}  // namespace howopen::run
