// Reading model ids out of files: what is found, what is not, what stays open, and that hostile files cost no
// more than their size.

#include "howopen/scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scan_cases.h"
#include "text/glob.h"

namespace howopen::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::string worded(const ModelReference& r) {
  return r.id + (r.revision.empty() ? "" : "@" + r.revision) + " " + std::to_string(r.line) + ":" +
         std::to_string(r.column) + " " + r.form + " " + std::string(word(r.confidence));
}

std::string found(std::string_view file, std::string_view text, Confidence least = Confidence::medium) {
  std::string out;
  for (const ModelReference& r : scan_file(file, text).references) {
    if (r.confidence >= least) out += (out.empty() ? "" : "; ") + worded(r);
  }
  return out;
}

std::string open(std::string_view file, std::string_view text) {
  std::string out;
  for (const Unresolved& u : scan_file(file, text).unresolved)
    out += (out.empty() ? "" : "; ") + u.text + " " + std::to_string(u.line) + ":" +
           std::to_string(u.column) + " " + u.form + ": " + u.why;
  return out;
}

TEST(Scan, FindsModelsHoweverTheyAreWritten) {
  for (const ScanCase& c : kScanCases) EXPECT_EQ(found(c.file, c.text), c.found) << c.file << "\n" << c.text;
}

TEST(Scan, FindsNothingWhereNothingIs) {
  for (const ScanCase& c : kScanNothing) EXPECT_EQ(found(c.file, c.text), "") << c.file << "\n" << c.text;
}

TEST(Scan, TellsWhatCannotBeResolved) {
  EXPECT_EQ(open("a.py", "m = AutoModel.from_pretrained(args.model)\n"),
            "args.model 1:31 from_pretrained: a variable");
  EXPECT_EQ(open("a.py", "m = AutoModel.from_pretrained(f\"acme/{size}\")\n"),
            "acme/{size} 1:33 from_pretrained: a variable in a string");
  EXPECT_EQ(open("a.py", "m = AutoModel.from_pretrained(\"./out\")\n"),
            "./out 1:32 from_pretrained: a local path");
  EXPECT_EQ(open("a.py", "p = hf_hub_download(repo_id=get(), filename='x')\n"),
            "get() 1:29 hf_hub_download: a variable");
  EXPECT_EQ(open("a.sh", "vllm serve $MODEL\n"), "$MODEL 1:12 vllm serve: a variable");
  EXPECT_EQ(open("a.sh", "ollama run llama3.2\n"),
            "llama3.2 1:12 ollama: a name of Ollama's, not of the Hub");
  EXPECT_EQ(open("a.sh", "docker model run ai/smollm2\n"),
            "ai/smollm2 1:18 docker model: a name of Docker's catalog, not of the Hub");
  EXPECT_EQ(open("Modelfile", "FROM llama3.2\n"),
            "llama3.2 1:6 Modelfile FROM: a name of Ollama's, not of the Hub");
  EXPECT_EQ(open("Modelfile", "FROM ./x.gguf\n"), "./x.gguf 1:6 Modelfile FROM: a local path");
  EXPECT_EQ(open("a.py", "u = f'https://huggingface.co/{name}/resolve/main/x'\n"),
            "{name}/resolve/main/x 1:30 url: a variable in an address");
  EXPECT_EQ(open("a.py", "def from_pretrained(cls, path, **kwargs):\n    return 1\n"), "");
}

TEST(Scan, LinesAndColumnsCountCharacters) {
  EXPECT_EQ(found("a.py", "\n\u00e9 = f(\"\u4e2d\"); m = AutoModel.from_pretrained('acme/x')\n"),
            "acme/x 2:44 from_pretrained high");
  EXPECT_EQ(found("a.py", "\xff\xff; m = AutoModel.from_pretrained('acme/x')\n"),
            "acme/x 1:36 from_pretrained high");
}

TEST(Scan, CommentsAndTestsCountLess) {
  EXPECT_EQ(found("tests/a.py", "m = AutoModel.from_pretrained('acme/x')\n"),
            "acme/x 1:32 from_pretrained medium");
  EXPECT_EQ(found("tests/a.py", "# AutoModel.from_pretrained('acme/x')\n"), "");
  EXPECT_EQ(found("tests/a.py", "# AutoModel.from_pretrained('acme/x')\n", Confidence::low),
            "acme/x 1:30 from_pretrained low");
}

TEST(Scan, ReadsHeadsOfWeights) {
  std::string gguf("GGUF\x03\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0", 24);
  const std::string key = "general.base_model.0.repo_url";
  const std::string value = "https://huggingface.co/acme/base";
  const auto length = [](std::size_t n) {
    return std::string(1, static_cast<char>(n)) + std::string(7, '\0');
  };
  gguf += length(key.size()) + key + std::string("\x08\0\0\0", 4) + length(value.size()) + value;
  EXPECT_EQ(found("m.gguf", gguf), "acme/base 0:0 gguf general.base_model.0.repo_url high");
  EXPECT_EQ(open("m/x.gguf", "GGUF"), "x.gguf 0:0 gguf: weights whose head names no repository");
  const std::string json = R"({"__metadata__":{"base_model":"acme/base"}})";
  EXPECT_EQ(found("m.safetensors", length(json.size()) + json), "acme/base 0:0 safetensors base_model high");
}

TEST(Scan, CacheFolders) {
  EXPECT_EQ(cached_model("models--acme--foo-7b"), "acme/foo-7b");
  EXPECT_EQ(cached_model("models--gpt2"), "gpt2");
  EXPECT_EQ(cached_model("datasets--a--b"), "");
  EXPECT_EQ(cached_model("models--..--x"), "");
}

TEST(Scan, WhatIsReadOfAFile) {
  EXPECT_GT(read_limit("a.py").bytes, 1'000'000u);
  EXPECT_TRUE(read_limit("a.gguf").head);
  EXPECT_EQ(read_limit("a.png").bytes, 0u);
  EXPECT_EQ(read_limit("package-lock.json").bytes, 0u);
}

// Nested, unclosed and repeated to a megabyte: what takes the square of the size would not come back.
TEST(Scan, HostileFilesCostTheirSize) {
  const char* const files[] = {"a.py", "a.js",    "a.json", "a.sh",   "a.yaml",
                               "a.md", "a.ipynb", "a.rs",   "a.toml", "Dockerfile"};
  const char* const pieces[] = {"(",
                                "[",
                                "{\"a\":",
                                "f(\"a/b\",",
                                "\"",
                                "'",
                                "`",
                                "$(",
                                "${X:-",
                                "hf://",
                                "- ",
                                "a: [",
                                "a: {\n",
                                "a: |\n",
                                "```\n",
                                "# ",
                                "/*",
                                "from_pretrained(",
                                "X=$X$X;",
                                "--model a/b ",
                                "model=\"a/b\",",
                                "{\"source\":[",
                                "\"$(",
                                "\\\n",
                                "'a\"",
                                "CMD [\n",
                                "ENV a \\\n",
                                "https://huggingface.co/a/"};
  for (const char* file : files) {
    for (const std::string piece : pieces) {
      std::string text;
      while (text.size() < 200'000) text += piece;
      const Scanned s = scan_file(file, text);
      EXPECT_LE(s.references.size(), 10'000u);
    }
  }
}

TEST(Scan, AnyCutOfAFileIsRead) {
  for (const ScanCase& c : kScanCases) {
    const std::string_view text = c.text;
    for (std::size_t n = 0; n < text.size(); n += 3) {
      scan_file(c.file, text.substr(0, n));
      scan_file(c.file, text.substr(n));
    }
  }
}

TEST(PathGlob, AsGitReadsThem) {
  EXPECT_TRUE(text::path_glob("*.py", "a.py"));
  EXPECT_FALSE(text::path_glob("*.py", "d/a.py"));
  EXPECT_TRUE(text::path_glob("**/a.py", "a.py"));
  EXPECT_TRUE(text::path_glob("**/a.py", "x/y/a.py"));
  EXPECT_FALSE(text::path_glob("**/a.py", "x/ya.py"));
  EXPECT_TRUE(text::path_glob("docs/**", "docs/x/y"));
  EXPECT_TRUE(text::path_glob("a/**/b", "a/b"));
  EXPECT_TRUE(text::path_glob("a/**/b", "a/x/y/b"));
  EXPECT_TRUE(text::path_glob("**/*", "x/y"));
  EXPECT_TRUE(text::path_glob("[a-c]?.[!p]y", "b1.xy"));
  EXPECT_FALSE(text::path_glob("[a-c]?.[!p]y", "b1.py"));
  EXPECT_TRUE(text::path_glob("\\*x", "*x"));
  EXPECT_FALSE(text::path_glob("a*b", "a/b"));
  const std::string many(5000, 'a');
  EXPECT_FALSE(text::path_glob("**/*a*a*a*a*a*a*a*ab", many));
}

}  // namespace
}  // namespace howopen::test
