// Tables of text: a column whose head is about models names them.
//
//   model_id,score
//   a/b-7b,0.9       ->  pair model_id, a/b-7b

#include <algorithm>

#include "scan/parts.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kMostColumns = 1'000;
constexpr std::size_t kMostText = 4u << 20;  // as much of a table as is read

// The next cell of a line from `i` on, without quotes; `i` is set behind its separator.
std::string_view cell(std::string_view line, std::size_t& i, char separator) {
  const bool quoted = i < line.size() && line[i] == '"';
  const std::size_t from = quoted ? i + 1 : i;
  std::size_t end = std::min(line.find(quoted ? '"' : separator, from), line.size());
  const std::string_view out = line.substr(std::min(from, line.size()), end - std::min(from, end));
  end = std::min(line.find(separator, end), line.size());
  i = end + 1;
  return out;
}

}  // namespace

void scan_table(const Slice& s, Scan& scan) {
  const std::size_t first = std::min(s.text.find('\n'), s.text.size());
  const std::string_view head = text::trim(s.text.substr(0, first));
  const char separator = head.find('\t') != std::string_view::npos  ? '\t'
                         : head.find(';') != std::string_view::npos ? ';'
                                                                    : ',';
  std::vector<std::string_view> keys;
  for (std::size_t i = 0; i < head.size() && keys.size() < kMostColumns;) {
    const std::string_view key = text::trim(cell(head, i, separator));
    keys.push_back(key.size() < 60 && key_strength(key) > 0 ? key : std::string_view());
  }
  if (std::all_of(keys.begin(), keys.end(), [](std::string_view k) { return k.empty(); })) return;
  if (s.text.size() >= kMostText) scan.sink.cut("a table of which the first 4 MiB are read");
  for (std::size_t at = first + 1; at < s.text.size();) {
    const std::size_t end = std::min(s.text.find('\n', at), s.text.size());
    std::string_view line = s.text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (std::size_t i = 0, column = 0; i < line.size() && column < keys.size(); ++column) {
      const std::string_view value = cell(line, i, separator);
      if (!keys[column].empty() && !value.empty())
        scan_pair(keys[column], value, s.place(static_cast<std::size_t>(value.data() - s.text.data())),
                  s.down, scan);
    }
    at = end + 1;
  }
}

}  // namespace howopen::scan
