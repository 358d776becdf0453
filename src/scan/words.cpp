// One table of words for all readers of this room.
//
//   words().no_owners.has("src")  ->  true: src/model is a path

#include "scan/words.h"

#include <algorithm>

#include "catalog/embedded.h"
#include "scan/names.h"
#include "text/json.h"

namespace howopen::scan {
namespace {

text::Json document() {
  return text::parse_json(catalog::embedded_text("scan.json")).value_or(text::Json());
}

std::vector<std::string> strings_of(const text::Json& list) {
  std::vector<std::string> out;
  for (const std::string_view word : list.strings()) out.emplace_back(word);
  return out;
}

// Last words of what clients of providers call, or libraries of other languages than Python, by which most
// calls are passed over.
std::vector<std::string> last_words(const text::Json& rows, bool served) {
  std::vector<std::string> out;
  for (const text::Json& row : rows.items()) {
    if (served ? !row["module"].string_or("").empty() : row["file"].string_or("").empty()) continue;
    for (const std::string_view call : row["calls"].strings()) {
      const std::size_t dot = call.rfind('.');
      out.emplace_back(dot == std::string_view::npos ? call : call.substr(dot + 1));
    }
  }
  return out;
}

std::vector<Library> libraries(const text::Json& rows) {
  std::vector<Library> out;
  for (const text::Json& row : rows.items()) {
    Library l;
    l.module = row["module"].string_or("");
    l.file = row["file"].string_or("");
    l.calls = strings_of(row["calls"]);
    l.arguments = strings_of(row["arguments"]);
    l.position = row["keyed"].boolean_or(false) ? -1 : 0;
    l.needs = strings_of(row["needs"]);
    l.files = row["files"].boolean_or(false);
    l.served = row["served"].boolean_or(false);
    l.open = row["open"].boolean_or(false);
    l.match = row["match"].string_or("");
    l.other = row["other"].string_or("");
    out.push_back(std::move(l));
  }
  return out;
}

std::vector<StdinReader> stdin_readers(const text::Json& rows) {
  std::vector<StdinReader> out;
  for (const text::Json& row : rows.items())
    out.push_back({std::string(row["program"].string_or("")), strings_of(row["with"]),
                   std::string(row["as"].string_or("")), std::string(row["match"].string_or(""))});
  return out;
}

std::vector<Prefix> prefixes(const text::Json& rows) {
  std::vector<Prefix> out;
  for (const text::Json& row : rows.items()) {
    const std::string_view of = row["of"].string_or("");
    out.push_back({std::string(row["prefix"].string_or("")), strings_of(row["kinds"]),
                   strings_of(row["signs"]),
                   of == "hub"      ? Prefix::Of::hub
                   : of == "served" ? Prefix::Of::served
                                    : Prefix::Of::other,
                   std::string(row["file"].string_or("")), std::string(row["match"].string_or("")),
                   std::string(row["other"].string_or(""))});
  }
  return out;
}

std::vector<Runner> runners(const text::Json& rows) {
  std::vector<Runner> out;
  for (const text::Json& row : rows.items())
    out.push_back({std::string(row["call"].string_or("")), std::string(row["file"].string_or("")),
                   row["method"].boolean_or(false), row["text"].boolean_or(false),
                   std::string(row["match"].string_or("")), std::string(row["other"].string_or(""))});
  return out;
}

std::vector<Interpreter> interpreters(const text::Json& rows) {
  std::vector<Interpreter> out;
  for (const text::Json& row : rows.items())
    out.push_back({std::string(row["program"].string_or("")), strings_of(row["with"]),
                   std::string(row["as"].string_or("")), std::string(row["match"].string_or("")),
                   std::string(row["other"].string_or(""))});
  return out;
}

std::vector<std::string> run_calls(const text::Json& rows) {
  std::vector<std::string> out;
  for (const text::Json& row : rows.items()) out.emplace_back(row["call"].string_or(""));
  return out;
}

Words read() {
  const text::Json json = document();
  const auto list = [&](std::string_view key) {
    std::vector<std::string> out;
    for (const std::string_view word : json[key].strings()) out.emplace_back(word);
    return WordSet(std::move(out));
  };
  return {
      list("no_owners"),
      list("no_ids"),
      list("placeholder_words"),
      list("placeholder_cores"),
      list("placeholder_owners"),
      list("placeholder_bare"),
      list("strong_keys"),
      list("weak_keys"),
      list("loose_keys"),
      list("other_key_parts"),
      list("other_key_starts"),
      list("other_key_ends"),
      list("part_keys"),
      list("repository_keys"),
      list("sure_key_ends"),
      list("hub_words"),
      list("hub_type_keys"),
      list("registry_words"),
      list("registry_modules"),
      list("hosted_owners"),
      list("api_providers"),
      list("api_prefixes"),
      list("api_models"),
      list("api_others"),
      list("other_calls"),
      list("other_call_owners"),
      list("option_calls"),
      list("fallback_calls"),
      list("default_calls"),
      list("plain_calls"),
      list("setter_starts"),
      list("owner_name_calls"),
      list("media_endings"),
      list("template_endings"),
      list("container_options"),
      list("container_programs"),
      list("positional_images"),
      list("registry_types"),
      list("registry_calls"),
      list("registry_model_calls"),
      list("sentence_transformers"),
      list("weight_folders"),
      list("pipeline_tasks"),
      list("hub_call_owners"),
      list("hub_string_macros"),
      list("archive_endings"),
      list("silent_endings"),
      list("registry_addresses"),
      list("packages_lock_files"),
      list("source_encodings"),
      list("store_key_parts"),
      list("weight_endings"),
      list("container_calls"),
      list("content_stores"),
      list("foreign_weights"),
      list("model_images"),
      list("store_signs"),
      list("topic_keys"),
      list("reading_calls"),
      list("shell_calls"),
      list("cloud_vendors"),
      list("local_folders"),
      list("mixed_registries"),
      WordSet(last_words(json["libraries"], true)),
      WordSet(last_words(json["libraries"], false)),
      WordSet(run_calls(json["runners"])),
      libraries(json["libraries"]),
      stdin_readers(json["stdin_readers"]),
      prefixes(json["prefixes"]),
      runners(json["runners"]),
      interpreters(json["interpreters"]),
  };
}

}  // namespace

WordSet::WordSet(std::vector<std::string> words) : words_(std::move(words)) {
  for (const std::string& word : words_) set_.insert(word);
}

bool WordSet::starts(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(), [&](const std::string& w) { return text.starts_with(w); });
}
bool WordSet::ends(std::string_view text) const {
  if (text.empty()) return false;
  const char last = text.back();
  return std::any_of(words_.begin(), words_.end(),
                     [&](const std::string& w) { return w.back() == last && text.ends_with(w); });
}
bool WordSet::within(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(),
                     [&](const std::string& w) { return text.find(w) != std::string_view::npos; });
}

const Words& words() {
  static const Words kWords = read();
  return kWords;
}

std::string folded(std::string_view key) {
  std::string out;
  for (const char c : key.substr(0, 80)) {
    if (is_alnum(c)) out += static_cast<char>(text::is_upper(c) ? c - 'A' + 'a' : c);
  }
  return out;
}

}  // namespace howopen::scan
