// Mentions of models in a source tree, a line each as compilers write them, and as JSON.
//
//   src/app.py:3:32  acme/foo-7b  from_pretrained, high

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

using report::Color;
using report::paint;
using report::shown;
using text::Json;

Json number_or_null(int n) {
  return n > 0 ? Json(n) : Json();
}

std::set<std::string> models_of(const Scanned& s) {
  std::set<std::string> out;
  for (const ModelReference& r : s.references) out.insert(r.id);
  return out;
}

Json reference(const ModelReference& r) {
  Json one;
  one.set("id", Json(r.id));
  one.set("revision", r.revision.empty() ? Json() : Json(r.revision));
  one.set("file", Json(r.file));
  one.set("line", number_or_null(r.line));
  one.set("column", number_or_null(r.column));
  one.set("form", Json(r.form));
  one.set("confidence", Json(word(r.confidence)));
  one.set("registry", Json(word(r.registry)));
  one.set("role", Json(word(r.role)));
  return one;
}

Json open_place(const Unresolved& u) {
  Json one;
  one.set("text", Json(u.text));
  one.set("file", Json(u.file));
  one.set("line", number_or_null(u.line));
  one.set("column", number_or_null(u.column));
  one.set("form", Json(u.form));
  one.set("why", Json(u.why));
  return one;
}

Json skipped(const SkippedFile& f) {
  Json one;
  one.set("file", Json(f.file));
  one.set("why", Json(f.why));
  one.set("kind", Json(word(f.kind)));
  return one;
}

std::size_t unseen(const Scanned& s) {
  return static_cast<std::size_t>(std::count_if(s.skipped.begin(), s.skipped.end(),
                                                [](const SkippedFile& f) { return f.kind == Skip::unseen; }));
}

// A line each, so that a gate can read it: {"type":"reference",…}, {"type":"unresolved",…} or
// {"type":"skipped",…}.
std::string lines(const Scanned& s) {
  std::string out;
  const auto line = [&](const char* type, const Json& one) {
    Json typed;
    typed.set("type", Json(type));
    for (const auto& [key, value] : one.members()) typed.set(key, value);
    out += text::write_json(typed, false) + "\n";
  };
  for (const ModelReference& r : s.references) line("reference", reference(r));
  for (const Unresolved& u : s.unresolved) line("unresolved", open_place(u));
  for (const SkippedFile& f : s.skipped) line("skipped", skipped(f));
  return out;
}

std::string json(const Scanned& s) {
  Json out;
  out.set("schema_version", Json(std::string(kSchemaVersion)));
  Json& tool = out.set("tool", Json::object());
  tool.set("name", Json("howopen"));
  tool.set("version", Json(HOWOPEN_VERSION));
  Json& references = out.set("references", Json::array());
  for (const ModelReference& r : s.references) references.push(reference(r));
  Json& unresolved = out.set("unresolved", Json::array());
  for (const Unresolved& u : s.unresolved) unresolved.push(open_place(u));
  Json& left = out.set("skipped", Json::array());
  for (const SkippedFile& f : s.skipped) left.push(skipped(f));
  Json& summary = out.set("summary", Json::object());
  summary.set("files", Json(static_cast<std::int64_t>(s.files)));
  summary.set("models", Json(static_cast<std::int64_t>(models_of(s).size())));
  summary.set("references", Json(static_cast<std::int64_t>(s.references.size())));
  summary.set("unresolved", Json(static_cast<std::int64_t>(s.unresolved.size())));
  summary.set("skipped", Json(static_cast<std::int64_t>(s.skipped.size())));
  return text::write_json(out, true);
}

std::string place(const std::string& file, int line, int column, const Style& style) {
  const std::string name = shown(file, style);
  return line > 0 ? fmt::format("{}:{}:{}", name, line, column) : name;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

}  // namespace

std::string render_scan(const Scanned& s, Format format, const Style& style) {
  if (format == Format::json) return json(s);
  if (format == Format::jsonl) return lines(s);
  const std::set<std::string> models = models_of(s);
  std::string out;
  if (style.quiet) {
    for (const std::string& id : models) out += shown(id, style) + "\n";
    return out;
  }
  for (const ModelReference& r : s.references) {
    const std::string id = r.revision.empty() ? r.id : r.id + "@" + r.revision;
    out += fmt::format("{}  {}  {}, {}\n", place(r.file, r.line, r.column, style),
                       paint(shown(id, style), Color::bold, style), shown(r.form, style), word(r.confidence));
  }
  if (!s.unresolved.empty()) out += out.empty() ? "unresolved\n" : "\nunresolved\n";
  for (const Unresolved& u : s.unresolved) {
    out += fmt::format("{}  {}  {}: {}\n", place(u.file, u.line, u.column, style), shown(u.text, style),
                       shown(u.form, style), u.why);
  }
  // What may name a model and was not read is said without being asked for; what was left out on purpose,
  // with -v.
  for (const bool purpose : {false, true}) {
    if (purpose && style.verbosity == 0) continue;
    bool first = true;
    for (const SkippedFile& f : s.skipped) {
      if ((f.kind != Skip::unseen) != purpose || f.file.empty()) continue;
      if (first) out += fmt::format("{}{}\n", out.empty() ? "" : "\n", purpose ? "left out" : "not read");
      first = false;
      out += fmt::format("{}  {}\n", shown(f.file, style), shown(f.why, style));
    }
  }
  if (!out.empty()) out += "\n";
  out += fmt::format("{} in {}, {}, {} unresolved", counted(models.size(), "model", "models"),
                     counted(s.files, "file", "files"),
                     counted(s.references.size(), "reference", "references"), s.unresolved.size());
  // What stands for the whole walk is said without being asked for.
  for (const SkippedFile& f : s.skipped) {
    if (f.file.empty()) out += fmt::format("; {}", f.why);
  }
  if (const std::size_t n = unseen(s); n > 0) out += fmt::format(", {} not read", n);
  if (const std::size_t left = s.skipped.size() - unseen(s); left > 0)
    out += fmt::format("; {} left out{}", left, style.verbosity > 0 ? "" : " (-v lists them)");
  return out + "\n";
}

}  // namespace howopen
