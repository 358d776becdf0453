// A verdict in words: why this rung, what the next one takes, and what else must be said beside it.
//
//   open-weights  ->  "weights and inference code under MIT; training code and data are not published",
//                     next open-source-ai: training_code, training_data

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "judge/parts.h"

namespace howopen {

std::string_view title(Rung rung) {
  switch (rung) {
    case Rung::open_source_ai_open_data:
      return "Open Source AI with Open Data";
    case Rung::open_source_ai:
      return "Open Source AI";
    case Rung::open_weights:
      return "Open Weights";
    case Rung::weights_available:
      return "Weights Available";
    case Rung::api_only:
      return "API Only";
    case Rung::closed:
      return "Closed";
    case Rung::undetermined:
      return "Undetermined";
  }
  return "";
}

namespace rules {
namespace {

bool quantized(const Facts& f) {
  const bool by_relation = std::any_of(f.lineage.begin(), f.lineage.end(), [](const Ancestor& a) {
    return a.depth == 1 && a.relation == Relation::quantized;
  });
  // fp8 and mxfp4 are what some models are trained in; these methods are applied afterwards.
  const auto& q = f.weights.quantization;
  return by_relation || q == "gguf" || q == "gptq" || q == "awq" || q == "bitsandbytes" || q == "hqq" ||
         q == "aqlm" || q == "eetq" || q == "exl2";
}

void modifiers(Verdict& v, const Facts& f, RuleId weights_rule, bool at_least) {
  const auto add = [&](bool when, const char* name) {
    if (when) v.modifiers.emplace_back(name);
  };
  if (!f.repository) return;
  const auto& weights = v.license.weights;
  add(f.repository->gate != AccessGate::none, "gated");
  add(weights_rule == RuleId::weights_adapter_with_base ||
          weights_rule == RuleId::weights_adapter_without_base,
      "adapter");
  add(quantized(f), "quantized");
  add(weights_rule == RuleId::weights_shards_missing || weights_rule == RuleId::weights_pointer_files ||
          weights_rule == RuleId::weights_components_missing,
      "incomplete-weights");
  add(v[Component::inference_code].state == State::unavailable &&
          v[Component::weights].state != State::unavailable,
      "no-inference-code");
  add(weights && weights->cls == LicenseClass::none, "unlicensed");
  add(weights && !weights->file.empty() && weights->concluded.empty(), "custom-license");
  add(weights && weights->claim_only, "claim-only");
  add(at_least, "at-least");
}

std::string list(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return parts.empty() ? std::string() : parts.front();
  return fmt::format("{} and {}", fmt::join(parts.begin(), parts.end() - 1, ", "), parts.back());
}

std::string words_of(Component c) {
  switch (c) {
    case Component::weights:
      return "weights";
    case Component::inference_code:
      return "inference code";
    case Component::training_code:
      return "training code";
    case Component::training_data:
      return "training data";
    case Component::api_access:
      return "API access";
  }
  return "";
}

std::string under(const std::string& expression, LicenseClass cls, const Catalog& catalog) {
  if (cls == LicenseClass::none) return "without any license";
  if (expression.empty() || expression == "NOASSERTION") return "under an unknown license";
  return "under " + catalog.in_words(expression);
}

// Weights and inference code with their licenses: the weights' over the whole lineage, and the code's where
// it is the model's own (code of a library is not under the model's license).
std::vector<std::string> what_is_there(const Verdict& v, const Facts& f, const Catalog& catalog) {
  std::vector<std::string> out;
  const State weights = v[Component::weights].state;
  const State code = v[Component::inference_code].state;
  const std::string terms = under(v.license.effective.expression, v.license.effective.cls, catalog);
  const bool own_code = !f.inference_code.scripts.empty() || !f.inference_code.remote.empty();
  const bool apart =
      v.license.code && v.license.weights && v.license.code->concluded != v.license.weights->concluded;
  if (weights == State::available && code == State::available && own_code && !apart)
    return {"weights and inference code " + terms};
  if (weights == State::available) out.push_back("weights " + terms);
  const std::vector<Evidence>& seen = v[Component::weights].evidence;
  const bool gated = !seen.empty() && seen.front().rule == id_of(RuleId::weights_gated);
  if (weights == State::partial) out.push_back((gated ? "gated weights " : "weights in part, ") + terms);
  if (code == State::available) {
    out.push_back("inference code " + (own_code && apart && !v.license.code->concluded.empty()
                                           ? under(v.license.code->concluded, v.license.code->cls, catalog)
                                           : "available"));
  }
  if (code == State::partial) out.push_back("inference code in part");
  return out;
}

void reasons(Verdict& v, const Facts& f, const Catalog& catalog) {
  if (f.release) {
    v.reasons.push_back(v[Component::api_access].state == State::unavailable
                            ? "nothing is published"
                            : "only its API can be used; nothing is published");
    return;
  }
  if (!f.repository) {
    v.reasons.push_back(fmt::format("nothing could be seen: {}", reason(f.repository.why())));
    return;
  }
  std::vector<std::string> parts = what_is_there(v, f, catalog);
  std::vector<std::string> by_state[4];
  for (std::size_t i = 0; i + 1 < kComponents; ++i) {
    const auto c = static_cast<Component>(i);
    by_state[static_cast<std::size_t>(v[c].state)].push_back(words_of(c));
  }
  const auto of = [&](State state, bool training_only) {
    std::vector<std::string> names = by_state[static_cast<std::size_t>(state)];
    if (training_only) std::erase_if(names, [](const std::string& n) { return !n.starts_with("training"); });
    return names;
  };
  if (const auto names = of(State::available, true); !names.empty())
    parts.push_back(list(names) + " published");
  if (const auto names = of(State::partial, true); !names.empty()) parts.push_back(list(names) + " in part");
  if (const auto names = of(State::unavailable, false); !names.empty())
    parts.push_back(list(names) + " not published");
  if (const auto names = of(State::unknown, false); !names.empty())
    parts.push_back(list(names) + " not known");
  v.reasons.push_back(fmt::format("{}", fmt::join(parts, "; ")));
  for (const Finding& c : v.license.conflicts) {
    if (c.rule == id_of(RuleId::license_tag_vs_ancestor) || c.rule == id_of(RuleId::license_tag_vs_text) ||
        c.rule == id_of(RuleId::license_tag_vs_statement) ||
        c.rule == id_of(RuleId::license_header_vs_ancestor) ||
        c.rule == id_of(RuleId::license_header_vs_text)) {
      v.reasons.push_back(c.message);
      break;
    }
  }
}

void next_rung(Verdict& v, const Facts& f, bool only_gated) {
  if (v.rung == Rung::undetermined || v.rung == Rung::open_source_ai_open_data || !f.repository) return;
  const bool license_open = v.license.effective.cls == LicenseClass::open;
  const auto open = [](const std::optional<LicenseFinding>& l) { return l && l->cls == LicenseClass::open; };
  const auto needs = [&](Component c, bool partial_will_do) {
    const State s = v[c].state;
    if (s == State::available || (partial_will_do && s == State::partial)) return;
    v.missing.emplace_back(word(c));
  };
  switch (v.rung) {
    case Rung::closed:
    case Rung::api_only:
      v.next = Rung::weights_available;
      v.missing.emplace_back(word(Component::weights));
      return;
    case Rung::weights_available:
      v.next = Rung::open_weights;
      needs(Component::weights, only_gated);
      needs(Component::inference_code, true);
      if (!license_open) v.missing.emplace_back("license");
      return;
    case Rung::open_weights:
    case Rung::open_source_ai:
      v.next = v.rung == Rung::open_weights ? Rung::open_source_ai : Rung::open_source_ai_open_data;
      needs(Component::inference_code, false);
      needs(Component::training_code, false);
      needs(Component::training_data, false);
      if (!v.missing.empty()) return;
      if (v.ancestors_open != State::available) v.missing.emplace_back("lineage");
      if (!open(v.license.code) || (v.license.training_code && !open(v.license.training_code)))
        v.missing.emplace_back("code_license");
      if (v.missing.empty() && !open(v.license.training_data)) v.missing.emplace_back("data_license");
      return;
    default:
      return;
  }
}

}  // namespace

void explain_rung(Verdict& v, const Facts& facts, const Catalog& catalog, RuleId weights_rule,
                  bool at_least) {
  modifiers(v, facts, weights_rule, at_least);
  reasons(v, facts, catalog);
  next_rung(v, facts, only_gated(weights_rule));
  const State weights = v[Component::weights].state;
  if (weights == State::available || weights == State::partial) v.common_usage = "open weights";
}

}  // namespace rules
}  // namespace howopen
