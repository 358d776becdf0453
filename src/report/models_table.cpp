// The table of several models: which columns, in which order, and how many of which verdict.
//
//   model           verdict            W I T D A  score  license
//   acme/open-7b    Weights Available  ✓ ✓ ✗ ✗ ✗  2      CC-BY-NC-4.0
//   2 models: 1 Weights Available, 1 Undetermined

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "report/card.h"
#include "report/table.h"

namespace howopen {
namespace report {
namespace {

constexpr std::string_view kNames[] = {"model",  "verdict", "components", "score",   "license", "gate",
                                       "memory", "devices", "vendor",     "country", "missing", "commit"};
constexpr std::string_view kUsual[] = {"model", "verdict", "components", "score", "license"};
constexpr std::string_view kOrders[] = {"asked", "name", "verdict", "score", "license", "memory"};

std::string points_words(const Verdict& v) {
  return v.points_low == v.points_high ? fmt::format("{:g}", v.points_low)
                                       : fmt::format("{:g}-{:g}", v.points_low, v.points_high);
}

TableCell marks(const Verdict& v, const Style& style) {
  TableCell out;
  for (const ComponentVerdict& c : v.components) {
    const std::string_view one = mark(c.state, style);
    out.text.append(out.text.empty() ? "" : " ").append(one);
    out.painted.append(out.painted.empty() ? "" : " ").append(paint(one, color_of(c.state), style));
  }
  return out;
}

std::string license_cell(const Verdict& v, const Catalog& catalog) {
  if (nothing_seen(v)) return "not known";
  if (v.license.effective.cls == LicenseClass::none) return "none";
  const std::string& e = v.license.effective.expression;
  if (e.empty() || e == "NOASSERTION") return v.origin == Origin::catalog ? "" : "not known";
  std::string out = licenses_in_words(e, catalog);
  // Everybody knows it by the name alone.
  constexpr std::string_view kLong = " Community License";
  for (std::size_t at = out.find(kLong); at != std::string::npos; at = out.find(kLong, at))
    out.erase(at, kLong.size());
  return out;
}

std::string answer_of(const Verdict& v, std::string_view use) {
  for (const Permit& p : v.permissions) {
    if (word(p.use) != use) continue;
    return std::string(answer_words(p.answer));
  }
  return "not asked";
}

Column column_of(std::string_view name, const Catalog& catalog) {
  if (name == "model") return {"model", true, false, true};
  if (name == "components") return {"W I T D A", false, false, true};
  if (name == "verdict") return {"verdict", false, true, true};
  if (name == "score" || name == "commit") return {std::string(name), false, false, false};
  if (const auto use = from_word<Purpose>(name)) return {catalog.uses().of(*use).title, false, true, false};
  return {std::string(name), false, true, false};
}

TableCell model_cell(const Verdict& v, std::string_view name, const Style& style, const Catalog& catalog) {
  const Practical& p = v.practical;
  const auto plain = [&](std::string_view s) { return TableCell{shown(s, style)}; };
  if (name == "model") return {shown(heading(v), style), {}, Color::none, seen_in(v, v.id, style).url};
  if (name == "verdict") return {verdict_words(v), {}, color_of(v.rung)};
  if (name == "components") return marks(v, style);
  if (name == "score") return {points_words(v)};
  if (name == "license") return plain(license_cell(v, catalog));
  if (name == "gate") {
    const bool gated = std::find(v.modifiers.begin(), v.modifiers.end(), "gated") != v.modifiers.end();
    return {gated ? "accept terms first" : nothing_seen(v) ? "not known" : "none"};
  }
  if (name == "memory") return {p.load_bytes ? gigabytes(*p.load_bytes) : "not known"};
  if (name == "devices") return {devices(p).empty() ? "not known" : devices(p)};
  if (name == "vendor") return plain(p.vendor.empty() ? "not known" : p.vendor);
  if (name == "country") return plain(p.jurisdiction.empty() ? "not known" : p.jurisdiction);
  if (name == "commit") return {v.revision.substr(0, 7)};
  if (name == "missing")
    return {v.next ? fmt::format("for {}: {}", title(*v.next), fmt::join(missing_words(v), ", ")) : ""};
  return {answer_of(v, name)};
}

std::string counts(std::span<const Verdict> verdicts, const Style& style) {
  std::vector<std::string> of;
  for (int r = 0; r <= static_cast<int>(Rung::undetermined); ++r) {
    const auto n = std::count_if(verdicts.begin(), verdicts.end(),
                                 [&](const Verdict& v) { return v.rung == static_cast<Rung>(r); });
    if (n > 0) of.push_back(fmt::format("{} {}", n, title(static_cast<Rung>(r))));
  }
  const auto gated = std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) {
    return std::find(v.modifiers.begin(), v.modifiers.end(), "gated") != v.modifiers.end();
  });
  std::string out =
      fmt::format("{} model{}: {}", verdicts.size(), verdicts.size() == 1 ? "" : "s", fmt::join(of, ", "));
  if (gated > 0) out += fmt::format("; {} gated", gated);
  return labeled("", out, 0, style);
}

std::string legend(const std::vector<std::string>& names, std::span<const Verdict> verdicts,
                   const Style& style) {
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::string out;
  if (has("components")) out += marks_legend(style);
  const bool asked = std::any_of(verdicts.begin(), verdicts.end(), [](const Verdict& v) {
    return !v.permissions.empty() && v.permissions.front().asked;
  });
  if (asked) out += labeled("", "Which duties, and why: howopen MODEL --for USE", 0, style);
  return out;
}

}  // namespace

std::vector<const Verdict*> sorted(std::span<const Verdict> verdicts, std::string_view order) {
  std::vector<const Verdict*> out;
  for (const Verdict& v : verdicts) out.push_back(&v);
  const auto by = [&](auto less) {
    std::stable_sort(out.begin(), out.end(),
                     [&](const Verdict* a, const Verdict* b) { return less(*a, *b); });
  };
  static constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::max();
  if (order == "name") by([](const Verdict& a, const Verdict& b) { return a.id < b.id; });
  if (order == "verdict")
    by([](const Verdict& a, const Verdict& b) {
      return a.rung != b.rung ? a.rung < b.rung : a.points_low > b.points_low;
    });
  if (order == "score")
    by([](const Verdict& a, const Verdict& b) {
      return a.points_low != b.points_low ? a.points_low > b.points_low : a.points_high > b.points_high;
    });
  if (order == "license")
    by([](const Verdict& a, const Verdict& b) {
      const auto& x = a.license.effective;
      const auto& y = b.license.effective;
      return x.cls != y.cls ? x.cls < y.cls : x.expression < y.expression;
    });
  if (order == "memory")
    by([](const Verdict& a, const Verdict& b) {
      return a.practical.load_bytes.value_or(kUnknown) < b.practical.load_bytes.value_or(kUnknown);
    });
  return out;
}

std::string models_table(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog) {
  std::vector<std::string> names = style.columns;
  if (names.empty()) {
    names.assign(std::begin(kUsual), std::end(kUsual));
    if (!verdicts.empty() && !verdicts.front().permissions.empty() &&
        verdicts.front().permissions.front().asked) {
      for (const Permit& p : verdicts.front().permissions) names.emplace_back(word(p.use));
    }
  }
  std::vector<Column> columns;
  for (const std::string& n : names) columns.push_back(column_of(n, catalog));
  std::vector<std::vector<TableCell>> rows;
  for (const Verdict* v : sorted(verdicts, style.sort)) {
    rows.emplace_back();
    for (const std::string& n : names) rows.back().push_back(model_cell(*v, n, style, catalog));
  }
  const std::string below = legend(names, verdicts, style);
  return table_text(columns, rows, style) + "\n" + below + counts(verdicts, style);
}

}  // namespace report

std::vector<std::string> table_columns() {
  std::vector<std::string> out(std::begin(report::kNames), std::end(report::kNames));
  for (const std::string_view use : Words<Purpose>::names) out.emplace_back(use);
  return out;
}

std::vector<std::string> table_orders() {
  return {std::begin(report::kOrders), std::end(report::kOrders)};
}

}  // namespace howopen
