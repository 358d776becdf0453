// Rows of tab-separated tables beside the tests; lines that begin with # are none.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace howopen::test {

/// `path` below tests/. A cell may be empty.
inline std::vector<std::vector<std::string>> rows_of(const std::string& path) {
  std::ifstream in(HOWOPEN_SOURCE_DIR "/tests/" + path);
  std::vector<std::vector<std::string>> out;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> row(1);
    for (const char c : line) {
      if (c == '\t')
        row.emplace_back();
      else
        row.back() += c;
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace howopen::test
