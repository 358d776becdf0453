// argv -> Plan. Every option has a twin in the environment, HOWOPEN_ and its name; the option wins.
//
//   howopen org/name -o json   ->  audit of org/name as JSON
//   howopen audit --jsn x/y    ->  error: unknown option --jsn; …; did you mean --json?, exit 2

#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

struct Raw {
  Common common;
  bool json = false;
  std::string format = "text";
  std::string depth = "card";
  std::string timeout = "30s";
  std::string max_wait = "5m";
  std::vector<std::string> refs;
  std::string replay;
  std::string output;
  std::string rule;
  bool short_help = false;
  bool long_help = false;
};

// --no-progress -> HOWOPEN_NO_PROGRESS
std::string twin(std::string_view option) {
  std::string out = "HOWOPEN_";
  for (const char c : option.substr(2))
    out += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

CLI::Option* with_twin(CLI::Option* option, std::string_view name) {
  return option->envname(twin(name));
}

void add_help(CLI::App& app, Raw& raw) {
  app.set_help_flag();
  app.add_flag("-h", raw.short_help, "Show this help; --help says more");
  app.add_flag("--help", raw.long_help, "")->group("");
}

void add_common(CLI::App& app, Raw& raw) {
  add_help(app, raw);
  with_twin(app.add_option("-o,--format", raw.format, "Format of the output: text or json"), "--format")
      ->type_name("FMT");
  app.add_flag("--json", raw.json, "The same as -o json");
  app.add_flag("-q,--quiet", raw.common.quiet, "Only ids and verdicts");
  app.add_flag("-v,--verbose", raw.common.verbosity, "All evidence, with its places");
  with_twin(app.add_option("--color", raw.common.color, "auto, always or never"), "--color")
      ->type_name("WHEN");
}

void add_network(CLI::App& app, Raw& raw) {
  with_twin(
      app.add_flag("--offline", raw.common.offline, "Ask nobody; answer from facts that ship with howopen"),
      "--offline");
  with_twin(app.add_option("--endpoint", raw.common.endpoint, "The Hub, or a mirror of it (HF_ENDPOINT)"),
            "--endpoint")
      ->type_name("URL");
  with_twin(
      app.add_option("--token-file", raw.common.token_file, "File with a token (HF_TOKEN, HF_TOKEN_PATH)"),
      "--token-file")
      ->type_name("FILE");
  with_twin(app.add_option("--data", raw.common.data, "Folder with catalog files of your own"), "--data")
      ->type_name("DIR");
  with_twin(app.add_option("-j,--jobs", raw.common.jobs, "Requests in flight"), "--jobs")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  with_twin(app.add_option("--timeout", raw.timeout, "Patience with an answer that does not come"),
            "--timeout")
      ->type_name("D");
  with_twin(app.add_option("--max-wait", raw.max_wait, "Patience with quotas, in all"), "--max-wait")
      ->type_name("D");
  with_twin(app.add_option(
                "--depth", raw.depth,
                "How much is asked: metadata (the record alone), card, or full (heads of weight files too)"),
            "--depth")
      ->type_name("WHAT");
  with_twin(app.add_flag("--no-cache", raw.common.no_cache, "Keep no answers on disk, and use none"),
            "--no-cache");
  with_twin(app.add_flag("--no-progress", raw.common.no_progress, "Do not tell of waits"), "--no-progress");
}

void add_refs(CLI::App& app, Raw& raw) {
  app.add_option("refs", raw.refs, "Models: org/name, org/name@revision, a page of the Hub, or gpt-4")
      ->type_name("REF");
}

std::string exit_table() {
  std::string out = "Exit codes:\n";
  for (const ExitMeaning& e : kExitMeanings) out += fmt::format("  {:<3} {}\n", e.code, e.meaning);
  return out;
}

const std::string kExamples =
    "Examples:\n"
    "  howopen deepseek-ai/DeepSeek-R1                 how open is it, what may I do with it?\n"
    "  howopen audit gpt-4 claude --offline            closed models, from the release catalog\n"
    "  howopen audit org/a org/b@v1 -o json            several models, for scripts\n"
    "  howopen fetch org/a --output a.json             save what the Hub answers …\n"
    "  howopen audit --replay a.json                   … and judge it again without a network\n"
    "  howopen explain license.tag-vs-text             what a rule means\n";

const std::string kEnvironment =
    "Environment:\n"
    "  HF_TOKEN, HF_TOKEN_PATH, HF_HOME, HF_ENDPOINT, HF_HUB_OFFLINE, HTTPS_PROXY, NO_PROXY,\n"
    "  SSL_CERT_FILE, SSL_CERT_DIR, NO_COLOR; every option as HOWOPEN_NAME.\n";

Plan say(std::string out, std::string err, int exit) {
  Plan plan;
  plan.command = SayPlan{std::move(out), std::move(err), exit};
  return plan;
}

Plan usage(const Error& e) {
  return say({},
             fmt::format("error: {}{}{}\n", e.what, e.where.empty() ? "" : "; " + e.where,
                         e.fix.empty() ? "" : "; " + e.fix),
             kUsage);
}

tl::unexpected<Error> misused(std::string what, std::string where, std::string fix) {
  return fail(Fault::usage, std::move(what), std::move(where), std::move(fix));
}

Result<std::vector<ModelRef>> parse_refs(const Raw& raw) {
  std::vector<ModelRef> out;
  const char* env = std::getenv("HF_ENDPOINT");
  const std::string endpoint = !raw.common.endpoint.empty() ? raw.common.endpoint : env != nullptr ? env : "";
  for (const std::string& ref : raw.refs) {
    TRY(ModelRef parsed, parse_ref(ref, endpoint));
    const bool again = std::any_of(out.begin(), out.end(), [&](const ModelRef& m) {
      return m.id == parsed.id && m.revision == parsed.revision;
    });
    if (!again) out.push_back(std::move(parsed));
  }
  return out;
}

using AnyPlan = decltype(Plan::command);

// One row a command: its options, and its plan from what they were set to.
struct Command {
  const char* name;
  const char* help;
  void (*options)(CLI::App& app, Raw& raw);
  Result<AnyPlan> (*plan)(const Raw& raw);
};

void audit_options(CLI::App& app, Raw& raw) {
  add_network(app, raw);
  add_refs(app, raw);
  with_twin(app.add_option("--replay", raw.replay, "Judge a saved snapshot or saved facts"), "--replay")
      ->type_name("FILE");
}

Result<AnyPlan> audit_plan(const Raw& raw) {
  TRY(std::vector<ModelRef> models, parse_refs(raw));
  if (models.empty() && raw.replay.empty()) return misused("no model named", {}, "howopen audit org/name");
  return AuditPlan{std::move(models), raw.replay};
}

void fetch_options(CLI::App& app, Raw& raw) {
  add_network(app, raw);
  add_refs(app, raw);
  app.add_option("--output", raw.output, "File to write")->type_name("FILE")->required();
}

Result<AnyPlan> fetch_plan(const Raw& raw) {
  TRY(std::vector<ModelRef> models, parse_refs(raw));
  if (models.empty()) return misused("no model named", {}, "howopen fetch org/name --output FILE");
  if (raw.common.offline) return misused("fetch needs the network", "--offline", "leave --offline out");
  return FetchPlan{std::move(models), raw.output};
}

void explain_options(CLI::App& app, Raw& raw) {
  app.add_option("rule", raw.rule, "Rule, e.g. license.tag-vs-text")->type_name("RULE");
}

Result<AnyPlan> explain_plan(const Raw& raw) {
  if (raw.rule.empty()) return misused("no rule named", {}, "howopen rules lists them");
  return ExplainPlan{raw.rule};
}

constexpr Command kCommands[] = {
    {"audit", "Judge models: verdict, five components, license, evidence", audit_options, audit_plan},
    {"fetch", "Save what the Hub answers about models, to be judged elsewhere", fetch_options, fetch_plan},
    {"explain", "What a rule means, how it is judged, what to do", explain_options, explain_plan},
    {"rules", "All rules", [](CLI::App&, Raw&) {}, [](const Raw&) -> Result<AnyPlan> { return RulesPlan{}; }},
};

const Command* command_named(std::string_view name) {
  const auto found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                  [&](const Command& c) { return name == c.name; });
  return found == std::end(kCommands) ? nullptr : found;
}

// Puts the command word first: `howopen org/name`, `howopen --json org/name`, `howopen --offline audit x/y`.
std::optional<Error> arrange(std::vector<std::string>& words) {
  const auto command = std::find_if(words.begin(), words.end(),
                                    [](const std::string& w) { return command_named(w) != nullptr; });
  const std::string first = words.front();
  const bool names_model = first.find_first_of("/:") != std::string::npos;
  if (command != words.begin() && !first.starts_with("-") && !names_model) {
    std::vector<std::string> names;
    for (const Command& c : kCommands) names.emplace_back(c.name);
    const auto near = text::nearest(first, names);
    const std::string shown = text::printable(first);
    return Error{Fault::usage, "unknown command", shown,
                 near ? fmt::format("did you mean `howopen {}`?", *near)
                      : fmt::format("to audit a model of this name: howopen audit {}", shown)};
  }
  if (command == words.end() || names_model)
    words.insert(words.begin(), "audit");
  else
    std::rotate(words.begin(), command, command + 1);
  return std::nullopt;
}

Error parse_error(const CLI::App& app, const CLI::ParseError& e) {
  const std::string see = fmt::format("see {} -h", app.get_name());
  if (dynamic_cast<const CLI::ExtrasError*>(&e) == nullptr) {
    std::string what = e.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    return {Fault::usage, text::printable(what), {}, see};
  }
  const auto rest = app.remaining();
  const std::string first = rest.empty() ? std::string() : rest.front();
  std::vector<std::string> names;
  for (const CLI::Option* o : app.get_options()) {
    for (const std::string& name : o->get_lnames()) names.push_back("--" + name);
  }
  const auto near = text::nearest(first, names);
  return {Fault::usage, first.starts_with("-") ? "unknown option" : "unexpected word", text::printable(first),
          near ? fmt::format("did you mean {}?", *near) : see};
}

Result<Plan> plan_of(const Command& command, const Raw& raw) {
  Plan plan;
  plan.common = raw.common;
  const auto format = from_word<Format>(raw.json ? "json" : raw.format);
  if (!format) return misused("unknown format", text::printable(raw.format), "text or json");
  plan.common.format = *format;
  if (raw.common.color != "auto" && raw.common.color != "always" && raw.common.color != "never") {
    return misused("unknown value of --color", text::printable(raw.common.color), "auto, always or never");
  }
  const auto depth = from_word<Depth>(raw.depth);
  if (!depth)
    return misused("unknown depth", "--depth " + text::printable(raw.depth), "metadata, card or full");
  plan.common.depth = *depth;
  const auto timeout = parse_duration(raw.timeout);
  if (!timeout || *timeout == 0)
    return misused("not a duration", "--timeout " + text::printable(raw.timeout), "write 30s, 500ms or 2m");
  plan.common.timeout_ms = *timeout;
  const auto max_wait = parse_duration(raw.max_wait);
  if (!max_wait)
    return misused("not a duration", "--max-wait " + text::printable(raw.max_wait), "write 0s, 90s or 5m");
  plan.common.max_wait_ms = *max_wait;
  TRY(plan.command, command.plan(raw));
  return plan;
}

std::string whole_help() {
  CLI::App app("How open is an AI model, really, and what may be done with it?", "howopen");
  app.set_help_flag();
  for (const Command& c : kCommands) app.add_subcommand(c.name, c.help);
  return app.help();
}

}  // namespace

std::optional<long> parse_duration(const std::string& s) {
  std::size_t digits = 0;
  while (digits < s.size() && s[digits] >= '0' && s[digits] <= '9') ++digits;
  if (digits == 0 || digits > 7) return std::nullopt;
  const long n = std::stol(s.substr(0, digits));
  const std::string unit = s.substr(digits);
  if (unit == "ms") return n;
  if (unit.empty() || unit == "s") return n * 1000;
  if (unit == "m") return n * 60'000;
  if (unit == "h") return n * 3'600'000;
  return std::nullopt;
}

Plan read_command_line(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words.empty()) words.emplace_back("-h");
  if (words[0] == "--version" || words[0] == "-V" || words[0] == "version")
    return say("howopen " HOWOPEN_VERSION "\n", {}, kJudged);
  const std::string more = "\n" + kExamples + "\n" + kEnvironment + "\n" + exit_table();
  if (words[0] == "-h") return say(whole_help() + "\n" + kExamples, {}, kJudged);
  if (words[0] == "--help" || words[0] == "help") return say(whole_help() + more, {}, kJudged);
  if (const auto error = arrange(words)) return usage(*error);

  // Options of the command in use only: the environment's twins would set those of every command.
  const Command& command = *command_named(words[0]);
  Raw raw;
  CLI::App app(command.help, fmt::format("howopen {}", command.name));
  add_common(app, raw);
  command.options(app, raw);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend() - 1);
    app.parse(reversed);
  } catch (const CLI::ParseError& e) {
    // Help wins over what is missing: `howopen fetch -h` needs no --output.
    if (!raw.short_help && !raw.long_help) return usage(parse_error(app, e));
  }
  if (raw.short_help) return say(app.help(), {}, kJudged);
  if (raw.long_help) return say(app.help() + more, {}, kJudged);
  Result<Plan> plan = plan_of(command, raw);
  return plan ? std::move(*plan) : usage(plan.error());
}

}  // namespace howopen::cli
