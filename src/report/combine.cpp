// What may be made of parts: the answer, what decides it, and what has to be done.
//
//   as MIT: no
//     model acme/tune   what is made from it stays under its own terms (Llama 3, s.1(b)(i))

#include "howopen/combine.h"

#include <fmt/format.h>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

using report::Color;
using report::labeled;
using report::paint;
using report::shown;
using text::Json;

Json clauses_json(const std::vector<Clause>& list) {
  Json out = Json::array();
  for (const Clause& c : list) {
    Json one;
    one.set("text", Json(c.text));
    one.set("clause", c.clause.empty() ? Json() : Json(c.clause));
    one.set("license", c.license.empty() ? Json() : Json(c.license));
    one.set("where", c.where.empty() ? Json() : Json(c.where));
    out.push(std::move(one));
  }
  return out;
}

std::string line_of(const Clause& c, const Style& style, const Catalog& catalog) {
  std::string out = shown(c.text, style);
  if (c.license.empty()) return out;
  return fmt::format("{} ({}{}{})", out, shown(catalog.in_words(c.license), style),
                     c.clause.empty() ? "" : ", ", shown(c.clause, style));
}

}  // namespace

std::string render_combination(const std::vector<Part>& parts, const std::string& as, const Combination& c,
                               Format format, const Style& style, const Catalog& catalog) {
  if (format == Format::json) {
    Json out;
    out.set("as", Json(as));
    out.set("answer", Json(word(c.answer)));
    Json list = Json::array();
    for (const Part& p : parts) {
      Json one;
      one.set("role", Json(word(p.role)));
      one.set("name", Json(p.name));
      one.set("license", p.license.empty() ? Json() : Json(p.license));
      list.push(std::move(one));
    }
    out.set("parts", std::move(list));
    out.set("because", clauses_json(c.because));
    out.set("duties", clauses_json(c.duties));
    return text::write_json(out, true);
  }
  constexpr int kIndent = 12;
  const std::string answer = c.answer == Permission::yes_if ? "yes, if you" : std::string(word(c.answer));
  std::string out =
      fmt::format("as {}: {}\n", shown(catalog.in_words(as), style), paint(answer, Color::bold, style));
  for (const Part& p : parts)
    out += labeled(fmt::format("  {}", word(p.role)),
                   fmt::format("{}{}", shown(p.name, style),
                               !p.refused.empty()    ? " · only served"
                               : p.license.empty()   ? " · license not known"
                               : p.license == p.name ? ""
                                                     : " · " + shown(catalog.in_words(p.license), style)),
                   kIndent, style);
  for (const Clause& one : c.because)
    out += labeled("", fmt::format("- {}: {}", shown(one.where, style), line_of(one, style, catalog)),
                   kIndent, style);
  for (const Clause& one : c.duties) out += labeled("", "- " + line_of(one, style, catalog), kIndent, style);
  return out + "  Facts and clauses, not legal advice.\n";
}

}  // namespace howopen
