// Models of the command line that are on this machine.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/local.h"
#include "howopen/result.h"
#include "howopen/snapshot.h"

namespace howopen::files {

/// `./model.gguf`, `../folder`, `/models/tune`, `~/tune`, `file:tune`, `dir:tune`, `ollama:llama3.2:3b`,
/// `oci:layout:tag`, `oci-archive:image.tar`, `tar:bundle.tar.gz`. Behind `#` stands the place of one of
/// several models of an image or archive, behind `@` the store of a model of Ollama's or the digest of an
/// artifact.
bool names_local(std::string_view typed);
/// The same for a line of a list, which may come from anywhere: only `./…` and what has a scheme, such as
/// `dir:`, `file:` or `ollama:`.
bool line_names_local(std::string_view line);
/// Those of them that begin with a scheme, so that they are no path.
bool names_store(std::string_view typed);

/// What such a word stands for: itself; several models for `ollama:*`, a layout, an image or archive, and
/// with `recursive` for a folder. Not `whole` where a part of it could not be looked through. Errors: it is
/// not there.
struct LocalContent {
  std::vector<std::string> words;
  bool whole = true;
  std::string missed = {};  ///< what could not be, where one place is known
};
Result<LocalContent> local_content(const std::string& typed, bool recursive);

/// The same as models, whose ids are `local/` and the last name. One for most words; `ollama:*` and a layout,
/// image or archive hold several, and with `recursive` a folder holds all below it. Errors: none is there.
Result<std::vector<ModelRef>> local_refs(const std::string& typed, bool recursive = false);

/// One word, as it is.
ModelRef local_ref(const std::string& typed);

/// Another id than those that are taken: `local/tune-2`. Takes it.
void make_unique(ModelRef& model, std::set<std::string>& taken);

/// Those of the models that are local, looked for on disk.
Result<std::vector<fetch::LocalModel>> local_models(const std::vector<ModelRef>& models);

}  // namespace howopen::files
