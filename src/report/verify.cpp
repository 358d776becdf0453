// Files on disk against what they should be: a line a model, and one for each file that is not as it should
// be.
//
//   ./R1: 163 files are those of deepseek-ai/DeepSeek-R1 @ 56d4cbb (howopen.lock:4)

#include "howopen/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

using report::Color;
using report::or_null;
using report::paint;
using report::shown;
using text::Json;

Json json_of(const Checked& c) {
  Json out;
  out.set("target", Json(c.word));
  out.set("id", or_null(c.id));
  out.set("revision", or_null(c.revision));
  out.set("against", or_null(c.where));
  out.set("result", Json(differs(c) ? "differs" : undecided(c) ? "unknown" : "same"));
  out.set("why", or_null(c.why));
  Json files = Json::array();
  for (const CheckedFile& f : c.files) {
    Json one;
    one.set("path", Json(f.name));
    one.set("state", Json(word(f.state)));
    one.set("expected", or_null(f.expected));
    one.set("found", or_null(f.found));
    one.set("note", or_null(f.note));
    files.push(std::move(one));
  }
  out.set("files", std::move(files));
  out.set("not_here", Json(static_cast<std::int64_t>(c.elsewhere)));
  Json signatures = Json::array();
  for (const std::string& s : c.signatures) signatures.push(Json(s));
  out.set("signatures", std::move(signatures));
  return out;
}

std::string files_of(std::size_t n) {
  return n == 1 ? "1 file" : fmt::format("{} files", n);
}

std::string text_of(const Checked& c, const Style& style) {
  const auto same = static_cast<std::size_t>(std::count_if(
      c.files.begin(), c.files.end(), [](const CheckedFile& f) { return f.state == FileState::same; }));
  std::string of = c.id.empty() ? "as " + shown(c.where, style) + " says" : "those of " + shown(c.id, style);
  if (!c.revision.empty()) of += " @ " + shown(c.revision.substr(0, 7), style);
  if (!c.id.empty()) of += fmt::format(" ({})", shown(c.where, style));
  std::string out = paint(shown(c.word, style), Color::bold, style) + ": ";
  if (c.where.empty())
    out += "not known\n";
  else if (same == c.files.size() && same > 0)
    out += fmt::format("{} {} {}\n", files_of(same), same == 1 ? "is" : "are", of);
  else
    out += fmt::format("{} of {} {} {}\n", same, files_of(c.files.size()), same == 1 ? "is" : "are", of);
  for (const CheckedFile& f : c.files) {
    if (f.state == FileState::same && f.note.empty()) continue;
    out += fmt::format("  {:<9}{}{}\n", word(f.state), shown(f.name, style),
                       f.note.empty() ? ""
                       : f.state == FileState::unknown || f.state == FileState::unread
                           ? ": " + shown(f.note, style)
                           : ", there called " + shown(f.note, style));
    if (f.state == FileState::differs)
      out += fmt::format("           is  {}\n           not {}\n", shown(f.found, style),
                         shown(f.expected, style));
  }
  if (!c.why.empty()) out += fmt::format("  {}\n", shown(c.why, style));
  if (c.elsewhere > 0) out += fmt::format("  {} more of it not here\n", files_of(c.elsewhere));
  if (!c.signatures.empty())
    out += fmt::format("  signed: {} (named, not checked)\n",
                       shown(fmt::format("{}", fmt::join(c.signatures, ", ")), style));
  return out;
}

}  // namespace

std::string render_verified(const std::vector<Checked>& all, Format format, const Style& style) {
  if (format == Format::json) {
    Json out;
    out.set("schema_version", Json(1));
    Json list = Json::array();
    for (const Checked& c : all) list.push(json_of(c));
    out.set("targets", std::move(list));
    return text::write_json(out, true);
  }
  std::string out;
  for (const Checked& c : all) out += text_of(c, style);
  return out;
}

}  // namespace howopen
