// What ships with howopen of single models: a line a row, with its date and source.
//
//   deepseek-ai/DeepSeek-R1  published  DeepSeek  2026-11-23

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

using text::Json;

struct Entry {
  std::string id;
  std::string kind;  // published | closed
  std::string title;
  std::string vendor;
  std::string as_of;
  std::string source;
};

std::vector<Entry> entries_of(const Catalog& catalog, const std::string& before) {
  std::vector<Entry> out;
  for (const ModelEntry* m : catalog.models()) {
    for (const std::string& id : m->ids)
      out.push_back({id, "published", m->title, m->vendor, m->as_of, m->source});
  }
  for (const UnreleasedModel* r : catalog.releases())
    out.push_back({r->name, "closed", r->title, r->vendor, r->as_of, r->source});
  if (!before.empty()) std::erase_if(out, [&](const Entry& r) { return r.as_of >= before; });
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.vendor, a.kind, a.id, a.as_of) < std::tie(b.vendor, b.kind, b.id, b.as_of);
  });
  return out;
}

}  // namespace

std::string render_catalog(const Catalog& catalog, const std::string& before, Format format,
                           const Style& style) {
  const std::vector<Entry> rows = entries_of(catalog, before);
  if (format == Format::json) {
    Json out;
    out.set("schema_version", Json(std::string(kSchemaVersion)));
    out.set("as_of", Json(catalog.as_of()));
    out.set("digest", Json(catalog.digest()));
    out.set("before", before.empty() ? Json() : Json(before));
    Json& list = out.set("models", Json::array());
    for (const Entry& r : rows) {
      Json& one = list.push(Json::object());
      one.set("id", Json(r.id));
      one.set("kind", Json(r.kind));
      one.set("title", Json(r.title));
      one.set("vendor", Json(r.vendor));
      one.set("as_of", Json(r.as_of));
      one.set("source", Json(r.source));
    }
    return text::write_json(out, true);
  }
  std::string out;
  int width = 5;
  for (const Entry& r : rows) width = std::max(width, static_cast<int>(r.id.size()));
  for (const Entry& r : rows) {
    if (style.quiet) {
      out += r.id + "\n";
      continue;
    }
    out += fmt::format("{}  {}  {}  {}\n", report::pad(report::shown(r.id, style), width),
                       report::pad(r.kind, 9), r.as_of, report::shown(r.vendor, style));
    if (style.verbosity > 0) out += report::labeled("", report::shown(r.source, style), 4, style);
  }
  if (style.quiet) return out;
  return out + fmt::format("\n{} model{}{}; the catalog is of {}\n", rows.size(), rows.size() == 1 ? "" : "s",
                           before.empty() ? "" : " with facts from before " + before, catalog.as_of());
}

}  // namespace howopen
