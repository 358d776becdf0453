// One row a command.
//
//   {"fetch", …, fetch_options, fetch_plan, …}: refs ["a/b"], output "x.json"  ->  FetchPlan{{a/b}, "x.json"}

#include "cli/command_table.h"

#include <algorithm>
#include <cstdlib>

#include "cli/help.h"
#include "run/names.h"
#include "run/options.h"
#include "text/units.h"
#include "text/utf8.h"

namespace howopen::cli {

void network_options(OptionSet& o, Raw& raw) {
  o.text("--data", raw.common.data, "DIR", "Folder with catalog files of your own");
  hub_options(o, raw);
}

void hub_options(OptionSet& o, Raw& raw) {
  o.group("Network");
  o.flag("--offline", raw.common.offline,
         "Ask nobody; answer from caches and from facts that ship with howopen");
  o.text("--endpoint", raw.common.endpoint, "URL", "The Hub, or a mirror of it (HF_ENDPOINT)");
  o.text("--token-file", raw.common.token_file, "FILE", "File with a token (HF_TOKEN, HF_TOKEN_PATH)");
  o.number("-j,--jobs", raw.common.jobs, 1, 256, "Requests in flight");
  o.text("--timeout", raw.timeout, "D", "Give up on a request that makes no progress for so long: 30s, 2m");
  o.text(
      "--max-wait", raw.max_wait, "D",
      "Wait at most so long, in all, for a service's rate limit: 5m; a batch waits for the Hub without end");
  o.number("--retries", raw.common.retries, 0, 10, "Second attempts at a question, one after 1, 2, 4 … s");
  o.flag("--no-cache", raw.common.no_cache, "Keep no answers on disk, and use none");
  o.flag("--no-progress", raw.common.no_progress, "Do not tell of waits");
  o.group("");
}

void identify_option(OptionSet& o, Raw& raw) {
  o.flag("--identify", raw.common.identify,
         "Files of this machine by their content: the lock, the Hub's cache, records of the Hub");
}

namespace {

void model_options(OptionSet& o, Raw& raw) {
  o.text("--depth", raw.depth, "WHAT",
         "How much is asked: metadata (records alone), card, full (heads of weights)", kDepths);
  o.flag("--recursive", raw.recursive, "All models below the folders that are named");
  identify_option(o, raw);
  o.list(
      "refs", raw.refs, "REF",
      "Models: org/name, org/name@revision, a page of the Hub, gpt-4; ./folder, ./x.gguf, ollama:name:tag, "
      "'ollama:*', oci:LAYOUT:TAG, tar:FILE");
}

Result<std::vector<ModelRef>> parse_refs(const Raw& raw) {
  const char* env = std::getenv("HF_ENDPOINT");
  return run::parse_names(raw.refs,
                          !raw.common.endpoint.empty() ? raw.common.endpoint
                          : env != nullptr             ? env
                                                       : "",
                          raw.recursive);
}

void combine_options(OptionSet& o, Raw& raw) {
  hub_options(o, raw);
  o.text("--catalog", raw.common.data, "DIR", "Folder with catalog files of your own (--data elsewhere)");
  const auto part = [&](const char* option, Part::Role role, const char* help) {
    o.list(option, raw.combined[static_cast<std::size_t>(role)], "LICENSE|REF", help);
  };
  part("--model", Part::Role::model, "Weights that the result is derived from");
  part("--adapter", Part::Role::adapter, "Weights that are merged in");
  part("--data", Part::Role::data, "What it is trained on: a license, or a data set");
  part("--teacher", Part::Role::teacher, "A model whose outputs it is trained on");
  part("--code", Part::Role::code, "Source code of the same work: a license");
  o.text("--as", raw.license, "LICENSE", "License that the whole is to be passed on under");
  combined_for(o, raw);
}

void audit_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  model_options(o, raw);
  o.text("--replay", raw.replay, "FILE", "Judge a saved snapshot or saved facts");
  use_options(o, raw);
  table_options(o, raw);
  o.text("--context", raw.context, "N", "Tokens of a context that memory is told for: 8192, 128k");
}

Result<AnyPlan> combine_plan(const Raw& raw) {
  constexpr const char* kLine = "howopen combine --model org/name --data CC-BY-4.0 --as Apache-2.0";
  CombinePlan plan;
  for (std::size_t role = 0; role < std::size(raw.combined); ++role) {
    for (const std::string& what : raw.combined[role])
      plan.parts.push_back({static_cast<Part::Role>(role), what});
  }
  if (plan.parts.empty()) return misused("no part named", {}, kLine);
  if (raw.license.empty()) return misused("no license of the whole", "--as", kLine);
  if (raw.uses.find(',') != std::string::npos) return misused("one use at a time", "--for", kLine);
  if (auto held = held_against_a_use(raw); !held) return tl::unexpected<Error>(held.error());
  plan.as = raw.license;
  return plan;
}

Result<AnyPlan> audit_plan(const Raw& raw) {
  TRY(std::vector<ModelRef> models, parse_refs(raw));
  if (models.empty() && raw.replay.empty()) return misused("no model named", {}, "howopen audit org/name");
  return AuditPlan{std::move(models), raw.replay};
}

void fetch_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  model_options(o, raw);
  o.text("--output", raw.output, "FILE", "File to write");
}

Result<AnyPlan> fetch_plan(const Raw& raw) {
  TRY(std::vector<ModelRef> models, parse_refs(raw));
  if (models.empty()) return misused("no model named", {}, "howopen fetch org/name --output FILE");
  if (raw.output.empty())
    return misused("no file to write to", "--output", "howopen fetch org/name --output FILE");
  if (raw.common.offline) return misused("fetch needs the network", "--offline", "leave --offline out");
  return FetchPlan{std::move(models), raw.output};
}

void license_options(OptionSet& o, Raw& raw) {
  o.text("--data", raw.common.data, "DIR", "Folder with catalog files of your own");
  o.flag("--diff", raw.diff, "All words that differ from the license, names and notices too");
  o.text("--id", raw.id, "ID", "add: name of the license, LicenseRef-Acme-1.0");
  o.text("--name", raw.name, "NAME", "add: its name in words, as cards write it");
  o.text("--class", raw.license_class, "CLASS",
         "add: open, permissive-with-conditions, use-restricted, non-commercial, proprietary; else what is "
         "read",
         {"open", "permissive-with-conditions", "use-restricted", "non-commercial", "proprietary"});
  o.list("what", raw.refs, "FILE|-|ID",
         "A license text, or a license by id, tag or name; `add FILE` makes a text known; without one, all");
}

Result<AnyPlan> license_add_plan(const Raw& raw) {
  constexpr const char* kLine = "howopen license add FILE --id LicenseRef-Acme-1.0";
  if (raw.refs.size() != 2) return misused("one license text", "license add", kLine);
  if (!catalog::own_id(raw.id))
    return misused("not a name for a license of your own", "--id " + text::printable(raw.id), kLine);
  LicenseAddPlan plan{raw.refs[1], raw.id, raw.name, {}};
  if (!raw.license_class.empty()) {
    plan.cls = from_word<LicenseClass>(raw.license_class);
    if (!plan.cls)
      return misused("unknown class", "--class " + text::printable(raw.license_class),
                     "open, permissive-with-conditions, use-restricted, non-commercial or proprietary");
  }
  return plan;
}

Result<AnyPlan> license_plan(const Raw& raw) {
  if (!raw.refs.empty() && raw.refs[0] == "add") return license_add_plan(raw);
  if (!raw.id.empty() || !raw.name.empty() || !raw.license_class.empty())
    return misused("only with add", "--id, --name, --class", "howopen license add FILE --id LicenseRef-…");
  if (raw.refs.size() > 1)
    return misused("one license", "license " + text::printable(raw.refs[0]), "quote a name that has blanks");
  return LicensePlan{raw.refs.empty() ? std::string() : raw.refs[0], raw.diff};
}

void why_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
  o.text("--replay", raw.replay, "FILE", "Explain a saved snapshot");
  o.flag("--diff", raw.diff, "What differs in its license texts, too");
  o.list("refs", raw.refs, "REF", "A model, then what is asked about: a component, license, or a rule");
}

Result<AnyPlan> why_plan(const Raw& raw) {
  WhyPlan plan;
  plan.replay = raw.replay;
  plan.diff = raw.diff;
  Raw models = raw;
  // With a snapshot, what is asked about may stand alone.
  const std::size_t topic =
      raw.replay.empty() || (!raw.refs.empty() && raw.refs.front().find('/') != std::string::npos) ? 1 : 0;
  if (raw.refs.size() > topic + 1)
    return misused("one model and one topic", {}, "howopen why org/name license");
  if (raw.refs.size() > topic) plan.topic = raw.refs[topic];
  models.refs.resize(std::min(models.refs.size(), topic));
  TRY(plan.models, parse_refs(models));
  if (plan.models.empty() && plan.replay.empty())
    return misused("no model named", {}, "howopen why org/name");
  return plan;
}

void compare_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
  o.flag("--exit-code", raw.exit_code, "1 if they differ");
  use_options(o, raw);
  o.list("refs", raw.refs, "REF|FILE", "Models, two revisions of one, or saved reports (.json)");
}

Result<AnyPlan> compare_plan(const Raw& raw) {
  if (raw.refs.empty()) return misused("nothing to compare", {}, "howopen compare org/a org/b");
  return ComparePlan{raw.refs, raw.exit_code};
}

void history_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  o.flag("--all", raw.all, "Look at each commit, not only between those that differ");
  o.list("ref", raw.refs, "REF", "A model; of a branch by REF@branch");
}

Result<AnyPlan> history_plan(const Raw& raw) {
  TRY(std::vector<ModelRef> models, parse_refs(raw));
  if (models.size() != 1) return misused("one model", {}, "howopen history org/name");
  if (raw.common.offline) return misused("history needs the network", "--offline", "leave --offline out");
  return HistoryPlan{std::move(models), raw.all};
}

void bisect_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
  o.list("refs", raw.refs, "REF", "A model, then what changed: verdict, license, a component or a rule");
}

Result<AnyPlan> bisect_plan(const Raw& raw) {
  constexpr const char* kLine = "howopen bisect org/name license";
  if (raw.refs.size() != 2) return misused("one model and what changed", {}, kLine);
  if (raw.common.offline) return misused("bisect needs the network", "--offline", "leave --offline out");
  Raw model = raw;
  model.refs.resize(1);
  TRY(std::vector<ModelRef> models, parse_refs(model));
  return BisectPlan{std::move(models), raw.refs[1]};
}

void explain_options(OptionSet& o, Raw& raw) {
  std::vector<std::string> known = policy_rules();
  known.emplace_back("reference");
  o.text("rule", raw.word, "RULE", "Rule, e.g. license.tag-vs-text; reference: what the card compares with",
         std::move(known));
}

Result<AnyPlan> explain_plan(const Raw& raw) {
  if (raw.word.empty()) return misused("no rule named", {}, "howopen rules lists them");
  return ExplainPlan{raw.word};
}

Result<AnyPlan> rules_plan(const Raw&) {
  return RulesPlan{};
}

void scan_options(OptionSet& o, Raw& raw) {
  o.text("--min-confidence", raw.min_confidence, "HOW",
         "Least sure references that are shown: high, medium or low (medium; with -v low)",
         {"high", "medium", "low"});
  o.text("dir", raw.word, "DIR", "Folder; the one that is worked in when none is named");
}

Result<AnyPlan> scan_plan(const Raw& raw) {
  ScanPlan plan;
  if (!raw.word.empty()) plan.dir = raw.word;
  if (raw.min_confidence.empty()) return plan;
  const auto least = from_word<Confidence>(raw.min_confidence);
  if (!least)
    return misused("unknown value of --min-confidence", text::printable(raw.min_confidence),
                   "high, medium or low");
  plan.least = *least;
  plan.least_given = true;
  return plan;
}

void cache_options(OptionSet& o, Raw& raw) {
  o.text("action", raw.word, "ACTION", "path, ls or prune", {"path", "ls", "prune"});
  o.text("--max-size", raw.max_size, "SIZE",
         "prune: what may stay, e.g. 100MB; what was used least recently goes first");
  o.flag("--all", raw.all, "prune: all of it goes");
}

Result<AnyPlan> cache_plan(const Raw& raw) {
  const auto action = from_word<CachePlan::Action>(raw.word.empty() ? "path" : raw.word);
  if (!action) return misused("unknown action", text::printable(raw.word), "path, ls or prune");
  CachePlan plan{*action, run::kCacheBytes};
  if (!raw.max_size.empty()) {
    const auto size = text::parse_size(raw.max_size);
    if (!size)
      return misused("not a size", "--max-size " + text::printable(raw.max_size), "write 500MB or 2GB");
    plan.most_bytes = *size;
  }
  if (raw.all) plan.most_bytes = 0;
  return plan;
}

void catalog_options(OptionSet& o, Raw& raw) {
  o.text("action", raw.word, "ACTION", "list, or check: rows that are old", {"list", "check"});
  o.number("--days", raw.days, 1, 36500, "check: age from which a row is old");
  o.text("--as-of", raw.common.as_of, "DAY", "check: counted from that day, 2026-11-24; else today");
  o.text("--data", raw.common.data, "DIR", "Folder with catalog files of your own");
}

Result<AnyPlan> catalog_plan(const Raw& raw) {
  const auto action = from_word<CatalogPlan::Action>(raw.word.empty() ? "list" : raw.word);
  if (!action) return misused("unknown action", text::printable(raw.word), "list or check");
  return CatalogPlan{*action, raw.days};
}

Result<AnyPlan> doctor_plan(const Raw&) {
  return DoctorPlan{};
}

constexpr Command kCommands[] = {
    {"audit", "Judge models: verdict, five components, license, evidence", audit_options, audit_plan,
     kReportFormats},
    {"why", "Why a model is judged so: from what was seen to the verdict, and what would move it",
     why_options, why_plan, kPlainFormats},
    {"compare", "Models side by side, what differs first", compare_options, compare_plan, kTableFormats},
    {"history", "Commits that changed card, license, base model or weights", history_options, history_plan,
     kPlainFormats},
    {"bisect", "Which commit changed the verdict, the license, a component or a rule", bisect_options,
     bisect_plan, kPlainFormats},
    {"fetch", "Save what the Hub answers about models, to be judged elsewhere", fetch_options, fetch_plan,
     kPlainFormats},
    {"license", "Which license a text is, and what was changed in it; what a license permits",
     license_options, license_plan, kPlainFormats},
    {"combine", "May it be made of these parts, and passed on under that license?", combine_options,
     combine_plan, kPlainFormats},
    {"scan", "Models that a source tree names, with their places; asks nobody", scan_options, scan_plan,
     kLineFormats},
    {"explain", "What a rule means, how it is judged, what to do", explain_options, explain_plan,
     kPlainFormats},
    {"rules", "All rules, each with its level under the policy", policy_options, rules_plan, kPlainFormats},
    {"cache", "The answers kept on disk: where, which, fewer of them", cache_options, cache_plan,
     kPlainFormats},
    {"catalog", "Models that howopen knows facts of without asking, each with its date; which are old",
     catalog_options, catalog_plan, kPlainFormats},
    {"doctor", "What endpoint, token, proxy, certificates and caches are seen, and whether they work",
     network_options, doctor_plan, kPlainFormats},
};

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> kAll = [] {
    std::vector<Command> all(std::begin(kCommands), std::end(kCommands));
    // Behind audit, the gate's.
    all.insert(all.begin() + 1, gate_commands().begin(), gate_commands().end());
    all.insert(all.begin() + 2, batch_commands().begin(), batch_commands().end());
    all.insert(all.end(), help_commands().begin(), help_commands().end());
    return all;
  }();
  return kAll;
}

Result<Plan> plan_of(const Command& command, const Raw& raw) {
  Plan plan;
  plan.common = raw.common;
  // What the environment says gives way: to --json, and where a command knows no such format, for it is set
  // for a whole job. Here it cannot be told from an option but by what it says.
  std::vector<std::string> formats = raw.formats;
  const std::vector<Format> known(command.formats.begin(), command.formats.end());
  const char* env = std::getenv("HOWOPEN_FORMAT");
  const bool from_env = env != nullptr && formats == std::vector<std::string>{env};
  const bool all = known.size() == std::size(kReportFormats);
  if (from_env && (raw.json || (!all && !parse_outputs(formats, known)))) formats.clear();
  if (raw.json) formats.emplace_back("json");
  if (!known.empty()) {
    auto outputs = parse_outputs(formats, known);
    // Its lines are what others are made from.
    if (!outputs && std::string_view(command.name) == "batch")
      outputs.error().fix +=
          "\na table, a page: howopen summary RESULTS -o csv=models.csv -o html=models.html";
    if (!outputs) return tl::unexpected<Error>(std::move(outputs.error()));
    plan.common.outputs = std::move(*outputs);
  }
  if (raw.common.color != "auto" && raw.common.color != "always" && raw.common.color != "never") {
    return misused("unknown value of --color", text::printable(raw.common.color), "auto, always or never");
  }
  const auto depth = from_word<Depth>(raw.depth);
  if (!depth)
    return misused("unknown depth", "--depth " + text::printable(raw.depth), "metadata, card or full");
  plan.common.depth = *depth;
  const auto timeout = text::parse_duration(raw.timeout);
  if (!timeout || *timeout == 0)
    return misused("not a duration", "--timeout " + text::printable(raw.timeout), "write 30s, 500ms or 2m");
  plan.common.timeout_ms = *timeout;
  if (!raw.max_wait.empty()) {
    const auto max_wait = text::parse_duration(raw.max_wait);
    if (!max_wait)
      return misused("not a duration", "--max-wait " + text::printable(raw.max_wait), "write 0s, 90s or 5m");
    plan.common.max_wait_ms = *max_wait;
    plan.common.max_wait_given = true;
  }
  if (raw.frozen) plan.common.offline = true;
  if (auto limits = limits_of(raw, plan.common); !limits) return tl::unexpected<Error>(limits.error());
  if (auto wishes = wishes_of(raw, plan.common); !wishes) return tl::unexpected<Error>(wishes.error());
  TRY(plan.command, command.plan(raw));
  return plan;
}

}  // namespace howopen::cli
