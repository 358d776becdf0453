// The world as a map: what is not in it is absent.
#pragma once

#include <deque>
#include <string>
#include <utility>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/source.h"
#include "run/look.h"

namespace howopen::test {

inline Answer got(std::string body) {
  Answer a;
  a.outcome = Outcome::got;
  a.body = std::move(body);
  a.commit = std::string(40, 'c');
  return a;
}

inline Answer outcome(Outcome o, Trouble t = Trouble::network) {
  Answer a;
  a.outcome = o;
  a.trouble = t;
  a.message = "as the test says";
  return a;
}

class MapSource : public Source {
 public:
  explicit MapSource(Snapshot world) : world_(std::move(world)) {}
  void ask(std::size_t ticket, Want want, std::string /*etag*/ = {}) override {
    asked.push_back(want);
    Answer a = outcome(Outcome::absent, Trouble::not_found);
    // Every repository has a list of branches.
    if (want.topic == Topic::refs) a = got(R"({"branches":[{"name":"main"}],"tags":[]})");
    if (const auto it = world_.find(want); it != world_.end()) a = it->second;
    a.where = want.topic == Topic::model ? "api/models/" + want.id : want.id + "/" + want.path;
    // The last question is answered first, so that no test leans on the order.
    ready_.push_front({ticket, std::move(want), std::move(a), 1});
  }
  std::optional<Reply> next() override {
    if (ready_.empty()) return std::nullopt;
    Reply r = std::move(ready_.front());
    ready_.pop_front();
    return r;
  }
  std::vector<Want> asked;

 private:
  Snapshot world_;
  std::deque<Reply> ready_;
};

/// A world of repositories, each a record and files at one commit.
class World {
 public:
  static constexpr const char* kCommit = "cccccccccccccccccccccccccccccccccccccccc";

  /// `record` is put inside the braces of the model's JSON; files are listed by what file() added.
  World& model(const std::string& id, const std::string& record = {}) {
    records_.emplace_back(id, record);
    return *this;
  }
  World& file(const std::string& id, const std::string& path, const std::string& body) {
    listings_[id] += listings_[id].empty() ? "" : ",";
    listings_[id] += "{\"rfilename\":\"" + path + "\",\"size\":" + std::to_string(body.size()) + "}";
    snapshot_[{Topic::file, id, kCommit, path, ""}] = got(body);
    return *this;
  }
  /// A file that is listed with a size and never read.
  World& big(const std::string& id, const std::string& path, std::int64_t size = 5'000'000'000) {
    listings_[id] += listings_[id].empty() ? "" : ",";
    listings_[id] += "{\"rfilename\":\"" + path + "\",\"size\":" + std::to_string(size) +
                     ",\"lfs\":{\"size\":" + std::to_string(size) + "}}";
    return *this;
  }
  World& answer(const Want& want, Answer a) {
    overrides_[want] = std::move(a);
    return *this;
  }

  Snapshot snapshot() const {
    Snapshot out = snapshot_;
    for (const auto& [id, record] : records_) {
      const auto listing = listings_.find(id);
      out[{Topic::model, id, "", "", ""}] =
          got("{\"id\":\"" + id + "\",\"sha\":\"" + kCommit + "\",\"usedStorage\":1," +
              (record.empty() ? "" : record + ",") + "\"siblings\":[" +
              (listing == listings_.end() ? "" : listing->second) + "]}");
    }
    for (const auto& [want, a] : overrides_) out[want] = a;
    return out;
  }

  Facts facts(const std::string& id, Depth depth = Depth::card) const {
    MapSource source(snapshot());
    return run::look(source, {{id, id, ""}}, catalog(), depth).facts.front();
  }
  std::vector<Want> asked(const std::string& id) const {
    MapSource source(snapshot());
    run::look(source, {{id, id, ""}}, catalog());
    return source.asked;
  }

  static const Catalog& catalog() {
    static const Catalog catalog = std::move(*Catalog::load());
    return catalog;
  }

 private:
  std::vector<std::pair<std::string, std::string>> records_;
  std::map<std::string, std::string> listings_;
  Snapshot snapshot_;
  Snapshot overrides_;
};

}  // namespace howopen::test
