// Where in a tree, a listing or a store models stand.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/local.h"

namespace howopen::files {

/// A file of this name and size is weights by itself, and nothing else: `.bin` may be anything.
bool lone_weights(std::string_view path, std::int64_t size);

/// Models among the files of an image or archive: the folder of each, with a slash behind (`""` for the top
/// one), or the file of weights that stands alone; sorted.
std::vector<std::string> models_among(const fetch::LocalModel& files);
/// The one of them that is called so.
fetch::LocalModel model_among(const fetch::LocalModel& files, const std::string& name);

/// Whether a path below the root is left out.
using LeaveOut = std::function<bool(const std::string& path, bool folder)>;
/// Looks at no other files of weights than these, nor at folders that hold none of them.
LeaveOut only(const std::vector<std::string>& weights);
/// Models below a folder, each as a word that names it: `./a/tune`, `./b/x.gguf`, `ollama:name:tag@./store`,
/// `oci:./layout:tag`. A folder with weights and a model's configuration or card, or with a license text and
/// nothing of a program, is one, with all below it; else a file of weights is one by itself. No link is
/// followed. Sorted; `missed` is the first that could not be looked through to its end: an archive that is
/// cut, a folder deeper than 24 or behind 100,000 others. "" for none.
std::vector<std::string> find_local(const std::string& root, const LeaveOut& leave_out, std::string& missed);

}  // namespace howopen::files
