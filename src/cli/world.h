// The sources that answer for real, put together: the services, and the cache in front of them.
#pragma once

#include <memory>

#include "cli/options.h"
#include "fetch/disk_cache.h"
#include "fetch/online.h"

namespace howopen::cli {

class World {
 public:
  static Result<std::unique_ptr<World>> open(const Common& common);

  Source& source() { return *cache_; }
  const fetch::Online& online() const { return *online_; }

 private:
  World() = default;
  std::unique_ptr<fetch::Online> online_;
  std::unique_ptr<fetch::DiskCache> cache_;
};

}  // namespace howopen::cli
