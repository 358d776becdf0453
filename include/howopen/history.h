/// How a repository became what it is: which of its commits changed what matters, and which one changed a
/// verdict.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "howopen/report.h"

namespace howopen {

struct Commit {
  std::string id;     ///< 40 hex digits
  std::string title;  ///< first line of its message
  std::string date;   ///< as the Hub says it, `2025-01-20T03:46:02.000Z`; "" for none
};

struct CommitChanges {
  Commit commit;
  std::vector<std::string> what;  ///< `license tag mit became other`
  /// Commits that it may have been as well, since one between could not be seen; 0 where it is certain.
  std::size_t or_before = 0;
};

struct History {
  std::string id;
  std::string from;  ///< branch, tag or commit that it leads up to
  std::string gate;  ///< as it is today: the Hub keeps no older one
  std::size_t commits = 0;
  bool older = false;                  ///< there are older ones than those that were listed
  std::size_t looked = 0;              ///< commits that were looked at
  std::vector<CommitChanges> changes;  ///< newest first
  std::vector<std::string> unseen;     ///< what could not be looked at, and why
};

struct Bisection {
  std::string id;
  std::string topic;  ///< a component, `license`, `verdict` or a rule
  std::size_t commits = 0;
  bool older = false;
  std::size_t audits = 0;
  bool found = false;
  Commit first;     ///< with the value of the newest; the newest where nothing was found
  Commit before;    ///< the one before it
  std::string was;  ///< value at `before`
  std::string is;   ///< value at `first`
};

/// Text and JSON.
std::string render_history(const History& history, Format format, const Style& style);
std::string render_bisection(const Bisection& bisection, Format format, const Style& style);

}  // namespace howopen
