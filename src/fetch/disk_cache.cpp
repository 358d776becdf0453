// Answers that are at hand. On disk: `blobs/ab/<git id>`, contents that prove themselves by their name, and
// `answers/ab/<sha-256 of the question>`, records with the etag they came with. Files are written beside
// their place and moved there, so a reader sees all of one or none of it, whoever is killed when.
//
//   {file, a/m, …, LICENSE, blob 261eeb…}, twice  ->  one request, two answers

#include "fetch/disk_cache.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "text/digest.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRecentBytes = 16u << 20;
constexpr std::size_t kLargestKept = 4u << 20;  // shard indexes of 60 MB are not worth the room

// What a question is answered by: a content by its id, whichever repository it is in; anything else by all of
// it.
std::string key_of(const Want& want, const std::string& endpoint) {
  if (!want.blob.empty()) return "blob " + want.blob;
  return fmt::format("{} {} {} {} {}", endpoint, word(want.topic), want.id, want.revision, want.path);
}

std::string blob_file(const std::string& folder, std::string_view blob) {
  return fmt::format("{}/blobs/{}/{}", folder, blob.substr(0, 2), blob);
}

std::string answer_file(const std::string& folder, const std::string& key) {
  const std::string name = text::sha256(key);
  return fmt::format("{}/answers/{}/{}", folder, name.substr(0, 2), name);
}

// Fit to be sent in a header.
bool plain_line(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::int64_t now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Records are public as far as anybody may see them without a token; what a token opened is not kept.
bool may_be_kept(const Want& want) {
  return want.topic == Topic::model || want.topic == Topic::providers || want.topic == Topic::refs ||
         want.topic == Topic::dataset || want.topic == Topic::github_tree;
}

}  // namespace

DiskCache::DiskCache(Source& behind, CacheOptions options) : behind_(behind), options_(std::move(options)) {
  if (!options_.folder.empty() && !is_ours(options_.folder)) {
    if (options_.warn) options_.warn(options_.folder);
    options_.folder.clear();
  }
}

DiskCache::~DiskCache() {
  if (stored_bytes_ == 0 || options_.folder.empty()) return;
  // Listing a large cache takes a moment: it is done once a day, and after a run that added much.
  const std::string stamp = options_.folder + "/pruned";
  struct stat info {};
  const bool today = stat(stamp.c_str(), &info) == 0 && std::abs(now_s() - info.st_mtime) < 24L * 3600;
  if (today && stored_bytes_ < options_.most_bytes / 64) return;
  prune_cache(options_.folder, options_.most_bytes);
  write_atomically(options_.folder, stamp, {});
}

void DiskCache::remember(const std::string& key, const Answer& answer) {
  if (answer.body.size() > kRecentBytes / 4) return;
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    recent_bytes_ -= known->second->second.body.size();
    recent_.erase(known->second);
    by_key_.erase(known);
  }
  recent_.emplace_back(key, answer);
  by_key_[key] = std::prev(recent_.end());
  recent_bytes_ += answer.body.size();
  while (recent_bytes_ > kRecentBytes || recent_.size() > 20'000) {
    recent_bytes_ -= recent_.front().second.body.size();
    by_key_.erase(recent_.front().first);
    recent_.pop_front();
  }
}

std::optional<Answer> DiskCache::at_hand(const Want& want) {
  const std::string key = key_of(want, options_.endpoint);
  if (const auto known = by_key_.find(key); known != by_key_.end()) return known->second->second;
  if (options_.folder.empty() || !text::is_commit(want.blob)) return std::nullopt;
  const std::string path = blob_file(options_.folder, want.blob);
  auto body = read_whole(path);
  if (!body) return std::nullopt;
  if (text::git_blob(*body) != want.blob) {  // torn, or tampered with
    std::error_code ignored;
    fs::remove(path, ignored);
    return std::nullopt;
  }
  touch(path);
  Answer a;
  a.outcome = Outcome::got;
  a.body = std::move(*body);
  remember(key, a);
  return a;
}

std::optional<Answer> DiskCache::stored(const Want& want, const std::string& key) const {
  if (options_.folder.empty() || !may_be_kept(want)) return std::nullopt;
  const auto content = read_whole(answer_file(options_.folder, key));
  if (!content) return std::nullopt;
  const auto json = text::parse_json(*content);
  if (!json || (*json)["key"].string_or("") != key || !plain_line((*json)["etag"].string_or("")))
    return std::nullopt;
  Answer a;
  a.outcome = Outcome::got;
  a.etag = (*json)["etag"].string_or("");
  a.where = (*json)["where"].string_or("");
  a.body = (*json)["body"].string_or("");
  return a;
}

void DiskCache::ask(std::size_t ticket, Want want, std::string) {
  const std::string key = key_of(want, options_.endpoint);
  if (auto answer = at_hand(want)) {
    ready_.push_back({ticket, want, complete(want, std::move(*answer)), 0});
    return;
  }
  auto& waiters = pending_[key];
  waiters.push_back({ticket, want});
  if (waiters.size() > 1) return;  // under way already
  std::string etag;
  if (auto known = stored(want, key)) {
    if (options_.offline) {
      pending_.erase(key);
      ready_.push_back({ticket, want, complete(want, std::move(*known)), 0});
      return;
    }
    etag = known->etag;
    stored_[want] = std::move(*known);
  }
  sent_[next_ticket_] = {key, want};
  behind_.ask(next_ticket_++, std::move(want), std::move(etag));
}

// What differs between two questions with one answer is put back.
Answer DiskCache::complete(const Want& want, Answer answer) {
  answer.id = want.id;
  if (answer.where.empty())
    answer.where = fmt::format("{}/{}/resolve/{}/{}", options_.endpoint, want.id, want.revision, want.path);
  return answer;
}

void DiskCache::keep(const Want& want, const Answer& answer) {
  if (options_.folder.empty() || answer.body.size() > kLargestKept) return;
  if (text::is_commit(want.blob)) {
    if (text::git_blob(answer.body) != want.blob) return;
    write_atomically(options_.folder, blob_file(options_.folder, want.blob), answer.body);
    stored_bytes_ += answer.body.size();
  } else if (may_be_kept(want) && !answer.etag.empty() && !answer.personal) {
    const std::string key = key_of(want, options_.endpoint);
    text::Json out;
    out.set("key", text::Json(key));
    out.set("etag", text::Json(answer.etag));
    out.set("where", text::Json(answer.where));
    out.set("body", text::Json(answer.body));
    write_atomically(options_.folder, answer_file(options_.folder, key), text::write_json(out, false));
    stored_bytes_ += answer.body.size();
  }
}

std::optional<Reply> DiskCache::answer(bool wait) {
  if (ready_.empty()) {
    auto reply = wait ? behind_.next() : behind_.try_next();
    if (!reply) return std::nullopt;
    const auto sent = sent_.find(reply->ticket);
    const auto [key, want] = sent->second;
    sent_.erase(sent);
    Answer answer = std::move(reply->answer);
    if (answer.unchanged) {
      const auto stored = stored_.find(want);
      const std::string where = answer.where;
      answer = stored != stored_.end() ? stored->second : Answer{};
      answer.where = where;
      touch(answer_file(options_.folder, key));
    } else if (answer.outcome == Outcome::got) {
      keep(want, answer);
    }
    stored_.erase(want);
    // Contents, and records that several models of one run may ask for; failures are asked again.
    if (answer.outcome == Outcome::got || answer.outcome == Outcome::absent) remember(key, answer);
    int requests = reply->requests;
    std::vector<Waiter> waiters = std::move(pending_[key]);
    pending_.erase(key);
    for (Waiter& w : waiters) {
      Answer copy = &w == &waiters.back() ? std::exchange(answer, {}) : answer;
      if (w.want.id != want.id || w.want.path != want.path) copy.where.clear();
      copy = complete(w.want, std::move(copy));
      ready_.push_back({w.ticket, std::move(w.want), std::move(copy), requests});
      requests = 0;  // asked once, for the first of them
    }
  }
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

std::vector<CacheEntry> list_cache(const std::string& folder) {
  std::vector<CacheEntry> out;
  std::error_code error;
  fs::recursive_directory_iterator files(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && files != fs::recursive_directory_iterator(); files.increment(error)) {
    struct stat info {};
    if (lstat(files->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    out.push_back({files->path().lexically_relative(folder).generic_string(),
                   static_cast<std::uint64_t>(info.st_size), static_cast<std::int64_t>(info.st_mtime)});
  }
  std::sort(out.begin(), out.end(), [](const CacheEntry& a, const CacheEntry& b) { return a.name < b.name; });
  return out;
}

std::string describe_cached(const std::string& folder, const CacheEntry& entry) {
  const std::string content = read_whole(folder + "/" + entry.name).value_or("");
  if (entry.name.starts_with("answers/")) {
    const auto json = text::parse_json(content);
    return json ? std::string((*json)["key"].string_or("")) : "unreadable";
  }
  if (entry.name.starts_with("blobs/")) {
    const std::string_view first = text::trim(std::string_view(content).substr(0, 200));
    return fmt::format("content {}", first.substr(0, std::min<std::size_t>(first.find('\n'), 60)));
  }
  return entry.name;
}

std::uint64_t prune_cache(const std::string& folder, std::uint64_t most_bytes) {
  std::vector<CacheEntry> entries = list_cache(folder);
  std::uint64_t total = 0;
  for (const CacheEntry& e : entries) total += e.bytes;
  std::sort(entries.begin(), entries.end(),
            [](const CacheEntry& a, const CacheEntry& b) { return a.used_s < b.used_s; });
  std::uint64_t removed = 0;
  for (const CacheEntry& e : entries) {
    // Files under way are left alone for an hour: their writer may be alive.
    const bool left_behind = e.name.starts_with("tmp/") && now_s() - e.used_s > 3600;
    const bool over = total - removed > most_bytes && !e.name.starts_with("tmp/");
    std::error_code error;
    if ((left_behind || over) && fs::remove(folder + "/" + e.name, error)) removed += e.bytes;
  }
  return removed;
}

}  // namespace howopen::fetch
