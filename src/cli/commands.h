// One function per command; each gives the exit code.
#pragma once

#include "cli/options.h"
#include "howopen/catalog.h"
#include "run/options.h"

namespace howopen::cli {

Result<int> audit(const AuditPlan& plan, const Common& common, const Catalog& catalog);
Result<int> summary(const SummaryPlan& plan, const Common& common, const Catalog& catalog);
Result<int> site(const SitePlan& plan, const Common& common, const Catalog& catalog);
Result<int> fetch_models(const FetchPlan& plan, const Common& common, const Catalog& catalog);
Result<int> license(const LicensePlan& plan, const Common& common, const Catalog& catalog);
Result<int> notice(const NoticePlan& plan, const Common& common, const Catalog& catalog);
Result<int> combine(const CombinePlan& plan, const Common& common, const Catalog& catalog);
Result<int> license_add(const LicenseAddPlan& plan, const Common& common, const Catalog& catalog);
/// A license text: a file, or `-` for standard input; at most limits::kLicenseText bytes.
Result<std::string> read_license(const std::string& what);
Result<int> list_rules(const Common& given, const Catalog& catalog);
Result<int> show_catalog(const CatalogPlan& plan, const Common& common, const Catalog& catalog);
Result<int> cache(const CachePlan& plan, const Common& common);
Result<int> scan(const ScanPlan& plan, const Common& common);
Result<int> doctor(const Common& common);
Result<int> explain(const ExplainPlan& plan, const Common& common, const Catalog& catalog);

Result<int> why(const WhyPlan& plan, const Common& common, const Catalog& catalog);
Result<int> compare(const ComparePlan& plan, const Common& common, const Catalog& catalog);
Result<int> history(const HistoryPlan& plan, const Common& common, const Catalog& catalog);
Result<int> bisect(const BisectPlan& plan, const Common& common, const Catalog& catalog);
Result<int> gate(const GatePlan& plan, const Common& common, const Catalog& catalog);
Result<int> lock(const LockPlan& plan, const Common& common, const Catalog& catalog);
Result<int> drift(const DriftPlan& plan, const Common& common, const Catalog& catalog);
Result<int> verify_files(const VerifyPlan& plan, const Common& common, const Catalog& catalog);
Result<int> init(const InitPlan& plan, const Common& common, const Catalog& catalog);
Result<int> waive(const WaivePlan& plan, const Common& common, const Catalog& catalog);
Result<int> policy(const PolicyPlan& plan, const Common& common, const Catalog& catalog);

Result<int> write_man_pages(const ManPlan& plan);

/// The whole program.
int run(int argc, const char* const* argv);

}  // namespace howopen::cli
