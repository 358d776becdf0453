// Who may put files beside ours, into a pull request or into a cache must not gain by it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/project.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

mode_t mode_of(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

TEST(Files, AnotherFileIsNotResumed) {
  const Project p;
  for (const std::string& content :
       {std::string("notes without an end"), std::string("line\nline\nlast without an end"),
        std::string("{\"schema_version\":\"2\"}\n"), std::string("notes\n")}) {
    p.put("f.jsonl", content);
    const Ran r = p.shell("echo acme/open-7b | howopen batch - --output f.jsonl --resume");
    EXPECT_EQ(r.exit, 2) << content;
    EXPECT_THAT(r.err, HasSubstr("not a file of results")) << content;
    EXPECT_EQ(slurp(p.dir.file("f.jsonl")), content);
  }
  // What a kill tore is cut off, and nothing else.
  p.shell("rm f.jsonl; echo acme/open-7b | howopen batch - --output f.jsonl");
  const std::string line = slurp(p.dir.file("f.jsonl"));
  p.put("f.jsonl", line + line.substr(0, 40));
  EXPECT_EQ(p.shell("echo acme/open-7b | howopen batch - --output f.jsonl --resume").exit, 0);
  EXPECT_EQ(slurp(p.dir.file("f.jsonl")), line);
  p.put("f.jsonl", line + "a note of mine");
  EXPECT_EQ(p.shell("echo acme/open-7b | howopen batch - --output f.jsonl --resume").exit, 2);
  EXPECT_EQ(slurp(p.dir.file("f.jsonl")), line + "a note of mine");
}

TEST(Files, LinksLeadNobodyOutOfTheTree) {
  const Project p;
  const TempDir outside;
  fs::create_symlink(outside.file("b.jsonl"), p.dir.file("b.jsonl"));
  fs::create_directory_symlink(outside.path(), p.dir.file("d"));
  Ran r = p.shell("echo acme/open-7b | howopen batch - --output b.jsonl");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("a link, not a file: b.jsonl"));
  for (const char* line :
       {"howopen gate . -o json=d/x.json", "echo acme/open-7b | howopen batch - --output d/x.jsonl",
        "howopen fetch acme/open-7b --output d/x.json"}) {
    r = p.shell(line);
    EXPECT_EQ(r.exit, 2) << line;
    EXPECT_THAT(r.err, HasSubstr("leads out of the working directory")) << line;
  }
  EXPECT_TRUE(fs::is_empty(outside.path()));
  // A link that the report replaces is gone, and what it led to is as it was.
  outside.write("kept", "kept");
  fs::create_symlink(outside.file("kept"), p.dir.file("r.json"));
  EXPECT_EQ(p.shell("howopen audit acme/open-7b -o json=r.json").exit, 0);
  EXPECT_EQ(slurp(outside.file("kept")), "kept");
  EXPECT_FALSE(fs::is_symlink(p.dir.file("r.json")));
}

TEST(Files, AFileKeepsItsMode) {
  const Project p;
  p.shell("howopen init");
  for (const char* name : {"howopen.toml", "r.json", "howopen.lock"}) {
    p.put(name, slurp(p.dir.file(name)));
    if (std::string(name) == "howopen.lock") fs::remove(p.dir.file(name));
    if (fs::exists(p.dir.file(name))) chmod(p.dir.file(name).c_str(), 0600);
  }
  p.shell("howopen waive acme/open-7b license.not-allowed --until 2030-01-01 --reason why --by me");
  p.shell("howopen audit acme/open-7b -o json=r.json; umask 027; howopen lock acme/open-7b");
  EXPECT_EQ(mode_of(p.dir.file("howopen.toml")), 0600u);
  EXPECT_EQ(mode_of(p.dir.file("r.json")), 0600u);
  EXPECT_EQ(mode_of(p.dir.file("howopen.lock")), 0640u) << "a new file has what umask leaves";
  std::size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(p.dir.path()))
    if (entry.path().filename().string().starts_with(".howopen") || entry.path().extension() == ".part")
      ++beside;
  EXPECT_EQ(beside, 0u) << "nothing is left behind";
}

TEST(Waivers, OfTwentyAtOnceNoneIsLost) {
  const Project p;
  p.shell("howopen init");
  const Ran r = p.shell(
      "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do howopen waive acme/m$i "
      "license.not-allowed "
      "--until 2030-01-01 --reason why --by me & done; wait; grep -c '^\\[\\[waiver' howopen.toml; howopen "
      "policy check");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\n20\n"));
}

TEST(Waivers, NeverLeaveAPolicyThatDoesNotLoad) {
  const Project p;
  p.shell("howopen init");
  const std::string before = slurp(p.dir.file("howopen.toml"));
  for (const char* arguments :
       {"acme/m license.not-allowed --until 2030-01-01 --by me --reason ' '",
        "acme/m license.not-allowed --until 2030-01-01 --by ' ' --reason why",
        "' ' license.not-allowed --until 2030-01-01 --by me --reason why",
        "acme/m license.not-allowed --until 2030-01-01 --by me --reason \"$(printf '\\t')\""}) {
    const Ran r = p.shell(std::string("howopen waive ") + arguments);
    EXPECT_EQ(r.exit, 2) << arguments;
    EXPECT_EQ(slurp(p.dir.file("howopen.toml")), before) << arguments;
  }
}

TEST(Secrets, OfAddressesStandNowhere) {
  const Project p;
  for (const char* line :
       {"howopen audit acme/open-7b --endpoint http://user:s3cret@127.0.0.1:1",
        "howopen audit acme/open-7b --endpoint user:s3cret@127.0.0.1:1",
        "howopen audit acme/open-7b --endpoint 'http://user:a/s3cret@h'",
        "howopen doctor --endpoint http://user:s3cret@127.0.0.1:1",
        "HTTPS_PROXY='http://user:p@s3cret@h:1' howopen audit -v acme/open-7b --endpoint "
        "https://hub.example.org",
        "HTTPS_PROXY='http://user:s3cret@bad host:1' howopen audit -v acme/open-7b --endpoint "
        "https://hub.example.org",
        "HTTPS_PROXY=bogus://user:s3cret@h:1 howopen audit -v acme/open-7b --endpoint "
        "https://hub.example.org",
        "HTTPS_PROXY=user:s3cret@h:1 howopen doctor --endpoint https://hub.example.org",
        "HTTPS_PROXY='user:a#s3cret@h:1' howopen doctor --endpoint https://hub.example.org"}) {
    const Ran r = p.shell(std::string(line) + " --retries 0 --max-wait 0s");
    EXPECT_NE(r.exit, 0) << line;
    EXPECT_THAT(r.out + r.err, Not(HasSubstr("s3cret"))) << line;
    const Ran json = p.shell(std::string(line) + " --retries 0 --max-wait 0s -o json");
    EXPECT_THAT(json.out + json.err, Not(HasSubstr("s3cret"))) << line;
  }
}

TEST(PolicyOfAPullRequest, AnotherHubIsNeverAskedWithoutAWord) {
  const Project p;
  p.put("howopen.toml", "version = 1\n[hub]\nendpoint = \"" + p.hub.url() + "\"\n");
  const Ran r = p.shell("unset HF_ENDPOINT; howopen gate acme/open-7b");
  EXPECT_THAT(r.err,
              HasSubstr("warning: models are looked up at " + p.hub.url() + ", as howopen.toml:3 says"));
}

TEST(CacheFolder, OfOthersIsNotUsed) {
  const Project p;
  EXPECT_EQ(p.shell("howopen audit acme/open-7b").exit, 0);
  EXPECT_EQ(p.shell("howopen audit acme/open-7b --offline").exit, 0);
  const std::string folder = p.dir.path() + "-cache/howopen";
  EXPECT_EQ(mode_of(folder), 0700u);
  chmod(folder.c_str(), 0777);
  const Ran r = p.shell("howopen audit acme/open-7b --offline");
  EXPECT_EQ(r.exit, 3) << "nobody is asked, and what others may have written is not taken";
  EXPECT_THAT(r.err, HasSubstr("the cache is not used: others may write to it"));
}

TEST(CacheFolder, WhatIsNoAnswerIsNoneAndNobodyWaits) {
  const Project p;
  EXPECT_EQ(p.shell("howopen audit acme/open-7b").exit, 0);
  std::vector<std::string> answers;
  for (const auto& e : fs::recursive_directory_iterator(p.dir.path() + "-cache/howopen/answers"))
    if (e.is_regular_file()) answers.push_back(e.path().string());
  ASSERT_FALSE(answers.empty());
  for (const std::string& a : answers) {
    std::string content = slurp(a);
    const std::size_t etag = content.find("\"etag\":\"");
    ASSERT_NE(etag, std::string::npos);
    content.insert(etag + 8, "\\r\\nX-Injected: yes");
    std::ofstream(a, std::ios::binary) << content;
  }
  EXPECT_EQ(p.shell("howopen audit acme/open-7b").exit, 0);
  for (const HttpRequest& q : p.hub.log()) EXPECT_FALSE(q.headers.contains("x-injected"));
  for (const std::string& a : answers) {
    fs::remove(a);
    ASSERT_EQ(mkfifo(a.c_str(), 0600), 0);
  }
  EXPECT_EQ(p.shell("howopen audit acme/open-7b").exit, 0);
  EXPECT_EQ(p.shell("howopen audit acme/open-7b --offline").exit, 0) << "what was asked anew was kept";
  for (const std::string& a : answers) {
    fs::remove(a);
    std::ofstream(a).close();
    fs::resize_file(a, 30ull << 30);
  }
  EXPECT_EQ(p.shell("howopen audit acme/open-7b --offline").exit, 3);
}

TEST(CacheFolder, ATamperedContentIsFetchedAnew) {
  const Project p;
  EXPECT_EQ(p.shell("howopen audit acme/open-7b").exit, 0);
  int changed = 0;
  for (const auto& e : fs::recursive_directory_iterator(p.dir.path() + "-cache/howopen/blobs")) {
    if (!e.is_regular_file()) continue;
    std::ofstream(e.path(), std::ios::binary | std::ios::app) << "x";
    ++changed;
  }
  if (changed == 0) GTEST_SKIP() << "the fake Hub gives no ids of contents";
  const std::string first = p.shell("howopen audit acme/open-7b -o json").out;
  EXPECT_EQ(first, p.shell("howopen audit acme/open-7b -o json --no-cache").out);
}

TEST(Output, CommandsOfRunnersAreNoneInWhatOthersWrote) {
  Project p;
  p.hub["acme/open-7b"].files["README.md"] = "---\nlicense: '##[error]x ##vso[task.complete]y'\n---\n# A\n";
  p.hub["acme/open-7b"].extra = R"("cardData":{"license":"##[error]x ##vso[task.complete]y"},)";
  for (const char* format :
       {"text", "json", "jsonl", "markdown", "sarif", "junit", "gitlab", "csv", "github"}) {
    const Ran r = p.shell(std::string("howopen gate acme/open-7b '##[error]z' -o ") + format);
    EXPECT_THAT(r.out, Not(HasSubstr("##["))) << format;
    EXPECT_THAT(r.out, Not(HasSubstr("##vso["))) << format;
    EXPECT_THAT(r.err, Not(HasSubstr("##["))) << format;
  }
}

TEST(Signals, EndABatchThatReadsWithoutEnd) {
  const Project p;
  // Sent once the handler is there (bit 14 of what is caught), and not before.
  const Ran r = p.shell(std::string("(exec ") + HOWOPEN_BINARY +
                        " batch - < /dev/zero) & p=$!\n"
                        "until grep -q 'SigCgt:.*[4-7c-f]...$' /proc/$p/status; do :; done\n"
                        "kill -TERM $p; wait $p");
  EXPECT_EQ(r.exit, 128 + SIGTERM);
}

}  // namespace
}  // namespace howopen::test
