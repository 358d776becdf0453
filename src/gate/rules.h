// The rules a gate asks, their levels where a policy is silent, and the order they are asked in.
#pragma once

#include <array>
#include <string_view>

#include "howopen/policy.h"

namespace howopen::gate {

struct GateRule {
  std::string_view id;
  Level built_in;
};

inline constexpr std::array kGateRules = {
    GateRule{"license.not-allowed", Level::deny},
    GateRule{"license.denied", Level::deny},
    GateRule{"license.ask", Level::warn},
    GateRule{"license.missing", Level::deny},
    GateRule{"license.unknown", Level::deny},
    GateRule{"license.extra-terms", Level::deny},
    GateRule{"license.claim-only", Level::note},
    GateRule{"license.conflict", Level::warn},
    GateRule{"lineage.base-allowed", Level::deny},
    GateRule{"verdict.minimum", Level::deny},
    GateRule{"weights.published", Level::deny},
    GateRule{"weights.complete", Level::note},
    GateRule{"weights.safe-format", Level::note},
    GateRule{"access.ungated", Level::note},
    GateRule{"code.inference", Level::note},
    GateRule{"code.training", Level::note},
    GateRule{"data.published", Level::note},
    GateRule{"data.documented", Level::note},
    GateRule{"card.complete", Level::note},
    GateRule{"revision.pinned", Level::note},
    GateRule{"jurisdiction.denied", Level::deny},
    GateRule{"catalog.stale", Level::note},
    GateRule{"claim.overclaim", Level::note},
    GateRule{"access.api-only", Level::warn},
    // Silent unless [use] says what models are wanted for.
    GateRule{"use.permitted", Level::deny},
    GateRule{"use.duties", Level::note},
    // Of the tree, not of a model.
    GateRule{"scan.skipped", Level::warn},
    GateRule{"scan.unresolved", Level::warn},
    GateRule{"scan.empty", Level::warn},
    GateRule{"lock.missing", Level::deny},
};

/// What a change upstream means where a policy is silent.
struct DriftRule {
  std::string_view id;
  Level built_in;
};
inline constexpr std::array kDriftRules = {
    DriftRule{"license-changed", Level::deny}, DriftRule{"license-text-changed", Level::deny},
    DriftRule{"gated-on", Level::warn},        DriftRule{"weights-removed", Level::deny},
    DriftRule{"weights-changed", Level::deny}, DriftRule{"data-removed", Level::warn},
    DriftRule{"base-changed", Level::warn},    DriftRule{"repo-renamed", Level::warn},
    DriftRule{"repo-gone", Level::deny},       DriftRule{"revision-moved", Level::off},
};

}  // namespace howopen::gate
