// Everything in a repository that says under which license it is: the card's keys, the license texts, what
// the card's sentences say about code and weights, and the text of the gate.
//
//   "code … licensed under the MIT License. The use of X models is subject to the Model License."
//     ->  statements: code MIT; weights, file LICENSE-MODEL by its link

#include <fmt/format.h>

#include <algorithm>

#include "facts/links.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "license/identify.h"
#include "text/limits.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Block;
using text::contains_any;
using text::contains_word;
using text::lower;

constexpr std::size_t kLongestParagraph = 20'000;
constexpr std::size_t kMostStatements = 24;

void card_keys(const Repo& repo, License& out) {
  const Card* card = repo.card();
  const bool own = card != nullptr && !card_licenses(card->yaml).values.empty();
  const CardLicenses licenses = card_licenses(own ? card->yaml : repo.info()->card);
  const std::string where = own ? repo.data_place(licenses.key) : repo.record_place();
  for (const std::string_view tag : licenses.values) {
    if (!text::trim(tag).empty()) out.tags.push_back({std::string(text::trim(tag)), where});
  }
  // Records without card data (2022) still compute a tag.
  if (out.tags.empty()) {
    for (const std::string& tag : repo.info()->tags) {
      if (tag.starts_with("license:")) out.tags.push_back({tag.substr(8), repo.record_place()});
    }
  }
  out.name = repo.data("license_name").string_or("");
  const std::string link(text::trim(repo.data("license_link").string_or("")));
  if (link.empty()) return;
  // A file of this repository that is not there is a dangling link. Full addresses of the Hub lead back here.
  std::string path = link;
  if (const auto hub = hub_link(link); hub && text::equal_ignoring_case(hub->id, repo.id())) path = hub->path;
  while (path.starts_with("./")) path.erase(0, 2);
  const bool elsewhere = path.find("://") != std::string::npos;
  const File* file = elsewhere ? nullptr : repo.info()->file(path);
  if (!elsewhere && repo.info()->listed && (file == nullptr || file->size == 0)) {
    out.link = {Unseen::absent, link};
  } else {
    out.link = {link, repo.data_place("license_link")};
  }
}

LicenseText read_text(const Repo& repo, const File& file, const Catalog& catalog) {
  LicenseText out{file.path, license_file(file.path).value_or(Scope::everything), file.size, {}};
  const std::string where = repo.place(file.path);
  if (const auto* identified = repo.get<Identified>(file.path)) {
    out.identified = {*identified, where, Kind::file};
  } else if (const std::string known = known_text(file, catalog); !known.empty()) {
    out.identified = {Identified{Match::exact, {known}, 1}, where, Kind::file};
  } else if (file.size == 0) {
    out.identified = {Identified{Match::none, {}, 0}, where, Kind::file};
  } else if (file.size > static_cast<std::int64_t>(limits::kLicenseText)) {
    out.identified = {Unseen::unreadable, where};
  } else {
    out.identified = {repo.why(file.path), where};
  }
  return out;
}

void texts(const Repo& repo, const Catalog& catalog, License& out) {
  for (const File* file : license_texts(*repo.info())) out.texts.push_back(read_text(repo, *file, catalog));
  // Policies and notices count by being there.
  for (const File& file : repo.info()->files) {
    const auto scope = license_file(file.path);
    if (!scope || (*scope != Scope::policy && *scope != Scope::notice) ||
        file.path.find('/') != std::string::npos)
      continue;
    if (out.texts.size() < 2 * limits::kLicenseFiles)
      out.texts.push_back({file.path, *scope, file.size, {Unseen::not_asked, repo.place(file.path)}});
  }
}

// What a piece of a sentence is about.
std::optional<Scope> scope_of(std::string_view piece) {
  const bool code = contains_word(piece, "code") || contains_word(piece, "repository") ||
                    contains_word(piece, "repo") || contains_word(piece, "scripts") ||
                    contains_any(piece, {"codebase", "代码"});
  const bool data =
      contains_word(piece, "dataset") || contains_word(piece, "datasets") || contains_word(piece, "data");
  const bool weights = contains_word(piece, "weights") || contains_word(piece, "weight") ||
                       contains_word(piece, "model") || contains_word(piece, "models") ||
                       contains_word(piece, "checkpoint") || contains_word(piece, "checkpoints") ||
                       contains_any(piece, {"模型", "权重"});
  if (code && weights) return Scope::everything;
  if (weights) return Scope::weights;
  if (code) return Scope::code;
  if (data) return Scope::data;
  return std::nullopt;
}

// Sentences about somebody else's license: of the base model, of a library, of a part.
bool about_others(std::string_view sentence) {
  return contains_any(sentence, {"derived from", "originally licensed", "base model", "based on",
                                 "built with", "thank", "upstream", "third-party", "third party", "credit"});
}

bool license_heading(std::string_view heading) {
  const std::string h = lower(heading);
  return contains_any(h, {"license", "licence", "licensing", "许可", "协议"});
}

class Statements {
 public:
  Statements(const Repo& repo, const Catalog& catalog, License& out)
      : repo_(repo), catalog_(catalog), out_(out) {}

  void read(const text::Markdown& card) {
    for (std::size_t i = 0; i < card.blocks.size() && out_.statements.size() < kMostStatements; ++i) {
      const Block& block = card.blocks[i];
      if (block.kind == Block::Kind::code || block.kind == Block::Kind::heading ||
          block.text.size() > kLongestParagraph)
        continue;
      const std::string text = lower(block.text);
      const bool section = license_heading(card.heading_of(i));
      if (!section && !contains_any(text, {"licen", "许可"})) continue;
      for (const Sentence& s : sentences(text)) sentence(s, block, section);
    }
    links(card);
  }

 private:
  void sentence(const Sentence& s, const Block& block, bool section) {
    if (s.text.size() > 2000 || about_others(s.text)) return;
    const bool states =
        section ||
        contains_any(s.text, {"licensed under", "license:", "licence:", "released under", "distributed under",
                              "available under", "subject to", "license is", "covered by", "governed by"});
    if (!states) return;
    const auto mentions = catalog_.licenses_in(s.text);
    if (mentions.empty()) unnamed(s, block);
    std::size_t from = 0;
    for (const Catalog::Mention& m : mentions) {
      // What the license is about stands before it: "the code is under MIT and the weights are under …".
      const auto before = scope_of(s.text.substr(from, m.at - from));
      std::optional<Scope> scope = before ? before : scope_of(s.text);
      if (!scope && (section || contains_any(s.text.substr(0, m.at), {"license:", "licence:"})))
        scope = Scope::everything;
      from = m.at + m.size;
      if (!scope) continue;
      add({*scope,
           m.license->id,
           "",
           {fmt::format("sentence of the card names {}", m.license->name),
            repo_.place("README.md", text::Markdown::line_at(block, s.at)), Kind::text}});
    }
  }

  // "Use is governed by the Meta license": there is one, and which is not known.
  void unnamed(const Sentence& s, const Block& block) {
    if (!contains_any(s.text, {"custom", "governed by", "subject to", "own license", "following license",
                               "license agreement"}) ||
        s.text.find("licen") == std::string_view::npos)
      return;
    add({scope_of(s.text).value_or(Scope::everything),
         "",
         "",
         {"sentence of the card names a license that is not known",
          repo_.place("README.md", text::Markdown::line_at(block, s.at)), Kind::text}});
  }

  // "[Model License](LICENSE-MODEL)", badges included: the link says which text is meant.
  void links(const text::Markdown& card) {
    for (const text::Link& link : card.links) {
      if (out_.statements.size() >= kMostStatements) return;
      const std::string words = lower(link.text);
      if (words.size() > 200 || !contains_any(words, {"license", "licence", "agreement"})) continue;
      std::string file = link.url;
      if (const auto hub = hub_link(link.url); hub && text::equal_ignoring_case(hub->id, repo_.id()))
        file = hub->path;
      const auto named = license_file(file.substr(0, file.find_first_of("?#")));
      if (!named) continue;
      const Scope scope = *named != Scope::everything ? *named : scope_of(words).value_or(Scope::everything);
      add({scope,
           "",
           file,
           {"link of the card to a license text", repo_.place("README.md", link.line), Kind::link}});
    }
  }

  void add(LicenseStatement statement) {
    const bool known =
        std::any_of(out_.statements.begin(), out_.statements.end(), [&](const LicenseStatement& s) {
          return s.scope == statement.scope && s.license == statement.license && s.file == statement.file;
        });
    if (!known) out_.statements.push_back(std::move(statement));
  }

  const Repo& repo_;
  const Catalog& catalog_;
  License& out_;
};

void gate_prompt(const Repo& repo, const Catalog& catalog, License& out) {
  const std::string_view prompt = repo.data("extra_gated_prompt").string_or("");
  if (prompt.empty()) {
    out.gate_prompt = {Unseen::absent, repo.record_place()};
    return;
  }
  out.gate_prompt = {license::identify(prompt, catalog), repo.data_place("extra_gated_prompt"), Kind::text};
}

}  // namespace

License gather_license(const Repo& repo, const Catalog& catalog) {
  License out;
  if (repo.info() == nullptr) return out;
  card_keys(repo, out);
  texts(repo, catalog, out);
  if (const Card* card = repo.card()) {
    Statements(repo, catalog, out).read(card->text);
    out.card = {true, repo.place("README.md"), Kind::text};
  } else {
    out.card = {repo.why("README.md"), repo.place("README.md")};
  }
  gate_prompt(repo, catalog, out);
  return out;
}

}  // namespace howopen::facts
