// A word of the command line that may be a model, a folder or a file.
//
//   acme/m, no such folder    ->  the model
//   acme/m, a folder of that  ->  error: a folder here, and perhaps a model, with a hint for either
//   acme/m/                   ->  the folder

#include "run/named_thing.h"

#include "howopen/scan.h"

#include <fmt/format.h>

#include <filesystem>

#include "run/ref.h"
#include "scan/names.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

namespace fs = std::filesystem;

bool address(const std::string& word) {
  return word.find("://") != std::string::npos || word.starts_with("pkg:");
}

}  // namespace

bool looks_like_path(const std::string& word) {
  return word.starts_with(".") || word.starts_with("/") || word.starts_with("~");
}

bool is_list_file(const std::string& path) {
  const std::string extension = text::lower(fs::path(path).extension().string());
  return extension == ".txt" || extension == ".list" || extension == ".lst" || extension == ".jsonl" ||
         extension == ".ndjson";
}

Result<NamedThing> named_thing(const std::string& word, const std::string& endpoint, const Catalog& catalog) {
  if (address(word)) return NamedThing::model;
  if (looks_like_path(word) || word.ends_with('/')) return NamedThing::path;
  std::error_code error;
  const bool folder = fs::is_directory(word, error);
  const bool file = fs::is_regular_file(word, error);
  const bool slash = word.find('/') != std::string::npos;
  if (!slash && file && is_list_file(word)) return NamedThing::list;
  if (folder || file) {
    const bool source = file && !slash && word.find('.') != std::string::npos && read_limit(word).bytes > 0;
    const auto model = parse_ref(word, endpoint);
    if (source || !model) return NamedThing::path;
    return fail(Fault::usage, fmt::format("a {} here, and perhaps a model", folder ? "folder" : "file"),
                text::printable(word),
                fmt::format("write ./{}{} for the {}, hf://{} for a model", text::printable(word),
                            folder ? "" : " or --files", folder ? "folder" : "file",
                            text::printable(model->revision.empty() ? model->id
                                                                    : model->id + "@" + model->revision)));
  }
  // A folder that is not there must not pass as a model that nobody knows.
  if (!slash && catalog.release(word) == nullptr && !scan::is_legacy_model(word) &&
      word.find_first_of("@:") == std::string::npos)
    return fail(Fault::usage, "neither a folder here nor a model that has no owner", text::printable(word),
                fmt::format("org/name for a model, ./{0} for a folder; hf://{0} if the Hub has it",
                            text::printable(word)));
  return NamedThing::model;
}

}  // namespace howopen::run
