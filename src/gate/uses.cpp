// What a policy wants models for, and whether their licenses let it.
//
//   [use] for = ["internal"], users = "5k"; Llama 3.3  ->  use.duties: keep to the list of prohibited uses …
//   [use] for = ["product"]; CC-BY-NC-4.0              ->  use.permitted fails: commercial use: no

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/fields.h"
#include "gate/checks.h"
#include "gate/table.h"
#include "text/utf8.h"

namespace howopen::gate {
namespace {

std::string clauses(const std::vector<Clause>& list) {
  std::string out;
  for (const Clause& c : list) {
    out += fmt::format("{}{}", out.empty() ? "" : "; ", c.text);
    if (!c.clause.empty()) out += fmt::format(" ({})", c.clause);
  }
  return out;
}

std::vector<Evidence> evidence_of(const char* rule, const std::vector<Clause>& list) {
  std::vector<Evidence> out;
  for (const Clause& c : list)
    out.push_back({rule, c.text, fmt::format("{} {}", c.license, c.clause), Kind::text, Strength::decides});
  return out;
}

Check permitted(const Asked& a, const Permit& p) {
  const bool asks = p.answer == Permission::ask;
  return {
      "use.permitted",
      p.answer == Permission::no ? Answer::fail
      : asks                     ? Answer::unknown
                                 : Answer::pass,
      std::string(word(p.use)),
      fmt::format("{} {}: {}", word(p.use), asks ? "is a question" : "is not permitted", clauses(p.because)),
      evidence_of("use.permitted", p.because),
      asks ? "say more under [use], or ask the licensor and sign a waiver"
           : "choose another model, or take another license from its publisher",
      a.policy.uses.place};
}

}  // namespace

void check_uses(const Asked& a, std::vector<Check>& out) {
  for (const Purpose use : a.policy.uses.value) {
    const Permit p = permit(a.verdict, a.catalog, use, a.policy.circumstances);
    out.push_back(permitted(a, p));
    if (p.answer != Permission::yes_if) continue;
    out.push_back({"use.duties", Answer::fail, std::string(word(use)),
                   fmt::format("{} is permitted if you {}", word(use), clauses(p.duties)),
                   evidence_of("use.duties", p.duties), "", a.policy.uses.place});
  }
}

void read_use(Table t, Policy& policy, const Catalog& catalog) {
  std::vector<std::string> words;
  const auto take = [&](const char* key, auto result, auto& into) {
    if (result)
      into = std::move(*result);
    else
      t.wrong(key, fmt::format("is wrong: {} {}", result.error().what, result.error().where),
              result.error().fix);
  };
  if (t.strings("for", words)) {
    policy.uses.place = t.line_of("for");
    take("for", parse_purposes(fmt::format("{}", fmt::join(words, ","))), policy.uses.value);
  }
  std::string text;
  Circumstances& c = policy.circumstances;
  if (t.string("users", text)) take("users", parse_amount(text), c.users);
  if (t.string("revenue", text)) take("revenue", parse_money(text), c.revenue);
  if (t.strings("in", words))
    take("in", parse_countries(fmt::format("{}", fmt::join(words, ","))), c.countries);
  if (t.string("as", c.as)) {
    c.as = text::lower(c.as);
    if (!is_kind_of_user(c.as)) t.wrong_word("as", c.as, {"company", "person", "academic", "public"});
  }
  if (t.strings("field", c.fields)) {
    const std::vector<std::string> known = catalog::known_fields(catalog);
    for (std::string& field : c.fields) {
      field = text::lower(field);
      if (!std::binary_search(known.begin(), known.end(), field)) t.wrong_word("field", field, known);
    }
  }
  t.done();
}

void idle_circumstances(const Policy& p, const std::vector<PolicyText>& files,
                        const std::vector<std::optional<text::Json>>& documents, std::vector<Error>& errors) {
  if (!p.uses.value.empty()) return;
  for (std::size_t i = files.size(); i-- > 0;) {
    if (!documents[i]) continue;
    const text::Json& use = (*documents[i])["use"];
    if (!use["for"].is_null()) return;  // a wrong one was told
    for (const char* key : {"users", "revenue", "in", "as", "field"}) {
      if (use[key].is_null()) continue;
      errors.push_back({Fault::usage, fmt::format("use.{} has no effect without use.for", key),
                        fmt::format("{}:{}", files[i].name, use[key].line),
                        "say what models are wanted for: for = [\"product\"]"});
      return;
    }
  }
}

}  // namespace howopen::gate
