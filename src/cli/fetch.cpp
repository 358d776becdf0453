// howopen fetch: the answers of the Hub as a file, to be judged where there is no network, or later.

#include <fmt/format.h>

#include "cli/commands.h"
#include "fetch/replay.h"
#include "files/file_io.h"
#include "files/streams.h"
#include "run/look.h"
#include "run/names.h"
#include "run/options.h"
#include "run/world.h"

namespace howopen::cli {

Result<int> fetch_models(const FetchPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::vector<ModelRef> models, run::named_models(plan.models, common, catalog));
  TRY(const auto world, run::World::open(common));
  Bundle bundle;
  for (const ModelRef& model : models) {
    // A closed model has nothing to fetch; audit knows it from the release catalog.
    if (catalog.release(model.id) == nullptr) bundle.models.push_back(model);
  }
  const run::Looked looked =
      run::look(world->source(), bundle.models, catalog, common.depth, &bundle.answers);
  TRY([[maybe_unused]] const bool written, files::write_file(plan.output, fetch::save_bundle(bundle)));
  int exit = kJudged;
  for (const Facts& f : looked.facts) {
    if (f.repository) continue;
    exit = kUndecided;
    const bool said = !f.lookup_errors.empty();
    files::write_err(
        files::worded({Fault::unanswered, said ? f.lookup_errors.front().message : f.id + " was not answered",
                       said ? f.lookup_errors.front().where : "", "the file holds what did come"}));
  }
  if (!common.quiet)
    files::write_err(fmt::format("{} answer{} about {} model{} in {}\n", bundle.answers.size(),
                                 bundle.answers.size() == 1 ? "" : "s", bundle.models.size(),
                                 bundle.models.size() == 1 ? "" : "s", plan.output));
  return exit;
}

}  // namespace howopen::cli
