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

// Told where they are used, not where they are talked of.
bool is_used(const Slice& s, const Scan& scan) {
  const Role role = scan.sink.role();
  return s.down == 0 && role != Role::document && role != Role::test;
}

}  // namespace

// Weights elsewhere, and models of other registries.
void scan_other_addresses(const Slice& s, Scan& scan) {
  if (!is_used(s, scan)) return;
  for (std::size_t i = s.text.find("://"); i < s.text.size(); i = s.text.find("://", i + 3)) {
    const std::string_view address = address_around(s.text, i, false);
    if (address.empty() || !is_foreign_address(address, true)) continue;
    const bool weights = words().foreign_weights.ends(address.substr(0, address.find_first_of("?#")));
    if (!weights && !words().registry_addresses.within(address)) continue;
    const auto at = static_cast<std::size_t>(address.data() - s.text.data());
    scan.sink.unresolved(s.place(at), address, "url", weights ? kForeignAddress : kOtherRegistry);
  }
}

void scan_content_store(const Slice& s, std::size_t host, Scan& scan) {
  if (!is_used(s, scan)) return;
  const std::string_view address = address_around(s.text, host, true);
  if (words().content_stores.within(address) && names_a_digest(address))
    scan.sink.unresolved(s.place(static_cast<std::size_t>(address.data() - s.text.data())), address, "url",
                         kContentStore);
}

void scan_model_images(const Slice& s, Scan& scan) {
  if (!is_used(s, scan)) return;
  for (const std::string& image : words().model_images.list()) {
    // By the slash behind the host, which is rarer than its letters.
    const std::size_t host = image.find('/');
    for (std::size_t i = s.text.find('/'); i < s.text.size(); i = s.text.find('/', i + 1)) {
      if (i < host || s.text.substr(i - host, image.size()) != image) continue;
      const std::string_view name = address_around(s.text, i, true);
      if (name.size() > image.size())
        scan.sink.unresolved(s.place(static_cast<std::size_t>(name.data() - s.text.data())), name, "image",
                             kOtherRegistry);
    }
  }
}

}  // namespace howopen::scan
