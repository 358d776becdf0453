// howopen verify, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/local_models.h"
#include "support/project.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Verifying : testing::Test {
  Project p;

  Verifying() {
    FakeRepository& r = p.hub["acme/open-7b"];
    r.files.erase("model.safetensors");
    r.files["model-00001-of-00002.safetensors"] = std::string(1000, 'x');
    r.files["model-00002-of-00002.safetensors"] = std::string(1000, 'y');
    r.files["small.bin"] = "outside of LFS";
    r.lfs = {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"};
    p.put("serve.sh", "vllm serve acme/open-7b\n");
    p.put("src/app.py", "");
    EXPECT_EQ(p.shell("howopen lock --no-policy").exit, 0);
    for (const auto& [name, content] : r.files) p.put("weights/" + name, content);
  }
  int verify(const std::string& words) const { return p.shell("howopen verify " + words).exit; }
};

TEST_F(Verifying, AgainstTheLockWithoutTheNetwork) {
  const std::size_t asked = p.hub.log().size();
  const Ran r = p.shell("howopen verify weights");
  EXPECT_EQ(r.exit, 0) << r.out << r.err;
  EXPECT_EQ(r.out, "weights: 3 files are those of acme/open-7b @ ddddddd (howopen.lock:4)\n");
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(p.hub.log().size(), asked);
  EXPECT_EQ(verify("weights/model-00002-of-00002.safetensors ./weights/small.bin"), 0);
}

TEST_F(Verifying, EveryByteOfEveryFileCounts) {
  for (const char* name :
       {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "small.bin"}) {
    const std::string path = p.dir.file(std::string("weights/") + name);
    const std::string content = slurp(path);
    for (std::size_t at = 0; at < content.size(); at += std::max<std::size_t>(1, content.size() / 7)) {
      std::string changed = content;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      std::ofstream(path) << changed;
      const Ran r = p.shell("howopen verify weights");
      EXPECT_EQ(r.exit, 1) << name << " " << at;
      EXPECT_THAT(r.out, HasSubstr("differs  " + std::string(name)));
    }
    std::ofstream(path) << content << "\n";
    EXPECT_EQ(verify("weights"), 1) << "one byte more";
    std::ofstream(path) << content;
  }
  fs::remove(p.dir.file("weights/model-00001-of-00002.safetensors"));
  EXPECT_EQ(verify("weights"), 1);
}

TEST_F(Verifying, WhatCannotBeToldIsUndecided) {
  p.put("weights/extra.gguf", "GGUF");
  EXPECT_EQ(verify("weights"), 3);
  p.put("empty/README.md", "nothing");
  EXPECT_EQ(verify("empty"), 3);
  p.put("other/x.gguf", gguf({}));
  EXPECT_EQ(verify("other"), 3);
  fs::create_symlink("/dev/zero", p.dir.file("other/zero.gguf"));
  EXPECT_EQ(verify("other"), 3);
  EXPECT_EQ(verify("nosuch"), 2);
  EXPECT_EQ(verify(""), 2);
  EXPECT_EQ(verify("weights --model acme/unknown"), 2);
  EXPECT_EQ(p.shell("rm howopen.lock; howopen verify weights").exit, 2) << "no lock is no proof";
}

TEST_F(Verifying, AgainstTheHub) {
  EXPECT_EQ(verify("weights --hub"), 2) << "of which model?";
  EXPECT_EQ(verify("weights --hub --model acme/open-7b --offline"), 2);
  Ran r = p.shell("howopen verify weights --hub --model acme/open-7b");
  EXPECT_EQ(r.exit, 0) << r.out << r.err;
  EXPECT_THAT(r.out, HasSubstr("those of acme/open-7b @ ddddddd (the Hub)"));
  p.hub["acme/open-7b"].files["model-00002-of-00002.safetensors"][0] = 'Y';
  r = p.shell("howopen verify weights --hub --model acme/open-7b --no-cache -o json");
  EXPECT_EQ(r.exit, 1);
  const auto json = text::parse_json(r.out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["targets"].items()[0]["result"].string_or(""), "differs");
  EXPECT_EQ(p.shell("howopen drift --no-policy --no-cache").exit, 1) << "and drift sees it";
  r = p.shell("howopen verify weights --hub --model acme/nobody");
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err, HasSubstr("acme/nobody"));
  p.put("abc:def/x.gguf", "GGUF");
  EXPECT_EQ(p.shell("howopen verify abc:def --hub --model acme/open-7b").exit, 3) << "a folder with a colon";
}

TEST_F(Verifying, AFolderOfTheCacheNamesItsModel) {
  const std::string sha(40, 'd');
  for (const auto& [name, content] : p.hub["acme/open-7b"].files)
    p.put("hub/models--acme--open-7b/snapshots/" + sha + "/" + name, content);
  EXPECT_EQ(verify("hub/models--acme--open-7b/snapshots/" + sha + " --hub"), 0);
}

TEST_F(Verifying, AStoreAgainstItsOwnNames) {
  const std::string blob = gguf({{"general.architecture", "llama"}});
  const std::string digest = text::sha256(blob);
  p.put("ollama/blobs/sha256-" + digest, blob);
  p.put(
      "ollama/manifests/registry.ollama.ai/library/tune/latest",
      R"({"schemaVersion":2,"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" +
          digest + R"(","size":)" + std::to_string(blob.size()) + "}]}");
  const std::string word = "ollama:tune@" + p.dir.file("ollama");
  EXPECT_EQ(verify(word + " --self"), 0);
  EXPECT_EQ(verify(word), 3) << "its own name is no lock";
  p.put("ollama/blobs/sha256-" + digest, blob.substr(0, blob.size() - 1) + "x");
  const Ran r = p.shell("howopen verify --self " + word);
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(r.out, HasSubstr("as its own store says"));
  EXPECT_EQ(verify("weights --self"), 3) << "files that nobody called by a digest";
  // What a download of the Hub wrote down.
  for (const char* name :
       {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "small.bin"}) {
    const std::string content = slurp(p.dir.file(std::string("weights/") + name));
    p.put(std::string("weights/.cache/huggingface/download/") + name + ".metadata",
          std::string(40, 'd') + "\n" + (name[0] == 's' ? text::git_blob(content) : text::sha256(content)) +
              "\n1700000000.0\n");
  }
  EXPECT_EQ(verify("weights --self"), 0);
}

TEST_F(Verifying, SignaturesAreNamedAndNotTakenForChecked) {
  p.put("weights/model.sig", "?");
  const Ran r = p.shell("howopen verify weights");
  EXPECT_THAT(r.out, HasSubstr("signed: model.sig (named, not checked)"));
}

TEST_F(Verifying, ALockWithoutDigestsProvesNothing) {
  const std::string lock = slurp(p.dir.file("howopen.lock"));
  p.put("howopen.lock", lock.substr(0, lock.find("digest   =")));
  const Ran r = p.shell("howopen verify weights");
  EXPECT_EQ(r.exit, 3) << r.out;
  EXPECT_THAT(r.err, HasSubstr("acme/open-7b has no digests"));
}

// Weights that lie in the project are locked by their content.
TEST_F(Verifying, ModelsOfTheTreeAreLockedToo) {
  fs::remove_all(p.dir.file("weights"));
  p.put("models/tune.gguf", gguf({{"general.architecture", "llama"}, {"general.license", "mit"}}));
  p.put("models/set/README.md", "---\nlicense: mit\n---\n# Set\n");
  p.put("models/set/config.json", R"({"model_type":"llama","architectures":["LlamaForCausalLM"]})");
  p.put("models/set/model.safetensors", safetensors("{}"));
  EXPECT_EQ(p.shell("howopen gate --locked --no-policy").exit, 1);
  EXPECT_EQ(p.shell("howopen lock --no-policy").exit, 3) << "the card of a lone file was not seen";
  const std::string lock = slurp(p.dir.file("howopen.lock"));
  EXPECT_THAT(lock, HasSubstr("id       = \"./models/set\"\nfrom     = \"local\"\nrevision = \"local\"\n"));
  EXPECT_THAT(lock, HasSubstr("id       = \"./models/tune.gguf\""));
  const std::string gate = "howopen gate --locked --no-policy -A license.unknown -A license.missing";
  Ran r = p.shell(gate);
  EXPECT_THAT(r.out + r.err, Not(HasSubstr("lock.missing"))) << r.out << r.err;
  EXPECT_EQ(verify("models/set models/tune.gguf"), 0);
  EXPECT_THAT(p.shell("howopen drift --no-policy").out, Not(HasSubstr("weights-changed")));
  p.put("models/set/model.safetensors", safetensors("{}") + "x");
  r = p.shell(gate);
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(r.out, HasSubstr("error[lock.missing]: ./models/set is not what was locked"));
  EXPECT_EQ(verify("models/set"), 1);
  r = p.shell("howopen drift --no-policy");
  EXPECT_EQ(r.exit, 1) << r.out;
  EXPECT_THAT(r.out, HasSubstr("error[drift.weights-changed]"));
  EXPECT_NE(p.shell("howopen lock --no-policy --update ./models/set").exit, 2);
  EXPECT_EQ(verify("models/set"), 0);
  fs::remove_all(p.dir.file("models/set"));
  r = p.shell(gate);
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(r.out, HasSubstr("./models/set is locked and not here"));
}

}  // namespace
}  // namespace howopen::test
