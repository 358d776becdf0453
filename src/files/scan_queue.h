// Files on their way through the scanner, several at once, with their results in order.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "files/thread_pool.h"
#include "howopen/scan.h"

namespace howopen::files {

/// Scans files on threads and hands their results over in the order in which they were given, on the thread
/// that gives them: what comes out does not depend on the number of threads.
class ScanQueue {
 public:
  using Take = std::function<void(Scanned)>;

  /// `threads` beside the caller's; with none a file is scanned as soon as it is given. `take` is called by
  /// the functions below.
  ScanQueue(int threads, Take take);

  /// A file's whole content. Waits while more is on its way than memory should hold.
  void scan(std::string path, std::string content);
  /// A result that needs no scanning, behind those of the files that were given before.
  void put(Scanned ready);
  /// Waits for all that was given.
  void finish();
  /// Files whose results were not handed over yet.
  std::size_t waiting() const { return items_.size(); }

 private:
  struct Item {
    Scanned result;
    std::size_t bytes = 0;
    bool ready = false;
  };
  void hand_over();

  Take take_;
  std::deque<std::shared_ptr<Item>> items_;
  std::size_t bytes_ = 0;  // of contents that are held
  bool threaded_;
  ThreadPool pool_;  // last: its threads end before what they use
};

}  // namespace howopen::files
