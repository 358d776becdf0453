// Answers about models, kept to be judged again: by another catalog, by another version of the program.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "howopen/facts.h"
#include "howopen/result.h"
#include "howopen/snapshot.h"

namespace howopen::fetch {

struct StoreOptions {
  std::string folder;
  std::string endpoint;          ///< answers of one Hub are no answers of another
  std::string depth;             ///< of the questions
  std::uint64_t most_bytes = 0;  ///< beyond that nothing is added
};

/// A folder of contents by git's id of them, compressed, and of models by name: which questions were asked of
/// each and which contents answered. What was torn or tampered with is not there. Safe to call from several
/// threads, and to use by several processes.
class Store {
 public:
  /// Fails for a folder that is not this user's alone.
  static Result<std::unique_ptr<Store>> open(StoreOptions options);
  /// Makes room where little is left.
  ~Store();

  /// Keeps an answer's content and gives what a model has to remember of it; "" for what is not kept:
  /// failures, what a token opened, what is too large.
  std::string keep(const Want& want, const Answer& answer);
  /// What was remembered of a model's answers, and what they rest on. Takes the place of what was there.
  void keep_model(const std::string& ref, const std::vector<Rest>& rests,
                  const std::vector<std::string>& remembered);
  /// The answers of which a line was made that rests on the same; nothing where they are not there.
  std::shared_ptr<const Snapshot> load(const std::string& ref, const std::vector<Rest>& rests) const;

  /// Models that there was no room for, or that could not be written.
  std::uint64_t left_out() const { return left_out_; }

  /// Removes models that were written least recently until at most `most_bytes` are taken, and contents of no
  /// model. Gives the bytes that are left.
  static std::uint64_t prune(const std::string& folder, std::uint64_t most_bytes);

 private:
  explicit Store(StoreOptions options) : options_(std::move(options)) {}
  bool put(const std::string& path, std::string_view content);
  std::string model_file(const std::string& ref) const;

  StoreOptions options_;
  std::atomic<std::uint64_t> bytes_ = 0;  // that the folder takes
  std::atomic<std::uint64_t> left_out_ = 0;
};

}  // namespace howopen::fetch
