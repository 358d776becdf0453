// The real world, and what it wants the user to know while it answers.
//
//   429 with 41 s to go  ->  "waiting 42 s for the Hub (anonymous; a token has a larger quota)" on stderr

#include "run/world.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "files/environment.h"
#include "files/streams.h"
#include "run/hub_options.h"
#include "run/look.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

// To one host, as a browser has them, for a run about a few models.
constexpr int kFewConnections = 6;

void tell_foreign_cache(const std::string& folder) {
  files::write_err(
      fmt::format("warning: the cache is not used: others may write to it; {}; chmod 700, or set "
                  "HOWOPEN_CACHE\n",
                  text::printable(folder)));
}

}  // namespace

void tell_notice(const fetch::Notice& notice, const Common& common) {
  if (common.quiet || common.no_progress) return;
  if (notice.kind == fetch::Notice::Kind::token_refused) {
    files::write_err(
        fmt::format("warning: {} refused the token; asking without it; log in again, or unset HF_TOKEN\n",
                    notice.service));
    return;
  }
  const auto seconds = (notice.wait.count() + 999) / 1000;
  if (notice.kind == fetch::Notice::Kind::silent) {
    // News on a terminal, where somebody waits; in a log only to who asks for more.
    const bool terminal = isatty(STDERR_FILENO) == 1;
    if (!terminal && common.verbosity == 0) return;
    files::write_err(
        fmt::format("{}{} ({}) has not answered for {} s; it is given up after {} s (--timeout){}\n",
                    terminal ? "\r\033[K" : "", notice.service, text::printable(notice.host), seconds,
                    (notice.wait_budget.count() + 999) / 1000,
                    files::proxied() ? "; a proxy is set: howopen doctor" : ""));
    return;
  }
  const char* hint = notice.anonymous ? " (anonymous; with a token the quota is larger)" : "";
  files::write_err(fmt::format("waiting {} s for {}{}\n", seconds, notice.service, hint));
}

Result<std::unique_ptr<World>> World::open(const Common& common) {
  TRY(fetch::OnlineOptions options, online_options(common));
  options.transport.share = false;
  options.transport.connections = std::min(options.transport.connections, kFewConnections);
  return with(common, std::move(options));
}

Result<std::unique_ptr<World>> World::open_long(const Common& common, const fetch::Watch& watch) {
  TRY(fetch::OnlineOptions options, online_options(common));
  options.transport.watch = &watch;
  options.transport.connections = std::min(common.jobs, 64);
  options.outage = std::max(options.outage, options.max_wait);
  // Thousands of models take hours of the Hub's quota, and are meant to have them. GitHub's sixty an hour are
  // not worth that.
  if (!common.max_wait_given) options.max_wait_hub = std::chrono::hours(24 * 365);
  return with(common, std::move(options));
}

Result<std::unique_ptr<World>> World::with(const Common& common, fetch::OnlineOptions options) {
  options.notice = [common](const fetch::Notice& notice) { tell_notice(notice, common); };
  fetch::CacheOptions cache;
  cache.folder = common.no_cache ? std::string() : files::cache_folder();
  cache.endpoint = options.hub.url;
  cache.most_bytes = kCacheBytes;
  cache.warn = tell_foreign_cache;
  std::unique_ptr<World> world(new World());
  TRY(world->online_, fetch::Online::open(std::move(options)));
  world->ahead_ = std::make_unique<fetch::Ahead>(*world->online_);
  world->cache_ = std::make_unique<fetch::DiskCache>(*world->ahead_, std::move(cache));
  world->local_ = std::make_unique<fetch::Local>(*world->cache_);
  return world;
}

void World::expect(const ModelRef& model, std::vector<Want> likely) {
  if (ahead_) ahead_->expect(record_want(model), std::move(likely));
}

std::vector<Want> World::in_vain(const ModelRef& model) const {
  return ahead_ ? ahead_->in_vain(record_want(model)) : std::vector<Want>();
}

std::unique_ptr<World> World::open_offline(const Common& common) {
  fetch::CacheOptions cache;
  cache.folder = common.no_cache ? std::string() : files::cache_folder();
  cache.endpoint = hub_url(common);
  cache.offline = true;
  cache.warn = tell_foreign_cache;
  std::unique_ptr<World> world(new World());
  world->hub_cache_ =
      std::make_unique<fetch::HubCache>(common.no_cache ? std::string() : files::hub_cache_folder());
  world->cache_ = std::make_unique<fetch::DiskCache>(*world->hub_cache_, std::move(cache));
  world->local_ = std::make_unique<fetch::Local>(*world->cache_);
  return world;
}

}  // namespace howopen::run
