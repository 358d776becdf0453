// howopen init and policy: the policy file is written, checked and shown.
//
//   init  ->  howopen.toml of at most 40 lines, with what the tree names

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands.h"
#include "cli/output.h"
#include "files/file_io.h"
#include "files/streams.h"
#include "files/tree.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/world.h"
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

// Every key; what has no value of its own stands as a comment.
std::string full_policy(const Policy& p, const Scanned& scanned, const Catalog& catalog) {
  std::string out = short_policy(p, scanned);
  // The lists and levels again, each with its meaning.
  out.erase(out.find("[rules]"));
  out.insert(out.find("version = 1"), "# Every key: howopen help policy says more.\n");
  out.insert(out.find("\n[gate]\n"),
             "# extends = [\"base.toml\"]  # or an https address with #sha256=…: what this file builds on\n");
  while (out.ends_with("\n\n")) out.pop_back();
  out += fmt::format(
      "# on-unresolved = \"warn\"  # a name that stands for no model: undecided, deny, warn or allow\n"
      "min-expiry-notice = \"{}d\"  # a waiver that ends is told so long before\n"
      "max-catalog-age = \"{}d\"   # from then on catalog.stale\n\n",
      p.expiry_notice_days.value, p.catalog_days.value);
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
      "\n[use]  # what models are wanted for; without `for` nobody asks\n"
      "# for = [\"internal\"]  # as howopen audit --for\n# users = \"5k\"  # a month\n"
      "# revenue = \"20M-USD\"  # a year\n# in = [\"EU\"]\n# as = \"company\"  # person, academic or public\n"
      "# field = [\"medical\"]\n"
      "\n[jurisdiction]  # of the vendor, by the catalog; ISO 3166\nallow = []  # empty: all\ndeny = []\n"
      "\n# [[license-exception]]  # further licenses, for some models\n# model = \"org/name\"\n"
      "# allow = [\"AGPL-3.0-only\"]\n# reason = \"…\"\n"
      "\n# [[clarify]]  # what a license is, while a file stays as it is\n# model = \"org/name\"\n"
      "# license = \"Apache-2.0\"\n# file = { path = \"LICENSE\", sha256 = \"…\" }\n# reason = \"…\"\n"
      "\n# [[waiver]]\n# rule = \"license.ask\"\n# model = \"org/name\"\n# value = \"LicenseRef-…\"  # "
      "another license voids it\n# until = 2027-03-31\n# reason = \"…\"\n# by = \"legal@example.org\"\n";
  out +=
      "\n[scan]\ninclude = [\"**/*\"]\nexclude = []\nmin-confidence = \"medium\"  # high, medium or "
      "low\nignore-models = []\nrespect-gitignore = false  # without git, too\n"
      "aliases = {}  # names of Ollama and variables -> ids of the Hub\n"
      "\n[scan.roles]  # the most a finding is where a model stands in such files alone\n"
      "# test = \"warn\"  # code, config, command, test, document, comment or snapshot\n";
  out += fmt::format("\n[lock]\nfile = {}\n\n[lock.drift]  # what a change upstream means\n",
                     text::toml_string(p.lock_file.value));
  for (const auto& [rule, set] : p.drift)
    out += fmt::format("{:<20} = {}\n", rule, text::toml_string(word(set.value)));
  return out +
         "\n[hub]\n# endpoint = \"https://huggingface.co\"  # HF_ENDPOINT and --endpoint win\n"
         "# timeout = \"30s\"\n# max-wait = \"5m\"  # for a service's rate limit, in all\n";
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
    out.set("schema_version", text::Json(std::string(kSchemaVersion)));
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
  const files::FolderLock alone(kPolicyName);
  for (const char* name : {kPolicyName, ".howopen.toml", ".config/howopen.toml"}) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(name, error)))
      return fail(Fault::usage, "there is a policy already", name, "howopen policy show");
  }
  TRY(const Scanned scanned, files::scan_tree(".", {}));
  const Policy preset = preset_policy(plan.preset);
  const std::string content =
      plan.full ? full_policy(preset, scanned, catalog) : short_policy(preset, scanned);
  TRY([[maybe_unused]] const bool written, files::write_file(kPolicyName, content));
  if (!common.quiet && !files::write_out(fmt::format("{} written (preset {}). Next: howopen gate .\n",
                                                     kPolicyName, plan.preset)))
    return fail(Fault::usage, "the output cannot be written", "standard output");
  return kJudged;
}

Result<int> policy(const PolicyPlan& plan, const Common& given, const Catalog& catalog) {
  Common common = given;
  if (!plan.file.empty()) common.policy = plan.file;
  const std::optional<Policy> policy = run::load_policy(common, catalog);
  if (!policy) return kUsage;
  TRY(const std::string day, run::today(common));
  if (plan.action == PolicyPlan::Action::check) {
    // What only whoever asks the Hub would trip over.
    TRY(const Common asked, run::with_policy(common, *policy));
    if (asked.endpoint_of_policy) {
      TRY([[maybe_unused]] const auto world, run::World::open(asked));
    }
    // Whether one waives anything only a gate can tell.
    const std::vector<int> not_looked(policy->waivers.size(), -1);
    for (const Notice& n : waiver_notices(*policy, not_looked, day))
      files::write_err(fmt::format("warning: {}; {}:{}\n", text::printable(n.message),
                                   text::printable(n.place.file), n.place.line));
    if (!common.quiet && !files::write_out(fmt::format("{}: no errors\n", name_of(*policy))))
      return fail(Fault::usage, "the output cannot be written", "standard output");
    return kJudged;
  }
  const auto written =
      emit(common, [&](Format format, const Style&) { return shown(*policy, plan.origin, format); });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
