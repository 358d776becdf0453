// Keys that stand before models: base_model, MODEL_ID, modelName. How they are written (case, dashes) does
// not matter.
//
//   scan_pair("model_name_or_path", "a/b-7b", …)  ->  a/b-7b, medium
//   scan_pair("model", "auth/user", …)            ->  nothing, or low in a file that speaks of the Hub

#include <algorithm>
#include <array>

#include "scan/names.h"
#include "scan/parts.h"

namespace howopen::scan {
namespace {

// `HF_MODEL-id` -> hfmodelid.
std::string folded(std::string_view key) {
  std::string out;
  for (const char c : key.substr(0, 80)) {
    if (is_alnum(c)) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return out;
}

// Ends of keys whose values are models of the Hub, or folders with one.
constexpr std::array<std::string_view, 33> kStrong = {
    "modelnameorpath", "nameorpath",       "modelid",         "modelids",          "repoid",
    "hfrepo",          "hfrepoid",         "hfmodel",         "hfmodelname",       "hfmodelrepo",
    "basemodel",       "basemodels",       "basemodelname",   "teachermodel",      "studentmodel",
    "rewardmodel",     "draftmodel",       "refmodel",        "referencemodel",    "speculativemodel",
    "embeddingmodel",  "embeddingsmodel",  "rerankermodel",   "rerankmodel",       "modelrepo",
    "modelreponame",   "huggingfacemodel", "huggingfacerepo", "huggingfacerepoid", "judgemodel",
    "modelrepoid",     "modelrepository",  "hfhubid"};

constexpr std::array<std::string_view, 21> kWeak = {
    "model",         "models",          "modelname",     "modelnames",     "modelpath", "modeluri",
    "modelref",      "modellist",       "checkpoint",    "checkpointpath", "ckpt",      "tokenizer",
    "tokenizername", "tokenizerid",     "tokenizerpath", "pretrained",     "embedder",  "llm",
    "reranker",      "pretrainedmodel", "processor"};

template <std::size_t N>
bool ends_one(const std::array<std::string_view, N>& list, const std::string& key) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view end) { return key.ends_with(end); });
}

}  // namespace

int key_strength(std::string_view key) {
  const std::string k = folded(key);
  if (k.find("dataset") != std::string::npos || k.starts_with("hub") || k.starts_with("push") ||
      k.find("githubrepo") != std::string::npos || k.find("ollama") != std::string::npos)
    return k.starts_with("hubmodelid") ? 0 : k.find("ollama") != std::string::npos ? 1 : 0;
  if (ends_one(kStrong, k)) return 2;
  if (ends_one(kWeak, k)) return 1;
  // MODEL_7B, MODEL_DRAFT, defaultModelForChat
  return k.starts_with("model") || k.starts_with("defaultmodel") || k.find("llm") != std::string::npos ? 1
                                                                                                       : 0;
}

bool scan_pair(std::string_view key, std::string_view value, std::size_t place, int down, Scan& scan,
               std::string_view revision) {
  if (value.empty() || value.size() > 300) return false;
  const int strength = key_strength(key);
  if (strength == 0) return false;
  // ${X:-otherwise}
  if (value.starts_with("${") && value.ends_with('}')) {
    if (const std::size_t otherwise = value.find(":-");
        otherwise != std::string_view::npos && otherwise + 3 < value.size()) {
      place += otherwise + 2;
      value = value.substr(otherwise + 2, value.size() - otherwise - 3);
    }
  }
  const Name name = read_name(value);
  if (name.kind != Name::Kind::owned) {
    const bool legacy =
        name.kind == Name::Kind::bare && is_legacy_model(name.id) && (strength == 2 || scan.aware);
    if (!legacy) {
      if (name.kind == Name::Kind::variable && strength == 2 && scan.aware)
        scan.sink.unresolved(place, value, key, "a variable");
      return false;
    }
    scan.sink.found(place + name.at, name.id, revision, key, Confidence::medium, down);
    return true;
  }
  const bool hosted = is_hosted_only(name.id);
  if (hosted) return false;
  const bool likely = looks_like_model(name.id);
  if (strength == 1 && !likely && !scan.aware) return false;
  Confidence confidence = Confidence::medium;
  if (name.placeholder || (strength == 1 && !likely)) confidence = Confidence::low;
  if (strength == 1 && !likely && scan.aware && !name.placeholder) confidence = Confidence::medium;
  scan.sink.found(place + name.at, name.id, name.revision.empty() ? revision : name.revision, key, confidence,
                  down);
  return true;
}

}  // namespace howopen::scan
