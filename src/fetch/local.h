// Models that are on this machine: a folder, a file of weights, a model of Ollama's store. They answer what
// the Hub would be asked: which files there are, what is in them, what the heads of weight files say.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "howopen/result.h"
#include "howopen/source.h"

namespace howopen::fetch {

struct LocalModel {
  struct File {
    std::string path;  ///< on disk
    std::int64_t size = 0;
  };
  std::string id;     ///< `local/name`, as the other rooms know it
  std::string where;  ///< the folder, file or manifest
  /// Whether what is not there is absent: of a folder it is, a lone file proves nothing of what it came from.
  bool whole = true;
  std::map<std::string, File> files;  ///< by the name within the model
};

/// A folder of a model, or a file of weights (.gguf, .safetensors). Links that lead out of the folder are
/// left out. Errors: nothing there, no kind of model, more files than a model has.
Result<LocalModel> local_model(const std::string& path, std::string id);
/// `llama3.2:3b` of Ollama's store: $OLLAMA_MODELS, else ~/.ollama/models.
Result<LocalModel> ollama_model(const std::string& name, const std::string& store, std::string id);

/// Answers for its models and leaves all else to another source.
class Local : public Source {
 public:
  Local(std::vector<LocalModel> models, Source& others);
  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  std::optional<Reply> next() override;
  std::optional<Reply> try_next() override;

 private:
  std::map<std::string, LocalModel, std::less<>> models_;
  Source& others_;
  std::deque<Reply> ready_;
};

}  // namespace howopen::fetch
