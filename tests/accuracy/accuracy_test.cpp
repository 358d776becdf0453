// How often is the judgement right? Labeled cases (cases/*.json): on one side what the Hub would answer, on
// the other what somebody found by other means, with its own source. What the catalog knows of single models
// is left out, so that rules are measured and not a list of names.
//
//   ./dev accuracy               prints the tables
//   HOWOPEN_ACCURACY_VERBOSE=1   says of each difference what was found
//   HOWOPEN_BLESS=1              writes expected.md and the section of README.md anew
//
// A case's files: `LICENSE=MIT` is a file with the bytes of that license's text, `LICENSE=` an empty one,
// `model-[1-3]-of-00003.safetensors` three of them. The front matter of its card is `cardData`.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "howopen/catalog.h"
#include "howopen/verdict.h"
#include "run/look.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const fs::path kFolder = fs::path(HOWOPEN_SOURCE_DIR) / "tests/accuracy";
const fs::path kReadme = fs::path(HOWOPEN_SOURCE_DIR) / "README.md";
const std::string kCommit(40, 'c');

// A made-up git blob id that stands for the text of a license.
std::string blob_of(const std::string& license) {
  std::ostringstream out;
  for (std::uint64_t h = 1469598103934665603ULL, i = 0; out.tellp() < 40; ++i) {
    for (const char c : license) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL + i;
    out << std::hex << (h & 0xffff);
  }
  return out.str().substr(0, 40);
}

struct Listed {
  std::string path;
  std::optional<std::string> license;
};

std::vector<Listed> files_of(const Json& list) {
  std::vector<Listed> out;
  for (const Json& item : list) {
    std::string path = item;
    std::optional<std::string> license;
    if (const auto equal = path.find('='); equal != std::string::npos) {
      license = path.substr(equal + 1);
      path.resize(equal);
    }
    const auto open = path.find('[');
    const auto close = path.find(']');
    if (open == std::string::npos || close == std::string::npos) {
      out.push_back({path, license});
      continue;
    }
    int first = 0;
    int last = 0;
    char dash = 0;
    std::istringstream(path.substr(open + 1, close - open - 1)) >> first >> dash >> last;
    for (int i = first; i <= last; ++i) {
      const std::string n = std::to_string(i);
      const std::string number = std::string(n.size() < 5 ? 5 - n.size() : 0, '0') + n;
      out.push_back({path.substr(0, open) + number + path.substr(close + 1), license});
    }
  }
  return out;
}

bool is_weight(const std::string& path) {
  for (const char* ending :
       {".safetensors", ".bin", ".pth", ".pt", ".gguf", ".msgpack", ".h5", ".onnx", ".nemo", ".ckpt"}) {
    if (path.ends_with(ending)) return path.find("training_args") == std::string::npos;
  }
  return path.find("ckpt-") != std::string::npos;
}

Answer got(const std::string& body) {
  Answer a;
  a.outcome = Outcome::got;
  a.body = body;
  return a;
}

Answer refusal(Outcome o, Trouble t) {
  Answer a;
  a.outcome = o;
  a.trouble = t;
  a.message = "as the case says";
  return a;
}

// The world as one case describes it; what it does not describe is not there.
class Described : public Source {
 public:
  explicit Described(const Json& one) {
    model(one["id"], one);
    const Json models = one.value("models", Json::object());
    const Json repositories = one.value("github", Json::object());
    const Json datasets = one.value("datasets", Json::object());
    for (const auto& [id, ancestor] : models.items()) model(id, ancestor);
    for (const auto& [id, repository] : repositories.items()) github(id, repository);
    for (const auto& [id, d] : datasets.items()) {
      Json record = {
          {"id", id}, {"gated", d.value("gated", Json(false))}, {"usedStorage", d.value("bytes", 9)}};
      if (d.contains("license")) record["cardData"] = {{"license", d["license"]}};
      record["siblings"] = Json::array({{{"rfilename", "data/train-00000.parquet"}}});
      world_[{Topic::dataset, id, "", "", ""}] = got(record.dump());
    }
  }

  void ask(std::size_t ticket, Want want, std::string /*etag*/ = {}) override {
    Want plain = want;
    plain.blob.clear();
    const auto it = world_.find(plain);
    Answer a = it != world_.end() ? it->second : refusal(Outcome::absent, Trouble::not_found);
    // What a case does not describe has one branch.
    if (want.topic == Topic::refs) a = got(R"({"branches":[{"name":"main"}]})");
    a.where = want.id + "/" + want.path;
    ready_.push_back({ticket, std::move(want), std::move(a), 1});
  }
  std::optional<Reply> next() override {
    if (ready_.empty()) return std::nullopt;
    Reply r = std::move(ready_.front());
    ready_.pop_front();
    return r;
  }

 private:
  void model(const std::string& id, const Json& described) {
    Json record = {{"id", id}, {"sha", kCommit}, {"usedStorage", 1}, {"gated", false}};
    for (const char* key : {"gated", "disabled", "tags", "config", "cardData", "library_name", "pipeline_tag",
                            "inference", "inferenceProviderMapping", "gguf"}) {
      if (described.contains(key)) record[key] = described[key];
    }
    const bool gated = record["gated"] != Json(false);
    Json files = described.value("files", Json::array());
    const Json contents = described.value("contents", Json::object());
    for (const auto& [path, content] : contents.items()) files.push_back(path);
    const bool card = described.contains("card") && !described["card"].is_null();
    if (card) files.push_back("README.md");
    Json siblings = Json::array();
    for (const Listed& f : files_of(files)) {
      Json file = {{"rfilename", f.path}, {"size", f.license && f.license->empty() ? 0 : 1000}};
      if (f.license && !f.license->empty()) file["blobId"] = blob_of(*f.license);
      if (is_weight(f.path)) file["lfs"] = {{"size", 4'000'000'000}};
      siblings.push_back(std::move(file));
      if (gated) world_[{Topic::file, id, kCommit, f.path, ""}] = refusal(Outcome::denied, Trouble::gated);
    }
    record["siblings"] = std::move(siblings);
    world_[{Topic::model, id, "", "", ""}] = got(record.dump());
    if (gated) return;
    for (const auto& [path, content] : contents.items())
      world_[{Topic::file, id, kCommit, path, ""}] =
          got(content.is_string() ? content.get<std::string>() : content.dump());
    if (!card) return;
    std::string text;
    if (described.contains("cardData")) {
      text = "---\n";
      for (const auto& [key, value] : described["cardData"].items()) text += key + ": " + value.dump() + "\n";
      text += "---\n";
    }
    world_[{Topic::file, id, kCommit, "README.md", ""}] = got(text + described["card"].get<std::string>());
  }

  void github(const std::string& id, const Json& described) {
    const Json files = described.is_array() ? described : described["files"];
    Json tree = Json::array();
    const std::string commit(40, '9');
    for (const Listed& f : files_of(files)) {
      Json file = {{"path", f.path}, {"type", "blob"}, {"size", f.license && f.license->empty() ? 0 : 1000}};
      if (f.license && !f.license->empty()) file["sha"] = blob_of(*f.license);
      // What is listed is there; that a listed file is gone would be no answer.
      if (f.path == "README.md")
        world_[{Topic::github_file, id, commit, f.path, file.value("sha", "")}] = got("# Read me\n");
      tree.push_back(std::move(file));
    }
    if (described.is_object() && described.contains("readme")) {
      tree.push_back({{"path", "README.md"}, {"type", "blob"}, {"size", 1000}});
      world_[{Topic::github_file, id, commit, "README.md", ""}] = got(described["readme"]);
    }
    world_[{Topic::github_tree, id, "", "", ""}] =
        got(Json{{"sha", commit}, {"truncated", false}, {"tree", tree}}.dump());
  }

  Snapshot world_;
  std::deque<Reply> ready_;
};

std::vector<Json> cases() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kFolder / "cases")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Json> out;
  for (const fs::path& file : files) {
    const Json list = Json::parse(slurp(file.string()), nullptr, false);
    EXPECT_TRUE(list.is_array()) << file << " is no list";
    for (const Json& one : list) out.push_back(one);
  }
  return out;
}

// Every license id that a file of a case is said to be, each under its made-up blob.
void collect_licenses(const Json& j, Json& blobs) {
  if (j.is_string()) {
    const std::string s = j;
    const auto equal = s.find('=');
    if (equal != std::string::npos && equal + 1 < s.size() && s.find(' ') == std::string::npos)
      blobs[blob_of(s.substr(equal + 1))] = s.substr(equal + 1);
  }
  if (j.is_structured()) {
    for (const Json& part : j) collect_licenses(part, blobs);
  }
}

Catalog catalog_for(const std::vector<Json>& all) {
  Json blobs = Json::object();
  for (const Json& one : all) collect_licenses(one, blobs);
  auto catalog = Catalog::load_general(
      {{"license_blobs.json", "the cases", Json{{"as_of", "2026-11-23"}, {"blobs", blobs}}.dump()}});
  EXPECT_TRUE(catalog) << catalog.error().what;
  return std::move(*catalog);
}

// Of a closed model nothing can be seen but what its vendor says: the catalog alone knows it.
Facts facts_of(const Json& one, const Catalog& catalog) {
  const std::string id = one["id"];
  if (one.value("catalog", "") == "releases") {
    static const Catalog whole = std::move(*Catalog::load());
    const UnreleasedModel* release = whole.release(id);
    EXPECT_NE(release, nullptr) << id;
    return release == nullptr ? Facts() : gather_release({id, id, ""}, *release);
  }
  Described source(one);
  return run::look(source, {{id, id, ""}}, catalog).facts.front();
}

struct Question {
  std::string name;
  std::vector<std::string> answers;  ///< from open to closed
};

const std::vector<Question>& questions() {
  static const std::vector<std::string> states = {"available", "partial", "unavailable"};
  static const std::vector<Question> all = {
      {"weights", states},
      {"inference_code", states},
      {"training_code", states},
      {"training_data", states},
      {"api_access", states},
      {"license",
       {"open", "permissive-with-conditions", "use-restricted", "non-commercial", "proprietary", "none"}},
      {"verdict",
       {"open-source-ai-open-data", "open-source-ai", "open-weights", "weights-available", "api-only",
        "closed"}}};
  return all;
}

std::map<std::string, std::string> answers_of(const Verdict& v) {
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < kComponents; ++i)
    out[std::string(word(static_cast<Component>(i)))] = word(v.components[i].state);
  out["license"] = word(v.license.effective.cls);
  out["verdict"] = v.rung == Rung::undetermined ? "unknown" : std::string(word(v.rung));
  return out;
}

struct Score {
  std::map<std::string, std::map<std::string, std::map<std::string, int>>> tables;  // question, label, answer
  std::vector<std::string> errors;
  int models = 0;
  int asked = 0;
  int agree = 0;
  int more_open = 0;
  int less_open = 0;
  int unknown = 0;

  void count(const Json& one, const Question& q, const std::string& answer) {
    const Json& label = one["label"];
    if (!label.contains(q.name)) return;
    const std::string expected = label[q.name];
    ++tables[q.name][expected][answer];
    ++asked;
    if (answer == expected) {
      ++agree;
      return;
    }
    const auto place = [&](const std::string& a) {
      return std::find(q.answers.begin(), q.answers.end(), a) - q.answers.begin();
    };
    std::string how = "less open";
    if (answer == "unknown")
      ++unknown, how = "unknown";
    else if (place(answer) < place(expected))
      ++more_open, how = "**more open**";
    else
      ++less_open;
    errors.push_back("| " + one["id"].get<std::string>() + " | " + q.name + " | " + expected + " | " +
                     answer + " | " + how + " |");
  }
};

std::string percent(int part, int of) {
  std::ostringstream out;
  out.precision(1);
  out << std::fixed << (of == 0 ? 0.0 : 100.0 * part / of) << " %";
  return out.str();
}

std::string print(const Score& s) {
  std::ostringstream out;
  out << s.models << " models, " << s.asked << " labels: " << s.agree << " agree ("
      << percent(s.agree, s.asked - s.unknown) << " of those answered), " << s.more_open
      << " more open than the label (" << percent(s.more_open, s.asked) << "), " << s.less_open
      << " less open, " << s.unknown << " unknown.\n\n";
  out << "| component | label | available | partial | unavailable | unknown |\n|---|---|--:|--:|--:|--:|\n";
  for (std::size_t i = 0; i < kComponents; ++i) {
    const Question& q = questions()[i];
    for (const std::string& label : q.answers) {
      const auto rows = s.tables.at(q.name);
      const auto row = rows.find(label);
      if (row == rows.end()) continue;
      out << "| " << q.name << " | " << label;
      for (const char* answer : {"available", "partial", "unavailable", "unknown"}) {
        const auto n = row->second.find(answer);
        out << " | " << (n == row->second.end() ? 0 : n->second);
      }
      out << " |\n";
    }
  }
  for (std::size_t i = kComponents; i < questions().size(); ++i) {
    const Question& q = questions()[i];
    out << "\n| " << q.name << ", label";
    std::vector<std::string> columns = q.answers;
    columns.emplace_back("unknown");
    for (const std::string& c : columns) out << " | " << c;
    out << " |\n|---" << [&] {
      std::string bars;
      for (std::size_t c = 0; c < columns.size(); ++c) bars += "|--:";
      return bars;
    }() << "|\n";
    for (const std::string& label : columns) {
      const auto rows = s.tables.at(q.name);
      const auto row = rows.find(label);
      if (row == rows.end()) continue;
      out << "| " << label;
      for (const std::string& c : columns) {
        const auto n = row->second.find(c);
        out << " | " << (n == row->second.end() ? 0 : n->second);
      }
      out << " |\n";
    }
  }
  out << "\nWhere they differ:\n\n| model | what | label | found | |\n|---|---|---|---|---|\n";
  for (const std::string& e : s.errors) out << e << '\n';
  if (s.errors.empty()) out << "| nowhere | | | | |\n";
  return out.str();
}

// The part of README.md between the markers.
constexpr std::string_view kOpen =
    "<!-- accuracy: ./dev accuracy prints this, HOWOPEN_BLESS=1 writes it -->\n";
constexpr std::string_view kClose = "<!-- /accuracy -->";

TEST(Accuracy, IsAsRecorded) {
  const std::vector<Json> all = cases();
  const Catalog catalog = catalog_for(all);
  Score score;
  std::set<std::string> ids;
  for (const Json& one : all) {
    const std::string id = one["id"];
    EXPECT_TRUE(ids.insert(id).second) << id << " twice";
    ASSERT_TRUE(one.contains("observed") && one.contains("label") && one["label"].contains("source")) << id;
    EXPECT_NE(one["observed"], one["label"]["source"]) << id << ": a label needs a source of its own";
    const Verdict v = judge(facts_of(one, catalog), catalog);
    const auto answers = answers_of(v);
    for (const Question& q : questions()) score.count(one, q, answers.at(q.name));
    ++score.models;
    if (std::getenv("HOWOPEN_ACCURACY_VERBOSE") != nullptr) {
      for (const Question& q : questions()) {
        if (!one["label"].contains(q.name) || one["label"][q.name] == answers.at(q.name)) continue;
        std::cerr << id << " " << q.name << " " << answers.at(q.name) << " for " << one["label"][q.name]
                  << ": " << v.license.effective.expression << "; ";
        for (std::size_t i = 0; i < kComponents; ++i) {
          if (word(static_cast<Component>(i)) == q.name) std::cerr << v.components[i].summary;
        }
        std::cerr << '\n';
      }
    }
  }
  EXPECT_GE(score.models, 60);
  const std::string table = print(score);
  std::cout << table;

  std::string readme = slurp(kReadme.string());
  const std::size_t open = readme.find(kOpen);
  const std::size_t close = readme.find(kClose);
  ASSERT_TRUE(open != std::string::npos && close != std::string::npos && open < close)
      << "no markers in README.md";
  const std::size_t first = open + kOpen.size();
  if (std::getenv("HOWOPEN_BLESS") != nullptr) {
    std::ofstream(kFolder / "expected.md", std::ios::binary) << table;
    readme.replace(first, close - first, table);
    std::ofstream(kReadme, std::ios::binary) << readme;
    return;
  }
  EXPECT_TRUE(slurp((kFolder / "expected.md").string()) == table)
      << "tests/accuracy/expected.md says something else; HOWOPEN_BLESS=1 writes it anew";
  EXPECT_TRUE(readme.substr(first, close - first) == table) << "README.md shows another table";
  // What this must never get worse than.
  EXPECT_LT(score.more_open * 100, score.asked * 5);
  EXPECT_GT(score.agree * 100, (score.asked - score.unknown) * 90);
}

}  // namespace
}  // namespace howopen::test
