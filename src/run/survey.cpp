// Before anything is judged anew: which of it has changed at all? A page of a listing answers that for up to
// 1,000 models.
//
//   listing(author=acme)  ->  1 request, 312 models, the commit and gate of each
//   models({a/b, a/c, a/d, x/y})  ->  a page of a's, the record of x/y

#include "run/survey.h"

#include <algorithm>
#include <set>

#include "run/feed.h"
#include "run/old_results.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

constexpr int kMostListingPages = 100'000;
constexpr std::size_t kOpenQuestions = 256;
constexpr std::size_t kWorthAPage = 3;           // models
constexpr std::size_t kRecordBytes = 64u << 20;  // of records that wait for their turn

std::uint64_t providers_hash(const std::string& id) {
  return strong_hash(providers_want(id));
}

Error unlisted(const Answer& page) {
  return {Fault::unanswered,
          page.outcome == Outcome::got ? "the listing is not what was asked for"
                                       : "the listing could not be had: " + page.message,
          page.where, "try again: nothing was written"};
}

}  // namespace

void Survey::learn(const Want& want, const Answer& answer, bool item) {
  Readings readings;
  readings.add(want, answer, catalog_);
  const ModelRef model{want.id, want.id, want.revision};
  bool served = false;
  for (const Rest& rest : rests_of(model, readings)) {
    const std::uint64_t question = strong_hash(rest.want);
    if (rest.want.topic == Topic::providers) {
      // A record says no more than that somebody serves the model.
      if (want.topic == Topic::model && rest.state == "warm") {
        unserved_.insert(question);
        continue;
      }
      served = true;
    }
    states_.insert_or_assign(question, state_hash(rest.state, sizes_));
  }
  if (item || want.topic == Topic::providers) unserved_.erase(providers_hash(want.id));
  if ((item || want.topic == Topic::providers) && !served) states_.erase(providers_hash(want.id));
}

std::optional<std::uint64_t> Survey::state(std::uint64_t want) const {
  const auto found = states_.find(want);
  return found == states_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint64_t> Survey::served(const std::string& id) const {
  const std::uint64_t question = providers_hash(id);
  if (unserved_.contains(question)) return std::nullopt;
  return state(question).value_or(0);
}

std::shared_ptr<const Snapshot> Survey::record(const Want& want) {
  const auto found = records_.find(want);
  if (found == records_.end()) return nullptr;
  auto out = std::move(found->second);
  for (const auto& [asked, answer] : *out) record_bytes_ -= answer.body.size();
  records_.erase(found);
  return out;
}

bool Survey::waits(std::size_t open) {
  return open > 0 && means_.go_on();
}

void Survey::answered(const std::string& of) {
  ++answers_;
  means_.tell(answers_, of);
}

std::optional<Answer> Survey::one(Want want) {
  const std::string of = want.topic == Topic::listing ? "a listing" : want.id;
  means_.source->ask(0, std::move(want));
  while (waits(1)) {
    if (auto reply = means_.source->next()) {
      answered(of);
      return std::move(reply->answer);
    }
    means_.tell(answers_, of);
  }
  return std::nullopt;
}

Result<std::vector<std::string>> Survey::listing(const std::string& query) {
  std::vector<std::string> out;
  std::string next = query;
  for (int pages = 0; !next.empty() && pages < kMostListingPages && means_.go_on(); ++pages) {
    const std::string asked = next;
    const auto page = one({Topic::listing, "", "", asked, ""});
    if (!page) break;
    const auto items = page->outcome == Outcome::got ? split_listing(*page) : std::nullopt;
    if (!items) return tl::unexpected<Error>(unlisted(*page));
    for (const auto& [want, answer] : *items) {
      learn(want, answer, true);
      out.push_back(want.id);
    }
    next = page->next == asked ? std::string() : page->next;
  }
  return out;
}

Result<std::vector<std::string>> Survey::collection(const std::string& slug) {
  const auto answer = one({Topic::collection, slug, "", "", ""});
  if (!answer) return std::vector<std::string>();
  return names_in_collection(*answer);
}

void Survey::pages_of(std::map<std::string, Author> authors) {
  std::map<std::size_t, Author*> sent;
  std::size_t ticket = 0;
  auto next = authors.begin();
  const auto send = [&](Author& a) {
    ++a.pages;
    sent[ticket] = &a;
    means_.source->ask(ticket++, {Topic::listing, "", "", a.page, ""});
  };
  const auto more = [&] {
    while (sent.size() < kOpenQuestions && next != authors.end()) send((next++)->second);
  };
  for (more(); waits(sent.size()); more()) {
    const auto reply = means_.source->next();
    if (!reply) {
      means_.tell(answers_, "authors");
      continue;
    }
    answered("authors");
    Author& a = *sent.at(reply->ticket);
    sent.erase(reply->ticket);
    const Answer& page = reply->answer;
    const auto items = page.outcome == Outcome::got ? split_listing(page) : std::nullopt;
    // What a page cannot tell is asked of the models themselves.
    if (!items) continue;
    for (const auto& [want, answer] : *items) {
      if (a.missing.erase(want.id) == 0) continue;
      ++a.found;
      learn(want, answer, true);
    }
    const bool last = page.next.empty() || page.next == a.page;
    a.page = page.next;
    // Pages have to pay.
    if (!last && a.missing.size() >= kWorthAPage && a.pages <= a.found / kWorthAPage) send(a);
  }
}

void Survey::models(const std::vector<std::string>& ids) {
  std::map<std::string, Author> authors;
  std::vector<std::string> alone;
  for (const std::string& id : ids) {
    if (states_.contains(strong_hash(Want{Topic::model, id, "", "", ""}))) continue;
    const std::size_t slash = id.find('/');
    if (slash == std::string::npos) continue;
    BatchPlan plan;
    plan.author = id.substr(0, slash);
    Author& a = authors[text::lower(plan.author)];
    if (a.missing.empty()) a.page = listing_query(plan, Items::states);
    a.missing.insert(id);
  }
  std::erase_if(authors, [](const auto& entry) { return entry.second.missing.size() < kWorthAPage; });
  pages_of(std::move(authors));
  std::vector<Want> left;
  for (const std::string& id : ids) left.push_back({Topic::model, id, "", "", ""});
  ask(std::move(left));
}

void Survey::ask(std::vector<Want> wants) {
  std::sort(wants.begin(), wants.end());
  wants.erase(std::unique(wants.begin(), wants.end()), wants.end());
  std::erase_if(wants, [&](const Want& want) {
    const std::uint64_t question = strong_hash(want);
    return states_.contains(question) && !unserved_.contains(question);
  });
  std::size_t open = 0;
  for (std::size_t at = 0; (at < wants.size() || open > 0) && means_.go_on();) {
    for (; at < wants.size() && open < kOpenQuestions; ++at, ++open) means_.source->ask(at, wants[at]);
    const auto reply = means_.source->next();
    if (!reply) {
      means_.tell(answers_, "what may have changed");
      continue;
    }
    --open;
    answered(reply->want.id);
    learn(reply->want, reply->answer, false);
    if (reply->want.topic != Topic::model || reply->answer.outcome != Outcome::got ||
        record_bytes_ + reply->answer.body.size() > kRecordBytes)
      continue;
    record_bytes_ += reply->answer.body.size();
    auto known = std::make_shared<Snapshot>();
    known->emplace(reply->want, std::move(reply->answer));
    records_.emplace(reply->want, std::move(known));
  }
}

}  // namespace howopen::run
