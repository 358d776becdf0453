// The JSON report against its schema, by a real validator.

#include <gtest/gtest.h>

#include <sstream>

#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

const std::string kSchemas = std::string(HOWOPEN_SOURCE_DIR) + "/data/schema/";

// Debian's python3 holds Debian's python3-jsonschema, whatever else is in PATH.
Ran validate(const std::string& json, const std::string& schema = "report-1.json") {
  const TempDir dir;
  const std::string document = dir.write("report.json", json);
  return run({"-c", "exec /usr/bin/python3 " + std::string(HOWOPEN_SOURCE_DIR) + "/tests/validate.py " +
                        kSchemas + schema + " < " + document},
             {}, "/bin/sh");
}

class Schema : public testing::Test {
 protected:
  void SetUp() override {
    const int exit = validate("{}").exit;
    if (exit == 77 || exit == 127) GTEST_SKIP() << "no python3-jsonschema: nothing was validated";
  }
};

TEST_F(Schema, RefusesWhatIsNoReport) {
  EXPECT_EQ(validate("{}").exit, 1);
  std::string json = run({"audit", "gpt-4", "--json"}).out;
  const auto at = json.find("\"api-only\"");
  ASSERT_NE(at, std::string::npos);
  json.replace(at, 10, "\"api-onyl\"");
  EXPECT_EQ(validate(json).exit, 1);
}

TEST_F(Schema, HoldsForEveryKindOfReport) {
  FakeHub hub;
  hub["a/open"].files = {{"README.md", "---\nlicense: mit\ndatasets: [x/y]\n---\n"},
                         {"model.safetensors", "x"}};
  hub["a/gated"].files = {{"README.md", "x"}, {"LICENSE", "my own terms"}, {"model.safetensors", "x"}};
  hub["a/gated"].gated = "manual";
  hub["a/tuned"].files = {
      {"README.md",
       "---\nbase_model: [a/gated, a/gone]\nlicense: other\nlicense_name: deepseek\n---\nopen source\n"},
      {"adapter_model.safetensors", "x"}};
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"a/open", "a/gated", "a/tuned", "a/missing", "gpt-4", "--json"},
           {"a/open", "--json", "--offline"},
           {"deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "tiiuae/falcon-7b", "--json", "--offline"}}) {
    const Ran r = run(arguments, {{"HF_ENDPOINT", hub.url()}});
    const Ran valid = validate(r.out);
    EXPECT_EQ(valid.exit, 0) << valid.out << valid.err << r.err;
  }
}

// Lines of a batch have a definition of their own in the same file.
TEST_F(Schema, HoldsForLinesOfABatch) {
  const TempDir dir;
  auto schema = text::parse_json(slurp(kSchemas + "report-1.json"));
  ASSERT_TRUE(schema);
  text::Json lines = text::Json::object();
  lines.set("$schema", (*schema)["$schema"]);
  lines.set("$ref", text::Json("#/$defs/batch_line"));
  lines.set("$defs", (*schema)["$defs"]);
  const std::string file = dir.write("line.json", text::write_json(lines, false));
  FakeHub hub;
  hub["a/open"].files = {{"README.md", "---\nlicense: mit\nbase_model: a/gone\n---\n"},
                         {"model.safetensors", "x"}};
  const std::string ids = dir.write("ids.txt", "a/open\na/missing\ngpt-4\nno model at all\n");
  const auto valid = [&](const std::string& line) {
    const std::string document = dir.write("one.json", line);
    return run({"-c", "exec /usr/bin/python3 " + std::string(HOWOPEN_SOURCE_DIR) + "/tests/validate.py " +
                          file + " < " + document},
               {}, "/bin/sh");
  };
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"batch", ids}, {"batch", ids, "--offline"}, {"batch", ids, "--for", "product"}}) {
    std::istringstream all(run(arguments, {{"HF_ENDPOINT", hub.url()}}).out);
    int n = 0;
    for (std::string line; std::getline(all, line); ++n) {
      const Ran r = valid(line);
      EXPECT_EQ(r.exit, 0) << r.out << r.err << line;
    }
    EXPECT_EQ(n, 4);
  }
  EXPECT_EQ(valid("{\"schema_version\":\"1.0.0\"}").exit, 1);
}

TEST_F(Schema, HoldsForScans) {
  const TempDir dir;
  dir.write("a.py",
            "m = AutoModel.from_pretrained('a/b', revision='v1'); n = AutoModel.from_pretrained(x)\n");
  dir.write("b.gguf", "GGUF");
  dir.write("node_modules/x.js", "");
  const Ran r = run({"scan", dir.path(), "--json"});
  const Ran valid = validate(r.out, "scan-1.json");
  EXPECT_EQ(valid.exit, 0) << valid.out << valid.err << r.out;
  EXPECT_EQ(validate(run({"scan", dir.path() + "/node_modules", "--json"}).out, "scan-1.json").exit, 0);
}

// The same keys whatever is known: a script may rely on them.
TEST_F(Schema, KeysAreAlwaysTheSame) {
  FakeHub hub;
  hub["a/open"].files = {{"README.md", "x"}, {"model.safetensors", "x"}};
  const auto json =
      text::parse_json(run({"a/open", "a/missing", "gpt-4", "--json"}, {{"HF_ENDPOINT", hub.url()}}).out);
  ASSERT_TRUE(json);
  std::vector<std::vector<std::string>> keys;
  for (const auto& model : (*json)["models"].items()) {
    keys.emplace_back();
    for (const auto& [key, value] : model.members()) keys.back().push_back(key);
    for (const auto& [key, value] : model["license"].members()) keys.back().push_back("license." + key);
    for (const auto& [key, value] : model["components"]["weights"].members())
      keys.back().push_back("weights." + key);
  }
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[0], keys[1]);
  EXPECT_EQ(keys[0], keys[2]);
}

}  // namespace
}  // namespace howopen::test
