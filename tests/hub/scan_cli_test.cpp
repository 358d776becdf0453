// howopen scan over folders that were not made to be friendly.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "files/tree.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

const std::string kCall = "m = AutoModel.from_pretrained('acme/%')\n";

std::string call(const std::string& name) {
  std::string out = kCall;
  return out.replace(out.find('%'), 1, name);
}

void put(const TempDir& dir, const std::string& path, const std::string& content) {
  fs::create_directories(fs::path(dir.path() + "/" + path).parent_path());
  dir.write(path, content);
}

TEST(ScanCommand, PlacesAndJson) {
  const TempDir dir;
  put(dir, "src/app.py", "import x\n\nm = AutoModel.from_pretrained(\"acme/foo-7b\", revision=\"v1\")\n");
  put(dir, "run.sh", "vllm serve $MODEL\n");
  const Ran ran = run({"scan", dir.path()});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("src/app.py:3:32  acme/foo-7b@v1  from_pretrained, high\n"));
  EXPECT_THAT(ran.out, HasSubstr("run.sh:1:12  $MODEL  vllm serve: a variable\n"));
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/foo-7b\n");

  const auto json = text::parse_json(run({"scan", dir.path(), "-o", "json"}).out);
  ASSERT_TRUE(json);
  const text::Json& r = (*json)["references"].items()[0];
  EXPECT_EQ(r["id"].string_or(""), "acme/foo-7b");
  EXPECT_EQ(r["revision"].string_or(""), "v1");
  EXPECT_EQ(r["file"].string_or(""), "src/app.py");
  EXPECT_EQ(r["line"].integer_or(0), 3);
  EXPECT_EQ(r["column"].integer_or(0), 32);
  EXPECT_EQ(r["confidence"].string_or(""), "high");
  EXPECT_EQ((*json)["unresolved"].items()[0]["text"].string_or(""), "$MODEL");
}

TEST(ScanCommand, HonorsGitignoreAtEveryLevel) {
  const TempDir dir;
  put(dir, ".gitignore", "/out/\n*.tmp.py\n!keep.tmp.py\ngen/**/x.py\n");
  put(dir, "sub/.gitignore", "only.py\n");
  put(dir, "out/a.py", call("ignored"));
  put(dir, "sub/out/a.py", call("sub-out"));
  put(dir, "b.tmp.py", call("tmp"));
  put(dir, "keep.tmp.py", call("keep"));
  put(dir, "gen/1/2/x.py", call("gen"));
  put(dir, "sub/only.py", call("only-sub"));
  put(dir, "only.py", call("only-top"));
  put(dir, ".git/hooks/x.py", call("git"));
  put(dir, "node_modules/x/x.js", call("node"));
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/keep\nacme/only-top\nacme/sub-out\n");
  const std::string shown = run({"scan", dir.path(), "-v"}).out;
  EXPECT_THAT(shown, HasSubstr("node_modules  a folder of packages"));
  EXPECT_THAT(shown, HasSubstr("out  .gitignore"));
}

TEST(ScanCommand, StaysInsideAndWaitsForNothing) {
  const TempDir outside;
  put(outside, "secret.py", call("secret"));
  const TempDir dir;
  put(dir, "a.py", call("inside"));
  fs::create_symlink(outside.path() + "/secret.py", dir.path() + "/link.py");
  fs::create_directory_symlink(outside.path(), dir.path() + "/links");
  fs::create_directory_symlink("..", dir.path() + "/loop");
  ASSERT_EQ(mkfifo((dir.path() + "/pipe.py").c_str(), 0600), 0);
  put(dir, "huge.py", std::string(5'000'000, '#') + "\n" + call("huge"));
  put(dir, "huge.gguf", "GGUF" + std::string(20'000'000, 'x'));
  put(dir, "nul.py", std::string("\0\0", 2) + call("nul"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "d/";
  put(dir, deep + "deep.py", call("deep"));
  // Policy, code and settings of the tree change nothing.
  put(dir, "howopen.toml", "[scan]\nexclude = [\"**\"]\n");
  const Ran ran = run({"scan", dir.path(), "-v"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/inside\n");
  fs::create_symlink("a.py", dir.path() + "/beside.py");
  EXPECT_THAT(run({"scan", dir.path(), "-v"}).out, HasSubstr("beside.py  a link: not followed"))
      << "a.py is read already";
  EXPECT_THAT(ran.out, HasSubstr("link.py  a link that leads out of the tree"));
  EXPECT_THAT(ran.out, HasSubstr("nul.py  no text: it holds NUL bytes"));
  EXPECT_THAT(ran.out, HasSubstr("pipe.py  no file: a pipe, device or socket"));
  EXPECT_THAT(ran.out, HasSubstr("huge.py  larger than 4 MiB"));
  EXPECT_THAT(ran.out, HasSubstr("deeper than folders are read"));
}

TEST(ScanCommand, NamesOfFilesAreNotTrustedEither) {
  const TempDir dir;
  put(dir, "\x1b[31mred\n.py", call("x"));
  put(dir, "b.py", "m = AutoModel.from_pretrained(\x1b[31m)\n");
  const Ran ran = run({"scan", dir.path()});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1b[31m")));
  EXPECT_TRUE(text::parse_json(run({"scan", dir.path(), "-o", "json"}).out));
}

TEST(ScanCommand, SameBytesWhateverTheOrder) {
  const TempDir a;
  const TempDir b;
  for (int i = 0; i < 50; ++i)
    put(a, "d" + std::to_string(i % 7) + "/f" + std::to_string(i) + ".py", call(std::to_string(i)));
  for (int i = 50; i-- > 0;)
    put(b, "d" + std::to_string(i % 7) + "/f" + std::to_string(i) + ".py", call(std::to_string(i)));
  const std::string first = run({"scan", a.path(), "-o", "json"}).out;
  EXPECT_EQ(first, run({"scan", a.path(), "-o", "json"}).out);
  EXPECT_EQ(first, run({"scan", b.path(), "-o", "json"}).out);
}

TEST(ScanCommand, FoldersOfTheTreeWin) {
  const TempDir dir;
  put(dir, "acme/local/x.txt", "");
  put(dir, "src/acme/beside/x.txt", "");
  put(dir, "src/a.py", call("local") + call("beside") + call("remote"));
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/remote\n");
  EXPECT_THAT(run({"scan", dir.path()}).out,
              HasSubstr("acme/local  from_pretrained: a folder of the tree has this name"));
}

TEST(ScanCommand, CacheFolders) {
  const TempDir dir;
  const std::string commit(40, 'a');
  put(dir, "hub/models--acme--foo/refs/main", commit);
  put(dir, "hub/models--acme--foo/snapshots/" + commit + "/config.json", "{}");
  EXPECT_THAT(run({"scan", dir.path()}).out,
              HasSubstr("hub/models--acme--foo  acme/foo@" + commit + "  cache folder, high"));
}

TEST(ScanCommand, ConfidenceAndMisuse) {
  const TempDir dir;
  put(dir, "tests/a.sh", "# vllm serve acme/foo\nvllm serve acme/bar\n");
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/bar\n");
  EXPECT_EQ(run({"scan", dir.path(), "-q", "--min-confidence", "low"}).out, "acme/bar\nacme/foo\n");
  EXPECT_EQ(run({"scan", dir.path(), "-q", "--min-confidence", "high"}).out, "");
  EXPECT_EQ(run({"scan", dir.path(), "--min-confidence", "sure"}).exit, 2);
  EXPECT_EQ(run({"scan", dir.path() + "/none"}).exit, 2);
  EXPECT_EQ(run({"scan", dir.path() + "/tests/a.sh"}).exit, 2);
}

TEST(ScanTree, Options) {
  const TempDir dir;
  put(dir, "src/a.py", call("a") + "n = AutoModel.from_pretrained('hf-internal-testing/tiny')\n");
  put(dir, "docs/b.py", call("b"));
  put(dir, "run.sh", "ollama run llama3.2\n");
  files::ScanOptions options;
  options.exclude = {"docs/**"};
  options.ignore_models = {"hf-internal-testing/*"};
  options.aliases = {{"llama3.2", "meta-llama/Llama-3.2-3B-Instruct"}};
  const auto scanned = files::scan_tree(dir.path(), options);
  ASSERT_TRUE(scanned);
  std::vector<std::string> ids;
  for (const ModelReference& r : scanned->references) ids.push_back(r.id);
  EXPECT_THAT(ids, ElementsAre("meta-llama/Llama-3.2-3B-Instruct", "acme/a"));
  EXPECT_THAT(scanned->unresolved, IsEmpty());
  options.include = {"docs/*.py"};
  options.exclude = {};
  ASSERT_EQ(files::scan_tree(dir.path(), options)->references.size(), 1u);
  options.include = {};
  options.most_files = 1;
  const auto few = files::scan_tree(dir.path(), options);
  EXPECT_EQ(few->skipped.front().why, "more files than are read");
}

// Whatever number of threads read it, and at whichever file a limit is met.
TEST(ScanTree, ThreadsChangeNothing) {
  const TempDir dir;
  for (int i = 0; i < 700; ++i) {
    const std::string name = "d" + std::to_string(i % 7) + "/f" + std::to_string(i);
    put(dir, name + ".py", call("m" + std::to_string(i)) + (i % 5 == 0 ? std::string(20'000, '#') : ""));
    if (i % 10 == 0) put(dir, name + ".md", "\xff\xfe\xff");
    if (i % 50 == 0) put(dir, name + ".zip", "PK");
  }
  put(dir, "consts.py", "SMALL = 'acme/small'\n");
  put(dir, "use.py", "from consts import SMALL\nm = AutoModel.from_pretrained(SMALL)\n");
  for (const std::size_t most : {1'000'000, 1, 333}) {
    files::ScanOptions options;
    options.most_files = most;
    options.threads = 0;
    const auto alone = files::scan_tree(dir.path(), options);
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->files, std::min<std::size_t>(most, 772));
    for (const int threads : {1, 4}) {
      options.threads = threads;
      const auto together = files::scan_tree(dir.path(), options);
      ASSERT_TRUE(together);
      EXPECT_EQ(together->references, alone->references);
      EXPECT_EQ(together->skipped, alone->skipped);
      EXPECT_EQ(together->constants, alone->constants);
      EXPECT_EQ(together->files, alone->files);
    }
  }
}

// Weights whose head names no model, pointers to weights, programs that are compiled or packed.
TEST(ScanCommand, WhatMayBeAModelIsToldByName) {
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') + "\nsize 1\n";
  const auto skipped = [](const std::string& file, const std::string& content, const char* beside = "") {
    const TempDir dir;
    put(dir, file, content);
    if (*beside != '\0') put(dir, beside, "{}\n");
    const Scanned s = *files::scan_tree(dir.path(), {});
    for (const SkippedFile& one : s.skipped)
      if (one.file == file) return one.why;
    return std::string();
  };
  const std::string torch = "PK\3\4" + std::string(26, '\0') + "archive/data.pkl" + std::string(40, '\0');
  const std::string unnamed = "weights: nothing in them says of which model";
  const std::string lfs = "a pointer of Git LFS: what it stands for is not here";
  for (const char* file : {"m/a.bin", "m/a.pt", "m/a.onnx", "m/a.ckpt", "m/a.h5", "m/a.pkl", "m/a"})
    EXPECT_EQ(skipped(file, pointer), lfs) << file;
  EXPECT_EQ(skipped("m/a.png", pointer), "");
  EXPECT_EQ(skipped("m/a.bin", torch), unnamed);
  EXPECT_EQ(skipped("m/a.bin", torch, "m/config.json"), "") << "the configuration is read";
  EXPECT_EQ(skipped("m/a.pkl", "\x80\4\x95\x8c\5torch\x94"), unnamed);
  EXPECT_EQ(skipped("m/a.pkl", "\x80\4\x95\x8c\5pandas\x94"), "");
  EXPECT_EQ(skipped("m/a.h5", "\x89HDF\r\n\x1a\n" + std::string(16, '\0')), unnamed);
  EXPECT_EQ(skipped("m/a.nc", "\x89HDF\r\n\x1a\n" + std::string(16, '\0')), "");
  EXPECT_EQ(skipped("m/a.dat", std::string("\x08\x07\x12\x07pytorch\x1a\x03\x32.0:", 17)), unnamed);
  EXPECT_EQ(skipped("m/a.bin", "lmgg" + std::string(16, '\1')), unnamed);
  EXPECT_EQ(skipped("m/a.bin", std::string(64, '\1')), "");
  EXPECT_EQ(skipped("m/a.pth", "../lib\n"), "") << "paths of Python";
  EXPECT_EQ(skipped("x.pyc", std::string(16, '\1')), "compiled: its source is not beside it");
  EXPECT_EQ(skipped("x.pyc", std::string(16, '\1'), "x.py"), "");
  EXPECT_EQ(skipped("x.pyz", "#!/usr/bin/env python3\nPK\3\4"),
            "packed: an archive or a file in one is not looked into");
}

}  // namespace
}  // namespace howopen::test
