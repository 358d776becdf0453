// Badges: a picture for a README, and the JSON that shields.io makes one of.
//
//   Open Weights under MIT  ->  open weights | MIT

#include <fmt/format.h>

#include "report/issues.h"
#include "report/layout.h"
#include "report/markup.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

using text::Json;

constexpr std::string_view kGrey = "#6e7781";

std::string_view color_of(std::string_view verdict) {
  switch (from_word<Rung>(verdict).value_or(Rung::undetermined)) {
    case Rung::open_source_ai_open_data:
    case Rung::open_source_ai:
      return "#116329";
    case Rung::open_weights:
      return "#1a7f37";
    case Rung::weights_available:
      return "#9a6700";
    case Rung::api_only:
      return "#bc4c00";
    case Rung::closed:
      return "#cf222e";
    case Rung::undetermined:
      break;
  }
  return kGrey;
}

// Columns of a common sans-serif of 11 pixels; the text is then fitted into what was reckoned.
int pixels(std::string_view s) {
  int tenths = 0;
  while (!s.empty()) {
    std::string_view one = text::next_utf8(s);
    if (one.empty()) one = s.substr(0, 1);
    const char c = one.front();
    if (one.size() > 1)
      tenths += 120;
    else if (std::string_view("iljtf.,:;'|!()[] ").find(c) != std::string_view::npos)
      tenths += 41;
    else if (std::string_view("mwMW@%").find(c) != std::string_view::npos)
      tenths += 100;
    else
      tenths += c >= 'A' && c <= 'Z' ? 77 : 66;
    s.remove_prefix(one.size());
  }
  return tenths / 10 + 1;
}

std::string text_at(int x, int width, std::string_view s) {
  return fmt::format(
      "<text x=\"{}\" y=\"14\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>\n", x, width,
      markup(s, 200));
}

// Two fields; `inside` is drawn into the second, which begins at the place it is given.
std::string picture(std::string_view title, std::string_view label, std::string_view color, int width,
                    const std::function<std::string(int)>& inside) {
  const int left = pixels(label) + 12;
  const int all = left + width + 12;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"20\" role=\"img\" "
             "aria-label=\"{1}\">\n<title>{1}</title>\n"
             "<rect width=\"{0}\" height=\"20\" rx=\"3\" fill=\"#424a53\"/>\n"
             "<path fill=\"{2}\" d=\"M{3} 0h{4}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{4}z\"/>\n"
             "<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">\n",
             all, markup(title, 400), color, left, width + 12 - 3) +
         text_at(6, left - 12, label) + inside(left + 6) + "</g>\n</svg>\n";
}

Badge gate_badge(const GateSummary& gate) {
  const std::string_view color = gate.denied > 0 ? "#cf222e" : gate.undecided > 0 ? "#9a6700" : "#1a7f37";
  std::string message = fmt::format("{} pass", gate.pass);
  if (gate.denied > 0) message += fmt::format(", {} denied", gate.denied);
  if (gate.undecided > 0) message += fmt::format(", {} undecided", gate.undecided);
  return {"models", std::move(message), std::string(color)};
}

}  // namespace

Badge badge_of(const Json& model) {
  const std::string_view verdict = model["verdict"].string_or("undetermined");
  const Rung rung = from_word<Rung>(verdict).value_or(Rung::undetermined);
  if (rung == Rung::undetermined) {
    const auto low = from_word<Rung>(model["verdict_low"].string_or(""));
    const auto high = from_word<Rung>(model["verdict_high"].string_or(""));
    if (!low || !high || *low == *high) return {"openness", "unknown", std::string(kGrey)};
    return {"openness", text::lower(fmt::format("{} to {}", title(*low), title(*high))), std::string(kGrey)};
  }
  return {text::lower(title(rung)), clip(short_license(model), 60), std::string(color_of(verdict))};
}

std::string badge_svg(const Badge& b) {
  const int width = pixels(b.message);
  return picture(b.label + ": " + b.message, b.label, b.color, width,
                 [&](int x) { return text_at(x, width, b.message); });
}

std::string badge_endpoint(const Badge& b) {
  Json out;
  out.set("schemaVersion", Json(1));
  out.set("label", Json(b.label));
  out.set("message", Json(safe(b.message, 200)));
  out.set("color", Json(b.color));
  return text::write_json(out, true);
}

std::string badge_dots_svg(const Json& model) {
  const std::string_view verdict = model["verdict"].string_or("undetermined");
  const std::string label = text::lower(title(from_word<Rung>(verdict).value_or(Rung::undetermined)));
  constexpr int kStep = 13;
  return picture(label + ": " + dots_words(model), label, color_of(verdict), kStep * 5 - 3, [&](int x) {
    std::string out;
    for (std::size_t i = 0; i < kComponents; ++i) {
      const std::string_view component = word(static_cast<Component>(i));
      const auto state =
          from_word<State>(model["components"][component]["status"].string_or("")).value_or(State::unknown);
      const int at = x + 5 + kStep * static_cast<int>(i);
      out += fmt::format("<g><title>{} {}</title>", component, word(state));
      if (state == State::unknown)
        out += fmt::format("<text x=\"{}\" y=\"14\">?</text>", at - 3);
      else
        out += fmt::format("<circle cx=\"{}\" cy=\"10\" r=\"4\" fill=\"{}\" stroke=\"#fff\"/>", at,
                           state == State::available ? "#fff" : "none");
      if (state == State::partial) out += fmt::format("<path d=\"M{} 6a4 4 0 0 0 0 8z\"/>", at);
      out += "</g>\n";
    }
    return out;
  });
}

std::string badge_report(std::span<const Verdict> verdicts, Format format, const Catalog&,
                         const GateSummary* gate) {
  if (gate != nullptr) {
    const Badge badge = gate_badge(*gate);
    return format == Format::badge_json ? badge_endpoint(badge) : badge_svg(badge);
  }
  if (verdicts.empty()) return {};
  const Json model = text::parse_json(compared(verdicts.front())).value_or(Json());
  if (format == Format::badge_dots) return badge_dots_svg(model);
  return format == Format::badge_json ? badge_endpoint(badge_of(model)) : badge_svg(badge_of(model));
}

}  // namespace howopen::report
