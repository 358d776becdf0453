// What models are compared by: values as in the JSON report, and the same in words.
//
//   license.effective  ->  "LicenseRef-DeepSeek-1.0", "DeepSeek License 1.0"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "report/card.h"
#include "report/compare.h"

namespace howopen::report {
namespace {

using text::Json;

std::string scalar(const Json& j) {
  if (const auto s = j.string()) return std::string(*s);
  if (const auto i = j.integer()) return fmt::format("{}", *i);
  if (const auto r = j.real()) return fmt::format("{:g}", *r);
  if (const auto b = j.boolean()) return *b ? "yes" : "no";
  return {};
}

std::string comma_list(const Json& list) {
  std::vector<std::string> out;
  for (const Json& item : list.items()) out.push_back(scalar(item));
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string verdict_of(const Json& m) {
  const std::string is = scalar(m["verdict"]);
  const std::string low = scalar(m["verdict_low"]);
  const std::string high = scalar(m["verdict_high"]);
  return is == "undetermined" && low != high ? fmt::format("undetermined ({} to {})", low, high) : is;
}

std::string rung_words(const std::string& word) {
  const auto rung = from_word<Rung>(word);
  return rung ? std::string(title(*rung)) : word;
}

std::string verdict_in_words(const Json& m) {
  const std::string is = scalar(m["verdict"]);
  const std::string low = scalar(m["verdict_low"]);
  const std::string high = scalar(m["verdict_high"]);
  if (is == "undetermined" && low != high)
    return fmt::format("Undetermined: {} to {}", rung_words(low), rung_words(high));
  return rung_words(is);
}

std::string score_of(const Json& m) {
  const std::string low = scalar(m["score"]["low"]);
  const std::string high = scalar(m["score"]["high"]);
  return low == high ? low : low + "-" + high;
}

std::string lineage_of(const Json& m, const Catalog* catalog) {
  std::vector<std::string> out;
  for (const Json& e : m["lineage"].items()) {
    const std::string license = scalar(e["license"]);
    out.push_back(fmt::format("{} ({}, {})", scalar(e["id"]), scalar(e["relation"]),
                              catalog != nullptr ? licenses_in_words(license, *catalog) : license));
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

// A word of the JSON report as people say it, by what it answers.
std::string said(const std::string& key, const std::string& value, const Catalog& catalog) {
  if (value.empty()) return value;
  if (key == "license" || key == "license.code" || key == "license.effective")
    return licenses_in_words(value, catalog);
  if (key.starts_with("use.")) {
    const auto answer = from_word<Permission>(value);
    return answer ? std::string(answer_words(*answer)) : value;
  }
  if (key == "load_bytes") {
    std::int64_t bytes = 0;
    std::from_chars(value.data(), value.data() + value.size(), bytes);
    return gigabytes(bytes);
  }
  if (key == "revision") return value.substr(0, 7);
  std::string out = value;
  if (key == "license.class") {
    if (const auto cls = from_word<LicenseClass>(value)) return class_words(*cls);
  }
  if (key.starts_with("trait.")) return trait_words(std::string_view(key).substr(6), value);
  if (key == "license.match") std::replace(out.begin(), out.end(), '-', ' ');
  return out;
}

std::string title_of(const std::string& key, const Catalog& catalog) {
  if (key == "load_bytes") return "memory to load";
  if (key == "who") return "who can run it";
  if (key == "jurisdiction") return "vendor's country";
  if (key == "lineage") return "made from";
  if (key == "modifiers") return "remarks";
  if (key == "revision") return "commit";
  if (key == "license") return "license of weights";
  if (key == "license.effective") return "bound by";
  if (key == "license.declared") return "license claimed";
  if (key == "license.match") return "license text";
  if (key == "license.code") return "license of code";
  if (key == "license.class") return "license class";
  if (key.starts_with("use.")) {
    const auto use = from_word<Purpose>(std::string_view(key).substr(4));
    return "use: " + (use ? catalog.uses().of(*use).title : key.substr(4));
  }
  if (key.starts_with("trait.")) return "term: " + words_of(std::string_view(key).substr(6));
  return words_of(std::string_view(key));
}

}  // namespace

std::vector<CompareRow> compare_rows(const std::vector<Json>& models, const Catalog& catalog) {
  std::vector<CompareRow> out;
  const auto row_of = [&](std::string key, const auto& value, const auto& words) {
    CompareRow r{key, title_of(key, catalog), {}, {}, false};
    for (const Json& m : models) {
      r.values.push_back(value(m));
      r.words.push_back(words(m));
    }
    r.differs = std::any_of(r.values.begin(), r.values.end(),
                            [&](const std::string& v) { return v != r.values.front(); });
    out.push_back(std::move(r));
  };
  const auto row = [&](const std::string& key, const auto& value) {
    row_of(key, value, [&](const Json& m) { return said(key, value(m), catalog); });
  };
  row_of("verdict", verdict_of, verdict_in_words);
  row("score", score_of);
  for (std::size_t i = 0; i < kComponents; ++i) {
    const std::string name(word(static_cast<Component>(i)));
    row(name, [name](const Json& m) {
      const Json& c = m["components"][name];
      const std::string grade = scalar(c["grade"]);
      return scalar(c["status"]) + (grade.empty() ? "" : " (" + grade + ")");
    });
  }
  row("license", [](const Json& m) { return scalar(m["license"]["weights"]["concluded"]); });
  row("license.declared", [](const Json& m) { return scalar(m["license"]["weights"]["declared"]); });
  row("license.match", [](const Json& m) { return scalar(m["license"]["weights"]["match"]); });
  row("license.code", [](const Json& m) { return scalar(m["license"]["code"]["concluded"]); });
  row("license.effective", [](const Json& m) { return scalar(m["license"]["effective"]["expression"]); });
  row("license.class", [](const Json& m) { return scalar(m["license"]["effective"]["class"]); });
  std::vector<std::string> traits;
  for (const Json& m : models) {
    for (const auto& [name, value] : m["license"]["traits"].members()) {
      if (std::find(traits.begin(), traits.end(), name) == traits.end()) traits.push_back(name);
    }
  }
  for (const std::string& name : traits)
    row("trait." + name, [&](const Json& m) { return scalar(m["license"]["traits"][name]["value"]); });
  std::vector<std::string> uses;
  for (const Json& m : models) {
    for (const Json& p : m["permissions"].items()) {
      const std::string use = scalar(p["use"]);
      if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(use);
    }
  }
  for (const std::string& use : uses) {
    row("use." + use, [&](const Json& m) {
      for (const Json& p : m["permissions"].items()) {
        if (scalar(p["use"]) == use) return scalar(p["answer"]);
      }
      return std::string();
    });
  }
  row_of(
      "lineage", [](const Json& m) { return lineage_of(m, nullptr); },
      [&](const Json& m) { return lineage_of(m, &catalog); });
  row("modifiers", [](const Json& m) { return comma_list(m["modifiers"]); });
  const auto determined = [](const Json& j) {
    const std::string value = scalar(j);
    return value.empty() ? std::string("not determinable") : value;
  };
  row("MOF 1.0 class", [&](const Json& m) { return determined(m["crosswalk"]["mof"]["class"]); });
  row("OSAID 1.0", [&](const Json& m) { return determined(m["crosswalk"]["osaid_1_0"]["meets"]); });
  row("EU AI Act 53(2)",
      [&](const Json& m) { return determined(m["crosswalk"]["eu_ai_act_53_2"]["meets"]); });
  row("load_bytes", [](const Json& m) { return scalar(m["practical"]["load_bytes"]); });
  row("who", [](const Json& m) { return scalar(m["practical"]["who"]); });
  row("jurisdiction", [](const Json& m) { return scalar(m["practical"]["jurisdiction"]); });
  row("revision", [](const Json& m) { return scalar(m["revision"]); });
  return out;
}

}  // namespace howopen::report
