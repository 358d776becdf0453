// The walk. Folders are held open while their content is read, and names are looked up in them, so that
// nothing can be exchanged for a link meanwhile.
//
//   a/app.py, a/.gitignore ("out/"), a/out/x.py, a/l -> /etc  ->  a/app.py is read; out is skipped, l is not
//   followed

#include "files/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "facts/names.h"
#include "files/git_index.h"
#include "files/handle.h"
#include "files/ignore.h"
#include "files/run_files.h"
#include "files/scan_queue.h"
#include "files/thread_pool.h"
#include "files/unread.h"
#include "scan/kinds.h"
#include "text/glob.h"
#include "text/utf8.h"

namespace howopen::files {
namespace {

constexpr std::size_t kMostNames = 1'000'000;  // in one folder
constexpr std::size_t kMostSkipped = 10'000;
constexpr std::size_t kMostFinds = 1'000'000;
constexpr std::size_t kMostOfFile = 10'000;  // finds, as scan_file has it
constexpr std::size_t kIgnoreFile = 256u << 10;

class Walk {
 public:
  Walk(Handle root, const ScanOptions& options, std::optional<std::vector<std::string>> tracked, int threads)
      : root_(std::move(root)),
        options_(options),
        honored_(tracked || options.trust_gitignore),
        tracked_(tracked ? std::move(*tracked) : std::vector<std::string>()),
        queue_(threads, [this](Scanned one) { take(std::move(one)); }) {}

  Scanned run() {
    folder(root_.get(), "", 0, false);
    queue_.finish();
    for (const std::string& path : missing_submodules(root_))
      if (!excluded(path)) skip(path, "a submodule that is not checked out");
    if (std::string told = kinds_.told(); !told.empty()) skip("", std::move(told), Skip::chosen);
    // Their results go the way of all others, before names of files are joined.
    for (Scanned& one : scan_run_files(root_, out_, [this](const std::string& path) {
           return !own(path) && included(path) && !excluded(path) && !left_out(path);
         }))
      take(std::move(one));
    for (const auto join : {join_imports, join_charts}) {
      Scanned joined;
      joined.references = join(out_);
      take(std::move(joined));
    }
    prefer_folders(root_, out_);
    put_in_order(out_);
    return std::move(out_);
  }

  Scanned one(const std::string& path) {
    const ReadLimit limit = read_limit(path);
    if (limit.bytes == 0 || own(path) || !included(path) || excluded(path)) return {};
    file(root_.get(), path.c_str(), path, limit);
    queue_.finish();
    prefer_folders(root_, out_);
    put_in_order(out_);
    return std::move(out_);
  }

 private:
  void skip(std::string_view path, std::string why, Skip kind = Skip::unseen) {
    Scanned one;
    one.skipped.push_back({std::string(path), std::move(why), kind});
    queue_.put(std::move(one));
  }

  void list(SkippedFile one) {
    // What is left out on purpose must not crowd out what nobody has seen.
    std::size_t& listed = one.kind == Skip::unseen ? unseen_ : chosen_;
    if (listed < kMostSkipped)
      out_.skipped.push_back(std::move(one));
    else if (listed == kMostSkipped)
      out_.skipped.push_back({"", "more was skipped than is listed", one.kind});
    ++listed;
  }

  bool enough() {
    // Near a limit one file after another, so that it is met at the same one whatever the threads do.
    if (out_.files + queue_.waiting() >= options_.most_files ||
        out_.references.size() + out_.unresolved.size() + queue_.waiting() * kMostOfFile >= kMostFinds)
      queue_.finish();
    const bool files = out_.files >= options_.most_files;
    const bool bytes = bytes_ >= options_.most_bytes;
    const bool finds = out_.references.size() + out_.unresolved.size() >= kMostFinds;
    if (!files && !bytes && !finds) return false;
    if (!told_)
      skip("", files   ? "more files than are read"
               : bytes ? "more bytes than are read"
                       : "more finds than are kept");
    told_ = true;
    return true;
  }

  std::vector<std::string> names(int fd, const std::string& path) {
    std::vector<std::string> out;
    const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    DIR* dir = copy < 0 ? nullptr : fdopendir(copy);
    if (dir == nullptr) {
      if (copy >= 0) close(copy);
      skip(path, "cannot be read");
      return out;
    }
    rewinddir(dir);
    while (const dirent* entry = readdir(dir)) {
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (out.size() >= kMostNames) {
        skip(path, "more names in one folder than are read");
        break;
      }
      out.emplace_back(name);
    }
    closedir(dir);
    std::sort(out.begin(), out.end());
    return out;
  }

  std::optional<std::string> read(int at, const char* name, std::size_t limit, bool head,
                                  std::uint64_t& size) {
    auto out = read_regular(at, name, limit, head, size);
    bytes_ += out ? out->size() : 0;
    return out;
  }

  // `hidden`: .gitignore names the folder, so that only what is tracked in it counts.
  void folder(int fd, const std::string& path, int depth, bool hidden) {
    const std::vector<std::string> all = names(fd, path);
    const std::size_t lines = ignore_.size();
    if (honored_ && std::binary_search(all.begin(), all.end(), ".gitignore")) {
      std::uint64_t size = 0;
      const auto content = read(fd, ".gitignore", kIgnoreFile, false, size);
      if (content) ignore_.enter(path, *content);
      if (size > kIgnoreFile || ignore_.full())
        skip(path.empty() ? ".gitignore" : path + "/.gitignore", "too long: not all of it is honored");
    }
    // Stores name their blobs by digests.
    const auto has = [&](const char* name) { return std::binary_search(all.begin(), all.end(), name); };
    if (options_.weights && has("blobs") && (has("manifests") || has("index.json"))) {
      for (const char* inside : {"blobs/", "manifests/"})
        out_.weights.push_back(path.empty() ? inside : path + "/" + inside);
    }
    for (const std::string& name : all) {
      if (enough()) break;
      beside_ = &all;
      entry(fd, path, name, depth, hidden);
    }
    ignore_.leave(lines);
  }

  // A file, or a folder with a file in it, that git tracks whatever .gitignore says.
  bool tracked(const std::string& path, bool folder) const {
    const std::string first = folder ? path + "/" : path;
    const auto at = std::lower_bound(tracked_.begin(), tracked_.end(), first);
    return at != tracked_.end() && (folder ? at->starts_with(first) : *at == first);
  }

  void entry(int fd, const std::string& path, const std::string& name, int depth, bool hidden) {
    struct stat s = {};
    if (fstatat(fd, name.c_str(), &s, AT_SYMLINK_NOFOLLOW) != 0) return;
    const std::string whole = path.empty() ? name : path + "/" + name;
    if (S_ISDIR(s.st_mode)) {
      if (passed_over(name)) {
        // What somebody committed in it is the project's own all the same.
        if (name == ".git" || !tracked(whole, true)) {
          if (name != ".git") skip(whole, "a folder of packages or of a tool", Skip::chosen);
          return;
        }
        hidden = true;
      }
      hidden = hidden || ignore_.ignores(whole, true);
      if (excluded(whole)) return skip(whole, "excluded", Skip::chosen);
      if (hidden && !tracked(whole, true)) return skip(whole, ".gitignore", Skip::chosen);
      if (depth + 1 > options_.most_depth) return skip(whole, "deeper than folders are read");
      const Handle inside = open_folder(fd, name.c_str());
      if (!inside.good()) return skip(whole, "cannot be read");
      if (const std::string id = cached_model(name); !id.empty()) {
        cached(inside.get(), whole, id);
        // A cache holds no more than that; what else is there is read.
        const std::vector<std::string> others = names(inside.get(), whole);
        for (const std::string& other : others) {
          beside_ = &others;
          if (other != "refs" && other != "snapshots" && other != "blobs" && other != ".no_exist")
            entry(inside.get(), whole, other, depth + 1, hidden);
        }
        return;
      }
      return folder(inside.get(), whole, depth + 1, hidden);
    }
    if (S_ISLNK(s.st_mode)) return link(fd, name, whole);
    if (!S_ISREG(s.st_mode)) return skip(whole, "no file: a pipe, device or socket", Skip::chosen);
    const ReadLimit limit = read_limit(whole);
    const bool weights =
        options_.weights && (facts::weight_file(whole).has_value() || facts::archive_file(whole));
    if (own(whole)) return;
    if (!included(whole))
      return limit.bytes > 0 ? skip(whole, "not in [scan] include", Skip::chosen) : void();
    if (excluded(whole)) return skip(whole, "excluded", Skip::chosen);
    if ((hidden || ignore_.ignores(whole, false)) && !tracked(whole, false))
      return skip(whole, ".gitignore", Skip::chosen);
    if (weights) out_.weights.push_back(whole);
    if (limit.bytes == 0) return unread(fd, name, whole, weights);
    file(fd, name.c_str(), whole, limit);
  }

  // A kind of file that nobody reads here: told when it may hold a model all the same.
  void unread(int at, const std::string& name, const std::string& whole, bool weights) {
    if (scan::is_archive(whole))
      return skip(whole, facts::archive_file(whole) && weights
                             ? "an archive: looked through for weights alone"
                             : "packed: an archive or a file in one is not looked into");
    if (is_lone_bytecode(name, *beside_)) skip(whole, "compiled: its source is not beside it");
    std::uint64_t size = 0;
    const auto head = read(at, name.c_str(), kWeightsHead, true, size);
    const std::string_view why = head ? weights_by_content(whole, *head) : std::string_view();
    // A gate judges a folder with a configuration as a model, and says so elsewhere.
    const bool said = why.empty() || (why == kOtherName && weights) ||
                      (why == kUnnamedWeights && !options_.weights && is_beside_config(*beside_));
    if (!said) skip(whole, std::string(why));
    if (weights) return;
    if (head && !head->empty()) kinds_.count(whole);
  }

  // Never followed. What it leads to within the tree is read there.
  void link(int fd, const std::string& name, const std::string& whole) {
    std::array<char, 4096> buffer{};
    const ssize_t n = readlinkat(fd, name.c_str(), buffer.data(), buffer.size());
    const std::string_view target(buffer.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
    const bool inside = target.size() < buffer.size() && leads_inside(whole, target);
    if (inside) {
      // It is read under its own name, or under this one where that tells nobody how to read it.
      if (reads_elsewhere(whole, target)) return;
      return skip(whole, "a link: not followed", Skip::chosen);
    }
    if (excluded(whole)) return skip(whole, "excluded", Skip::chosen);
    skip(whole, "a link that leads out of the tree");
  }

  // Within a folder that is passed over, or ignored, and not tracked.
  bool left_out(const std::string& path) {
    if (tracked(path, false)) return false;
    for (std::size_t from = 0; from < path.size();) {
      const std::size_t end = std::min(path.find('/', from), path.size());
      if (passed_over(path.substr(from, end - from))) return true;
      from = end + 1;
    }
    return honored_ && ignore_.ignores(path, false);
  }

  // `l.py -> data.bin`: read as l.py. True when it was.
  bool reads_elsewhere(const std::string& whole, std::string_view target) {
    const ReadLimit limit = read_limit(whole);
    if (limit.bytes == 0 || own(whole) || !included(whole) || excluded(whole)) return false;
    const std::string path =
        (std::filesystem::path(whole).parent_path() / target).lexically_normal().generic_string();
    if (read_limit(path).bytes > 0 && !excluded(path) && !left_out(path)) return false;
    std::string name;
    const Handle at = open_parent(root_, path, name);
    struct stat s = {};
    if (!at.good() || fstatat(at.get(), name.c_str(), &s, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(s.st_mode))
      return false;
    file(at.get(), name.c_str(), whole, limit);
    return true;
  }

  void file(int at, const char* name, const std::string& path, const ReadLimit& limit) {
    std::uint64_t size = 0;
    auto content = read(at, name, limit.bytes, limit.head, size);
    if (!content) return skip(path, "cannot be read");
    if (size > limit.bytes && !limit.head)
      return skip(path, fmt::format("larger than {} MiB", limit.bytes >> 20));
    queue_.scan(path, std::move(*content));
  }

  // A cache folder of the Hub's own tools: refs/<name> holds a commit, snapshots/<commit> the files.
  void cached(int fd, const std::string& path, const std::string& id) {
    std::set<std::string> commits;
    if (const Handle refs = open_folder(fd, "refs"); refs.good()) {
      for (const std::string& name : names(refs.get(), path + "/refs")) {
        std::uint64_t size = 0;
        const auto content = read(refs.get(), name.c_str(), 256, false, size);
        if (content && text::is_commit(text::trim(*content)))
          commits.insert(std::string(text::trim(*content)));
      }
    }
    if (const Handle snapshots = open_folder(fd, "snapshots"); snapshots.good()) {
      for (const std::string& name : names(snapshots.get(), path + "/snapshots")) {
        if (text::is_commit(name)) commits.insert(name);
      }
    }
    Scanned one;
    one.files = 0;
    if (commits.empty()) commits.insert("");
    for (const std::string& commit : commits)
      one.references.push_back({id, commit, path, 0, 0, "cache folder", Confidence::high});
    queue_.put(std::move(one));
  }

  bool own(const std::string& path) const {
    return std::find(options_.own.begin(), options_.own.end(), path) != options_.own.end();
  }
  bool included(const std::string& path) const {
    return options_.include.empty() || any(options_.include, options_.base + path);
  }
  bool excluded(const std::string& path) const { return any(options_.exclude, options_.base + path); }
  static bool any(const std::vector<std::string>& globs, std::string_view path) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& g) { return text::path_glob(g, path); });
  }

  void take(Scanned one) {
    out_.files += one.files;
    for (Unresolved& u : one.unresolved) {
      const auto alias = options_.aliases.find(u.text);
      if (alias == options_.aliases.end())
        out_.unresolved.push_back(std::move(u));
      else
        one.references.push_back({alias->second, "", u.file, u.line, u.column, u.form, Confidence::high});
    }
    for (ModelReference& r : one.references) {
      if (const auto alias = options_.aliases.find(r.id); alias != options_.aliases.end()) {
        list({r.file, "a model taken for another one by [scan.aliases]", Skip::chosen});
        r.id = alias->second;
      }
      const bool ignored = std::any_of(options_.ignore_models.begin(), options_.ignore_models.end(),
                                       [&](const std::string& g) { return text::glob(g, r.id); });
      if (ignored) list({r.file, "a model that [scan] ignore-models names", Skip::chosen});
      if (r.confidence >= options_.least && !ignored) out_.references.push_back(std::move(r));
    }
    out_.constants.insert(out_.constants.end(), one.constants.begin(), one.constants.end());
    out_.imports.insert(out_.imports.end(), one.imports.begin(), one.imports.end());
    out_.values.insert(out_.values.end(), one.values.begin(), one.values.end());
    out_.runs.insert(out_.runs.end(), one.runs.begin(), one.runs.end());
    for (SkippedFile& s : one.skipped) list(std::move(s));
  }

  Handle root_;
  const ScanOptions& options_;
  bool honored_;                      // .gitignore
  std::vector<std::string> tracked_;  // sorted
  Scanned out_;
  Ignore ignore_;
  UnreadKinds kinds_;
  const std::vector<std::string>* beside_ = nullptr;  // names of the folder that is read
  std::uint64_t bytes_ = 0;
  std::size_t unseen_ = 0;  // skipped, also what is not listed any more
  std::size_t chosen_ = 0;
  bool told_ = false;
  ScanQueue queue_;  // last: what its threads have done goes into what stands above
};

}  // namespace

Result<Scanned> scan_tree(const std::string& dir, const ScanOptions& options) {
  // The folder named by the user may be a link.
  Handle root = open_folder(AT_FDCWD, dir.empty() ? "." : dir.c_str(), true);
  if (!root.good())
    return fail(
        Fault::usage,
        errno == ENOTDIR ? "not a folder" : fmt::format("folder cannot be read ({})", std::strerror(errno)),
        text::printable(dir));
  const int threads = options.threads < 0 ? processors() - 1 : options.threads;
  return Walk(std::move(root), options, tracked_files(dir), threads).run();
}

Scanned scan_one(const std::string& path, const ScanOptions& options) {
  return Walk(open_folder(AT_FDCWD, ".", true), options, std::nullopt, 0).one(path);
}

}  // namespace howopen::files
