// Where links of Markdown lead.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace howopen::text {

/// Longer ones, in bytes, are no addresses.
constexpr std::size_t kLongestUrl = 4096;

/// Reads `(address "title")` at `end`, which is moved behind it; false where there is none.
/// `last_parenthesis` is the place of the last `)` of the block, so that openers without end cost nothing.
bool read_destination(std::string_view raw, std::size_t last_parenthesis, std::size_t& end, std::string& url);

/// Addresses of `[label]: address` by label in lower case; the first of a label counts.
class References {
 public:
  void add(std::string_view label, std::string_view url);
  bool empty() const { return urls_.empty(); }
  /// The address of a label; "" for none. Addresses are handed out until 4 MiB are spent: a few of a megabyte
  /// could be asked for a hundred thousand times.
  std::string_view find(std::string_view label);
  bool spent() const { return budget_ == 0; }

  static constexpr std::size_t kLongestLabel = 200;

 private:
  std::map<std::string, std::string, std::less<>> urls_;
  std::size_t budget_ = 4u << 20;
};

}  // namespace howopen::text
