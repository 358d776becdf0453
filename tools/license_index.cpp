// Makes data/license_index.txt, data/license_blobs.json and data/spdx.json from reference texts, so that no
// text needs to be in the repository.
//
//   license_index TEMPLATES TEXTS tools/license_texts.tsv data [FILE…]
//
// TEMPLATES is SPDX's folder of license templates, TEXTS one of plain texts, `<id>.txt` each; the table says
// which of those are which license. FILEs are further copies of known texts, of which git's ids are wanted.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "license/identify.h"
#include "spdx_template.h"
#include "text/base64.h"
#include "text/digest.h"
#include "text/json.h"
#include "text/utf8.h"

namespace {

using howopen::license::Draft;
using howopen::license::Id;
using howopen::license::Reference;
using howopen::license::Word;
using howopen::text::Json;

constexpr const char* kListVersion = "SPDX license list after 3.28.0 (e4c1f276, 2026-07-16)";
constexpr const char* kAsOf = "2026-11-23";

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Entry {
  std::string id;
  std::string text;
  howopen::TextKind kind = howopen::TextKind::license;
  Draft draft;
  int preference = 0;  // of those with the same words, the greatest is named
  std::size_t alias_of = 0;
};

struct Row {
  std::string id;
  howopen::TextKind kind = howopen::TextKind::license;
};

// file <tab> id [<tab> policy]; `-` as id leaves a text out.
std::map<std::string, Row> read_table(const char* path) {
  std::map<std::string, Row> out;
  std::istringstream table(read(path));
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string file;
    Row row;
    std::string kind;
    std::getline(fields, file, '\t');
    std::getline(fields, row.id, '\t');
    std::getline(fields, kind, '\t');
    if (kind == "policy") row.kind = howopen::TextKind::policy;
    out[file] = row;
  }
  return out;
}

std::vector<std::filesystem::path> sorted(const char* folder, const char* extension) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == extension) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Ids and names of SPDX's list.
struct Listed {
  std::string id;
  std::string name;
  bool exception = false;
  bool osi = false;
  bool deprecated = false;
};

void add_templates(const char* folder, std::vector<Entry>& out, std::vector<Listed>& list) {
  for (const auto& path : sorted(folder, ".xml")) {
    auto t = howopen::tools::read_template(path.string());
    if (!t || t->text.words.empty()) {
      std::cerr << path << ": no template\n";
      continue;
    }
    list.push_back({t->id, t->name, t->exception, t->osi_approved, t->deprecated});
    // Of a family with one text, the plain id comes before those that say how it is applied.
    const bool applied = t->id.ends_with("-or-later") || t->id.find("invariants") != std::string::npos ||
                         t->id.ends_with("RFN") || t->id.ends_with("xception");
    const int preference = (t->deprecated ? 0 : 8) + (t->osi_approved ? 4 : 0) + (applied ? 0 : 2) +
                           (t->id.ends_with("-only") ? 1 : 0);
    if (t->header && t->header->words.size() >= 15 && !t->deprecated)
      out.push_back({t->id, t->id + " header", howopen::TextKind::header, *t->header, preference, 0});
    out.push_back({t->id, t->id, t->exception ? howopen::TextKind::exception : howopen::TextKind::license,
                   std::move(t->text), preference, 0});
  }
}

// The use restrictions of a RAIL license stand behind "Attachment A" and are handed on by themselves.
std::optional<std::string> attachment(const std::string& text) {
  const std::string lower = howopen::text::lower(text);
  const std::size_t at = lower.rfind("\nattachment a");
  if (at == std::string::npos || lower.size() - at < 400) return std::nullopt;
  return text.substr(at + 1);
}

void add_texts(const char* folder, const std::map<std::string, Row>& table, std::vector<Entry>& out) {
  for (const auto& path : sorted(folder, ".txt")) {
    const std::string stem = path.stem().string();
    const auto row = table.find(stem);
    const bool ours = stem.starts_with("LicenseRef-") || stem.starts_with("scancode-");
    if (!ours || (row != table.end() && row->second.id == "-")) continue;  // SPDX's own come as templates
    const Row r = row != table.end() ? row->second : Row{stem, howopen::TextKind::license};
    if (row == table.end() && stem.starts_with("scancode-"))
      std::cerr << stem << " has no row in the table\n";
    const std::string text = read(path);
    out.push_back({r.id, stem, r.kind, howopen::license::plain_text(text), 10, 0});
    if (const auto part = attachment(text); part && r.kind == howopen::TextKind::license) {
      const bool deepseek = r.id.find("DeepSeek") != std::string::npos;
      out.push_back({deepseek ? "LicenseRef-DeepSeek-Attachment-A" : "LicenseRef-OpenRAIL-Attachment-A",
                     stem + " attachment", howopen::TextKind::attachment, howopen::license::plain_text(*part),
                     10, 0});
    }
  }
}

// Of texts with the same words, the one to name.
void find_aliases(std::vector<Entry>& entries) {
  std::map<std::vector<Word>, std::size_t> known;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].alias_of = i;
    const auto [it, first] = known.emplace(entries[i].draft.words, i);
    if (!first && entries[i].preference > entries[it->second].preference) it->second = i;
  }
  for (Entry& e : entries) e.alias_of = known[e.draft.words];
  // A text does not say whether later versions may be chosen: the notices in files do.
  std::map<std::string, std::size_t> only;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].kind == howopen::TextKind::license && entries[i].id.ends_with("-only"))
      only[entries[i].id.substr(0, entries[i].id.size() - 5)] = entries[i].alias_of;
  }
  for (Entry& e : entries) {
    if (e.kind != howopen::TextKind::license) continue;
    std::string family = e.id;
    for (const std::string suffix : {"-or-later", "+"}) {
      if (family.ends_with(suffix)) family.resize(family.size() - suffix.size());
    }
    if (const auto found = only.find(family); found != only.end()) e.alias_of = found->second;
  }
}

class Writer {
 public:
  void number(std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) out += static_cast<char>(n | 0x80);
    out += static_cast<char>(n);
  }
  void string(const std::string& s) {
    number(s.size());
    out += s;
  }
  std::string out;
};

// Copies of at least eight words are written as such.
class Packer {
 public:
  void text(const std::vector<Id>& words, Writer& w) {
    std::vector<Id> literal;
    const auto flush = [&] {
      if (literal.empty()) return;
      w.number(literal.size() << 1);
      for (const Id id : literal) w.number(id);
      literal.clear();
    };
    for (std::size_t i = 0; i < words.size();) {
      const auto [from, length] = longest(words, i);
      if (length >= kLeast) {
        flush();
        w.number(length << 1 | 1);
        w.number(pool_.size() - from);
        for (std::size_t k = 0; k < length; ++k) push(words[i + k]);
        i += length;
      } else {
        literal.push_back(words[i]);
        push(words[i]);
        ++i;
      }
    }
    flush();
  }

 private:
  static constexpr std::size_t kLeast = 8;
  void push(Id id) {
    pool_.push_back(id);
    if (pool_.size() >= kLeast) {
      const std::size_t at = pool_.size() - kLeast;
      places_[key(pool_, at)].push_back(at);
    }
  }
  static std::string key(const std::vector<Id>& words, std::size_t at) {
    return {reinterpret_cast<const char*>(words.data() + at), kLeast * sizeof(Id)};
  }
  std::pair<std::size_t, std::size_t> longest(const std::vector<Id>& words, std::size_t i) const {
    std::pair<std::size_t, std::size_t> best{0, 0};
    if (i + kLeast > words.size()) return best;
    const auto found = places_.find(key(words, i));
    if (found == places_.end()) return best;
    for (const std::size_t at : found->second) {
      std::size_t n = kLeast;
      while (i + n < words.size() && at + n < pool_.size() && pool_[at + n] == words[i + n]) ++n;
      if (n > best.second) best = {at, n};
    }
    return best;
  }
  std::vector<Id> pool_;
  std::map<std::string, std::vector<std::size_t>> places_;
};

std::string packed(const std::vector<Entry>& entries) {
  std::map<Word, std::size_t> counts;
  for (const Entry& e : entries) {
    for (const Word word : e.draft.words) ++counts[word];
    for (const auto& g : e.draft.groups) {
      for (const auto& p : g.patterns) {
        for (const Word word : p) {
          if (word != 0) ++counts[word];
        }
      }
    }
  }
  std::vector<std::pair<std::size_t, Word>> by_count;
  for (const auto& [word, n] : counts) by_count.emplace_back(n, word);
  std::sort(by_count.begin(), by_count.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::map<Word, Id> ids;
  Writer w;
  w.out = "HLI1";
  w.string(kListVersion);
  w.number(by_count.size());
  for (const auto& [n, word] : by_count) {
    ids.emplace(word, static_cast<Id>(ids.size() + 1));
    for (int i = 0; i < 8; ++i) w.out += static_cast<char>(word >> (8 * i));
  }
  std::size_t total = 0;
  for (const Entry& e : entries) total += e.draft.words.size();
  w.number(total);
  w.number(entries.size());
  Packer packer;
  for (const Entry& e : entries) {
    w.string(e.id);
    w.string(e.text);
    w.out += static_cast<char>(e.kind);
    w.out += static_cast<char>(e.preference);
    w.number(e.alias_of);
    std::vector<Id> words;
    for (const Word word : e.draft.words) words.push_back(ids[word]);
    w.number(words.size());
    packer.text(words, w);
    w.number(e.draft.groups.size());
    for (const auto& g : e.draft.groups) {
      w.out += static_cast<char>(g.kind);
      w.number(g.begin);
      w.number(g.end - g.begin);
      w.number(g.patterns.size());
      for (const auto& p : g.patterns) {
        w.number(p.size());
        for (const Word word : p) w.number(word == 0 ? 0 : ids[word]);
      }
    }
  }
  std::cerr << entries.size() << " references, " << total << " words, " << by_count.size() << " different, "
            << w.out.size() << " bytes\n";
  return w.out;
}

void write_index(const std::string& path, const std::vector<Entry>& entries) {
  std::ofstream out(path, std::ios::binary);
  out << "# Reference licenses as numbers: hashes of words, sequences of them, what may be missing or "
         "replaced. No text is\n"
         "# in here. Made by tools/license_index from "
      << kListVersion << "\n# and texts of model licenses collected " << kAsOf << ".\n\n";
  const std::string letters = howopen::text::base64(packed(entries));
  for (std::size_t at = 0; at < letters.size(); at += 120) out << letters.substr(at, 120) << '\n';
}

// Files of data/ are ASCII.
std::string escaped(const std::string& json) {
  std::string out;
  for (std::string_view rest = json; !rest.empty();) {
    const std::string_view one = howopen::text::next_utf8(rest);
    const std::size_t size = one.empty() ? 1 : one.size();
    if (size == 1) {
      out += rest[0];
    } else {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(howopen::text::code_point(one)));
      out += code;
    }
    rest.remove_prefix(size);
  }
  return out;
}

// Of the list, what is no text: [id, name] of licenses and exceptions, and which OSI approved.
void write_list(const std::string& path, const std::vector<Listed>& list) {
  std::ofstream out(path, std::ios::binary);
  const auto rows = [&](const char* key, auto wanted) {
    out << " \"" << key << "\": [\n";
    bool first = true;
    for (const Listed& l : list) {
      if (!wanted(l)) continue;
      Json row = Json::array();
      row.push(Json(l.id));
      row.push(Json(l.name));
      out << (first ? "  " : ",\n  ") << escaped(howopen::text::write_json(row, false));
      first = false;
    }
    out << "\n ]";
  };
  out << "{\"as_of\": \"" << kAsOf << "\",\n \"source\": \"" << kListVersion << "\",\n"
      << " \"about\": \"Ids and names of SPDX's list; made by tools/license_index.\",\n";
  rows("approved", [](const Listed& l) { return !l.exception && l.osi; });
  out << ",\n";
  rows("licenses", [](const Listed& l) { return !l.exception && !l.osi; });
  out << ",\n";
  rows("exceptions", [](const Listed& l) { return l.exception; });
  out << "\n}\n";
}

// Git's ids of texts that are known by every byte.
void write_blobs(const std::string& path, const std::vector<std::string>& files,
                 const howopen::license::Index& index, const howopen::license::Lexicon& lexicon) {
  std::map<std::string, std::pair<std::string, std::string>> blobs;
  for (const std::string& file : files) {
    const std::string text = read(file);
    const auto words = howopen::reading::tokens(text);
    const auto found = howopen::license::identify(words, text, index, lexicon);
    if (found.match != howopen::Match::exact || found.licenses.size() != 1) continue;
    blobs[howopen::text::git_blob(text)] = {found.licenses.front(), howopen::text::sha256(text)};
  }
  Json list = Json::object();
  for (const auto& [blob, known] : blobs) {
    Json row = Json::array();
    row.push(Json(known.first));
    row.push(Json(known.second));
    list.set(blob, std::move(row));
  }
  Json out;
  out.set("as_of", Json(kAsOf));
  out.set("about", Json("Git's ids of files that are license texts, byte for byte, with the license and "
                        "their sha256; made by tools/license_index."));
  out.set("blobs", std::move(list));
  std::ofstream(path, std::ios::binary) << howopen::text::write_json(out, true);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "usage: license_index TEMPLATES TEXTS license_texts.tsv OUT [FILE…]\n";
    return 2;
  }
  std::vector<Entry> entries;
  std::vector<Listed> list;
  add_templates(argv[1], entries, list);
  add_texts(argv[2], read_table(argv[3]), entries);
  find_aliases(entries);
  const std::string out = argv[4];
  write_index(out + "/license_index.txt", entries);
  write_list(out + "/spdx.json", list);
  // What is known by its bytes is told by the index that was just written.
  const howopen::license::Index index(read(out + "/license_index.txt"));
  const auto catalog = howopen::Catalog::load();
  const howopen::license::Lexicon& lexicon = howopen::reading::lexicon(*catalog);
  std::vector<std::string> files(argv + 5, argv + argc);
  for (const auto& path : sorted(argv[2], ".txt")) files.push_back(path.string());
  write_blobs(out + "/license_blobs.json", files, index, lexicon);
}
