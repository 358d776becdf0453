// The sources that answer for real, put together: the services, and the cache in front of them.
#pragma once

#include <memory>

#include "fetch/ahead.h"
#include "fetch/disk_cache.h"
#include "fetch/hub_cache.h"
#include "fetch/local.h"
#include "fetch/online.h"
#include "run/options.h"

namespace howopen::run {

/// Tells what somebody who waits should know, on stderr.
void tell_notice(const fetch::Notice& notice, const Common& common);

class World {
 public:
  /// The Hub and GitHub, with our own cache in front.
  static Result<std::unique_ptr<World>> open(const Common& common);
  /// The same for a long run: its waits can be ended, and a service that goes away is waited for as long as
  /// quotas are.
  static Result<std::unique_ptr<World>> open_long(const Common& common, const fetch::Watch& watch);
  /// What was once asked, from our own cache and huggingface_hub's. Nobody is asked.
  static std::unique_ptr<World> open_offline(const Common& common);

  /// Models of this machine answer for themselves; all else is asked as before.
  void put(std::vector<fetch::LocalModel> models) {
    for (fetch::LocalModel& model : models) local_->add(std::move(model));
  }
  Source& source() { return *local_; }
  /// Asks what is likely to be wanted of a model together with its record. For few models: some of it may be
  /// asked in vain. Nothing happens offline.
  void expect(const ModelRef& model, std::vector<Want> likely);
  /// What was asked of it in vain.
  std::vector<Want> in_vain(const ModelRef& model) const;
  /// Nothing when offline.
  const fetch::Online* online() const { return online_.get(); }

 private:
  World() = default;
  static Result<std::unique_ptr<World>> with(const Common& common, fetch::OnlineOptions options);
  std::unique_ptr<fetch::Online> online_;
  std::unique_ptr<fetch::Ahead> ahead_;
  std::unique_ptr<fetch::HubCache> hub_cache_;
  std::unique_ptr<fetch::DiskCache> cache_;
  std::unique_ptr<fetch::Local> local_;
};

}  // namespace howopen::run
