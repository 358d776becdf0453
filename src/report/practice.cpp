// The lines of the card about practice: what it takes to run a model, and where what one asks goes.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/served.h"
#include "report/card.h"

namespace howopen::report {
namespace {

const GpuFit* fewest(const Practical& p) {
  const GpuFit* best = nullptr;
  for (const GpuFit& g : p.gpus) {
    if (g.who == p.who && (best == nullptr || g.count < best->count)) best = &g;
  }
  return best;
}

// Without what stands in brackets: the vendor's legal name, models of a device.
std::string brief(const std::string& s, const Style& style) {
  return style.verbosity > 0 ? s : s.substr(0, s.find(" ("));
}

}  // namespace

std::string gigabytes(std::int64_t bytes) {
  const double gb = static_cast<double>(bytes) / 1e9;
  if (gb < 0.05) return fmt::format("{:.0f} MB", std::max(1.0, gb * 1000));
  return gb < 10 ? fmt::format("{:.1f} GB", gb) : fmt::format("{:.0f} GB", gb);
}

std::string devices(const Practical& p) {
  const GpuFit* best = fewest(p);
  return best == nullptr ? std::string() : fmt::format("{} x {}", best->count, best->gpu);
}
// What it takes to hold it, and the smallest of the machines that do.
std::string run_lines(const Verdict& v, const Style& style) {
  const Practical& p = v.practical;
  if (!p.load_bytes) return {};
  std::string out =
      fmt::format("{} to load, about {} to run", gigabytes(*p.load_bytes), gigabytes(*p.run_bytes));
  if (!p.choice.empty()) out += fmt::format(" ({})", shown(p.choice, style));
  const GpuFit* best = fewest(p);
  std::vector<std::string> gpus;
  for (const GpuFit& g : p.gpus) {
    if (style.verbosity > 0 || &g == best)
      gpus.push_back(fmt::format("{} x {}", g.count, brief(g.gpu, style)));
  }
  if (p.cache_bytes)
    out += fmt::format(", {} of it for {} tokens", gigabytes(*p.cache_bytes), *p.context);
  else if (p.context)
    out += ", without the context: no configuration that tells what it takes was read";
  // Who has one such device need not be told twice.
  const bool told = best != nullptr && p.who.ends_with(best->gpu.substr(0, best->gpu.find(',')));
  const std::string who = told ? std::string() : p.who;
  out += fmt::format(": {}{}{}", who, who.empty() || gpus.empty() ? "" : ", ", fmt::join(gpus, ", "));
  if (p.quantized_count)
    out += fmt::format("{}{} quantized versions at the Hub", dot(style), *p.quantized_count);
  return labeled("  run it", out, kCardLabel, style);
}

// Where what one types goes: nowhere with one's own copy; and who answers at the vendor's.
std::string data_lines(const Verdict& v, const Style& style) {
  const Practical& p = v.practical;
  const bool copy = !catalog::only_served(v);
  std::string who = brief(p.vendor, style);
  if (!p.jurisdiction.empty()) who += (who.empty() ? "" : ", ") + p.jurisdiction;
  if (p.api_host.empty())
    return who.empty() ? std::string() : labeled("  vendor", shown(who, style), kCardLabel, style);
  if (!p.api_as_of.empty()) who += (who.empty() ? "" : "; ") + std::string("as of ") + p.api_as_of;
  const std::string host = who.empty() ? p.api_host : fmt::format("{} ({})", p.api_host, who);
  // What is served no more is asked by nobody.
  const bool withdrawn = !copy && v[Component::api_access].state == State::unavailable;
  const std::string answer =
      withdrawn ? fmt::format("served no more by {}: nobody can ask it anything", host)
      : !copy   ? fmt::format("what is asked goes to {}: the model runs nowhere else", host)
                : fmt::format("your own copy sends nothing out; {}",
                            p.api_serves ? fmt::format("the API at {} may serve other weights", host)
                                           : host + " serves it no more");
  std::string out = labeled("  privacy", shown(answer, style), kCardLabel, style);
  // Of a closed model the dates are all there is to know.
  const auto dated = [](const std::vector<std::string>& names) {
    std::vector<std::string> kept;
    for (const std::string& name : names) {
      // `gpt-4 (2026-10-23)`, `gpt-4o (until 2027-01-14)`; `Sora (family)` has no date.
      const std::size_t open = name.rfind(" (");
      if (open == std::string::npos) continue;
      const std::string_view inner = std::string_view(name).substr(open + 2);
      if (inner.starts_with("until ") || inner.starts_with("20")) kept.push_back(name);
    }
    return kept;
  };
  if (copy) return out;
  std::vector<std::string> dates;
  if (const auto ended = dated(p.api_withdrawn); !ended.empty())
    dates.push_back(fmt::format("withdrawn: {}", fmt::join(ended, ", ")));
  if (const auto ending = dated(p.api_served); !ending.empty())
    dates.push_back(fmt::format("still served: {}", fmt::join(ending, ", ")));
  if (!dates.empty())
    out += labeled("  dates", shown(fmt::format("{}", fmt::join(dates, "; ")), style), kCardLabel, style);
  return out;
}

}  // namespace howopen::report
