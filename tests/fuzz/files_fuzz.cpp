// What a checkout, a cache and a saved file hold: git's index, ignore files, globs, bundles, locks, quotas,
// addresses.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fetch/http.h"
#include "fetch/replay.h"
#include "fetch/retry.h"
#include "files/git_index.h"
#include "files/ignore.h"
#include "howopen/lock.h"
#include "hub/ids.h"
#include "text/glob.h"

namespace {

using namespace howopen;

// Both halves of the bytes, at the first zero.
std::pair<std::string_view, std::string_view> halves(std::string_view bytes) {
  const std::size_t zero = bytes.find('\0');
  return {bytes.substr(0, zero),
          zero == std::string_view::npos ? std::string_view() : bytes.substr(zero + 1)};
}

void lock(std::string_view bytes) {
  const ReadLock read = read_lock({"howopen.lock", std::string(bytes)});
  if (!read.errors.empty()) return;
  // What is read is written so that it is read again as the same.
  const std::string written = write_lock(read.models);
  const ReadLock again = read_lock({"howopen.lock", written});
  if (!again.errors.empty() || write_lock(again.models) != written) std::abort();
}

void bundle(std::string_view bytes) {
  const auto read = fetch::load_bundle(bytes, "x.json");
  if (!read) return;
  const std::string saved = fetch::save_bundle(*read);
  const auto again = fetch::load_bundle(saved, "x.json");
  if (!again || fetch::save_bundle(*again) != saved) std::abort();
}

void ignore(std::string_view bytes) {
  const auto [file, path] = halves(bytes);
  files::Ignore lines;
  lines.enter("", file);
  lines.enter("a/b", file);
  // Asked for what lies below the folders that were entered.
  (void)lines.ignores("a/b/" + std::string(path), false);
  (void)lines.ignores("a/b/" + std::string(path), true);
}

void address(std::string_view bytes) {
  const std::string out = fetch::without_logins(bytes);
  (void)fetch::without_secrets(bytes);
  (void)fetch::masked(bytes);
  const std::string encoded = fetch::encode(bytes, true);
  for (const char c : encoded) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '?' || c == '#') std::abort();
  }
  if (const auto reference = hub::read_reference(bytes); reference && !hub::is_repository_id(reference->id))
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto [first, second] = halves(bytes);
  switch (data[0] % 7) {
    case 0: {
      const auto paths = files::index_paths(bytes);
      std::size_t sum = 0;
      for (const std::string& p : paths) sum += p.size();
      if (sum > 64 * size + 65'536) std::abort();
      break;
    }
    case 1:
      ignore(bytes);
      break;
    case 2:
      (void)text::glob(first, second);
      (void)text::path_glob(first, second);
      break;
    case 3:
      bundle(bytes);
      break;
    case 4:
      lock(bytes);
      break;
    case 5:
      (void)fetch::read_window(first, second);
      break;
    default:
      address(bytes);
      break;
  }
  return 0;
}
