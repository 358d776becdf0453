// Models side by side. They come as JSON, so that a saved report compares with one of today.
//
//   V3 beside R1  ->  verdict  Weights Available | Open Weights; license  LicenseRef-DeepSeek-1.0 | MIT; …

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace howopen {
namespace {

using namespace report;  // NOLINT(google-build-using-namespace): the room's own helpers
using text::Json;

struct Row {
  std::string key;                  // `training_code`, `license.effective`
  std::vector<std::string> values;  // one a model; "" for nothing
  bool differs = false;
};

std::string scalar(const Json& j) {
  if (const auto s = j.string()) return std::string(*s);
  if (const auto i = j.integer()) return fmt::format("{}", *i);
  if (const auto r = j.real()) return fmt::format("{:g}", *r);
  if (const auto b = j.boolean()) return *b ? "yes" : "no";
  return {};
}

std::string joined(const Json& list) {
  std::vector<std::string> out;
  for (const Json& item : list.items()) out.push_back(scalar(item));
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string verdict_of(const Json& m) {
  const std::string is = scalar(m["verdict"]);
  const std::string low = scalar(m["verdict_low"]);
  const std::string high = scalar(m["verdict_high"]);
  return is == "undetermined" && low != high ? fmt::format("undetermined ({} to {})", low, high) : is;
}

std::string score_of(const Json& m) {
  const std::string low = scalar(m["score"]["low"]);
  const std::string high = scalar(m["score"]["high"]);
  return low == high ? low : low + "-" + high;
}

std::string lineage_of(const Json& m) {
  std::vector<std::string> out;
  for (const Json& e : m["lineage"].items())
    out.push_back(fmt::format("{} ({}, {})", scalar(e["id"]), scalar(e["relation"]), scalar(e["license"])));
  return fmt::format("{}", fmt::join(out, "; "));
}

std::vector<Row> rows_of(const std::vector<Json>& models) {
  std::vector<Row> out;
  const auto row = [&](std::string key, const auto& value) {
    Row r{std::move(key), {}, false};
    for (const Json& m : models) r.values.push_back(value(m));
    r.differs = std::any_of(r.values.begin(), r.values.end(),
                            [&](const std::string& v) { return v != r.values.front(); });
    out.push_back(std::move(r));
  };
  row("verdict", verdict_of);
  row("score", score_of);
  for (std::size_t i = 0; i < kComponents; ++i) {
    const std::string name(word(static_cast<Component>(i)));
    row(name, [&](const Json& m) {
      const Json& c = m["components"][name];
      const std::string grade = scalar(c["grade"]);
      return scalar(c["status"]) + (grade.empty() ? "" : " (" + grade + ")");
    });
  }
  row("license", [](const Json& m) { return scalar(m["license"]["weights"]["concluded"]); });
  row("license.declared", [](const Json& m) { return scalar(m["license"]["weights"]["declared"]); });
  row("license.match", [](const Json& m) { return scalar(m["license"]["weights"]["match"]); });
  row("license.code", [](const Json& m) { return scalar(m["license"]["code"]["concluded"]); });
  row("license.effective", [](const Json& m) { return scalar(m["license"]["effective"]["expression"]); });
  row("license.class", [](const Json& m) { return scalar(m["license"]["effective"]["class"]); });
  std::vector<std::string> traits;
  for (const Json& m : models) {
    for (const auto& [name, value] : m["license"]["traits"].members()) {
      if (std::find(traits.begin(), traits.end(), name) == traits.end()) traits.push_back(name);
    }
  }
  for (const std::string& name : traits)
    row("trait." + name, [&](const Json& m) { return scalar(m["license"]["traits"][name]["value"]); });
  std::vector<std::string> uses;
  for (const Json& m : models) {
    for (const Json& p : m["permissions"].items()) {
      const std::string use = scalar(p["use"]);
      if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(use);
    }
  }
  for (const std::string& use : uses) {
    row("use." + use, [&](const Json& m) {
      for (const Json& p : m["permissions"].items()) {
        if (scalar(p["use"]) == use) return scalar(p["answer"]);
      }
      return std::string();
    });
  }
  row("lineage", lineage_of);
  row("modifiers", [](const Json& m) { return joined(m["modifiers"]); });
  const auto determined = [](const Json& j) {
    const std::string value = scalar(j);
    return value.empty() ? std::string("not determinable") : value;
  };
  row("MOF 1.0 class", [&](const Json& m) { return determined(m["crosswalk"]["mof"]["class"]); });
  row("OSAID 1.0", [&](const Json& m) { return determined(m["crosswalk"]["osaid_1_0"]["meets"]); });
  row("EU AI Act 53(2)",
      [&](const Json& m) { return determined(m["crosswalk"]["eu_ai_act_53_2"]["meets"]); });
  row("load_bytes", [](const Json& m) { return scalar(m["practical"]["load_bytes"]); });
  row("who", [](const Json& m) { return scalar(m["practical"]["who"]); });
  row("jurisdiction", [](const Json& m) { return scalar(m["practical"]["jurisdiction"]); });
  row("revision", [](const Json& m) { return scalar(m["revision"]); });
  return out;
}

std::vector<std::string> names_of(const std::vector<Json>& models) {
  std::vector<std::string> out;
  for (const Json& m : models) {
    const std::string id = scalar(m["id"]);
    const bool again =
        std::count_if(models.begin(), models.end(), [&](const Json& o) { return scalar(o["id"]) == id; }) > 1;
    const std::string revision = scalar(m["revision"]);
    out.push_back(again && !revision.empty() ? fmt::format("{}@{}", id, revision.substr(0, 7)) : id);
  }
  return out;
}

std::string json(const std::vector<Json>& models, const std::vector<Row>& rows) {
  Json out;
  out.set("schema_version", Json("1.0.0"));
  Json& names = out.set("models", Json::array());
  for (const std::string& n : names_of(models)) names.push(Json(n));
  for (const bool differs : {true, false}) {
    Json& list = out.set(differs ? "different" : "same", Json::array());
    for (const Row& r : rows) {
      if (r.differs != differs) continue;
      Json one;
      one.set("key", Json(r.key));
      Json values = Json::array();
      for (const std::string& v : r.values) values.push(v.empty() ? Json() : Json(v));
      one.set(differs ? "values" : "value",
              differs ? std::move(values)
                      : (r.values.empty() || r.values.front().empty() ? Json() : Json(r.values.front())));
      list.push(std::move(one));
    }
  }
  return text::write_json(out, true);
}

std::string or_dash(const std::string& v) {
  return v.empty() ? "-" : v;
}

std::string words(const std::string& key) {
  std::string out = words_of(std::string_view(key));
  if (key.find(' ') == std::string::npos) std::replace(out.begin(), out.end(), '.', ' ');
  return out;
}

// Few models: a row for each question, the models as columns.
std::string side_by_side(const std::vector<std::string>& names, const std::vector<Row>& rows,
                         const Style& style) {
  int key = 0;
  for (const Row& r : rows) key = std::max(key, static_cast<int>(words(r.key).size()));
  const int column = std::max(16, (style.width - key - 2) / static_cast<int>(names.size()) - 2);
  const auto line = [&](const std::string& label, const std::vector<std::string>& values) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (const std::string& v : values) {
      cells.push_back(wrap(shown(or_dash(v), style), column));
      height = std::max(height, cells.back().size());
    }
    std::string out;
    for (std::size_t i = 0; i < height; ++i) {
      std::string l = pad(i == 0 ? label : "", key);
      for (const auto& cell : cells) l += "  " + pad(i < cell.size() ? cell[i] : "", column);
      while (!l.empty() && l.back() == ' ') l.pop_back();
      out += l + "\n";
    }
    return out;
  };
  std::string out = line("", names);
  std::string same;
  for (const Row& r : rows) {
    if (r.differs)
      out += line(words(r.key), r.values);
    else if (!r.values.front().empty() && (style.verbosity > 0 || r.key.find('.') == std::string::npos))
      same += labeled("  " + words(r.key), shown(r.values.front(), style), key + 4, style);
  }
  if (std::none_of(rows.begin(), rows.end(), [](const Row& r) { return r.differs; }))
    out += "no difference\n";
  if (!same.empty()) out += "\nthe same in all\n" + same;
  return out;
}

// Many models: a row for each of them, what differs as columns.
constexpr std::string_view kColumns[] = {
    "verdict",    "weights", "inference_code", "training_code",     "training_data",
    "api_access", "license", "license.code",   "license.effective", "license.class"};

std::string listed(const std::vector<std::string>& names, const std::vector<Row>& rows, const Style& style) {
  std::vector<const Row*> columns;
  std::string same;
  for (const std::string_view key : kColumns) {
    const auto r = std::find_if(rows.begin(), rows.end(), [&](const Row& x) { return x.key == key; });
    if (r == rows.end()) continue;
    if (r->differs)
      columns.push_back(&*r);
    else if (!r->values.front().empty())
      same += labeled("  " + words(r->key), shown(r->values.front(), style), 22, style);
  }
  std::vector<int> widths{5};
  for (const std::string& n : names) widths[0] = std::max(widths[0], text::display_width(shown(n, style)));
  for (const Row* r : columns) {
    int w = static_cast<int>(words(r->key).size());
    for (const std::string& v : r->values) w = std::max(w, text::display_width(shown(or_dash(v), style)));
    widths.push_back(w);
  }
  std::string out = pad("model", widths[0]);
  for (std::size_t c = 0; c < columns.size(); ++c) out += "  " + pad(words(columns[c]->key), widths[c + 1]);
  while (out.back() == ' ') out.pop_back();
  out += "\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string l = pad(shown(names[i], style), widths[0]);
    for (std::size_t c = 0; c < columns.size(); ++c)
      l += "  " + pad(shown(or_dash(columns[c]->values[i]), style), widths[c + 1]);
    while (l.back() == ' ') l.pop_back();
    out += l + "\n";
  }
  return same.empty() ? out : out + "\nthe same in all\n" + same;
}

std::string markdown(const std::vector<std::string>& names, const std::vector<Row>& rows) {
  std::string out = "| |";
  for (const std::string& n : names) out += " " + markdown_text(n) + " |";
  out += "\n|---|";
  for (std::size_t i = 0; i < names.size(); ++i) out += "---|";
  out += "\n";
  for (const bool differs : {true, false}) {
    for (const Row& r : rows) {
      if (r.differs != differs ||
          (!differs && (r.values.front().empty() || r.key.find('.') != std::string::npos)))
        continue;
      out += differs ? fmt::format("| **{}** |", words(r.key)) : fmt::format("| {} |", words(r.key));
      for (const std::string& v : r.values) out += " " + markdown_text(or_dash(v)) + " |";
      out += "\n";
    }
  }
  return out;
}

}  // namespace

std::string compared(const Verdict& verdict) {
  text::JsonWriter out(text::JsonWriter::Layout::line);
  model_json(verdict, false, out);
  return out.take();
}

Compared render_compare(const std::vector<std::string>& models, Format format, const Style& style) {
  std::vector<Json> parsed;
  for (const std::string& m : models) parsed.push_back(text::parse_json(m).value_or(Json()));
  const std::vector<Row> rows = rows_of(parsed);
  const std::vector<std::string> names = names_of(parsed);
  Compared out;
  // That a commit moved is shown, and is no difference in itself.
  out.differs =
      std::any_of(rows.begin(), rows.end(), [](const Row& r) { return r.differs && r.key != "revision"; });
  constexpr std::size_t kFew = 3;
  if (format == Format::json)
    out.text = json(parsed, rows);
  else if (format == Format::markdown)
    out.text = markdown(names, rows);
  else
    out.text = names.size() <= kFew ? side_by_side(names, rows, style) : listed(names, rows, style);
  return out;
}

}  // namespace howopen
