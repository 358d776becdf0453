// howopen license: a file, standard input, or the name of a license.
//
//   LICENSE              ->  what the text is, and what is left over in it
//   "mit AND llama3.1"   ->  what both together permit

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>

#include "catalog/expression.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "judge/parts.h"
#include "run/answers.h"
#include "run/options.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {

Result<std::string> read_license(const std::string& what) {
  std::string out;
  const auto take = [&](std::istream& in) {
    std::vector<char> piece(1u << 16);
    while (out.size() <= limits::kLicenseText &&
           in.read(piece.data(), static_cast<std::streamsize>(piece.size())).gcount() > 0)
      out.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  };
  if (what == "-") {
    take(std::cin);
  } else {
    struct stat s = {};
    if (stat(what.c_str(), &s) == 0 && S_ISDIR(s.st_mode))
      return fail(Fault::usage, "a folder, not a file", text::printable(what), "name the license file in it");
    std::ifstream in(what, std::ios::binary);
    if (!in) return fail(Fault::usage, "cannot be read", text::printable(what));
    take(in);
  }
  if (out.size() > limits::kLicenseText)
    return fail(Fault::usage, "longer than 2 MB: no license text", text::printable(what));
  return out;
}

namespace {

// What a license is, in one format.
using Rendered = std::function<std::string(Format, const Style&)>;

Rendered text_of(const std::string& content, const LicensePlan& plan, const Catalog& catalog) {
  const LicenseText text =
      run::license_text(content, plan.what == "-" ? "standard input" : plan.what, catalog);
  return [text, finding = judge_text(text, catalog), &plan, &catalog](Format format, const Style& style) {
    return render_text(text, finding, plan.diff, format, style, catalog);
  };
}

Result<Rendered> entry_of(const LicensePlan& plan, const Catalog& catalog) {
  // A name may have blanks, so the whole of it is looked up before it is read as an expression.
  std::vector<std::string> ids;
  std::string expression;
  LicenseClass cls = LicenseClass::unknown;
  if (const LicenseEntry* entry = catalog.license_named(plan.what)) {
    ids = {entry->id};
    expression = entry->id;
    cls = entry->cls;
  } else {
    const auto parsed = catalog::parse_expression(plan.what, catalog);
    const bool known = parsed && (!parsed->parts.empty() || catalog.license(parsed->id) != nullptr);
    if (!known) {
      const std::string near = catalog::nearest_licenses(plan.what, catalog);
      return fail(Fault::usage, "no such file, and no license of this name", text::printable(plan.what),
                  near.empty() ? "howopen license lists those that are known"
                               : fmt::format("did you mean {}?", near));
    }
    ids = parsed->licenses();
    expression = parsed->text();
    cls = catalog::class_of(*parsed, catalog);
  }
  std::vector<NamedTraits> traits;
  if (expression.find(" OR ") != std::string::npos) ids.clear();  // which holds is the user's choice
  for (const std::string& id : ids) {
    const LicenseEntry* entry = catalog.license(catalog::without_exception(id));
    if (entry != nullptr) traits.push_back({entry->id, entry->traits});
  }
  return [expression, cls, joined = rules::join_traits(traits), &catalog](Format format, const Style& style) {
    return render_license(expression, cls, joined, format, style, catalog);
  };
}

Result<Rendered> rendering_of(const LicensePlan& plan, const Catalog& catalog) {
  if (plan.what.empty()) {
    return [&catalog](Format format, const Style& style) { return render_licenses(format, style, catalog); };
  }
  struct stat s = {};
  if (plan.what != "-" && stat(plan.what.c_str(), &s) != 0) return entry_of(plan, catalog);
  TRY(const std::string content, read_license(plan.what));
  return text_of(content, plan, catalog);
}

}  // namespace

Result<int> license(const LicensePlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const Rendered rendered, rendering_of(plan, catalog));
  const auto written = emit(common, rendered);
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
