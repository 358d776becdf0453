// What a run of before rested on, as it is today: asked of listings where these tell it, else by name.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/result.h"
#include "howopen/source.h"

namespace howopen::run {

class Survey {
 public:
  struct Means {
    Source* source = nullptr;  ///< nothing is asked without one
    std::function<bool()> go_on;
    /// Told after each answer how many there were, and of what.
    std::function<void(std::uint64_t answers, const std::string& of)> tell;
  };
  /// At depth metadata it matters whether a record tells sizes of files.
  Survey(Means means, const Catalog& catalog, Depth depth)
      : means_(std::move(means)), catalog_(catalog), sizes_(depth == Depth::metadata) {}

  /// Nobody wants it to end.
  bool goes_on() const { return means_.go_on(); }
  /// Ids of all models of a listing, in its order.
  Result<std::vector<std::string>> listing(const std::string& query);
  Result<std::vector<std::string>> collection(const std::string& slug);
  /// Looks at models by name: on pages of their authors where these pay, else each by its record.
  void models(const std::vector<std::string>& ids);
  void ask(std::vector<Want> wants);
  /// Takes what an answer says that came otherwise. A page's item tells of providers too.
  void learn(const Want& want, const Answer& answer, bool item);

  /// What is said today, as strong_hash() of it; 0 for what could not be seen. Nothing where it was not
  /// looked at.
  std::optional<std::uint64_t> state(std::uint64_t want) const;
  /// Who serves a model, told by a page; 0 for nobody. Nothing where that has to be asked.
  std::optional<std::uint64_t> served(const std::string& id) const;
  /// A record that was asked for by name, so that it need not be asked for again.
  std::shared_ptr<const Snapshot> record(const Want& want);

 private:
  struct Author {
    std::unordered_set<std::string> missing;
    std::string page;  // query of the next one
    std::size_t pages = 0;
    std::size_t found = 0;
  };
  std::optional<Answer> one(Want want);
  void pages_of(std::map<std::string, Author> authors);
  bool waits(std::size_t open);
  void answered(const std::string& of);

  Means means_;
  const Catalog& catalog_;
  bool sizes_;
  std::uint64_t answers_ = 0;
  std::unordered_map<std::uint64_t, std::uint64_t> states_;
  std::unordered_set<std::uint64_t> unserved_;  // questions for providers that no page has answered
  std::map<Want, std::shared_ptr<const Snapshot>> records_;
  std::size_t record_bytes_ = 0;
};

}  // namespace howopen::run
