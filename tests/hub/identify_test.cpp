// Files of this machine by their content, and by what their heads call them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/local_models.h"
#include "support/project.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kFile = gguf({{"general.architecture", "llama"}, {"general.name", "Acme Open 7B"}});

struct Identify : testing::Test {
  Project p;

  Identify() {
    FakeRepository& r = p.hub["acme/open-7b"];
    r.files["open-7b-q4.gguf"] = kFile;
    r.lfs.insert("open-7b-q4.gguf");
    p.put("blob.gguf", kFile);
  }
  text::Json audit(const std::string& words) const {
    const Ran r = p.shell("howopen audit --json " + words);
    const auto json = text::parse_json(r.out);
    EXPECT_TRUE(json) << r.out << r.err;
    return json ? (*json)["models"].items()[0] : text::Json();
  }
};

TEST_F(Identify, ByTheLock) {
  ASSERT_EQ(p.shell("howopen lock acme/open-7b --no-policy").exit, 0);
  const text::Json m = audit("./blob.gguf --identify");
  EXPECT_EQ(m["id"].string_or(""), "acme/open-7b");
  EXPECT_EQ(m["ref"].string_or(""), "./blob.gguf");
  EXPECT_EQ(m["revision"].string_or(""), std::string(40, 'd'));
  EXPECT_EQ(m["license"]["effective"]["class"].string_or(""), "open");
  const Ran r = p.shell("howopen audit ./blob.gguf --identify");
  EXPECT_THAT(r.err, HasSubstr("note: ./blob.gguf is acme/open-7b @ ddddddd by its content (howopen.lock:"));
  EXPECT_THAT(p.shell("howopen audit ./blob.gguf --identify -v").out, HasSubstr("identity.by-content"));
}

TEST_F(Identify, OneByteIsAnotherFile) {
  ASSERT_EQ(p.shell("howopen lock acme/open-7b --no-policy").exit, 0);
  p.put("blob.gguf", kFile.substr(0, kFile.size() - 1) + "x");
  const Ran r = p.shell("howopen audit ./blob.gguf --identify");
  EXPECT_THAT(r.err, HasSubstr("is not known by its content"));
  EXPECT_EQ(r.exit, 3);
}

TEST_F(Identify, AtTheHubByWhatTheHeadSays) {
  p.hub.intercept = [](const HttpRequest& request) -> std::optional<HttpResponse> {
    if (request.path != "/api/models") return std::nullopt;
    return json_response(R"([{"id":"acme/open-7b"},{"id":"acme/closed-7b"}])");
  };
  EXPECT_EQ(audit("./blob.gguf --identify")["id"].string_or(""), "acme/open-7b");
  const std::size_t asked = p.hub.log().size();
  EXPECT_EQ(audit("./blob.gguf")["id"].string_or(""), "local/blob.gguf") << "only where it is asked for";
  EXPECT_EQ(p.hub.log().size(), asked);
}

TEST_F(Identify, ByTheCacheWithoutANetwork) {
  const std::string repository = "cache/models--acme--open-7b/";
  p.put(repository + "refs/main", std::string(40, 'd'));
  p.put(repository + "blobs/" + text::sha256(kFile), kFile);
  fs::create_directories(p.dir.file(repository + "snapshots/" + std::string(40, 'd')));
  fs::create_symlink("../../blobs/" + text::sha256(kFile),
                     p.dir.file(repository + "snapshots/" + std::string(40, 'd') + "/open-7b-q4.gguf"));
  const Ran r =
      p.shell("HF_HUB_CACHE=" + p.dir.file("cache") + " howopen audit ./blob.gguf --identify --offline");
  EXPECT_THAT(r.err, HasSubstr("is acme/open-7b @ ddddddd by its content (the Hub's cache)"));
}

TEST_F(Identify, AGateKnowsWhatIsDeniedUnderAnotherName) {
  p.put("howopen.toml", "version = 1\n[licenses]\nallow = [\"MIT\", \"Apache-2.0\"]\n");
  FakeRepository& r = p.hub["acme/closed-7b"];
  r.files["closed.gguf"] = gguf({{"general.architecture", "llama"}});
  r.lfs.insert("closed.gguf");
  ASSERT_EQ(p.shell("howopen lock acme/closed-7b").exit, 0);
  p.put("assets/x.gguf", r.files["closed.gguf"]);
  const Ran gate = p.shell("howopen gate ./assets --identify");
  EXPECT_EQ(gate.exit, 1) << gate.out << gate.err;
  EXPECT_THAT(gate.out, HasSubstr("acme/closed-7b"));
  EXPECT_THAT(gate.out, HasSubstr("assets/x.gguf"));
}

TEST_F(Identify, AHeadThatNamesAFamilyIsNeverMoreOpen) {
  for (const char* name : {"Llama 3.1 8B Instruct", "Meta Llama 3 70B", "gemma-2-9b-it", "Llama-2-13b"}) {
    p.put("x.gguf",
          gguf({{"general.architecture", "llama"}, {"general.name", name}, {"general.license", "mit"}}));
    const text::Json m = audit("./x.gguf --offline");
    EXPECT_NE(m["license"]["effective"]["class"].string_or(""), "open") << name;
    EXPECT_THAT(text::write_json(m, false), HasSubstr("lineage.family-named")) << name;
  }
  for (const char* name : {"TinyLlama 1.1B", "OpenLLaMA 7B", "Mistral 7B", "Code assistant"}) {
    p.put("x.gguf",
          gguf({{"general.architecture", "llama"}, {"general.name", name}, {"general.license", "mit"}}));
    EXPECT_THAT(text::write_json(audit("./x.gguf --offline"), false), Not(HasSubstr("lineage.family-named")))
        << name;
  }
}

}  // namespace
}  // namespace howopen::test
