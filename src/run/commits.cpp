// One page of /api/models/{id}/commits/{revision}.
//
//   [{"id": "56d4…", "title": "Update README.md", "date": "2025-03-27T04:01:59.000Z", …}]

#include "run/commits.h"

#include <fmt/format.h>

#include "text/json.h"
#include "text/utf8.h"

namespace howopen::run {

Result<CommitList> commits_of(Source& hub, const ModelRef& model) {
  hub.ask(0, {Topic::commits, model.id, model.revision, "", ""});
  const auto reply = hub.next();
  if (!reply || reply->answer.outcome != Outcome::got) {
    const std::string why = reply ? reply->answer.message : "no answer";
    const Outcome outcome = reply ? reply->answer.outcome : Outcome::failed;
    return fail(Fault::unanswered, "its commits could not be listed: " + why, model.id,
                outcome == Outcome::denied
                    ? "the Hub shows the commits of a gated model to whom it granted access: set HF_TOKEN"
                : outcome == Outcome::absent ? "check the spelling; for a private model set HF_TOKEN"
                                             : "try again");
  }
  const auto list = text::parse_json(reply->answer.body);
  if (!list || !list->is_array())
    return fail(Fault::unanswered, "its list of commits could not be read", model.id);
  CommitList out;
  out.older = !reply->answer.next.empty();
  for (const text::Json& entry : list->items()) {
    const std::string id(entry["id"].string_or(""));
    if (!text::is_commit(id)) continue;
    const std::string_view title = entry["title"].string_or("");
    const std::string_view date = entry["date"].string_or("");
    out.commits.push_back({id, text::printable(title.substr(0, title.find('\n')).substr(0, 200)),
                           text::printable(date.substr(0, 40))});
  }
  if (out.commits.empty()) return fail(Fault::unanswered, "it has no commits", model.id);
  return out;
}

}  // namespace howopen::run
