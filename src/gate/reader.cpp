// Policy files: howopen.toml and what it extends, over the preset it names. Later files win key by key;
// exceptions, clarifications and waivers add up. Everything wrong in all of them is told in one go.
//
//   [rules] "data.published" = "warn"   ->  that rule's level, with its line
//   [licenses] alow = ["MIT"]           ->  error: unknown key licenses.alow; howopen.toml:1; did you mean
//   allow?

#include <fmt/format.h>

#include <algorithm>

#include "catalog/expression.h"
#include "gate/rules.h"
#include "gate/table.h"
#include "text/digest.h"
#include "text/object.h"
#include "text/toml.h"
#include "text/utf8.h"

namespace howopen {
namespace {

using gate::Table;
using text::Json;

enum class Never { deny, warn, never };

}  // namespace
template <>
struct Words<Never> {
  static constexpr std::string_view names[] = {"deny", "warn", "never"};
};
namespace {

constexpr std::string_view kVerdicts[] = {"open-source-ai-open-data", "open-source-ai", "open-weights",
                                          "weights-available"};

class Reader {
 public:
  Reader(const PolicyText& text, const Catalog& catalog, Policy& policy, std::vector<Error>& errors)
      : file_(text.name), catalog_(catalog), p_(policy), errors_(errors) {}

  void read(const Json& document) {
    Table top = table(document, "");
    const Json* version = top.find("version");
    if (version == nullptr)
      top.wrong("version", "is required", "write version = 1 at the top");
    else if (version->integer_or(0) != 1)
      version_hint(top, *version);
    top.find("preset");   // read before
    top.find("extends");  // followed before
    gate(top.table("gate"));
    rules(top.table("rules"));
    licenses(top.table("licenses"));
    gate::read_use(table(top.table("use"), "use"), p_, catalog_);
    jurisdiction(top.table("jurisdiction"));
    for (const Json* t : top.tables("license-exception")) exception(*t);
    for (const Json* t : top.tables("clarify")) clarify(*t);
    for (const Json* t : top.tables("waiver")) waiver(*t);
    gate::read_scan(table(top.table("scan"), "scan"), p_);
    lock(top.table("lock"));
    gate::read_hub(table(top.table("hub"), "hub"), p_);
    top.done();
  }

 private:
  static void version_hint(Table& top, const Json& version) {
    const bool quoted = version.string_or("") == "1";
    top.wrong(
        "version", "is not 1",
        quoted ? top.without_quotes("version", false) : "this howopen reads version 1: write version = 1");
  }

  Table table(const Json& t, std::string name) { return {t, std::move(name), file_, errors_}; }

  void gate(const Json& json) {
    Table t = table(json, "gate");
    std::string verdict;
    if (t.string("minimum-verdict", verdict)) {
      if (std::find(std::begin(kVerdicts), std::end(kVerdicts), verdict) == std::end(kVerdicts))
        t.wrong_word("minimum-verdict", verdict, {std::begin(kVerdicts), std::end(kVerdicts)});
      else
        p_.minimum = {from_word<Rung>(verdict), t.line_of("minimum-verdict", verdict)};
    }
    Never fail_on{};
    if (t.word("fail-on", fail_on)) {
      const Level level = fail_on == Never::deny   ? Level::deny
                          : fail_on == Never::warn ? Level::warn
                                                   : Level::off;
      p_.fail_on = {level, t.line_of("fail-on", word(fail_on))};
    }
    if (t.word("on-unknown", p_.on_unknown.value))
      p_.on_unknown.place = t.line_of("on-unknown", word(p_.on_unknown.value));
    OnUnknown unresolved{};
    if (t.word("on-unresolved", unresolved))
      p_.on_unresolved = {unresolved, t.line_of("on-unresolved", word(unresolved))};
    if (t.days("min-expiry-notice", p_.expiry_notice_days.value))
      p_.expiry_notice_days.place = t.line_of("min-expiry-notice");
    if (t.days("max-catalog-age", p_.catalog_days.value))
      p_.catalog_days.place = t.line_of("max-catalog-age");
    t.done();
  }

  void rules(const Json& json) {
    Table t = table(json, "rules");
    for (const auto& [rule, value] : json.members()) {
      if (!std::binary_search(known_.begin(), known_.end(), rule)) {
        t.find(rule);
        const auto near = text::nearest(rule, known_);
        t.wrong(rule, "is no rule",
                near ? fmt::format("did you mean \"{}\"?", *near) : "howopen rules lists them");
        continue;
      }
      Level level{};
      if (t.word(rule, level)) p_.levels[rule] = {level, t.line_of(rule, word(level))};
    }
    t.done();
  }

  // Of a file that is wrong all over the first hundred errors are helped with.
  std::string meant(std::string_view written) const {
    return errors_.size() < 100 ? catalog::nearest_licenses(std::string(written), catalog_) : std::string();
  }

  // A license by itself; what is none is told with the nearest that is.
  std::optional<std::string> license_id(Table& t, const Json& item) {
    const std::string_view written = item.string_or("");
    const auto parsed = catalog::parse_expression(written, catalog_);
    if (!parsed) {
      // The parser says it of a single word, in the same words.
      const std::string name = fmt::format("\"{}\" is no license", text::printable(written));
      const std::string& what = parsed.error().what;
      const std::string near = meant(written);
      t.wrong_at(item.line, what.starts_with(name) ? what : fmt::format("{}: {}", name, what),
                 !near.empty()                ? fmt::format("did you mean {}?", near)
                 : parsed.error().fix.empty() ? "SPDX ids, or LicenseRef-… of howopen license"
                                              : parsed.error().fix);
      return std::nullopt;
    }
    if (parsed->kind != catalog::Expression::Kind::license) {
      t.wrong_at(item.line, fmt::format("\"{}\" names several licenses", text::printable(written)),
                 "one license an entry");
      return std::nullopt;
    }
    return parsed->text();
  }

  void list(Table& t, std::string_view key, LicenseList& out) {
    const Json* found = t.find(key);
    if (found == nullptr) return;
    if (!found->is_array()) {
      t.wrong(key, "is not a list", t.as_list(key));
      return;
    }
    out = {};
    out.place = t.line_of(key);
    for (const Json& item : found->items()) {
      if (!item.is_string()) {
        t.wrong_at(item.line, fmt::format("licenses.{} holds something that is not a string", key));
      } else if (const auto id = license_id(t, item)) {
        out.ids.push_back({*id, {file_, item.line, fmt::format("licenses.{}: {}", key, *id)}});
      }
    }
  }

  void licenses(const Json& json) {
    Table t = table(json, "licenses");
    list(t, "allow", p_.allow);
    list(t, "ask", p_.ask);
    list(t, "deny", p_.deny);
    const auto twice = [&](const LicenseList& a, const LicenseList& b, std::string_view first,
                           std::string_view second) {
      std::map<std::string_view, const Set<std::string>*> others;
      for (const Set<std::string>& x : b.ids) others.emplace(x.value, &x);
      for (const Set<std::string>& id : a.ids) {
        const auto same = others.find(id.value);
        // What a file denies or asks for wins over a list that it did not write itself.
        if (same == others.end() || same->second->place.file != file_ || id.place.file != file_) continue;
        t.wrong_at(
            same->second->place.line,
            fmt::format("{} stands under {} (line {}) and under {}", id.value, first, id.place.line, second),
            "leave one of them");
      }
    };
    twice(p_.allow, p_.ask, "allow", "ask");
    twice(p_.allow, p_.deny, "allow", "deny");
    twice(p_.ask, p_.deny, "ask", "deny");
    if (t.number("confidence", p_.confidence.value)) {
      p_.confidence.place = t.line_of("confidence");
      if (!(p_.confidence.value >= 0 && p_.confidence.value <= 1))
        t.wrong("confidence", "is not between 0 and 1");
    }
    if (t.boolean("require-file", p_.require_file.value))
      p_.require_file.place = t.line_of("require-file", p_.require_file.value ? "true" : "false");
    if (t.strings("applies-to", p_.applies_to.value)) {
      p_.applies_to.place = t.line_of("applies-to");
      for (const std::string& what : p_.applies_to.value) {
        if (what != "weights" && what != "code" && what != "data")
          t.wrong_word("applies-to", what, {"weights", "code", "data"});
      }
    }
    t.done();
  }

  void jurisdiction(const Json& json) {
    Table t = table(json, "jurisdiction");
    for (auto [key, set] :
         {std::pair{"allow", &p_.jurisdictions_allowed}, std::pair{"deny", &p_.jurisdictions_denied}}) {
      if (!t.strings(key, set->value)) continue;
      set->place = t.line_of(key);
      for (const std::string& code : set->value) {
        if (code.size() != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z')
          t.wrong(key, fmt::format("holds \"{}\"", text::printable(code)),
                  "two capital letters, ISO 3166: \"US\"");
      }
    }
    t.done();
  }

  // The file and line of a table, and what it is about.
  static PolicyLine named(const Table& t, std::string what) {
    PolicyLine out = t.place();
    out.text = fmt::format("[[{}]] {}", out.text, what);
    return out;
  }

  void exception(const Json& json) {
    Table t = table(json, "license-exception");
    LicenseException e;
    e.model = t.required("model");
    LicenseList allow;
    list(t, "allow", allow);
    if (allow.ids.empty()) t.wrong("allow", "names no license");
    for (Set<std::string>& id : allow.ids) e.allow.push_back(std::move(id.value));
    e.reason = t.required("reason");
    e.place = named(t, e.model);
    t.done();
    p_.exceptions.push_back(std::move(e));
  }

  void clarify(const Json& json) {
    Table t = table(json, "clarify");
    Clarify c;
    c.model = t.required("model");
    c.reason = t.required("reason");
    const std::string written = t.required("license");
    if (const auto parsed = catalog::parse_expression(written, catalog_))
      c.license = parsed->text();
    else if (!written.empty())
      t.wrong("license", "is no license expression: " + parsed.error().what,
              meant(written).empty() ? parsed.error().fix : fmt::format("did you mean {}?", meant(written)));
    Table file = table(t.table("file"), "clarify.file");
    c.path = file.required("path");
    c.sha256 = text::lower(file.required("sha256"));
    if (!c.sha256.empty() && !text::is_hex(c.sha256, 64)) file.wrong("sha256", "is not 64 hex digits");
    file.done();
    c.place = named(t, c.model);
    t.done();
    p_.clarifications.push_back(std::move(c));
  }

  void waiver(const Json& json) {
    Table t = table(json, "waiver");
    Waiver w;
    w.rule = t.required("rule");
    if (!w.rule.empty() && !std::binary_search(known_.begin(), known_.end(), w.rule)) {
      const auto near = text::nearest(w.rule, known_);
      t.wrong("rule", fmt::format("is \"{}\", which is no rule", text::printable(w.rule)),
              near ? fmt::format("did you mean \"{}\"?", *near) : "howopen rules lists them");
    }
    w.model = t.required("model");
    gate::check_model_pattern(t, "model", w.model);
    t.string("value", w.value);
    w.until = t.required("until");
    if (!w.until.empty() && !day_number(w.until))
      t.wrong("until", "is not a day", "write until = 2027-03-31");
    w.reason = t.required("reason");
    w.by = t.required("by");
    w.place = named(t, fmt::format("{} {}", w.rule, w.model));
    t.done();
    p_.waivers.push_back(std::move(w));
  }

  void lock(const Json& json) {
    Table t = table(json, "lock");
    if (t.string("file", p_.lock_file.value)) {
      p_.lock_file.place = t.line_of("file");
      const std::string& f = p_.lock_file.value;
      if (f.empty() || f.front() == '/' || f.find("..") != std::string::npos)
        t.wrong("file", "leads out of the project", "a path below the policy file");
    }
    const Json& json_drift = t.table("drift");
    Table drift = table(json_drift, "lock.drift");
    for (const gate::DriftRule& rule : gate::kDriftRules) {
      Level level{};
      if (drift.word(rule.id, level))
        p_.drift[std::string(rule.id)] = {level, drift.line_of(rule.id, word(level))};
    }
    drift.done();
    t.done();
  }

  std::string file_;
  const std::vector<std::string> known_ = policy_rules();  // sorted
  const Catalog& catalog_;
  Policy& p_;
  std::vector<Error>& errors_;
};

// An exception for what is denied would never apply.
void contradictions(const Policy& p, std::vector<Error>& errors) {
  std::map<std::string_view, const Set<std::string>*> denied;
  for (const Set<std::string>& id : p.deny.ids) denied.emplace(id.value, &id);
  for (const LicenseException& x : p.exceptions) {
    for (const std::string& allowed : x.allow) {
      const auto found = denied.find(allowed);
      if (found == denied.end()) continue;
      const Set<std::string>& id = *found->second;
      errors.push_back({Fault::usage,
                        fmt::format("the exception for {} allows {}, which is denied at {}:{}",
                                    text::printable(x.model), id.value, id.place.file, id.place.line),
                        fmt::format("{}:{}", x.place.file, x.place.line),
                        "take it off licenses.deny, or waive license.denied for this model"});
    }
  }
}

}  // namespace

std::vector<Extends> extends_of(const PolicyText& text) {
  std::vector<Extends> out;
  std::vector<Error> ignored;
  const auto document = gate::parse_document(text, ignored);
  if (!document) return out;
  for (const Json& item : (*document)["extends"].items()) {
    const std::string_view written = item.string_or("");
    if (written.empty()) continue;
    Extends e{std::string(written), {}, {text.name, item.line, "extends"}};
    if (const auto hash = e.from.find("#sha256="); hash != std::string::npos) {
      e.sha256 = text::lower(e.from.substr(hash + 8));
      e.from.resize(hash);
    }
    out.push_back(std::move(e));
  }
  return out;
}

ReadPolicy read_policy(const std::vector<PolicyText>& files, const Catalog& catalog) {
  ReadPolicy out;
  std::vector<std::optional<Json>> documents;
  std::string preset = "permissive";
  for (const PolicyText& file : files) {
    documents.push_back(gate::parse_document(file, out.errors));
    if (!documents.back()) continue;
    const Json& extends = (*documents.back())["extends"];
    const bool list = extends.is_array() && std::all_of(extends.items().begin(), extends.items().end(),
                                                        [](const Json& j) { return j.is_string(); });
    if (!extends.is_null() && !list)
      out.errors.push_back({Fault::usage,
                            "extends is not a list of strings",
                            fmt::format("{}:{}", file.name, extends.line),
                            {}});
    const Json& named = (*documents.back())["preset"];
    if (named.is_null()) continue;
    const std::vector<std::string> presets(std::begin(kPresets), std::end(kPresets));
    preset = std::string(named.string_or(""));
    if (std::find(presets.begin(), presets.end(), preset) == presets.end()) {
      const auto near = text::nearest(preset, presets);
      out.errors.push_back({Fault::usage, "preset is \"" + text::printable(preset) + "\"",
                            fmt::format("{}:{}", file.name, named.line),
                            near ? "did you mean \"" + *near + "\"?" : "permissive, osaid, mof or report"});
    }
  }
  out.policy = preset_policy(preset);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i + 1 < files.size()) out.policy.from.push_back(files[i].name);
    if (documents[i]) Reader(files[i], catalog, out.policy, out.errors).read(*documents[i]);
  }
  if (!files.empty()) out.policy.file = files.back().name;
  contradictions(out.policy, out.errors);
  gate::idle_circumstances(out.policy, files, documents, out.errors);
  return out;
}

}  // namespace howopen
