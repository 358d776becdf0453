// Options of the commands for many models.
//
//   batch ids.txt --output r.jsonl --shard 2/8  ->  BatchPlan{"ids.txt", output "r.jsonl", shard 2 of 8}

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "cli/command_table.h"
#include "run/options.h"
#include "text/units.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

void batch_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  o.text("--depth", raw.depth, "WHAT",
         "How much is asked: metadata (records alone), card, full (heads of weights, quantized versions)",
         kDepths);
  o.number("--threads", raw.common.threads, 0, 64,
           "Threads that help to read and judge; by default one for each further processor, at most 8");
  use_options(o, raw);
  o.text("--output", raw.batch.output, "FILE", "Appends to this file in place of standard output");
  o.flag("--resume", raw.batch.resume, "Goes on with the file: what is in it is not asked again");
  o.flag("--unordered", raw.batch.unordered, "Lines as they are done, not in the order of the input");
  o.text("--shard", raw.shard, "I/N", "Only the models of part I of N, from 0, by a hash of the id");
  o.text("--max-rps", raw.max_rps, "R", "At most so many requests a second, e.g. 1.5");
  o.text("--quota", raw.quota, "N", "Stop after N requests");
  o.text("--author", raw.batch.author, "NAME", "All models of an author, from listing pages");
  o.list("--filter", raw.batch.filters, "TAG", "All models with a tag, e.g. license:mit; may be repeated");
  o.text("--search", raw.batch.search, "WORDS", "All models whose names hold the words");
  o.flag("--all", raw.batch.all, "All models of the Hub, from listing pages");
  o.text("--collection", raw.batch.collection, "SLUG", "The models of a collection: the end of its address");
  o.flag("--by-author", raw.batch.by_author,
         "With --depth metadata: records from pages of the authors' models, far fewer requests; they tell "
         "no sizes of files, and license files are not known by their content");
  o.text("--from-records", raw.batch.records, "FILE|-",
         "Records of the Hub, one a line of JSON; asks nobody");
  o.text("--replay", raw.batch.replay, "DIR", "The models of saved snapshots; asks nobody");
  o.text("--update", raw.batch.update, "FILE",
         "Results of an earlier batch: lines that would be the same are kept, byte for byte");
  o.flag("--listed-only", raw.batch.listed_only,
         "With --update: of what old lines rest on, ask again only what listings tell; the summary says how "
         "many lines rest on more");
  o.text(
      "--store", raw.batch.store, "DIR",
      "Keeps raw answers, compressed; with --update another catalog or version judges them again without a "
      "request");
  o.text("--store-size", raw.max_size, "SIZE", "Most that the store may take; 50GB by default");
  o.text("input", raw.batch.input, "FILE|-",
         "Models, one a line: org/name, org/name@revision or {\"id\":…,\"revision\":…}; of this machine only "
         "./… and what begins with dir:, file:, ollama: and the like");
}

std::optional<double> positive(const std::string& s) {
  char* end = nullptr;
  const double value = std::strtod(s.c_str(), &end);
  if (s.empty() || end != s.c_str() + s.size() || !(value > 0) || value > 1e6) return std::nullopt;
  return value;
}

template <class T>
std::optional<T> whole(std::string_view s) {
  T value{};
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || end != s.data() + s.size() || s.empty()) return std::nullopt;
  return value;
}

Result<void> update_fits(BatchPlan& plan, const Raw& raw) {
  const bool saved = !plan.records.empty() || !plan.replay.empty();
  if (saved && (!plan.update.empty() || !plan.store.empty()))
    return misused("of saved answers nothing is asked again", plan.update.empty() ? "--store" : "--update",
                   "leave it out: they are judged anew each time");
  if (plan.all && (!plan.author.empty() || !plan.search.empty() || !plan.filters.empty()))
    return misused("all models, or those of --author, --filter or --search", "--all",
                   "leave one of them out");
  if (plan.listed_only && plan.update.empty())
    return misused("--listed-only is about old results", "--listed-only", "--update r.jsonl");
  if (!raw.max_size.empty()) {
    const auto size = text::parse_size(raw.max_size);
    if (!size || *size == 0 || plan.store.empty())
      return misused(size ? "--store-size needs a store" : "not a size",
                     "--store-size " + text::printable(raw.max_size), "--store DIR --store-size 20GB");
    plan.store_bytes = *size;
  }
  if (raw.common.offline && !plan.store.empty() && plan.update.empty())
    return misused("offline a store is looked up by old results", "--store", "--update r.jsonl");
  return {};
}

Result<AnyPlan> batch_plan(const Raw& raw) {
  BatchPlan plan = raw.batch;
  const bool listing = plan.lists();
  const int inputs = (plan.input.empty() ? 0 : 1) + (plan.records.empty() ? 0 : 1) +
                     (plan.replay.empty() ? 0 : 1) + (plan.collection.empty() ? 0 : 1) + (listing ? 1 : 0);
  if (inputs > 1)
    return misused("more than one input", {},
                   "a list, a listing (--author …), --collection, --from-records or --replay");
  if (inputs == 0 && plan.update.empty()) {
    if (isatty(STDIN_FILENO) == 1)
      return misused("no input", {}, "howopen batch ids.txt, or - for standard input");
    plan.input = "-";
  }
  if ((listing || !plan.collection.empty() || plan.by_author) && raw.common.offline)
    return misused("a listing needs the network", "--offline", "leave --offline out, or name a list");
  if (!plan.collection.empty()) {
    std::string_view slug = plan.collection;
    if (const std::size_t at = slug.rfind("/collections/"); at != std::string_view::npos)
      slug.remove_prefix(at + 13);
    if (std::count(slug.begin(), slug.end(), '/') != 1 || slug.front() == '/' || slug.back() == '/')
      return misused("not the name of a collection", "--collection " + text::printable(plan.collection),
                     "the end of its address: owner/title-0123456789abcdef01234567");
    plan.collection = std::string(slug);
  }
  if (plan.by_author && (plan.input.empty() || raw.depth != "metadata"))
    return misused("--by-author is for a list at --depth metadata", "--by-author",
                   "howopen batch ids.txt --depth metadata --by-author");
  if (auto fits = update_fits(plan, raw); !fits) return tl::unexpected<Error>(fits.error());
  if (plan.resume && plan.output.empty())
    return misused("--resume needs a file", "--resume", "--output results.jsonl");
  if (!raw.shard.empty()) {
    const std::size_t slash = raw.shard.find('/');
    const auto index = whole<int>(std::string_view(raw.shard).substr(0, slash));
    const auto count =
        slash == std::string::npos ? std::nullopt : whole<int>(std::string_view(raw.shard).substr(slash + 1));
    if (!index || !count || *index < 0 || *count < 1 || *index >= *count)
      return misused("not a shard", "--shard " + text::printable(raw.shard),
                     "0/4, 1/4, 2/4 or 3/4 are the parts of four");
    plan.shard = *index;
    plan.shards = *count;
  }
  return plan;
}

void summary_options(OptionSet& o, Raw& raw) {
  o.list("files", raw.files, "FILE|-", "Results of batches; standard input when none is named");
}

Result<AnyPlan> summary_plan(const Raw& raw) {
  SummaryPlan plan{raw.files};
  if (plan.files.empty()) {
    if (isatty(STDIN_FILENO) == 1) return misused("no results named", {}, "howopen summary results.jsonl");
    plan.files.emplace_back("-");
  }
  return plan;
}

void site_options(OptionSet& o, Raw& raw) {
  o.text("--output", raw.output, "DIR", "Folder for the pages; one that is empty, or holds an earlier site");
  o.list("files", raw.files, "FILE|-", "Results of batches; standard input when none is named");
}

Result<AnyPlan> site_plan(const Raw& raw) {
  constexpr const char* kLine = "howopen site results.jsonl --output DIR";
  if (raw.output.empty()) return misused("no folder to write to", "--output", kLine);
  SitePlan plan{raw.files, raw.output};
  if (plan.files.empty()) {
    if (isatty(STDIN_FILENO) == 1) return misused("no results named", {}, kLine);
    plan.files.emplace_back("-");
  }
  return plan;
}

constexpr Format kSiteFormats[] = {Format::text};
constexpr Format kBatchFormats[] = {Format::jsonl, Format::json};
constexpr Format kSummaryFormats[] = {Format::text, Format::json, Format::csv, Format::markdown,
                                      Format::html};

constexpr Command kBatchCommands[] = {
    {"batch", "Judge any number of models: one a line in, one line of JSON out", batch_options, batch_plan,
     kBatchFormats},
    {"summary", "Count the results of batches", summary_options, summary_plan, kSummaryFormats},
    {"site", "Results of batches as a static site: a page a model, badges, a feed", site_options, site_plan,
     kSiteFormats},
};

}  // namespace

std::span<const Command> batch_commands() {
  return kBatchCommands;
}

Result<void> limits_of(const Raw& raw, Common& common) {
  if (!raw.max_rps.empty()) {
    const auto rate = positive(raw.max_rps);
    if (!rate)
      return misused("not a rate", "--max-rps " + text::printable(raw.max_rps), "requests a second, 1.5");
    common.max_rps = *rate;
  }
  if (!raw.quota.empty()) {
    const auto quota = whole<std::int64_t>(raw.quota);
    if (!quota || *quota < 1)
      return misused("not a number of requests", "--quota " + text::printable(raw.quota), "--quota 500");
    common.quota = *quota;
  }
  return {};
}

}  // namespace howopen::cli
