/// What was asked of the world and what it answered, before anybody has understood a byte of it.
///
/// A Snapshot can be saved and looked at again without a network (`howopen fetch`, `audit --replay`).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/words.h"

namespace howopen {

enum class Topic {
  model,         ///< the record of a model repository: files with sizes, card data, tags, gating
  refs,          ///< branches and tags of a model repository
  commits,       ///< commits of a model repository that lead up to the revision, newest first
  providers,     ///< who serves the model on the Hub's inference providers
  file,          ///< the content of one file of a model repository
  head,          ///< the first bytes of a weight file, where its tensors are listed
  dataset,       ///< the record of a dataset
  listing,       ///< records of many models; `path` is the query, without the question mark
  collection,    ///< the items of a collection, `id` is `owner/title-` and 24 hex digits
  github_tree,   ///< the files of a GitHub repository at its default branch, `id` is `owner/name`
  github_file,   ///< the content of one of them
  github_quota,  ///< how many requests GitHub has left for us; asking costs none
};
template <>
struct Words<Topic> {
  static constexpr std::string_view names[] = {"model",      "refs",        "commits",     "providers",
                                               "file",       "head",        "dataset",     "listing",
                                               "collection", "github-tree", "github-file", "github-quota"};
};

/// A question by name. How it is asked (URL, headers, token) is the business of src/fetch alone.
struct Want {
  Topic topic = Topic::model;
  std::string id;        ///< repository, `org/name` or a legacy `name`
  std::string revision;  ///< branch, tag or commit; empty means the default branch
  std::string path;      ///< of a file, within the repository
  std::string blob;  ///< git's id of the file's content, where a public listing names it; lets a cache answer
  auto operator<=>(const Want&) const = default;
};

/// Three different facts, and two reasons why there is none.
enum class Outcome {
  got,      ///< here it is
  absent,   ///< it is not there, and whoever answered knows it
  denied,   ///< it is there and the door is shut (gated, private)
  failed,   ///< asked, and no answer came or none that can be trusted
  skipped,  ///< not asked: offline, or a limit was reached
};
template <>
struct Words<Outcome> {
  static constexpr std::string_view names[] = {"got", "absent", "denied", "failed", "skipped"};
};

/// Why an answer is not `got`; the `kind` of an entry of `errors` in the JSON report.
enum class Trouble {
  none,
  auth_required,
  gated,
  not_found,
  rate_limited,
  network,
  tls,
  parse,
  too_large,
};
template <>
struct Words<Trouble> {
  static constexpr std::string_view names[] = {
      "none", "auth-required", "gated", "not-found", "rate-limited", "network", "tls", "parse", "too-large"};
};

/// Member that a cache puts into a record it made from the files it happens to hold: `true` when they are not
/// all.
inline constexpr std::string_view kPartialListing = "howopen:partial";
/// Member of a record made on this machine: what the heads of the weight files, or the manifest that names
/// them, claim; a list of {"license", "where"}, the license "" where a head could not be read.
inline constexpr std::string_view kHeadClaims = "howopen:heads";
/// And what they call the model: a list of {"name", "where"}.
inline constexpr std::string_view kHeadNames = "howopen:names";

struct Answer {
  Outcome outcome = Outcome::skipped;
  Trouble trouble = Trouble::none;
  /// The host could not be resolved, connected to, or did not answer in time. Only then may facts that
  /// ship with the tool stand in; a refusal, TLS trouble or garbage is no such case.
  bool unreachable = false;
  bool offline = false;    ///< nobody was asked, since there is to be no network
  std::string message;     ///< what went wrong, in words, escaped by whoever prints it
  std::string moment;      ///< how long that took, or takes: told to people, never to who compares two runs
  std::string where;       ///< URL, without query and without secrets
  std::string id;          ///< repository that answered in the end; differs from the question after a rename
  std::string commit;      ///< 40 hex digits, as the Hub names the revision it answered from
  std::string etag;        ///< names this answer, so that it can be asked for again only if it changed
  std::string next;        ///< of a listing: query of the page that follows, "" for the last
  bool personal = false;   ///< came with a token: not everybody may see it
  bool unchanged = false;  ///< the answer that the asker knows already; there is no body
  std::string body;
};

using Snapshot = std::map<Want, Answer>;

/// A model as the user names it.
struct ModelRef {
  std::string text;      ///< as typed
  std::string id;        ///< `org/name`, a legacy `name`, or a name of the release catalog
  std::string revision;  ///< empty means the default branch
  auto operator<=>(const ModelRef&) const = default;
};

/// The answers to all questions about some models: what `howopen fetch` writes.
struct Bundle {
  std::vector<ModelRef> models;
  Snapshot answers;
};

}  // namespace howopen
