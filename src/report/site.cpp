// The files of a static site: a page and badges for each model, and a feed for other programs.
//
//   acme/m  ->  models/acme/m.html, badges/acme/m.svg, badges/acme/m-dots.svg, badges/acme/m.json

#include <fmt/format.h>

#include "howopen/page.h"
#include "howopen/verdict.h"
#include "report/html.h"
#include "report/layout.h"
#include "report/markup.h"
#include "text/json_writer.h"

namespace howopen {

using text::Json;

std::vector<SiteFile> site_files(std::string_view line, const Catalog& catalog) {
  const auto model = text::parse_json(line);
  if (!model || (*model)["id"].is_null() || !from_word<Rung>((*model)["verdict"].string_or(""))) return {};
  const std::string id((*model)["id"].string_or(""));
  const std::string page = report::page_path(id);
  const std::string badge = "badges/" + page.substr(std::string_view("models/").size());
  std::string up;
  for (const char c : page) up += c == '/' ? "../" : "";
  const std::string picture = report::percent_encoded(badge);
  std::string body = fmt::format(
      "<nav><a href=\"{0}index.html\">all models</a></nav>\n{1}<h3>Badges</h3>\n<p><img "
      "src=\"{0}{2}.svg\" alt=\"\"> <img src=\"{0}{2}-dots.svg\" alt=\"\"></p>\n",
      up, report::model_section(*model, catalog, false), picture);
  std::vector<SiteFile> out;
  out.push_back({page + ".html", report::document("howopen: " + id, body, catalog, false)});
  out.push_back({badge + ".svg", report::badge_svg(report::badge_of(*model))});
  out.push_back({badge + "-dots.svg", report::badge_dots_svg(*model)});
  out.push_back({badge + ".json", report::badge_endpoint(report::badge_of(*model))});
  return out;
}

std::string feed_entry(std::string_view line) {
  const auto model = text::parse_json(line);
  if (!model || (*model)["id"].is_null() || !from_word<Rung>((*model)["verdict"].string_or(""))) return {};
  const Json& m = *model;
  text::JsonWriter out(text::JsonWriter::Layout::line);
  out.object([&] {
    for (const char* key : {"id", "revision", "verdict", "verdict_low", "verdict_high", "modifiers"})
      out.member(key, m[key]);
    out.member("score", m["score"]["points"]);
    out.object("components", [&] {
      for (const auto& [name, c] : m["components"].members()) out.member(name, c["status"]);
    });
    out.object("license", [&] {
      out.member("expression", m["license"]["effective"]["expression"]);
      out.member("class", m["license"]["effective"]["class"]);
    });
    out.object("uses", [&] {
      for (const Json& p : m["permissions"].items()) out.member(p["use"].string_or(""), p["answer"]);
    });
    out.member("conflicts", report::conflicts_of(m));
    out.member("page", report::percent_encoded(report::page_path(m["id"].string_or(""))) + ".html");
  });
  return out.take();
}

std::string feed_head(const Catalog& catalog) {
  text::JsonWriter out(text::JsonWriter::Layout::line);
  out.object([&] {
    out.member("schema_version", kSchemaVersion);
    report::tool_json(catalog, out);
  });
  std::string head = out.take();
  head.pop_back();
  return head + ",\"models\":[\n";
}

std::string feed_tail() {
  return "\n]}\n";
}

}  // namespace howopen
