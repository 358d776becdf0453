// Files are read once, in pieces; a digest is faster than most disks.

#include "files/digests.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "facts/names.h"
#include "files/handle.h"
#include "files/thread_pool.h"
#include "text/digest.h"

namespace howopen::files {
namespace {

constexpr std::size_t kPiece = 1u << 20;
// Git LFS takes what is larger than 10 MB; a repository may hold some more.
constexpr std::int64_t kMostGit = 64'000'000;

DiskFile hashed(const std::string& name, const fetch::LocalModel::File& file) {
  DiskFile out;
  out.name = name;
  out.set = set_of(name);
  const auto failed = [&](std::string why) {
    out.trouble = std::move(why);
    return out;
  };
  if (file.body) return failed("lies in a compressed archive: unpack it");
  const Handle handle(open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!handle.good()) return failed("cannot be read");
  const int fd = handle.get();
  struct stat status = {};
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return failed("is no file");
  posix_fadvise(fd, static_cast<off_t>(file.at), file.size, POSIX_FADV_SEQUENTIAL);
  text::Digest sha256;
  text::Digest git(static_cast<std::uint64_t>(file.size));
  const bool small = file.size <= kMostGit;
  std::vector<char> piece(kPiece);
  std::int64_t read = 0;
  while (read < file.size) {
    const auto most = static_cast<std::size_t>(std::min<std::int64_t>(kPiece, file.size - read));
    const ssize_t n = pread(fd, piece.data(), most, static_cast<off_t>(file.at) + read);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return failed("cannot be read to its end");
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(n));
    sha256.add(bytes);
    if (small) git.add(bytes);
    read += n;
  }
  out.sha256 = sha256.hex();
  if (small) out.git = git.hex();
  return out;
}

}  // namespace

std::string set_of(const std::string& path) {
  const auto weight = facts::weight_file(path);
  return weight ? weight->set : std::string();
}

LocalFiles weights_of(const fetch::LocalModel& model) {
  LocalFiles out;
  for (const auto& [name, file] : model.files) {
    if (facts::weight_file(name)) out.emplace(name, file);
  }
  return out;
}

std::vector<std::vector<DiskFile>> digests_of(const std::vector<LocalFiles>& models) {
  std::vector<std::vector<DiskFile>> out;
  for (const LocalFiles& files : models) out.emplace_back(files.size());
  ThreadPool pool(processors() - 1);
  for (std::size_t i = 0; i < models.size(); ++i) {
    DiskFile* to = out[i].data();
    for (const auto& [name, file] : models[i]) {
      pool.submit([&name = name, &file = file, to] {
        *to = hashed(name, file);
        return [] {};
      });
      ++to;
    }
  }
  while (pool.wait()) {
  }
  return out;
}

ExpectedFiles expected_of(const LockedModel& m, const std::string& path) {
  ExpectedFiles out{m.id, m.revision, fmt::format("{}:{}", path, std::max(1, m.line)), {}};
  for (const auto& [name, digest] : m.files) out.files[name] = {digest, set_of(name)};
  return out;
}

std::optional<ExpectedFiles> expected_of(const Facts& f) {
  if (f.origin != Origin::hub && f.origin != Origin::cache) return std::nullopt;
  ExpectedFiles out{f.id, f.revision, f.origin == Origin::hub ? "the Hub" : "the Hub's cache", {}};
  for (const WeightFile& w : f.weights.files)
    out.files[w.path] = {w.digest.empty() ? std::string(kNotSeen) : w.digest, set_of(w.path)};
  return out;
}

}  // namespace howopen::files
