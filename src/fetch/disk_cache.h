// Our own cache: a Source in front of another one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "fetch/kept_files.h"
#include "howopen/result.h"
#include "howopen/source.h"

namespace howopen::fetch {

struct CacheOptions {
  std::string folder;            ///< "" keeps everything in memory only
  std::string endpoint;          ///< answers of one Hub are no answers of another
  std::uint64_t most_bytes = 0;  ///< more than that is pruned
  /// Told of a folder that is not used: of somebody else's, or that others may write to.
  std::function<void(const std::string& folder)> warn = nullptr;
  bool offline = false;  ///< what is at hand answers, without asking whether it is still so
};

/// What the cache holds, for `howopen cache`.
struct CacheEntry {
  std::string name;  ///< relative to the folder
  std::uint64_t bytes = 0;
  std::int64_t used_s = 0;  ///< last used, Unix seconds
};

/// File contents by git's id of them: the same license in ten thousand repositories is fetched once. A
/// content is kept on disk only when its id is right, so that a proxy's page can never stand for a file.
/// Records by their address, asked for again with the etag they came with. Questions that are under way are
/// not asked twice.
class DiskCache : public Source {
 public:
  DiskCache(Source& behind, CacheOptions options);
  ~DiskCache() override;

  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  std::optional<Reply> next() override { return answer(true); }
  std::optional<Reply> try_next() override { return answer(false); }

 private:
  struct Waiter {
    std::size_t ticket = 0;
    Want want;
  };
  std::optional<Reply> answer(bool wait);
  std::optional<Answer> at_hand(const Want& want);
  std::optional<Answer> stored(const Want& want, const std::string& key) const;
  void keep(const Want& want, const Answer& answer);
  Answer complete(const Want& want, Answer answer);
  void remember(const std::string& key, const Answer& answer);

  Source& behind_;
  CacheOptions options_;
  std::deque<Reply> ready_;
  std::map<std::string, std::vector<Waiter>> pending_;        // by key, the first one was sent
  std::map<std::size_t, std::pair<std::string, Want>> sent_;  // by our own ticket
  std::size_t next_ticket_ = 0;
  std::map<Want, Answer> stored_;  // answers whose etag was sent along
  // Recent answers of this run, oldest first.
  std::list<std::pair<std::string, Answer>> recent_;
  std::map<std::string, std::list<std::pair<std::string, Answer>>::iterator> by_key_;
  std::size_t recent_bytes_ = 0;
  std::uint64_t stored_bytes_ = 0;
};

/// Sorted by name.
std::vector<CacheEntry> list_cache(const std::string& folder);
/// What is in an entry: the question of a record, the first words of a content.
std::string describe_cached(const std::string& folder, const CacheEntry& entry);
/// Removes what was used least recently until at most `most_bytes` are left, and what a killed process left
/// behind. Gives the number of bytes removed.
std::uint64_t prune_cache(const std::string& folder, std::uint64_t most_bytes);

}  // namespace howopen::fetch
