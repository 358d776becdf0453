// Pages and badges: complete in one file, and nothing that strangers write is anything but text.

#include "howopen/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "howopen/report.h"
#include "report/html.h"
#include "report/layout.h"
#include "support/gate_verdicts.h"
#include "support/golden_worlds.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string in(Format format, const std::vector<Verdict>& verdicts, const GateSummary* gate = nullptr) {
  return render(verdicts, format, {}, the_catalog(), gate);
}

// Tags of a document as a browser sees them, outside of its script and style.
struct Tag {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
};
std::vector<Tag> tags_of(const std::string& html) {
  std::vector<Tag> out;
  for (std::size_t i = 0; (i = html.find('<', i)) != std::string::npos;) {
    ++i;
    Tag tag;
    const std::size_t name = html.find_first_of(" >\n", i);
    if (name == std::string::npos) break;
    tag.name = html.substr(i, name - i);
    i = name;
    while (i < html.size() && html[i] != '>') {
      if (html[i] == ' ' || html[i] == '\n') {
        ++i;
        continue;
      }
      const std::size_t end = html.find_first_of(" =>", i);
      std::string key = html.substr(i, end - i);
      std::string value;
      i = end;
      if (i < html.size() && html[i] == '=') {
        EXPECT_EQ(html[i + 1], '"') << "a value without quotes";
        const std::size_t close = html.find('"', i + 2);
        value = html.substr(i + 2, close - i - 2);
        i = close + 1;
      }
      tag.attributes.emplace_back(std::move(key), std::move(value));
    }
    if (tag.name == "script" || tag.name == "style") i = html.find("</" + tag.name + ">", i);
    out.push_back(std::move(tag));
  }
  return out;
}

void expect_harmless(const std::string& html) {
  static const std::set<std::string> kTags = {
      "!DOCTYPE", "html",  "head",   "meta",   "title",  "style",  "body",   "main",  "section", "h1",
      "h2",       "h3",    "p",      "a",      "small",  "span",   "ul",     "li",    "b",       "table",
      "thead",    "tbody", "tr",     "th",     "td",     "dl",     "dt",     "dd",    "div",     "form",
      "label",    "input", "select", "option", "button", "output", "footer", "nav",   "code",    "script",
      "noscript", "img",   "svg",    "rect",   "path",   "g",      "text",   "circle"};
  int scripts = 0;
  for (const Tag& t : tags_of(html)) {
    const std::string name = t.name.starts_with("/") ? t.name.substr(1) : t.name;
    EXPECT_TRUE(kTags.contains(name)) << "a stranger's tag: " << t.name.substr(0, 100);
    if (t.name == "script") ++scripts;
    for (const auto& [key, value] : t.attributes) {
      EXPECT_FALSE(key.starts_with("on")) << key;
      if (key == "href") {
        EXPECT_TRUE(value.starts_with("https://") || value.starts_with("http://") || value.starts_with("#") ||
                    value.starts_with("../") || value.starts_with("models/"))
            << value;
      }
      if (key == "src") {
        EXPECT_TRUE(value.starts_with("../")) << value;
      }
    }
  }
  EXPECT_LE(scripts, 3);
  EXPECT_TRUE(text::is_utf8(html));
  EXPECT_THAT(html, Not(HasSubstr("\xe2\x80\xae"))) << "a direction override";
}

TEST(Html, OfOneModelNeedsNoScriptAndAsksNobody) {
  const std::string html = in(Format::html, golden("ancestor-terms"));
  expect_harmless(html);
  EXPECT_THAT(html, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  EXPECT_THAT(html, HasSubstr("Weights Available"));
  EXPECT_LT(html.find("Conflicts"), html.find("Components")) << "conflicts first";
  EXPECT_THAT(html, HasSubstr("<a href=\"https://huggingface.co/acme/Distill-Llama-8B/blob/"));
}

TEST(Html, StrangersWordsAreText) {
  const GateSummary gate = summary_of_mixed();
  std::vector<Verdict> verdicts = golden("hostile-text");
  verdicts.push_back(hostile());
  for (const GateSummary* g : {static_cast<const GateSummary*>(nullptr), &gate}) {
    expect_harmless(in(Format::html, verdicts, g));
    expect_harmless(in(Format::html, {hostile()}, g));
  }
  for (const SiteFile& f : site_files(compared(hostile()), the_catalog())) {
    EXPECT_THAT(f.path, Not(HasSubstr(".."))) << f.path;
    EXPECT_THAT(f.path, testing::AnyOf(StartsWith("models/acme/"), StartsWith("badges/acme/")));
    if (f.path.ends_with(".html")) expect_harmless(f.content);
    if (f.path.ends_with(".svg")) expect_harmless(f.content);
    if (f.path.ends_with(".json")) {
      EXPECT_TRUE(text::parse_json(f.content));
    }
  }
}

TEST(Html, OfManyIsATableWithWhatIsDeniedAndInConflictFirst) {
  std::vector<Verdict> verdicts = mixed();
  for (Verdict& v : golden("ancestor-terms")) verdicts.push_back(std::move(v));
  const std::string audit = in(Format::html, verdicts);
  EXPECT_LT(audit.find("acme/Distill-Llama-8B</a>"), audit.find("acme/fine</a>"));
  const GateSummary gate = summary_of_mixed();
  const std::string html = in(Format::html, verdicts, &gate);
  expect_harmless(html);
  EXPECT_THAT(html, HasSubstr("3 pass, 1 denied, 1 undecided, 1 waived"));
  EXPECT_LT(html.find("acme/foo-7b</a>"), html.find("acme/Distill-Llama-8B</a>"))
      << "denied before conflicts";
  EXPECT_THAT(html, HasSubstr("howopen.toml:26"));
}

// Beyond some hundred models a browser is given the sections only as they are asked for.
TEST(Html, OfVeryManyHoldsSectionsAsLines) {
  Page page(the_catalog());
  for (std::size_t i = 0; i <= Page::kSections; ++i) {
    Verdict v = hostile();
    v.id = "acme/m" + std::to_string(i);
    EXPECT_TRUE(page.add(compared(v)));
  }
  EXPECT_FALSE(page.add("{}"));
  EXPECT_FALSE(page.add("no JSON"));
  const std::string html = page.take();
  expect_harmless(html);
  for (const char* id : {"rows", "details"}) {
    const std::string head = std::string("id=\"") + id + "\">\n";
    const std::size_t begin = html.find(head) + head.size();
    const std::string lines = html.substr(begin, html.find("</script>", begin) - begin);
    for (const char* end : {"</", "<!", "<s", "<S"})
      EXPECT_EQ(lines.find(end), std::string::npos) << "nothing ends the script or hides its end";
    std::size_t count = 0;
    for (std::size_t at = 0; at < lines.size(); ++count) {
      const std::size_t end = lines.find('\n', at);
      const auto line = text::parse_json("[" + lines.substr(at, end - at) + "]");
      ASSERT_TRUE(line);
      if (count % 50 == 0) expect_harmless(std::string(line->items()[0].string_or("")));
      at = end + 1;
    }
    EXPECT_EQ(count, page.models()) << id;
  }
}

TEST(Site, PathsStayBelowTheFolder) {
  for (const char* id : {"a/../../etc/passwd", "../x", "/etc/passwd", ".hidden", "a//b", "..", "a\\b"}) {
    const std::string path = report::page_path(id);
    EXPECT_THAT(path, StartsWith("models/")) << id;
    EXPECT_EQ(path.find("/."), std::string::npos) << path;
    EXPECT_EQ(path.find("//"), std::string::npos) << path;
    EXPECT_EQ(path.find('\\'), std::string::npos) << path;
  }
  EXPECT_EQ(report::page_path("acme/m-1.5"), "models/acme/m-1.5");
}

TEST(Site, AFeedIsOneDocument) {
  std::string feed = feed_head(the_catalog());
  const std::vector<Verdict> verdicts = mixed();
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    feed += (i > 0 ? ",\n" : "") + feed_entry(compared(verdicts[i]));
  const auto json = text::parse_json(feed + feed_tail());
  ASSERT_TRUE(json);
  ASSERT_EQ((*json)["models"].items().size(), verdicts.size());
  const text::Json& first = (*json)["models"].items()[0];
  EXPECT_EQ(first["id"].string_or(""), "acme/fine");
  EXPECT_EQ(first["verdict"].string_or(""), "open-weights");
  EXPECT_EQ(first["components"]["weights"].string_or(""), "available");
  EXPECT_EQ(first["license"]["expression"].string_or(""), "MIT");
  EXPECT_EQ(first["page"].string_or(""), "models/acme/fine.html");
}

TEST(Badge, SaysVerdictAndLicense) {
  const auto json = text::parse_json(in(Format::badge_json, {passing("acme/m")}));
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["schemaVersion"].integer_or(0), 1);
  EXPECT_EQ((*json)["label"].string_or(""), "open weights");
  EXPECT_EQ((*json)["message"].string_or(""), "MIT");
  const std::string svg = in(Format::badge, {passing("acme/m")});
  EXPECT_THAT(svg, HasSubstr("aria-label=\"open weights: MIT\""));
  expect_harmless(svg);
  const auto range = text::parse_json(in(Format::badge_json, {undecided("acme/m")}));
  EXPECT_EQ((*range)["label"].string_or(""), "openness");
  EXPECT_EQ((*range)["message"].string_or(""), "weights available to open weights");
}

TEST(Badge, HasADotForEachComponent) {
  Verdict v = passing("acme/m");
  v.components[2].state = State::partial;
  v.components[3].state = State::unavailable;
  v.components[4].state = State::unknown;
  const std::string svg = in(Format::badge_dots, {v});
  expect_harmless(svg);
  EXPECT_THAT(svg,
              HasSubstr("weights available, inference code available, training code partial, training data "
                        "unavailable, API access unknown"));
}

TEST(Badge, OfAGateCountsItsModels) {
  GateSummary gate = summary_of_mixed();
  const auto json = text::parse_json(in(Format::badge_json, mixed(), &gate));
  EXPECT_EQ((*json)["message"].string_or(""), "3 pass, 1 denied, 1 undecided");
}

}  // namespace
}  // namespace howopen::test
