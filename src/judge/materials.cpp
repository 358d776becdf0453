// What a bill of materials names beside the verdict, out of the facts.
//
//   facts of a fine-tune of acme/base with `datasets: [a/d]`  ->  parents {acme/base}, datasets {a/d}

#include "howopen/materials.h"

#include <algorithm>

namespace howopen {

Materials materials_of(const Facts& facts) {
  Materials out;
  if (facts.repository) {
    out.task = facts.repository->pipeline;
    out.library = facts.repository->library;
  }
  for (const WeightSet& set : facts.weights.sets) {
    const std::string format(word(set.format));
    if (set.present > 0 && std::find(out.formats.begin(), out.formats.end(), format) == out.formats.end())
      out.formats.push_back(format);
  }
  out.weights = facts.weights.files;
  out.quantization = facts.weights.quantization;
  std::string by =
      facts.inference_code.loaders.empty() ? std::string() : facts.inference_code.loaders.front().by;
  if (by.empty() && !facts.inference_code.declared.empty()) by = facts.inference_code.declared.front();
  // `model_type deepseek_v3`: what is behind the kind of name.
  if (const std::size_t blank = by.find(' '); blank != std::string::npos)
    out.architecture = by.substr(blank + 1);
  out.parameters = facts.weights.parameters;
  out.datasets = facts.training_data.datasets;
  for (const Ancestor& a : facts.lineage)
    out.parents.push_back({a.id, a.child, a.revision, a.relation, a.named});
  for (const LicenseText& t : facts.license.texts) {
    if (t.identified) out.licenses.push_back({t.path, t.identified->sha256, t.identified.where()});
  }
  return out;
}

}  // namespace howopen
