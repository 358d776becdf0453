// Evaluation results, a paper, a data card: what frameworks ask for beside the five components.
//
//   heading "Evaluation" over a table, link to arxiv.org, data_summary_card.md  ->  all three

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Block;
using text::contains_any;
using text::lower;

void from_files(const Repo& repo, Documents& out) {
  for (const File& file : repo.info()->files) {
    const std::string name = lower(file_name(file.path));
    if (!out.data_card &&
        contains_any(name, {"data_card", "datacard", "data-card", "data_summary", "datasheet"}))
      out.data_card = Observation{file.path, repo.place(file.path), Kind::file};
    if (!out.report && name.ends_with(".pdf"))
      out.report = Observation{file.path, repo.place(file.path), Kind::file};
  }
}

void from_card(const Repo& repo, const Card& read, Documents& out) {
  const text::Markdown& card = read.text;
  static constexpr text::Phrases kResults("evaluat", "benchmark", "results", "performance", "评测", "评估");
  static constexpr text::Phrases kData("training data", "pretraining data", "pre-training data",
                                       "training dataset", "data card", "data overview");
  for (std::size_t i = 0; i < card.blocks.size(); ++i) {
    const Block& block = card.blocks[i];
    if (!out.evaluation && block.kind == Block::Kind::table_row && kResults.in(read.prose.heading_of(i)))
      out.evaluation = Observation{"a table under \"" + std::string(card.heading_of(i)) + "\"",
                                   repo.place("README.md", block.line), Kind::text};
    if (!out.data_card && block.kind == Block::Kind::paragraph && block.text.size() > 200 &&
        kData.in(read.prose.heading_of(i)))
      out.data_card = Observation{"section \"" + std::string(card.heading_of(i)) + "\" of the card",
                                  repo.place("README.md", block.line), Kind::text};
  }
  for (const text::Link& link : card.links) {
    const std::string host = hub::host_of(link.url);
    if (!out.report && (host == "arxiv.org" || host == "www.arxiv.org" || lower(link.url).ends_with(".pdf")))
      out.report =
          Observation{"link to " + link.url.substr(0, 120), repo.place("README.md", link.line), Kind::link};
  }
}

}  // namespace

Documents gather_documents(const Repo& repo, const Catalog& catalog) {
  Documents out;
  if (repo.info() == nullptr) return out;
  from_files(repo, out);
  if (const Card* card = repo.card()) from_card(repo, *card, out);
  if (!out.evaluation && !repo.data("model-index").is_null())
    out.evaluation = Observation{"model-index of the card", repo.data_place("model-index"), Kind::metadata};
  for (const std::string& tag : repo.info()->tags) {
    if (!out.report && tag.starts_with("arxiv:"))
      out.report = Observation{"tag " + tag, repo.record_place(), Kind::metadata};
  }
  out.content_summaries = gather_summaries(repo, catalog);
  return out;
}

}  // namespace howopen::facts
