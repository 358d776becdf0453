/// Files on disk against what a lock, the Hub or a store says that they are.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "howopen/words.h"

namespace howopen {

/// A file of weights that was read to its end.
struct DiskFile {
  std::string name;     ///< within its folder, as the Hub would call it
  std::string set;      ///< what its shards share; "" for a name that tells nothing
  std::string sha256;   ///< of its content; "" where it could not be read
  std::string git;      ///< git's id of it; "" for one that is too large to lie outside Git LFS
  std::string trouble;  ///< why it could not be read
};

/// What the files of a model should be.
struct ExpectedFiles {
  struct File {
    std::string digest;  ///< `sha256:…`, `git:…`, or `unknown`
    std::string set;
  };
  std::string id;
  std::string revision;
  std::string where;  ///< who says so: `howopen.lock:12`, a page of the Hub
  std::map<std::string, File> files;
};

enum class FileState {
  same,
  differs,
  missing,  ///< a shard of a set of which others are here
  unknown,  ///< nobody says what it should be
  unread,
};

struct CheckedFile {
  std::string name;
  FileState state = FileState::unknown;
  std::string expected;  ///< digest; "" where nobody says
  std::string found;
  std::string note;  ///< another name that it is called by there, or why it is not known
};

struct Checked {
  std::string word;  ///< what was asked for
  std::string id;    ///< of the model that its files are held to be; "" for none
  std::string revision;
  std::string where;
  std::string why;                      ///< why it cannot be said, or not of all; "" when it can
  std::vector<CheckedFile> files;       ///< sorted
  std::size_t elsewhere = 0;            ///< expected files of other sets, which are not here
  std::vector<std::string> signatures;  ///< files that sign a model; they are named, not checked
};

/// Which of the candidates the files are, and whether each is what it should be. The candidate with the most
/// files of the same content; else the only one that has files of these names. Of a file `alone` no other is
/// missing.
Checked verify(std::string word, const std::vector<DiskFile>& files,
               const std::vector<ExpectedFiles>& candidates, bool alone = false);

/// Whether something differs or is missing, and whether something could not be told.
bool differs(const Checked& checked);
bool undecided(const Checked& checked);

template <>
struct Words<FileState> {
  static constexpr std::string_view names[] = {"same", "differs", "missing", "unknown", "unread"};
};

}  // namespace howopen
