// Addresses that are none of a repository of the Hub: weights on some other host, models of other registries,
// and files of the Hub by their digests alone.
//
//   https://example.net/foo.gguf                 ->  unresolved: an address that is not of the Hub
//   https://cdn-lfs.hf.co/repos/ab/cd/4d7a2146…  ->  unresolved: of the Hub, and nobody knows of which model

#include <algorithm>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::string_view kContentStore = "an address of the Hub's store of contents, which names no model";

// The whole of an address of which `at` is a part; empty when it is none.
std::string_view address_around(std::string_view text, std::size_t at, bool schemeless) {
  constexpr std::string_view kBorders = " \t\r\n\"'`<>()[]{},|\\";
  constexpr std::size_t kLongest = 300;
  std::size_t from = at;
  while (from > 0 && at - from < kLongest && kBorders.find(text[from - 1]) == std::string_view::npos) --from;
  std::size_t end = at;
  while (end < text.size() && end - at < kLongest && kBorders.find(text[end]) == std::string_view::npos)
    ++end;
  const std::string_view all = text.substr(from, end - from);
  const std::size_t scheme = all.find("://");
  if (scheme == std::string_view::npos) return schemeless ? all : std::string_view();
  std::size_t start = scheme;
  while (start > 0 && is_alnum(all[start - 1])) --start;
  return all.substr(start);
}

// 4d7a2146… of a digest: an address of a host alone is a rule of some firewall.
bool names_a_digest(std::string_view address) {
  constexpr int kDigits = 32;
  int digits = 0;
  for (const char c : address) {
    digits = is_digit(c) || (c >= 'a' && c <= 'f') ? digits + 1 : 0;
    if (digits == kDigits) return true;
  }
  return false;
}

}  // namespace

// Weights elsewhere, and models of other registries: told where they are used, not where they are talked of.
void scan_other_addresses(const Slice& s, Scan& scan) {
  const Role role = scan.sink.role();
  if (s.down > 0 || role == Role::document || role == Role::test) return;
  constexpr std::size_t kShortest = 48;  // of an address with a digest
  const bool host = s.text.size() >= kShortest && (s.text.find("hf.co/") != std::string_view::npos ||
                                                   s.text.find("huggingface.co/") != std::string_view::npos);
  for (const std::string& sign : words().content_stores.list()) {
    for (std::size_t i = host ? s.text.find(sign) : s.text.size(); i < s.text.size();) {
      const std::string_view address = address_around(s.text, i, true);
      const auto at = static_cast<std::size_t>(address.data() - s.text.data());
      if (names_a_digest(address)) scan.sink.unresolved(s.place(at), address, "url", kContentStore);
      i = s.text.find(sign, std::max(i + sign.size(), at + address.size()));
    }
  }
  for (const std::string& image : words().model_images.list()) {
    for (std::size_t i = s.text.find(image); i < s.text.size(); i = s.text.find(image, i + image.size())) {
      const std::string_view name = address_around(s.text, i, true);
      if (name.size() > image.size())
        scan.sink.unresolved(s.place(static_cast<std::size_t>(name.data() - s.text.data())), name, "image",
                             kOtherRegistry);
    }
  }
  for (std::size_t i = s.text.find("://"); i < s.text.size(); i = s.text.find("://", i + 3)) {
    const std::string_view address = address_around(s.text, i, false);
    if (address.empty() || !is_foreign_address(address, true)) continue;
    const bool weights = words().foreign_weights.ends(address.substr(0, address.find_first_of("?#")));
    if (!weights && !words().registry_addresses.within(address)) continue;
    const auto at = static_cast<std::size_t>(address.data() - s.text.data());
    scan.sink.unresolved(s.place(at), address, "url", weights ? kForeignAddress : kOtherRegistry);
  }
}

}  // namespace howopen::scan
