// Facts from answers: the steps in order.
//
//   gather({"a/b"}, answers, catalog)  ->  Facts, each with the place where it was seen

#include <fmt/format.h>

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen {
namespace facts {
namespace {

// What could not be looked at, said once for each question that failed or was refused.
std::vector<LookupError> gather_lookup_errors(const Readings::Impl& readings) {
  std::vector<LookupError> out;
  for (const auto& [want, reading] : readings.readings) {
    const Answer& a = reading.answer;
    if (reading.unreadable) {
      out.push_back({Trouble::parse,
                     fmt::format("the answer about {} is not what was asked for",
                                 want.path.empty() ? want.id : want.path),
                     a.where, false});
    } else if (a.outcome == Outcome::failed || a.outcome == Outcome::denied ||
               (a.outcome == Outcome::absent && want.topic == Topic::model)) {
      out.push_back({a.trouble, a.message, a.where, a.unreachable, a.offline, a.moment});
    }
  }
  return out;
}

// "open source" and the like. A claim is checked against the evidence, it is never evidence itself.
std::vector<Observation> gather_claims(const Repo& repo) {
  std::vector<Observation> out;
  const Card* card = repo.card();
  if (card == nullptr) return out;
  static constexpr text::Phrases kClaims("open-source", "open source", "open-sourced", "fully open", "开源");
  if (!card->prose.some_of(kClaims)) return out;
  for (std::size_t i = 0; i < card->text.blocks.size(); ++i) {
    const text::Block& block = card->text.blocks[i];
    if (block.kind == text::Block::Kind::code) continue;
    for (const std::string_view claim : kClaims) {
      const std::size_t at = card->prose.block(i).find(claim);
      if (at == std::string::npos) continue;
      out.push_back(
          {std::string(claim), repo.place("README.md", text::Markdown::line_at(block, at)), Kind::text});
      break;
    }
    if (out.size() >= 3) break;
  }
  return out;
}

}  // namespace
}  // namespace facts

Facts gather(const ModelRef& model, const Readings& readings, const Catalog& catalog) {
  const Readings::Impl& answers = readings.impl();
  const facts::Repo repo(model.id, model.revision, answers);
  Facts out;
  out.ref = model.text;
  out.asked = model.id;
  out.id = repo.id();
  out.from = model.revision.empty() ? "main" : model.revision;
  out.lookup_errors = facts::gather_lookup_errors(answers);
  if (repo.info() == nullptr) {
    const facts::Reading* reading = repo.reading();
    out.repository = {
        reading == nullptr ? Unseen::not_asked : facts::unseen(reading->answer, reading->unreadable),
        repo.record_place()};
    return out;
  }
  out.revision = repo.info()->sha;
  if (repo.info()->repository.unlisted)
    out.lookup_errors.push_back(
        {Trouble::parse, "the record of " + repo.id() + " lists no files", repo.record_place(), false});
  if (const text::YamlError* lost = repo.data_error())
    out.lookup_errors.push_back({Trouble::parse, "the data of the card cannot be read: " + lost->what,
                                 repo.place("README.md", lost->line), false});
  out.repository = {repo.info()->repository, repo.record_place()};
  out.weights = facts::gather_weights(repo, answers, catalog);
  out.cache = facts::gather_cache(repo);
  out.inference_code = facts::gather_inference_code(repo, answers, catalog);
  out.training_code = facts::gather_training_code(repo, answers, catalog);
  out.training_data = facts::gather_training_data(repo, answers, catalog);
  out.api = facts::gather_api(repo, answers, catalog);
  out.license = facts::gather_license(repo, catalog);
  facts::gather_lineage(repo, answers, catalog, out);
  for (const Ancestor& a : out.lineage) {
    if (a.license.data_unread)
      out.lookup_errors.push_back({Trouble::parse, "the data of the card of " + a.id + " cannot be read",
                                   a.license.data_unread->where(), false});
  }
  out.related_families = facts::gather_related_families(repo, facts::owner(repo.id()), catalog);
  out.made_from_another = facts::made_from_another(repo, out, catalog);
  out.linked = facts::gather_linked(repo, answers, catalog);
  out.documents = facts::gather_documents(repo, catalog);
  if (const auto* reading = answers.find(facts::quantized_want(repo))) {
    const std::string where = reading->answer.where;
    if (const auto* listed = std::get_if<facts::Listed>(&reading->value))
      out.quantized = {Quantized{listed->ids, listed->more}, where};
    else
      out.quantized = {facts::unseen(reading->answer, reading->unreadable), where};
  }
  out.claims = facts::gather_claims(repo);
  return out;
}

}  // namespace howopen
