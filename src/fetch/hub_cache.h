// The cache of huggingface_hub, read and never written: what the user has downloaded answers without a
// network.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/source.h"

namespace howopen::fetch {

/// `org/name` of a folder `models--org--name`; "" for another.
std::string cached_id(std::string_view folder);
/// Ids of the models of which the cache holds something, sorted; at most 10,000.
std::vector<std::string> cached_models(const std::string& folder);

/// Answers from `$HF_HUB_CACHE/models--org--name/`. A snapshot there holds what somebody asked for, so a file
/// that is not there is absent only where the cache says so itself (`.no_exist/`, or the whole listing in
/// `trees/`); all else was not asked. A record is made from the files, marked as partial where it may be.
class HubCache : public Source {
 public:
  explicit HubCache(std::string folder) : folder_(std::move(folder)) {}
  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  std::optional<Reply> next() override;

 private:
  Answer answer(const Want& want) const;

  std::string folder_;
  std::deque<Reply> ready_;
};

}  // namespace howopen::fetch
