// A record is made from what is there, as the Hub would make it. What the head of a weight file claims
// (license, base) stands where the Hub's card data stand, and by itself: a claim, judged beside the texts.
//
//   ./tune/ with README.md, LICENSE, model.gguf  ->
//   {"id":"local/tune","siblings":[…],"cardData":{"license":"mit"},"howopen:heads":[…]}

#include "fetch/local.h"

#include <algorithm>
#include <filesystem>

#include "fetch/hub.h"
#include "fetch/local_heads.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;
using text::Json;

constexpr std::size_t kLocalHead = 4u << 20;  // of a weight file, whose tensors are counted

Answer answer(const LocalModel& model, const std::string& where) {
  Answer a;
  a.id = model.id;
  a.where = where;
  return a;
}
Answer not_here(const LocalModel& model, const std::string& where, bool absent) {
  Answer a = answer(model, where);
  a.outcome = absent ? Outcome::absent : Outcome::skipped;
  a.trouble = absent ? Trouble::not_found : Trouble::none;
  a.message = absent ? "no such file" : "not asked: the model is on this machine";
  return a;
}

Json list_of(const std::vector<HeadClaims::Claim>& claims, const char* key) {
  Json out = Json::array();
  for (const HeadClaims::Claim& claim : claims) {
    Json one;
    one.set(key, Json(claim.value));
    one.set("where", Json(claim.where));
    out.push(std::move(one));
  }
  return out;
}

Answer record_of(const LocalModel& model) {
  const HeadClaims claims = head_claims(model);
  Json record;
  record.set("id", Json(model.id));
  record.set("gated", Json(false));
  if (!model.whole) record.set(kPartialListing, Json(true));
  Json card = Json::object();
  Json licenses = Json::array();
  for (const HeadClaims::Claim& claim : claims.licenses) {
    if (!claim.value.empty()) licenses.push(Json(text::lower(claim.value)));
  }
  if (!licenses.items().empty()) card.set("license", std::move(licenses));
  if (!claims.name.empty()) card.set("license_name", Json(claims.name));
  if (!claims.link.empty()) card.set("license_link", Json(claims.link));
  Json bases = Json::array();
  for (const std::string& base : claims.bases) bases.push(Json(base));
  if (claims.bases.empty() && !model.base.empty()) bases.push(Json(model.base));
  if (!bases.items().empty()) card.set("base_model", std::move(bases));
  record.set("cardData", std::move(card));
  record.set("tags", Json::array());
  record.set(kHeadClaims, list_of(claims.licenses, "license"));
  record.set(kHeadNames, list_of(claims.names, "name"));
  if (!claims.architecture.empty() || !claims.file_type.empty()) {
    Json gguf = Json::object();
    if (!claims.architecture.empty()) gguf.set("architecture", Json(claims.architecture));
    if (!claims.file_type.empty()) gguf.set("file_type", Json(claims.file_type));
    record.set("gguf", std::move(gguf));
  }
  Json siblings = Json::array();
  for (const auto& [name, file] : model.files) {
    Json one;
    one.set("rfilename", Json(name));
    one.set("size", Json(file.size));
    siblings.push(std::move(one));
  }
  record.set("siblings", std::move(siblings));
  Answer a = answer(model, model.where);
  a.outcome = Outcome::got;
  a.body = text::write_json(record, false);
  return a;
}

Answer file_of(const LocalModel& model, const Want& want) {
  const auto found = model.files.find(want.path);
  const std::string where = model.where + "/" + want.path;
  if (found == model.files.end()) return not_here(model, where, model.whole);
  const LocalModel::File& file = found->second;
  Answer a = answer(model, file.body || file.at > 0 ? where : file.path);
  const auto failed = [&](Trouble trouble, const char* why) {
    a.outcome = Outcome::failed;
    a.trouble = trouble;
    a.message = want.path + why;
    return a;
  };
  const bool head = want.topic == Topic::head;
  const std::size_t most = head ? kLocalHead : hub_request(want, "").most;
  if (!head && static_cast<std::uint64_t>(file.size) > most)
    return failed(Trouble::too_large, " is larger than is read");
  std::error_code error;
  if (!file.body && !fs::is_regular_file(file.path, error)) return failed(Trouble::parse, " cannot be read");
  a.body = bytes_of(file, 0, most);
  if (!head && a.body.size() != static_cast<std::size_t>(file.size))
    return failed(Trouble::parse, " cannot be read whole");
  a.outcome = Outcome::got;
  return a;
}

}  // namespace

void Local::add(LocalModel model) {
  std::string id = model.id;
  models_.insert_or_assign(std::move(id), std::move(model));
}

void Local::ask(std::size_t ticket, Want want, std::string etag) {
  const auto found = models_.find(want.id);
  if (found == models_.end()) return others_.ask(ticket, std::move(want), std::move(etag));
  const LocalModel& model = found->second;
  Answer a;
  if (want.topic == Topic::model)
    a = record_of(model);
  else if (want.topic == Topic::file || want.topic == Topic::head)
    a = file_of(model, want);
  else
    a = not_here(model, model.where, false);
  ready_.push_back({ticket, std::move(want), std::move(a), 0});
}

std::optional<Reply> Local::next() {
  if (ready_.empty()) return others_.next();
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

std::optional<Reply> Local::try_next() {
  return ready_.empty() ? others_.try_next() : next();
}

}  // namespace howopen::fetch
