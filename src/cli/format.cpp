// The words behind -o.
//
//   {"text", "sarif=a.sarif"}  ->  text on standard output, SARIF in a.sarif
//   {"srif"}                   ->  error: unknown format: srif, with a hint: did you mean sarif?

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/options.h"
#include "run/options.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

std::string listed(const std::vector<Format>& formats) {
  std::vector<std::string_view> names;
  names.reserve(formats.size());
  for (const Format f : formats) names.push_back(word(f));
  return names.size() == 2 ? fmt::format("{} or {}", names[0], names[1])
                           : fmt::format("{}", fmt::join(names, ", "));
}

tl::unexpected<Error> no_such(const std::string& name, const std::vector<Format>& possible) {
  if (from_word<Format>(name))
    return fail(Fault::usage, "this command does not know the format", name, listed(possible));
  std::vector<std::string> names;
  names.reserve(possible.size());
  for (const Format f : possible) names.emplace_back(word(f));
  const auto near = text::nearest(name, names);
  return fail(Fault::usage, "unknown format", text::printable(name),
              near ? fmt::format("did you mean {}?", *near) : listed(possible));
}

}  // namespace

Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& words,
                                          const std::vector<Format>& possible) {
  std::vector<Output> out;
  for (const std::string& w : words) {
    std::string name = w.substr(0, w.find('='));
    std::size_t equals = name.size() == w.size() ? std::string::npos : name.size();
    // A version of the format stands where its file would, and the file behind it.
    if (name == word(Format::cyclonedx) && equals != std::string::npos) {
      for (const std::string_view version : {"1.7", "1.6"}) {
        const std::string_view rest = std::string_view(w).substr(equals + 1);
        if (rest != version && !rest.starts_with(std::string(version) + "=")) continue;
        if (version == "1.6") name = word(Format::cyclonedx_1_6);
        equals = rest == version ? std::string::npos : equals + 1 + version.size();
        break;
      }
      // No file is meant by what looks like a version of it.
      const std::string_view rest = std::string_view(w).substr(std::min(w.size(), name.size() + 1));
      if (name == word(Format::cyclonedx) && equals == name.size() && !rest.empty() &&
          rest.find_first_not_of("0123456789.") == std::string::npos)
        return fail(Fault::usage, "not a version of CycloneDX that is written here",
                    "-o " + text::printable(w),
                    "cyclonedx=1.7 or cyclonedx=1.6\na file of this name: ./" + std::string(rest));
    }
    const auto format = from_word<Format>(name);
    if (!format || std::find(possible.begin(), possible.end(), *format) == possible.end())
      return no_such(name, possible);
    Output one{*format, equals == std::string::npos ? "" : w.substr(equals + 1)};
    if (equals != std::string::npos && one.file.empty())
      return fail(Fault::usage, "no file named", "-o " + text::printable(w), fmt::format("-o {}=FILE", name));
    if (one.file == "-") one.file.clear();
    bool again = false;
    for (const Output& o : out) {
      if (o.file != one.file) continue;
      if (o.format == one.format) {
        again = true;
      } else if (one.file.empty()) {
        return fail(Fault::usage, "two formats on standard output",
                    fmt::format("-o {}, -o {}", word(o.format), name),
                    fmt::format("give one a file: -o {}=FILE", name));
      } else {
        return fail(Fault::usage, "two formats in one file", text::printable(one.file), "name two files");
      }
    }
    if (!again) out.push_back(std::move(one));
  }
  if (out.empty()) out.emplace_back();
  return out;
}

}  // namespace howopen::cli
