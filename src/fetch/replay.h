// Saved snapshots: a Bundle as a file, and a Source that answers from one.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "howopen/result.h"
#include "howopen/source.h"
#include "text/json.h"

namespace howopen::fetch {

/// A question and what answered it as members of JSON, without the body.
text::Json answer_head(const Want& want, const Answer& answer);

/// A bundle as JSON, sorted, without a clock; bodies that are no UTF-8 in base64.
std::string save_bundle(const Bundle& bundle);
Result<Bundle> load_bundle(std::string_view json, const std::string& where);
/// Whether a JSON document says of itself that it is a bundle.
bool is_bundle(std::string_view json);

/// Answers what the snapshot holds; everything else was skipped.
class Replay : public Source {
 public:
  explicit Replay(Snapshot answers) : answers_(std::move(answers)) {}
  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  std::optional<Reply> next() override;

 private:
  Snapshot answers_;
  std::deque<Reply> ready_;
};

}  // namespace howopen::fetch
