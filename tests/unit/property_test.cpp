// What must hold for every set of answers: their order never shows, a failure never makes a model more open
// nor closes it, and facts survive being saved.
//
//   listing [a, b] and listing [b, a]        ->  the same bytes
//   any one answer turned into a failure     ->  a range that still holds the old verdict

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "fetch/replay.h"
#include "howopen/report.h"
#include "howopen/verdict.h"
#include "support/map_source.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using Random = std::mt19937;

const fs::path kSource = HOWOPEN_SOURCE_DIR;
const fs::path kReal = kSource / "../shared/real";

struct Sample {
  std::string name;
  std::vector<ModelRef> models;
  Snapshot answers;
};

// Answers what it has, in whatever order chance gives.
class Shuffled : public Source {
 public:
  Shuffled(const Snapshot& answers, unsigned seed) : answers_(answers), random_(seed) {}
  void ask(std::size_t ticket, Want want, std::string /*etag*/ = {}) override {
    Answer a = outcome(Outcome::absent, Trouble::not_found);
    // A file is known by its path; what a listing says of its content is one more way to find it.
    Want plain = want;
    plain.blob.clear();
    for (const Want& w : {want, plain}) {
      if (const auto it = answers_.find(w); it != answers_.end()) {
        a = it->second;
        break;
      }
    }
    if (a.where.empty()) a.where = want.id + "/" + want.path;
    ready_.push_back({ticket, std::move(want), std::move(a), 1});
  }
  std::optional<Reply> next() override {
    if (ready_.empty()) return std::nullopt;
    std::swap(ready_[random_() % ready_.size()], ready_.back());
    Reply r = std::move(ready_.back());
    ready_.pop_back();
    return r;
  }

 private:
  const Snapshot& answers_;
  Random random_;
  std::vector<Reply> ready_;
};

std::vector<Verdict> judge_all(const Sample& s, unsigned seed = 0, Snapshot* keep = nullptr) {
  Shuffled source(s.answers, seed);
  std::vector<Verdict> out;
  for (const Facts& f : run::look(source, s.models, World::catalog(), Depth::card, keep).facts)
    out.push_back(judge(f, World::catalog()));
  return out;
}

std::string report(const std::vector<Verdict>& verdicts) {
  return render(verdicts, Format::json, {}, World::catalog());
}

// Order says nothing in a listing of files, among tags, and in a map of providers.
void shuffle(ordered_json& j, Random& random) {
  for (const char* key : {"siblings", "tags", "tree"}) {
    if (j.is_object() && j.contains(key) && j[key].is_array())
      std::shuffle(j[key].begin(), j[key].end(), random);
  }
}

Sample shuffled(const Sample& s, unsigned seed) {
  Random random(seed);
  Sample out = s;
  for (auto& [want, answer] : out.answers) {
    if (answer.outcome != Outcome::got) continue;
    if (want.topic != Topic::model && want.topic != Topic::dataset && want.topic != Topic::github_tree)
      continue;
    ordered_json j = ordered_json::parse(answer.body, nullptr, false);
    if (j.is_discarded()) continue;
    shuffle(j, random);
    answer.body = j.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  }
  return out;
}

// ---- samples

Sample of(const char* name, const World& w, const std::string& id) {
  return {name, {{id, id, ""}}, w.snapshot()};
}

Answer tree(const std::vector<std::string>& paths) {
  ordered_json j = {{"sha", std::string(40, '9')}, {"truncated", false}, {"tree", ordered_json::array()}};
  for (const std::string& p : paths)
    j["tree"].push_back({{"path", p}, {"type", "blob"}, {"size", 10}, {"sha", std::string(40, '1')}});
  return got(j.dump());
}

const std::string kLlama = R"("config":{"model_type":"llama","architectures":["LlamaForCausalLM"]})";

std::vector<Sample> written() {
  std::vector<Sample> out;
  const std::string apache = slurp((kSource / "LICENSE").string());
  const std::string card = "---\nlicense: apache-2.0\n---\n# Foo\n\n";

  World all;
  all.model("acme/foo-7b",
            kLlama + R"(,"tags":["license:apache-2.0","en"],"cardData":{"license":"apache-2.0"})")
      .file("acme/foo-7b", "README.md",
            "---\nlicense: apache-2.0\ndatasets: [acme/corpus, gsm8k]\n---\n# Foo\n\nPretrained on the "
            "corpus.\nCode: https://github.com/acme/foo and https://github.com/acme/tools\n")
      .file("acme/foo-7b", "LICENSE", apache)
      .big("acme/foo-7b", "model-00001-of-00002.safetensors")
      .big("acme/foo-7b", "model-00002-of-00002.safetensors")
      .big("acme/foo-7b", "pytorch_model.bin")
      .answer({Topic::github_tree, "acme/foo", "", "", ""},
              tree({"train.py", "configs/pretrain.yaml", "README.md", "LICENSE"}))
      .answer({Topic::github_tree, "acme/tools", "", "", ""}, tree({"README.md"}))
      .answer({Topic::github_file, "acme/foo", std::string(40, '9'), "LICENSE", ""}, got(apache))
      .answer({Topic::dataset, "acme/corpus", "", "", ""},
              got(R"({"id":"acme/corpus","gated":false,"usedStorage":9,"cardData":{"license":"cc0-1.0"},)"
                  R"("siblings":[{"rfilename":"a.parquet"},{"rfilename":"README.md"}]})"));
  out.push_back(of("all of it", all, "acme/foo-7b"));

  // Two origins among the tags, of which one forbids.
  World merge;
  merge
      .model("acme/merge",
             kLlama + R"(,"tags":["base_model:merge:b/one","base_model:merge:c/two","base_model:b/one"])")
      .file("acme/merge", "README.md", card)
      .file("acme/merge", "LICENSE", apache)
      .big("acme/merge", "model.safetensors");
  merge.model("b/one", kLlama + R"(,"cardData":{"license":"cc-by-nc-4.0"})")
      .big("b/one", "model.safetensors");
  merge.model("c/two", kLlama + R"(,"tags":["base_model:d/root"],"cardData":{"license":"mit"})");
  merge.model("d/root", kLlama + R"(,"cardData":{"license":"llama2"})");
  out.push_back(of("merge", merge, "acme/merge"));

  // Only the card says where it comes from, and a text is named for the weights.
  World prose;
  prose.model("acme/tuned", kLlama)
      .file("acme/tuned", "README.md",
            card + "This model is a fine-tuned version of [Base](https://huggingface.co/b/base).\n")
      .file("acme/tuned", "LICENSE-MODEL", apache)
      .big("acme/tuned", "model.safetensors");
  prose.model("b/base", kLlama + R"(,"cardData":{"license":"llama2"})").big("b/base", "model.safetensors");
  out.push_back(of("origin in the card", prose, "acme/tuned"));

  // Only the adapter's configuration says it.
  World adapter;
  adapter.model("acme/lora", R"("library_name":"peft","cardData":{"license":"apache-2.0"})")
      .file("acme/lora", "README.md", card)
      .file("acme/lora", "LICENSE", apache)
      .file("acme/lora", "adapter_config.json", R"({"base_model_name_or_path":"b/base"})")
      .big("acme/lora", "adapter_model.safetensors");
  adapter.model("b/base", kLlama + R"(,"cardData":{"license":"llama2"})").big("b/base", "model.safetensors");
  out.push_back(of("adapter", adapter, "acme/lora"));

  // The publisher's own repository names the model and says what the tag does not.
  World elsewhere;
  elsewhere.model("acme/pro-7b", kLlama + R"(,"cardData":{"license":"mit"})")
      .file("acme/pro-7b", "README.md", "---\nlicense: mit\n---\nSee https://github.com/acme/pro\n")
      .big("acme/pro-7b", "model.safetensors")
      .answer({Topic::github_tree, "acme/pro", "", "", ""}, tree({"README.md", "inference.py", "LICENSE"}))
      .answer({Topic::github_file, "acme/pro", std::string(40, '9'), "LICENSE", std::string(40, '1')},
              got(apache))
      .answer({Topic::github_file, "acme/pro", std::string(40, '9'), "README.md", std::string(40, '1')},
              got("# Pro\n\n- pro-7b\n\n## License\n\nThe code is under Apache-2.0. The models are "
                  "licensed under CC BY-NC 4.0.\n"));
  out.push_back(of("license elsewhere", elsewhere, "acme/pro-7b"));

  // A shard index that knows better than the names of the shards.
  World index;
  index.model("acme/lite", kLlama)
      .file("acme/lite", "README.md", card)
      .file("acme/lite", "LICENSE", apache)
      .big("acme/lite", "model-00001-of-00001.safetensors")
      .file("acme/lite", "model.safetensors.index.json",
            R"({"weight_map":{"a":"model-00001-of-00001.safetensors","b":"model-00002.safetensors"}})");
  out.push_back(of("index", index, "acme/lite"));
  World index_bin;
  index_bin.model("acme/sharded", kLlama)
      .file("acme/sharded", "README.md", card)
      .big("acme/sharded", "weights_a.safetensors")
      .file("acme/sharded", "model.safetensors.index.json",
            R"({"weight_map":{"a":"weights_a.safetensors","b":"weights_b.safetensors"}})");
  out.push_back(of("index without numbers", index_bin, "acme/sharded"));

  World diffusers;
  diffusers.model("acme/pictures", R"("library_name":"diffusers","cardData":{"license":"openrail++"})")
      .file("acme/pictures", "README.md", "---\nlicense: openrail++\n---\n")
      .file("acme/pictures", "model_index.json",
            R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","UNet2DConditionModel"],)"
            R"("vae":["diffusers","AutoencoderKL"]})")
      .big("acme/pictures", "unet/diffusion_pytorch_model.safetensors");
  out.push_back(of("pipeline", diffusers, "acme/pictures"));

  World custom;
  custom.model("acme/odd", R"("config":{"model_type":"odd"},"gated":"auto")")
      .file("acme/odd", "README.md", "---\nlicense: other\nlicense_name: odd\n---\n14T tokens.\n")
      .file("acme/odd", "LICENSE", "You may use this for research only and not for commercial purposes.\n")
      .file("acme/odd", "config.json", R"({"model_type":"odd","auto_map":{"AutoModel":"modeling_odd.M"}})")
      .file("acme/odd", "modeling_odd.py", "x")
      .big("acme/odd", "model.safetensors");
  out.push_back(of("custom code", custom, "acme/odd"));

  World nothing;
  nothing.model("acme/paper").file("acme/paper", "README.md", "# Soon\n");
  out.push_back(of("no weights", nothing, "acme/paper"));

  World served;
  served.model("acme/served", kLlama + R"(,"inference":"warm")")
      .big("acme/served", "model.safetensors")
      .answer({Topic::providers, "acme/served", "", "", ""},
              got(R"({"id":"acme/served","inferenceProviderMapping":[{"provider":"p","status":"live"}]})"));
  out.push_back(of("provider", served, "acme/served"));
  return out;
}

std::vector<Sample> golden() {
  std::vector<Sample> out;
  for (const auto& entry : fs::directory_iterator(kSource / "tests/golden")) {
    if (!entry.is_directory()) continue;
    auto bundle = fetch::load_bundle(slurp((entry.path() / "snapshot.json").string()), "snapshot");
    EXPECT_TRUE(bundle) << entry.path();
    if (!bundle) continue;
    for (auto& [want, answer] : bundle->answers) {
      if (answer.body == "@LICENSE") answer.body = slurp((kSource / "LICENSE").string());
    }
    out.push_back({entry.path().filename().string(), bundle->models, bundle->answers});
  }
  std::sort(out.begin(), out.end(), [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return out;
}

// Recorded answers; the base models they name were not recorded and are absent.
std::vector<Sample> recorded() {
  std::vector<Sample> out;
  for (const char* folder : {"api", "cassettes", "api2022"}) {
    for (const auto& entry : fs::directory_iterator(kReal / folder)) {
      if (entry.path().extension() != ".json") continue;
      const std::string body = slurp(entry.path().string());
      const ordered_json j = ordered_json::parse(body, nullptr, false);
      if (j.is_discarded() || !j.is_object() || !j.contains("siblings")) continue;
      if (entry.path().string().find("dataset") != std::string::npos) continue;
      const std::string id = j.contains("id") ? j["id"] : j["modelId"];
      const std::string stem = entry.path().filename().string();
      Snapshot answers;
      answers[{Topic::model, id, "", "", ""}] = got(body);
      const fs::path card = kReal / folder / (stem.substr(0, stem.find(".infos.json")) + ".README.md");
      if (fs::exists(card)) {
        const std::string sha = j.value("sha", "");
        answers[{Topic::file, id, sha, "README.md", ""}] = got(slurp(card.string()));
      }
      out.push_back({stem, {{id, id, ""}}, std::move(answers)});
    }
  }
  std::sort(out.begin(), out.end(), [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return out;
}

// ---- properties

void order_never_shows(const Sample& s) {
  const std::string before = report(judge_all(s));
  for (unsigned seed = 1; seed <= 6; ++seed) {
    EXPECT_EQ(report(judge_all(s, seed)), before) << s.name << ": order of answers, seed " << seed;
    EXPECT_EQ(report(judge_all(shuffled(s, seed), seed)), before) << s.name << ": order within, " << seed;
    if (testing::Test::HasFailure()) return;
  }
}

int openness(State s) {
  return s == State::available ? 2 : s == State::partial ? 1 : 0;
}

// A range may only grow: what is not known may be anything, and what is known stays.
void failure_opens_nothing(const Sample& s) {
  Snapshot seen;
  const std::vector<Verdict> before = judge_all(s, 0, &seen);
  for (const auto& [want, answer] : seen) {
    if (answer.outcome != Outcome::got) continue;
    Sample broken{s.name, s.models, seen};
    broken.answers[want] = outcome(Outcome::failed);
    const std::vector<Verdict> after = judge_all(broken);
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Verdict& a = before[i];
      const Verdict& b = after[i];
      const std::string what = s.name + ", " + a.id + ", without " + std::string(word(want.topic)) + " " +
                               want.id + " " + want.path + ": " + std::string(word(a.low)) + ".." +
                               std::string(word(a.high)) + " became " + std::string(word(b.low)) + ".." +
                               std::string(word(b.high));
      if (b.rung != Rung::undetermined) {
        EXPECT_GE(static_cast<int>(b.rung), static_cast<int>(a.low)) << what;
      }
      EXPECT_GE(static_cast<int>(b.low), static_cast<int>(a.low)) << what;
      if (b.high != Rung::undetermined) {
        EXPECT_LE(static_cast<int>(b.high), static_cast<int>(a.high)) << what;
      }
      for (std::size_t c = 0; c < kComponents; ++c) {
        const ComponentVerdict& x = a.components[c];
        const ComponentVerdict& y = b.components[c];
        const std::string at = what + "; " + std::string(word(static_cast<Component>(c))) + " " +
                               std::string(word(x.state)) + " became " + std::string(word(y.state));
        EXPECT_LE(openness(y.worst), openness(x.worst)) << at;
        EXPECT_GE(openness(y.best), openness(x.best)) << at;
        if (y.state == State::unavailable) {
          EXPECT_EQ(x.state, State::unavailable) << at;
        }
        if (y.state == State::available) {
          EXPECT_EQ(x.state, State::available) << at;
        }
        if (y.state == State::partial) {
          EXPECT_NE(x.state, State::unavailable) << at;
        }
      }
    }
  }
}

void saving_changes_nothing(const Sample& s) {
  Shuffled source(s.answers, 0);
  for (const Facts& f : run::look(source, s.models, World::catalog()).facts) {
    const std::string saved = save_facts(f);
    const auto again = load_facts(saved, "facts");
    ASSERT_TRUE(again) << s.name << ": " << again.error().what << " " << again.error().where;
    EXPECT_EQ(save_facts(*again), saved) << s.name;
    EXPECT_EQ(report({judge(*again, World::catalog())}), report({judge(f, World::catalog())})) << s.name;
  }
}

using Property = void (*)(const Sample&);

void hold_for(const std::vector<Sample>& samples, std::size_t at_least, Property property) {
  EXPECT_GE(samples.size(), at_least);
  for (const Sample& s : samples) property(s);
}

TEST(Property, OrderNeverShows) {
  hold_for(written(), 10, order_never_shows);
  hold_for(golden(), 10, order_never_shows);
}
TEST(Property, AFailureOpensNothingAndClosesNothing) {
  hold_for(written(), 10, failure_opens_nothing);
  hold_for(golden(), 10, failure_opens_nothing);
}
TEST(Property, SavingFactsChangesNothing) {
  hold_for(written(), 10, saving_changes_nothing);
  hold_for(golden(), 10, saving_changes_nothing);
}

class RecordedProperty : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kReal)) GTEST_SKIP() << "no ../shared/real: nothing was checked";
  }
};

TEST_F(RecordedProperty, OrderNeverShows) {
  hold_for(recorded(), 50, order_never_shows);
}
TEST_F(RecordedProperty, AFailureOpensNothingAndClosesNothing) {
  hold_for(recorded(), 50, failure_opens_nothing);
}
TEST_F(RecordedProperty, SavingFactsChangesNothing) {
  hold_for(recorded(), 50, saving_changes_nothing);
}

}  // namespace
}  // namespace howopen::test
