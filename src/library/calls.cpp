// Options in, a report out: the same functions in the same order as the command line.
//
//   audit(snapshot of a/b, R"({"for": "product"})")  ->  what `howopen audit --replay FILE --for product
//   --json` prints

#include "library/calls.h"

#include <algorithm>

#include "files/streams.h"
#include "files/tree.h"
#include "howopen/report.h"
#include "howopen/verdict.h"
#include "license/identify.h"
#include "run/answers.h"
#include "run/model_facts.h"
#include "run/ref.h"
#include "text/limits.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::library {
namespace {

using text::Json;
using text::ObjectReader;

constexpr std::size_t kOptions = 1u << 20;

// Read by the first call, on whatever thread; from then on it does not change.
Result<const Catalog*> the_catalog() {
  static const Result<Catalog> catalog = [] {
    auto loaded = Catalog::load();
    if (loaded) {
      loaded->prepare();
      howopen::license::prepare_words(*loaded);
      howopen::license::prepare_every_language(*loaded);
      howopen::license::prepare_texts(*loaded);
    }
    return loaded;
  }();
  if (!catalog) return tl::unexpected<Error>(catalog.error());
  return &*catalog;
}

// The object that options are; an empty one where none are given.
Result<Json> options_of(std::string_view options) {
  if (options.empty()) return Json::object();
  if (options.size() > kOptions) return fail(Fault::usage, "larger than 1 MB", "options");
  auto json = text::parse_json(options);
  if (!json || !json->is_object())
    return fail(Fault::usage, "not a JSON object", "options", "write {\"path\": \"LICENSE\"}, or give none");
  return std::move(*json);
}

// What --for and its companions say.
void read_wishes(ObjectReader& reader, run::Common& common) {
  Circumstances& c = common.circumstances;
  if (const std::string uses = reader.string("for"); !uses.empty()) {
    if (auto purposes = reader.take(parse_purposes(uses))) common.uses = std::move(*purposes);
  }
  if (const std::string users = reader.string("users"); !users.empty())
    c.users = reader.take(parse_amount(users));
  if (const std::string revenue = reader.string("revenue"); !revenue.empty())
    c.revenue = reader.take(parse_money(revenue));
  if (const std::string countries = reader.string("in"); !countries.empty()) {
    if (auto read = reader.take(parse_countries(countries))) c.countries = std::move(*read);
  }
  c.as = text::lower(reader.string("as"));
  if (!c.as.empty() && !is_kind_of_user(c.as))
    reader.wrong("as", "unknown value " + text::printable(c.as), "company, person, academic or public");
  for (const std::string& field : reader.strings("field")) c.fields.push_back(text::lower(field));
  common.context = reader.integer("context");
  if (common.context < 0 || common.context > 100'000'000)
    reader.wrong("context", "not between 0 and 100000000");
}

}  // namespace

Result<std::string> audit(std::string_view snapshot, std::string_view options) {
  TRY(const Json given, options_of(options));
  ObjectReader reader(given, "options");
  const std::string path = reader.string("path");
  run::Common common;
  common.depth = reader.word("depth", common.depth);
  read_wishes(reader, common);
  std::vector<ModelRef> models;
  for (const std::string& name : reader.strings("models")) {
    auto model = reader.take(run::parse_ref(name, ""));
    const auto same = [&](const ModelRef& m) { return m.id == model->id && m.revision == model->revision; };
    if (model && std::none_of(models.begin(), models.end(), same)) models.push_back(std::move(*model));
  }
  if (auto wrong = reader.done()) return tl::unexpected<Error>(std::move(*wrong));
  const std::string place = path.empty() ? "snapshot" : path;
  if (snapshot.size() > limits::kSavedFile)
    return fail(Fault::usage, "larger than " + std::to_string(limits::kSavedFile) + " bytes", place);
  TRY(const Catalog* const catalog, the_catalog());
  if (auto known = run::check_fields(common.circumstances.fields, "field", *catalog); !known)
    return tl::unexpected<Error>(std::move(known.error()));
  TRY(const std::vector<Facts> facts, run::facts_of_saved(snapshot, place, models, common.depth, *catalog));
  std::vector<Verdict> verdicts;
  for (const Facts& f : facts) verdicts.push_back(run::judged(f, common, *catalog));
  return render(verdicts, Format::json, Style{}, *catalog);
}

Result<std::string> license(std::string_view text, std::string_view options) {
  TRY(const Json given, options_of(options));
  ObjectReader reader(given, "options");
  const std::string path = reader.string("path");
  const bool diff = reader.boolean("diff");
  if (auto wrong = reader.done()) return tl::unexpected<Error>(std::move(*wrong));
  const std::string place = path.empty() ? "text" : path;
  if (text.size() > limits::kLicenseText)
    return fail(Fault::usage, "longer than 2 MB: no license text", text::printable(place));
  TRY(const Catalog* const catalog, the_catalog());
  const LicenseText read = run::license_text(std::string(text), place, *catalog);
  return render_text(read, judge_text(read, *catalog), diff, Format::json, Style{}, *catalog);
}

Result<std::string> scan(const std::string& folder, std::string_view options) {
  TRY(const Json given, options_of(options));
  ObjectReader reader(given, "options");
  files::ScanOptions how;
  how.threads = 0;  // a program that calls this has threads of its own
  how.least = reader.word("confidence", how.least);
  if (auto wrong = reader.done()) return tl::unexpected<Error>(std::move(*wrong));
  TRY(const Scanned scanned, files::scan_tree(folder, how));
  return render_scan(scanned, Format::json, Style{});
}

std::string error_json(const Error& error) {
  std::string lines = files::worded(error);
  lines.pop_back();  // the last line end
  Json out;
  Json& members = out.set("error", Json::object());
  members.set("exit", Json(error.fault == Fault::usage        ? run::kUsage
                           : error.fault == Fault::unanswered ? run::kUndecided
                                                              : run::kBug));
  members.set("message", Json(lines));
  members.set("what", Json(error.what));
  members.set("where", error.where.empty() ? Json() : Json(error.where));
  members.set("fix", error.fix.empty() ? Json() : Json(error.fix));
  return text::write_json(out, true);
}

}  // namespace howopen::library
