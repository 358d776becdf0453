// Layout: refs/<rev> holds a commit; snapshots/<commit>/<path> is a link to blobs/<etag>;
// .no_exist/<commit>/<path> is an empty file; trees/<commit>.json, since 2026, lists all files of a commit.
// Names in there were once chosen by owners of repositories, and links may lead anywhere: nothing outside of
// the repository's folder is read.
//
//   {model, org/name}  ->
//   {"id":"org/name","sha":"…","howopen:partial":true,"siblings":[{"rfilename":"LICENSE"}]}

#include "fetch/hub_cache.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "fetch/http.h"
#include "fetch/hub.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;
using text::Json;

constexpr std::size_t kMostFiles = 50'000;

using text::is_commit;

// No `..`, nothing absolute: a path below a folder.
bool stays_below(std::string_view path) {
  const fs::path p(path);
  return !path.empty() && path.size() < 1024 && !p.is_absolute() &&
         path.find('\\') == std::string_view::npos &&
         std::none_of(p.begin(), p.end(), [](const fs::path& part) { return part == ".." || part == "."; });
}

std::string repository_folder(const std::string& cache, const std::string& id) {
  std::string name = "models--" + id;
  if (const auto slash = name.find('/'); slash != std::string::npos) name.replace(slash, 1, "--");
  return cache + "/" + name;
}

std::optional<std::string> content(const fs::path& path, std::size_t most) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > most || error) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string out(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return std::nullopt;
  return out;
}

// The commit a revision stands for here; "" for one that was never downloaded. Another revision is never
// taken in its place.
std::string commit_of(const std::string& repository, const std::string& revision) {
  const std::string name = revision.empty() ? "main" : revision;
  if (is_commit(name)) return name;
  if (!stays_below(name)) return {};
  const std::string commit = content(repository + "/refs/" + name, 64).value_or("");
  return is_commit(commit) ? commit : std::string();
}

// All files of a commit, with sizes and ids, where the cache lists them.
std::optional<Json> whole_listing(const std::string& repository, const std::string& commit) {
  const auto json =
      text::parse_json(content(repository + "/trees/" + commit + ".json", limits::kRecord).value_or(""));
  if (!json || (*json)["format_version"].integer_or(0) != 1 || !(*json)["files"].is_object())
    return std::nullopt;
  Json out = Json::array();
  for (const auto& [path, file] : (*json)["files"].members()) {
    Json one;
    one.set("rfilename", Json(path));
    one.set("size", file["size"]);
    one.set("blobId", file["blob_id"]);
    if (file.has("lfs_sha256")) {
      Json& lfs = one.set("lfs", Json::object());
      lfs.set("sha256", file["lfs_sha256"]);
      lfs.set("size", file.has("lfs_size") ? file["lfs_size"] : file["size"]);
    }
    out.push(std::move(one));
  }
  return out;
}

// The files that are there.
Json partial_listing(const std::string& snapshot) {
  std::vector<std::tuple<std::string, std::int64_t, std::string>> files;
  std::error_code error;
  fs::recursive_directory_iterator it(snapshot, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator() && files.size() < kMostFiles;
       it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored)) continue;  // of what a link leads to
    const auto size = it->file_size(ignored);
    // Blobs are called by what the Hub said of them: the sha256 of a file in LFS, else git's id.
    std::string blob = fs::read_symlink(it->path(), ignored).filename().generic_string();
    files.emplace_back(it->path().lexically_relative(snapshot).generic_string(),
                       static_cast<std::int64_t>(size), std::move(blob));
  }
  std::sort(files.begin(), files.end());
  Json out = Json::array();
  for (const auto& [path, size, blob] : files) {
    Json one;
    one.set("rfilename", Json(path));
    one.set("size", Json(size));
    const bool lfs = blob.size() == 64;
    if (blob.size() == 40) one.set("blobId", Json(blob));
    // Where no link tells: a file of this size can only have been in LFS.
    if (lfs || size > 10'000'000) {
      Json& told = one.set("lfs", Json::object());
      if (lfs) told.set("sha256", Json(blob));
      told.set("size", Json(size));
    }
    out.push(std::move(one));
  }
  return out;
}

Answer not_here(const Want& want, const char* message) {
  Answer a;
  a.outcome = Outcome::skipped;
  a.trouble = Trouble::network;
  a.offline = true;
  a.message = message;
  a.id = want.id;
  return a;
}

Answer got(const Want& want, std::string where, std::string body) {
  Answer a;
  a.outcome = Outcome::got;
  a.id = want.id;
  a.where = std::move(where);
  a.body = std::move(body);
  return a;
}

Answer record_of(const Want& want, const std::string& repository) {
  const std::string commit = commit_of(repository, want.revision);
  const std::string snapshot = repository + "/snapshots/" + commit;
  std::error_code error;
  auto listing = commit.empty() ? std::nullopt : whole_listing(repository, commit);
  if (commit.empty() || (!listing && !fs::is_directory(snapshot, error)))
    return not_here(want, "offline, and not in the cache of huggingface_hub");
  Json record;
  record.set("id", Json(want.id));
  record.set("sha", Json(commit));
  record.set(kPartialListing, Json(!listing));
  record.set("siblings", listing ? std::move(*listing) : partial_listing(snapshot));
  return got(want, snapshot, text::write_json(record, false));
}

Answer file_of(const Want& want, const std::string& repository) {
  const std::string commit = commit_of(repository, want.revision);
  if (commit.empty() || !stays_below(want.path)) return not_here(want, "not in the cache of huggingface_hub");
  const std::string path = repository + "/snapshots/" + commit + "/" + want.path;
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (!error) {
    // Links lead into blobs/, and copies stay in the snapshot; whatever leaves the folder is none of ours.
    const fs::path relative = real.lexically_relative(fs::canonical(repository, error));
    const bool inside = !error && !relative.empty() && *relative.begin() != "..";
    if (auto body = inside ? content(real, hub_request(want, "").most) : std::nullopt)
      return got(want, path, std::move(*body));
    return not_here(want, "in the cache of huggingface_hub, but not to be read");
  }
  if (fs::exists(repository + "/.no_exist/" + commit + "/" + want.path, error)) {
    Answer a = not_here(want, "the cache of huggingface_hub notes that there is no such file");
    a.outcome = Outcome::absent;
    a.trouble = Trouble::not_found;
    return a;
  }
  return not_here(want, "not in the cache of huggingface_hub");
}

}  // namespace

std::string cached_id(std::string_view folder) {
  constexpr std::string_view kModels = "models--";
  if (!folder.starts_with(kModels)) return {};
  std::string id(folder.substr(kModels.size()));
  if (const std::size_t dashes = id.find("--"); dashes != std::string::npos) id.replace(dashes, 2, "/");
  return id;
}

std::vector<std::string> cached_models(const std::string& folder) {
  constexpr std::size_t kMost = 10'000;
  std::vector<std::string> out;
  std::error_code error;
  if (folder.empty()) return out;
  for (fs::directory_iterator it(folder, error);
       !error && it != fs::directory_iterator() && out.size() < kMost; it.increment(error)) {
    std::string id = cached_id(it->path().filename().generic_string());
    if (stays_below(id)) out.push_back(std::move(id));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Answer HubCache::answer(const Want& want) const {
  if (folder_.empty() || want.id.find("..") != std::string::npos) return not_here(want, "offline");
  const std::string repository = repository_folder(folder_, want.id);
  if (want.topic == Topic::model) return record_of(want, repository);
  if (want.topic == Topic::file) return file_of(want, repository);
  return not_here(want, "offline");
}

void HubCache::ask(std::size_t ticket, Want want, std::string) {
  Answer a = answer(want);
  ready_.push_back({ticket, std::move(want), std::move(a), 0});
}

std::optional<Reply> HubCache::next() {
  if (ready_.empty()) return std::nullopt;
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

}  // namespace howopen::fetch
