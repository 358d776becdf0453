// Families that a model belongs to, where it names no base by a link: a sentence about its origin, its own
// name, its tags. Comparisons, architectures, formats of prompts and models made from scratch are no kinship.
//
//   "This is a Llama 2 based chat model."       ->  Llama 2, said
//   acme/foo-llama-2-13b, a card without a word ->  Llama 2, named
//   "7B model of the Llama 2 architecture"      ->  nothing; OpenLLaMA, TinyLlama: nothing

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "facts/links.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Block;
using text::contains_any;
using text::lower;
using text::Phrases;

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool alnum(char c) {
  return digit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool separates(char c) {
  return c == ' ' || c == '-' || c == '_' || c == '.';
}

// Where a pattern that begins at `at` ends; npos where it does not stand there.
std::size_t ends_at(std::string_view text, std::string_view pattern, std::size_t at) {
  for (std::size_t p = 0; p < pattern.size(); ++p) {
    if (pattern[p] == '~') {
      const auto skip = [&] {
        while (at < text.size() && separates(text[at])) ++at;
      };
      skip();
      if (p + 1 < pattern.size() && digit(pattern[p + 1]) && at < text.size() && text[at] == 'v')
        ++at, skip();
    } else if (pattern[p] == '.' ? at >= text.size() || !separates(text[at]) || text[at] == ' '
                                 : at >= text.size() || text[at] != pattern[p]) {
      return std::string_view::npos;
    } else {
      ++at;
    }
  }
  if (at < text.size() && alnum(text[at])) return std::string_view::npos;
  // "llama 3" is not in "llama-3.1".
  if (digit(pattern.back()) && at + 1 < text.size() && text[at] == '.' && digit(text[at + 1]))
    return std::string_view::npos;
  return at;
}

struct Match {
  std::size_t at = 0;
  std::size_t end = 0;
};

// What of a pattern stands there letter by letter.
std::string_view head_of(std::string_view pattern) {
  std::size_t n = 0;
  while (n < pattern.size() && pattern[n] != '~' && pattern[n] != '.') ++n;
  return pattern.substr(0, n);
}

std::optional<Match> find(std::string_view text, std::string_view pattern, std::size_t from = 0) {
  const std::string_view head = head_of(pattern);
  for (std::size_t at = text.find(head, from); at != std::string_view::npos; at = text.find(head, at + 1)) {
    if (at > 0 && alnum(text[at - 1])) continue;
    if (const std::size_t end = ends_at(text, pattern, at); end != std::string_view::npos)
      return Match{at, end};
  }
  return std::nullopt;
}

// First place from `from` on that bears the family's name, and is not part of another's.
std::optional<Match> find(std::string_view text, const ModelFamily& family, bool prose,
                          std::size_t from = 0) {
  std::optional<Match> out;
  const auto look = [&](const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
      for (auto m = find(text, pattern, from); m; m = find(text, pattern, m->at + 1)) {
        const bool other = std::any_of(family.except.begin(), family.except.end(), [&](const std::string& e) {
          for (auto o = find(text, e); o; o = find(text, e, o->at + 1)) {
            if (o->at <= m->at && m->at < o->end) return true;
          }
          return false;
        });
        if (other) continue;
        if (!out || m->at < out->at) out = m;
        break;
      }
    }
  };
  look(family.names);
  if (prose) look(family.said);
  return out;
}

// What stands before the name of a base.
constexpr std::array<std::string_view, 40> kFrom = {"fine-tuned version of",
                                                    "finetuned version of",
                                                    "fine tuned version of",
                                                    "fine-tuned from",
                                                    "finetuned from",
                                                    "fine-tune of",
                                                    "finetune of",
                                                    "tuned on top of",
                                                    "trained on top of",
                                                    "based on",
                                                    "based upon",
                                                    "built on",
                                                    "built upon",
                                                    "built with",
                                                    "derived from",
                                                    "initialized from",
                                                    "initialized with",
                                                    "initialised from",
                                                    "initialised with",
                                                    "weights of",
                                                    "distilled from",
                                                    "merge of",
                                                    "mix of",
                                                    "quantized version of",
                                                    "quantization of",
                                                    "lora for",
                                                    "lora of",
                                                    "adapter for",
                                                    "adapter of",
                                                    "qlora of",
                                                    "base model",
                                                    "backbone",
                                                    "pre-training of",
                                                    "pretraining of",
                                                    "fine-tuning of",
                                                    "fine-tuning",
                                                    "fine-tuned",
                                                    "finetuned",
                                                    "fine-tune ",
                                                    "finetune "};

// Whether such words, up to the name, still speak of weights.
bool leads_to(std::string_view gap) {
  static constexpr Phrases kOther("data", "generated", "output", "than", "similar", "like", "instead",
                                  "architecture", "tokenizer", "paper", "prompt", "format", "code", "repo",
                                  "works", "evaluat", "versions of", " by ");
  return gap.size() <= 40 && !kOther.in(gap);
}

// "… architecture", "… style prompts": of the family it takes the manner, not the weights.
bool only_the_manner(std::string_view behind) {
  static constexpr Phrases kManner("architecture", "arch ", "tokenizer", "tokeniser", "format", "template",
                                   "prompt", "style", "dataset", "data ", "like ", "-like", "paper",
                                   "framework", "recipe", "compatible", "structure", "design", "convention",
                                   "generated", "config");
  return kManner.in(behind.substr(0, 36));
}

bool of_others(std::string_view head) {
  static constexpr Phrases kOthers("outperform", "compar", "better", "than ", "unlike", "similar", "such as",
                                   "e.g", "other ", "models based", "models built", "surpass", "versus",
                                   "against", "rather", "instead", "dataset", "corpus", "not ", "thank",
                                   "previous", "if the ", "whereas", "inspired", "evaluat", "judge");
  return kOthers.in(head);
}

bool about_this(std::string_view head, std::string_view id) {
  static constexpr Phrases kThis("this is", "this model", "this adapter", "this lora", "it is", "it was",
                                 "we ", "our model", "model is", "model was", "the model", "this repo");
  return head.size() < 32 || kThis.in(head) ||
         head.find(lower(repository_name(id))) != std::string_view::npos || named_alike(id, head);
}

// Words that speak of weights and not, as "based on" may, of an architecture.
bool speaks_of_weights(std::string_view s) {
  static constexpr Phrases kWeights("tun", "initiali", "weights of", "lora", "adapter", "merge", "distill",
                                    "quantiz", "training of");
  return kWeights.in(s);
}

// Does the sentence say that this model was made from the family's weights?
bool says_origin(std::string_view s, const ModelFamily& family, std::string_view id) {
  for (auto m = find(s, family, true); m; m = find(s, family, true, m->end)) {
    const std::string_view behind = s.substr(m->end);
    if (only_the_manner(behind)) continue;
    // "Models built on Llama 2 and Mistral": a series, and not which of them this one is from.
    if (!speaks_of_weights(s) && (behind.starts_with(" and ") || behind.starts_with(" or "))) continue;
    // "Llama 2-based", "Llama 2 7B based", "[Llama 2] as a base model".
    const std::string_view close = behind.substr(0, 24);
    std::size_t head_end = std::string_view::npos;
    static constexpr Phrases kAsBase("-based", " based", "as a base", "as the base", "as base", "as our base",
                                     "as its base", "as the backbone", "model finetuned", "model fine-tuned");
    if (kAsBase.in(close) && !contains_any(close, {"based on", "based models"})) head_end = m->at;
    if (head_end == std::string_view::npos) {
      for (const std::string_view words : kFrom) {
        const std::size_t at = s.substr(0, m->at).rfind(words);
        if (at == std::string_view::npos || !leads_to(s.substr(at + words.size(), m->at - at - words.size())))
          continue;
        head_end = at;
        break;
      }
    }
    if (head_end == std::string_view::npos) continue;
    const std::string_view head = s.substr(0, head_end);
    if (about_this(head, id) && !of_others(head)) return true;
  }
  return false;
}

// "Pretrained from scratch": then a family's name tells of an architecture. What trainers write by themselves
// ("was trained from scratch on the … dataset") is said of any model whose base they do not know.
bool from_scratch(std::string_view s, std::string_view id) {
  const std::size_t at = s.find("from scratch");
  return at != std::string_view::npos && contains_any(s, {"train", "built", "develop"}) &&
         about_this(s.substr(0, at), id) && !s.substr(at).starts_with("from scratch on the ") &&
         !contains_any(s, {"unlike", "rather than", "instead of", "without", "than training", "not train",
                           "more than", "compared", "and finetun", "and fine-tun", " you "});
}

class Finder {
 public:
  Finder(const Repo& repo, std::string_view audited_owner, const Catalog& catalog)
      : repo_(repo),
        audited_owner_(audited_owner),
        catalog_(catalog),
        own_(lower(repository_name(repo.id()))) {}

  std::vector<Kin> find_all() {
    if (const Card* card = repo_.card(); card != nullptr && sentences_of(*card)) {
      std::erase_if(out_, [&](const Kin& k) { return !firm_.contains(k.family); });
      return std::move(out_);
    }
    const std::vector<std::string> own_tags = tags();
    for (const ModelFamily& family : catalog_.families()) {
      if (find(own_, family, false))
        add(family, Kinship::named, {"its name says " + family.name, repo_.record_place(), Kind::metadata});
      else
        tagged(own_tags, family);
    }
    return std::move(out_);
  }

 private:
  // The family's own publisher says under what license its models are. Of a base that could not be seen the
  // name is all there is, whoever owns it.
  bool publishes(const ModelFamily& family) const {
    return std::any_of(family.publishers.begin(), family.publishers.end(), [&](const std::string& p) {
      return catalog_.same_publisher(audited_owner_, p) ||
             (repo_.info() != nullptr && catalog_.same_publisher(owner(repo_.id()), p));
    });
  }

  // Families that the card may name.
  std::vector<const ModelFamily*> families_in(const Prose& prose) const {
    const auto named = [&](const std::string& pattern) { return prose.may_name(head_of(pattern)); };
    std::vector<const ModelFamily*> out;
    for (const ModelFamily& family : catalog_.families()) {
      if ((std::any_of(family.names.begin(), family.names.end(), named) ||
           std::any_of(family.said.begin(), family.said.end(), named)) &&
          !publishes(family))
        out.push_back(&family);
    }
    return out;
  }

  // Gives whether the card says that the model was made from scratch.
  bool sentences_of(const Card& card) {
    static constexpr Phrases kOrigin("base", "fine", "built", "derived", "initiali", "weights of",
                                     "distilled", "merge", "mix of", "quantiz", "lora", "adapter",
                                     "training of", "backbone", "tuned on");
    const std::vector<const ModelFamily*> families = families_in(card.prose);
    bool made_from_scratch = false;
    const Phrases::Some origins = card.prose.some_of(kOrigin);
    const bool may_be_scratch = card.prose.may_say("from scratch");
    if (families.empty() && !may_be_scratch) return false;
    for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
      const Block& block = card.text.blocks[i];
      if (block.kind != Block::Kind::paragraph && block.kind != Block::Kind::heading) continue;
      const std::string_view text = card.prose.block(i);
      const bool scratch = may_be_scratch && text.find("from scratch") != std::string_view::npos;
      const bool origin = !families.empty() && origins.in(text);
      if (!scratch && !origin) continue;
      for (const Sentence& s : sentences(text)) {
        made_from_scratch = made_from_scratch || (scratch && from_scratch(s.text, repo_.id()));
        if (!origin || s.text.size() > 2000) continue;
        for (const ModelFamily* family : families) {
          if (!says_origin(s.text, *family, repo_.id())) continue;
          if (speaks_of_weights(s.text)) firm_.insert(family->name);
          add(*family, Kinship::said,
              {"sentence of the card: made from " + family->name,
               repo_.place("README.md", text::Markdown::line_at(block, s.at)), Kind::text});
        }
      }
    }
    return made_from_scratch;
  }

  // The author's own tags; those that the Hub adds tell of the architecture.
  std::vector<std::string> tags() const {
    const std::string_view type =
        repo_.info() != nullptr ? repo_.info()->config["model_type"].string_or("") : "";
    std::vector<std::string> out;
    for (const std::string_view tag : repo_.data("tags").strings()) {
      std::string t = lower(tag);
      if (t != type) out.push_back(std::move(t));
    }
    return out;
  }

  void tagged(const std::vector<std::string>& tags, const ModelFamily& family) {
    for (const std::string& t : tags) {
      const bool begins = std::any_of(family.names.begin(), family.names.end(),
                                      [&](const std::string& n) { return t.starts_with(head_of(n)); });
      const auto m = begins ? find(t, family, false) : std::nullopt;
      if (!m || m->at != 0 || m->end != t.size()) continue;
      add(family, Kinship::named, {"tagged " + t, repo_.data_place("tags"), Kind::metadata});
      return;
    }
  }

  void add(const ModelFamily& family, Kinship how, Sighting seen) {
    const bool known =
        std::any_of(out_.begin(), out_.end(), [&](const Kin& k) { return k.family == family.name; });
    if (!known && !publishes(family)) out_.push_back({family.name, family.license, how, std::move(seen)});
  }

  const Repo& repo_;
  std::string_view audited_owner_;
  const Catalog& catalog_;
  std::string own_;
  std::set<std::string> firm_;  // families that some sentence names with words of weights
  std::vector<Kin> out_;
};

}  // namespace

std::vector<Kin> gather_kin(const Repo& repo, std::string_view audited_owner, const Catalog& catalog) {
  return Finder(repo, audited_owner, catalog).find_all();
}

}  // namespace howopen::facts
