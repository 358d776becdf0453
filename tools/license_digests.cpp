// Makes data/license_digests.json: for each reference text its license and the digest of its words, so that
// no text needs to be in the repository.
//
//   license_digests TEXTS tools/license_texts.tsv > data/license_digests.json
//
// TEXTS is a folder of reference texts, `<id>.txt` each; which ones count is said by the ids in
// data/licenses.json and by the table.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "license/identify.h"
#include "license/tokens.h"

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: license_digests TEXTS license_texts.tsv\n";
    return 2;
  }
  const auto catalog = howopen::Catalog::load();
  if (!catalog) return 70;
  std::map<std::string, std::string> ids;
  std::istringstream table(read(argv[2]));
  for (std::string line; std::getline(table, line);) {
    const auto tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string::npos) continue;
    ids[line.substr(0, tab)] = line.substr(tab + 1);
  }
  std::map<std::string, std::set<std::string>> digests;
  std::size_t texts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() != ".txt") continue;
    const std::string stem = entry.path().stem().string();
    const std::string id = ids.contains(stem) ? ids[stem] : stem;
    if (catalog->license(id) == nullptr) continue;
    const std::string text = read(entry.path());
    std::vector<std::string> words = howopen::license::words(text);
    if (words.size() < 20) continue;  // too short to prove anything
    ++texts;
    digests[howopen::license::digest_of(words)].insert(id);
    // Copies come without the title too; identify() then asks that a title, if there is one, names the
    // license.
    const auto title = howopen::license::title_of(text, *catalog);
    if (title.license != nullptr && title.license->id == id) {
      digests[howopen::license::digest_of(words, title.words)].insert(id);
    }
    // And Apache without its appendix on how to apply it.
    const std::vector<std::string> end = {"end", "of", "terms", "and", "conditions"};
    const auto at = std::search(words.begin(), words.end(), end.begin(), end.end());
    if (at != words.end()) {
      words.erase(at + 5, words.end());
      digests[howopen::license::digest_of(words)].insert(id);
    }
  }
  std::cout << "{\"as_of\": \"2026-11-23\",\n \"about\": \"Digests of the words of license texts (SPDX "
               "license list after 3.28.0 and texts"
               " of model licenses), made by tools/license_digests from "
            << texts << " texts.\",\n \"digests\": {\n";
  bool first = true;
  for (const auto& [digest, names] : digests) {
    std::cout << (first ? "" : ",\n") << "  \"" << digest << "\": [";
    first = false;
    bool first_name = true;
    for (const std::string& name : names) {
      std::cout << (first_name ? "" : ", ") << '"' << name << '"';
      first_name = false;
    }
    std::cout << ']';
  }
  std::cout << "\n }}\n";
}
