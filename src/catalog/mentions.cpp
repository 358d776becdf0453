// Licenses that prose names, all in one pass.
//
//   "under apache license 2.0, not agpl-3.0"  ->  Apache-2.0 at 6, AGPL-3.0 at 30

#include <algorithm>
#include <array>

#include "catalog/parts.h"
#include "text/ascii.h"

namespace howopen {
namespace {

// Behind such a byte no name begins.
constexpr std::array<bool, 256> kWithin = [] {
  std::array<bool, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    out[c] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '-' || c == '.';
  }
  return out;
}();

bool within(char c) {
  return kWithin[static_cast<unsigned char>(c)];
}
// Chinese and Japanese put no blank beside a Latin name, which is one all the same.
bool begins_within(std::string_view text, std::size_t at) {
  return at > 0 && within(text[at - 1]) && (!text::is_beyond(text[at - 1]) || text::word_before(text, at));
}

// Whether the name stands alone: `mit` in `permit` is no license, `gpl-3.0` in `agpl-3.0` is another one.
bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  const std::size_t end = at + size;
  const bool sign = end < text.size() && (text[end] == '-' || text[end] == '.');
  return !begins_within(text, at) && !text::word_behind(text, sign ? end + 1 : end);
}

}  // namespace

std::vector<Catalog::Mention> Catalog::licenses_in(std::string_view lower_text) const {
  license_named("");  // fills the names
  std::vector<Mention> all;
  // Once over the text: only names that begin as it goes on are compared. Looking for each name in turn took
  // a third of an audit.
  const auto& names = parts_->unmistakable;
  for (std::size_t at = 0; at < lower_text.size(); ++at) {
    if (begins_within(lower_text, at)) continue;
    const std::string_view rest = lower_text.substr(at);
    if (!parts_->any_head.may_hold(rest.substr(0, 3))) continue;  // no name begins so
    const auto& heads = parts_->unmistakable_heads;
    const std::uint32_t head = Parts::head_of(rest);
    auto i = static_cast<std::size_t>(std::lower_bound(heads.begin(), heads.end(), head) - heads.begin());
    for (; i < heads.size() && heads[i] == head; ++i) {
      const auto& [name, entry] = names[i];
      if (rest.starts_with(name) && stands_alone(lower_text, at, name.size()))
        all.push_back({entry, at, name.size()});
    }
  }
  // Of overlapping names the longest counts: "apache license 2.0" holds "apache license".
  std::sort(all.begin(), all.end(),
            [](const Mention& a, const Mention& b) { return a.at != b.at ? a.at < b.at : a.size > b.size; });
  std::vector<Mention> out;
  for (const Mention& m : all) {
    if (!out.empty() && m.at < out.back().at + out.back().size) continue;
    out.push_back(m);
  }
  return out;
}

}  // namespace howopen
