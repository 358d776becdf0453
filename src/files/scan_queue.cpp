// scan("a.py", …), scan("b.py", …), put(skipped c)  ->  take(a), take(b), take(c), whichever was done first

#include "files/scan_queue.h"

#include <utility>

namespace howopen::files {
namespace {

constexpr std::size_t kMostWaiting = 256;        // files
constexpr std::size_t kMostBytes = 32ull << 20;  // of them; one larger file goes alone

Scanned scanned(const std::string& path, const std::string& content) {
  if (!is_own_document(path, content)) return scan_file(path, content);
  Scanned own;
  own.skipped.push_back({path, "a document of howopen's own", Skip::own});
  return own;
}

}  // namespace

ScanQueue::ScanQueue(int threads, Take take)
    : take_(std::move(take)), threaded_(threads > 0), pool_(threads) {}

void ScanQueue::scan(std::string path, std::string content) {
  if (!threaded_) return take_(scanned(path, content));
  while (!items_.empty() && (items_.size() >= kMostWaiting || bytes_ + content.size() > kMostBytes)) {
    pool_.wait();
    hand_over();
  }
  const auto item = std::make_shared<Item>();
  item->bytes = content.size();
  bytes_ += item->bytes;
  items_.push_back(item);
  pool_.submit([item, path = std::move(path), content = std::move(content)] {
    return [item, result = std::make_shared<Scanned>(scanned(path, content))] {
      item->result = std::move(*result);
      item->ready = true;
    };
  });
  pool_.run_completions();
  hand_over();
}

void ScanQueue::put(Scanned ready) {
  if (items_.empty()) return take_(std::move(ready));
  const auto item = std::make_shared<Item>();
  item->result = std::move(ready);
  item->ready = true;
  items_.push_back(item);
}

void ScanQueue::finish() {
  while (pool_.wait()) {
  }
  hand_over();
}

void ScanQueue::hand_over() {
  while (!items_.empty() && items_.front()->ready) {
    const auto item = std::move(items_.front());
    items_.pop_front();
    bytes_ -= item->bytes;
    take_(std::move(item->result));
  }
}

}  // namespace howopen::files
