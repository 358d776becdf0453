// Foreign words in every place of a verdict, in every format: escaped everywhere, and readable again.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/page.h"
#include "howopen/report.h"
#include "howopen/verdict.h"
#include "text/json.h"
#include "text/utf8.h"

namespace {

using namespace howopen;

[[noreturn]] void wrong(const char* what, std::string_view format) {
  std::fprintf(stderr, "%s in %.*s\n", what, static_cast<int>(format.size()), format.data());
  std::abort();
}

// The words stand wherever a publisher can put some.
Facts facts_with(const std::string& foreign) {
  Facts f;
  f.ref = f.asked = foreign;
  f.id = "acme/m";
  f.revision = std::string(40, 'a');
  f.from = foreign;
  f.repository = {Repository{}, foreign};
  f.repository->library = foreign;
  f.weights.sets.push_back(
      {.format = WeightFormat::safetensors, .name = foreign, .present = 1, .expected = 2});
  f.weights.sets[0].missing.push_back(foreign);
  f.inference_code.loaders.push_back({foreign, foreign, foreign, "2026-08"});
  f.license.tags.push_back({foreign, foreign});
  f.license.card = {true, foreign, Kind::text};
  f.license.statements.push_back({Scope::everything, "MIT", foreign, {foreign, foreign, Kind::text}});
  f.unresolved.push_back({foreign, foreign, Kind::metadata});
  f.related_families.push_back({foreign, "MIT", FamilyMention::said, {foreign, foreign, Kind::text}});
  f.lookup_errors.push_back({Trouble::parse, foreign, foreign, false});
  Ancestor a;
  a.id = foreign;
  a.child = "acme/m";
  a.named = {foreign, foreign, Kind::metadata};
  f.lineage.push_back(std::move(a));
  return f;
}

void checked(std::string_view out, Format format) {
  const std::string_view name = word(format);
  // What a terminal, a log or a browser obeys.
  for (const char c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t' && !(c == '\r' && format == Format::csv)) || byte == 0x7f)
      wrong("a control character", name);
  }
  if (!text::is_utf8(out)) wrong("no UTF-8", name);
  for (const std::string_view bidi : {"\xe2\x80\xae", "\xe2\x80\xad", "\xe2\x81\xa6", "\xe2\x81\xa7"}) {
    if (out.find(bidi) != std::string_view::npos) wrong("a bidirectional control", name);
  }
  const bool json = format == Format::json || format == Format::sarif || format == Format::gitlab ||
                    format == Format::spdx_3 || format == Format::cyclonedx ||
                    format == Format::cyclonedx_1_6 || format == Format::badge_json;
  if (json && !text::parse_json(out)) wrong("no JSON", name);
  const bool markup = format == Format::html || format == Format::badge || format == Format::badge_dots ||
                      format == Format::junit;
  if (markup && (out.find("zq<") != std::string_view::npos || out.find("zq\"") != std::string_view::npos))
    wrong("markup of somebody else", name);
  if (format == Format::github) {
    for (std::size_t at = out.find("\n::"); at != std::string_view::npos; at = out.find("\n::", at + 1)) {
      const std::string_view line = out.substr(at + 3, 7);
      if (!line.starts_with("error ") && !line.starts_with("warning") && !line.starts_with("notice ") &&
          !line.starts_with("error:") && !line.starts_with("notice:"))
        wrong("a command of somebody else", name);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Catalog catalog = std::move(*Catalog::load());
  std::string foreign(reinterpret_cast<const char*>(data), size);
  // Each special character can be found again by the letters before it.
  std::string marked;
  for (const char c : foreign) {
    if (c == '<' || c == '"') marked += "zq";
    marked += c;
  }
  const Verdict v = judge(facts_with(marked), catalog);
  for (const Format format : {Format::text, Format::json, Format::jsonl, Format::sarif, Format::junit,
                              Format::github, Format::gitlab, Format::markdown, Format::csv, Format::spdx_3,
                              Format::cyclonedx, Format::badge, Format::badge_dots, Format::badge_json})
    checked(render({&v, 1}, format, Style{}, catalog), format);
  Page page(catalog);
  if (page.add(render_line(v))) checked(page.take(), Format::html);
  return 0;
}
