// Models side by side. They come as JSON, so that a saved report compares with one of today.
//
//   V3 beside R1  ->  verdict  Weights Available | Open Weights; license  DeepSeek License 1.0 | MIT; …

#include "report/compare.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/card.h"
#include "report/table.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace howopen {
namespace {

using namespace report;  // NOLINT(google-build-using-namespace): the room's own helpers
using text::Json;

std::vector<std::string> names_of(const std::vector<Json>& models) {
  std::vector<std::string> out;
  for (const Json& m : models) {
    const std::string id(m["id"].string_or(""));
    const bool again = std::count_if(models.begin(), models.end(),
                                     [&](const Json& o) { return o["id"].string_or("") == id; }) > 1;
    const std::string revision(m["revision"].string_or(""));
    out.push_back(again && !revision.empty() ? fmt::format("{}@{}", id, revision.substr(0, 7)) : id);
  }
  return out;
}

// Nothing of it was seen: it is like nothing else, and unlike nothing.
bool nobody_saw(const Json& m) {
  if (m["verdict"].string_or("") != word(Rung::undetermined) || m["errors"].items().empty()) return false;
  for (std::size_t i = 0; i < kComponents; ++i) {
    if (m["components"][word(static_cast<Component>(i))]["status"].string_or("unknown") != "unknown")
      return false;
  }
  return true;
}

std::string json(const std::vector<Json>& models, const std::vector<CompareRow>& rows) {
  Json out;
  out.set("schema_version", Json(std::string(kSchemaVersion)));
  Json& names = out.set("models", Json::array());
  for (const std::string& n : names_of(models)) names.push(Json(n));
  for (const bool differs : {true, false}) {
    Json& list = out.set(differs ? "different" : "same", Json::array());
    for (const CompareRow& r : rows) {
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

// Ids of models within words are shortened where a column has no room for them.
std::string fitting(const std::string& v, int column, const Style& style) {
  if (text::display_width(v) <= column) return v;
  std::string out;
  for (std::size_t at = 0; at < v.size();) {
    const std::size_t end = std::min(v.find(' ', at), v.size());
    const std::string word = v.substr(at, end - at);
    if (!out.empty()) out += ' ';
    out += text::display_width(word) > column ? short_id(word, style) : word;
    at = end + 1;
  }
  return out;
}

// What is the same in all, where it says something.
std::string same_lines(const std::vector<CompareRow>& rows, int key, bool all, const Style& style) {
  std::string out;
  for (const CompareRow& r : rows) {
    if (r.differs || r.words.front().empty()) continue;
    if (all || r.key.find('.') == std::string::npos)
      out += labeled("  " + r.title, shown(r.words.front(), style), key + 4, style);
  }
  return out.empty() ? out : "\nthe same in all\n" + out;
}

int title_width(const std::vector<CompareRow>& rows) {
  int out = 0;
  for (const CompareRow& r : rows) out = std::max(out, text::display_width(r.title));
  return out;
}

// Few models: a row for each question, the models as columns. Names that are too long for their column stand
// above, and letters for them.
std::string side_by_side(const std::vector<std::string>& names, const std::vector<CompareRow>& rows,
                         bool unseen, const Style& style) {
  const int key = title_width(rows);
  const int count = static_cast<int>(names.size());
  const int column = (style.width - key - 2 * count) / count;
  std::vector<std::string> heads;
  bool fit = true;
  for (const std::string& n : names) {
    heads.push_back(fitting(shown(n, style), column, style));
    fit = fit && text::display_width(heads.back()) <= column;
  }
  std::string out;
  if (!fit) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      heads[i] = std::string(1, static_cast<char>('A' + i));
      out += fmt::format("{}  {}\n", heads[i],
                         paint(fitting(shown(names[i], style), style.width - 3, style), Color::bold, style));
    }
    out += '\n';
  }
  const auto line = [&](const std::string& label, const std::vector<std::string>& values) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (const std::string& v : values) {
      cells.push_back(wrap(fitting(shown(or_dash(v), style), column, style), column));
      height = std::max(height, cells.back().size());
    }
    std::string all;
    for (std::size_t i = 0; i < height; ++i) {
      std::string l = pad(i == 0 ? label : "", key);
      for (const auto& cell : cells) l += "  " + pad(i < cell.size() ? cell[i] : "", column);
      while (!l.empty() && l.back() == ' ') l.pop_back();
      all += l + "\n";
    }
    return all;
  };
  constexpr int kNarrow = 14;
  const bool turned = column < kNarrow;
  if (!turned) out += line("", heads);
  for (const CompareRow& r : rows) {
    if (!r.differs) continue;
    if (!turned) {
      out += line(r.title, r.words);
      continue;
    }
    out += r.title + "\n";
    for (std::size_t i = 0; i < r.words.size(); ++i)
      out += labeled("  " + heads[i], shown(or_dash(r.words[i]), style), 5, style);
  }
  if (std::none_of(rows.begin(), rows.end(), [](const CompareRow& r) { return r.differs; })) {
    if (unseen) return out + "not comparable: nothing was seen of them\n";
    out += "no difference\n";
  }
  return out + same_lines(rows, key, style.verbosity > 0, style);
}

// Many models: a row for each of them, what differs as columns.
constexpr std::string_view kCompareColumns[] = {"verdict", "license", "license.effective", "license.code",
                                                "license.class"};
// Of these what says most; the others with -v.
bool wanted(std::string_view key, const Style& style) {
  return style.verbosity > 0 || (key != "license" && key != "license.class");
}

// The five components as marks, where any of them differs.
TableCell marks_of(const Json& m, const Style& style) {
  TableCell out;
  for (std::size_t i = 0; i < kComponents; ++i) {
    const auto state =
        from_word<State>(m["components"][word(static_cast<Component>(i))]["status"].string_or("unknown"));
    const std::string_view one = mark(state.value_or(State::unknown), style);
    out.text.append(i == 0 ? "" : " ").append(one);
    out.painted.append(i == 0 ? "" : " ").append(paint(one, color_of(state.value_or(State::unknown)), style));
  }
  return out;
}

std::string a_row_each(const std::vector<Json>& models, const std::vector<std::string>& names,
                       const std::vector<CompareRow>& rows, const Style& style) {
  std::vector<Column> columns = {{"model", true, false, true}};
  std::vector<std::vector<TableCell>> cells;
  for (const std::string& n : names) cells.push_back({{shown(n, style)}});
  const auto find = [&](std::string_view key) {
    return std::find_if(rows.begin(), rows.end(), [&](const CompareRow& r) { return r.key == key; });
  };
  bool marks = false;
  for (std::size_t i = 0; i < kComponents; ++i)
    marks = marks || find(word(static_cast<Component>(i)))->differs;
  for (const std::string_view key : kCompareColumns) {
    const auto r = find(key);
    if (r->differs && wanted(key, style)) {
      columns.push_back({r->title, false, true, key == "verdict"});
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i].push_back({shown(or_dash(r->words[i]), style)});
    }
    if (key != "verdict" || !marks) continue;
    columns.push_back({"W I T D A", false, false, true});
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i].push_back(marks_of(models[i], style));
  }
  std::string out = table_text(columns, cells, style);
  if (marks) out += "\n" + marks_legend(style);
  std::vector<CompareRow> same;
  for (const CompareRow& r : rows) {
    const bool component = from_word<Component>(r.key).has_value();
    const bool told = component || std::find(std::begin(kCompareColumns), std::end(kCompareColumns), r.key) !=
                                       std::end(kCompareColumns);
    if (told) same.push_back(r);
  }
  return out + same_lines(same, title_width(same), true, style);
}

std::string markdown(const std::vector<std::string>& names, const std::vector<CompareRow>& rows) {
  std::string out = "| |";
  for (const std::string& n : names) out += " " + markdown_text(n) + " |";
  out += "\n|---|";
  for (std::size_t i = 0; i < names.size(); ++i) out += "---|";
  out += "\n";
  for (const bool differs : {true, false}) {
    for (const CompareRow& r : rows) {
      if (r.differs != differs ||
          (!differs && (r.words.front().empty() || r.key.find('.') != std::string::npos)))
        continue;
      out += differs ? fmt::format("| **{}** |", r.title) : fmt::format("| {} |", r.title);
      for (const std::string& v : r.words) out += " " + markdown_text(or_dash(v)) + " |";
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

Compared render_compare(const std::vector<std::string>& models, Format format, const Style& style,
                        const Catalog& catalog) {
  std::vector<Json> parsed;
  for (const std::string& m : models) parsed.push_back(text::parse_json(m).value_or(Json()));
  const std::vector<CompareRow> rows = compare_rows(parsed, catalog);
  const std::vector<std::string> names = names_of(parsed);
  Compared out;
  // That a commit moved is shown, and is no difference in itself.
  out.differs = std::any_of(rows.begin(), rows.end(),
                            [](const CompareRow& r) { return r.differs && r.key != "revision"; });
  const bool unseen = std::any_of(parsed.begin(), parsed.end(), nobody_saw);
  constexpr std::size_t kFew = 3;
  if (format == Format::json)
    out.text = json(parsed, rows);
  else if (format == Format::markdown)
    out.text = markdown(names, rows);
  else
    out.text = names.size() <= kFew ? side_by_side(names, rows, unseen, style)
                                    : a_row_each(parsed, names, rows, style);
  return out;
}

}  // namespace howopen
