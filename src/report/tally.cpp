// Counting lines without keeping them. A line is walked, never held as a tree, so that a million of them take
// as long as reading them.
//
//   {"ref":"a/b",…,"verdict":"open-weights",…}  ->  by verdict: open-weights 1, …

#include "howopen/tally.h"

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "text/json.h"
#include "text/utf8.h"

namespace howopen {
namespace {

constexpr std::size_t kMostWords = 500;  // of one kind; lines of strangers may hold any

}  // namespace

void Tally::count(Counts& counts, std::string_view word) const {
  if (const auto known = counts.find(word); known != counts.end())
    ++known->second;
  else if (counts.size() < kMostWords)
    counts.emplace(text::printable(word.substr(0, 100)), 1);
}

void Tally::trouble(std::string_view kind, std::string_view ref, std::string_view message) {
  auto known = troubles_.find(kind);
  if (known == troubles_.end()) {
    if (troubles_.size() >= kMostWords) return;
    known = troubles_.emplace(text::printable(kind.substr(0, 100)), Trouble{}).first;
  }
  if (known->second.count++ > 0) return;
  known->second.ref = text::printable(ref.substr(0, 200));
  known->second.message = text::printable(message.substr(0, 300));
}

Tally::Entry Tally::of(const Verdict& v) {
  Entry out{v.ref, v.rung, v.license.effective.cls, {}, {}, {}, {}};
  for (std::size_t i = 0; i < kComponents; ++i) out.states[i] = v.components[i].state;
  for (const Finding& f : v.license.conflicts) out.conflicts.emplace_back(f.rule);
  for (const LookupError& m : v.errors) out.errors.emplace_back(m.trouble, m.message);
  for (const Permit& p : v.permissions) out.uses.emplace_back(p.use, p.answer);
  return out;
}

void Tally::add(const Entry& e) {
  ++models_;
  count(verdicts_, word(e.rung));
  count(classes_, word(e.license));
  for (std::size_t i = 0; i < kComponents; ++i) count(components_[i], word(e.states[i]));
  for (const std::string& rule : e.conflicts) count(conflicts_, rule);
  for (const auto& [use, answer] : e.uses) count(uses_[use], word(answer));
  for (const auto& [kind, message] : e.errors) trouble(word(kind), e.ref, message);
}

bool Tally::add_line(std::string_view json) {
  // Strings of interest, by the keys that lead to them.
  std::string ref;
  std::string verdict;
  std::string effective;
  std::array<std::string, kComponents> states;
  std::vector<std::string> conflicts;
  std::vector<std::pair<std::string, std::string>> errors;
  std::vector<std::pair<Purpose, std::string>> uses;
  const auto see = [&](std::span<const std::string> keys, std::string_view value) {
    const auto is = [&](std::size_t i, std::string_view key) { return keys[i] == key; };
    if (keys.size() == 1) {
      if (is(0, "ref")) ref = value;
      if (is(0, "verdict")) verdict = value;
    } else if (keys.size() == 2 && is(0, "errors")) {
      if (errors.size() > 1000) return;
      if (is(1, "kind"))
        errors.emplace_back(value, "");
      else if (is(1, "message") && !errors.empty())
        errors.back().second = value;
    } else if (keys.size() == 2 && is(0, "permissions")) {
      const auto use = is(1, "use") ? from_word<Purpose>(value) : std::nullopt;
      if (use && uses.size() < 1000) uses.emplace_back(*use, "");
      if (is(1, "answer") && !uses.empty()) uses.back().second = value;
    } else if (keys.size() == 3 && is(0, "components") && is(2, "status")) {
      if (const auto c = from_word<Component>(keys[1])) states[static_cast<std::size_t>(*c)] = value;
    } else if (keys.size() == 3 && is(0, "license")) {
      if (is(1, "effective") && is(2, "class")) effective = value;
      if (is(1, "conflicts") && is(2, "rule") && conflicts.size() < 1000) conflicts.emplace_back(value);
    }
  };
  if (!text::walk_json(json, see) || !from_word<Rung>(verdict)) return false;
  ++models_;
  count(verdicts_, verdict);
  count(classes_, effective);
  for (std::size_t i = 0; i < kComponents; ++i) count(components_[i], states[i]);
  for (const std::string& rule : conflicts) count(conflicts_, rule);
  for (const auto& [use, answer] : uses) count(uses_[use], answer);
  for (const auto& [kind, message] : errors) trouble(kind, ref, message);
  return true;
}

std::int64_t Tally::undetermined() const {
  const auto found = verdicts_.find(word(Rung::undetermined));
  return found == verdicts_.end() ? 0 : found->second;
}

bool Tally::unanswered() const {
  for (const auto kind : {howopen::Trouble::network, howopen::Trouble::rate_limited, howopen::Trouble::tls}) {
    if (troubles_.contains(word(kind))) return true;
  }
  return false;
}

}  // namespace howopen
