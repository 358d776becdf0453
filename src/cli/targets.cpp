// From words to models and the places that name them.
//
//   ./src              ->  what is named in its files, with file, line and column
//   models.txt, line 3 ->  that model, used at models.txt:3

#include "cli/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "cli/environment.h"
#include "cli/terminal.h"
#include "cli/tree.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kListBytes = 64u << 20;
constexpr std::size_t kShownLine = 160;

bool path_like(const std::string& word) {
  return word.starts_with(".") || word.starts_with("/") || word.starts_with("~");
}

bool list_file(const std::string& path) {
  const std::string extension = text::lower(fs::path(path).extension().string());
  return extension == ".txt" || extension == ".list" || extension == ".lst" || extension == ".jsonl" ||
         extension == ".ndjson";
}

// Lines of files, for the places that are shown; each file is read once.
class Lines {
 public:
  std::string operator()(const std::string& path, int line) {
    const auto [entry, fresh] = files_.try_emplace(path);
    if (fresh) {
      std::error_code error;
      if (fs::is_regular_file(fs::symlink_status(path, error))) {
        if (auto content = read_file(path, limits::kRecord)) entry->second = std::move(*content);
      }
    }
    std::string_view rest = entry->second;
    for (int n = 1; n < line; ++n) {
      const std::size_t end = rest.find('\n');
      if (end == std::string_view::npos) return {};
      rest.remove_prefix(end + 1);
    }
    std::string_view out = text::trim(rest.substr(0, rest.find('\n')));
    if (out.size() > kShownLine) out = out.substr(0, kShownLine);
    return std::string(out);
  }

 private:
  std::map<std::string, std::string> files_;
};

class Finder {
 public:
  Finder(const Policy& policy, const Common& common) : policy_(policy), common_(common) {}

  Result<Targets> run(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      TRY([[maybe_unused]] const bool read, add(word));
    }
    Targets out;
    for (auto& [key, target] : found_) {
      auto& uses = target.uses;
      std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
        return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
      });
      uses.erase(std::unique(uses.begin(), uses.end(),
                             [](const Use& a, const Use& b) {
                               return a.file == b.file && a.line == b.line && a.column == b.column;
                             }),
                 uses.end());
      out.models.push_back(std::move(target));
    }
    out.unresolved = unresolved_;
    return out;
  }

 private:
  Result<bool> add(const std::string& word) {
    if (word == "-") return list(std::string(std::istreambuf_iterator<char>(std::cin), {}), "standard input");
    if (!path_like(word)) {
      if (std::error_code error;
          word.find('/') == std::string::npos && fs::is_regular_file(word, error) && list_file(word))
        return list_at(word);
      return name(word, "the command line", std::nullopt);
    }
    const std::string& path = word;  // the shell has expanded it
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status))
      return fail(Fault::usage, "no such file or folder", text::printable(path),
                  "names of models do not begin with . / or ~");
    if (!fs::is_directory(status) && list_file(path)) return list_at(path);
    return scan(path, fs::is_directory(status));
  }

  Result<bool> name(const std::string& word, const std::string& where, std::optional<Use> use) {
    auto parsed = parse_ref(word, hub_url(common_));
    if (!parsed) {
      Error e = parsed.error();
      if (use) e.where = where + (e.where.empty() ? "" : ": " + e.where);
      return tl::unexpected<Error>(std::move(e));
    }
    put(std::move(*parsed), std::move(use));
    return true;
  }

  void put(ModelRef model, std::optional<Use> use) {
    if (model.revision == "main") model.revision.clear();  // what is meant when none is named
    Target& target = found_[{model.id, model.revision}];
    if (target.model.id.empty()) target.model = std::move(model);
    if (use) target.uses.push_back(std::move(*use));
  }

  Result<bool> list_at(const std::string& path) {
    TRY(const std::string content, read_file(path, kListBytes));
    return list(content, path);
  }

  // One model a line, `#` begins a comment; a line of JSON holds id, revision and where scan saw it.
  Result<bool> list(const std::string& content, const std::string& file) {
    std::string_view rest = content;
    for (int n = 1; !rest.empty(); ++n) {
      const std::size_t end = rest.find('\n');
      const std::string_view whole = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      std::string_view line = text::trim(whole);
      if (line.empty() || line.front() == '#') continue;
      const std::string where = fmt::format("{}:{}", file, n);
      if (line.front() == '{') {
        TRY([[maybe_unused]] const bool read, record(line, where));
        continue;
      }
      if (const std::size_t comment = line.find(" #"); comment != std::string_view::npos)
        line = text::trim(line.substr(0, comment));
      const auto column = static_cast<int>(whole.find(line.front())) + 1;
      const bool shown = file != "standard input";
      TRY([[maybe_unused]] const bool read,
          name(std::string(line), where,
               shown ? std::optional<Use>(
                           Use{file, n, column, static_cast<int>(line.size()), std::string(line)})
                     : std::nullopt));
    }
    return true;
  }

  Result<bool> record(std::string_view line, const std::string& where) {
    const auto json = text::parse_json(line);
    const std::string_view id = json ? (*json)["id"].string_or("") : std::string_view();
    if (id.empty())
      return fail(Fault::usage, "a line of JSON without an id", where,
                  "lines of howopen scan -o jsonl, or one model a line");
    std::string word(id);
    if (const auto revision = (*json)["revision"].string_or(""); !revision.empty())
      word += "@" + std::string(revision);
    std::optional<Use> use;
    if (const auto file = (*json)["file"].string_or(""); !file.empty() && (*json)["line"].integer_or(0) > 0) {
      use = Use{std::string(file),
                static_cast<int>((*json)["line"].integer_or(1)),
                static_cast<int>((*json)["column"].integer_or(1)),
                static_cast<int>(id.size()),
                {}};
      use->text = lines_(use->file, use->line);
    }
    return name(word, where, std::move(use));
  }

  Result<bool> scan(const std::string& path, bool folder) {
    ScanOptions options;
    options.least = from_word<Confidence>(policy_.scan.min_confidence).value_or(Confidence::medium);
    options.include = policy_.scan.include;
    if (options.include == std::vector<std::string>{"**/*"}) options.include.clear();
    options.exclude = policy_.scan.exclude;
    options.ignore_models = policy_.scan.ignore_models;
    options.aliases.insert(policy_.scan.aliases.begin(), policy_.scan.aliases.end());
    // A single file is scanned as its folder's only one.
    const std::string root = folder ? path : fs::path(path).parent_path().string();
    if (!folder) options.include = {fs::path(path).filename().string()};
    TRY(const Scanned scanned, scan_tree(root.empty() ? "." : root, options));
    const std::string prefix = root.empty() || root == "." ? "" : root + (root.ends_with('/') ? "" : "/");
    for (const ModelReference& r : scanned.references) {
      Use use{prefix + r.file, std::max(1, r.line), std::max(1, r.column), static_cast<int>(r.id.size()), {}};
      if (use.file.starts_with("./")) use.file.erase(0, 2);
      use.text = r.line > 0 ? lines_(use.file, use.line) : r.form;
      if (use.text.empty()) use.text = r.form;
      const auto parsed = parse_ref(r.revision.empty() ? r.id : r.id + "@" + r.revision, hub_url(common_));
      if (parsed)
        put(*parsed, std::move(use));
      else
        ++unresolved_;
    }
    unresolved_ += static_cast<int>(scanned.unresolved.size());
    for (const SkippedFile& s : scanned.skipped) {
      if (common_.verbosity > 0)
        write_err(
            fmt::format("note: {} was not read: {}\n", text::printable(s.file), text::printable(s.why)));
    }
    return true;
  }

  const Policy& policy_;
  const Common& common_;
  Lines lines_;
  std::map<std::pair<std::string, std::string>, Target> found_;
  int unresolved_ = 0;
};

}  // namespace

Result<Targets> find_targets(const std::vector<std::string>& words, const Policy& policy,
                             const Common& common) {
  return Finder(policy, common).run(words);
}

}  // namespace howopen::cli
