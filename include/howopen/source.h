/// The world. The only abstract class: the Hub, a saved snapshot, a cache in front of either, or the
/// `std::map` of a test.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "howopen/snapshot.h"

namespace howopen {

/// An answer to the question that was asked under `ticket`.
struct Reply {
  std::size_t ticket = 0;
  Want want;
  Answer answer;
  int requests = 0;  ///< sent for it, redirects not counted; 0 when a cache answered
};

/// Questions are asked without waiting and answered in any order, so that the questions about one
/// model never wait for those about another.
class Source {
 public:
  virtual ~Source() = default;
  /// Asks; never waits. Whoever asks chooses the ticket, which comes back with the answer. An answer that is
  /// known by its `etag` may come back as `unchanged`.
  virtual void ask(std::size_t ticket, Want want, std::string etag = {}) = 0;
  /// Waits for one answer; nothing when no question is open. Every question gets exactly one answer:
  /// what goes wrong is an answer too.
  virtual std::optional<Reply> next() = 0;
  /// The same without waiting: nothing, too, when no answer is there yet. Sources that never wait have
  /// next().
  virtual std::optional<Reply> try_next() { return next(); }
};

}  // namespace howopen
