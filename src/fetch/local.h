// Models that are on this machine: a folder, a file of weights, a model of Ollama's store, an artifact in an
// OCI layout. They answer what the Hub would be asked: which files there are, what is in them, what the heads
// of weight files say.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/result.h"
#include "howopen/source.h"

namespace howopen::fetch {

struct LocalModel {
  struct File {
    std::string path;       ///< on disk
    std::int64_t size = 0;  ///< of its content
    std::uint64_t at = 0;   ///< where the content begins: a file of an archive lies within another
    /// What was unpacked of it, of a compressed archive: the whole, or of weights the head.
    std::optional<std::string> body = {};
  };
  /// What a manifest, or a configuration beside the layers, says of the model.
  struct Said {
    std::string license;
    std::string where;
  };
  std::string id;     ///< `local/name`, as the other rooms know it
  std::string where;  ///< the folder, file or manifest
  /// Whether what is not there is absent: of a folder it is, a lone file proves nothing of what it came from.
  bool whole = true;
  std::map<std::string, File> files;  ///< by the name within the model
  bool image = false;                 ///< a file system, which may hold several models
  std::vector<Said> said;
  std::string base;  ///< of the Hub, that the place on disk names: `org/name`, "" for none
};

/// A folder of a model, or a file of weights (.gguf, .safetensors, …). Links that lead out of the folder are
/// left out, but for the blobs of a cache of the Hub's. Errors: nothing there, no kind of model, more files
/// than a model has.
Result<LocalModel> local_model(const std::string& path, std::string id);
/// One file of weights, with its other shards where its name counts them.
Result<LocalModel> local_file(const std::string& path, std::string id);

/// `llama3.2:3b` of Ollama's store: $OLLAMA_MODELS, else ~/.ollama/models.
Result<LocalModel> ollama_model(const std::string& name, const std::string& store, std::string id);
/// All names of that store that match a glob, sorted; at most 10,000.
std::vector<std::string> ollama_names(const std::string& store, const std::string& glob);

/// An artifact of an OCI layout, a folder or (`archive`) a tar of one: layers of Docker (vnd.docker.ai), the
/// CNCF's model-spec, KitOps, Ollama, of images and of ORAS, whose titles name files. Layers that cannot be
/// read are listed as files, and the model is not `whole`. Without a tag, the only one. Errors: no layout, no
/// such tag, a manifest that cannot be read.
Result<LocalModel> oci_model(const std::string& path, const std::string& tag, bool archive, std::string id);
/// The tags (else digests) of its artifacts, sorted.
Result<std::vector<std::string>> oci_tags(const std::string& path, bool archive);

/// All files of a .tar or .tar.gz, and of the layers of an image that Docker saved.
Result<LocalModel> tar_files(const std::string& path, std::string id);
/// Adds the files of a tar to a model; whether it could be listed to its end.
bool list_archive(const LocalModel::File& archive, bool gzip, LocalModel& out);
/// What an artifact on disk is, as a word that names it: `oci:…`, `oci-archive:…`, `tar:…` or `dir:…`.
std::string artifact_word(const std::string& path);

/// Whether a path, links followed, lies in a folder.
bool lies_in(const std::string& path, const std::string& folder);
/// A card, a text of a license or policy, a configuration, weights: what is missed where it cannot be read.
bool tells_something(std::string_view name);

/// A name as it may stand in a model: no way out of it, no control characters; "" for none.
std::string inner_name(std::string_view path);

/// Answers for its models and leaves all else to another source.
class Local : public Source {
 public:
  explicit Local(Source& others) : others_(others) {}
  void add(LocalModel model);
  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  std::optional<Reply> next() override;
  std::optional<Reply> try_next() override;

 private:
  std::map<std::string, LocalModel, std::less<>> models_;
  Source& others_;
  std::deque<Reply> ready_;
};

}  // namespace howopen::fetch
