// A source tree that names models, beside a Hub that has them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "support/fake_hub.h"
#include "support/models.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace howopen::test {

namespace fs = std::filesystem;

/// A project with its repository, and a Hub with one model that is allowed, one that is not, one behind a
/// gate.
struct Project {
  TempDir dir;
  FakeHub hub;

  Project() {
    fs::create_directories(dir.file(".git"));
    model("acme/open-7b", "apache-2.0");
    model("acme/closed-7b", "llama3.1");
    model("acme/gated-7b", "apache-2.0").gated = "manual";
    put("src/app.py",
        "from transformers import AutoModel\n\nm = AutoModel.from_pretrained(\"acme/open-7b\")\n"
        "n = AutoModel.from_pretrained(\"acme/closed-7b\")\n");
    put("serve.sh", "vllm serve acme/gated-7b\n");
  }

  FakeRepository& model(const std::string& id, const std::string& tag) {
    FakeRepository& r = hub[id];
    r.extra =
        R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":")" +
        tag + R"("},"library_name":"transformers",)";
    r.files = {{"README.md", "---\nlicense: " + tag + "\n---\n# Model\n"},
               {"model.safetensors", std::string(1000, 'x')}};
    if (tag == "apache-2.0") r.files["LICENSE"] = kApache;
    r.lfs = {"model.safetensors"};
    return r;
  }
  void put(const std::string& path, const std::string& content) const {
    fs::create_directories(fs::path(dir.file(path)).parent_path());
    dir.write(path, content);
  }

  /// In the project's folder, or below it; `more` is put before the program in the shell.
  Ran shell(const std::string& line, const std::string& below = ".") const {
    return run(
        {"-c",
         "cd " + dir.path() + "/" + below + " && howopen() { " + HOWOPEN_BINARY + " \"$@\"; }\n" + line},
        hub.environment({{"SOURCE_DATE_EPOCH", "1795478400"}, {"XDG_CACHE_HOME", dir.path() + "-cache"}}),
        "/bin/sh");
  }
  ~Project() {
    std::error_code ignored;
    fs::remove_all(dir.path() + "-cache", ignored);
  }
};

inline std::string last_line(const std::string& s) {
  const std::size_t end = s.ends_with('\n') ? s.size() - 1 : s.size();
  const std::size_t start = s.rfind('\n', end - 1);
  return s.substr(start == std::string::npos ? 0 : start + 1,
                  end - (start == std::string::npos ? 0 : start + 1));
}

/// Without the breaks of lines that keep to 80 columns.
inline std::string flat(std::string s) {
  for (std::size_t at = s.find("\n  "); at != std::string::npos; at = s.find("\n  ", at))
    s.replace(at, 3, " ");
  return s;
}

}  // namespace howopen::test
