/// Names of models in the files of a source tree: what is used, where it says so, how sure that is. Nothing
/// is run, followed or asked; a file is its bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/words.h"

namespace howopen {

enum class Confidence {
  low,     ///< may be a model: a word with a slash where models stand at times
  medium,  ///< a key or option that names models, or a sure form in a comment or test
  high,    ///< a call, command, scheme or address that takes a model of the Hub and nothing else
};
template <>
struct Words<Confidence> {
  static constexpr std::string_view names[] = {"low", "medium", "high"};
};

/// Where a model of this name is to be had.
enum class Registry { hub, ollama, docker, modelscope, api, local, unknown };
template <>
struct Words<Registry> {
  static constexpr std::string_view names[] = {"hub", "ollama", "docker", "modelscope",
                                               "api", "local",  "unknown"};
};

/// What the file that names it is there for.
enum class Role { code, config, command, test, document, comment, snapshot };
template <>
struct Words<Role> {
  static constexpr std::string_view names[] = {"code",     "config",  "command", "test",
                                               "document", "comment", "snapshot"};
};

/// One mention of a model of the Hub. Lines and columns start at 1 and point at the id itself; columns count
/// characters (code points; an invalid byte is one). Both are 0 when the file as a whole is meant.
struct ModelReference {
  std::string id;        ///< org/name, or a legacy name
  std::string revision;  ///< as written: a branch, a tag, a commit; "" when none is
  std::string file;
  int line = 0;
  int column = 0;
  std::string form;  ///< how it is written: from_pretrained, vllm serve, --model, url …
  Confidence confidence = Confidence::low;
  Registry registry = Registry::hub;
  Role role = Role::code;

  bool operator==(const ModelReference&) const = default;
};

/// A place that takes a model, with something that cannot be read as one.
struct Unresolved {
  std::string text;
  std::string file;
  int line = 0;
  int column = 0;
  std::string form;
  std::string why;

  bool operator==(const Unresolved&) const = default;
};

/// Whether something that was not read may name a model.
enum class Skip {
  unseen,  ///< nobody knows: too large, of an unknown encoding, unreadable, over a limit
  chosen,  ///< left out on purpose: by the policy, by .gitignore, as a folder of packages
  own      ///< a document of howopen's own: models named there are not used there
};
template <>
struct Words<Skip> {
  static constexpr std::string_view names[] = {"unseen", "chosen", "own"};
};

struct SkippedFile {
  std::string file;
  std::string why;
  Skip kind = Skip::unseen;

  bool operator==(const SkippedFile&) const = default;
};

/// A name that a file gives to an id, for the files that import it.
struct NamedModel {
  std::string name;
  ModelReference model;

  bool operator==(const NamedModel&) const = default;
};

/// A place that takes a model by a name from another file.
struct ImportedName {
  std::string name;
  std::string module;  ///< as the import says it: `.consts`, `pkg.consts`, `./consts`
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const ImportedName&) const = default;
};

/// A place that runs another file, which is read as a program whatever its ending is.
struct RunFile {
  std::string path;  ///< as written: `assets/logo.png`
  std::string as;    ///< a name by which such a file is read, `a.py`
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const RunFile&) const = default;
};

/// A value of a chart, `model.name` of values.yaml, for templates that put names together.
struct ChartValue {
  std::string path;
  std::string text;
  std::string file;

  bool operator==(const ChartValue&) const = default;
};

/// Sorted by file, line, column and text.
struct Scanned {
  std::vector<ModelReference> references;
  std::vector<Unresolved> unresolved;
  std::vector<SkippedFile> skipped;
  /// Files of weights that were come across, and folders of stores with a slash behind, where they were asked
  /// for.
  std::vector<std::string> weights;
  std::size_t files = 0;  ///< that were read
  /// What join_imports needs of single files.
  std::vector<NamedModel> constants;
  std::vector<ImportedName> imports;
  std::vector<ChartValue> values;
  std::vector<RunFile> runs;  ///< files that are run, for who has the tree at hand
};

/// How much of a file of this name is of use: 0 for nothing. Text is read whole or not at all, of weights
/// the head.
struct ReadLimit {
  std::size_t bytes = 0;
  bool head = false;
};
ReadLimit read_limit(std::string_view path);

/// All that one file says. `path` is relative to the tree, with slashes; its name tells how to read the file,
/// and what lies in folders of tests counts less. Time is linear in the size.
Scanned scan_file(std::string_view path, std::string_view bytes);
/// The same, of a file that is run: read as one of the name `as`.
Scanned scan_file_as(std::string_view path, std::string_view as, std::string_view bytes);
/// Whether bytes are text of an encoding that is read.
bool is_readable_text(std::string_view path, std::string_view bytes);

/// A document of howopen's own: a report of any format, a saved snapshot, a lock. By its name, since a
/// program is none whatever its first line says; and JSON by all of its outermost keys, since a configuration
/// may hold what a report begins with.
bool is_own_document(std::string_view path, std::string_view bytes);

/// `models--org--name` of a cache folder, as `org/name`; "" for other names.
std::string cached_model(std::string_view folder_name);

/// Models that files of one tree name for each other: `from consts import SMALL` and `SMALL = "a/b"` in
/// consts.py beside it. Gives them, and takes out of `scanned` the places that are unresolved no longer.
std::vector<ModelReference> join_imports(Scanned& scanned);

/// Models whose names a chart puts together from its values, likewise.
std::vector<ModelReference> join_charts(Scanned& scanned);

/// Sorts and removes doubles: one mention a place, the surest.
void put_in_order(Scanned& scanned);

}  // namespace howopen
