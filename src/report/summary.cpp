// A tally in text, JSON and Markdown.
//
//   verdict  open-weights 412   41.2 %
//            undetermined   3    0.3 %

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "howopen/tally.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

struct Row {
  std::string group;
  std::string name;
  std::int64_t count;
};

std::string percent(std::int64_t n, std::int64_t of) {
  return fmt::format("{:.1f} %", of == 0 ? 0.0 : 100.0 * static_cast<double>(n) / static_cast<double>(of));
}

// The most frequent first; names decide between equals.
template <class Counts>
void rows(std::vector<Row>& out, const std::string& group, const Counts& counts) {
  const std::size_t from = out.size();
  for (const auto& [name, n] : counts) out.push_back({group, name, n});
  std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
                   [](const Row& a, const Row& b) { return a.count > b.count; });
}

template <class Counts>
text::Json object_of(const Counts& counts) {
  text::Json out = text::Json::object();
  for (const auto& [name, n] : counts) out.set(name, text::Json(n));
  return out;
}

// Numbers with commas, as people read them.
std::string grouped(std::int64_t n) {
  std::string out = std::to_string(n);
  for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3)
    out.insert(static_cast<std::size_t>(at), ",");
  return out;
}

std::string escaped(const std::string& s) {
  std::string out;
  for (const char c : s) {
    if (std::string_view("|<>`*_[]\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string Tally::in_words() const {
  std::vector<Row> all;
  rows(all, "", verdicts_);
  std::string out = fmt::format("{} model{}", grouped(models_), models_ == 1 ? "" : "s");
  for (std::size_t i = 0; i < all.size(); ++i)
    out += fmt::format("{}{} {}", i == 0 ? ": " : ", ", grouped(all[i].count), all[i].name);
  return out;
}

std::string Tally::render(Format format, const Style& style) const {
  if (format == Format::json) {
    text::Json out;
    out.set("schema_version", text::Json(std::string(kSchemaVersion)));
    out.set("models", text::Json(models_));
    out.set("by_verdict", object_of(verdicts_));
    out.set("by_license_class", object_of(classes_));
    text::Json& components = out.set("components", text::Json::object());
    for (std::size_t i = 0; i < kComponents; ++i)
      components.set(word(static_cast<Component>(i)), object_of(components_[i]));
    text::Json& uses = out.set("by_use", text::Json::object());
    for (const auto& [use, answers] : uses_) uses.set(word(use), object_of(answers));
    out.set("conflicts", object_of(conflicts_));
    text::Json& errors = out.set("errors", text::Json::object());
    for (const auto& [kind, t] : troubles_) {
      text::Json& one = errors.set(kind, text::Json::object());
      one.set("count", text::Json(t.count));
      one.set("first_ref", text::Json(t.ref));
      one.set("first_message", text::Json(t.message));
    }
    return text::write_json(out, true);
  }
  std::vector<Row> all;
  rows(all, "verdict", verdicts_);
  rows(all, "license", classes_);
  for (std::size_t i = 0; i < kComponents; ++i)
    rows(all, report::words_of(static_cast<Component>(i)), components_[i]);
  for (const auto& [use, answers] : uses_) rows(all, fmt::format("use: {}", word(use)), answers);
  rows(all, "conflict", conflicts_);
  std::map<std::string, std::int64_t> kinds;
  for (const auto& [kind, t] : troubles_) kinds[kind] = t.count;
  const std::size_t errors_from = all.size();
  rows(all, "error", kinds);
  const auto first = [&](const Row& row) {
    const Trouble& t = troubles_.find(row.name)->second;
    return fmt::format("{}: {}", t.ref, t.message);
  };

  std::string out;
  if (format == Format::markdown) {
    out = fmt::format("**{}**\n\n| | | models | share |\n|---|---|--:|--:|\n", in_words());
    for (std::size_t i = 0; i < all.size(); ++i)
      out += fmt::format("| {} | {}{} | {} | {} |\n", all[i].group, escaped(all[i].name),
                         i < errors_from ? "" : ", first " + escaped(first(all[i])), grouped(all[i].count),
                         i < errors_from ? percent(all[i].count, models_) : "");
    return out;
  }
  if (style.quiet) return in_words() + "\n";
  out = report::paint(fmt::format("{} model{}", grouped(models_), models_ == 1 ? "" : "s"),
                      report::Color::bold, style) +
        "\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool fresh = i == 0 || all[i - 1].group != all[i].group;
    if (fresh) out += "\n";
    const std::string head =
        fmt::format("  {}{}{:>10}", report::pad(fresh ? all[i].group : "", 24),
                    report::pad(all[i].name.empty() ? "none" : all[i].name, 26), grouped(all[i].count));
    out += i < errors_from ? fmt::format("{}{:>9}\n", head, percent(all[i].count, models_))
                           : fmt::format("{}\n    first {}\n", head, report::shown(first(all[i]), style));
  }
  return out;
}

}  // namespace howopen
