// What a card says of licenses, as facts: the claims that speak of this model, and links to license texts.
//
//   "The use of X models is subject to the [Model License](LICENSE-MODEL)"
//     ->  weights, referred to; weights, file LICENSE-MODEL by its link

#include <fmt/format.h>

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "reading/claims.h"
#include "reading/lexicon.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using reading::LicenseClaim;
using reading::Subject;

constexpr std::size_t kMostOfLicenses = 48;

// The pseudo ids under which a term without a license's name has its class.
std::string id_of_term(std::string_view term) {
  return term == "non-commercial" || term == "research-only" ? "LicenseRef-NonCommercial"
                                                             : "LicenseRef-UseRestricted";
}

class Statements {
 public:
  Statements(const Document& document, const Catalog& catalog)
      : document_(document), catalog_(catalog), lexicon_(reading::lexicon(catalog)) {}

  std::vector<LicenseStatement> read(const reading::Claims& claims) {
    for (const LicenseClaim& c : claims.licenses) claim(c);
    links(document_.card.text);
    if (claims.unread_from > 0)
      unread_from(claims.unread_from, "the card is too large to be read to its end");
    else if (claims.foreign_from > 0)
      unread_from(claims.foreign_from, "most of the card is in a language that is not read");
    else if (left_out_ > 0)
      unread_from(left_out_, fmt::format("the card says more of licenses than {} things", kMostOfLicenses));
    return std::move(out_);
  }

 private:
  void claim(const LicenseClaim& c) {
    if (c.subject != Subject::here && c.subject != Subject::family) return;
    if (c.kind == LicenseClaim::Kind::permits || c.what == Scope::data) return;
    if (c.kind == LicenseClaim::Kind::licensed && names_a_text(c)) return;
    if (document_.gated && tells_of_the_gate(c)) return;
    LicenseStatement s;
    s.scope = c.what;
    s.doubtful = c.subject == Subject::family;
    s.choice = c.choice;
    s.said = {"", document_.place(c.at.line), Kind::text};
    switch (c.kind) {
      case LicenseClaim::Kind::licensed:
        s.license = c.id;
        s.name = c.id.empty() ? c.name : "";
        s.said.what =
            c.id.empty()
                ? fmt::format("sentence of the card names a license that is not known: \"{}\"", c.name)
                : fmt::format("sentence of the card names {}", name_of(c.id));
        break;
      case LicenseClaim::Kind::refers:
        s.says = Says::refers;
        s.said.what = "sentence of the card refers to a license";
        if (const text::Link* link = terms_elsewhere(c)) {
          s.says = Says::unread;
          s.said.what =
              fmt::format("sentence of the card refers to terms at {}, which were not read", link->url);
        }
        break;
      case LicenseClaim::Kind::restricted:
        s.says = Says::restricted;
        s.term = c.term;
        s.license = id_of_term(c.term);
        s.said.what = fmt::format("sentence of the card sets a term ({}): \"{}\"", c.term, c.quote);
        break;
      case LicenseClaim::Kind::unread:
        s.says = Says::unread;
        s.said.what =
            fmt::format("sentence of the card speaks of licenses and was not understood: \"{}\"", c.quote);
        break;
      case LicenseClaim::Kind::inherits:
        if (document_.has_base()) return;
        s.says = Says::unread;
        s.said.what =
            fmt::format("sentence of the card leaves the terms to a base that is not named: \"{}\"", c.quote);
        break;
      case LicenseClaim::Kind::permits:
        return;
    }
    add(std::move(s), c.at.line);
  }

  // "Share your contact details to download": what the gate asks is told with the gate, and is no license
  // term.
  bool tells_of_the_gate(const LicenseClaim& c) const {
    if (c.kind != LicenseClaim::Kind::unread && c.term != "registration") return false;
    const std::string lower = text::lower(c.quote);
    const auto words = reading::tokens(lower);
    const reading::Sense sense = reading::understand(words, lower, lexicon_);
    return sense.has(reading::Cue::gate) && !sense.has(reading::Cue::license_section) &&
           std::all_of(sense.terms.begin(), sense.terms.end(),
                       [](const reading::Hit& h) { return h.cue == reading::Cue::registration; });
  }

  // Links that stand in the sentence of a claim.
  std::span<const text::Link> links_of(const LicenseClaim& c) const {
    if (c.at.block >= document_.card.text.blocks.size()) return {};
    return document_.card.text.links_in(c.at.block, c.at.byte,
                                        c.at.byte + std::max<std::size_t>(c.quote.size(), 1));
  }
  // "License: see https://acme.ai/terms": a page of the publisher's that nobody here reads. Repositories are
  // read, and texts that everybody uses are known.
  const text::Link* terms_elsewhere(const LicenseClaim& c) const {
    const text::Link* out = nullptr;
    for (const text::Link& link : links_of(c)) {
      const std::string host = hub::host_of(link.url);
      if (host.empty() || lexicon_.license_host(host)) return nullptr;
      if (out == nullptr) out = &link;
    }
    return out;
  }
  // The name of a text that is linked is what the text says: "[Model Agreement](LICENSE-MODEL)".
  bool names_a_text(const LicenseClaim& c) const {
    const auto links = links_of(c);
    return c.id.empty() && std::any_of(links.begin(), links.end(), [&](const text::Link& link) {
             const std::string file = own_path(link.url);
             return (file.find("://") == std::string::npos || hub::github_link(file)) && license_file(file);
           });
  }

  void unread_from(int line, std::string why) {
    LicenseStatement s;
    s.says = Says::unread;
    s.said = {std::move(why), document_.place(line), Kind::text};
    out_.push_back(std::move(s));
  }

  std::string name_of(const std::string& id) const {
    const LicenseEntry* entry = catalog_.license(id);
    return entry != nullptr && !entry->name.empty() ? entry->name : catalog_.name_of(id);
  }

  // "[Model License](LICENSE-MODEL)", badges included: the link says which text is meant.
  void links(const text::Markdown& card) {
    for (const text::Link& link : card.links) {
      std::string file = own_path(link.url);
      const auto named = license_file(file);
      if (!named) continue;
      LicenseStatement s;
      s.scope = *named != Scope::everything ? *named : reading::what_words_are_about(link.text, catalog_);
      s.file = file;
      s.says = Says::refers;
      s.said = {"link of the card to a license text", document_.place(link.line), Kind::link};
      add(std::move(s), link.line);
    }
  }

  // A file of this repository by an address, or as it is written.
  std::string own_path(const std::string& url) const {
    std::string file = url;
    if (const auto hub = hub::hub_link(url); hub && text::equal_ignoring_case(hub->id, document_.id))
      file = hub->path;
    return file.substr(0, file.find_first_of("?#"));
  }

  void add(LicenseStatement statement, int line) {
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const LicenseStatement& s) {
      return s.says == statement.says && s.scope == statement.scope && s.license == statement.license &&
             s.file == statement.file && s.name == statement.name && s.doubtful == statement.doubtful &&
             (s.says != Says::unread || s.said.where == statement.said.where);
    });
    if (known) return;
    if (out_.size() < kMostOfLicenses)
      out_.push_back(std::move(statement));
    else if (left_out_ == 0)
      left_out_ = line;
  }

  const Document& document_;
  const Catalog& catalog_;
  const reading::Lexicon& lexicon_;
  std::vector<LicenseStatement> out_;
  int left_out_ = 0;  // line of the first thing above the limit
};

}  // namespace

std::vector<LicenseStatement> license_statements(const Document& document, const Catalog& catalog) {
  if (document.id == document.card.id) return Statements(document, catalog).read(document.card.claims);
  const reading::Claims claims =
      reading::read_claims({document.card.text, document.card.prose, document.id, catalog});
  return Statements(document, catalog).read(claims);
}

}  // namespace howopen::facts
