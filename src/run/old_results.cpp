// An index of a file of results: one pass over it, some 60 bytes a line.
//
//   {"schema_version":…,"ref":"a/b",…,"basis":{"tool":"0.1.0","rests_on":[{"topic":"model","id":"a/b",…}]}}
//     ->  a/b at byte 0, judged by 0.1.0, rests on the record of a/b

#include "run/old_results.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <limits>

#include "files/handle.h"
#include "files/lines.h"
#include "run/results.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::run {
namespace {

constexpr std::size_t kLongestOldLine = 64u << 20;
constexpr std::string_view kBasis = ",\"basis\":{";

bool same_judge(const Basis& a, const Basis& b) {
  return a.tool == b.tool && a.catalog == b.catalog && a.options == b.options;
}

}  // namespace

std::uint64_t state_hash(std::string_view state, bool sizes) {
  constexpr std::string_view kUnsized = " unsized";
  if (!sizes && state.ends_with(kUnsized)) state.remove_suffix(kUnsized.size());
  // What was not seen is like nothing.
  return state.empty() ? 0 : strong_hash(state) | 1;
}

std::uint64_t strong_hash(std::string_view s) {
  const std::string hex = text::sha256(s);
  std::uint64_t out = 0;
  std::from_chars(hex.data(), hex.data() + 16, out, 16);
  return out;
}

std::uint64_t strong_hash(const Want& want) {
  std::string all(word(want.topic));
  for (const std::string* part : {&want.id, &want.revision, &want.path}) all += "\n" + *part;
  return strong_hash(all);
}

std::optional<Basis> basis_in(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  // In a string its quotes would be escaped.
  const std::size_t at = line.rfind(kBasis);
  if (at == std::string_view::npos || !line.ends_with('}')) return std::nullopt;
  const std::size_t begin = at + kBasis.size() - 1;
  const auto json = text::parse_json(line.substr(begin, line.size() - 1 - begin));
  if (!json || !(*json)["rests_on"].is_array()) return std::nullopt;
  const auto text = [](const text::Json& from, std::string_view key) {
    return std::string(from[key].string_or(""));
  };
  Basis out{text(*json, "tool"), text(*json, "catalog"), text(*json, "options"), {}};
  for (const text::Json& one : (*json)["rests_on"].items()) {
    const auto topic = from_word<Topic>(one["topic"].string_or(""));
    if (!topic) return std::nullopt;
    out.rests.push_back(
        {{*topic, text(one, "id"), text(one, "revision"), text(one, "path"), ""}, text(one, "state")});
  }
  return out;
}

void OldResults::add(std::string_view line, std::string_view ref, std::uint64_t at) {
  Line out;
  out.name = strong_hash(ref);
  out.at = at;
  out.size = static_cast<std::uint32_t>(line.size() + 1);
  out.first = static_cast<std::uint32_t>(rests_.size());
  auto basis = basis_in(line);
  // More than can be counted is of no line that we have written: such a one is made anew.
  if (basis && basis->rests.size() <= std::numeric_limits<std::uint16_t>::max() && judges_.size() < 60'000) {
    out.rests = static_cast<std::uint16_t>(basis->rests.size());
    for (const howopen::Rest& rest : basis->rests) {
      rests_.push_back({strong_hash(rest.want), state_hash(rest.state, sizes_)});
      if (rest.want.topic == Topic::model && rest.want.id == ref) out.absent = rest.state == "absent";
    }
    basis->rests.clear();
    const auto known = std::find_if(judges_.rbegin(), judges_.rend(),
                                    [&](const Basis& judge) { return same_judge(judge, *basis); });
    out.judge = static_cast<std::uint16_t>(judges_.rend() - known);
    if (known == judges_.rend()) {
      judges_.push_back(std::move(*basis));
      out.judge = static_cast<std::uint16_t>(judges_.size());
    }
  }
  by_name_.try_emplace(out.name, static_cast<std::uint32_t>(lines_.size()));
  lines_.push_back(out);
}

Result<OldResults> OldResults::open(const std::string& path, bool sizes) {
  OldResults out;
  out.sizes_ = sizes;
  out.file_ = files::Handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat info {};
  if (!out.file_.good() || fstat(out.file_.get(), &info) != 0)
    return fail(Fault::usage, "cannot be read", path, "name the results of an earlier batch");
  if (!S_ISREG(info.st_mode))
    return fail(Fault::usage, "not a file of results", path, "lines are looked up in it: no pipe will do");
  TRY(files::Lines lines, files::Lines::open(path, kLongestOldLine));
  std::string line;
  bool strange = false;
  for (;;) {
    const std::uint64_t at = lines.taken();
    const files::Lines::Got got = lines.next(line, true);
    if (got == files::Lines::Got::end) break;
    if (got == files::Lines::Got::failed) return fail(Fault::usage, "cannot be read", path);
    if (got != files::Lines::Got::line || line.empty() || lines.cut() || !lines.whole()) continue;
    const auto ref = ref_of(line);
    strange = strange || !ref;
    if (ref && out.lines_.size() < std::numeric_limits<std::uint32_t>::max()) out.add(line, *ref, at);
  }
  if (out.lines_.empty() && strange)
    return fail(Fault::usage, "not a file of results", path, "name the results of an earlier batch");
  return out;
}

const OldResults::Line* OldResults::find(const std::string& ref) const {
  const auto found = by_name_.find(strong_hash(ref));
  return found == by_name_.end() ? nullptr : &lines_[found->second];
}

std::optional<std::string> OldResults::read(const Line& line) const {
  std::string out(line.size, '\0');
  for (std::size_t at = 0; at < out.size();) {
    const ssize_t n = pread(file_.get(), out.data() + at, out.size() - at, static_cast<off_t>(line.at + at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    at += static_cast<std::size_t>(n);
  }
  // Somebody may have written to the file meanwhile.
  if (out.back() != '\n' || out.find('\n') != out.size() - 1) return std::nullopt;
  return out;
}

std::optional<std::string> OldResults::read(const Line& line, const std::string& ref) const {
  auto out = read(line);
  if (!out || ref_of(std::string_view(*out).substr(0, out->size() - 1)) != ref) return std::nullopt;
  return out;
}

std::optional<std::string> OldResults::ref(const Line& line) const {
  const auto whole = read(line);
  return whole ? ref_of(std::string_view(*whole).substr(0, whole->size() - 1)) : std::nullopt;
}

bool OldResults::same_file(const std::string& path) const {
  struct stat here {};
  struct stat there {};
  return fstat(file_.get(), &here) == 0 && stat(path.c_str(), &there) == 0 && here.st_dev == there.st_dev &&
         here.st_ino == there.st_ino;
}

}  // namespace howopen::run
