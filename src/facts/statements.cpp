// What a card's sentences and links say of licenses: of the code, of the weights, of both.
//
//   "code … licensed under the MIT License. The use of X models is subject to the Model License."
//     ->  code MIT; weights, file LICENSE-MODEL by its link

#include <fmt/format.h>

#include <algorithm>

#include "facts/links.h"
#include "facts/names.h"
#include "facts/parts.h"
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

// "This model is for research purposes only": terms without a license's name. What somebody intends is no
// term, and what is said of data is not about the model.
bool forbids_commerce(std::string_view sentence) {
  const bool subject = contains_any(sentence, {"model", "weights", "checkpoint", "license", "licence"});
  const bool excused =
      contains_any(sentence, {"intended", "commercial or non-commercial", "commercial and non-commercial",
                              "dataset", "corpus", "corpora", "api", "openai"});
  return subject && !excused &&
         contains_any(sentence, {"non-commercial license",         "noncommercial license",
                                 "non-commercial bespoke",         "non-commercial use only",
                                 "only for non-commercial",        "for non-commercial purposes only",
                                 "not for commercial use",         "no commercial use",
                                 "restricted from any commercial", "not be used for commercial",
                                 "cannot be used for commercial",  "can not be used for commercial",
                                 "may not be used commercially",   "commercial use is not",
                                 "commercial use is prohibited",   "commercial use is strictly prohibited",
                                 "research only purposes",         "for research purposes only",
                                 "for research use only",          "only be used for research",
                                 "to research purposes only",      "for research only purposes",
                                 "for academic research use only"});
}

// "For commercial use, please apply": who may is somebody's decision.
bool asks_for_permission(std::string_view sentence) {
  return contains_any(sentence, {"commercial use", "commercial purpose", "commercial licens"}) &&
         contains_any(sentence,
                      {"please contact", "please submit", "please apply", "contact us", "contact me",
                       "apply for", "upon application", "written permission", "prior permission",
                       "obtain permission", "obtain authorization", "authorization from"}) &&
         !contains_any(sentence, {"support", "dataset", "enterprise", "service", "api ", "legal advice"});
}

// "… CC BY-SA 4.0, with OpenRAIL-M clauses for responsible use attached": behind the license's name.
bool adds_restrictions(std::string_view behind) {
  return contains_any(behind, {"openrail", "clauses", "restrictions", "use policy", "usage policy"}) &&
         contains_any(behind,
                      {"with additional", "with added", "attached", "added", "plus ", "along with"}) &&
         !contains_any(behind, {"no additional", "without"});
}

bool license_heading(std::string_view heading) {
  const std::string h = lower(heading);
  return contains_any(h, {"license", "licence", "licensing", "许可", "协议"});
}

class Statements {
 public:
  Statements(const Prose& prose, const Catalog& catalog) : prose_(prose), catalog_(catalog) {}

  std::vector<LicenseStatement> read() {
    const text::Markdown& card = prose_.text;
    for (std::size_t i = 0; i < card.blocks.size() && out_.size() < kMostStatements; ++i) {
      const Block& block = card.blocks[i];
      if (block.kind == Block::Kind::code || block.text.size() > kLongestParagraph) continue;
      const std::string text = lower(block.text);
      // Data of a card that never opened its front matter end as a heading: a line of hyphens is under them.
      if (block.kind == Block::Kind::heading && text.find("license: ") == std::string::npos) continue;
      const bool section = license_heading(card.heading_of(i));
      if (!section && !contains_any(text, {"licen", "许可", "commercial", "research"})) continue;
      for (const Sentence& s : sentences(text)) sentence(s, block, section);
    }
    links(card);
    return std::move(out_);
  }

 private:
  void sentence(const Sentence& s, const Block& block, bool section) {
    if (s.text.size() > 2000 || about_others(s.text)) return;
    if (forbids_commerce(s.text) && catalog_.licenses_in(s.text).empty()) {
      add({Scope::weights,
           "LicenseRef-NonCommercial",
           "",
           {"sentence of the card excludes commercial use",
            prose_.place(text::Markdown::line_at(block, s.at)), Kind::text}});
      return;
    }
    if (asks_for_permission(s.text) && contains_any(s.text, {"model", "weights", "checkpoint", "licen"})) {
      add({Scope::weights,
           "LicenseRef-UseRestricted",
           "",
           {"sentence of the card: commercial use takes somebody's permission",
            prose_.place(text::Markdown::line_at(block, s.at)), Kind::text}});
      return;
    }
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
      const bool restricted = *scope != Scope::code && adds_restrictions(s.text.substr(from, 120));
      add({*scope,
           restricted ? "LicenseRef-UseRestricted" : m.license->id,
           "",
           {fmt::format("sentence of the card names {}{}", m.license->name,
                        restricted ? ", and restrictions of use with it" : ""),
            prose_.place(text::Markdown::line_at(block, s.at)), Kind::text}});
    }
  }

  // "Use is governed by the Meta license": there is one, and which is not known.
  void unnamed(const Sentence& s, const Block& block) {
    // "License: Acme Community" names one as well, be it unheard of; "license: see below" and blanks do not.
    const bool labeled = s.text.starts_with("license:") || s.text.starts_with("licence:");
    const std::string_view value = labeled ? text::trim(s.text.substr(8)) : std::string_view();
    const bool says_it = value.size() > 2 &&
                         !contains_any(value, {"more information needed", "see ", "none", "n/a", "unknown"});
    if (says_it) {
      add({Scope::everything,
           "",
           "",
           {"the card names a license that is not known", prose_.place(text::Markdown::line_at(block, s.at)),
            Kind::text}});
      return;
    }
    if (!contains_any(s.text, {"custom", "governed by", "subject to", "own license", "following license",
                               "license agreement"}) ||
        s.text.find("licen") == std::string_view::npos)
      return;
    add({scope_of(s.text).value_or(Scope::everything),
         "",
         "",
         {"sentence of the card names a license that is not known",
          prose_.place(text::Markdown::line_at(block, s.at)), Kind::text}});
  }

  // "[Model License](LICENSE-MODEL)", badges included: the link says which text is meant.
  void links(const text::Markdown& card) {
    for (const text::Link& link : card.links) {
      if (out_.size() >= kMostStatements) return;
      const std::string words = lower(link.text);
      const bool section = link.block != Block::kNone && license_heading(card.heading_of(link.block));
      if (words.size() > 200 || !(section || contains_any(words, {"license", "licence", "agreement"})))
        continue;
      std::string file = link.url;
      if (const auto hub = hub_link(link.url); hub && text::equal_ignoring_case(hub->id, prose_.id))
        file = hub->path;
      const auto named = license_file(file.substr(0, file.find_first_of("?#")));
      if (!named) continue;
      const Scope scope = *named != Scope::everything ? *named : scope_of(words).value_or(Scope::everything);
      add({scope, "", file, {"link of the card to a license text", prose_.place(link.line), Kind::link}});
    }
  }

  void add(LicenseStatement statement) {
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const LicenseStatement& s) {
      return s.scope == statement.scope && s.license == statement.license && s.file == statement.file;
    });
    if (!known) out_.push_back(std::move(statement));
  }

  const Prose& prose_;
  const Catalog& catalog_;
  std::vector<LicenseStatement> out_;
};

}  // namespace

std::vector<LicenseStatement> license_statements(const Prose& prose, const Catalog& catalog) {
  return Statements(prose, catalog).read();
}

}  // namespace howopen::facts
