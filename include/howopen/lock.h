/// The lock: what a team saw of its models when it took them in, and what has become different since.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/facts.h"
#include "howopen/policy.h"
#include "howopen/result.h"
#include "howopen/verdict.h"

namespace howopen {

/// `from` and `revision` of a model that lies in the project itself: its digest is its commit.
inline constexpr std::string_view kLocal = "local";

/// One model as it was. Words are those of the lock file.
struct LockedModel {
  std::string id;                  ///< of a local one its path from the project's folder, or its word
  std::vector<std::string> asked;  ///< other names that lead to it: `gpt2` of `openai-community/gpt2`; sorted
  std::string from;                ///< branch or tag that was asked for
  std::string revision;            ///< commit, 40 hex digits
  std::string gated;               ///< no | auto | manual
  std::vector<std::string>
      base;               ///< ids of what it was directly made from, each with `@commit` where known; sorted
  std::string declared;   ///< license tag or statement, "" for none
  std::string concluded;  ///< SPDX expression, "" for none or unknown
  std::string binds;      ///< the license with those of all ancestors, where it is another expression
  std::string license_file;  ///< of the text that decided, "" for a claim
  std::string license_sha256;
  std::map<std::string, std::string> facts;  ///< `weights` = `available`, `weights-format` = `safetensors`, …
  /// `sha256:` of the list of its files of weights as sha256sum prints one, sorted by name; `none` without
  /// such files, `unknown` where the Hub did not name the content of each; "" in a lock of before.
  std::string digest;
  std::map<std::string, std::string> files;  ///< digest of each, `sha256:…` or `git:…`
  int line = 0;                              ///< of its table in the file

  bool local() const { return from == kLocal; }
};

/// The word for what could not be looked at.
inline constexpr std::string_view kNotSeen = "unknown";

/// Nothing for a model without a commit: it cannot be locked.
std::optional<LockedModel> locked(const Verdict& verdict, const Facts& facts);
/// A model of this machine by its name in the lock and the digests of its files; nothing where one of them
/// could not be read.
std::optional<LockedModel> locked(const Verdict& verdict, const Facts& facts, const std::string& name,
                                  const std::map<std::string, std::string>& files);

/// Keys of an entry that say `unknown`, `license.concluded`, as they stand in the file.
std::vector<std::string> unknowns(const LockedModel& model);

/// The digest of files by name and digest; `none` for no files, `unknown` where one has none.
std::string digest_of(const std::map<std::string, std::string>& files);

/// The file: sorted by id, no clock, one table a model. Same models, same bytes.
std::string write_lock(std::vector<LockedModel> models);

struct ReadLock {
  std::vector<LockedModel> models;
  std::vector<Error> errors;
};
ReadLock read_lock(const PolicyText& file);

/// What is different now, as findings with the policy's levels under `[lock.drift]`; a decision follows.
/// Silent where only the commit moved. `state` is what a lock would say now; `file` is the lock's name, for
/// the places.
void apply_drift(Verdict& now, const Facts& facts, const std::optional<LockedModel>& state,
                 const LockedModel& then, const Policy& policy, const std::string& file);

/// What would change in a lock, a line each, `license  MIT -> Apache-2.0`; empty for nothing.
std::vector<std::string> lock_changes(const LockedModel& then, const LockedModel& now);

}  // namespace howopen
