// Models are done in any order; their lines go out in that of the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "run/look.h"

namespace howopen::run {

class InOrder {
 public:
  using Write = std::function<void(const FinishedModel&)>;
  /// `any` is for who does not care for the order: then nothing waits.
  InOrder(bool any, Write write) : any_(any), write_(std::move(write)) {}

  /// Writes it, and what waited for it; or lets it wait.
  void add(FinishedModel seen) {
    if (any_) return out(seen);
    bytes_ += seen.line.size();
    waiting_.emplace(seen.number, std::move(seen));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      out(waiting_.begin()->second);
      bytes_ -= waiting_.begin()->second.line.size();
      waiting_.erase(waiting_.begin());
    }
  }
  std::uint64_t next() const { return next_; }  ///< lines that are out
  std::size_t bytes() const { return bytes_; }  ///< of lines that wait

 private:
  void out(const FinishedModel& seen) {
    ++next_;
    write_(seen);
  }

  bool any_;
  Write write_;
  std::uint64_t next_ = 0;
  std::map<std::uint64_t, FinishedModel> waiting_;  // done, behind one that is not
  std::size_t bytes_ = 0;
};

}  // namespace howopen::run
