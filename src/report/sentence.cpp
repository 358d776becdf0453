// A verdict in a sentence or three that need no knowledge of licenses or machine learning.
//
//   R1  ->  Anyone may download the weights, change them and use them in products under MIT. Training code
//   and
//           training data are not published, so nobody else can rebuild it.

#include <fmt/format.h>

#include <algorithm>

#include "report/card.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

bool has(const Verdict& v, std::string_view modifier) {
  return std::find(v.modifiers.begin(), v.modifiers.end(), modifier) != v.modifiers.end();
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

std::string capital(std::string s) {
  if (!s.empty() && s[0] >= 'a' && s[0] <= 'z') s[0] = static_cast<char>(s[0] - 'a' + 'A');
  return s;
}

// Of weights that are there: who may do what with them.
std::string permitted(const Verdict& v, const Catalog& catalog) {
  const EffectiveLicense& e = v.license.effective;
  const bool named = !e.expression.empty() && e.expression != "NOASSERTION";
  const std::string terms = licenses_in_words(e.expression, catalog);
  const bool gated = has(v, "gated");
  const bool local = v.origin == Origin::local;
  const std::string lead = local   ? "The weights are on this machine"
                           : gated ? "Whoever accepts the terms first may download the weights"
                                   : "Anyone may download the weights";
  const std::string there = local   ? lead
                            : gated ? "After accepting the publisher's terms the weights can be downloaded"
                                    : "The weights can be downloaded";
  if (e.cls != e.best && e.cls != LicenseClass::unknown)
    return fmt::format("{}; what may be done with them is not settled: at worst {}, at best {}.", there,
                       class_words(e.cls), class_words(e.best));
  const bool forbids = std::any_of(v.license.traits.begin(), v.license.traits.end(), [](const Trait& t) {
    return t.name == "use_restrictions" && t.value == "yes";
  });
  const std::string_view and_then =
      local ? "; they may be changed and used in products" : ", change them and use them in products";
  switch (e.cls) {
    case LicenseClass::open:
      return fmt::format("{}{} under {}.", lead, and_then, terms);
    case LicenseClass::permissive_with_conditions:
      return fmt::format("{}{}, on conditions.", lead, and_then);
    case LicenseClass::use_restricted:
      return fmt::format("{}; the license {}.", lead,
                         forbids ? "forbids some uses" : "sets limits to what may be done with them");
    case LicenseClass::non_commercial:
      return lead + (local ? "; they may not be used commercially." : ", but not use them commercially.");
    case LicenseClass::proprietary:
      return fmt::format("{}, under terms of the publisher that are no open license ({}).", there, terms);
    case LicenseClass::none:
      return there + ", but no license permits anybody to use them.";
    case LicenseClass::unknown:
      break;
  }
  return named ? fmt::format("{}; what may be done with them is not known for certain ({}).", there, terms)
               : there + "; what may be done with them is not known: no license was understood.";
}

std::string weights(const Verdict& v, const Catalog& catalog) {
  const ComponentVerdict& w = v[Component::weights];
  switch (w.state) {
    case State::unavailable:
      return v[Component::api_access].state == State::available
                 ? "No weights are published: it can be used through an API alone."
                 : "No weights are published: nobody but its publisher can run it.";
    case State::unknown:
      return "Whether its weights can be downloaded could not be seen.";
    case State::partial:
    case State::available:
      break;
  }
  std::string out = permitted(v, catalog);
  if (has(v, "incomplete-weights")) out += " Files of the weights are missing: it does not run as it is.";
  if (has(v, "adapter")) out += " It is an adapter and needs its base model to run.";
  if (w.state == State::partial && !has(v, "incomplete-weights") && !has(v, "adapter") && !has(v, "gated"))
    out += " Only part of the weights is published.";
  return out;
}

std::string training(const Verdict& v) {
  std::vector<std::string> by[4];
  for (const Component c : {Component::training_code, Component::training_data})
    by[static_cast<std::size_t>(v[c].state)].push_back(words_of(c));
  const auto of = [&](State s) -> const std::vector<std::string>& { return by[static_cast<std::size_t>(s)]; };
  std::string out;
  const auto add = [&](State s, std::string_view words) {
    if (of(s).empty()) return;
    // One word with `are`: data and code are not counted.
    const std::string_view verb = of(s).size() > 1 ? "are" : "is";
    out += fmt::format(" {} {} {}", capital(listed(of(s))), verb, words);
    out += s == State::unavailable ? ": nobody else can rebuild it." : ".";
  };
  add(State::available, "published");
  add(State::partial, "published in part");
  add(State::unavailable, "not published");
  if (!of(State::unknown).empty())
    out += fmt::format(" Whether {} {} published is not known.", listed(of(State::unknown)),
                       of(State::unknown).size() > 1 ? "are" : "is");
  return out;
}

// Of a family that is answered as one: the member that was asked for, where it is served no more.
std::string ended(const Verdict& v) {
  for (const std::string& member : v.practical.api_withdrawn) {
    const std::size_t date = member.rfind(" (");
    if (!text::equal_ignoring_case(member.substr(0, date), v.asked)) continue;
    return fmt::format(" {} itself was withdrawn{}.", member.substr(0, date),
                       date == std::string::npos
                           ? std::string()
                           : " on " + member.substr(date + 2, member.size() - date - 3));
  }
  return {};
}

}  // namespace

std::string licenses_in_words(std::string_view expression, const Catalog& catalog) {
  std::string out = catalog.in_words(expression);
  constexpr std::string_view kLong = " License Agreement";
  for (std::size_t at = out.find(kLong); at != std::string::npos; at = out.find(kLong, at))
    out.replace(at, kLong.size(), " License");
  return out;
}

std::string verdict_words(const Verdict& v) {
  if (v.rung == Rung::undetermined && v.low != v.high)
    return fmt::format("Undetermined: {} to {}", title(v.low), title(v.high));
  return has(v, "at-least") ? fmt::format("{} or more", title(v.rung)) : std::string(title(v.rung));
}

bool nothing_seen(const Verdict& v) {
  return v.rung == Rung::undetermined && v.low == v.high;
}

std::string plain_words(const Verdict& v, const Catalog& catalog) {
  if (nothing_seen(v)) {
    return v.errors.empty() ? "Nothing could be seen of it, so nothing is said about it."
                            : fmt::format("Nothing could be seen of it, so nothing is said about it: {}.",
                                          v.errors.front().message);
  }
  if (v.origin == Origin::catalog) {
    const std::string& host = v.practical.api_host;
    if (v[Component::api_access].state == State::unknown)
      return fmt::format(
          "Nothing of its family is published: if there is a model of this name, it can be used through its "
          "vendor's API alone{}. Whether there is, and whether it is still served, is not recorded.",
          host.empty() ? "" : ", at " + host);
    if (v.rung != Rung::api_only)
      return host.empty()
                 ? "Nothing of it is published, and no API to it is known."
                 : fmt::format("Nothing of it is published, and {} serves it no more.{}", host, ended(v));
    return fmt::format("Nothing of it is published: it can be used through its vendor's API alone{}.{}",
                       host.empty() ? "" : ", at " + host, ended(v));
  }
  std::string out = weights(v, catalog);
  if (v[Component::weights].state != State::unavailable) {
    switch (v[Component::inference_code].state) {
      case State::available:
        break;
      case State::partial:
        out += " Code to run it is published in part.";
        break;
      case State::unavailable:
        out += " No code that runs it was found.";
        break;
      case State::unknown:
        out += " Whether code to run it is published is not known.";
        break;
    }
  }
  out += training(v);
  if (has(v, "quantized"))
    out += " Its weights are quantized: smaller than the original's, and less precise.";
  if (has(v, "at-least")) out += " What could not be seen may lift the verdict.";
  return out;
}

}  // namespace howopen::report
