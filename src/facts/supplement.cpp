// Facts written by hand, completed from the catalog.
//
//   declared ["model_type deepseek_v3"], id deepseek-ai/DeepSeek-V3
//     ->  loaders transformers, …; platform platform.deepseek.com, withdrawn "V3"

#include "facts/names.h"
#include "facts/parts.h"

namespace howopen {
namespace {

void add_loaders(InferenceCode& code, const Catalog& catalog) {
  const std::vector<std::string> declared = std::exchange(code.declared, {});
  for (const std::string& what : declared) {
    const std::size_t blank = what.find(' ');
    if (blank == std::string::npos)
      code.declared.push_back(what);
    else
      facts::look_up(code, what.substr(0, blank), what.substr(blank + 1), code.config.where(), catalog);
  }
}

}  // namespace

Facts supplement(Facts facts, const Catalog& catalog) {
  add_loaders(facts.inference_code, catalog);
  for (Ancestor& a : facts.lineage) {
    add_loaders(a.code, catalog);
    a.same_publisher = catalog.same_publisher(facts::owner(facts.id), facts::owner(a.id));
  }
  if (!facts.api.platform) facts.api.platform = facts::platform_for(facts.id, catalog);
  return facts;
}

}  // namespace howopen
