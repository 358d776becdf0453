// The loop between the core, which says what it wants to know, and the world, which answers.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/snapshot.h"
#include "howopen/source.h"

namespace howopen::cli {

/// A model that nothing more is wanted of.
struct LookedAt {
  std::size_t number = 0;  ///< as it was started under
  ModelRef model;
  Facts facts;
  int requests = 0;  ///< that it took; none where a cache answered
};

/// Models that are being looked at. No model waits for another: each asks on as soon as its own answers are
/// there, and is handed out, in any order, when nothing more is wanted of it.
class Window {
 public:
  /// `keep`, if given, collects the raw answers.
  Window(Source& source, const Catalog& catalog, Depth depth, Snapshot* keep = nullptr)
      : source_(source), catalog_(catalog), depth_(depth), keep_(keep) {}

  /// Asks what is wanted of a model first. What `known` answers is not asked. A number is used once.
  void start(std::size_t number, ModelRef model, const Snapshot* known = nullptr);
  /// Asks something that is about no model of the window; the answer goes where it is told.
  void ask_aside(Want want, std::function<void(Answer)> then);
  /// Waits until a model is done. Nothing when none is under way, when the source was woken, and when what
  /// was asked aside is answered.
  std::optional<LookedAt> next();
  /// Models that were started and not handed out.
  std::size_t under_way() const { return inquiries_.size() + done_.size(); }
  /// Nothing is waited for.
  bool idle() const { return under_way() == 0 && !aside_; }

 private:
  struct Inquiry {
    ModelRef model;
    Readings readings;
    const Snapshot* known = nullptr;
    int requests = 0;
    std::size_t open = 0;  // questions that are not answered
    int round = 0;
    std::set<Want> asked;
  };
  void ask(std::size_t number, Inquiry& inquiry, int round);
  void finish(std::size_t number, Inquiry& inquiry);

  Source& source_;
  const Catalog& catalog_;
  Depth depth_;
  Snapshot* keep_;
  std::map<std::size_t, Inquiry> inquiries_;
  std::deque<LookedAt> done_;
  std::function<void(Answer)> aside_;
};

/// Facts about each model, in the order given, and how many requests they took.
struct Looked {
  std::vector<Facts> facts;
  std::vector<int> requests;
};

/// All models at once.
Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog,
            Depth depth = Depth::card, Snapshot* keep = nullptr);

}  // namespace howopen::cli
