// The file of `howopen fetch`: questions with their answers, to be judged again without a network.
//
//   {"howopen": "snapshot", "version": 1, "models": [{"id": "a/b"}], "answers": [{"topic": "model", "id":
//   "a/b",
//    "outcome": "got", "body": "{…}"}]}

#include "fetch/replay.h"

#include <fmt/format.h>

#include "text/base64.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

using text::Json;
using text::ObjectReader;

void set(Json& object, std::string_view key, const std::string& value) {
  if (!value.empty()) object.set(key, Json(value));
}

}  // namespace

Json answer_head(const Want& want, const Answer& a) {
  Json out;
  out.set("topic", Json(word(want.topic)));
  set(out, "id", want.id);
  set(out, "revision", want.revision);
  set(out, "path", want.path);
  set(out, "blob", want.blob);
  out.set("outcome", Json(word(a.outcome)));
  if (a.trouble != Trouble::none) out.set("trouble", Json(word(a.trouble)));
  if (a.unreachable) out.set("unreachable", Json(true));
  set(out, "message", a.message);
  set(out, "where", a.where);
  set(out, "commit", a.commit);
  set(out, "next", a.next);
  return out;
}

namespace {

Json answer_json(const Want& want, const Answer& a) {
  Json out = answer_head(want, a);
  if (a.outcome == Outcome::got) {
    if (text::is_utf8(a.body))
      out.set("body", Json(a.body));
    else
      out.set("body_base64", Json(text::base64(a.body)));
  }
  return out;
}

}  // namespace

std::string save_bundle(const Bundle& bundle) {
  Json out;
  out.set("howopen", Json("snapshot"));
  out.set("version", Json(1));
  Json& models = out.set("models", Json::array());
  for (const ModelRef& m : bundle.models) {
    Json one;
    set(one, "ref", m.text);
    set(one, "id", m.id);
    set(one, "revision", m.revision);
    models.push(std::move(one));
  }
  Json& answers = out.set("answers", Json::array());
  for (const auto& [want, answer] : bundle.answers) answers.push(answer_json(want, answer));
  return text::write_json(out, true);
}

bool is_bundle(std::string_view json) {
  // As a key: a report names the tool in a value.
  constexpr std::string_view kKey = "\"howopen\"";
  const std::string_view head = json.substr(0, 256);
  const std::size_t at = head.find(kKey);
  if (at == std::string_view::npos) return false;
  const std::size_t next = head.find_first_not_of(" \t\r\n", at + kKey.size());
  return next != std::string_view::npos && head[next] == ':';
}

Result<Bundle> load_bundle(std::string_view json, const std::string& where) {
  const auto value = text::parse_json(json);
  if (!value) return fail(Fault::usage, "not JSON", where, "make it with: howopen fetch REF --output FILE");
  ObjectReader reader(*value, where);
  if (reader.string("howopen") != "snapshot") reader.wrong("howopen", "not a snapshot of howopen");
  if (reader.integer("version") != 1) reader.wrong("version", "a version this howopen does not know");
  Bundle out;
  const Json& models = reader.array("models");
  for (std::size_t i = 0; i < models.items().size(); ++i) {
    ObjectReader m(models.items()[i], fmt::format("{}[{}]", reader.place_of("models"), i));
    ModelRef ref{m.string("ref"), m.required_string("id"), m.string("revision")};
    if (auto e = m.done()) return tl::unexpected<Error>(std::move(*e));
    out.models.push_back(std::move(ref));
  }
  const Json& answers = reader.array("answers");
  for (std::size_t i = 0; i < answers.items().size(); ++i) {
    ObjectReader a(answers.items()[i], fmt::format("{}[{}]", reader.place_of("answers"), i));
    Want want{a.word("topic", Topic::model), a.required_string("id"), a.string("revision"), a.string("path"),
              a.string("blob")};
    Answer answer;
    answer.outcome = a.word("outcome", Outcome::skipped);
    answer.trouble = a.word("trouble", Trouble::none);
    answer.unreachable = a.boolean("unreachable");
    answer.message = a.string("message");
    answer.where = a.string("where");
    answer.id = want.id;
    answer.commit = a.string("commit");
    answer.next = a.string("next");
    answer.body = a.string("body");
    if (const std::string encoded = a.string("body_base64"); !encoded.empty()) {
      auto bytes = text::from_base64(encoded);
      if (!bytes)
        a.wrong("body_base64", "not base64");
      else
        answer.body = std::move(*bytes);
    }
    if (auto e = a.done()) return tl::unexpected<Error>(std::move(*e));
    out.answers.insert_or_assign(std::move(want), std::move(answer));
  }
  if (auto e = reader.done()) return tl::unexpected<Error>(std::move(*e));
  return out;
}

void Replay::ask(std::size_t ticket, Want want, std::string) {
  Answer answer;
  answer.message = "not in the saved snapshot";
  answer.id = want.id;
  if (const auto it = answers_.find(want); it != answers_.end()) answer = it->second;
  ready_.push_back({ticket, std::move(want), std::move(answer), 0});
}

std::optional<Reply> Replay::next() {
  if (ready_.empty()) return std::nullopt;
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

}  // namespace howopen::fetch
