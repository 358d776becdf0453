// The table of contents: the plan, the catalog, the command, the exit code.

#include <type_traits>

#include "cli/commands.h"
#include "cli/output.h"
#include "files/streams.h"
#include "license/identify.h"
#include "run/answers.h"
#include "run/batch.h"
#include "run/hub_options.h"
#include "run/options.h"

namespace howopen::cli {
namespace {

int exit_of(Fault fault) {
  switch (fault) {
    case Fault::usage:
      return kUsage;
    case Fault::unanswered:
      return kUndecided;
    case Fault::internal:
      return kBug;
  }
  return kBug;
}

Result<int> dispatch(const Plan& plan) {
  if (auto writable = check_outputs(plan.common); !writable) return tl::unexpected<Error>(writable.error());
  TRY(std::vector<CatalogFile> files, run::catalog_files(plan.common));
  TRY(const Catalog catalog, Catalog::load(std::move(files)));
  TRY([[maybe_unused]] const bool usable, howopen::license::check_texts(catalog));
  if (auto known = run::check_fields(plan.common.circumstances.fields, "--field", catalog); !known)
    return tl::unexpected<Error>(known.error());
  return std::visit(
      [&](const auto& command) -> Result<int> {
        using T = std::decay_t<decltype(command)>;
        if constexpr (std::is_same_v<T, AuditPlan>)
          return audit(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, BatchPlan>)
          return run::batch(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, SummaryPlan>)
          return summary(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, SitePlan>)
          return site(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, FetchPlan>)
          return fetch_models(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, LicensePlan>)
          return license(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, NoticePlan>)
          return notice(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, CombinePlan>)
          return combine(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, LicenseAddPlan>)
          return license_add(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, CatalogPlan>)
          return show_catalog(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, ExplainPlan>)
          return explain(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, WhyPlan>)
          return why(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, ComparePlan>)
          return compare(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, HistoryPlan>)
          return history(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, BisectPlan>)
          return bisect(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, GatePlan>)
          return gate(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, LockPlan>)
          return lock(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, DriftPlan>)
          return drift(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, VerifyPlan>)
          return verify_files(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, InitPlan>)
          return init(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, WaivePlan>)
          return waive(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, PolicyPlan>)
          return policy(command, plan.common, catalog);
        else if constexpr (std::is_same_v<T, ManPlan>)
          return write_man_pages(command);
        else if constexpr (std::is_same_v<T, CachePlan>)
          return cache(command, plan.common);
        else if constexpr (std::is_same_v<T, DoctorPlan>)
          return doctor(plan.common);
        else if constexpr (std::is_same_v<T, ScanPlan>)
          return scan(command, plan.common);
        else
          return list_rules(plan.common, catalog);
      },
      plan.command);
}

}  // namespace

int run(int argc, const char* const* argv) {
  const Plan plan = read_command_line(argc, argv);
  if (const auto* say = std::get_if<SayPlan>(&plan.command)) {
    files::write_err(say->err);
    return files::write_out(say->out) ? say->exit : kUsage;
  }
  const Result<int> exit = dispatch(plan);
  if (exit) return *exit;
  files::write_err(files::worded(exit.error()));
  return exit_of(exit.error().fault);
}

}  // namespace howopen::cli
