// howopen license add: a text that howopen does not know becomes one that it knows.
//
//   license add EULA.txt --id LicenseRef-Acme  ->  texts/LicenseRef-Acme.txt, and a row in licenses.json

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/output.h"
#include "files/environment.h"
#include "files/file_io.h"
#include "license/identify.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;
using text::Json;

// What is compared has to hold enough to be told from everything else.
constexpr std::int64_t kFewestWords = 20;

// What was read of the text: its class and traits, unless it resembles another license, whose they would be.
struct Understood {
  LicenseClass cls = LicenseClass::unknown;
  std::vector<Trait> traits;
  std::int64_t words = 0;
};

Result<Understood> read_text(const LicenseAddPlan& plan, const std::string& content, const Catalog& catalog) {
  LicenseText license;
  license.path = plan.id;
  license.bytes = static_cast<std::int64_t>(content.size());
  license.identified = {howopen::license::identify(content, catalog), plan.id, Kind::file};
  const Identified& found = *license.identified;
  if (found.match == Match::exact || found.match == Match::template_ || found.match == Match::reference) {
    const std::string known = found.licenses.empty() ? std::string() : found.licenses.front();
    return fail(Fault::usage, "known already: it is " + known, text::printable(plan.file),
                "howopen license " + known);
  }
  if (found.words < kFewestWords)
    return fail(Fault::usage, fmt::format("too short for a license text: {} words", found.words),
                text::printable(plan.file), fmt::format("a text of {} words or more", kFewestWords));
  Understood out;
  out.words = found.words;
  const LicenseFinding finding = judge_text(license, catalog);
  if (found.licenses.empty()) {
    if (finding.cls != LicenseClass::open) out.cls = finding.cls;
    for (const NamedTraits& license_traits : finding.traits) {
      for (const Trait& t : license_traits.traits) {
        if (t.value != "unknown") out.traits.push_back(t);
      }
    }
  }
  return out;
}

Json row_of(const LicenseAddPlan& plan, const Understood& understood, const std::string& day) {
  Json names = Json::array();
  if (!plan.name.empty()) names.push(Json(text::lower(plan.name)));
  Json traits = Json::object();
  for (const Trait& t : understood.traits) {
    Json trait;
    trait.set("value", Json(t.value));
    trait.set("clause", Json(t.clause));
    traits.set(t.name, std::move(trait));
  }
  Json row;
  row.set("id", Json(plan.id));
  row.set("name", Json(plan.name.empty() ? plan.id : plan.name));
  row.set("names", std::move(names));
  row.set("class", Json(word(plan.cls.value_or(understood.cls))));
  row.set("traits", std::move(traits));
  row.set("source", Json("howopen license add " + text::printable(plan.file)));
  row.set("as_of", Json(day));
  return row;
}

// The user's licenses.json with one row more.
Result<std::string> with_row(const std::string& path, Json row) {
  Json document = Json::object();
  std::error_code error;
  if (fs::exists(path, error)) {
    TRY(const std::string content, files::read_file(path, limits::kRecord));
    auto read = text::parse_json(content);
    if (!read || !read->is_object()) return fail(Fault::usage, "not JSON", path, "mend it first");
    document = std::move(*read);
  } else {
    document.set("as_of", row["as_of"]);
  }
  Json licenses = document.take("licenses");
  if (licenses.is_null()) licenses = Json::array();
  licenses.push(std::move(row));
  document.set("licenses", std::move(licenses));
  return text::write_json(document, true);
}

}  // namespace

Result<int> license_add(const LicenseAddPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::string content, read_license(plan.file));
  if (text::next_utf8(content).empty() && !content.empty())
    return fail(Fault::usage, "not UTF-8", text::printable(plan.file), "convert it first: iconv -t UTF-8");
  const std::string folder = common.data.empty() ? files::user_data_folder() : common.data;
  if (folder.empty())
    return fail(Fault::usage, "there is no place for it", "HOME", "--data DIR, or set XDG_DATA_HOME");
  const LicenseEntry* known = catalog.license(plan.id);
  const std::string text_path = fmt::format("{}/texts/{}.txt", folder, plan.id);
  const std::string rows_path = folder + "/licenses.json";
  std::error_code error;
  if (fs::exists(fs::symlink_status(text_path, error)))
    return fail(Fault::usage, "there is a text of this license already", text_path,
                "another --id, or remove it");
  if (known != nullptr && (plan.cls || !plan.name.empty()))
    return fail(Fault::usage, "a license that is known keeps its name and class", plan.id,
                "leave --class and --name out to add a text to it");
  TRY(const Understood understood, read_text(plan, content, catalog));
  TRY(const std::string day, run::today(common));
  fs::create_directories(folder + "/texts", error);
  if (error) return fail(Fault::usage, "cannot be made: " + error.message(), folder + "/texts", {});
  const files::FolderLock alone(rows_path);
  // Both are checked as they will be read, before either is written.
  std::vector<CatalogFile> files{{fmt::format("texts/{}.txt", plan.id), text_path, content}};
  std::string rows;
  if (known == nullptr) {
    TRY(rows, with_row(rows_path, row_of(plan, understood, day)));
    files.push_back({"licenses.json", rows_path, rows});
  }
  TRY(const Catalog with_it, Catalog::load(files));
  TRY(const bool usable, howopen::license::check_texts(with_it));
  static_cast<void>(usable);
  TRY([[maybe_unused]] const bool text_written, files::write_file(text_path, content));
  if (!rows.empty()) {
    TRY([[maybe_unused]] const bool rows_written, files::write_file(rows_path, rows));
  }
  const LicenseClass cls = known != nullptr ? known->cls : plan.cls.value_or(understood.cls);
  const auto written = emit(common, [&](Format format, const Style&) {
    if (format == Format::json) {
      Json out;
      out.set("id", Json(plan.id));
      out.set("class", Json(word(cls)));
      out.set("words", Json(understood.words));
      out.set("text", Json(text_path));
      if (!rows.empty()) out.set("entry", Json(rows_path));
      return text::write_json(out, true);
    }
    std::string out = fmt::format("{} is known from now on: {} words, class {}\n  text   {}\n", plan.id,
                                  understood.words, word(cls), text::printable(text_path));
    if (!rows.empty()) out += fmt::format("  entry  {}\n", text::printable(rows_path));
    if (known == nullptr && cls == LicenseClass::unknown)
      out +=
          "  what it permits was not understood: write class and traits into the entry once somebody has "
          "read it\n";
    return out;
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
