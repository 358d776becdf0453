// What may be done with a model, grouped by the answer; what was asked for with its duties and clauses.
//
//   uses     yes: internal, fine-tune · with duties: product, host · no: train on outputs

#include <fmt/format.h>

#include "report/card.h"

namespace howopen::report {
namespace {

std::string words_of(const Clause& c, const Style& style, const Catalog& catalog) {
  std::string out = shown(c.text, style);
  const std::string license = c.license.empty() ? "" : shown(catalog.in_words(c.license), style);
  if (license.empty() && c.clause.empty()) return out;
  return fmt::format("{} ({}{}{})", out, license, license.empty() || c.clause.empty() ? "" : ", ",
                     shown(c.clause, style));
}

std::string in_full(const Permit& p, const Style& style, const Catalog& catalog) {
  const std::string& title = catalog.uses().of(p.use).title;
  const std::string answer = p.answer == Permission::yes_if ? "yes, if you" : std::string(word(p.answer));
  const std::vector<Clause>& list = p.answer == Permission::yes_if ? p.duties : p.because;
  std::string out = labeled("", fmt::format("{}: {}", title, answer), kCardLabel, style);
  for (const Clause& c : list) out += labeled("", "- " + words_of(c, style, catalog), kCardLabel + 2, style);
  return out;
}

}  // namespace

std::string_view answer_words(Permission answer) {
  switch (answer) {
    case Permission::yes:
      return "yes";
    case Permission::yes_if:
      return "with duties";
    case Permission::ask:
      return "ask first";
    case Permission::no:
      return "no";
  }
  return "ask first";
}

std::string use_lines(const Verdict& v, const Style& style, const Catalog& catalog) {
  if (v.permissions.empty()) return {};
  const bool full = style.verbosity > 0 || v.permissions.front().asked;
  std::string line;
  for (const Permission answer : {Permission::yes, Permission::yes_if, Permission::ask, Permission::no}) {
    std::string uses;
    for (const Permit& p : v.permissions) {
      if (p.answer == answer) uses += (uses.empty() ? "" : ", ") + catalog.uses().of(p.use).title;
    }
    if (!uses.empty()) line += fmt::format("{}{}: {}", line.empty() ? "" : "; ", answer_words(answer), uses);
  }
  if (!full) return labeled("  uses", line, kCardLabel, style);
  std::string out;
  for (const Permit& p : v.permissions) {
    std::string one = in_full(p, style, catalog);
    if (out.empty()) one.replace(0, kCardLabel, pad("  uses", kCardLabel));
    out += one;
  }
  return out;
}

}  // namespace howopen::report
