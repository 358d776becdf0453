// howopen cache: what is kept on disk, and less of it.
//
//   howopen cache prune --max-size 10MB  ->  "removed 31.2 MB, 9.9 MB left"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "fetch/disk_cache.h"
#include "files/environment.h"
#include "run/options.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

using text::Json;

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::uint64_t total(const std::vector<fetch::CacheEntry>& entries) {
  std::uint64_t out = 0;
  for (const fetch::CacheEntry& e : entries) out += e.bytes;
  return out;
}

std::string listed(const std::string& folder, Format format, bool names) {
  const auto entries = fetch::list_cache(folder);
  if (format == Format::json) {
    Json out;
    out.set("folder", Json(folder));
    out.set("bytes", Json(static_cast<std::int64_t>(total(entries))));
    Json& list = out.set("entries", Json::array());
    for (const fetch::CacheEntry& e : entries) {
      Json one;
      one.set("name", Json(e.name));
      one.set("bytes", Json(static_cast<std::int64_t>(e.bytes)));
      one.set("what", Json(fetch::describe_cached(folder, e)));
      list.push(std::move(one));
    }
    return text::write_json(out, true);
  }
  std::string out;
  for (const fetch::CacheEntry& e : entries)
    out += fmt::format("{:>10}  {}\n", e.bytes,
                       text::printable(names ? e.name : fetch::describe_cached(folder, e)));
  return out + fmt::format("{} entries, {} of {} in {}\n", entries.size(), megabytes(total(entries)),
                           megabytes(run::kCacheBytes), text::printable(folder));
}

}  // namespace

Result<int> cache(const CachePlan& plan, const Common& common) {
  const std::string folder = files::cache_folder();
  if (folder.empty())
    return fail(Fault::usage, "there is no place for a cache", "HOME", "set HOWOPEN_CACHE or XDG_CACHE_HOME");
  std::string line;  // the same in every format
  if (plan.action == CachePlan::Action::path) line = folder + "\n";
  if (plan.action == CachePlan::Action::prune) {
    const std::uint64_t removed = fetch::prune_cache(folder, plan.most_bytes);
    line =
        fmt::format("removed {}, {} left\n", megabytes(removed), megabytes(total(fetch::list_cache(folder))));
  }
  const auto written = emit(common, [&](Format format, const Style& style) {
    return plan.action == CachePlan::Action::ls ? listed(folder, format, style.verbosity > 0) : line;
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
