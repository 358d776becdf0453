// Models that several tests publish at the fake Hub.
#pragma once

#include <string>

#include "support/fake_hub.h"
#include "support/temp_dir.h"

namespace howopen::test {

inline const std::string kApache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");

/// Plain MIT, complete.
inline FakeRepository& mit_model(FakeHub& hub, const std::string& id = "acme/m") {
  FakeRepository& r = hub[id];
  r.extra =
      R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"mit"},)";
  r.files = {{"README.md", "---\nlicense: mit\n---\n# M\n"}, {"model.safetensors", std::string(1000, 'x')}};
  r.lfs = {"model.safetensors"};
  return r;
}

}  // namespace howopen::test
