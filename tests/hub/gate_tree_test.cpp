// Ways to slip a model past a gate: none of them ends in exit 0 without a word.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/gate_ways.h"
#include "support/project.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kLoads = "m = AutoModel.from_pretrained(\"acme/closed-7b\")\n";

std::string utf16(const std::string& s, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : s) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

// An index of git that tracks one file.
std::string index_of(const std::string& path) {
  std::string out("DIRC\0\0\0\2\0\0\0\1", 12);
  out += std::string(60, '\0');
  out += static_cast<char>(path.size() >> 8);
  out += static_cast<char>(path.size());
  out += path;
  out.resize((out.size() - 12 + 8) / 8 * 8 + 12, '\0');
  return out + std::string(20, '\0');
}

const GateWay kWays[] = {
    {"a large file", [](Project& p) { p.put("a.py", std::string(5'000'000, '#') + "\n" + kLoads); }, 0,
     "warning[scan.skipped]: a file was not read: larger than 4 MiB"},
    {"a notebook with a picture",
     [](Project& p) {
       p.put(
           "a.ipynb",
           R"({"cells":[{"cell_type":"markdown","source":["x"]},{"outputs":[{"data":{"image/png":")" +
               std::string(6'000'000, 'A') +
               R"("}}],"source":["m = AutoModel.from_pretrained('acme/closed-7b')\n"],"cell_type":"code"}]})");
     },
     1, "acme/closed-7b: weights under LicenseRef-Llama-3.1"},
    {"a notebook with more cells than are read",
     [](Project& p) {
       p.put(
           "a.ipynb",
           R"x({"cells":[{"cell_type":"code","source":")x" + std::string(5'000'000, '#') +
               R"x("},{"cell_type":"code","source":["m = AutoModel.from_pretrained('acme/closed-7b')"]}]})x");
     },
     0, "warning[scan.skipped]"},
    {"UTF-16, little", [](Project& p) { p.put("a.py", utf16(kLoads, true)); }, 1, "a.py:1:32"},
    {"UTF-16, big", [](Project& p) { p.put("a.py", utf16(kLoads, false)); }, 1, "a.py:1:32"},
    {"a NUL behind the first block",
     [](Project& p) { p.put("a.py", std::string(9000, ' ') + std::string(1, '\0') + kLoads); }, 0,
     "a file was not read: no text: it holds NUL bytes"},
    {"an ignored file without git", [](Project& p) { p.put("a.py", kLoads), p.put(".gitignore", "*.py\n"); },
     1, "a.py:1:32"},
    {"a tracked file of a worktree",
     [](Project& p) {
       p.put("a.py", kLoads), p.put(".gitignore", "a.py\n");
       fs::create_directories(p.dir.file("elsewhere.git"));
       p.put("elsewhere.git/index", index_of("a.py"));
       p.put(".git", "gitdir: elsewhere.git\n");
     },
     1, "a.py:1:32"},
    {"a link out of the tree",
     [](Project& p) { fs::create_symlink("/etc/hostname", p.dir.file("settings.yaml")); }, 0,
     "a link that leads out of the tree"},
    {"a variable", [](Project& p) { p.put("a.py", "m = AutoModel.from_pretrained(name)\n"); }, 0,
     "warning[scan.unresolved]: a place loads a model that cannot be named: a variable"},
    {"another registry",
     [](Project& p) {
       p.put("a.py", "from modelscope import snapshot_download\nsnapshot_download(\"acme/closed-7b\")\n");
     },
     0, "scan.unresolved"},
    {"a name of Ollama", [](Project& p) { p.put("Modelfile", "FROM closed:7b\n"); }, 0, "closed:7b"},
    {"weights without a name", [](Project& p) { p.put("a.gguf", "GGUF" + std::string(64, 'x')); }, 3,
     "license.unknown"},
    {"in two pieces",
     [](Project& p) { p.put("a.py", "m = AutoModel.from_pretrained('acme/' + 'closed-7b')\n"); }, 1,
     "acme/closed-7b"},
    {"put together", [](Project& p) { p.put("a.py", "m = AutoModel.from_pretrained('acme/' + NAME)\n"); }, 0,
     "an expression"},
    {"in base64",
     [](Project& p) {
       p.put("a.py", "m = AutoModel.from_pretrained(base64.b64decode(\"YWNtZS9jbG9zZWQtN2I=\").decode())\n");
     },
     0, "scan.unresolved"},
    {"code in a string",
     [](Project& p) { p.put("a.py", "exec(\"m = AutoModel.from_pretrained('acme/closed-7b')\")\n"); }, 1,
     "acme/closed-7b"},
    {"a default of the environment",
     [](Project& p) { p.put("a.py", "m = AutoModel.from_pretrained(os.getenv('M', 'acme/closed-7b'))\n"); },
     1, "a.py:1"},
    {"a local file of weights", [](Project& p) { p.put("a.sh", "llama-server -m closed-7b.gguf\n"); }, 0,
     "a local path"},
    {"a report of our own",
     [](Project& p) {
       p.put(
           "a.json",
           R"({"schema_version": "1.0.0", "tool": {"name": "howopen", "version": "0.1.0"}, "models": [{"model": "acme/closed-7b"}]})");
     },
     0, "note: a document of howopen's own was not read"},
    {"a configuration that begins as a report",
     [](Project& p) {
       p.put(
           "a.json",
           R"({"schema_version": "1.0.0", "tool": {"name": "howopen", "version": "0.1.0"}, "model_name_or_path": "acme/closed-7b"})");
     },
     1, "license.not-allowed"},
    {"a program that begins as a report",
     [](Project& p) { p.put("a.py", "# howopen: x\nAutoModel.from_pretrained('acme/closed-7b')\n"); }, 1,
     "license.not-allowed"},
    {"a folder named as one of the Hub's cache",
     [](Project& p) { p.put("models--acme--open-7b/a.py", "AutoModel.from_pretrained('acme/closed-7b')\n"); },
     1, "license.not-allowed"},
    {"a slash of JSON that is escaped",
     [](Project& p) { p.put("a.json", R"({"model_name_or_path": "acme\/closed-7b"})"); }, 1,
     "license.not-allowed"},
    {"letters of YAML by their numbers",
     [](Project& p) { p.put("a.yaml", "model_name_or_path: \"acme\\x2fclosed\\u002d7b\"\n"); }, 1,
     "license.not-allowed"},
    {"a comment within an instruction",
     [](Project& p) { p.put("Dockerfile", "FROM x\nRUN vllm serve \\\n# c\n acme/closed-7b\n"); }, 1,
     "license.not-allowed"},
    {"options in a variable of the shell",
     [](Project& p) { p.put("a.sh", "ARGS='--port 1 --model acme/closed-7b'\nvllm serve $ARGS\n"); }, 1,
     "license.not-allowed"},
    {"an anchor of YAML",
     [](Project& p) { p.put("a.yaml", "x: &m acme/closed-7b\nmodel_name_or_path: *m\n"); }, 1,
     "license.not-allowed"},
    {"a program under a name that is not read",
     [](Project& p) {
       p.put("data.bin", "AutoModel.from_pretrained('acme/closed-7b')\n");
       fs::create_symlink("data.bin", p.dir.file("l.py"));
     },
     1, "license.not-allowed"},
    {"a policy below",
     [](Project& p) {
       p.put("sub/howopen.toml", "version = 1\n[scan]\nexclude = [\"**\"]\n"), p.put("sub/a.py", kLoads);
     },
     1, "sub/a.py:1:32"},
    {"everything excluded",
     [](Project& p) {
       p.put("a.py", kLoads), p.put("howopen.toml", "version = 1\n[scan]\nexclude = [\"**\"]\n");
     },
     0, "warning[scan.empty]"},
    {"a renamed model",
     [](Project& p) {
       p.hub["old/name"].renamed_to = "acme/closed-7b";
       p.put("a.py", "m = AutoModel.from_pretrained('old/name')\n");
     },
     1, "acme/closed-7b"},
};

TEST(GateTree, NothingSlipsPastWithoutAWord) {
  expect_told(kWays);
}

TEST(GateTree, EveryFormatTellsWhatWasNotSeen) {
  Project p;
  p.put("big.py", std::string(5'000'000, '#'));
  p.put("wide.md", std::string(1, '\0') + "text");
  p.put("a.py", "m = AutoModel.from_pretrained(name)\nn = AutoModel.from_pretrained(args.other)\n");
  for (const char* format : {"text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"}) {
    const Ran r = p.shell(std::string("howopen gate . --no-policy -o ") + format);
    EXPECT_EQ(r.exit, 1) << r.err;
    EXPECT_THAT(r.out, AllOf(HasSubstr("scan.skipped"), HasSubstr("larger than 4 MiB"), HasSubstr("big.py"),
                             HasSubstr("wide.md"), HasSubstr("scan.unresolved"), HasSubstr("a.py")))
        << format;
    EXPECT_THAT(r.err, HasSubstr("2 pass, 1 denied, 0 undecided, 0 waived, 2 not read, 2 unresolved"));
  }
  // An alias names it, an exclude leaves it out.
  p.put("howopen.toml",
        "version = 1\n[scan]\nexclude = [\"big.py\", \"wide.md\"]\n[scan.aliases]\nname = \"acme/open-7b\"\n"
        "\"args.other\" = \"acme/open-7b\"\n");
  EXPECT_THAT(p.shell("howopen gate .").err, HasSubstr("2 pass, 1 denied, 0 undecided, 0 waived →"));
}

TEST(GateTree, ThePolicySaysWhatBecomesOfIt) {
  Project p;
  fs::remove_all(p.dir.file("src"));
  fs::remove(p.dir.file("serve.sh"));
  p.put("a.py", "m = AutoModel.from_pretrained(name)\n");
  const auto exit = [&](const std::string& policy, const std::string& options = "") {
    p.put("howopen.toml", "version = 1\n" + policy);
    return p.shell("howopen gate . " + options).exit;
  };
  EXPECT_EQ(exit(""), 0);
  EXPECT_EQ(exit("[gate]\non-unresolved = \"undecided\"\n"), 3);
  EXPECT_EQ(exit("[gate]\non-unresolved = \"deny\"\n"), 1);
  EXPECT_EQ(exit("[gate]\non-unresolved = \"allow\"\n"), 0);
  EXPECT_EQ(exit("[gate]\non-unresolved = \"maybe\"\n"), 2);
  EXPECT_EQ(exit("[gate]\nfail-on = \"warn\"\n"), 1);
  EXPECT_EQ(exit("[rules]\n\"scan.unresolved\" = \"deny\"\n"), 1);
  EXPECT_EQ(exit("", "-D scan.unresolved"), 1);
  EXPECT_EQ(exit("", "-D scan.unresolved --fail-on never"), 0);
  EXPECT_EQ(exit("", "-A scan.unresolved"), 0);
  EXPECT_THAT(p.shell("howopen gate . -A scan.unresolved").out, Not(HasSubstr("scan.unresolved")));
  EXPECT_EQ(exit("[rules]\n\"scan.skipped\" = \"note\"\n", "--strict"), 0) << "all of it was read";
  p.put("b.py", std::string(5'000'000, '#'));
  EXPECT_EQ(exit("[rules]\n\"scan.skipped\" = \"note\"\n"), 0);
  EXPECT_EQ(exit("[rules]\n\"scan.skipped\" = \"note\"\n", "--strict"), 1);
}

TEST(GateTree, ABaselineKnowsWhatWasNotSeen) {
  Project p;
  fs::remove_all(p.dir.file("src"));
  fs::remove(p.dir.file("serve.sh"));
  p.put("a.py", "m = AutoModel.from_pretrained(name)\n");
  const std::string gate = "howopen gate . --no-policy -D scan.unresolved ";
  EXPECT_EQ(p.shell(gate + "-o json=report.json").exit, 1);
  EXPECT_EQ(p.shell(gate + "--baseline report.json --new-only").exit, 0);
  p.put("a.py", "\n\nm = AutoModel.from_pretrained(name)\n");
  EXPECT_EQ(p.shell(gate + "--baseline report.json --new-only").exit, 0) << "it moved";
  p.put("a.py", "m = AutoModel.from_pretrained(name)\nn = AutoModel.from_pretrained(other)\n");
  EXPECT_EQ(p.shell(gate + "--baseline report.json --new-only").exit, 1);
}

TEST(GateTree, AListOfAScanTellsWhatTheScanDidNotSee) {
  Project p;
  p.put("b.py", std::string(5'000'000, '#'));
  p.put("c.py", "m = AutoModel.from_pretrained(name)\n");
  for (const char* format : {"json", "jsonl"}) {
    const Ran r = p.shell(std::string("howopen scan . -o ") + format + " | howopen gate - --no-policy");
    EXPECT_THAT(r.err, HasSubstr("2 pass, 1 denied, 0 undecided, 0 waived, 1 not read, 1 unresolved"))
        << format << r.err;
    EXPECT_THAT(r.out, AllOf(HasSubstr("b.py"), HasSubstr("c.py:1:31")));
  }
}

TEST(GateTree, AFolderThatIsNotThereIsNoModel) {
  const Project p;
  Ran r = p.shell("howopen gate nosuchdir --no-policy");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("neither a folder here nor a model"));
  EXPECT_EQ(p.shell("howopen gate ./nosuchdir --no-policy").exit, 2);
  EXPECT_EQ(p.shell("howopen gate hf://nosuchdir --no-policy").exit, 3) << "the Hub was asked, and has none";
  EXPECT_NE(p.shell("howopen gate gpt2 --no-policy").exit, 2);
  EXPECT_NE(p.shell("howopen gate gpt-4 --no-policy").exit, 2);
}

}  // namespace
}  // namespace howopen::test
