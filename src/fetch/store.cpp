// `contents/ab/cd/<git id>`, compressed, and `models/ab/cd/<sha-256 of the name>`: the questions, and which
// content answered each. A content proves itself by its name; a model's file is found only for what it rests
// on.
//
//   keep({file, a/m, …, LICENSE}, got "MIT …")  ->  {"topic":"file","id":"a/m",…,"content":"261eeb…"}

#include "fetch/store.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "fetch/kept_files.h"
#include "fetch/replay.h"
#include "text/deflate.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::fetch {
namespace {

using text::Json;
namespace fs = std::filesystem;

constexpr std::size_t kLargestContent = 4u << 20;
constexpr std::size_t kLargestModel = 4u << 20;  // its list of answers
constexpr std::string_view kBytesFile = "/bytes";

std::string spread(const std::string& folder, std::string_view kind, std::string_view name) {
  return fmt::format("{}/{}/{}/{}/{}", folder, kind, name.substr(0, 2), name.substr(2, 2), name);
}

std::string content_file(const std::string& folder, std::string_view blob) {
  return spread(folder, "contents", blob);
}

std::string words_of(const std::vector<Rest>& rests) {
  std::string out;
  for (const Rest& r : rests)
    out +=
        fmt::format("{} {} {} {} {}\n", word(r.want.topic), r.want.id, r.want.revision, r.want.path, r.state);
  return out;
}

// Whether everybody may see it: what a token opened is not kept.
bool is_public(const Want& want, const Answer& answer) {
  if (!answer.personal || answer.outcome != Outcome::got) return true;
  switch (want.topic) {
    case Topic::file:
      return !want.blob.empty();  // named by a listing that everybody may see
    case Topic::model:
    case Topic::dataset: {
      const auto record = text::parse_json(answer.body);
      return record && (*record)["private"].boolean() == std::optional(false);
    }
    case Topic::providers:
    case Topic::refs:
      return true;
    default:
      return false;
  }
}

std::optional<std::string> content_of(const std::string& folder, std::string_view blob) {
  if (!text::is_hex(blob, 40)) return std::nullopt;
  const auto packed = read_whole(content_file(folder, blob));
  auto body = packed ? text::inflated(*packed, kLargestContent) : std::nullopt;
  return body && text::git_blob(*body) == blob ? body : std::nullopt;
}

std::optional<std::pair<Want, Answer>> answer_of(const Json& one, const std::string& folder) {
  const auto topic = from_word<Topic>(one["topic"].string_or(""));
  const auto outcome = from_word<Outcome>(one["outcome"].string_or(""));
  if (!topic || !outcome) return std::nullopt;
  const auto text = [&](std::string_view key) { return std::string(one[key].string_or("")); };
  Want want{*topic, text("id"), text("revision"), text("path"), text("blob")};
  Answer answer;
  answer.outcome = *outcome;
  answer.trouble = from_word<Trouble>(one["trouble"].string_or("none")).value_or(Trouble::none);
  answer.message = text("message");
  answer.where = text("where");
  answer.id = text("answered");
  answer.commit = text("commit");
  answer.next = text("next");
  if (*outcome == Outcome::got) {
    auto body = content_of(folder, one["content"].string_or(""));
    if (!body) return std::nullopt;
    answer.body = std::move(*body);
  }
  return std::pair(std::move(want), std::move(answer));
}

struct Held {
  std::string path;
  std::uint64_t bytes = 0;
  fs::file_time_type written;
};

std::vector<Held> held_in(const std::string& folder) {
  std::vector<Held> out;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    struct stat info {};
    if (lstat(at->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    std::error_code gone;
    out.push_back({at->path().string(), static_cast<std::uint64_t>(info.st_size), at->last_write_time(gone)});
  }
  return out;
}

std::vector<std::string> contents_named_by(const std::string& path) {
  std::vector<std::string> out;
  const auto packed = read_whole(path);
  const auto bytes = packed ? text::inflated(*packed, kLargestModel) : std::nullopt;
  const auto json = bytes ? text::parse_json(*bytes) : std::nullopt;
  if (!json) return out;
  for (const Json& one : (*json)["answers"].items()) {
    if (const auto blob = one["content"].string()) out.emplace_back(*blob);
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(StoreOptions options) {
  if (!is_ours(options.folder))
    return fail(Fault::usage, "not a folder of yours alone: others may write to it", options.folder,
                "chmod 700, or name another one");
  make_cache_folder(options.folder);
  if (struct stat info{}; stat(options.folder.c_str(), &info) != 0)
    return fail(Fault::usage, std::string("cannot be made: ") + std::strerror(errno), options.folder);
  std::unique_ptr<Store> store(new Store(std::move(options)));
  const std::string& folder = store->options_.folder;
  const auto noted = read_whole(folder + std::string(kBytesFile));
  const auto json = noted ? text::parse_json(*noted) : std::nullopt;
  if (const auto bytes = json ? json->integer() : std::nullopt; bytes && *bytes >= 0) {
    store->bytes_ = static_cast<std::uint64_t>(*bytes);
  } else {
    for (const char* kind : {"/contents", "/models"})
      for (const Held& held : held_in(folder + kind)) store->bytes_ += held.bytes;
  }
  return store;
}

Store::~Store() {
  std::uint64_t bytes = bytes_;
  if (bytes > options_.most_bytes / 10 * 9) bytes = prune(options_.folder, options_.most_bytes / 4 * 3);
  write_atomically(options_.folder, options_.folder + std::string(kBytesFile), std::to_string(bytes));
}

std::string Store::model_file(const std::string& ref) const {
  return spread(options_.folder, "models",
                text::sha256(fmt::format("{}\n{}\n{}", options_.endpoint, options_.depth, ref)));
}

bool Store::put(const std::string& path, std::string_view content) {
  // Taken first: several threads may see the last of the room.
  if (bytes_.fetch_add(content.size()) + content.size() <= options_.most_bytes &&
      write_atomically(options_.folder, path, content))
    return true;
  bytes_ -= content.size();
  return false;
}

std::string Store::keep(const Want& want, const Answer& answer) {
  if (answer.outcome == Outcome::failed || answer.outcome == Outcome::skipped || !is_public(want, answer) ||
      answer.body.size() > kLargestContent)
    return {};
  Json out = answer_head(want, answer);
  out.set("answered", Json(answer.id));
  if (answer.outcome == Outcome::got) {
    const std::string blob = text::git_blob(answer.body);
    const std::string path = content_file(options_.folder, blob);
    struct stat info {};
    const bool there = lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
    // One that is there and wrong would stay wrong: it is looked into before it is relied on.
    if (!(there && content_of(options_.folder, blob)) && !put(path, text::deflated(answer.body))) return {};
    out.set("content", Json(blob));
  }
  return text::write_json(out, false);
}

void Store::keep_model(const std::string& ref, const std::vector<Rest>& rests,
                       const std::vector<std::string>& remembered) {
  Json head;
  head.set("howopen", Json("stored answers"));
  head.set("version", Json(1));
  head.set("endpoint", Json(options_.endpoint));
  head.set("depth", Json(options_.depth));
  head.set("ref", Json(ref));
  head.set("rests_on", Json(words_of(rests)));
  std::string all = text::write_json(head, false);
  all.back() = ',';
  all += "\"answers\":[";
  for (const std::string& one : remembered) all += (&one == &remembered.front() ? "" : ",") + one;
  if (remembered.empty() || !put(model_file(ref), text::deflated(all + "]}"))) ++left_out_;
}

std::shared_ptr<const Snapshot> Store::load(const std::string& ref, const std::vector<Rest>& rests) const {
  const auto packed = read_whole(model_file(ref));
  const auto bytes = packed ? text::inflated(*packed, kLargestModel) : std::nullopt;
  const auto json = bytes ? text::parse_json(*bytes) : std::nullopt;
  const auto is = [&](std::string_view key, std::string_view value) {
    return (*json)[key].string_or("") == value;
  };
  if (!json || !is("howopen", "stored answers") || (*json)["version"].integer_or(0) != 1 ||
      !is("endpoint", options_.endpoint) || !is("depth", options_.depth) || !is("ref", ref) ||
      !is("rests_on", words_of(rests)))
    return nullptr;
  auto out = std::make_shared<Snapshot>();
  for (const Json& one : (*json)["answers"].items()) {
    if (auto answer = answer_of(one, options_.folder)) out->insert(std::move(*answer));
  }
  return out;
}

std::uint64_t Store::prune(const std::string& folder, std::uint64_t most_bytes) {
  std::vector<Held> models = held_in(folder + "/models");
  std::vector<Held> contents = held_in(folder + "/contents");
  std::unordered_map<std::string, const Held*> by_name;
  for (const Held& held : contents) by_name.emplace(fs::path(held.path).filename().string(), &held);
  std::sort(models.begin(), models.end(), [](const Held& a, const Held& b) {
    return std::tie(b.written, a.path) < std::tie(a.written, b.path);
  });
  std::unordered_set<std::string> wanted;
  std::uint64_t total = 0;
  std::error_code error;
  bool full = false;
  for (const Held& model : models) {
    std::uint64_t more = model.bytes;
    std::vector<std::string> fresh;
    for (std::string& blob : contents_named_by(model.path)) {
      const auto held = by_name.find(blob);
      if (held == by_name.end() || wanted.contains(blob)) continue;
      more += held->second->bytes;
      fresh.push_back(std::move(blob));
    }
    full = full || total + more > most_bytes;
    if (full) {
      fs::remove(model.path, error);
      continue;
    }
    total += more;
    wanted.insert(std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
  }
  const auto young = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (const Held& held : contents) {
    if (wanted.contains(fs::path(held.path).filename().string())) continue;
    // Another process may be about to name it.
    if (!full && held.written > young)
      total += held.bytes;
    else
      fs::remove(held.path, error);
  }
  return total;
}

}  // namespace howopen::fetch
