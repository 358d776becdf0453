// The last words of a batch.
//
//   3 models, one of them not answered  ->  batch: 3 models: 2 open-weights, 1 undetermined; 9 requests; exit
//   3
//                                           hint: howopen batch --update r.jsonl --output NEW asks again …

#include "run/batch_end.h"

#include <fmt/format.h>

#include "run/options.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

// Where the models were to come from.
std::string source_of(const BatchPlan& plan) {
  if (!plan.author.empty()) return "the Hub lists no model of " + plan.author + ": is the name right?";
  if (!plan.collection.empty()) return "no model in the collection " + plan.collection;
  if (plan.lists()) return "the Hub lists no model that fits";
  for (const std::string& file : {plan.input, plan.records, plan.replay, plan.update}) {
    if (!file.empty()) return "no model is named in " + (file == "-" ? "standard input" : file);
  }
  return "no model is named";
}

}  // namespace

std::string end_words(const BatchEnd& end, const BatchPlan& plan) {
  std::string out = "batch: " + end.tally.in_words();
  if (end.skipped > 0) out += fmt::format("; {} were there before", end.skipped);
  if (end.requests) out += fmt::format("; {} requests", *end.requests);
  if (end.exit) out += fmt::format("; exit {}", *end.exit);
  out += "\n";
  if (!end.updated.empty()) out += "update: " + end.updated + "\n";
  if (end.not_stored > 0)
    out += fmt::format("warning: {} models were not stored: no room (--store-size)\n", end.not_stored);
  // A part of the models may hold none.
  if (end.all && end.tally.models() == 0 && end.skipped == 0 && plan.shards == 1)
    out += "warning: " + text::printable(source_of(plan)) + "\n";
  if (end.requests && end.tally.unanswered() && end.tally.undetermined() > 0)
    out += fmt::format(
        "hint: howopen batch --update {} --output NEW asks again for what was not answered, and keeps the "
        "other lines\n",
        plan.output.empty() ? "RESULTS" : text::printable(plan.output));
  return out;
}

}  // namespace howopen::run
