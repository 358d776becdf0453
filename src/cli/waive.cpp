// howopen waive: a waiver is added to the policy file.
//
//   waive a/b RULE  ->  a [[waiver]] at its end; what was there stays as it was, line ends included

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands.h"
#include "files/environment.h"
#include "files/file_io.h"
#include "files/streams.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/targets.h"
#include "text/glob.h"
#include "text/limits.h"
#include "text/object.h"
#include "text/toml.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

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
    if (std::string v = files::variable(name); !v.empty()) return v;
  }
  const std::string home = files::variable("HOME");
  const std::string config =
      files::variable("XDG_CONFIG_HOME").empty() ? home + "/.config" : files::variable("XDG_CONFIG_HOME");
  for (const std::string& file :
       {files::repository_root(".") + "/.git/config", home + "/.gitconfig", config + "/git/config"}) {
    const auto content = files::read_file(file, limits::kPolicy);
    if (std::string email = content ? email_of(*content) : std::string(); !email.empty()) return email;
  }
  for (const char* name : {"EMAIL", "USER"}) {
    if (std::string v = files::variable(name); !v.empty()) return v;
  }
  return {};
}

// A waiver of a model that nobody uses is no error: it may come tomorrow. A misspelt one waives nothing.
void tell_of_strangers(const std::string& pattern, const Policy& policy, Common common,
                       const Catalog& catalog) {
  common.verbosity = 0;
  const auto targets = run::find_targets({{"."}}, policy, common, catalog);
  if (!targets) return;  // the gate says what is wrong with the tree
  std::vector<std::string> ids;
  for (const run::Target& t : targets->models) {
    const UnreleasedModel* release = catalog.release(t.model.id);
    ids.push_back(release != nullptr ? release->name : t.model.id);
    if (text::glob(pattern, t.model.id) || text::glob(pattern, ids.back())) return;
  }
  if (ids.empty() || pattern == "*") return;
  std::vector<std::string> near;
  if (const auto one = text::nearest(pattern, ids))
    near.push_back(*one);
  else if (pattern.find('*') == std::string::npos)
    near = catalog.named(pattern).nearest;
  if (near.size() > 3) near.resize(3);
  files::write_err(fmt::format("note: nothing in this folder uses {}{}\n", text::printable(pattern),
                               near.empty() ? ": until something does, it waives nothing"
                                            : fmt::format("; did you mean {}?", fmt::join(near, ", "))));
}

// Line ends of a file, as most of its lines have them.
bool ends_with_cr(std::string_view content) {
  std::size_t all = 0;
  std::size_t with = 0;
  for (std::size_t at = content.find('\n'); at != std::string_view::npos; at = content.find('\n', at + 1)) {
    ++all;
    with += at > 0 && content[at - 1] == '\r' ? 1 : 0;
  }
  return with * 2 > all;
}

std::string with_cr(std::string_view lines) {
  std::string out;
  for (const char c : lines) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

Result<int> waive(const WaivePlan& plan, const Common& common, const Catalog& catalog) {
  const std::string path = !common.policy.empty() ? common.policy : run::find_policy();
  if (path.empty()) return fail(Fault::usage, "there is no policy to add it to", {}, "howopen init");
  std::error_code ignored;
  if (fs::is_symlink(path, ignored))
    return fail(Fault::usage, "a link, not a policy", path, "name the file that it leads to: --policy FILE");
  if (text::trim(plan.model).empty())
    return fail(Fault::usage, "no model named", {}, "howopen waive org/name RULE");
  const std::vector<std::string> known = policy_rules();
  const auto is_rule = [&](const std::string& s) {
    return std::find(known.begin(), known.end(), s) != known.end();
  };
  if (!is_rule(plan.rule)) {
    const bool misspelt = plan.rule.find('/') != std::string::npos && text::nearest(plan.model, known);
    if (is_rule(plan.model) || misspelt)
      return fail(Fault::usage, "the model comes first, then the rule", text::printable(plan.model),
                  fmt::format("howopen waive {} {} --until … --reason …", text::printable(plan.rule),
                              is_rule(plan.model) ? plan.model : *text::nearest(plan.model, known)));
    const auto near = text::nearest(plan.rule, known);
    return fail(Fault::usage, "unknown rule", text::printable(plan.rule),
                near ? "did you mean " + *near + "?" : "howopen rules lists them");
  }
  const auto until = day_number(plan.until);
  TRY(const std::string day, run::today(common));
  if (!until)
    return fail(Fault::usage, "not a day", "--until " + text::printable(plan.until), "write 2027-03-31");
  if (plan.until < day)
    return fail(Fault::usage, "that day is past", "--until " + plan.until, "a day to come");
  const std::string by = plan.by.empty() ? signer() : plan.by;
  if (by.empty())
    return fail(Fault::usage, "nobody is named who signs the waiver", "--by",
                "--by legal@example.org, or HOWOPEN_BY for all of them");
  if (text::trim(plan.reason) == "…" || text::trim(plan.reason) == "...")
    return fail(Fault::usage, "a waiver needs a reason", "--reason " + plan.reason,
                "--reason 'why this is fine here'");
  for (const auto& [option, value] : {std::pair{"--reason", &plan.reason}, std::pair{"--by", &by}}) {
    if (text::trim(*value).empty()) return fail(Fault::usage, "says nothing", option, "say who, and why");
  }
  const files::FolderLock alone(path);
  TRY(std::string content, files::read_file(path, limits::kPolicy));
  // A file that is broken is not added to.
  const std::optional<Policy> before = run::load_policy(common, catalog);
  if (!before) return kUsage;
  std::string added = fmt::format("\n[[waiver]]\nrule   = {}\nmodel  = {}\n", text::toml_string(plan.rule),
                                  text::toml_string(plan.model));
  if (!plan.value.empty()) added += fmt::format("value  = {}\n", text::toml_string(plan.value));
  added += fmt::format("until  = {}\nreason = {}\nby     = {}\n", plan.until, text::toml_string(plan.reason),
                       text::toml_string(by));
  const bool cr = ends_with_cr(content);
  if (!content.empty() && content.back() != '\n') content += cr ? "\r\n" : "\n";
  const std::string bytes = cr ? with_cr(added) : added;
  const auto line = std::count(content.begin(), content.end(), '\n') + 2;
  // What it extends is not read again: the waiver may bring no error that was not there.
  const std::size_t known_errors = read_policy({{path, content}}, catalog).errors.size();
  const ReadPolicy after = read_policy({{path, content + bytes}}, catalog);
  if (after.errors.size() > known_errors) return tl::unexpected<Error>(after.errors.back());
  if (content.size() + bytes.size() > limits::kPolicy)
    return fail(Fault::usage, fmt::format("larger than {} bytes with this waiver", limits::kPolicy), path,
                "take out waivers that are over");
  TRY([[maybe_unused]] const bool written, files::write_file(path, content + bytes));
  std::string diff = fmt::format("{}:{}\n", path, line);
  std::string_view rest = std::string_view(added).substr(1);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    diff += "+ " + text::printable(rest.substr(0, end)) + "\n";
    rest = rest.substr(end + 1);
  }
  if (!files::write_out(diff)) return fail(Fault::usage, "the output cannot be written", "standard output");
  if (!common.quiet) tell_of_strangers(plan.model, *before, common, catalog);
  return kJudged;
}

}  // namespace howopen::cli
