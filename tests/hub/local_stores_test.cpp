// Several models of this machine at once, artifacts and archives, and weights in a tree that is gated.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

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
namespace fs = std::filesystem;

std::string gzip(const std::string& content) {
  z_stream stream = {};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, content.size()) + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

const std::string kWeights = gguf({{"general.architecture", "llama"}});
const std::string kNcWeights = gguf({{"general.architecture", "llama"}, {"general.license", "cc-by-nc-4.0"}});
const std::string kConfig = R"({"architectures":["LlamaForCausalLM"],"model_type":"llama"})";

struct Stores : testing::Test {
  TempDir dir;

  text::Json models(const std::vector<std::string>& words,
                    const std::map<std::string, std::string>& env = {}) {
    std::vector<std::string> all{"audit", "--offline", "--json"};
    all.insert(all.end(), words.begin(), words.end());
    const Ran ran = run(all, env);
    const auto out = text::parse_json(ran.out);
    EXPECT_TRUE(out) << ran.out << ran.err;
    return out ? (*out)["models"] : text::Json();
  }
  static std::string cls(const text::Json& m) {
    return std::string(m["license"]["effective"]["class"].string_or(""));
  }
  static bool finds(const text::Json& m, const std::string& rule) {
    for (const text::Json& f : m["findings"].items()) {
      if (f["rule"].string_or("") == rule) return true;
    }
    for (const text::Json& f : m["license"]["conflicts"].items()) {
      if (f["rule"].string_or("") == rule) return true;
    }
    return false;
  }

  std::string blob(const std::string& layout, const std::string& content) {
    const std::string digest = text::sha256(content);
    dir.write(layout + "/blobs/sha256/" + digest, content);
    return "sha256:" + digest;
  }
  std::string layer(const std::string& layout, const std::string& type, const std::string& content,
                    const std::string& title = "") {
    const std::string notes =
        title.empty() ? "" : R"(,"annotations":{"org.opencontainers.image.title":")" + title + "\"}";
    return R"({"mediaType":")" + type + R"(","digest":")" + blob(layout, content) + "\"" + notes + "}";
  }
  // A layout with one artifact.
  void layout(const std::string& name, const std::string& tag, const std::vector<std::string>& layers,
              const std::string& configuration = "{}", const std::string& annotations = "{}") {
    std::string list;
    for (const std::string& l : layers) list += (list.empty() ? "" : ",") + l;
    const std::string manifest = R"({"schemaVersion":2,"config":{"mediaType":"application/json","digest":")" +
                                 blob(name, configuration) + R"("},"layers":[)" + list +
                                 R"(],"annotations":)" + annotations + "}";
    dir.write(name + "/oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    dir.write(name + "/index.json", R"({"manifests":[{"digest":")" + blob(name, manifest) +
                                        R"(","annotations":{"org.opencontainers.image.ref.name":")" + tag +
                                        R"("}}]})");
  }
};

TEST_F(Stores, TwoFilesOfOneNameAreTwoModels) {
  dir.write("a/model.gguf", gguf({{"general.license", "mit"}}));
  dir.write("b/model.gguf", kNcWeights);
  const text::Json all = models({dir.path() + "/a/model.gguf", dir.path() + "/b/model.gguf"});
  ASSERT_EQ(all.items().size(), 2u);
  EXPECT_NE(all.items()[0]["id"].string_or(""), all.items()[1]["id"].string_or(""));
  EXPECT_EQ(cls(all.items()[0]) == "non-commercial" || cls(all.items()[1]) == "non-commercial", true);
}

TEST_F(Stores, AHeadAgainstTheCardLeavesARangeDownToTheStricter) {
  dir.write("m/README.md", "---\nlicense: mit\n---\n# M\n");
  dir.write("m/config.json", kConfig);
  dir.write("m/model.gguf", kNcWeights);
  const text::Json m = models({dir.path() + "/m"}).items()[0];
  EXPECT_EQ(cls(m), "non-commercial");
  EXPECT_TRUE(finds(m, "license.header-vs-text"));
  // The same said of one of many files, and by safetensors.
  dir.write("s/README.md", "---\nlicense: mit\n---\n# S\n");
  dir.write("s/config.json", kConfig);
  for (int i = 0; i < 12; ++i)
    dir.write("s/part-" + std::to_string(i) + ".safetensors", safetensors(R"({"format":"pt"})"));
  dir.write("s/part-99.safetensors", safetensors(R"({"license":"cc-by-nc-4.0"})"));
  EXPECT_EQ(cls(models({dir.path() + "/s"}).items()[0]), "non-commercial");
}

TEST_F(Stores, AHeadThatSaysTheSameIsNoConflict) {
  dir.write("m/README.md", "---\nlicense: apache-2.0\n---\n# M\n\nTrained from scratch.\n");
  dir.write("m/LICENSE", kApache);
  dir.write("m/config.json", kConfig);
  for (const char* said : {"apache-2.0", "Apache-2.0", "other"}) {
    dir.write("m/model.gguf", gguf({{"general.architecture", "llama"}, {"general.license", said}}));
    const text::Json m = models({dir.path() + "/m"}).items()[0];
    EXPECT_EQ(cls(m), "open") << said;
    EXPECT_FALSE(finds(m, "license.header-vs-text")) << said;
  }
}

TEST_F(Stores, AHeadThatDoesNotEndMaySayAnything) {
  dir.write("m/README.md", "---\nlicense: apache-2.0\n---\n# M\n\nTrained from scratch.\n");
  dir.write("m/LICENSE", kApache);
  dir.write("m/config.json", kConfig);
  const std::string cut = "GGUF" + little(3, 4) + little(0, 8) + little(9, 8) +
                          sized("general.architecture") + little(8, 4) + sized("llama") + sized("x") +
                          little(8, 4) + little(~0ULL >> 1, 8);
  dir.write("m/model.gguf", cut + std::string(2000, '\0'));
  EXPECT_EQ(cls(models({dir.path() + "/m"}).items()[0]), "unknown");
  // A long vocabulary before the key hides nothing.
  std::string long_head = "GGUF" + little(3, 4) + little(0, 8) + little(2, 8) +
                          sized("tokenizer.ggml.tokens") + little(9, 4) + little(8, 4) + little(200'000, 8);
  for (int i = 0; i < 200'000; ++i) long_head += sized("token number " + std::to_string(i));
  long_head += sized("general.license") + little(8, 4) + sized("cc-by-nc-4.0");
  dir.write("m/model.gguf", long_head);
  EXPECT_EQ(cls(models({dir.path() + "/m"}).items()[0]), "non-commercial");
}

TEST_F(Stores, OnnxSaysItsLicenseBehindItsGraph) {
  const auto field = [](int number, const std::string& bytes) {
    std::string size;
    for (std::size_t n = bytes.size();; n >>= 7) {
      size += static_cast<char>((n & 0x7F) | (n > 0x7F ? 0x80 : 0));
      if (n <= 0x7F) break;
    }
    return std::string(1, static_cast<char>(number << 3 | 2)) + size + bytes;
  };
  dir.write("model.onnx", "\x08\x07" + field(7, std::string(1'500'000, 'g')) +
                              field(14, field(1, "license") + field(2, "cc-by-nc-4.0")));
  EXPECT_EQ(cls(models({dir.path() + "/model.onnx"}).items()[0]), "non-commercial");
}

TEST_F(Stores, AllOfOllamasStore) {
  const auto put = [&](const std::string& name, const std::string& license) {
    std::string layers;
    for (const auto& [kind, content] : {std::pair{"model", kWeights}, std::pair{"license", license}}) {
      const std::string digest = text::sha256(content);
      dir.write("store/blobs/sha256-" + digest, content);
      layers += std::string(layers.empty() ? "" : ",") + R"({"mediaType":"application/vnd.ollama.image.)" +
                kind + R"(","digest":"sha256:)" + digest + "\"}";
    }
    dir.write("store/manifests/registry.ollama.ai/" + name, R"({"layers":[)" + layers + "]}");
  };
  put("library/kettle/3b", kApache);
  put("library/kettle/8b", kApache);
  put("acme/pot/latest",
      "Use of this model for commercial purposes is prohibited without written permission.\n");
  const std::map<std::string, std::string> store{{"OLLAMA_MODELS", dir.path() + "/store"}};
  EXPECT_EQ(models({"ollama:*"}, store).items().size(), 3u);
  EXPECT_EQ(models({"ollama:kettle:*"}, store).items().size(), 2u);
  EXPECT_EQ(models({"ollama:kettle:8b@" + dir.path() + "/store"}).items().size(), 1u);
  EXPECT_EQ(models({"--recursive", "dir:" + dir.path()}).items().size(), 3u);
  for (const text::Json& m : models({"ollama:acme/*"}, store).items()) EXPECT_NE(cls(m), "open");
  EXPECT_EQ(run({"audit", "ollama:none*", "--offline"}, store).exit, 2);
}

TEST_F(Stores, ArtifactsOfDockerAndOthers) {
  layout("docker", "ai/kettle:3b",
         {layer("docker", "application/vnd.docker.ai.gguf.v3", kWeights),
          layer("docker", "application/vnd.docker.ai.license", kApache)});
  const text::Json docker = models({"oci:" + dir.path() + "/docker:3b"}).items()[0];
  EXPECT_EQ(docker["license"]["weights"]["concluded"].string_or(""), "Apache-2.0");
  EXPECT_EQ(cls(docker), "open");
  // Its tag has a slash and a colon; it is found by the whole of it, and where none is named.
  for (const char* word : {"/docker", "/docker:ai/kettle:3b", "/docker@ai/kettle:3b"})
    EXPECT_EQ(cls(models({"oci:" + dir.path() + word}).items()[0]), "open") << word;
  EXPECT_EQ(models({"--recursive", "dir:" + dir.path()}).items().size(), 1u);
  // The model-spec: names in annotations, licenses in the configuration, an archive as layer.
  layout("cncf", "v1",
         {layer("cncf", "application/vnd.cncf.model.weight.v1.tar+gzip",
                gzip(tar({{"config.json", kConfig}, {"model.gguf", kWeights}, {"LICENSE", kApache}})))},
         R"({"descriptor":{"name":"kettle","licenses":["CC-BY-NC-4.0"]}})");
  const text::Json cncf = models({"oci:" + dir.path() + "/cncf"}).items()[0];
  EXPECT_EQ(cls(cncf), "non-commercial");
  EXPECT_TRUE(finds(cncf, "license.header-vs-text"));
  // KitOps, and an annotation.
  layout("kit", "v1",
         {layer("kit", "application/vnd.kitops.modelkit.model.v1.tar", tar({{"model.gguf", kWeights}}))},
         R"({"package":{"name":"kettle","license":"cc-by-nc-4.0"}})");
  EXPECT_EQ(cls(models({"oci:" + dir.path() + "/kit:v1"}).items()[0]), "non-commercial");
  layout("oras", "v1", {layer("oras", "application/octet-stream", kWeights, "weights/model.gguf")}, "{}",
         R"({"org.opencontainers.image.licenses":"cc-by-nc-4.0"})");
  EXPECT_EQ(cls(models({"oci:" + dir.path() + "/oras:v1"}).items()[0]), "non-commercial");
  EXPECT_THAT(run({"audit", "--offline", "oci:" + dir.path() + "/oras:v2"}).err, HasSubstr("it has v1"));
}

TEST_F(Stores, DockerModelRunnersStore) {
  layout("s", "-",
         {layer("s", "application/vnd.docker.ai.gguf.v3", kWeights),
          layer("s", "application/vnd.docker.ai.license", kApache)});
  const auto index = text::parse_json(slurp(dir.file("s/index.json")));
  ASSERT_TRUE(index);
  const std::string digest((*index)["manifests"].items()[0]["digest"].string_or(""));
  dir.write("s/manifests/sha256/" + digest.substr(7), slurp(dir.file("s/blobs/sha256/" + digest.substr(7))));
  fs::remove(dir.file("s/blobs/sha256/" + digest.substr(7)));
  fs::remove(dir.file("s/index.json"));
  dir.write("s/models.json", R"({"models":[{"id":")" + digest +
                                 R"(","tags":["index.docker.io/ai/kettle:latest"],"files":[]}]})");
  for (const char* word : {"", ":ai/kettle", ":ai/kettle:latest"}) {
    const text::Json all = models({"oci:" + dir.path() + "/s" + word});
    ASSERT_EQ(all.items().size(), 1u) << word;
    EXPECT_EQ(all.items()[0]["license"]["weights"]["concluded"].string_or(""), "Apache-2.0") << word;
  }
  EXPECT_EQ(models({"--recursive", "dir:" + dir.path()}).items().size(), 1u);
  dir.write("s/models.json", R"({"models":[{"id":"sha256:../../etc/passwd","tags":["x"]}]})");
  EXPECT_EQ(run({"audit", "--offline", "oci:" + dir.path() + "/s"}).exit, 2);
}

TEST_F(Stores, OpenVinoSaysItsLicenseAtTheEnd) {
  const auto graph = [](const std::string& info) {
    return "<?xml version=\"1.0\"?><net><layers>" + std::string(200'000, ' ') + "</layers><rt_info>" + info +
           "</rt_info></net>";
  };
  dir.write("m/README.md", "---\nlicense: mit\n---\n# M\n");
  dir.write("m/config.json", kConfig);
  dir.write("m/openvino_model.bin", std::string(2000, 'x'));
  dir.write("m/openvino_model.xml", graph("<MO_version value=\"2025\" /><license value=\"cc-by-nc-4.0\" />"));
  text::Json m = models({dir.path() + "/m"}).items()[0];
  EXPECT_EQ(cls(m), "non-commercial");
  EXPECT_TRUE(finds(m, "license.header-vs-text"));
  dir.write("m/openvino_model.xml", graph("<license value=\"mit\"/><broken value=\"x"));
  EXPECT_FALSE(finds(models({dir.path() + "/m"}).items()[0], "license.header-vs-text"));
}

TEST_F(Stores, ALayerThatCannotBeReadIsNotClean) {
  const std::string zstd = "\x28\xB5\x2F\xFD" + std::string(4000, 'z');
  layout("z", "v1",
         {layer("z", "application/vnd.docker.ai.gguf.v3", kWeights),
          layer("z", "application/vnd.docker.ai.license", kApache),
          layer("z", "application/vnd.cncf.model.doc.v1.tar+zstd", zstd)});
  EXPECT_EQ(models({"oci:" + dir.path() + "/z:v1"}).items()[0]["verdict"].string_or(""), "undetermined");
}

TEST_F(Stores, AnImageMayHoldSeveralModels) {
  const std::string files = tar({{"app/main.py", "print('hi')\n"},
                                 {"models/a/config.json", kConfig},
                                 {"models/a/model.safetensors", safetensors("{}")},
                                 {"models/a/LICENSE", kApache},
                                 {"models/b.gguf", kNcWeights}});
  layout("image", "app:1", {layer("image", "application/vnd.oci.image.layer.v1.tar+gzip", gzip(files))});
  const text::Json all = models({"oci:" + dir.path() + "/image"});
  ASSERT_EQ(all.items().size(), 2u);
  EXPECT_EQ(cls(all.items()[0]), "open");
  EXPECT_EQ(cls(all.items()[1]), "non-commercial");
  // The same as a tar of the layout, as a plain archive, and as an image that Docker saved.
  dir.write("plain.tar.gz", gzip(files));
  EXPECT_EQ(models({"tar:" + dir.path() + "/plain.tar.gz"}).items().size(), 2u);
  dir.write("saved.tar",
            tar({{"abc/layer.tar", files}, {"manifest.json", R"([{"Layers":["abc/layer.tar"]}])"}}));
  EXPECT_EQ(models({"tar:" + dir.path() + "/saved.tar"}).items().size(), 2u);
}

const std::string kPolicy = "version = 1\npreset = \"permissive\"\n";

TEST_F(Stores, AGateJudgesTheWeightsOfATree) {
  dir.write("project/howopen.toml", kPolicy);
  dir.write("project/app.py", "print('no model is named here')\n");
  dir.write("project/LICENSE", kApache);
  const auto gate = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"gate", "--offline", "--policy", dir.path() + "/project/howopen.toml"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  EXPECT_EQ(gate({dir.path() + "/project"}).exit, 0);
  dir.write("project/models/x.gguf", kNcWeights);
  const Ran denied = gate({dir.path() + "/project"});
  EXPECT_EQ(denied.exit, 1) << denied.out << denied.err;
  EXPECT_THAT(denied.out + denied.err, HasSubstr("models/x.gguf"));
  EXPECT_EQ(gate({dir.path() + "/project/models/x.gguf"}).exit, 1);
  EXPECT_EQ(gate({"--artifact", dir.path() + "/project"}).exit, 1);
  EXPECT_EQ(gate({"file:" + dir.path() + "/project/models/x.gguf"}).exit, 1);
  // The project's own license is none of weights that lie in it.
  fs::remove(dir.path() + "/project/models/x.gguf");
  dir.write("project/y.gguf", kWeights);
  EXPECT_EQ(gate({dir.path() + "/project"}).exit, 3);
  // What the policy excludes is not judged.
  dir.write("project/howopen.toml", kPolicy + "[scan]\nexclude = [\"*.gguf\"]\n");
  EXPECT_EQ(gate({dir.path() + "/project"}).exit, 0);
}

TEST_F(Stores, AGateJudgesWhatWouldBeShipped) {
  dir.write("howopen.toml", kPolicy);
  dir.write("bundle.tar.gz", gzip(tar({{"app/x.gguf", kNcWeights}, {"app/main.py", "import os\n"}})));
  const auto gate = [&](const std::string& artifact) {
    return run({"gate", "--offline", "--policy", dir.path() + "/howopen.toml", "--artifact", artifact});
  };
  EXPECT_EQ(gate(dir.path() + "/bundle.tar.gz").exit, 1);
  dir.write("clean.tar", tar({{"app/main.py", "import os\n"}}));
  EXPECT_EQ(gate(dir.path() + "/clean.tar").exit, 0);
  EXPECT_EQ(gate(dir.path() + "/none.tar").exit, 2);
  // A part that cannot be read is said, and counts where the gate is strict.
  dir.write("cut.tar.gz", gzip(tar({{"app/main.py", "import os\n"}}) + "x").substr(0, 60));
  const Ran cut = gate(dir.path() + "/cut.tar.gz");
  EXPECT_THAT(cut.out + cut.err, testing::AnyOf(HasSubstr("scan.skipped"), HasSubstr("no archive")));
}

TEST_F(Stores, LinesOfABatchMayNameThem) {
  dir.write("a/model.gguf", gguf({{"general.license", "mit"}}));
  dir.write("b/model.gguf", kNcWeights);
  dir.write("list.txt", "file:" + dir.path() + "/a/model.gguf\nfile:" + dir.path() +
                            "/b/model.gguf\nfile:" + dir.path() + "/c.gguf\n");
  const Ran ran = run({"batch", dir.path() + "/list.txt", "--offline"});
  std::vector<text::Json> lines;
  for (std::size_t at = 0; at < ran.out.size();) {
    const std::size_t end = ran.out.find('\n', at);
    lines.push_back(*text::parse_json(ran.out.substr(at, end - at)));
    at = end + 1;
  }
  ASSERT_EQ(lines.size(), 3u) << ran.out << ran.err;
  EXPECT_NE(cls(lines[0]), "non-commercial");
  EXPECT_EQ(cls(lines[1]), "non-commercial");
  EXPECT_THAT(text::write_json(lines[2], false), HasSubstr("no such file or folder"));
}

TEST_F(Stores, HostileArchivesEndInAnAnswer) {
  const std::string self = R"({"manifests":[{"digest":"sha256:)" + std::string(64, 'a') + "\"}]}";
  dir.write("self/index.json", self);
  dir.write("self/blobs/sha256/" + std::string(64, 'a'), self);
  EXPECT_EQ(run({"audit", "--offline", "oci:" + dir.path() + "/self"}).exit, 2);
  dir.write("secret/LICENSE", kApache);
  const std::string bad[] = {
      tar({{"../secret/LICENSE", kApache}, {"/etc/model.gguf", kWeights}}),
      tar_entry("model.gguf", kWeights).substr(0, 600),
      gzip(tar({{"model.gguf", kWeights}})).substr(0, 40),
      std::string(5000, '\xff'),
  };
  int n = 0;
  for (const std::string& content : bad) {
    const std::string name = dir.path() + "/bad" + std::to_string(n++) + ".tar";
    dir.write(name.substr(dir.path().size() + 1), content);
    const Ran ran = run({"audit", "--offline", "tar:" + name});
    EXPECT_TRUE(ran.exit == 2 || ran.exit == 3) << n << ran.out << ran.err;
  }
}

}  // namespace
}  // namespace howopen::test
