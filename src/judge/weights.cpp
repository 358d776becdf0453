// Are the weights there, all of them, for everybody? (rubric, section 2)
//
//   163 of 163 shards, not gated                     ->  available
//   2 of 55 shards                                   ->  partial
//   a LoRA adapter and a base model that can be had  ->  available

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

std::string at(const WeightSet& s) {
  return s.folder.empty() ? s.name : s.folder + "/" + s.name;
}

std::string place(const Facts& f, const std::string& path) {
  return f.revision.empty() ? path : fmt::format("{}@{}", path, f.revision);
}

// Facts that ship with the tool have no commit: their source stands for the place.
std::string source(const Facts& f, const std::string& path) {
  return f.origin == Origin::built_in ? f.repository.where() : place(f, path);
}

// A complete set that is the model; of a model in parts none while one of them is not whole.
const WeightSet* best_set(const Facts& f, bool adapter) {
  const auto& sets = f.weights.sets;
  const bool broken =
      std::any_of(sets.begin(), sets.end(), [](const WeightSet& s) { return s.part && !complete(s); });
  const auto found = std::find_if(sets.begin(), sets.end(), [&](const WeightSet& s) {
    return s.adapter == adapter && s.helper.empty() && complete(s);
  });
  return found == sets.end() || (broken && !adapter) ? nullptr : &*found;
}

// An adapter or delta, and nothing that could be loaded alone.
bool needs_base(const Facts& f) {
  if (f.weights.sets.empty()) return false;
  if (f.weights.delta) return true;
  return std::all_of(f.weights.sets.begin(), f.weights.sets.end(),
                     [](const WeightSet& s) { return s.adapter; });
}

std::optional<Ruling> never_published(const Case& c) {
  return closed_model(c, RuleId::weights_never_published);
}

std::optional<Ruling> could_not_look(const Case& c) {
  return repository_unseen(c, RuleId::weights_could_not_look);
}

std::optional<Ruling> not_listed(const Case& c) {
  if (!c.facts.repository || !c.facts.repository->unlisted) return std::nullopt;
  return unknown(RuleId::weights_could_not_look, "the record lists no files",
                 {"no listing of files in the record", c.facts.repository.where(), Kind::metadata});
}

std::optional<Ruling> disabled(const Case& c) {
  if (!c.facts.repository || !c.facts.repository->disabled) return std::nullopt;
  return ruling(RuleId::weights_repository_disabled, State::unavailable, "the repository is disabled",
                {"disabled: true", c.facts.repository.where(), Kind::metadata});
}

// A cache holds what was once downloaded: it proves presence, neither absence nor that the door is open.
std::optional<Ruling> partly_seen(const Case& c) {
  const Facts& f = c.facts;
  if (!f.repository || !f.repository->partial) return std::nullopt;
  if (best_set(f, false) != nullptr) return std::nullopt;
  return unknown(RuleId::weights_could_not_look,
                 f.origin == Origin::local ? "whether other files belong to it is not known"
                                           : "not all files are in the cache",
                 {"only some of the files are known", f.repository.where(), Kind::metadata});
}

std::optional<Ruling> gate_unknown(const Case& c) {
  const Facts& f = c.facts;
  if (!f.repository || !f.repository->partial) return std::nullopt;
  if (f.origin == Origin::local)
    return unknown(RuleId::weights_gate_unknown, "whether all of it is here, and is published, is not known",
                   {"files of this machine, and perhaps not all", f.repository.where(), Kind::metadata},
                   State::available, State::partial);
  return unknown(RuleId::weights_gate_unknown, "whether a gate stands before it is not known",
                 {"the cache does not tell of gates", f.repository.where(), Kind::metadata}, State::available,
                 State::partial);
}

// What it holds is not known: neither all of the weights nor none.
std::optional<Ruling> unknown_format(const Case& c) {
  const Weights& w = c.facts.weights;
  if (!c.facts.repository || !w.sets.empty() || !w.unknown_format) return std::nullopt;
  return ruling(RuleId::weights_unknown_format, State::partial, w.unknown_format->what, *w.unknown_format);
}

// Each size or quantization on a branch of its own, and none on the default one.
std::optional<Ruling> on_branches(const Case& c) {
  constexpr std::size_t kShown = 4;
  const Facts& f = c.facts;
  if (!f.repository || !f.weights.sets.empty() || !f.weights.branches) return std::nullopt;
  const auto& branches = *f.weights.branches;
  if (!branches)
    return unknown(RuleId::weights_could_not_look,
                   "no weight file on main; its branches could not be looked up",
                   {fmt::format("branches: {}", reason(branches.why())), branches.where(), Kind::metadata});
  if (branches->empty()) return std::nullopt;
  const std::vector<std::string> shown(
      branches->begin(), branches->begin() + static_cast<std::ptrdiff_t>(std::min(kShown, branches->size())));
  const std::string names =
      fmt::format("{}{}", fmt::join(shown, ", "),
                  branches->size() > kShown ? fmt::format(" and {} more", branches->size() - kShown) : "");
  const Observation listed{"branches " + names, branches.where(), Kind::metadata};
  const auto& one = f.weights.on_branch;
  if (one && *one) {
    Ruling out = ruling(RuleId::weights_on_branches, State::partial,
                        fmt::format("on branches, not on main: {}", names), **one);
    out.evidence.push_back(evidence(RuleId::weights_on_branches, listed, Strength::supports));
    return out;
  }
  // The only other one was looked into, and holds none either.
  if (one && one->why() == Unseen::absent && branches->size() == 1) return std::nullopt;
  return unknown(RuleId::weights_on_branches,
                 fmt::format("no weight file on main, perhaps on a branch: howopen audit {}@{}", f.id,
                             branches->front()),
                 listed);
}

std::optional<Ruling> no_weight_file(const Case& c) {
  if (!c.facts.repository) return std::nullopt;
  const std::vector<WeightSet>& sets = c.facts.weights.sets;
  if (!sets.empty()) {
    if (std::any_of(sets.begin(), sets.end(),
                    [](const WeightSet& s) { return s.adapter || s.helper.empty(); }))
      return std::nullopt;
    const std::string what = fmt::format("no model, only its {}", sets.front().helper);
    return ruling(RuleId::weights_no_weight_file, State::unavailable, what,
                  {at(sets.front()), source(c.facts, at(sets.front())), Kind::file});
  }
  const bool looked = c.facts.weights.branches && *c.facts.weights.branches;
  return ruling(RuleId::weights_no_weight_file, State::unavailable, "no weight file",
                {fmt::format("none of {} files holds weights{}", c.facts.repository->files,
                             !looked                                ? ""
                             : (*c.facts.weights.branches)->empty() ? ", and there is no other branch"
                                                                    : " of main"),
                 c.facts.repository.where(), Kind::metadata});
}

// What would tell that something is missing could not be read: it may all be there, or not.
std::optional<Ruling> index_unread(const Case& c) {
  const Facts& f = c.facts;
  if (!f.weights.unread || f.weights.sets.empty()) return std::nullopt;
  if (needs_base(f) ? !f.lineage.empty() : best_set(f, false) == nullptr && f.weights.unread_index)
    return std::nullopt;
  return unknown(RuleId::weights_could_not_look, f.weights.unread->what, *f.weights.unread, State::available,
                 State::partial);
}

// A file with the name of weights whose head is none: it may be anything, whole or not.
std::optional<Ruling> head_unread(const Case& c) {
  for (const Seen<std::string>& head : c.facts.license.heads) {
    if (!head.unknown()) continue;
    const std::string what = head.where() + " could not be read";
    return unknown(RuleId::weights_could_not_look, what, {what, head.where(), Kind::metadata},
                   State::available, State::unavailable);
  }
  return std::nullopt;
}

std::optional<Ruling> base_of_adapter(const Case& c) {
  const Facts& f = c.facts;
  if (!f.repository || !needs_base(f)) return std::nullopt;
  const char* what = f.weights.delta ? "delta" : "adapter";
  const Ancestor* unseen = nullptr;
  const Ancestor* shut = nullptr;
  const Ancestor* open = nullptr;
  for (const Ancestor& a : f.lineage) {
    if (a.depth != 1) continue;
    if (a.repository.unknown())
      unseen = &a;
    else if (a.repository && a.weights_complete)
      (a.repository->gate == AccessGate::none ? open : shut) = &a;
  }
  const WeightSet* set = best_set(f, !f.weights.delta);
  if (set == nullptr) {
    return ruling(RuleId::weights_adapter_without_base, State::partial,
                  fmt::format("{}; not all of its files are there", what),
                  {what, source(f, at(f.weights.sets[0])), Kind::file});
  }
  if (open != nullptr) {
    Ruling out =
        ruling(RuleId::weights_adapter_with_base, State::available, fmt::format("{} over {}", what, open->id),
               {fmt::format("{}: {}", what, at(*set)), source(f, at(*set)), Kind::file});
    out.evidence.push_back(evidence(out.rule, "base " + open->id, open->repository.where(), Kind::metadata));
    return out;
  }
  if (unseen != nullptr) {
    return unknown(
        RuleId::weights_could_not_look, fmt::format("{}; base {} could not be looked at", what, unseen->id),
        {unseen->id, unseen->repository.where(), Kind::metadata}, State::available, State::partial);
  }
  return ruling(RuleId::weights_adapter_without_base, State::partial,
                shut != nullptr ? fmt::format("{}; its base {} is gated", what, shut->id)
                                : fmt::format("{}; its base is not there", what),
                {what, source(f, at(*set)), Kind::file});
}

std::optional<Ruling> components_missing(const Case& c) {
  const Weights& w = c.facts.weights;
  if (w.components_missing.empty()) return std::nullopt;
  return ruling(RuleId::weights_components_missing, State::partial,
                fmt::format("{} of {} components have weights",
                            w.components.size() - w.components_missing.size(), w.components.size()),
                {fmt::format("no weights for {}", fmt::join(w.components_missing, ", ")),
                 source(c.facts, "model_index.json"), Kind::file});
}

std::optional<Ruling> incomplete(const Case& c) {
  const Facts& f = c.facts;
  if (f.weights.sets.empty() || needs_base(f) || best_set(f, false) != nullptr) return std::nullopt;
  const auto set = std::find_if(f.weights.sets.begin(), f.weights.sets.end(), [](const WeightSet& s) {
    return !s.adapter && s.helper.empty() && !(s.part && complete(s));
  });
  if (set == f.weights.sets.end()) return std::nullopt;
  if (set->pointer_sized > 0 && set->missing.empty()) {
    return ruling(RuleId::weights_pointer_files, State::partial,
                  set->expected == 1 ? fmt::format("the file is no larger than a pointer of Git LFS{}",
                                                   f.origin == Origin::local ? ": git lfs pull" : "")
                                     : fmt::format("{} of {} files are no larger than a pointer of Git LFS",
                                                   set->pointer_sized, set->expected),
                  {at(*set), source(f, at(*set)), Kind::file});
  }
  const bool more = set->expected - set->present > static_cast<std::int64_t>(set->missing.size());
  return ruling(RuleId::weights_shards_missing, State::partial,
                fmt::format("{} of {} shards", set->present, set->expected),
                {fmt::format("missing: {}{}", fmt::join(set->missing, ", "), more ? ", …" : ""),
                 source(f, set->index.empty() ? at(*set) : set->index), Kind::file});
}

std::optional<Ruling> gated(const Case& c) {
  if (!c.facts.repository || c.facts.repository->gate == AccessGate::none) return std::nullopt;
  const std::string_view gate = word(c.facts.repository->gate);
  return ruling(RuleId::weights_gated, State::partial,
                fmt::format("gated ({}): download after accepting terms", gate),
                {fmt::format("gated: {}", gate), c.facts.repository.where(), Kind::metadata});
}

std::optional<Ruling> all_there(const Case& c) {
  const Facts& f = c.facts;
  const WeightSet* set = best_set(f, false);
  if (set == nullptr) return std::nullopt;
  const std::string_view format = word(set->format);
  if (!f.weights.components.empty()) {
    return ruling(RuleId::weights_pipeline_complete, State::available,
                  fmt::format("{} components, {}", f.weights.components.size(), format),
                  {fmt::format("weights for {}", fmt::join(f.weights.components, ", ")),
                   source(f, "model_index.json"), Kind::file});
  }
  const std::string path = source(f, set->index.empty() ? at(*set) : set->index);
  if (set->expected <= 1 && !set->uncounted) {
    return ruling(RuleId::weights_single_file, State::available, fmt::format("one file, {}", format),
                  {at(*set), path, Kind::file});
  }
  const std::string shards = set->uncounted ? std::string("all shards")
                                            : fmt::format("{} of {} shards", set->present, set->expected);
  return ruling(RuleId::weights_all_shards_present, State::available, fmt::format("{}, {}", shards, format),
                {shards, path, Kind::file});
}

constexpr Rule kWeightRules[] = {never_published, could_not_look, disabled,        not_listed,
                                 partly_seen,     unknown_format, on_branches,     no_weight_file,
                                 head_unread,     index_unread,   base_of_adapter, components_missing,
                                 incomplete,      gate_unknown,   gated,           all_there};

}  // namespace

ComponentVerdict judge_weights(const Case& c, RuleId& decided) {
  return decide(kWeightRules, c, &decided);
}

}  // namespace howopen::rules
