// Models of this machine, as a user audits them: a folder, a file of weights, a model of Ollama's store.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "support/fake_hub.h"
#include "support/local_models.h"
#include "support/models.h"
#include "support/run.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

struct OnDisk : testing::Test {
  TempDir dir;
  text::Json audit(const std::string& what, const std::map<std::string, std::string>& environment = {},
                   bool online = false) {
    std::vector<std::string> words{"audit", what, "--json"};
    if (!online) words.push_back("--offline");
    const Ran ran = run(words, environment);
    const auto out = text::parse_json(ran.out);
    EXPECT_TRUE(out) << ran.out << ran.err;
    return out ? (*out)["models"].items()[0] : text::Json();
  }
  static std::string cls(const text::Json& m) {
    return std::string(m["license"]["effective"]["class"].string_or(""));
  }
};

TEST_F(OnDisk, AFolderIsJudgedByItsOwnFiles) {
  dir.write("tune/README.md", "---\nlicense: apache-2.0\n---\n# Tune\n\nTrained from scratch.\n");
  dir.write("tune/LICENSE", kApache);
  dir.write("tune/config.json", R"({"architectures":["LlamaForCausalLM"],"model_type":"llama"})");
  dir.write("tune/model.gguf", gguf({{"general.architecture", "llama"}}));
  const text::Json m = audit(dir.path() + "/tune");
  EXPECT_EQ(m["source"].string_or(""), "local");
  EXPECT_EQ(m["verdict"].string_or(""), "open-weights");
  EXPECT_EQ(m["license"]["weights"]["match"].string_or(""), "exact");
}

TEST_F(OnDisk, TheHeadOfAFileIsAClaim) {
  dir.write("nc.gguf", gguf({{"general.architecture", "llama"}, {"general.license", "CC-BY-NC-4.0"}}));
  EXPECT_EQ(cls(audit(dir.path() + "/nc.gguf")), "non-commercial");
  // Alone it proves nothing of what it came from.
  dir.write("mit.gguf", gguf({{"general.architecture", "llama"}, {"general.license", "mit"}}));
  EXPECT_NE(audit("file:" + dir.path() + "/mit.gguf")["verdict"].string_or(""), "open-weights");
}

TEST_F(OnDisk, AHeadAgainstTheTextBesideItIsTold) {
  dir.write("m/LICENSE", kApache);
  dir.write("m/model.gguf", gguf({{"general.architecture", "llama"}, {"general.license", "cc-by-nc-4.0"}}));
  bool told = false;
  const text::Json m = audit(dir.path() + "/m");
  for (const text::Json& f : m["findings"].items())
    told = told || f["rule"].string_or("") == "license.header-vs-text";
  EXPECT_TRUE(told);
}

TEST_F(OnDisk, ItsBaseIsFollowedToTheHubAndItsTermsStay) {
  FakeHub hub;
  FakeRepository& base = hub["acme/base"];
  base.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"cc-by-nc-4.0"},)";
  base.files = {{"README.md", "---\nlicense: cc-by-nc-4.0\n---\n# Base\n"},
                {"model.safetensors", std::string(1000, 'x')}};
  base.lfs = {"model.safetensors"};
  dir.write("t/README.md", "---\nlicense: mit\n---\n# T\n");
  dir.write("t/model.gguf", gguf({{"general.architecture", "llama"},
                                  {"general.license", "mit"},
                                  {"general.base_model.0.repo_url", "https://huggingface.co/acme/base"}}));
  const text::Json m = audit(dir.path() + "/t", hub.environment(), true);
  EXPECT_EQ(cls(m), "non-commercial");
  for (const HttpRequest& q : hub.log()) EXPECT_EQ(q.path.find("local/"), std::string::npos) << q.path;
}

TEST_F(OnDisk, OllamasStoreIsReadByItsManifests) {
  const std::string model = gguf({{"general.architecture", "llama"}});
  const auto blob = [&](const std::string& content) {
    const std::string digest = text::sha256(content);
    dir.write("store/blobs/sha256-" + digest, content);
    return digest;
  };
  dir.write("store/manifests/registry.ollama.ai/library/kettle/3b",
            R"({"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" +
                blob(model) + R"("},{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:)" +
                blob(kApache) + R"("}]})");
  const std::map<std::string, std::string> store{{"OLLAMA_MODELS", dir.path() + "/store"}};
  const text::Json m = audit("ollama:kettle:3b", store);
  EXPECT_EQ(m["license"]["weights"]["concluded"].string_or(""), "Apache-2.0");
  EXPECT_EQ(m["verdict"].string_or(""), "open-weights");
  // A layer that cannot be read may be another license.
  dir.write(
      "store/manifests/registry.ollama.ai/library/odd/3b",
      R"({"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" + blob(model) +
          R"("},{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:)" + blob(kApache) +
          R"("},{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:../../../../etc/passwd"}]})");
  EXPECT_EQ(audit("ollama:odd:3b", store)["verdict"].string_or(""), "undetermined");
  // Nor is one that leads out of the store read.
  const std::string elsewhere = text::sha256("elsewhere");
  dir.write("outside.txt", kApache);
  std::filesystem::create_symlink(dir.path() + "/outside.txt",
                                  dir.path() + "/store/blobs/sha256-" + elsewhere);
  dir.write("store/manifests/registry.ollama.ai/library/led/3b",
            R"({"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" +
                blob(model) + R"("},{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:)" +
                elsewhere + R"("}]})");
  EXPECT_EQ(audit("ollama:led:3b", store)["verdict"].string_or(""), "undetermined");
  const Ran missing = run({"audit", "ollama:other", "--offline"}, store);
  EXPECT_EQ(missing.exit, 2);
  EXPECT_THAT(missing.err, HasSubstr("ollama pull other"));
  EXPECT_EQ(run({"audit", "ollama:../../etc", "--offline"}, store).exit, 2);
}

TEST_F(OnDisk, WhatIsNoModelIsRefusedAndLinksLeadNowhere) {
  EXPECT_EQ(run({"audit", dir.path() + "/none", "--offline"}).exit, 2);
  dir.write("notes.txt", "milk");
  EXPECT_THAT(run({"audit", dir.path() + "/notes.txt", "--offline"}).err, HasSubstr("not a file of weights"));
  dir.write("outside/LICENSE", kApache);
  dir.write("m/model.gguf", gguf({{"general.architecture", "llama"}}));
  fs::create_symlink(dir.path() + "/outside/LICENSE", dir.path() + "/m/LICENSE");
  EXPECT_NE(audit(dir.path() + "/m")["license"]["weights"]["concluded"].string_or(""), "Apache-2.0")
      << "a link out of the folder is not followed";
}

TEST_F(OnDisk, WhatWasNotReadIsNotSaidToBeSeenOrMeasured) {
  dir.write("empty.gguf", "");
  const Ran empty = run({"audit", dir.path() + "/empty.gguf", "--offline"});
  EXPECT_EQ(empty.exit, 2);
  EXPECT_THAT(empty.err, HasSubstr("it is empty"));
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, '1') +
      "\nsize 16000000000\n";
  dir.write("lfs/model.safetensors", pointer);
  const Ran file = run({"audit", dir.path() + "/lfs/model.safetensors", "--offline"});
  EXPECT_EQ(file.exit, 2);
  EXPECT_THAT(file.err, HasSubstr("a pointer of Git LFS, not the weights"));
  dir.write("junk.safetensors", std::string(900000, 'x'));
  dir.write("none/notes.txt", "milk");
  for (const char* what : {"/lfs", "/junk.safetensors", "/none"}) {
    const std::string out = run({"audit", dir.path() + what, "--offline"}).out;
    EXPECT_THAT(out, Not(HasSubstr("\n  run it"))) << what;
    EXPECT_THAT(out, Not(HasSubstr("README.md"))) << what << ": there is none\n" << out;
  }
  EXPECT_THAT(run({"audit", dir.path() + "/lfs", "--offline"}).out, HasSubstr("git lfs pull"));
}

TEST_F(OnDisk, ABaseOfTheCatalogIsNoSuspicion) {
  dir.write("tune/README.md", "---\nlicense: apache-2.0\nbase_model: google/gemma-2-9b\n---\n# Tune\n");
  dir.write("tune/config.json", R"({"architectures":["Gemma2ForCausalLM"],"model_type":"gemma2"})");
  dir.write("tune/model.gguf", gguf({{"general.architecture", "gemma2"}}));
  const Ran ran = run({"audit", dir.path() + "/tune", "--offline"});
  EXPECT_THAT(ran.out, HasSubstr("google/gemma-2-9b is under Gemma Terms"));
  EXPECT_THAT(ran.out, Not(HasSubstr("no base model is named")));
  // One that neither the Hub nor the catalog tells of leaves it open.
  dir.write("tune/README.md", "---\nlicense: apache-2.0\nbase_model: gone/nowhere\n---\n# Tune\n");
  EXPECT_THAT(run({"audit", dir.path() + "/tune", "--offline"}).out,
              HasSubstr("ask first: internal, product"));
}

TEST_F(OnDisk, NotEveryGgufIsQuantized) {
  const auto quantized = [&](const std::string& name, int type) {
    dir.write(name, gguf({{"general.architecture", "llama"}}, type));
    return text::write_json(audit(dir.path() + "/" + name)["modifiers"], false).find("quantized") !=
           std::string::npos;
  };
  EXPECT_FALSE(quantized("a.gguf", 0));   // F32
  EXPECT_FALSE(quantized("b.gguf", 1));   // F16
  EXPECT_FALSE(quantized("c.gguf", 32));  // BF16
  EXPECT_TRUE(quantized("d.gguf", 15));   // Q4_K_M
  EXPECT_TRUE(quantized("e-F16.gguf", 7));
  EXPECT_FALSE(quantized("f-bf16.gguf", -1));
  EXPECT_TRUE(quantized("g.Q4_K_M.gguf", -1));
  EXPECT_TRUE(quantized("ggml-model-q8_0.gguf", -1));
  EXPECT_FALSE(quantized("h.gguf", -1));  // nobody knows
}

TEST_F(OnDisk, AGgufWithoutAHeadTellsNothing) {
  dir.write("x.gguf", std::string(2000, 'x'));
  const text::Json m = audit(dir.path() + "/x.gguf");
  EXPECT_EQ(text::write_json(m["modifiers"], false).find("quantized"), std::string::npos);
  EXPECT_EQ(m["components"]["inference_code"]["status"].string_or(""), "unknown");
  // One that has a head, of an architecture that no table knows, is run by what runs GGUF.
  dir.write("y.gguf", gguf({{"general.architecture", "brandnew"}}));
  EXPECT_EQ(audit(dir.path() + "/y.gguf")["components"]["inference_code"]["status"].string_or(""),
            "available");
}

TEST_F(OnDisk, HostileHeadsEndInAnAnswer) {
  const std::string heads[] = {
      "",
      "GGUF",
      "GGUF" + little(3, 4) + little(~0ULL, 8) + little(~0ULL, 8),
      "GGUF" + little(3, 4) + little(0, 8) + little(1, 8) + little(~0ULL >> 1, 8) + "x",
      gguf({{"general.license", std::string(100'000, 'x')}}),
      gguf({{"general.license", "mit\x1b[31m\n---\nlicense: y"}})};
  int n = 0;
  for (const std::string& head : heads) {
    const std::string name = "h" + std::to_string(n++) + ".gguf";
    dir.write(name, head);
    const Ran ran = run({"audit", dir.path() + "/" + name, "--offline"});
    EXPECT_TRUE(head.empty() ? ran.exit == 2 : ran.exit == 0 || ran.exit == 3) << n << ran.err;
    EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
  }
}

}  // namespace
}  // namespace howopen::test
