// The rules of the house, executed: who may include whom, which library lives in which file, how long a file
// may be. `facts/a.cpp:1 breaks the picture: facts -> fetch`.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"text", {}},
    {"hub", {"text"}},
    {"catalog", {"text"}},
    {"reading", {"text", "hub", "catalog"}},
    {"license", {"text", "catalog", "reading"}},
    {"facts", {"text", "hub", "catalog", "reading", "license"}},
    {"judge", {"catalog"}},
    {"report", {"text", "hub", "catalog"}},
    {"scan", {"text", "hub", "catalog"}},
    {"gate", {"text", "hub", "catalog"}},
    {"fetch", {"text"}},
    {"files", {"text", "hub", "catalog", "facts", "scan", "fetch"}},
    {"run",
     {"text", "hub", "catalog", "reading", "license", "facts", "judge", "report", "scan", "gate", "fetch",
      "files"}},
    {"cli",
     {"text", "hub", "catalog", "reading", "license", "facts", "judge", "report", "scan", "gate", "fetch",
      "files", "run"}},
    {"library", {"text", "license", "files", "run"}},
    {"main.cpp", {"cli"}},
};

const std::map<std::string, std::vector<std::string>> kLibraryFiles = {
    {"curl/", {"fetch/transport.cpp"}},
    {"CLI/", {"cli/option_set.cpp"}},
    {"toml++/", {"text/toml.cpp"}},
    {"re2/", {"text/pattern.cpp"}},
    {"nlohmann/", {"text/json.cpp"}},
    {"openssl/", {"text/digest.cpp"}},
    {"yaml.h", {"text/yaml.cpp"}},
    {"simdjson", {"text/quick_json.cpp"}},
    {"zlib.h", {"text/tar.cpp", "text/deflate.cpp"}},
};

struct Include {
  std::string file;
  int line;
  std::string target;
};

std::vector<std::pair<std::string, int>> files(const fs::path& root) {
  std::vector<std::pair<std::string, int>> out;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".h") continue;
    std::ifstream in(entry.path());
    int lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    out.emplace_back(entry.path().lexically_relative(root).generic_string(), lines);
  }
  return out;
}

std::vector<Include> includes(const fs::path& root) {
  std::vector<Include> out;
  for (const auto& [name, lines] : files(root)) {
    std::ifstream in(root / name);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (!line.starts_with("#include ")) continue;
      const std::size_t open = line.find_first_of("<\"");
      const std::size_t close = line.find_first_of(">\"", open + 1);
      out.push_back({name, number, line.substr(open + 1, close - open - 1)});
    }
  }
  return out;
}

const fs::path kSource = HOWOPEN_SOURCE_DIR;

TEST(Layout, RoomsIncludeOnlyTheRoomsTheyMay) {
  for (const Include& i : includes(kSource / "src")) {
    const std::string room = i.file.substr(0, i.file.find('/'));
    const std::string target = i.target.substr(0, i.target.find('/'));
    if (!kMayInclude.contains(target) || target == room) continue;
    ASSERT_TRUE(kMayInclude.contains(room)) << i.file << ": a room nobody knows";
    EXPECT_TRUE(kMayInclude.at(room).contains(target))
        << i.file << ":" << i.line << " breaks the picture: " << room << " -> " << target;
  }
}

TEST(Layout, EveryFileIsInARoom) {
  for (const auto& [name, lines] : files(kSource / "src")) {
    EXPECT_TRUE(kMayInclude.contains(name.substr(0, name.find('/')))) << name;
    EXPECT_LE(std::count(name.begin(), name.end(), '/'), 1) << name << ": rooms have no rooms";
  }
}

TEST(Layout, LibrariesStayInTheirFiles) {
  for (const Include& i : includes(kSource / "src")) {
    for (const auto& [library, homes] : kLibraryFiles) {
      if (!i.target.starts_with(library)) continue;
      EXPECT_NE(std::find(homes.begin(), homes.end(), i.file), homes.end())
          << i.file << ":" << i.line << " includes " << i.target;
    }
    if (i.target.starts_with("fmt/")) {
      EXPECT_TRUE(i.file.ends_with(".cpp")) << i.file << ":" << i.line << ": fmt in a header";
    }
  }
}

TEST(Layout, PublicHeadersNeedTheStandardLibraryAndExpectedOnly) {
  for (const Include& i : includes(kSource / "include")) {
    if (i.file == "howopen.h") {
      EXPECT_EQ(i.target, "stddef.h") << i.file << ":" << i.line << ": C has to understand it";
      continue;
    }
    const bool standard = i.target.find('/') == std::string::npos && i.target.find(".h") == std::string::npos;
    EXPECT_TRUE(standard || i.target.starts_with("howopen/") || i.target == "tl/expected.hpp")
        << i.file << ":" << i.line << " includes " << i.target;
  }
}

TEST(Layout, JudgeAndReportSeeNoBytes) {
  for (const Include& i : includes(kSource / "src")) {
    if (!i.file.starts_with("judge/")) continue;
    EXPECT_NE(i.target, "howopen/snapshot.h") << i.file;
    EXPECT_NE(i.target, "howopen/source.h") << i.file;
  }
}

// Opinions are judge's: words of judgement in facts/ would make facts unfit for a newer rubric.
TEST(Layout, FactsHoldNoOpinions) {
  for (const auto& [name, lines] : files(kSource / "src")) {
    if (!name.starts_with("facts/")) continue;
    std::ifstream in(kSource / "src" / name);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    for (const char* opinion : {"State::", "Rung::", "howopen/verdict.h", "judge/"}) {
      EXPECT_EQ(text.find(opinion), std::string::npos) << name << " speaks of " << opinion;
    }
  }
}

TEST(Layout, NoFileIsTooLongToHoldOneIdea) {
  for (const char* root : {"src", "include"}) {
    for (const auto& [name, lines] : files(kSource / root)) EXPECT_LE(lines, 400) << name;
  }
}

TEST(Layout, CoreHasNoClockNoEnvironmentNoThreads) {
  for (const Include& i : includes(kSource / "src")) {
    const std::string room = i.file.substr(0, i.file.find('/'));
    if (room == "cli" || room == "run" || room == "files" || room == "fetch" || room == "main.cpp") continue;
    for (const char* header : {"chrono", "thread", "mutex", "ctime", "time.h", "fstream", "iostream",
                               "filesystem", "locale", "random", "unistd.h", "regex"}) {
      EXPECT_NE(i.target, header) << i.file << ":" << i.line;
    }
  }
}

TEST(Layout, EverySourceFileSaysWhatItIsFor) {
  for (const auto& [name, lines] : files(kSource / "src")) {
    std::ifstream in(kSource / "src" / name);
    std::string first;
    std::getline(in, first);
    EXPECT_TRUE(first.starts_with("// ")) << name;
  }
}

// ---- what is written for people

std::string whole(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> papers() {
  std::vector<fs::path> out;
  for (const char* folder : {".", "docs"}) {
    for (const auto& entry : fs::directory_iterator(kSource / folder)) {
      if (entry.path().extension() == ".md") out.push_back(entry.path());
    }
  }
  return out;
}

// What stands between an opening and a closing, again and again.
std::vector<std::string> between(const std::string& text, const std::string& opening, char closing) {
  std::vector<std::string> out;
  for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at)) {
    at += opening.size();
    const std::size_t end = text.find(closing, at);
    if (end == std::string::npos) break;
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

TEST(Papers, LinksLeadToFiles) {
  for (const fs::path& paper : papers()) {
    for (std::string target : between(whole(paper), "](", ')')) {
      target = target.substr(0, target.find('#'));
      if (target.empty() || target.find("://") != std::string::npos) continue;
      EXPECT_TRUE(fs::exists(paper.parent_path() / target)) << paper << ": " << target;
    }
  }
}

// docs/architecture.md: "| `judge` | rules … | `catalog` |"
TEST(Papers, TheRoomsAreThoseOfTheTable) {
  std::map<std::string, std::set<std::string>> drawn;
  std::istringstream lines(whole(kSource / "docs/architecture.md"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    const std::vector<std::string> words = between(line, "`", '`');
    auto& room = drawn[words.at(0)];
    for (const std::string& word : between(line.substr(line.find('|', line.find('|', 1) + 1)), "`", '`'))
      room.insert(word);
  }
  std::map<std::string, std::set<std::string>> built;
  for (const Include& i : includes(kSource / "src")) {
    const std::string room = i.file.substr(0, i.file.find('/'));
    const std::string target = i.target.substr(0, i.target.find('/'));
    if (room == "main.cpp") continue;
    auto& of = built[room];
    if (kMayInclude.contains(target) && target != room) of.insert(target);
  }
  EXPECT_EQ(drawn, built);
}

TEST(Papers, FilesOfTheArchitectureAreThere) {
  int named = 0;
  for (const std::string& path : between(whole(kSource / "docs/architecture.md"), "`", '`')) {
    if (!path.starts_with("src/") && !path.starts_with("tests/")) continue;
    ++named;
    EXPECT_TRUE(fs::exists(kSource / path)) << path;
  }
  EXPECT_GE(named, 25);
}

TEST(Papers, RecipesNameFilesThatAreThere) {
  int named = 0;
  for (const std::string& path : between(whole(kSource / "CONTRIBUTING.md"), "`", '`')) {
    if (path.find(' ') != std::string::npos || path.find('/') == std::string::npos || path.starts_with("./"))
      continue;
    ++named;
    EXPECT_TRUE(fs::exists(kSource / path)) << path;
  }
  EXPECT_GE(named, 20);
}

TEST(Papers, TheVersionIsOne) {
  const std::string cmake = whole(kSource / "CMakeLists.txt");
  const std::string version = between(cmake, "project(howopen VERSION ", ' ').at(0);
  for (const char* file :
       {"vcpkg.json", "pyproject.toml", "CHANGELOG.md", ".pre-commit-hooks.yaml", "README.md"})
    EXPECT_NE(whole(kSource / file).find(version), std::string::npos) << file << " and " << version;
}

}  // namespace
