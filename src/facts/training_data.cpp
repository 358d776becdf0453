// Which datasets are named, why, and what prose says about the data. That a dataset is named is a fact; that
// a model was trained on it is one only where the author says so.
//
//   datasets: [allenai/dolma] and "trained on [Dolma](…/datasets/allenai/dolma)"  ->  dolma, role training
//   datasets: [openai/gsm8k]                                                      ->  gsm8k, role unstated or
//   evaluation "14.8 trillion tokens"                                                        ->  a statement

#include <fmt/format.h>

#include <algorithm>

#include "facts/curated.h"
#include "facts/data_words.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "text/limits.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Block;
using text::lower;
using text::Phrases;

constexpr std::size_t kMostDatasets = 64;
constexpr std::size_t kMostStatements = 6;

// More than what is named went in: "RefinedWeb enhanced with curated corpora".
constexpr Phrases kMore("enhanced with", "in-house", "proprietary", "internal data", "internal dataset",
                        "non-public", "private data", "undisclosed", "not publicly available",
                        "do not release", "don't release", "not released", "did not release",
                        "will not release");
constexpr Phrases kData("train", "data", "corp", "tokens");

// Not all of it can be published, and why.
constexpr Phrases kWithheld("cannot release", "can not release", "cannot be released", "cannot share",
                            "cannot be shared", "unable to release", "unable to share", "not able to release",
                            "not able to share", "cannot redistribute", "cannot be redistributed",
                            "not publicly released due", "not released due", "taken down");
constexpr Phrases kTrainingData("training data", "dataset", "datasets", "corpus", "pretraining data",
                                "pre-training data");
constexpr Phrases kWhy("copyright", "licens", "legal", "privacy", "personal data", "gdpr", "terms of",
                       "rights", "dmca");

class Collector {
 public:
  Collector(const Repo& repo, const Catalog& catalog)
      : repo_(repo), catalog_(catalog), tuned_(is_tuned(repo)) {}

  void declared() {
    const text::Json& list = repo_.data("datasets");
    for (const std::string_view name : list.strings()) {
      const std::string_view id = text::trim(name);
      if (id.empty()) continue;
      Dataset d;
      d.name = id;
      d.declared = true;
      d.hub_id = is_repository_id(id);
      d.named = {"datasets key of the card", repo_.data_place("datasets"), Kind::metadata};
      add(std::move(d));
    }
  }

  void linked(const Card& read) {
    const text::Markdown& card = read.text;
    std::size_t last = Block::kNone;
    int links = 0;
    for (const text::Link& link : card.links) {
      links = link.block == last ? links + 1 : 0;
      last = link.block;
      if (links > 50) continue;  // a wall of links says nothing about one of them
      const auto hub = hub::hub_link(link.url);
      if (!hub || hub->type != hub::HubLink::Type::dataset || link.block == Block::kNone) continue;
      const std::string_view context = context_of(read, link);
      const std::string_view heading = read.prose.heading_of(link.block);
      Dataset d;
      d.name = hub->id;
      d.hub_id = true;
      d.role = only_mentioned(context) ? DatasetRole::unstated : role(context);
      if (d.role == DatasetRole::unstated && !only_mentioned(context)) d.role = role(heading);
      // "## Data": "We release the web part as [foo/web](…)".
      if (d.role == DatasetRole::unstated && !only_mentioned(context) && heads_data(heading) &&
          is_released(context))
        d.role = tuned_ ? DatasetRole::fine_tuning : DatasetRole::training;
      static constexpr Phrases kResults("evaluation", "benchmark", "results");
      if (kResults.in(heading)) d.role = DatasetRole::evaluation;
      d.named = {"link in the card", repo_.place("README.md", link.line), Kind::link};
      add(std::move(d));
    }
  }

  // A declared dataset is often explained in a sentence that names it without a link.
  void explained(const Card& card) {
    for (Dataset& d : out_.datasets) {
      const std::string name = lower(repository_name(d.name));
      if (!d.declared || name.size() < 4 || !card.prose.may_say(name)) continue;
      for (std::size_t i = 0; i < card.text.blocks.size() && d.role == DatasetRole::unstated; ++i) {
        const Block& block = card.text.blocks[i];
        if (block.kind == Block::Kind::paragraph) explain(d, name, block, card.prose.block(i));
      }
    }
  }

  // Benchmarks by the table of evaluation datasets, unless they are commonly trained on as well.
  void benchmarks() {
    for (Dataset& d : out_.datasets) {
      if (d.role != DatasetRole::unstated && d.role != DatasetRole::evaluation) continue;
      if (catalog_.evaluation_dataset(d.name) && !catalog_.also_training_dataset(d.name))
        d.role = DatasetRole::evaluation;
    }
  }

  void statements(const Card& card) {
    static constexpr Phrases kNoData("context", "window", "sequence", "output", "per second", "length");
    static constexpr Phrases kSources("publicly available sources", "publicly available online data",
                                      "publicly available data", "in-house corpus", "proprietary data");
    static constexpr Phrases kTokens("token", "词元");
    const Phrases::Some sources = card.prose.some_of(kSources);
    const Phrases::Some tokens = card.prose.some_of(kTokens);
    if (!tokens && !sources) return;
    for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
      const Block& block = card.text.blocks[i];
      if (out_.statements.size() >= kMostStatements) return;
      if (block.kind != Block::Kind::paragraph && block.kind != Block::Kind::table_row) continue;
      const std::string_view text = card.prose.block(i);
      const auto counts = tokens.in(text) ? text::token_counts(text) : std::vector<text::TokenCount>();
      for (const text::TokenCount& count : counts) {
        // "context of 128K tokens" is no amount of data.
        if (kNoData.in(text.substr(count.at > 60 ? count.at - 60 : 0, 160))) continue;
        // Nobody tunes on as many.
        out_.pretrains = out_.pretrains || count.amount.find('t') != std::string::npos;
        out_.statements.push_back({count.amount + " tokens",
                                   repo_.place("README.md", text::Markdown::line_at(block, count.at)),
                                   Kind::text});
        break;
      }
      if (sources.in(text)) {
        out_.statements.push_back(
            {"sources described in general", repo_.place("README.md", block.line), Kind::text});
      }
    }
  }

  void unnamed(const Card& card) {
    const Phrases::Some more = card.prose.some_of(kMore);
    const Phrases::Some withheld = card.prose.some_of(kWithheld);
    if (!more && !withheld) return;
    const auto says_more = [&](std::string_view sentence, std::string_view heading) {
      return (more.in(sentence) && kData.in(sentence)) || (withheld.in(sentence) && heads_data(heading));
    };
    for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
      const Block& block = card.text.blocks[i];
      if (block.kind != Block::Kind::paragraph ||
          !(more.in(card.prose.block(i)) || withheld.in(card.prose.block(i))))
        continue;
      for (const reading::Sentence& s : reading::sentences(card.prose.block(i), card.text.blocks[i].text)) {
        if (!says_more(s.text, card.prose.heading_of(i))) continue;
        out_.more = Observation{"the card says that more went in than it names",
                                repo_.place("README.md", text::Markdown::line_at(block, s.at)), Kind::text};
        return;
      }
    }
  }

  // What the catalog knows and the card does not say; a role that the card gives stays.
  void curated() {
    for (Dataset& d : curated_datasets(repo_.id(), catalog_)) add(std::move(d));
    const ModelEntry* entry = catalog_.model(repo_.id());
    if (!out_.reason && entry != nullptr && !entry->data_reason.empty())
      out_.reason = Observation{entry->data_reason, entry->source, Kind::curated};
  }

  // Why not all of it is there: what the law, a license or privacy forbids, said by the author.
  void reason(const Card& card) {
    const Phrases::Some withheld = card.prose.some_of(kWithheld);
    if (!withheld) return;
    for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
      const Block& block = card.text.blocks[i];
      if (block.kind != Block::Kind::paragraph || card.prose.block(i).find("data") == std::string_view::npos)
        continue;
      for (const reading::Sentence& s : reading::sentences(card.prose.block(i), card.text.blocks[i].text)) {
        if (!withheld.in(s.text) || !kTrainingData.in(s.text) || !kWhy.in(s.text)) continue;
        out_.reason = Observation{"sentence of the card says why data is not published",
                                  repo_.place("README.md", text::Markdown::line_at(block, s.at)), Kind::text};
        return;
      }
    }
  }

  // Data that prose names with a link to their paper or page, "pre-trained on [Foo](…)", and the items of a
  // list below such a line. Nobody can look these up here.
  void told(const Card& card) {
    bool opened = false;
    for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
      const Block& block = card.text.blocks[i];
      const std::string_view text = card.prose.block(i);
      if (block.kind == Block::Kind::heading || block.kind == Block::Kind::code) {
        opened = false;
        continue;
      }
      if (opened && block.item) {
        tell_links(i, 0, block.text.size(), list_role_, card, true);
        continue;
      }
      opened = false;
      if (!kOn.in(text)) continue;
      for (const reading::Sentence& s : reading::sentences(text, block.text)) {
        const std::size_t on = end_of_on(s.text);
        if (on == std::string_view::npos || only_mentioned(s.text) || of_the_base(s.text)) continue;
        const DatasetRole said = role(s.text);
        if (said != DatasetRole::training && said != DatasetRole::fine_tuning) continue;
        tell_links(i, s.at + on, s.at + s.text.size(), said, card, false);
        if (text::trim(s.text).ends_with(':')) opened = true, list_role_ = said;
      }
    }
  }

  // What the card claims of its data in words: names, teachers, and that they are not all.
  void claimed(const Card& card) {
    using Claim = reading::DataClaim;
    // Of what somebody looked up, bare names are the same once more.
    const bool curated = !curated_datasets(repo_.id(), catalog_).empty();
    for (const Claim& c : card.claims.data) {
      const std::string where = repo_.place("README.md", c.at.line);
      if (c.kind == Claim::Kind::partly) {
        if (!out_.more)
          out_.more = Observation{"the card says that it is a part of the data", where, Kind::text};
      } else if (c.kind == Claim::Kind::teacher) {
        const auto known = [&](const Observation& t) { return t.what == c.name; };
        if (std::none_of(out_.teachers.begin(), out_.teachers.end(), known))
          out_.teachers.push_back({c.name, where, Kind::text});
      } else if (!curated && !named_already(c.name)) {
        Dataset d;
        d.name = c.name;
        d.role = c.tuning || (tuned_ && !c.pretrains) ? DatasetRole::fine_tuning : DatasetRole::training;
        d.named = {"sentence of the card", where, Kind::text};
        add(std::move(d));
      }
    }
  }

  TrainingData take() { return std::move(out_); }

 private:
  static constexpr Phrases kOn{"trained on", "training on", "fine-tuned on", "finetuned on", "tuned on"};

  // Behind "trained on": npos where the sentence has none, or another word of denial before it.
  static std::size_t end_of_on(std::string_view sentence) {
    const std::size_t at = sentence.find("ned on");
    const std::size_t other = sentence.find("ning on");
    if (at == std::string_view::npos && other == std::string_view::npos) return at;
    return std::min(at, other) + (at < other ? 6 : 7);
  }

  void tell_links(std::size_t block, std::size_t from, std::size_t to, DatasetRole said, const Card& card,
                  bool item) {
    for (const text::Link& link : card.text.links_in(block, from, to)) {
      const auto hub = hub::hub_link(link.url);
      if (hub || hub::github_link(link.url) || !proper_name(link.text)) continue;
      if (!item && by_means_of(card.prose.block(block).substr(from, link.at - from))) return;
      Dataset d;
      d.name = link.text;
      d.role = said;
      d.named = {"sentence of the card", repo_.place("README.md", link.line), Kind::text};
      add(std::move(d));
      if (item) return;
    }
  }

  // "Trained on 8 GPUs with X": what follows is a tool.
  static bool by_means_of(std::string_view between) {
    static constexpr Phrases kMeans(" with ", " using ", " by ", " via ", "gpu", "tpu", "hardware");
    return kMeans.in(between);
  }

  // What begins with a capital letter and has another one, a digit or a hyphen: names of data do.
  static bool proper_name(std::string_view name) {
    if (name.size() < 3 || name.size() > 80 || name[0] < 'A' || name[0] > 'Z') return false;
    return name.substr(1).find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != std::string_view::npos;
  }

  // What a tuned model was trained on is its own set, on top of another's training.
  DatasetRole role(std::string_view said) {
    const DatasetRole out = role_said(said);
    static constexpr Phrases kPretrains("pretrain", "pre-train", "from scratch");
    const bool pretraining = kPretrains.in(said) && !of_the_base(said);
    if (pretraining && out == DatasetRole::training) out_.pretrains = true;
    return out == DatasetRole::training && tuned_ && !pretraining ? DatasetRole::fine_tuning : out;
  }

  void explain(Dataset& d, std::string_view name, const Block& block, std::string_view text) {
    for (const reading::Sentence& s : reading::sentences(text, block.text)) {
      if (s.text.find(name) == std::string_view::npos || only_mentioned(s.text)) continue;
      d.role = role(s.text);
      if (d.role == DatasetRole::unstated) continue;
      d.named = {"sentence of the card", repo_.place("README.md", text::Markdown::line_at(block, s.at)),
                 Kind::text};
      return;
    }
  }

  // The sentence around a link; the whole row of a table or list item.
  static std::string_view context_of(const Card& card, const text::Link& link) {
    const std::string_view text = card.prose.block(link.block);
    const std::string anchor = lower(link.text);
    if (card.text.blocks[link.block].kind == Block::Kind::paragraph && !anchor.empty()) {
      for (const reading::Sentence& s : reading::sentences(text, card.text.blocks[link.block].text)) {
        if (s.text.find(anchor) != std::string_view::npos) return s.text;
      }
    }
    return text;
  }

  // "Dolma" where a link or the card's data name allenai/dolma.
  bool named_already(std::string_view name) const {
    const std::string plain = lower(name);
    return std::any_of(out_.datasets.begin(), out_.datasets.end(), [&](const Dataset& d) {
      return text::equal_ignoring_case(d.name, name) || lower(repository_name(d.name)) == plain;
    });
  }

  void add(Dataset d) {
    const auto known = std::find_if(out_.datasets.begin(), out_.datasets.end(), [&](const Dataset& other) {
      return text::equal_ignoring_case(other.name, d.name);
    });
    if (known == out_.datasets.end()) {
      if (out_.datasets.size() < kMostDatasets) out_.datasets.push_back(std::move(d));
    } else if (known->role == DatasetRole::unstated && d.role != DatasetRole::unstated) {
      known->role = d.role;
      known->named = d.named;
    }
  }

  const Repo& repo_;
  const Catalog& catalog_;
  bool tuned_;
  DatasetRole list_role_ = DatasetRole::unstated;
  TrainingData out_;
};

// The datasets that are named and, if asked for, what else is said of the data.
TrainingData collect(const Repo& repo, const Catalog& catalog, bool all) {
  if (repo.info() == nullptr) return {};
  Collector collector(repo, catalog);
  collector.declared();
  if (const Card* card = repo.card()) {
    collector.linked(*card);
    collector.explained(*card);
    collector.told(*card);
    collector.claimed(*card);
    if (all) {
      collector.statements(*card);
      collector.unnamed(*card);
      collector.reason(*card);
    }
  }
  collector.benchmarks();
  collector.curated();
  return collector.take();
}

// Neither a benchmark nor a link without a word about training needs a look.
bool may_be_training_data(const Dataset& d) {
  return d.hub_id && d.role != DatasetRole::evaluation && (d.declared || d.role != DatasetRole::unstated);
}

}  // namespace

std::vector<std::string> datasets_to_look_up(const Repo& repo, const Catalog& catalog) {
  std::vector<std::string> out;
  for (const Dataset& d : collect(repo, catalog, false).datasets) {
    if (may_be_training_data(d) && out.size() < limits::kDatasets) out.push_back(d.name);
  }
  return out;
}

Want dataset_want(const std::string& id) {
  return {Topic::dataset, id, "", "", ""};
}

TrainingData gather_training_data(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  TrainingData out = collect(repo, catalog, true);
  for (Dataset& d : out.datasets) {
    const Reading* reading = d.hub_id ? readings.find(dataset_want(d.name)) : nullptr;
    if (reading == nullptr) continue;
    if (const auto* record = std::get_if<DatasetRecord>(&reading->value))
      d.record = {*record, reading->answer.where};
    else
      d.record = {unseen(reading->answer, reading->unreadable), reading->answer.where};
  }
  return out;
}

}  // namespace howopen::facts
