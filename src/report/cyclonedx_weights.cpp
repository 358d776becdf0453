// Files of weights as components of their model, each with the digest by which it is told.
//
//   model-00001-of-000163.safetensors, sha256:…  ->  {"type": "file", "hashes": [{"alg": "SHA-256", …}]}

#include "report/cyclonedx.h"
#include "report/issues.h"

namespace howopen::report {

using text::Json;

Json bill_weights(const Verdict& v, const std::string& ref) {
  constexpr std::string_view kSha256 = "sha256:";
  Json out = Json::array();
  for (const WeightFile& file : v.materials.weights) {
    if (!file.digest.starts_with(kSha256)) continue;
    Json hash;
    hash.set("alg", Json("SHA-256"));
    hash.set("content", Json(file.digest.substr(kSha256.size())));
    Json one;
    one.set("type", Json("file"));
    one.set("bom-ref", Json(ref + "#" + safe(file.path)));
    one.set("name", Json(safe(file.path)));
    one.set("hashes", Json::array()).push(std::move(hash));
    out.push(std::move(one));
  }
  return out;
}

}  // namespace howopen::report
