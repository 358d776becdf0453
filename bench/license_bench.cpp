// Identifies files and says how long it took: license_bench [-v] FILE…
//   -v   a line for each file: match, licenses, confidence, what is left over

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "license/identify.h"

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  const auto catalog = howopen::Catalog::load();
  if (!catalog) return 70;
  bool verbose = false;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "-v")
      verbose = true;
    else
      files.emplace_back(argv[i]);
  }
  const auto start = Clock::now();
  howopen::license::index(*catalog);
  howopen::reading::lexicon(*catalog);
  const auto loaded = Clock::now();
  std::vector<double> times;
  std::size_t bytes = 0;
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    bytes += text.size();
    const auto before = Clock::now();
    const howopen::Identified found = howopen::license::identify(text, *catalog);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - before).count());
    if (verbose) {
      std::vector<std::string> left;
      for (const auto& l : found.leftover)
        left.push_back(fmt::format("{} {} {}-{} \"{}\"", word(l.kind), word(l.change), l.lines.first,
                                   l.lines.last, l.quote.substr(0, 60)));
      std::vector<std::string> restrictions;
      for (const auto& r : found.restrictions) restrictions.push_back(r.kind);
      fmt::print("{}\t{}\t{}\t{:.3f}\t[{}]\t[{}]\n", file, word(found.match),
                 fmt::join(found.licenses, " + "), found.confidence, fmt::join(left, "; "),
                 fmt::join(restrictions, ", "));
    }
  }
  if (times.empty()) return 0;
  std::sort(times.begin(), times.end());
  double sum = 0;
  for (const double t : times) sum += t;
  fmt::print(stderr,
             "{} files, {} bytes; index read in {:.1f} ms; per file: mean {:.1f} µs, median {:.1f}, p95 "
             "{:.1f}, max {:.1f}; {:.1f} ns a byte\n",
             times.size(), bytes, std::chrono::duration<double, std::milli>(loaded - start).count(),
             sum / static_cast<double>(times.size()), times[times.size() / 2], times[times.size() * 95 / 100],
             times.back(), sum * 1000 / static_cast<double>(std::max<std::size_t>(bytes, 1)));
}
