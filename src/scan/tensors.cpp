// Weights at rest: the head of a file may say which model it is and what it was made from.
//
//   general.base_model.0.repo_url = https://huggingface.co/a/b  ->  a/b
//   a head that names no repository                             ->  unresolved, with the name it gives

#include "text/tensors.h"

#include <map>

#include "scan/names.h"
#include "scan/parts.h"

namespace howopen::scan {
namespace {

void metadata(std::string_view path, const std::map<std::string, std::string>& values,
              std::string_view format, Scan& scan) {
  const std::size_t before = scan.sink.count();
  for (const auto& [key, value] : values) {
    const bool repository =
        key.find("repo_url") != std::string::npos || key.find("huggingface") != std::string::npos ||
        key.find("source.url") != std::string::npos || key.find("base_model") != std::string::npos ||
        key == "general.url" || key == "model_id" || key == "base_model_name_or_path" ||
        key == "ss_sd_model_name" || key == "source" || key == "general.finetune.repo_url";
    if (!repository || value.size() > 500) continue;
    const std::string form = std::string(format) + " " + key;
    Sink sink;
    Scan part{sink};
    scan_urls({value, 0, {}, 0}, part);
    const Scanned inside = std::move(sink).finish({}, value);
    for (const ModelReference& r : inside.references)
      scan.sink.found(0, r.id, r.revision, form, r.confidence, 0);
    const Name name = read_name(value);
    if (inside.references.empty() && name.kind == Name::Kind::owned)
      scan.sink.found(0, name.id, {}, form, Confidence::high, 0);
  }
  if (scan.sink.count() != before) return;
  std::string_view called = path.substr(path.rfind('/') + 1);
  for (const char* key : {"general.name", "modelspec.title"}) {
    if (const auto it = values.find(key); it != values.end() && !it->second.empty()) {
      called = it->second;
      break;
    }
  }
  scan.sink.unresolved(0, called, format, "weights whose head names no repository");
}

}  // namespace

void scan_tensors(std::string_view path, std::string_view bytes, Scan& scan) {
  if (path.ends_with(".gguf")) {
    const auto head = text::read_gguf_head(bytes);
    return metadata(path, head ? head->values : std::map<std::string, std::string>(), "gguf", scan);
  }
  const auto head = text::read_safetensors_head(bytes);
  metadata(path, head ? head->metadata : std::map<std::string, std::string>(), "safetensors", scan);
}

}  // namespace howopen::scan
