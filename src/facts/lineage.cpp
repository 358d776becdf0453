// Where a model came from. The card's `base_model` says it, else the adapter's configuration, else a sentence
// or the model table of the card; `model_type` alone never does (a llama architecture is not Meta's Llama).
//
//   | DeepSeek-R1-Distill-Llama-8B | [Llama-3.1-8B](https://huggingface.co/meta-llama/Llama-3.1-8B) |
//     under a head with "Base Model"  ->  parent meta-llama/Llama-3.1-8B, distill

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "facts/curated.h"
#include "facts/links.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "text/limits.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Block;
using text::lower;

constexpr std::size_t kMostAncestors = 32;
constexpr int kMostLinks = 50;  // of one paragraph

struct Phrase {
  std::string_view words;
  Relation relation;
};

constexpr std::array<Phrase, 30> kOrigins = {{
    {"fine-tuned version of", Relation::finetune},
    {"finetuned version of", Relation::finetune},
    {"fine-tuned from", Relation::finetune},
    {"finetuned from", Relation::finetune},
    {"fine-tune of", Relation::finetune},
    {"finetune of", Relation::finetune},
    {"quantized version of", Relation::quantized},
    {"quantization of", Relation::quantized},
    {"quantized from", Relation::quantized},
    {"distilled from", Relation::distill},
    {"distilled version of", Relation::distill},
    {"derived from", Relation::finetune},
    {"merge of", Relation::merge},
    {"initialized from", Relation::finetune},
    {"initialized with", Relation::finetune},
    {"initialised from", Relation::finetune},
    {"fine-tuning of", Relation::finetune},
    {"on top of", Relation::finetune},
    {"fine-tuned on", Relation::finetune},  // a link to a model, not to data
    {"finetuned on", Relation::finetune},
    {"trained on", Relation::finetune},
    {"trained from", Relation::finetune},
    {"based on", Relation::unstated},
    {"built on", Relation::unstated},
    {"built upon", Relation::unstated},
    {"lora for", Relation::adapter},
    {"adapter for", Relation::adapter},
    {"version of", Relation::unstated},
    {"conversion of", Relation::unstated},
    {"base model", Relation::unstated},
}};

// Words between an origin and the link that show that it is another matter: data that a model wrote, its
// architecture.
bool other_matter(std::string_view gap) {
  static constexpr text::Phrases kOther("data", "generated", "output", "respon", "architecture", "paper",
                                        "code", "tokenizer", "format", "synthetic", "than");
  return kOther.in(gap);
}

// Whether `name` stands in `text` as a word of its own: DeepSeek-R1 is not in "DeepSeek-R1-Zero".
bool names(std::string_view text, std::string_view name) {
  const auto part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  };
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool before = at > 0 && part(text[at - 1]) && text[at - 1] != '.';
    const bool after = end < text.size() && part(text[end]) &&
                       !(text[end] == '.' && (end + 1 == text.size() || !part(text[end + 1])));
    if (!before && !after) return true;
  }
  return false;
}

Relation by_name(Relation stated, std::string_view own_name) {
  return own_name.find("distill") != std::string_view::npos ? Relation::distill : stated;
}

void add(std::vector<Parent>& out, Parent parent) {
  if (out.size() >= limits::kParents) return;
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const Parent& p) { return text::equal_ignoring_case(p.id, parent.id); });
  if (!known) out.push_back(std::move(parent));
}

// What stands before the phrase speaks of this model without its name: "It is fine-tuned from", "The 7B model
// is a fine-tuned version of".
bool about_this(std::string_view head) {
  for (const std::string_view start : {"it is", "it was", "it has been", "our model", "we "}) {
    if (head.starts_with(start)) return true;
  }
  return text::contains_any(head, {"this model", "this is a", "model is", "model was", "model has been"});
}

// "X is derived from [Y](https://huggingface.co/org/Y)": the sentence must be about this model, since cards
// are shared by whole families.
void from_sentences(const Repo& repo, const Card& read, std::vector<Parent>& out) {
  const text::Markdown& card = read.text;
  const std::string own = lower(repository_name(repo.id()));
  std::size_t current = Block::kNone;
  std::string_view text;  // of the current block, "" when no sentence of it tells an origin
  int links = 0;
  for (const text::Link& link : card.links) {
    if (link.block == Block::kNone || link.text.empty()) continue;
    if (link.block != current) {
      current = link.block;
      links = 0;
      const Block& block = card.blocks[current];
      text = block.kind == Block::Kind::paragraph ? read.prose.block(current) : std::string_view();
      if (std::none_of(kOrigins.begin(), kOrigins.end(),
                       [&](const Phrase& p) { return text.find(p.words) != std::string_view::npos; }))
        text = {};
    }
    if (text.empty() || ++links > kMostLinks) continue;
    const auto hub = hub_link(link.url);
    if (!hub || hub->type != HubLink::Type::model) continue;
    const std::string anchor = lower(link.text);
    for (const Sentence& sentence : sentences(text)) {
      // The link follows the phrase closely; what stands before the phrase says which model it is about.
      std::string_view head;
      const auto origin = std::find_if(kOrigins.begin(), kOrigins.end(), [&](const Phrase& p) {
        const std::size_t at = sentence.text.find(p.words);
        if (at == std::string_view::npos) return false;
        const std::size_t behind = at + p.words.size();
        const std::size_t linked = sentence.text.find(anchor, behind);
        head = sentence.text.substr(0, at);
        return linked != std::string_view::npos && linked - behind < 60 &&
               !other_matter(sentence.text.substr(behind, linked - behind)) &&
               !text::contains_any(sentence.text.substr(linked + anchor.size(), 24),
                                   {"architecture", "tokenizer", "paper", "format"});
      });
      if (origin == kOrigins.end()) {
        // "using [Base](…) as a base model"
        const std::size_t at = sentence.text.find(anchor);
        if (at == std::string_view::npos) continue;
        const std::string_view tail = sentence.text.substr(at + anchor.size(), 30);
        head = sentence.text.substr(0, at);
        const bool is_base =
            text::contains_any(tail, {"as a base model", "as the base model", "as base model",
                                      "as our base model", "as its base model"});
        if (!is_base) continue;
        add(out, {hub->id,
                  by_name(Relation::unstated, own),
                  {"sentence of the card: as a base model", repo.place("README.md", link.line), Kind::text}});
        continue;
      }
      // "Base model: …" has no head at all.
      const bool label = origin->words == "base model" && text::trim(head).size() < 12;
      if (!label && !names(head, own) && !about_this(head)) continue;
      add(out, {hub->id,
                by_name(origin->relation, own),
                {fmt::format("sentence of the card: {}", origin->words), repo.place("README.md", link.line),
                 Kind::text}});
    }
  }
}

// "Base model: acme/foo-7b", without a link.
void from_label(const Repo& repo, const Card& card, std::vector<Parent>& out) {
  constexpr std::string_view kLabel = "base model";
  if (!card.prose.may_say(kLabel)) return;
  for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
    const Block& block = card.text.blocks[i];
    if (block.kind == Block::Kind::code) continue;
    const std::size_t at = card.prose.block(i).find(kLabel);
    if (at == std::string_view::npos) continue;
    std::string_view rest = std::string_view(block.text).substr(at + kLabel.size(), 160);
    const std::size_t start = rest.find_first_not_of(" :*_`\t\n");
    const bool line_start = at < 4 || block.text.find_last_of("\n", at) + 5 > at;
    if (!line_start || start == 0 || start == std::string_view::npos) continue;
    rest.remove_prefix(start);
    const std::string_view id = rest.substr(0, rest.find_first_of(" ,;()[]`*\t\n"));
    if (!is_owned_id(id) || text::equal_ignoring_case(id, repo.id())) continue;
    add(out,
        {std::string(id),
         Relation::unstated,
         {"the card's base model", repo.place("README.md", text::Markdown::line_at(block, at)), Kind::text}});
    return;
  }
}

// A row of a table with a column for base models, and this model in the row.
void from_table(const Repo& repo, const Card& read, std::vector<Parent>& out) {
  const text::Markdown& card = read.text;
  const std::string own = lower(repository_name(repo.id()));
  if (!read.prose.may_say(own)) return;
  std::string_view head;
  for (std::size_t i = 0; i < card.blocks.size(); ++i) {
    const Block& block = card.blocks[i];
    if (block.kind != Block::Kind::table_row) continue;
    const bool first = i == 0 || card.blocks[i - 1].kind != Block::Kind::table_row;
    if (first) head = read.prose.whole(i);
    if (first || head.find("base") == std::string_view::npos || !names(read.prose.whole(i), own)) continue;
    for (const text::Link& link : card.links) {
      if (link.block != i) continue;
      const auto hub = hub_link(link.url);
      if (!hub || hub->type != HubLink::Type::model || text::equal_ignoring_case(hub->id, repo.id()))
        continue;
      add(out, {hub->id,
                by_name(Relation::unstated, own),
                {"row of the card's table of models", repo.place("README.md", link.line), Kind::text}});
    }
  }
}

}  // namespace

std::vector<Parent> parents_of(const Repo& repo, const Catalog& catalog) {
  std::vector<Parent> out;
  if (repo.info() == nullptr) return out;
  for (const auto& [relation, id] : repo.info()->base_models) {
    const bool in_card = !repo.data("base_model").is_null();
    add(out, {id,
              relation,
              {in_card ? "base_model of the card" : "base_model tag of the record",
               in_card ? repo.data_place("base_model") : repo.record_place(), Kind::metadata}});
  }
  // The card may be newer than what the record computed from it.
  for (const std::string_view id : repo.data("base_model").strings()) {
    if (is_repository_id(id)) {
      const auto relation = relation_named(repo.data("base_model_relation").string_or(""));
      add(out, {std::string(id),
                relation.value_or(Relation::unstated),
                {"base_model of the card", repo.data_place("base_model"), Kind::metadata}});
    }
  }
  if (!out.empty()) return out;
  if (const auto* adapter = repo.get<text::Json>("adapter_config.json")) {
    // The second is how AdapterHub's library writes it.
    const std::string_view key =
        adapter->has("base_model_name_or_path") ? "base_model_name_or_path" : "model_name";
    const std::string_view id = (*adapter)[key].string_or("");
    if (is_repository_id(id)) {
      add(out, {std::string(id),
                Relation::adapter,
                {std::string(key), repo.place("adapter_config.json"), Kind::file}});
    }
  }
  if (!out.empty()) return out;
  if (const Card* card = repo.card()) {
    from_sentences(repo, *card, out);
    if (out.empty()) from_label(repo, *card, out);
    if (out.empty()) from_table(repo, *card, out);
  }
  if (out.empty()) {
    for (Parent& parent : curated_parents(repo.id(), catalog)) add(out, std::move(parent));
  }
  return out;
}

std::vector<Link> ancestors_of(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  std::vector<Link> out;
  std::set<std::string> seen{lower(repo.id()), lower(repo.record().id)};
  const auto follow = [&](const Repo& child, int depth) {
    if (depth > limits::kLineageDepth) return;
    for (Parent& parent : parents_of(child, catalog)) {
      if (out.size() >= kMostAncestors || !seen.insert(lower(parent.id)).second) continue;
      // A base model that was renamed answers under its new name, which may be known already.
      const Repo answered(parent.id, "", readings);
      if (lower(answered.id()) != lower(parent.id) && !seen.insert(lower(answered.id())).second) continue;
      out.push_back({std::move(parent), child.id(), depth});
    }
  };
  follow(repo, 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Repo next(out[i].parent.id, "", readings);
    follow(next, out[i].depth + 1);
  }
  return out;
}

bool ancestors_matter(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  const TrainingCode code = gather_training_code(repo, readings, catalog);
  if (code.entries.empty() || code.configurations.empty()) return false;
  const TrainingData data = gather_training_data(repo, readings, catalog);
  return std::any_of(data.datasets.begin(), data.datasets.end(),
                     [](const Dataset& d) { return d.role == DatasetRole::training; });
}

std::vector<Ancestor> gather_lineage(const Repo& repo, const Readings::Impl& readings,
                                     const Catalog& catalog) {
  std::vector<Ancestor> out;
  const std::vector<Link> links = ancestors_of(repo, readings, catalog);
  const bool searched = !links.empty() && ancestors_matter(repo, readings, catalog);
  for (const Link& link : links) {
    const Repo node(link.parent.id, "", readings);
    Ancestor ancestor;
    ancestor.id = node.id();
    ancestor.child = link.child;
    ancestor.relation = link.parent.relation;
    ancestor.named = link.parent.named;
    ancestor.depth = link.depth;
    ancestor.same_publisher = catalog.same_publisher(owner(repo.id()), owner(node.id()));
    ancestor.kin = gather_kin(node, owner(repo.id()), catalog);
    if (node.info() != nullptr) {
      ancestor.repository = {node.info()->repository, node.record_place()};
      ancestor.revision = node.info()->sha;
      ancestor.license = gather_license(node, catalog);
      ancestor.code = gather_inference_code(node, readings, catalog);
      if (searched) {
        ancestor.training_code = gather_training_code(node, readings, catalog);
        ancestor.training_data = gather_training_data(node, readings, catalog);
      }
      const Weights weights = gather_weights(node, readings);
      ancestor.weights_complete = std::any_of(weights.sets.begin(), weights.sets.end(),
                                              [](const WeightSet& s) { return !s.adapter && complete(s); });
    } else {
      const Reading* reading = node.reading();
      ancestor.repository = {
          reading == nullptr ? Unseen::not_asked : unseen(reading->answer, reading->unreadable),
          node.record_place()};
    }
    out.push_back(std::move(ancestor));
  }
  return out;
}

}  // namespace howopen::facts
