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
using text::Phrases;

constexpr std::size_t kMostStatements = 24;

// What a piece of a sentence is about.
std::optional<Scope> scope_of(std::string_view piece) {
  static constexpr Phrases kCode("codebase", "代码");
  static constexpr Phrases kWeights("模型", "权重");
  const bool code = contains_word(piece, "code") || contains_word(piece, "repository") ||
                    contains_word(piece, "repo") || contains_word(piece, "scripts") || kCode.in(piece);
  const bool data =
      contains_word(piece, "dataset") || contains_word(piece, "datasets") || contains_word(piece, "data");
  const bool weights = contains_word(piece, "weights") || contains_word(piece, "weight") ||
                       contains_word(piece, "model") || contains_word(piece, "models") ||
                       contains_word(piece, "checkpoint") || contains_word(piece, "checkpoints") ||
                       kWeights.in(piece);
  if (code && weights) return Scope::everything;
  if (weights) return Scope::weights;
  if (code) return Scope::code;
  if (data) return Scope::data;
  return std::nullopt;
}

// Sentences about somebody else's license: of the base model, of a library, of a part.
bool about_others(std::string_view sentence) {
  static constexpr Phrases kOthers("derived from", "originally licensed", "base model", "based on",
                                   "built with", "thank", "upstream", "third-party", "third party", "credit");
  return kOthers.in(sentence);
}

// "This model is for research purposes only": terms without a license's name. What somebody intends is no
// term, and what is said of data is not about the model.
constexpr Phrases kForbids("non-commercial license", "noncommercial license", "non-commercial bespoke",
                           "non-commercial use only", "only for non-commercial",
                           "for non-commercial purposes only", "not for commercial use", "no commercial use",
                           "restricted from any commercial", "not be used for commercial",
                           "cannot be used for commercial", "can not be used for commercial",
                           "may not be used commercially", "commercial use is not",
                           "commercial use is prohibited", "commercial use is strictly prohibited",
                           "research only purposes", "for research purposes only", "for research use only",
                           "only be used for research", "to research purposes only",
                           "for research only purposes", "for academic research use only", "不得用于商业",
                           "禁止商业使用", "禁止商用", "禁止用于商业", "不可商用", "不允许商用", "仅供研究",
                           "仅供学术", "仅限学术", "仅限研究", "仅用于学术", "仅用于研究");
// Of a sentence with such words; under a heading of licenses it need not say what it is about.
bool forbids_commerce(std::string_view sentence, bool section) {
  static constexpr Phrases kSubject("model", "weights", "checkpoint", "license", "licence", "模型", "权重",
                                    "项目");
  static constexpr Phrases kExcused("intended", "commercial or non-commercial",
                                    "commercial and non-commercial", "dataset", "corpus", "corpora", "api",
                                    "openai", "数据集仅", "数据集不得", "数据集禁止", "数据仅", "语料仅",
                                    "语料不得", "不仅供", "不限于", "不仅用于");
  return (section || kSubject.in(sentence)) && !kExcused.in(sentence);
}

// "For commercial use, please apply": who may is somebody's decision.
constexpr Phrases kCommerce("commercial use", "commercial purpose", "commercial licens", "商业用途",
                            "商业使用", "商业目的", "商用");
// Of a sentence with such words.
bool asks_for_permission(std::string_view sentence, bool section) {
  static constexpr Phrases kAsks("please contact", "please submit", "please apply", "contact us",
                                 "contact me", "apply for", "upon application", "written permission",
                                 "prior permission", "obtain permission", "obtain authorization",
                                 "authorization from", "申请", "问卷", "登记", "书面授权", "书面许可",
                                 "获得授权", "取得授权", "联系我们", "发送邮件");
  static constexpr Phrases kExcused("support", "dataset", "enterprise", "service", "api ", "legal advice",
                                    "无需", "无须", "不需", "不用", "不再需要", "不必", "免申请", "免登记",
                                    "请勿", "试用", "技术支持", "技术服务", "数据集");
  static constexpr Phrases kSubject("model", "weights", "checkpoint", "licen", "模型", "权重");
  return kAsks.in(sentence) && !kExcused.in(sentence) && (section || kSubject.in(sentence));
}

// "… CC BY-SA 4.0, with OpenRAIL-M clauses for responsible use attached": behind the license's name.
bool adds_restrictions(std::string_view behind) {
  static constexpr Phrases kRestrictions("openrail", "clauses", "restrictions", "use policy", "usage policy");
  static constexpr Phrases kAdded("with additional", "with added", "attached", "added", "plus ",
                                  "along with");
  static constexpr Phrases kNone("no additional", "without");
  return kRestrictions.in(behind) && kAdded.in(behind) && !kNone.in(behind);
}

bool license_heading(std::string_view heading) {
  static constexpr Phrases kHeading("license", "licence", "licensing", "许可", "协议");
  return kHeading.in(heading);
}

class Statements {
 public:
  Statements(const Document& document, const Catalog& catalog) : document_(document), catalog_(catalog) {}

  std::vector<LicenseStatement> read() {
    static constexpr Phrases kTerms("licen", "许可", "commercial", "research", "商业", "商用", "研究",
                                    "学术");
    static constexpr Phrases kStates("licensed under", "license:", "licence:", "released under",
                                     "distributed under", "available under", "subject to", "license is",
                                     "covered by", "governed by");
    const text::Markdown& card = document_.card.text;
    const Prose& prose = document_.card.prose;
    const Phrases::Some terms = prose.some_of(kTerms);
    states_ = prose.some_of(kStates);
    forbids_ = prose.some_of(kForbids);
    asks_ = prose.some_of(kCommerce);
    for (std::size_t i = 0; i < card.blocks.size() && out_.size() < kMostStatements; ++i) {
      const Block& block = card.blocks[i];
      if (block.kind == Block::Kind::code) continue;
      const std::string_view text = prose.block(i);
      // Data of a card that never opened its front matter end as a heading: a line of hyphens is under them.
      if (block.kind == Block::Kind::heading && text.find("license: ") == std::string_view::npos) continue;
      const bool section = license_heading(prose.heading_of(i));
      if (!section && (!(states_.in(text) || forbids_.in(text) || asks_.in(text)) || !terms.in(text)))
        continue;
      for (const Sentence& s : sentences(text)) sentence(s, block, section);
    }
    links(card);
    return std::move(out_);
  }

 private:
  void sentence(const Sentence& s, const Block& block, bool section) {
    const bool forbids = forbids_.in(s.text) && forbids_commerce(s.text, section);
    const bool asks = asks_.in(s.text) && asks_for_permission(s.text, section);
    const bool states = section || states_.in(s.text);
    if ((!forbids && !asks && !states) || s.text.size() > 2000 || about_others(s.text)) return;
    if (forbids && catalog_.licenses_in(s.text).empty()) {
      add({Scope::weights, "LicenseRef-NonCommercial", "",
           seen("sentence of the card excludes commercial use", s, block)});
      return;
    }
    if (asks) {
      add({Scope::weights, "LicenseRef-UseRestricted", "",
           seen("sentence of the card: commercial use takes somebody's permission", s, block)});
      return;
    }
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
      add({*scope, restricted ? "LicenseRef-UseRestricted" : m.license->id, "",
           seen(fmt::format("sentence of the card names {}{}", m.license->name,
                            restricted ? ", and restrictions of use with it" : ""),
                s, block)});
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
      add({Scope::everything, "", "", seen("the card names a license that is not known", s, block)});
      return;
    }
    static constexpr Phrases kSpecial("custom", "governed by", "subject to", "own license",
                                      "following license", "license agreement");
    if (!kSpecial.in(s.text) || s.text.find("licen") == std::string_view::npos) return;
    add({scope_of(s.text).value_or(Scope::everything), "", "",
         seen("sentence of the card names a license that is not known", s, block)});
  }

  Sighting seen(std::string what, const Sentence& s, const Block& block) const {
    return {std::move(what), document_.place(text::Markdown::line_at(block, s.at)), Kind::text};
  }

  // "[Model License](LICENSE-MODEL)", badges included: the link says which text is meant.
  void links(const text::Markdown& card) {
    for (const text::Link& link : card.links) {
      if (out_.size() >= kMostStatements) return;
      const std::string words = lower(link.text);
      const bool section = license_heading(document_.card.prose.heading_of(link.block));
      if (words.size() > 200 || !(section || contains_any(words, {"license", "licence", "agreement"})))
        continue;
      std::string file = link.url;
      if (const auto hub = hub_link(link.url); hub && text::equal_ignoring_case(hub->id, document_.id))
        file = hub->path;
      const auto named = license_file(file.substr(0, file.find_first_of("?#")));
      if (!named) continue;
      const Scope scope = *named != Scope::everything ? *named : scope_of(words).value_or(Scope::everything);
      add({scope, "", file, {"link of the card to a license text", document_.place(link.line), Kind::link}});
    }
  }

  void add(LicenseStatement statement) {
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const LicenseStatement& s) {
      return s.scope == statement.scope && s.license == statement.license && s.file == statement.file;
    });
    if (!known) out_.push_back(std::move(statement));
  }

  const Document& document_;
  const Catalog& catalog_;
  Phrases::Some states_;  // some sentence may
  Phrases::Some forbids_;
  Phrases::Some asks_;
  std::vector<LicenseStatement> out_;
};

}  // namespace

std::vector<LicenseStatement> license_statements(const Document& document, const Catalog& catalog) {
  return Statements(document, catalog).read();
}

}  // namespace howopen::facts
