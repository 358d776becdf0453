// The card's last part: the same model in the words of other frameworks.
//
//   MOF 1.0: class none (class III needs every one of its components; missing: …)

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/card.h"
#include "report/place.h"

namespace howopen::report {
namespace {

// Article 53(1)(d): where a summary of training content is, and which sections of the template show in it.
std::string summary_lines(const Verdict& v, const Style& style) {
  const Crossing& c = v.crosswalk.content_summary;
  const std::string_view answer = !c.meets ? "not known" : *c.meets ? "found" : "none found";
  std::string out =
      labeled("",
              fmt::format("EU AI Act, Art. 53(1)(d), public summary of training content: {} ({})", answer,
                          fmt::join(c.because, "; ")),
              kCardLabel, style);
  for (const SummaryPlace& p : v.crosswalk.content_summaries) {
    std::string words = "- " + p.what;
    if (!p.as_of.empty()) words += fmt::format(", as of {}", p.as_of);
    words += !p.read              ? "; not read"
             : p.sections.empty() ? "; none of the template's sections shows"
                                  : fmt::format("; sections: {}", fmt::join(p.sections, ", "));
    out += labeled("", shown(words, style), kCardLabel, style);
    const Located place = locate({v.id, v.revision, v.origin != Origin::local}, p.where);
    const std::string url = p.url.empty() ? place.url : p.url;
    out +=
        std::string(kCardLabel + 2, ' ') + link(shown(url.empty() ? p.where : url, style), url, style) + "\n";
  }
  return out;
}

}  // namespace

std::string crosswalk_lines(const Verdict& v, const Style& style) {
  const Crosswalk& c = v.crosswalk;
  const auto row = [&](std::string_view name, std::string_view answer,
                       const std::vector<std::string>& because) {
    return labeled("", fmt::format("{}: {} ({})", name, answer, fmt::join(because, "; ")), kCardLabel, style);
  };
  const auto meets = [](const Crossing& x) {
    return !x.meets ? "not determinable" : *x.meets ? "met" : "not met";
  };
  std::vector<std::string> mof = c.mof_because;
  if (!c.mof_missing.empty()) mof.push_back(fmt::format("missing: {}", fmt::join(c.mof_missing, ", ")));
  return "  elsewhere\n" +
         row("MOF 1.0", c.mof_class.empty() ? "not determinable" : "class " + c.mof_class, mof) +
         row("OSAID 1.0", meets(c.osaid), c.osaid.because) +
         row("EU AI Act, Art. 53(2)", meets(c.eu_ai_act), c.eu_ai_act.because) + summary_lines(v, style);
}

}  // namespace howopen::report
