// howopen init, waive and policy: the policy file is written, added to, checked and shown.
//
//   init            ->  howopen.toml of at most 40 lines, with what the tree names
//   waive a/b RULE  ->  a [[waiver]] at its end; what was there stays as it was

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "cli/terminal.h"
#include "cli/tree.h"
#include "cli/world.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/object.h"
#include "text/toml.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPolicyName = "howopen.toml";

std::string quoted_list(const std::vector<std::string>& list) {
  std::vector<std::string> out;
  for (const std::string& s : list) out.push_back(text::toml_string(s));
  return fmt::format("[{}]", fmt::join(out, ", "));
}

std::vector<std::string> ids_of(const LicenseList& list) {
  std::vector<std::string> out;
  for (const auto& id : list.ids) out.push_back(id.value);
  return out;
}

std::string words_of(const Set<Level>& fail_on) {
  return fail_on.value == Level::off ? "never" : std::string(word(fail_on.value));
}

// What the tree names, as a comment: the file says what it is for.
std::string seen(const Scanned& scanned) {
  std::set<std::string> ids;
  for (const ModelReference& r : scanned.references) ids.insert(r.id);
  if (ids.empty()) return "# No model was found here yet; howopen scan looks again.\n";
  std::string out = fmt::format("# Models named here ({}):", ids.size());
  std::size_t shown = 0;
  for (const std::string& id : ids) {
    if (++shown > 6) break;
    out += fmt::format("{} {}", shown > 1 ? "," : "", text::printable(id));
  }
  return out + (ids.size() > 6 ? ", …\n" : "\n");
}

// License lists are broken into lines that can be read.
std::string list_lines(const std::string& key, const std::vector<std::string>& list) {
  std::string out = key + " = [";
  std::string line;
  for (const std::string& id : list) {
    const std::string one = text::toml_string(id) + ",";
    if (line.size() + one.size() > 88) {
      out += "\n  " + line;
      line.clear();
    }
    line += (line.empty() ? "" : " ") + one;
  }
  return out + (line.empty() ? "" : "\n  " + line) + "\n]\n";
}

std::string short_policy(const Policy& p, const Scanned& scanned) {
  std::string out =
      "# What this project wants of AI models. howopen gate . applies it; howopen rules lists the rules.\n" +
      seen(scanned);
  out += fmt::format(
      "version = 1\npreset = {}  # permissive, osaid, mof or report: what is not said here is as "
      "there\n\n[gate]\n",
      text::toml_string(p.preset));
  out += p.minimum.value ? fmt::format("minimum-verdict = {}\n", text::toml_string(word(*p.minimum.value)))
                         : "# minimum-verdict = \"open-weights\"\n";
  out += fmt::format(
      "fail-on = {}          # deny, warn or never\non-unknown = {}  # a model without a verdict: undecided "
      "(exit 3), deny, warn or allow\n\n",
      text::toml_string(words_of(p.fail_on)), text::toml_string(word(p.on_unknown.value)));
  out += "[rules]  # deny, warn, note or off\n";
  for (const auto& [rule, set] : p.levels) {
    if (set.place.file != "built-in")
      out += fmt::format("{} = {}\n", text::toml_string(rule), text::toml_string(word(set.value)));
  }
  out +=
      "# \"revision.pinned\" = \"warn\"\n# \"weights.safe-format\" = \"deny\"\n\n[licenses]  # SPDX ids, or "
      "LicenseRef-… of howopen license\n";
  out += list_lines("allow", ids_of(p.allow));
  out += "ask = []   # allowed with a waiver\ndeny = []\n";
  return out;
}

std::string full_policy(const Policy& p, const Scanned& scanned, const Catalog& catalog) {
  std::string out = short_policy(p, scanned);
  // The lists and levels again, each with its meaning.
  out.erase(out.find("[rules]"));
  out += "[rules]  # deny, warn, note or off\n";
  for (const auto& [rule, set] : p.levels) {
    const RuleText* text = catalog.rule(rule);
    out += fmt::format("{:<24} = {:<7}{}\n", text::toml_string(rule), text::toml_string(word(set.value)),
                       text != nullptr ? "  # " + text->question : "");
  }
  out +=
      "\n[licenses]  # SPDX ids, or LicenseRef-… of howopen license\n" + list_lines("allow", ids_of(p.allow));
  out += fmt::format(
      "ask = []   # allowed with a waiver\ndeny = []\nconfidence = {:g}        # a text that is less sure is "
      "unknown\nrequire-file = {}      # a tag without a text is not enough\n"
      "applies-to = {}  # weights, code, data\n",
      p.confidence.value, p.require_file.value, quoted_list(p.applies_to.value));
  out +=
      "\n[jurisdiction]  # of the vendor, by the catalog; ISO 3166\nallow = []  # empty: all\ndeny = []\n"
      "\n# [[waiver]]\n# rule = \"license.ask\"\n# model = \"org/name\"\n# value = \"LicenseRef-…\"  # "
      "another license voids it\n# until = 2027-03-31\n# reason = \"…\"\n# by = \"legal@example.org\"\n";
  out +=
      "\n[scan]\ninclude = [\"**/*\"]\nexclude = []\nmin-confidence = \"medium\"  # high, medium or "
      "low\nignore-models = []\nrespect-gitignore = false  # without git, too\n"
      "aliases = {}  # names of Ollama and variables -> ids of the Hub\n";
  out += fmt::format("\n[lock]\nfile = {}\n\n[lock.drift]  # what a change upstream means\n",
                     text::toml_string(p.lock_file.value));
  for (const auto& [rule, set] : p.drift)
    out += fmt::format("{:<20} = {}\n", rule, text::toml_string(word(set.value)));
  return out;
}

// `email` under `[user]` of a configuration of git; nothing is run for it.
std::string email_of(std::string_view config) {
  bool user = false;
  while (!config.empty()) {
    const std::size_t end = config.find('\n');
    const std::string_view line = text::trim(config.substr(0, end));
    config = end == std::string_view::npos ? std::string_view() : config.substr(end + 1);
    if (line.starts_with('[')) user = text::equal_ignoring_case(line, "[user]");
    const std::size_t equals = line.find('=');
    if (!user || equals == std::string_view::npos ||
        !text::equal_ignoring_case(text::trim(line.substr(0, equals)), "email"))
      continue;
    std::string_view value = text::trim(line.substr(equals + 1));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return std::string(value);
  }
  return {};
}

std::string signer() {
  for (const char* name : {"HOWOPEN_BY", "GIT_AUTHOR_EMAIL"}) {
    if (std::string v = variable(name); !v.empty()) return v;
  }
  const std::string home = variable("HOME");
  const std::string config =
      variable("XDG_CONFIG_HOME").empty() ? home + "/.config" : variable("XDG_CONFIG_HOME");
  for (const std::string& file :
       {repository_root(".") + "/.git/config", home + "/.gitconfig", config + "/git/config"}) {
    const auto content = read_file(file, limits::kPolicy);
    if (std::string email = content ? email_of(*content) : std::string(); !email.empty()) return email;
  }
  for (const char* name : {"EMAIL", "USER"}) {
    if (std::string v = variable(name); !v.empty()) return v;
  }
  return {};
}

struct Row {
  std::string key;
  std::string value;
  PolicyLine place;
};

std::vector<Row> rows(const Policy& p) {
  std::vector<Row> out;
  const auto put = [&](std::string key, std::string value, const PolicyLine& place) {
    out.push_back({std::move(key), std::move(value), place});
  };
  put("gate.minimum-verdict", p.minimum.value ? std::string(word(*p.minimum.value)) : "none",
      p.minimum.place);
  put("gate.fail-on", words_of(p.fail_on), p.fail_on.place);
  put("gate.on-unknown", std::string(word(p.on_unknown.value)), p.on_unknown.place);
  put("gate.on-unresolved",
      p.on_unresolved.value ? std::string(word(*p.on_unresolved.value)) : "by the level of scan.unresolved",
      p.on_unresolved.place);
  put("gate.min-expiry-notice", fmt::format("{}d", p.expiry_notice_days.value), p.expiry_notice_days.place);
  put("gate.max-catalog-age", fmt::format("{}d", p.catalog_days.value), p.catalog_days.place);
  for (const auto& [rule, set] : p.levels) put("rules." + rule, std::string(word(set.value)), set.place);
  for (const auto& [key, list] :
       {std::pair{"allow", &p.allow}, std::pair{"ask", &p.ask}, std::pair{"deny", &p.deny}})
    put(fmt::format("licenses.{}", key), fmt::format("{}", fmt::join(ids_of(*list), ", ")), list->place);
  put("licenses.confidence", fmt::format("{:g}", p.confidence.value), p.confidence.place);
  put("licenses.require-file", p.require_file.value ? "true" : "false", p.require_file.place);
  put("licenses.applies-to", fmt::format("{}", fmt::join(p.applies_to.value, ", ")), p.applies_to.place);
  put("jurisdiction.allow", fmt::format("{}", fmt::join(p.jurisdictions_allowed.value, ", ")),
      p.jurisdictions_allowed.place);
  put("jurisdiction.deny", fmt::format("{}", fmt::join(p.jurisdictions_denied.value, ", ")),
      p.jurisdictions_denied.place);
  for (const auto& x : p.exceptions)
    put("license-exception", fmt::format("{}: {}", x.model, fmt::join(x.allow, ", ")), x.place);
  for (const auto& c : p.clarifications)
    put("clarify", fmt::format("{}: {} while {} is {}", c.model, c.license, c.path, c.sha256.substr(0, 12)),
        c.place);
  for (const auto& w : p.waivers)
    put("waiver", fmt::format("{} for {} until {} by {}: {}", w.rule, w.model, w.until, w.by, w.reason),
        w.place);
  put("lock.file", p.lock_file.value, p.lock_file.place);
  for (const auto& [rule, set] : p.drift) put("lock.drift." + rule, std::string(word(set.value)), set.place);
  return out;
}

std::string origin_of(const PolicyLine& place) {
  if (place.file.empty()) return "built-in";
  return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

std::string shown(const Policy& p, bool origin, Format format) {
  if (format == Format::json) {
    text::Json out;
    out.set("schema_version", text::Json("1.0.0"));
    out.set("file", p.file.empty() ? text::Json() : text::Json(p.file));
    out.set("preset", text::Json(p.preset));
    text::Json& values = out.set("values", text::Json::array());
    for (const Row& r : rows(p)) {
      text::Json one;
      one.set("key", text::Json(r.key));
      one.set("value", text::Json(r.value));
      one.set("origin", text::Json(origin_of(r.place)));
      values.push(std::move(one));
    }
    return text::write_json(out, true);
  }
  std::string out;
  for (const Row& r : rows(p))
    out += fmt::format("{:<32}{}{}\n", r.key, text::printable(r.value),
                       origin ? "    # " + text::printable(origin_of(r.place)) : "");
  return out;
}

}  // namespace

Result<int> init(const InitPlan& plan, const Common& common, const Catalog& catalog) {
  const FolderLock alone(kPolicyName);
  for (const char* name : {kPolicyName, ".howopen.toml", ".config/howopen.toml"}) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(name, error)))
      return fail(Fault::usage, "there is a policy already", name, "howopen policy show");
  }
  TRY(const Scanned scanned, scan_tree(".", {}));
  const Policy preset = preset_policy(plan.preset);
  const std::string content =
      plan.full ? full_policy(preset, scanned, catalog) : short_policy(preset, scanned);
  TRY([[maybe_unused]] const bool written, write_file(kPolicyName, content));
  if (!common.quiet &&
      !write_out(fmt::format("{} written (preset {}). Next: howopen gate .\n", kPolicyName, plan.preset)))
    return fail(Fault::usage, "the output cannot be written", "standard output");
  return kJudged;
}

Result<int> waive(const WaivePlan& plan, const Common& common, const Catalog& catalog) {
  const std::string path = !common.policy.empty() ? common.policy : find_policy();
  if (path.empty()) return fail(Fault::usage, "there is no policy to add it to", {}, "howopen init");
  std::error_code ignored;
  if (fs::is_symlink(path, ignored))
    return fail(Fault::usage, "a link, not a policy", path, "name the file that it leads to: --policy FILE");
  if (text::trim(plan.model).empty())
    return fail(Fault::usage, "no model named", {}, "howopen waive org/name RULE");
  const std::vector<std::string> known = policy_rules();
  if (std::find(known.begin(), known.end(), plan.rule) == known.end()) {
    const auto near = text::nearest(plan.rule, known);
    return fail(Fault::usage, "unknown rule", text::printable(plan.rule),
                near ? "did you mean " + *near + "?" : "howopen rules lists them");
  }
  const auto until = day_number(plan.until);
  TRY(const std::string day, today(common));
  if (!until)
    return fail(Fault::usage, "not a day", "--until " + text::printable(plan.until), "write 2027-03-31");
  if (plan.until < day)
    return fail(Fault::usage, "that day is past", "--until " + plan.until, "a day to come");
  const std::string by = plan.by.empty() ? signer() : plan.by;
  if (by.empty())
    return fail(Fault::usage, "nobody is named who signs the waiver", "--by", "--by legal@example.org");
  if (text::trim(plan.reason) == "…" || text::trim(plan.reason) == "...")
    return fail(Fault::usage, "a waiver needs a reason", "--reason " + plan.reason,
                "--reason 'why this is fine here'");
  for (const auto& [option, value] : {std::pair{"--reason", &plan.reason}, std::pair{"--by", &by}}) {
    if (text::trim(*value).empty()) return fail(Fault::usage, "says nothing", option, "say who, and why");
  }
  const FolderLock alone(path);
  TRY(std::string content, read_file(path, limits::kPolicy));
  // A file that is broken is not added to.
  const std::optional<Policy> before = load_policy(common, catalog);
  if (!before) return kUsage;
  std::string added = fmt::format("\n[[waiver]]\nrule   = {}\nmodel  = {}\n", text::toml_string(plan.rule),
                                  text::toml_string(plan.model));
  if (!plan.value.empty()) added += fmt::format("value  = {}\n", text::toml_string(plan.value));
  added += fmt::format("until  = {}\nreason = {}\nby     = {}\n", plan.until, text::toml_string(plan.reason),
                       text::toml_string(by));
  if (!content.empty() && content.back() != '\n') content += '\n';
  const auto line = std::count(content.begin(), content.end(), '\n') + 2;
  // What it extends is not read again: the waiver may bring no error that was not there.
  const std::size_t known_errors = read_policy({{path, content}}, catalog).errors.size();
  const ReadPolicy after = read_policy({{path, content + added}}, catalog);
  if (after.errors.size() > known_errors) return tl::unexpected<Error>(after.errors.back());
  if (content.size() + added.size() > limits::kPolicy)
    return fail(Fault::usage, fmt::format("larger than {} bytes with this waiver", limits::kPolicy), path,
                "take out waivers that are over");
  TRY([[maybe_unused]] const bool written, write_file(path, content + added));
  std::string diff = fmt::format("{}:{}\n", path, line);
  std::string_view rest = std::string_view(added).substr(1);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    diff += "+ " + text::printable(rest.substr(0, end)) + "\n";
    rest = rest.substr(end + 1);
  }
  if (!write_out(diff)) return fail(Fault::usage, "the output cannot be written", "standard output");
  return kJudged;
}

Result<int> policy(const PolicyPlan& plan, const Common& common, const Catalog& catalog) {
  const std::optional<Policy> policy = load_policy(common, catalog);
  if (!policy) return kUsage;
  TRY(const std::string day, today(common));
  if (plan.action == PolicyPlan::Action::check) {
    // What only whoever asks the Hub would trip over.
    TRY(const Common asked, with_policy(common, *policy));
    if (asked.endpoint_of_policy) {
      TRY([[maybe_unused]] const auto world, World::open(asked));
    }
    // Whether one waives anything only a gate can tell.
    const std::vector<int> not_looked(policy->waivers.size(), -1);
    for (const Notice& n : waiver_notices(*policy, not_looked, day))
      write_err(fmt::format("warning: {}; {}:{}\n", text::printable(n.message), text::printable(n.place.file),
                            n.place.line));
    if (!common.quiet && !write_out(fmt::format("{}: no errors\n", name_of(*policy))))
      return fail(Fault::usage, "the output cannot be written", "standard output");
    return kJudged;
  }
  const auto written =
      emit(common, [&](Format format, const Style&) { return shown(*policy, plan.origin, format); });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
