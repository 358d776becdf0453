// howopen fetch: the answers of the Hub as a file, to be judged where there is no network, or later.

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/look.h"
#include "cli/names.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "fetch/replay.h"

namespace howopen::cli {

Result<int> fetch_models(const FetchPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::vector<ModelRef> models, named_models(plan.models, common, catalog));
  TRY(const auto world, World::open(common));
  Bundle bundle;
  for (const ModelRef& model : models) {
    // A closed model has nothing to fetch; audit knows it from the release catalog.
    if (catalog.release(model.id) == nullptr) bundle.models.push_back(model);
  }
  const Looked looked = look(world->source(), bundle.models, catalog, common.depth, &bundle.answers);
  TRY([[maybe_unused]] const bool written, write_file(plan.output, fetch::save_bundle(bundle)));
  int exit = kJudged;
  for (const Facts& f : looked.facts) {
    if (f.repository) continue;
    exit = kUndecided;
    const bool said = !f.misses.empty();
    write_err(worded({Fault::unanswered, said ? f.misses.front().message : f.id + " was not answered",
                      said ? f.misses.front().where : "", "the file holds what did come"}));
  }
  if (!common.quiet)
    write_err(fmt::format("{} answer{} about {} model{} in {}\n", bundle.answers.size(),
                          bundle.answers.size() == 1 ? "" : "s", bundle.models.size(),
                          bundle.models.size() == 1 ? "" : "s", plan.output));
  return exit;
}

}  // namespace howopen::cli
