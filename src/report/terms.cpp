// Thresholds, territories, fields of use and duties of a license as values, each with its clause.
//
//   {"of": "monthly-active-users", "more_than": 700000000, …}  ->  more than 700000000 monthly active users:
//   ask

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/layout.h"
#include "text/json.h"

namespace howopen::report {
namespace {

using text::Json;

constexpr int kTerm = 15;

Json words_json(const std::vector<Purpose>& uses) {
  Json out = Json::array();
  for (const Purpose use : uses) out.push(Json(word(use)));
  return out;
}

Json list_json(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const std::string& s : list) out.push(Json(s));
  return out;
}

Json threshold_json(const Threshold& t) {
  Json out;
  out.set("of", Json(t.of));
  out.set("more_than", t.more_than < 0 ? Json() : Json(t.more_than));
  out.set("at_least", t.at_least < 0 ? Json() : Json(t.at_least));
  out.set("currency", or_null(t.currency));
  out.set("counted", or_null(t.counted));
  out.set("then", Json(t.then));
  out.set("words", or_null(t.words));
  out.set("when", words_json(t.when));
  out.set("clause", Json(t.clause));
  return out;
}

std::string with_clause(const std::string& s, const std::string& clause, const Style& style) {
  return clause.empty() ? s : fmt::format("{}{}{}", s, dot(style), clause);
}

}  // namespace

Json or_null(const std::string& s) {
  return s.empty() ? Json() : Json(s);
}

Json terms_json(const LicenseTerms& terms) {
  if (!terms.read) return {};
  Json out;
  Json& thresholds = out.set("thresholds", Json::array());
  for (const Threshold& t : terms.thresholds) thresholds.push(threshold_json(t));
  Json& territory = out.set("territory", Json::array());
  for (const Territory& t : terms.territory) {
    Json& one = territory.push(Json::object());
    one.set("out", list_json(t.out));
    one.set("only", list_json(t.only));
    one.set("about", or_null(t.about));
    one.set("words", or_null(t.words));
    one.set("clause", Json(t.clause));
  }
  Json& fields = out.set("fields", Json::array());
  for (const FieldLimit& f : terms.fields) {
    Json& one = fields.push(Json::object());
    one.set("kind", Json(f.kind));
    one.set("words", or_null(f.words));
    one.set("partly", Json(f.partly));
    one.set("unclear", Json(f.unclear));
    one.set("clause", Json(f.clause));
  }
  Json& duties = out.set("duties", Json::array());
  for (const Duty& d : terms.duties) {
    Json& one = duties.push(Json::object());
    one.set("duty", Json(d.duty));
    one.set("when", words_json(d.when));
    one.set("words", or_null(d.words));
    one.set("clause", Json(d.clause));
  }
  Json& uses = out.set("uses", Json::object());
  for (const auto& [use, term] : terms.uses) {
    Json& one = uses.set(word(use), Json::object());
    one.set("answer", Json(word(term.answer)));
    one.set("clause", Json(term.clause));
  }
  Json& parties = out.set("parties", Json::array());
  for (const Party& p : terms.parties) {
    Json& one = parties.push(Json::object());
    one.set("who", Json(p.who));
    one.set("when", words_json(p.when));
    one.set("answer", Json(word(p.answer)));
    one.set("clause", Json(p.clause));
  }
  return out;
}

std::string terms_text(const LicenseTerms& terms, const Style& style, const Catalog& catalog) {
  if (!terms.read) return {};
  std::string out;
  const auto line = [&](std::string_view label, const std::string& s, const std::string& clause) {
    out += labeled(fmt::format("  {}", label), shown(with_clause(s, clause, style), style), kTerm, style);
  };
  for (const Threshold& t : terms.thresholds) {
    const bool above = t.more_than >= 0;
    line("threshold",
         fmt::format("{} {}{}{} {}: {}{}", above ? "more than" : "at least", t.currency,
                     t.currency.empty() ? "" : " ", above ? t.more_than : t.at_least, t.of, t.then,
                     t.words.empty() ? "" : " " + t.words),
         t.clause);
  }
  for (const Territory& t : terms.territory)
    line("territory",
         fmt::format("{} {}{}", t.out.empty() ? "only" : "not",
                     fmt::join(t.out.empty() ? t.only : t.out, ", "),
                     t.about.empty() ? "" : " of " + t.about + " models"),
         t.clause);
  for (const FieldLimit& f : terms.fields)
    line(
        "field",
        fmt::format("not {}{}{}", f.kind, f.partly ? ", in part" : "", f.words.empty() ? "" : ": " + f.words),
        f.clause);
  for (const Duty& d : terms.duties) {
    std::vector<std::string_view> when;
    for (const Purpose use : d.when) when.push_back(word(use));
    const auto row = catalog.uses().duties.find(d.duty);
    line("duty",
         fmt::format("{}{} ({})", row == catalog.uses().duties.end() ? d.duty : row->second.words,
                     d.words.empty() ? "" : ": " + d.words, fmt::join(when, ", ")),
         d.clause);
  }
  return out;
}

}  // namespace howopen::report
