// Ids of repositories at the Hub, and how people write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace howopen::hub {

std::string_view owner(std::string_view id);            ///< `org` of `org/name`, "" of a legacy name
std::string_view repository_name(std::string_view id);  ///< `name` of either

/// Whether a string has the form of a repository's id (`org/name` or a legacy `name`).
bool is_repository_id(std::string_view s);
/// `org/name`: a legacy name is not told from a plain word.
bool is_owned_id(std::string_view s);

/// A branch, a tag, a commit or `refs/pr/N`; it ends up in an address, encoded.
bool is_revision(std::string_view s);

/// Letters and digits of a name in lower case, whatever stands between them: `GPT-2` and `gpt2` are alike.
std::string bare_name(std::string_view name);

/// A model as somebody wrote it where an id belongs.
struct WrittenRef {
  std::string id;
  std::string revision;  ///< "" where none was written
};
/// Reads `org/name`, `name`, `org/name@rev`, `org/name/tree/rev`, `org/name/`, an address of the Hub, all
/// with blanks or quotes around them; nothing for what names no repository: a local path, another host, a
/// sentence.
std::optional<WrittenRef> read_reference(std::string_view written);

}  // namespace howopen::hub
