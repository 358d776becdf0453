// Bytes as a policy, as a policy over another, as a lock. What was read of a lock is written and read again
// as the same.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "howopen/lock.h"
#include "howopen/policy.h"

namespace {

void check(bool ok) {
  if (!ok) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace howopen;
  static const Catalog catalog = std::move(*Catalog::load());
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    (void)extends_of({"a.toml", text});
    const std::size_t half = text.find("\n---\n");
    const ReadPolicy one = read_policy({{"a.toml", text.substr(0, half)}}, catalog);
    for (const std::string& rule : gate_rules()) check(level_of(rule, one.policy).has_value());
    if (half != std::string::npos)
      read_policy({{"a.toml", text.substr(0, half)}, {"b.toml", text.substr(half + 5)}}, catalog);
    waiver_notices(one.policy, {}, "2026-11-24");
    return 0;
  }
  const ReadLock lock = read_lock({"howopen.lock", text});
  if (!lock.errors.empty()) return 0;
  const std::string written = write_lock(lock.models);
  const ReadLock again = read_lock({"howopen.lock", written});
  check(again.errors.empty() && write_lock(again.models) == written);
  return 0;
}
