// Foreign text as text: whatever a card, a file name or an error says, a browser shows it and does nothing
// else.
//
//   markup("<img onerror=x>")  ->  &lt;img onerror=x&gt;

#include "report/markup.h"

#include <fmt/format.h>

#include "howopen/verdict.h"
#include "report/issues.h"
#include "report/layout.h"

namespace howopen::report {

using text::Json;

std::string markup(std::string_view foreign, std::size_t most) {
  std::string out;
  for (const char c : safe(foreign, most)) {
    if (c == '\'')
      out += "&#39;";
    else if (const std::string_view named = entity(static_cast<unsigned char>(c)); !named.empty())
      out += named;
    else
      out += c;
  }
  return out;
}

std::string place_markup(const Named& model, std::string_view where) {
  const Located at = locate(model, where);
  const Seat seat = seat_of(where);
  std::string words = markup(seat.place, 300);
  if (!seat.commit.empty()) words += " @" + markup(seat.commit);
  return at.url.empty() ? words : fmt::format("<a href=\"{}\">{}</a>", markup(at.url, 4000), words);
}

Named named(const Json& model) {
  std::string_view verdict = model["verdict"].string_or("");
  if (verdict == word(Rung::undetermined)) verdict = model["verdict_high"].string_or("");
  return {model["id"].string_or(""), model["revision"].string_or(""),
          model["source"].string_or("") != "local" && verdict != word(Rung::api_only) &&
              verdict != word(Rung::closed)};
}

std::string dots_of(const Json& model) {
  std::string out;
  for (std::size_t i = 0; i < kComponents; ++i) {
    const auto state =
        from_word<State>(model["components"][word(static_cast<Component>(i))]["status"].string_or(""));
    switch (state.value_or(State::unknown)) {
      case State::available:
        out += "\xe2\x97\x8f";  // full circle
        break;
      case State::partial:
        out += "\xe2\x97\x90";  // half of one
        break;
      case State::unavailable:
        out += "\xe2\x97\x8b";  // an empty one
        break;
      case State::unknown:
        out += "?";
        break;
    }
  }
  return out;
}

std::string dots_words(const Json& model) {
  std::string out;
  for (std::size_t i = 0; i < kComponents; ++i) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", words_of(static_cast<Component>(i)),
                       model["components"][word(static_cast<Component>(i))]["status"].string_or("unknown"));
  }
  return out;
}

std::string short_license(const Json& model) {
  const std::string expression(model["license"]["effective"]["expression"].string_or(""));
  if (expression.empty() || expression == "NOASSERTION") return "license unknown";
  if (expression == "NONE") return "no license";
  std::string out;
  for (std::size_t at = 0; at < expression.size();) {
    if (expression.compare(at, 11, "LicenseRef-") == 0) {
      at += 11;
    } else if (expression.compare(at, 5, " AND ") == 0) {
      out += " and ";
      at += 5;
    } else {
      out += expression[at++];
    }
  }
  return out;
}

}  // namespace howopen::report
