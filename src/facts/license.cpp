// Everything in a repository that says under which license it is: the card's keys, the license texts, what
// the card's sentences say (statements.cpp), and the text of the gate.
//
//   license: other, license_link: LICENSE, a LICENSE of 0 bytes
//     ->  tag other; the link names what is not there

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "catalog/expression.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "license/identify.h"
#include "reading/claims.h"
#include "reading/lexicon.h"
#include "reading/sense.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

void card_keys(const Repo& repo, License& out) {
  const Card* card = repo.card();
  const bool own = card != nullptr && !card_licenses(card->yaml).values.empty();
  const CardLicenses licenses = card_licenses(own ? card->yaml : repo.info()->card);
  const std::string where = own ? repo.data_place(licenses.key) : repo.record_place();
  for (const std::string_view tag : licenses.values) {
    if (!text::trim(tag).empty()) out.tags.push_back({std::string(text::trim(tag)), where});
  }
  out.heads = repo.info()->heads;
  // Without a card, what heads claim is what is declared.
  if (!own && !out.heads.empty()) {
    out.tags.clear();
    std::copy_if(out.heads.begin(), out.heads.end(), std::back_inserter(out.tags),
                 [](const Seen<std::string>& head) { return static_cast<bool>(head); });
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
  if (const auto hub = hub::hub_link(link); hub && text::equal_ignoring_case(hub->id, repo.id()))
    path = hub->path;
  while (path.starts_with("./")) path.erase(0, 2);
  const bool elsewhere = path.find("://") != std::string::npos;
  const File* file = elsewhere ? nullptr : repo.info()->file(path);
  if (!elsewhere && repo.info()->listed && (file == nullptr || file->size == 0)) {
    out.link = {Unseen::absent, link};
  } else {
    out.link = {link, repo.data_place("license_link")};
  }
}

LicenseText read_text(const Repo& repo, const ModelFile& file, const Catalog& catalog) {
  LicenseText out{file.path, file.license.value_or(Scope::everything), file.size, {}};
  const std::string where = repo.place(file.path);
  if (const auto* link = repo.get<LinkedText>(file.path)) {
    const ModelFile* target = repo.info()->file(link->target);
    const std::string there = repo.place(link->target);
    if (const auto* text = repo.get<Identified>(link->target))
      out.identified = {*text, there, Kind::file};
    else if (const KnownText* known = target != nullptr ? known_text(*target, catalog) : nullptr)
      out.identified = {known_as(*known), there, Kind::file};
    else
      out.identified = {
          target == nullptr && repo.info()->listed ? Unseen::unreadable : repo.why(link->target), there};
    return out;
  }
  if (const auto* identified = repo.get<Identified>(file.path)) {
    out.identified = {*identified, where, Kind::file};
  } else if (const KnownText* known = known_text(file, catalog)) {
    out.identified = {known_as(*known), where, Kind::file};
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
  for (const ModelFile* file : license_texts(*repo.info()))
    out.texts.push_back(read_text(repo, *file, catalog));
  // The NOTICE is read for terms; policies and further notices count by being there.
  const ModelFile* notice = notice_of(*repo.info());
  if (notice != nullptr) out.texts.push_back(read_text(repo, *notice, catalog));
  for (const ModelFile& file : repo.info()->files) {
    const auto& scope = file.license;
    if (!scope || (*scope != Scope::policy && *scope != Scope::notice) || &file == notice ||
        file.path.find('/') != std::string::npos)
      continue;
    if (out.texts.size() < 2 * limits::kLicenseFiles)
      out.texts.push_back({file.path, *scope, file.size, {Unseen::not_asked, repo.place(file.path)}});
  }
}

// Something beside the license that leaves open what it permits.
void doubt(Observation said, License& out) {
  LicenseStatement s;
  s.says = Says::unread;
  s.said = std::move(said);
  out.statements.push_back(std::move(s));
}

// A card of the repository.
Document document_of(const Repo& repo, const Card& card, std::string path, const Catalog& catalog) {
  return {card, repo.id(), [&repo, path = std::move(path)](int line) { return repo.place(path, line); },
          repo.info()->repository.gate != AccessGate::none, [&] { return names_a_base(repo, catalog); }};
}

// A card in another language says at times what the first does not.
void translated_statements(const Repo& repo, const Catalog& catalog, License& out) {
  for (const ModelFile* file : translated_cards(*repo.info())) {
    const auto* card = repo.get<Card>(file->path);
    if (card == nullptr) {
      const Unseen why = repo.why(file->path);
      if (why == Unseen::failed || file->size > static_cast<std::int64_t>(limits::kCard))
        doubt({fmt::format("{} could not be read", file->path), repo.place(file->path), Kind::file}, out);
      continue;
    }
    const auto said = license_statements(document_of(repo, *card, file->path, catalog), catalog);
    out.statements.insert(out.statements.end(), said.begin(), said.end());
  }
}

// A NOTICE beside a license counts by the terms that it sets; who made what, and under which license, is what
// it is for.
void terms_of_notice(const Repo& repo, const Catalog& catalog, License& out) {
  const ModelFile* file = notice_of(*repo.info());
  const auto* text = file != nullptr ? repo.get<Identified>(file->path) : nullptr;
  if (text == nullptr) return;
  const auto add = [&](std::string said, int line) {
    doubt({std::move(said), repo.place(file->path, line), Kind::file}, out);
  };
  // "Llama 3 is licensed under the Meta Llama 3 Community License": what is in it is under that.
  const auto closed = [&](const std::string& id) {
    const LicenseEntry* entry = catalog.license(id);
    return entry != nullptr && catalog::closes(entry->cls);
  };
  for (const std::string& id : text->licenses) {
    if (closed(id)) add(fmt::format("{} is the text of {}", file->path, id), 0);
  }
  // Terms of its own, in a text that is no license anybody knows.
  if (text->licenses.empty()) {
    for (const Restriction& r : text->restrictions)
      add(fmt::format("{} sets a term ({}): \"{}\"", file->path, r.kind, r.quote),
          static_cast<int>(r.lines.first));
  }
  for (const Leftover& l : text->leftover) {
    for (const auto& named : catalog.licenses_in(text::lower(l.quote))) {
      if (!closed(named.license->id)) continue;
      add(fmt::format("{} names {}: \"{}\"", file->path, named.license->id, l.quote),
          static_cast<int>(l.lines.first));
      break;
    }
    if (l.kind != Leftover::Kind::restriction) continue;
    add(fmt::format("{} sets a term: \"{}\"", file->path, l.quote), static_cast<int>(l.lines.first));
  }
}

// What the card's data say beside a license that they name: another name, a tag of a term.
void doubts_of_data(const Repo& repo, const Catalog& catalog, License& out) {
  const auto named = [&](const Seen<std::string>& tag) {
    const LicenseEntry* entry = tag ? catalog.license_named(*tag) : nullptr;
    return entry != nullptr && entry->cls == LicenseClass::open;
  };
  if (!std::any_of(out.tags.begin(), out.tags.end(), named)) return;
  const reading::Lexicon& lexicon = reading::lexicon(catalog);
  if (!out.name.empty() && catalog.license_named(out.name) == nullptr)
    doubt({fmt::format("license_name is \"{}\", which is no license that is known", out.name.substr(0, 120)),
           repo.data_place("license_name"), Kind::metadata},
          out);
  for (const std::string& tag : repo.info()->tags) {
    if (tag.find(':') != std::string::npos) continue;  // a key of the Hub's own
    const std::string lower = text::lower(tag.substr(0, 80));
    const auto words = reading::tokens(lower);
    if (words.size() > 3) continue;
    if (reading::understand(words, lower, lexicon).cues.any(catalog::Cue::non_commercial))
      doubt({fmt::format("the tag \"{}\" sets a term", tag), repo.record_place(), Kind::metadata}, out);
  }
}

void gate_prompt(const Repo& repo, const Catalog& catalog, License& out) {
  const std::string_view prompt = repo.data("extra_gated_prompt").string_or("");
  if (prompt.empty()) {
    out.gate_prompt = {Unseen::absent, repo.record_place()};
    return;
  }
  out.gate_prompt = {license::identify(prompt, catalog), repo.data_place("extra_gated_prompt"), Kind::text};
}

// Terms that a gate asks people to agree to: its prompt, its heading, what stands beside its boxes. That one
// has to agree and to say who one is is no term of a license.
void terms_of_gate(const Repo& repo, const Catalog& catalog, License& out) {
  if (out.gate_prompt && !out.gate_prompt->licenses.empty()) return;
  std::string all;
  const std::string_view prompt = repo.data("extra_gated_prompt").string_or("");
  for (const char* key : {"extra_gated_prompt", "extra_gated_heading", "extra_gated_description"})
    all += std::string(repo.data(key).string_or("")).substr(0, limits::kLicenseText) + "\n\n";
  const text::Json& fields = repo.data("extra_gated_fields");
  if (fields.is_object()) {
    for (const auto& [label, kind] : fields.members()) all += label + "\n\n";
  }
  if (text::trim(all).empty() || prompt.size() > limits::kLicenseText) return;
  const Card gate = read_card("\n" + all, repo.id(), catalog);
  const reading::Lexicon& lexicon = reading::lexicon(catalog);
  for (const reading::LicenseClaim& c : gate.claims.licenses) {
    const std::string lower = text::lower(c.quote);
    const auto words = reading::tokens(lower);
    const reading::Sense sense = reading::understand(words, lower, lexicon);
    const bool term = c.kind == reading::LicenseClaim::Kind::restricted ||
                      (c.kind == reading::LicenseClaim::Kind::unread &&
                       sense.cues.any(catalog::Cue::non_commercial, catalog::Cue::research_only));
    if (!term || c.term == "registration" || c.term == "policy") continue;
    LicenseStatement s;
    s.says = c.kind == reading::LicenseClaim::Kind::restricted ? Says::restricted : Says::unread;
    s.term = c.term;
    s.said = {
        fmt::format("the gate sets a term{}: \"{}\"", c.term.empty() ? "" : " (" + c.term + ")", c.quote),
        repo.data_place("extra_gated_prompt"), Kind::text};
    out.statements.push_back(std::move(s));
  }
}

}  // namespace

License gather_license(const Repo& repo, const Catalog& catalog) {
  License out;
  if (repo.info() == nullptr) return out;
  card_keys(repo, out);
  texts(repo, catalog, out);
  out.unlisted = !repo.info()->listed;
  if (const Card* card = repo.card()) {
    out.statements = license_statements(document_of(repo, *card, "README.md", catalog), catalog);
    out.card = {true, repo.place("README.md"), Kind::text};
    if (const text::YamlError* lost = repo.data_error())
      out.data_unread = {Unseen::unreadable, repo.place("README.md", lost->line)};
  } else {
    out.card = {repo.why("README.md"), repo.place("README.md")};
  }
  translated_statements(repo, catalog, out);
  terms_of_notice(repo, catalog, out);
  gate_prompt(repo, catalog, out);
  terms_of_gate(repo, catalog, out);
  doubts_of_data(repo, catalog, out);
  // The prompt of a gate names the license where it does not hold it (Falcon-180B).
  const std::string_view prompt = repo.data("extra_gated_prompt").string_or("");
  if (out.gate_prompt && out.gate_prompt->licenses.empty() && prompt.size() <= limits::kLicenseText) {
    const auto named = catalog.licenses_in(text::lower(prompt));
    if (!named.empty())
      out.statements.push_back({Scope::everything,
                                named.front().license->id,
                                "",
                                {fmt::format("the gate names {}", named.front().license->name),
                                 repo.data_place("extra_gated_prompt"), Kind::text}});
  }
  return out;
}

}  // namespace howopen::facts
