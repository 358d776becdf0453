// What a word behind gate, lock or notice is taken for, where models, folders and files may all stand.
#pragma once

#include <string>

#include "howopen/catalog.h"
#include "howopen/result.h"

namespace howopen::run {

enum class NamedThing { path, list, model };

/// An error where a file or a folder is there and a model may have the name: none may stand in for another.
/// An address is a model; what begins with `.`, `/` or `~`, or ends with `/`, is a path.
Result<NamedThing> named_thing(const std::string& word, const std::string& endpoint, const Catalog& catalog);

/// Begins as paths do.
bool looks_like_path(const std::string& word);
/// Files that hold a model a line: .txt, .list, .lst, .jsonl, .ndjson.
bool is_list_file(const std::string& path);

}  // namespace howopen::run
