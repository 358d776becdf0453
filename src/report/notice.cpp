// A notice as a document: what is missing, the models, what has to be done, then the texts.
//
//   Not complete: no text of MIT was read for acme/foo
//
//   ---- acme/base/LICENSE@0123… (Apache-2.0)

#include "howopen/notice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "text/digest.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen {
namespace {

using text::Json;
using text::printable;

constexpr std::string_view kHead =
    "Licenses, notices and duties that go along with the models below. Facts and clauses, not legal advice.";

// Foreign lines stay lines; what a terminal or a reader would take for something else is shown as what it is.
std::string lines_of(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    std::string_view line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::string flat(line);
    for (std::size_t tab = flat.find('\t'); tab != std::string::npos; tab = flat.find('\t', tab))
      flat.replace(tab, 1, "    ");
    out += printable(flat) + '\n';
  }
  return out;
}

std::string line_of(const Clause& c, const Catalog& catalog) {
  if (c.license.empty()) return printable(c.text);
  return fmt::format("{} ({}{}{})", printable(c.text), printable(catalog.in_words(c.license)),
                     c.clause.empty() ? "" : ", ", printable(c.clause));
}
std::string line_of(const NoticeDocument::Model& m, const Catalog& catalog) {
  return fmt::format("{}{}{}: {}{}", printable(m.id), m.commit.empty() ? "" : " at ", printable(m.commit),
                     m.license.empty() ? "license not known" : printable(catalog.in_words(m.license)),
                     m.made.empty() ? "" : fmt::format(" (base of {})", printable(m.made)));
}
std::string title_of(const NoticeDocument::Text& t) {
  return fmt::format("{}{}", printable(fmt::format("{}", fmt::join(t.places, ", "))),
                     t.license.empty() ? "" : fmt::format(" ({})", printable(t.license)));
}

// Sections with their lines, but for the texts.
std::vector<std::pair<std::string, std::vector<std::string>>> sections(const NoticeDocument& n,
                                                                       const Catalog& catalog) {
  std::vector<std::pair<std::string, std::vector<std::string>>> out;
  if (!n.missing.empty()) {
    out.push_back({"Not complete", {}});
    for (const std::string& m : n.missing) out.back().second.push_back(printable(m));
  }
  out.push_back({"Models", {}});
  for (const NoticeDocument::Model& m : n.models) out.back().second.push_back(line_of(m, catalog));
  if (!n.duties.empty()) {
    std::string model;
    for (const Clause& c : n.duties) {
      if (c.where != model) out.push_back({"Whoever passes on " + printable(c.where), {}});
      model = c.where;
      out.back().second.push_back(line_of(c, catalog));
    }
  }
  if (!n.copyright.empty()) {
    out.push_back({"Copyright", {}});
    for (const std::string& c : n.copyright) out.back().second.push_back(printable(c));
  }
  return out;
}

std::string as_text(const NoticeDocument& n, const Catalog& catalog) {
  std::string out = fmt::format("{}\n", kHead);
  for (const auto& [title, lines] : sections(n, catalog)) {
    out += fmt::format("\n{}\n", title);
    for (const std::string& line : lines) out += fmt::format("  - {}\n", line);
  }
  const std::string rule(80, '-');
  for (const NoticeDocument::Text& t : n.texts)
    out += fmt::format("\n{}\n{}\n{}\n{}", rule, title_of(t), rule, lines_of(t.body));
  return out;
}

// A fence longer than any in the text.
std::string fence_for(std::string_view body) {
  std::size_t most = 2;
  std::size_t run = 0;
  for (const char c : body) {
    run = c == '`' ? run + 1 : 0;
    most = std::max(most, run);
  }
  return std::string(most + 1, '`');
}

std::string md(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '<')
      out += "&lt;";
    else if (c == '@')
      out += "@<!-- -->";
    else if (std::string_view("\\`*_[]|~#$>&").find(c) != std::string_view::npos)
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out;
}

std::string as_markdown(const NoticeDocument& n, const Catalog& catalog) {
  std::string out = fmt::format("# Notices\n\n{}\n", kHead);
  for (const auto& [title, lines] : sections(n, catalog)) {
    out += fmt::format("\n## {}\n\n", md(title));
    for (const std::string& line : lines) out += fmt::format("- {}\n", md(line));
  }
  for (const NoticeDocument::Text& t : n.texts) {
    const std::string fence = fence_for(t.body);
    out += fmt::format("\n## {}\n\n{}text\n{}{}\n", md(title_of(t)), fence, lines_of(t.body), fence);
  }
  return out;
}

std::string html(std::string_view s) {
  std::string out;
  for (const char c : s) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string as_html(const NoticeDocument& n, const Catalog& catalog) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta "
      "charset=\"utf-8\"><title>Notices</title></head>\n<body>\n"
      "<h1>Notices</h1>\n<p>{}</p>\n",
      html(kHead));
  for (const auto& [title, lines] : sections(n, catalog)) {
    out += fmt::format("<h2>{}</h2>\n<ul>\n", html(title));
    for (const std::string& line : lines) out += fmt::format("<li>{}</li>\n", html(line));
    out += "</ul>\n";
  }
  for (const NoticeDocument::Text& t : n.texts)
    out += fmt::format("<h2>{}</h2>\n<pre>\n{}</pre>\n", html(title_of(t)), html(lines_of(t.body)));
  return out + "</body>\n</html>\n";
}

// SPDX 2.3, tag-value.
class SpdxDocument {
 public:
  SpdxDocument(const NoticeDocument& n, const std::string& day, const Catalog& catalog)
      : n_(n), day_(day), catalog_(catalog) {}

  std::string run() {
    std::string all;
    for (const NoticeDocument::Model& m : n_.models) all += m.id + "@" + m.commit + "\n";
    for (const NoticeDocument::Text& t : n_.texts) all += t.sha256 + "\n";
    out_ = fmt::format(
        "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: model-notices\n"
        "DocumentNamespace: https://spdx.org/spdxdocs/howopen-{}\nCreator: Tool: howopen-{}\nCreated: "
        "{}T00:00:00Z\n",
        text::sha256(all).substr(0, 32), HOWOPEN_VERSION, day_);
    if (!n_.missing.empty()) {
      std::string missing = "Not complete:";
      for (const std::string& m : n_.missing) missing += "\n- " + m;
      out_ += fmt::format("DocumentComment: {}\n", quoted(missing));
    }
    for (std::size_t i = 0; i < n_.models.size(); ++i) package(i);
    std::size_t number = 0;
    for (const NoticeDocument::Text& t : n_.texts) {
      // Texts of licenses that are on SPDX's list are named by their ids.
      ++number;
      out_ += fmt::format(
          "\nLicenseID: LicenseRef-text-{}\nExtractedText: {}\nLicenseName: {}\nLicenseComment: {}\n", number,
          quoted(lines_of(t.body)), t.license.empty() ? "NOASSERTION" : one_line(t.license),
          quoted(fmt::format("{}", fmt::join(t.places, ", "))));
    }
    return out_;
  }

 private:
  static std::string one_line(std::string_view s) { return printable(s); }
  // What would end the text is written so that it does not.
  static std::string quoted(std::string s) {
    for (std::size_t at = s.find("</text"); at != std::string::npos; at = s.find("</text", at + 1))
      s.insert(at + 1, " ");
    return "<text>" + s + "</text>";
  }
  void package(std::size_t i) {
    const NoticeDocument::Model& m = n_.models[i];
    out_ += fmt::format(
        "\nPackageName: {}\nSPDXID: SPDXRef-model-{}\n{}PackageDownloadLocation: https://huggingface.co/{}\n"
        "FilesAnalyzed: false\nPackageLicenseConcluded: {}\nPackageLicenseDeclared: NOASSERTION\n"
        "PackageCopyrightText: NOASSERTION\n",
        one_line(m.id), i + 1,
        m.commit.empty() ? "" : fmt::format("PackageVersion: {}\n", one_line(m.commit)), one_line(m.id),
        m.license.empty() ? "NOASSERTION" : one_line(m.license));
    std::string duties;
    for (const Clause& c : n_.duties) {
      if (c.where == m.id) duties += (duties.empty() ? "" : "\n") + line_of(c, catalog_);
    }
    if (!duties.empty()) out_ += fmt::format("PackageComment: {}\n", quoted(duties));
    out_ += fmt::format("Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-model-{}\n", i + 1);
    if (m.made.empty()) return;
    for (std::size_t k = 0; k < n_.models.size(); ++k) {
      if (n_.models[k].id == m.made)
        out_ += fmt::format("Relationship: SPDXRef-model-{} DESCENDANT_OF SPDXRef-model-{}\n", k + 1, i + 1);
    }
  }

  const NoticeDocument& n_;
  const std::string& day_;
  const Catalog& catalog_;
  std::string out_;
};

std::string as_json(const NoticeDocument& n) {
  Json out;
  Json models = Json::array();
  for (const NoticeDocument::Model& m : n.models) {
    Json one;
    one.set("id", Json(m.id));
    one.set("commit", m.commit.empty() ? Json() : Json(m.commit));
    one.set("license", m.license.empty() ? Json() : Json(m.license));
    one.set("base_of", m.made.empty() ? Json() : Json(m.made));
    models.push(std::move(one));
  }
  Json duties = Json::array();
  for (const Clause& c : n.duties) {
    Json one;
    one.set("model", Json(c.where));
    one.set("text", Json(c.text));
    one.set("license", Json(c.license));
    one.set("clause", c.clause.empty() ? Json() : Json(c.clause));
    duties.push(std::move(one));
  }
  const auto strings = [](const std::vector<std::string>& list) {
    Json all = Json::array();
    for (const std::string& s : list) all.push(Json(s));
    return all;
  };
  Json texts = Json::array();
  for (const NoticeDocument::Text& t : n.texts) {
    Json one;
    one.set("sha256", Json(t.sha256));
    one.set("license", t.license.empty() ? Json() : Json(t.license));
    one.set("places", strings(t.places));
    one.set("text", Json(t.body));
    texts.push(std::move(one));
  }
  out.set("missing", strings(n.missing));
  out.set("models", std::move(models));
  out.set("duties", std::move(duties));
  out.set("copyright", strings(n.copyright));
  out.set("texts", std::move(texts));
  return text::write_json(out, true);
}

}  // namespace

std::string render_notice(const NoticeDocument& n, Format format, const std::string& day,
                          const Catalog& catalog) {
  switch (format) {
    case Format::markdown:
      return as_markdown(n, catalog);
    case Format::html:
      return as_html(n, catalog);
    case Format::spdx:
      return SpdxDocument(n, day, catalog).run();
    case Format::json:
      return as_json(n);
    default:
      return as_text(n, catalog);
  }
}

}  // namespace howopen
