// howopen combine: may it be made of these parts, and passed on under that license?
//
//   --model org/llama-tune --data CC-BY-SA-4.0 --as MIT  ->  no: its own agreement goes along

#include "howopen/combine.h"

#include <algorithm>

#include "catalog/expression.h"
#include "catalog/served.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "howopen/verdict.h"
#include "run/hub_options.h"
#include "run/model_facts.h"
#include "run/names.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// A license by id, tag, name or expression; "" for what is none.
std::string license_of(const std::string& what, const Catalog& catalog) {
  if (const LicenseEntry* entry = catalog.license_named(what)) return entry->id;
  const auto parsed = catalog::parse_expression(what, catalog);
  const bool known = parsed && (!parsed->parts.empty() || catalog.license(parsed->id) != nullptr);
  return known ? parsed->text() : std::string();
}

// What somebody's model stands under, its ancestors' terms included.
void judge_for_part(const Facts& facts, const Circumstances& of, const Catalog& catalog, Part& part) {
  const Verdict v = judge(facts, catalog);
  const EffectiveLicense& e = v.license.effective;
  if (catalog::only_served(v)) {
    // As an audit answers it.
    const Purpose use = part.role == Part::Role::teacher ? Purpose::train_on_outputs : Purpose::finetune;
    const Permit p = permit(v, catalog, use, of);
    const std::string because = p.because.empty() ? std::string() : p.because.front().text;
    (p.answer == Permission::no ? part.refused : part.why) = because;
  } else if (v.rung == Rung::undetermined && e.expression.empty()) {
    part.why = "it could not be looked at";
  } else if (e.cls != e.best) {
    part.why = "what binds it is not settled: " + unsettled(v);
  } else {
    part.license = e.expression;
  }
}

Result<std::vector<Part>> parts_of(const CombinePlan& plan, const Common& common, const Catalog& catalog) {
  std::vector<Part> parts;
  std::vector<ModelRef> asked;
  std::vector<std::size_t> whose;
  for (const CombinePlan::Named& n : plan.parts) {
    Part part;
    part.role = n.role;
    part.name = n.what;
    part.license = license_of(n.what, catalog);
    if (!part.license.empty()) {
      parts.push_back(std::move(part));
      continue;
    }
    if (n.role == Part::Role::code)
      return fail(Fault::usage, "no license of this name", "--code " + text::printable(n.what),
                  "howopen license lists those that are known");
    if (n.role == Part::Role::data) {
      const DatasetTerms* terms = catalog.dataset_terms(n.what);
      if (terms != nullptr) part.license = terms->license;
      part.why = "the terms of this data set are not known here: name its license";
    } else {
      TRY(std::vector<ModelRef> ref, run::parse_names({n.what}, run::hub_url(common)));
      whose.push_back(parts.size());
      asked.push_back(std::move(ref.front()));
    }
    parts.push_back(std::move(part));
  }
  if (!asked.empty()) {
    TRY(const std::vector<ModelRef> models, run::named_models(asked, common, catalog));
    TRY(const std::vector<Facts> facts, run::facts_of_models({models, ""}, common, catalog));
    for (std::size_t i = 0; i < facts.size() && i < whose.size(); ++i)
      judge_for_part(facts[i], common.circumstances, catalog, parts[whose[i]]);
  }
  return parts;
}

}  // namespace

Result<int> combine(const CombinePlan& plan, const Common& common, const Catalog& catalog) {
  const std::string as = license_of(plan.as, catalog);
  if (as.empty() || catalog.license(as) == nullptr) {
    const std::string near = as.empty() ? catalog::nearest_licenses(plan.as, catalog) : std::string();
    return fail(Fault::usage, "not one license", "--as " + text::printable(plan.as),
                near.empty() ? "howopen license lists those that are known" : "did you mean " + near + "?");
  }
  TRY(const std::vector<Part> parts, parts_of(plan, common, catalog));
  const std::optional<Purpose> use =
      common.uses.empty() ? std::nullopt : std::optional<Purpose>(common.uses.front());
  const Combination out = howopen::combine(parts, as, use, common.circumstances, catalog);
  const auto written = emit(common, [&](Format format, const Style& style) {
    return render_combination(parts, as, out, format, style, catalog);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return out.answer == Permission::no ? kDenied : out.answer == Permission::ask ? kUndecided : kJudged;
}

}  // namespace howopen::cli
