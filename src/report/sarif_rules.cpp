// Rules as SARIF describes them: from data/rules.json where a rule has texts there, else from its name.
//
//   license.not-allowed  ->  name LicenseNotAllowed, "License not allowed", tags model, license

#include "report/sarif_rules.h"

#include <fmt/format.h>

namespace howopen::report {
namespace {

using text::Json;

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string camel(std::string_view id) {
  std::string out;
  bool start = true;
  for (const char c : id) {
    if (c == '.' || c == '-' || c == '_') {
      start = true;
      continue;
    }
    out += start ? upper(c) : c;
    start = false;
  }
  return clip(out, 255);
}

std::string sentence(std::string_view id) {
  std::string out;
  for (const char c : id) out += c == '.' || c == '-' || c == '_' ? ' ' : c;
  if (!out.empty()) out.front() = upper(out.front());
  return out;
}

struct Words {
  std::string brief;
  std::string full;
  std::string how;
  std::string fix;
};

Words words_of_rule(const std::string& id, const Catalog& catalog) {
  if (const RuleText* text = catalog.rule(id); text != nullptr && !text->question.empty())
    return {text->question, text->why, text->how, text->fix};
  if (id == kUnavailable)
    return {
        "A question about the model could not be answered",
        "What could not be looked at is not closed, and not clean: the model has no verdict under this rule.",
        "An answer was missing, refused, limited by a quota, or could not be read.",
        "Run again; the message names what did not answer. For gated or private models set HF_TOKEN."};
  return {sentence(id), fmt::format("{}: a rule of the policy that models are held to.", sentence(id)),
          "The message of each result says what was found and which line of the policy asks for it.",
          "Choose another model, change the policy, or add a waiver with a date: howopen waive MODEL " + id +
              " --until DATE --reason TEXT"};
}

}  // namespace

text::Json sarif_rule(const std::string& id, Severity worst, const Catalog& catalog) {
  const Words words = words_of_rule(id, catalog);
  const std::string full = words.full.empty() ? words.brief : words.full;
  std::string help = full;
  std::string markdown = full;
  const auto add = [&](std::string_view title, const std::string& text) {
    if (text.empty()) return;
    help += fmt::format("\n{}: {}", title, text);
    markdown += fmt::format("\n\n**{}.** {}", title, text);
  };
  add("How it is judged", words.how);
  add("What to do", words.fix);
  add("More", "howopen explain " + id);

  const auto text_of = [](std::string_view text, std::size_t most) {
    Json out;
    out.set("text", Json(clip(text, most)));
    return out;
  };
  Json out;
  out.set("id", Json(id));
  out.set("name", Json(camel(id)));
  out.set("shortDescription", text_of(words.brief, 1000));
  out.set("fullDescription", text_of(full, 1000));
  Json& helps = out.set("help", text_of(help, 4000));
  helps.set("markdown", Json(clip(markdown, 4000)));
  out.set("defaultConfiguration", Json::object()).set("level", Json(level_of(worst, "note")));
  Json& properties = out.set("properties", Json::object());
  Json& tags = properties.set("tags", Json::array());
  tags.push(Json("model"));
  const std::string subject = id.substr(0, id.find('.'));
  if (!subject.empty() && subject != "model") tags.push(Json(subject));  // a tag twice is no valid SARIF
  properties.set("precision", Json("high"));
  properties.set("problem.severity", Json(level_of(worst, "recommendation")));
  return out;
}

}  // namespace howopen::report
