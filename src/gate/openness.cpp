// Rules about what is published, and how: statuses of the verdict against what a policy may ask for.
//
//   minimum-verdict open-weights, verdict Weights Available  ->  verdict.minimum fails

#include <fmt/format.h>

#include <algorithm>

#include "catalog/served.h"
#include "gate/checks.h"
#include "text/digest.h"

namespace howopen::gate {
namespace {

bool commit(std::string_view s) {
  return text::is_hex(s, 40);
}

Answer answer(const ComponentVerdict& c) {
  if (c.state == State::available) return Answer::pass;
  return c.state == State::unknown && c.best == State::available ? Answer::unknown : Answer::fail;
}

// Of a component: whether all of it is there.
Check component(const Asked& a, const char* rule, Component which, const char* what) {
  const ComponentVerdict& c = a.verdict[which];
  const Answer is = answer(c);
  return {rule,
          is,
          std::string(word(c.state)),
          is == Answer::unknown ? fmt::format("{} could not be seen", what)
                                : fmt::format("{} {}: {}", what, word(c.state), c.summary),
          c.evidence,
          is == Answer::unknown ? "" : "choose a model that publishes it, or lower the rule",
          {}};
}

Check minimum(const Asked& a) {
  Check out{"verdict.minimum",     Answer::skip, std::string(word(a.verdict.rung)), {}, {}, {},
            a.policy.minimum.place};
  if (!a.policy.minimum.value) return out;
  const Rung least = *a.policy.minimum.value;
  // The enumeration goes down from the top.
  const bool lower = a.verdict.high > least && a.verdict.high != Rung::undetermined;
  out.answer = a.verdict.low <= least ? Answer::pass : lower ? Answer::fail : Answer::unknown;
  out.message =
      fmt::format("{}; the policy asks for {}",
                  out.answer == Answer::unknown && a.verdict.high == Rung::undetermined ? "has no verdict"
                  : out.answer == Answer::unknown
                      ? fmt::format("lies between {} and {}", title(a.verdict.low), title(a.verdict.high))
                      : std::string("is ") + std::string(title(a.verdict.rung)),
                  title(least));
  for (const ComponentVerdict& c : a.verdict.components) {
    if (!c.evidence.empty() && c.state != State::available) out.evidence.push_back(c.evidence.front());
  }
  if (a.verdict.license.weights && a.verdict.license.effective.cls != LicenseClass::open)
    out.evidence.insert(out.evidence.begin(), a.verdict.license.weights->evidence.begin(),
                        a.verdict.license.weights->evidence.end());
  if (out.answer == Answer::fail) out.fix = fmt::format("howopen why {}", a.verdict.id);
  return out;
}

Check published(const Asked& a) {
  const ComponentVerdict& c = a.verdict[Component::weights];
  const Answer is = c.state == State::unknown
                        ? (c.best == State::unavailable ? Answer::fail : Answer::unknown)
                    : c.state == State::unavailable ? Answer::fail
                                                    : Answer::pass;
  return {"weights.published",
          is,
          std::string(word(c.state)),
          is == Answer::unknown ? "weights could not be seen"
                                : fmt::format("weights are not published: {}", c.summary),
          c.evidence,
          is == Answer::unknown ? "" : "choose a model with weights",
          {}};
}

// A gate keeps nothing from being complete; what is missing does.
Check complete(const Asked& a) {
  const ComponentVerdict& c = a.verdict[Component::weights];
  Check out{"weights.complete",
            answer(c),
            std::string(word(c.state)),
            "weights are not complete: " + c.summary,
            {},
            "choose a revision with all files",
            {}};
  bool missing = false;
  for (const Evidence& e : c.evidence) {
    for (const char* rule : {"weights.shards-missing", "weights.pointer-files", "weights.components-missing",
                             "weights.adapter-without-base"}) {
      if (e.rule != rule) continue;
      missing = true;
      out.evidence.push_back(e);
    }
  }
  if (c.state == State::unavailable) out.answer = Answer::skip;
  if (c.state == State::partial && !missing) out.answer = Answer::pass;
  return out;
}

// Pickled files run code when they are loaded.
Check safe_format(const Asked& a) {
  Check out{"weights.safe-format",
            Answer::skip,
            {},
            {},
            {},
            "choose a revision with safetensors, or convert it",
            {}};
  bool safe = false;
  const WeightSet* pickled = nullptr;
  for (const WeightSet& s : a.facts.weights.sets) {
    if (s.present == 0) continue;
    switch (s.format) {
      case WeightFormat::safetensors:
      case WeightFormat::gguf:
      case WeightFormat::onnx:
        safe = true;
        break;
      case WeightFormat::pytorch:
      case WeightFormat::nemo:
      case WeightFormat::other:
        if (pickled == nullptr) pickled = &s;
        break;
      default:
        break;
    }
  }
  if (a.facts.weights.sets.empty()) {
    if (a.verdict[Component::weights].state == State::unknown) out.answer = Answer::unknown;
    out.message = "the format of the weights could not be seen";
    out.fix.clear();
    return out;
  }
  out.answer = safe || pickled == nullptr ? Answer::pass : Answer::fail;
  if (pickled != nullptr) {
    out.value = std::string(word(pickled->format));
    out.message =
        fmt::format("weights only as {}, a format that can carry code: {}", out.value, pickled->name);
    out.evidence = a.verdict[Component::weights].evidence;
  }
  return out;
}

Check ungated(const Asked& a) {
  const auto& m = a.verdict.modifiers;
  const bool gated = std::find(m.begin(), m.end(), "gated") != m.end();
  Check out{"access.ungated",
            Answer::pass,
            "gated",
            "a gate stands before its files",
            {},
            "ask for access, or choose an ungated model",
            {}};
  if (!a.facts.repository) {
    out.answer = a.facts.release ? Answer::skip : Answer::unknown;
    out.message = "whether it is gated could not be seen";
    out.fix.clear();
  } else if (gated || a.facts.repository->gate != AccessGate::none) {
    out.answer = Answer::fail;
    out.value = fmt::format("gated {}", word(a.facts.repository->gate));
    for (const Evidence& e : a.verdict[Component::weights].evidence) {
      if (e.rule == "weights.gated") out.evidence.push_back(e);
    }
  } else if (a.facts.repository->partial) {
    out.answer = Answer::unknown;
    out.message = "whether it is gated is not in the cache";
  }
  return out;
}

Check documented(const Asked& a) {
  const Grade g = a.verdict.data_grade;
  const Answer is = g == Grade::unknown ? Answer::unknown : g == Grade::silent ? Answer::fail : Answer::pass;
  const ComponentVerdict& c = a.verdict[Component::training_data];
  return {"data.documented",
          is,
          std::string(word(g)),
          is == Answer::unknown ? "what is said about its training data could not be seen"
                                : "nothing is said about its training data",
          c.evidence,
          is == Answer::unknown ? "" : "choose a model that documents its data, or lower the rule",
          {}};
}

Check card(const Asked& a) {
  const Seen<bool>& seen = a.facts.license.card;
  Check out{"card.complete",
            seen             ? Answer::pass
            : seen.unknown() ? Answer::unknown
                             : Answer::fail,
            "no card",
            seen.unknown() ? "the card could not be read" : "there is no model card",
            {},
            seen.unknown() ? "" : "ask the publisher for a card",
            {}};
  if (a.facts.release) out.answer = Answer::skip;
  if (!seen) return out;
  std::vector<std::string> lacks;
  if (a.facts.license.tags.empty()) lacks.emplace_back("a license");
  if (a.verdict.data_grade == Grade::silent) lacks.emplace_back("a word on its data");
  if (lacks.empty()) return out;
  out.answer = Answer::fail;
  out.value = lacks.front() + (lacks.size() > 1 ? ", " + lacks.back() : "");
  out.message = "the card lacks " + lacks.front() + (lacks.size() > 1 ? " and " + lacks.back() : "");
  out.evidence.push_back({"card.complete", "the card was read", seen.where(), Kind::text, Strength::decides});
  return out;
}

Check pinned(const Asked& a) {
  const Verdict& v = a.verdict;
  Check out{"revision.pinned",
            commit(v.from) ? Answer::pass : Answer::fail,
            v.from,
            fmt::format("is asked for as {}, which moves", v.from),
            {},
            {},
            {}};
  if (a.facts.release || !a.facts.repository) out.answer = Answer::skip;
  if (commit(v.revision)) out.fix = fmt::format("pin it: {}@{}, or howopen lock", v.id, v.revision);
  if (!v.uses.empty())
    out.evidence.push_back({"revision.pinned", "named here",
                            fmt::format("{}:{}", v.uses.front().file, v.uses.front().line), Kind::file,
                            Strength::decides});
  return out;
}

Check jurisdiction(const Asked& a) {
  const auto& allowed = a.policy.jurisdictions_allowed;
  const auto& denied = a.policy.jurisdictions_denied;
  const std::string& is = a.verdict.practical.jurisdiction;
  Check out{"jurisdiction.denied", Answer::skip, is, {}, {}, {}, {}};
  if (allowed.value.empty() && denied.value.empty()) return out;
  const auto in = [&](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), is) != list.end();
  };
  out.line = in(denied.value) || allowed.value.empty() ? denied.place : allowed.place;
  if (is.empty()) {
    out.answer = Answer::unknown;
    out.message = "the vendor's jurisdiction is not in the catalog";
    out.fix = "add the vendor to organizations.json of your own --data folder";
    return out;
  }
  out.answer =
      in(denied.value) || (!allowed.value.empty() && !in(allowed.value)) ? Answer::fail : Answer::pass;
  out.message = fmt::format("its vendor {} is in {}", a.verdict.practical.vendor, is);
  out.evidence.push_back({"jurisdiction.denied", out.message,
                          fmt::format("catalog of organizations, {}", a.verdict.practical.api_as_of),
                          Kind::curated, Strength::decides});
  return out;
}

Check api_only(const Asked& a) {
  const bool served = catalog::only_served(a.verdict);
  Check out{
      "access.api-only",
      served ? Answer::fail : Answer::pass,
      std::string(word(a.verdict.rung)),
      "answers over its vendor's API alone: there are no weights to keep, and what is asked leaves the house",
      {},
      "choose a model with weights, or set the rule's level",
      {}};
  const ComponentVerdict& weights = a.verdict[Component::weights];
  if (served && !weights.evidence.empty()) out.evidence.push_back(weights.evidence.front());
  return out;
}

Check stale(const Asked& a) {
  Check out{"catalog.stale",
            Answer::skip,
            std::string(a.catalog.as_of()),
            {},
            {},
            "install a newer howopen, or --data a newer catalog",
            a.policy.catalog_days.place};
  const auto then = day_number(a.catalog.as_of());
  const auto now = day_number(a.today);
  if (!then || !now) return out;
  const long age = *now - *then;
  out.answer = age > a.policy.catalog_days.value ? Answer::fail : Answer::pass;
  out.message = fmt::format("the catalog is of {}, {} days ago; the policy wants at most {}",
                            a.catalog.as_of(), age, a.policy.catalog_days.value);
  out.evidence.push_back({"catalog.stale", "as_of " + std::string(a.catalog.as_of()), "catalog",
                          Kind::curated, Strength::decides});
  return out;
}

Check overclaim(const Asked& a) {
  Check out{
      "claim.overclaim", Answer::pass, {}, {}, {}, "howopen why " + a.verdict.id + " claim.overclaim", {}};
  for (const Finding& f : a.verdict.findings) {
    if (f.rule != out.rule) continue;
    out.answer = Answer::fail;
    out.value = std::string(word(a.verdict.rung));
    out.message = f.message;
    out.evidence = f.evidence;
  }
  return out;
}

}  // namespace

void check_openness(const Asked& a, std::vector<Check>& out) {
  out.push_back(minimum(a));
  out.push_back(published(a));
  out.push_back(complete(a));
  out.push_back(safe_format(a));
  out.push_back(ungated(a));
  out.push_back(component(a, "code.inference", Component::inference_code, "inference code"));
  out.push_back(component(a, "code.training", Component::training_code, "training code"));
  out.push_back(component(a, "data.published", Component::training_data, "training data"));
  out.push_back(documented(a));
  out.push_back(card(a));
  out.push_back(pinned(a));
  out.push_back(jurisdiction(a));
  out.push_back(api_only(a));
  out.push_back(stale(a));
  out.push_back(overclaim(a));
}

}  // namespace howopen::gate
