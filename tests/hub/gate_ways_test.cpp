// More ways to slip a model past a gate, by how files are packed, named and written: none of them ends in
// exit 0 without a word.

#include "support/gate_ways.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/project.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kLoadsClosed = "m = AutoModel.from_pretrained(\"acme/closed-7b\")\n";
const std::string kLfsPointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') + "\nsize 4000000000\n";

GateWay packed(const char* file) {
  return {file, [file](Project& p) { p.put(file, "PK\3\4" + std::string(100, 'x')); }, 0,
          "warning[scan.skipped]: a file was not read: packed: an archive or a file in one"};
}

const GateWay kMoreWays[] = {
    packed("a.zip"),
    packed("a.whl"),
    packed("a.7z"),
    packed("a.tar.zst"),
    packed("a.tar.bz2"),
    packed("a.gguf.gz"),
    packed("a.py.xz"),
    {"an archive that is opened for weights",
     [](Project& p) { p.put("a.tar.gz", "\x1f\x8b" + std::string(100, 'x')); }, 0,
     "an archive: looked through for weights alone"},
    {"weights under another name",
     [](Project& p) { p.put("a.data", std::string("GGUF\3\0\0\0", 8) + std::string(64, 'x')); }, 0,
     "weights under a name that does not say so"},
    {"weights under no ending",
     [](Project& p) { p.put("blob", std::string("GGUF\3\0\0\0", 8) + std::string(64, 'x')); }, 0,
     "weights under a name that does not say so"},
    {"a kind of file that is not read",
     [](Project& p) { p.put("a.foo", kLoadsClosed), p.put("b.py", "x = 1\n"); }, 0,
     "a file of a kind that is not read: .foo 1"},
    {"a pointer of Git LFS for a program", [](Project& p) { p.put("a.py", kLfsPointer); }, 0,
     "a pointer of Git LFS: what it stands for is not here"},
    {"a pointer of Git LFS for weights", [](Project& p) { p.put("a.gguf", kLfsPointer); }, 3,
     "license.unknown"},
    {"a submodule that is not there",
     [](Project& p) {
       p.put(".gitmodules", "[submodule \"sub\"]\n\tpath = sub\n\turl = https://example.org/x.git\n"),
           p.put("b.py", "x = 1\n");
     },
     0, "a submodule that is not checked out"},
    {"a submodule from the Hub",
     [](Project& p) {
       p.put(".gitmodules", "[submodule \"m\"]\n\tpath = m\n\turl = https://huggingface.co/acme/closed-7b\n");
     },
     1, "license.not-allowed"},
    {"a linked folder",
     [](Project& p) { p.put("real/a.py", kLoadsClosed), fs::create_symlink("real", p.dir.file("src")); }, 1,
     "real/a.py:1:32"},
    {"a folder of packages behind a link",
     [](Project& p) {
       p.put("node_modules/a.py", kLoadsClosed), p.put("b.py", "x = 1\n"),
           fs::create_symlink("node_modules", p.dir.file("src"));
     },
     0, "note: left out: a folder of packages or of a tool"},
    {"another case",
     [](Project& p) {
       p.hub["ACME/Closed-7B"].renamed_to = "acme/closed-7b";
       p.put("a.py", "m = AutoModel.from_pretrained(\"ACME/Closed-7B\")\n");
     },
     1, "license.not-allowed"},
    {"percent signs in an address",
     [](Project& p) { p.put("a.py", "u = \"https://huggingface.co/%61cme%2Fclosed%2D7b\"\n"); }, 1,
     "license.not-allowed"},
    {"over two lines of YAML",
     [](Project& p) { p.put("a.yaml", "model_name_or_path: \"acme/\\\n  closed-7b\"\n"); }, 1,
     "license.not-allowed"},
    {"over two lines of a shell", [](Project& p) { p.put("a.sh", "vllm serve acme/\\\nclosed-7b\n"); }, 1,
     "error[license.not-allowed]: acme/closed-7b"},
    {"in an environment file", [](Project& p) { p.put("prod.env", "MODEL=acme/closed-7b\n"); }, 1,
     "license.not-allowed"},
    {"in a lock of another tool",
     [](Project& p) { p.put("models.lock", "[[model]]\nmodel_id = \"acme/closed-7b\"\n"); }, 1,
     "license.not-allowed"},
    {"in a table", [](Project& p) { p.put("a.csv", "model_id,score\nacme/closed-7b,1\n"); }, 1,
     "license.not-allowed"},
    {"the base of an adapter",
     [](Project& p) {
       p.put("l/adapter_config.json",
             R"({"base_model_name_or_path": "acme/closed-7b", "peft_type": "LORA"})");
     },
     1, "license.not-allowed"},
    {"FROM of Ollama", [](Project& p) { p.put("My.Modelfile", "FROM hf.co/acme/closed-7b\n"); }, 1,
     "license.not-allowed"},
    {"a very long line",
     [](Project& p) { p.put("a.js", "x='" + std::string(3'000'000, 'a') + "';" + kLoadsClosed); }, 1,
     "license.not-allowed"},
    {"a mark of the order of bytes",
     [](Project& p) { p.put("a.yaml", "\xEF\xBB\xBFmodel_name_or_path: acme/closed-7b\n"); }, 1,
     "license.not-allowed"},
    {"carriage returns", [](Project& p) { p.put("Dockerfile", "FROM x\rRUN vllm serve acme/closed-7b\r"); },
     1, "license.not-allowed"},
    {"a NUL in a Dockerfile",
     [](Project& p) { p.put("Dockerfile", "RUN vllm serve acme/closed-7b\n#" + std::string(1, '\0')); }, 0,
     "no text: it holds NUL bytes"},
    {"an encoding of Python's own",
     [](Project& p) { p.put("a.py", "# -*- coding: utf-7 -*-\nm = f(\"acme+AC8-closed-7b\")\n"); }, 0,
     "it says that it is in an encoding that is not read"},
    {"a constant of another file",
     [](Project& p) {
       p.put("consts.py", "X = \"acme/closed-7b\"\n"),
           p.put("a.py", "from consts import X\nm = AutoModel.from_pretrained(X)\n");
     },
     1, "consts.py:1:6"},
    {"a provider of Ollama's", [](Project& p) { p.put("a.yaml", "x:\n  model: ollama/closed\n"); }, 0,
     "a model that a provider serves"},
    {"a store of objects", [](Project& p) { p.put("a.sh", "vllm serve s3://bucket/closed-7b\n"); }, 0,
     "an address that is not of the Hub"},
    {"one file excluded",
     [](Project& p) {
       p.put("a.py", kLoadsClosed), p.put("b.py", "x = 1\n"),
           p.put("howopen.toml", "version = 1\n[scan]\nexclude = [\"a.py\"]\n");
     },
     0, "note: left out: excluded"},
    {"a model ignored",
     [](Project& p) {
       p.put("a.py", kLoadsClosed),
           p.put("howopen.toml", "version = 1\n[scan]\nignore-models = [\"acme/*\"]\n");
     },
     0, "note: left out: a model that [scan] ignore-models names"},
    {"a model taken for another",
     [](Project& p) {
       p.put("a.py", kLoadsClosed),
           p.put("howopen.toml", "version = 1\n[scan.aliases]\n\"acme/closed-7b\" = \"acme/open-7b\"\n");
     },
     0, "note: left out: a model taken for another one by [scan.aliases]"},
};

TEST(GateWays, NothingSlipsPastWithoutAWord) {
  expect_told(kMoreWays);
}

TEST(GateWays, StrictDeniesWhatIsPacked) {
  Project p;
  fs::remove_all(p.dir.file("src"));
  fs::remove(p.dir.file("serve.sh"));
  p.put("a.zip", "PK\3\4" + std::string(100, 'x'));
  p.put("b.py", "x = 1\n");
  EXPECT_EQ(p.shell("howopen gate . --strict").exit, 1);
  p.put("howopen.toml", "version = 1\n[scan]\nexclude = [\"*.zip\"]\n");
  EXPECT_EQ(p.shell("howopen gate . --strict").exit, 0);
  EXPECT_THAT(p.shell("howopen gate . --strict").err, HasSubstr("note: left out: excluded"));
  EXPECT_THAT(p.shell("howopen gate . --strict").out, Not(HasSubstr("scan.skipped")));
}

}  // namespace
}  // namespace howopen::test
