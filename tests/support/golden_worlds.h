// The snapshots of tests/golden, judged.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "fetch/replay.h"
#include "howopen/verdict.h"
#include "run/look.h"
#include "support/catalog.h"
#include "support/temp_dir.h"

namespace howopen::test {

/// Verdicts of one case; a body "@LICENSE" stands for this project's own LICENSE.
inline std::vector<Verdict> golden(const std::string& name) {
  const std::string folder = std::string(HOWOPEN_SOURCE_DIR) + "/tests/golden/" + name;
  auto bundle = fetch::load_bundle(slurp(folder + "/snapshot.json"), "snapshot.json");
  if (!bundle) return {};
  for (auto& [want, answer] : bundle->answers) {
    if (answer.body == "@LICENSE") answer.body = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  }
  fetch::Replay source(bundle->answers);
  std::vector<Verdict> out;
  for (Facts& f : run::look(source, bundle->models, the_catalog()).facts) {
    f.origin = Origin::replay;
    out.push_back(judge(f, the_catalog()));
  }
  return out;
}

/// Of all cases, by name.
inline std::vector<Verdict> all_golden() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(HOWOPEN_SOURCE_DIR) + "/tests/golden")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  std::vector<Verdict> out;
  for (const std::string& name : names) {
    for (Verdict& v : golden(name)) out.push_back(std::move(v));
  }
  return out;
}

}  // namespace howopen::test
