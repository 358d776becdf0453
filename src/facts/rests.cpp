// What facts rest on beside files of a commit, each in so few words that two days can be compared.
//
//   record of a/b at 56d4cbb…, gated; its base c/d  ->  {model, a/b: "56d4cbb… gated auto"}, {model, c/d:
//   "…"}

#include <fmt/format.h>

#include <algorithm>

#include "facts/parts.h"
#include "text/digest.h"

namespace howopen {
namespace facts {
namespace {

// What a list says, as 16 hex digits: who compares need not read it.
std::string shortened(const std::string& content) {
  return text::sha256(content).substr(0, 16);
}

std::string state_of(const Providers& providers) {
  std::string all;
  for (const Provider& p : providers) all += fmt::format("{}\n{}\n{}\n", p.name, p.status, p.model);
  return shortened(all);
}

std::string state_of(const ModelInfo& info) {
  if (info.sha.empty()) return {};
  std::string out = info.sha;
  if (info.repository.gate != AccessGate::none) out += fmt::format(" gated {}", word(info.repository.gate));
  if (info.repository.disabled) out += " disabled";
  if (info.repository.is_private) out += " private";
  // Items of listings tell no sizes; records do.
  if (!info.files.empty() &&
      std::all_of(info.files.begin(), info.files.end(), [](const ModelFile& f) { return f.size < 0; }))
    out += " unsized";
  return out;
}

std::string state_of(const DatasetRecord& r) {
  return shortened(
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}", r.id, word(r.gate), r.disabled, r.files, r.bytes, r.license));
}

std::string state_of(const Branches& branches) {
  std::string all;
  for (const std::string& name : branches.names) all += name + "\n";
  return shortened(all);
}

std::string state_of(const Listed& listed) {
  std::string all = listed.more ? "more\n" : "\n";
  for (const std::string& id : listed.ids) all += id + "\n";
  return shortened(all);
}

std::string state_of(const GithubTree& tree) {
  return tree.commit.empty() ? std::string() : tree.commit + (tree.truncated ? " truncated" : "");
}

std::string state_of(const Reading& reading) {
  if (reading.answer.outcome == Outcome::absent) return "absent";
  if (reading.answer.outcome == Outcome::denied) return "denied";
  return std::visit(
      [](const auto& value) -> std::string {
        if constexpr (requires { state_of(value); })
          return state_of(value);
        else
          return {};
      },
      reading.value);
}

// A file of a commit stays what it is. That it could not be had may pass; so may a refusal, for whoever has a
// token.
bool may_change(const Want& want, const Answer& answer) {
  if (want.topic != Topic::file && want.topic != Topic::head && want.topic != Topic::github_file) return true;
  return answer.outcome == Outcome::failed || answer.outcome == Outcome::skipped ||
         (answer.outcome == Outcome::denied && answer.personal);
}

}  // namespace
}  // namespace facts

std::vector<Rest> rests_of(const ModelRef& model, const Readings& readings) {
  const Readings::Impl& answers = readings.impl();
  std::vector<Rest> out;
  const facts::ModelInfo* own = nullptr;
  for (const auto& [want, reading] : answers.readings) {
    if (!facts::may_change(want, reading.answer)) continue;
    if (want.topic == Topic::model && want.id == model.id && want.revision == model.revision)
      own = std::get_if<facts::ModelInfo>(&reading.value);
    // Nobody serves it: as if nobody had been asked.
    const auto* providers = std::get_if<facts::Providers>(&reading.value);
    if (providers != nullptr && providers->empty()) continue;
    const bool fixed =
        want.topic == Topic::file || want.topic == Topic::head || want.topic == Topic::github_file;
    out.push_back({{want.topic, want.id, want.revision, want.path, ""},
                   fixed || reading.unreadable ? std::string() : facts::state_of(reading)});
  }
  if (own != nullptr && !answers.find(Want{Topic::providers, own->id, "", "", ""})) {
    const Want providers{Topic::providers, own->id, "", "", ""};
    if (own->providers && !own->providers->empty())
      out.push_back({providers, facts::state_of(*own->providers)});
    else if (!own->providers && own->warm.value_or(false))
      out.push_back({providers, "warm"});
  }
  std::sort(out.begin(), out.end(), [](const Rest& a, const Rest& b) { return a.want < b.want; });
  return out;
}

}  // namespace howopen
