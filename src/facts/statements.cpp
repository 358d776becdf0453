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
  Statements(const Document& document, const Catalog& catalog) : document_(document), catalog_(catalog) {}

  std::vector<LicenseStatement> read(const reading::Claims& claims) {
    for (const LicenseClaim& c : claims.licenses) claim(c);
    links(document_.card.text);
    if (claims.unread_from > 0)
      unread_from(claims.unread_from, "the card is too large to be read to its end");
    else if (left_out_ > 0)
      unread_from(left_out_, fmt::format("the card says more of licenses than {} things", kMostOfLicenses));
    return std::move(out_);
  }

 private:
  void claim(const LicenseClaim& c) {
    if (c.subject != Subject::here && c.subject != Subject::family) return;
    if (c.kind == LicenseClaim::Kind::permits || c.what == Scope::data) return;
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
      case LicenseClaim::Kind::permits:
        return;
    }
    add(std::move(s), c.at.line);
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
      std::string file = link.url;
      if (const auto hub = hub::hub_link(link.url); hub && text::equal_ignoring_case(hub->id, document_.id))
        file = hub->path;
      const auto named = license_file(file.substr(0, file.find_first_of("?#")));
      if (!named) continue;
      LicenseStatement s;
      s.scope = *named != Scope::everything ? *named : reading::what_words_are_about(link.text, catalog_);
      s.file = file;
      s.says = Says::refers;
      s.said = {"link of the card to a license text", document_.place(link.line), Kind::link};
      add(std::move(s), link.line);
    }
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
