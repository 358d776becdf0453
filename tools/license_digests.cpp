// Makes data/license_digests.json and data/license_blobs.json: for each reference text its license, and the
// digest of its words or git's id of its bytes, so that no text needs to be in the repository.
//
//   license_digests TEXTS tools/license_texts.tsv data [FILE…]
//
// TEXTS is a folder of reference texts, `<id>.txt` each; which ones count is said by the ids in
// data/licenses.json and by the table. FILEs are further copies, of which the blob ids are wanted.

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
#include "text/digest.h"
#include "text/json.h"

namespace {

using howopen::text::Json;

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files' names that are not ids, with their ids.
std::map<std::string, std::string> read_table(const char* path) {
  std::map<std::string, std::string> out;
  std::istringstream table(read(path));
  for (std::string line; std::getline(table, line);) {
    const auto tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string::npos) continue;
    out[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return out;
}

void write(const std::string& path, const std::string& about, const char* key, Json content) {
  Json out;
  out.set("as_of", Json("2026-11-23"));
  out.set("about", Json(about));
  out.set(key, std::move(content));
  std::ofstream(path, std::ios::binary) << howopen::text::write_json(out, true);
}

class Maker {
 public:
  explicit Maker(const howopen::Catalog& catalog) : catalog_(catalog) {}

  void add(const std::string& text, const std::string& id) {
    std::vector<std::string> words = howopen::license::words(text);
    if (words.size() < 20) return;  // too short to prove anything
    ++texts_;
    blobs_[howopen::text::git_blob(text)] = id;
    digests_[howopen::license::digest_of(words)].insert(id);
    // Copies come without the title too; identify() then asks that a title, if there is one, names the
    // license.
    const auto title = howopen::license::title_of(text, catalog_);
    if (title.license != nullptr && title.license->id == id) {
      digests_[howopen::license::digest_of(words, title.words)].insert(id);
    }
    // And Apache without its appendix on how to apply it.
    const std::vector<std::string> end = {"end", "of", "terms", "and", "conditions"};
    const auto at = std::search(words.begin(), words.end(), end.begin(), end.end());
    if (at != words.end()) {
      words.erase(at + 5, words.end());
      digests_[howopen::license::digest_of(words)].insert(id);
    }
  }

  // Another copy of a text that is known.
  bool add_copy(const std::string& text) {
    const auto found = digests_.find(howopen::license::digest_of(howopen::license::words(text)));
    if (found == digests_.end()) return false;
    blobs_[howopen::text::git_blob(text)] = *found->second.begin();
    return true;
  }

  void save(const std::string& folder) const {
    Json digests = Json::object();
    for (const auto& [digest, names] : digests_) {
      Json& ids = digests.set(digest, Json::array());
      for (const std::string& name : names) ids.push(Json(name));
    }
    Json blobs = Json::object();
    for (const auto& [blob, id] : blobs_) blobs.set(blob, Json(id));
    const std::string from =
        " (SPDX license list after 3.28.0 and texts of model licenses), made by "
        "tools/license_digests from " +
        std::to_string(texts_) + " texts.";
    write(folder + "/license_digests.json", "Digests of the words of license texts" + from, "digests",
          std::move(digests));
    write(folder + "/license_blobs.json", "Git's ids of license texts, byte for byte" + from, "blobs",
          std::move(blobs));
  }

 private:
  const howopen::Catalog& catalog_;
  std::map<std::string, std::set<std::string>> digests_;
  std::map<std::string, std::string> blobs_;
  std::size_t texts_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: license_digests TEXTS license_texts.tsv OUT [FILE…]\n";
    return 2;
  }
  const auto catalog = howopen::Catalog::load();
  if (!catalog) return 70;
  const auto ids = read_table(argv[2]);
  Maker maker(*catalog);
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() != ".txt") continue;
    const std::string stem = entry.path().stem().string();
    const auto named = ids.find(stem);
    const std::string id = named != ids.end() ? named->second : stem;
    if (catalog->license(id) != nullptr) maker.add(read(entry.path()), id);
  }
  for (int i = 4; i < argc; ++i) {
    if (!maker.add_copy(read(argv[i]))) std::cerr << argv[i] << " is no known text\n";
  }
  maker.save(argv[3]);
}
