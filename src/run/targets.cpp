// From words to models and the places that name them.
//
//   ./src              ->  what is named in its files, with file, line and column
//   models.txt, line 3 ->  that model, used at models.txt:3

#include "run/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "files/digests.h"
#include "files/file_io.h"
#include "files/local.h"
#include "files/local_find.h"
#include "files/places.h"
#include "files/streams.h"
#include "files/tree.h"
#include "run/hub_options.h"
#include "run/named_thing.h"
#include "run/policy_file.h"
#include "run/ref.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kListBytes = 64u << 20;

class Finder {
 public:
  Finder(const Policy& policy, const Common& common, const Catalog& catalog)
      : policy_(policy), common_(common), catalog_(catalog) {
    options_.least = from_word<Confidence>(policy_.scan.min_confidence).value_or(Confidence::medium);
    options_.include = policy_.scan.include;
    if (options_.include == std::vector<std::string>{"**/*"}) options_.include.clear();
    options_.exclude = policy_.scan.exclude;
    options_.ignore_models = policy_.scan.ignore_models;
    options_.aliases.insert(policy_.scan.aliases.begin(), policy_.scan.aliases.end());
    const std::string folder = project_folder(policy_);
    own_ = {folder + "/" + policy_.lock_file.value};
    if (!policy_.file.empty()) own_.push_back(policy_.file);
    for (const char* name : {"howopen.toml", ".howopen.toml", ".config/howopen.toml"})
      own_.push_back(folder + "/" + name);
    own_.insert(own_.end(), policy_.from.begin(), policy_.from.end());
    for (const Output& o : common_.outputs) own_.push_back(o.file);
    own_.push_back(common_.baseline);
    options_.trust_gitignore = policy_.scan.respect_gitignore;
    std::erase(own_, "");
    for (std::string& path : own_) path = files::from_here(path);
  }

  Result<Targets> run(const TargetRequest& sought) {
    std::vector<Error> errors;
    for (const std::string& word : sought.words) {
      // Behind a wrong word the others are only looked at for being wrong, too.
      auto read = sought.files     ? path(word, true)
                  : errors.empty() ? add(word)
                  : is_store(word) ? Result<bool>(true)
                                   : said(word);
      if (!read) errors.push_back(std::move(read.error()));
    }
    for (std::size_t i = 0; i + 1 < errors.size(); ++i) files::write_err(files::worded(errors[i]));
    if (!errors.empty()) return tl::unexpected<Error>(std::move(errors.back()));
    for (const std::string& artifact : sought.artifacts) {
      TRY([[maybe_unused]] const bool read, stored(fetch::artifact_word(artifact), artifact));
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
    out.gaps = std::move(gaps_);
    out.own = own_documents_;
    out.left_out = std::move(left_out_);
    out.folders = whole_;
    return out;
  }

 private:
  Result<bool> add(const std::string& word) {
    if (word == "-") return list(std::string(std::istreambuf_iterator<char>(std::cin), {}), "standard input");
    if (files::names_store(word)) return stored(word, word);
    TRY(const NamedThing meant, named_thing(word, hub_url(common_), catalog_));
    if (meant == NamedThing::list) return list_at(word);
    if (meant == NamedThing::path) return path(word, false);
    return name(word, "the command line", std::nullopt);
  }

  static bool is_store(const std::string& word) { return word == "-" || files::names_store(word); }

  // Whether a word can be taken for something.
  Result<bool> said(const std::string& word) const {
    TRY(const NamedThing meant, named_thing(word, hub_url(common_), catalog_));
    if (meant == NamedThing::model) {
      if (auto parsed = parse_ref(word, hub_url(common_)); !parsed)
        return tl::unexpected<Error>(std::move(parsed.error()));
    }
    return true;
  }

  // Models of a store, a folder, an archive.
  Result<bool> stored(const std::string& word, const std::string& where) {
    TRY(const files::LocalContent content, files::local_content(word, true));
    for (const std::string& model : content.words) put_local(model, {where, 1, 1, 0, ""});
    if (!content.whole)
      gap({"scan.skipped", "not all of it could be looked through", "", {where, 0, 0, 0, ""}});
    return true;
  }

  // Weights that the walk came across: each folder or file that is a model is judged for itself.
  void weights_of(const std::string& root, const Scanned& scanned) {
    std::string missed;
    for (const std::string& word : files::find_local(root, files::only(scanned.weights), missed)) {
      // tar:./x.tar#inner stands in x.tar.
      const std::size_t begin =
          word.starts_with("tar:") || word.starts_with("oci-archive:") ? word.find(':') + 1 : 0;
      const std::size_t end = begin > 0 ? std::min(word.find('#'), word.size()) : word.size();
      const std::string place = fs::path(word.substr(begin, end - begin)).lexically_normal().generic_string();
      put_local(word, {place, 1, 1, 0, ""});
      local_.push_back(place);
    }
    if (!missed.empty())
      gap({"scan.skipped",
           "a folder or an archive could not be looked through to its end for weights",
           "",
           {fs::path(missed).lexically_normal().generic_string(), 0, 0, 0, ""}});
  }

  void put_local(const std::string& word, Use use) {
    auto [at, fresh] = ids_of_local_.try_emplace(word);
    ModelRef model = files::local_ref(word);
    if (fresh) {
      files::make_unique(model, taken_);
      at->second = model.id;
    }
    model.id = at->second;
    put(std::move(model), std::move(use));
  }

  // Judged as a model: that its head names no repository is no gap.
  bool judged_here(const std::string& file) const {
    return std::any_of(local_.begin(), local_.end(), [&](const std::string& place) {
      return file == place || place == "." || file.starts_with(place + "/");
    });
  }

  // The shell has expanded it.
  Result<bool> path(const std::string& path, bool source) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status))
      return fail(Fault::usage, "no such file or folder", text::printable(path),
                  source ? "with --files all targets are paths"
                  : looks_like_path(path)
                      ? "names of models do not begin with . / or ~"
                      : "names of models do not end with a slash: leave it out for the model");
    // A hook passes whatever was committed: a link is no file of the repository, wherever it leads.
    if (source && fs::is_symlink(fs::symlink_status(path, error))) return true;
    if (fs::is_directory(status)) return tree(path);
    if (!source && is_list_file(path)) return list_at(path);
    if (files::lone_weights(path, static_cast<std::int64_t>(fs::file_size(path, error)))) {
      put_local(files::names_local(path) ? path : "./" + path, {files::from_here(path), 1, 1, 0, ""});
      return true;
    }
    files::ScanOptions options = options_;
    options.base = files::below(project_folder(policy_), ".").value_or("");
    options.own = own_;
    take(files::scan_one(files::from_here(path), options), "");
    return true;
  }

  Result<bool> name(const std::string& word, const std::string& where, std::optional<Use> use) {
    auto parsed = parse_ref(word, hub_url(common_));
    if (!parsed) {
      Error e = parsed.error();
      if (use || where != "the command line") e.where = where + (e.where.empty() ? "" : ": " + e.where);
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
    TRY(const std::string content, files::read_file(path, kListBytes));
    return list(content, files::from_here(path));
  }

  // One model a line, `#` begins a comment; a line of JSON holds id, revision and where scan saw it.
  Result<bool> list(const std::string& content, const std::string& file) {
    if (content.starts_with('{')) {
      const auto whole = text::parse_json(content);
      if (whole && (*whole)["references"].is_array()) return document(*whole, file);
    }
    std::string_view rest = content;
    for (int n = 1; !rest.empty(); ++n) {
      const std::size_t end = rest.find('\n');
      std::string_view whole = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      if (n == 1 && whole.starts_with("\xEF\xBB\xBF")) whole.remove_prefix(3);
      std::string_view line = text::trim(whole);
      if (line.empty() || line.front() == '#') continue;
      const std::string where = fmt::format("{}:{}", file, n);
      if (line.front() == '{') {
        const auto json = text::parse_json(line);
        TRY([[maybe_unused]] const bool read, record(json ? *json : text::Json(), where));
        continue;
      }
      if (const std::size_t comment = line.find(" #"); comment != std::string_view::npos)
        line = text::trim(line.substr(0, comment));
      const auto column = static_cast<int>(whole.find(line.front())) + 1;  // blanks only before it
      const std::string model(line);
      std::optional<Use> use;
      if (file != "standard input") {
        use = Use{file, n, column, files::characters(line), files::shown_line(line)};
        // Weights that were never published are asked for by nobody who lists the name.
        use->served = catalog_.release(model) != nullptr;
      }
      TRY([[maybe_unused]] const bool read, name(model, where, std::move(use)));
    }
    return true;
  }

  // What scan -o json wrote.
  Result<bool> document(const text::Json& json, const std::string& where) {
    for (const text::Json& r : json["references"].items()) {
      TRY([[maybe_unused]] const bool read, record(r, where));
    }
    for (const text::Json& u : json["unresolved"].items()) open_record(u);
    for (const text::Json& s : json["skipped"].items()) skipped_record(s);
    if (json["summary"]["files"].integer_or(1) == 0) gap({"scan.empty", where, "", {where, 0, 0, 0, ""}});
    return true;
  }

  void gap(Gap g) { gaps_.push_back(std::move(g)); }

  std::optional<Use> use_of(const text::Json& json, std::string_view id) {
    const std::string_view file = json["file"].string_or("");
    const auto line = static_cast<int>(std::clamp<std::int64_t>(json["line"].integer_or(0), 0, 1 << 30));
    if (file.empty()) return std::nullopt;
    if (line == 0) return Use{std::string(file), 0, 0, 0, ""};
    const auto column = static_cast<int>(std::clamp<std::int64_t>(json["column"].integer_or(1), 1, 1 << 30));
    return used(std::string(file), line, column, id, "");
  }

  void open_record(const text::Json& json) {
    const std::string_view text = json["text"].string_or("");
    gap({"scan.unresolved", std::string(json["why"].string_or("")), std::string(text),
         use_of(json, text).value_or(Use{})});
  }
  void left_out(Skip kind, std::string_view why) {
    if (kind == Skip::chosen && why != "a link: not followed") ++left_out_[std::string(why)];
  }
  void skipped_record(const text::Json& json) {
    // Lists of an older howopen do not say why.
    const Skip kind = from_word<Skip>(json["kind"].string_or("unseen")).value_or(Skip::unseen);
    own_documents_ += kind == Skip::own ? 1 : 0;
    left_out(kind, json["why"].string_or(""));
    if (kind == Skip::unseen)
      gap({"scan.skipped", std::string(json["why"].string_or("")), "", use_of(json, "").value_or(Use{})});
  }

  Result<bool> record(const text::Json& json, const std::string& where) {
    const std::string_view type = json["type"].string_or("");
    if (type == "unresolved") open_record(json);
    if (type == "skipped") skipped_record(json);
    if (type == "unresolved" || type == "skipped" || type == "summary") return true;
    const std::string_view id = json["id"].string_or("");
    if (id.empty())
      return fail(Fault::usage, "a line of JSON without an id", where,
                  "lines of howopen scan -o jsonl, or one model a line");
    std::string word(id);
    if (const auto revision = json["revision"].string_or(""); !revision.empty())
      word += "@" + std::string(revision);
    std::optional<Use> use = use_of(json, id);
    if (use && use->line == 0) use.reset();
    if (use) use->role = json["role"].string_or("");
    if (json["registry"].string_or("") == howopen::word(Registry::api)) {
      served(std::string(id), use.value_or(Use{}));
      return true;
    }
    return name(word, where, std::move(use));
  }

  // A list may come from anywhere: no line of a file elsewhere is shown for it.
  Use used(std::string file, int line, int column, std::string_view id, const std::string& form) {
    const std::string normal = fs::path(file).lexically_normal().generic_string();
    const bool here = !normal.starts_with("/") && !normal.starts_with("../");
    const std::string_view whole = here ? lines_(file, line) : std::string_view();
    Use out{std::move(file), std::max(1, line), std::max(1, column), files::characters(id), {}};
    if (!whole.empty()) out.column = files::utf16_column(whole, out.column);
    out.text = whole.empty() ? form : files::shown_line(whole);
    return out;
  }

  Result<bool> tree(const std::string& path) {
    const std::string root = files::from_here(path);
    files::ScanOptions options = options_;
    options.base = files::below(project_folder(policy_), root).value_or("");
    const std::string prefix = root == "." ? "" : root + "/";
    options.own.clear();
    for (const std::string& file : own_) {
      if (file.starts_with(prefix)) options.own.push_back(file.substr(prefix.size()));
    }
    // The project is in this folder.
    whole_ = whole_ || files::below(root, project_folder(policy_)).has_value();
    options.weights = true;
    TRY(const Scanned scanned, files::scan_tree(root, options));
    weights_of(root, scanned);
    take(scanned, prefix);
    if (scanned.files == 0) gap({"scan.empty", root, "", {root, 0, 0, 0, ""}});
    return true;
  }

  // What a vendor serves is no name of the Hub, whatever stands there under it.
  void served(const std::string& id, Use use) {
    use.served = true;
    if (catalog_.release(id) != nullptr)
      put({id, id, ""}, std::move(use));
    else
      gap({"scan.unresolved", "a model of an API that the catalog does not know", id, std::move(use)});
  }

  void take(const Scanned& scanned, const std::string& prefix) {
    for (const ModelReference& r : scanned.references) {
      Use use = used(prefix + r.file, r.line, r.column, r.id, r.form);
      use.role = word(r.role);
      if (r.registry == Registry::api) {
        served(r.id, std::move(use));
        continue;
      }
      const auto parsed = parse_ref(r.revision.empty() ? r.id : r.id + "@" + r.revision, hub_url(common_));
      if (parsed)
        put(*parsed, std::move(use));
      else
        gap({"scan.unresolved", "not a name of the Hub", r.id, std::move(use)});
    }
    for (const Unresolved& u : scanned.unresolved) {
      if (u.line == 0 && judged_here(prefix + u.file)) continue;
      gap({"scan.unresolved", u.why, u.text, used(prefix + u.file, u.line, u.column, u.text, u.form)});
    }
    for (const SkippedFile& s : scanned.skipped) {
      own_documents_ += s.kind == Skip::own ? 1 : 0;
      left_out(s.kind, s.why);
      if (s.kind == Skip::unseen && !(s.why == files::kUnnamedWeights && judged_here(prefix + s.file)))
        gap({"scan.skipped", s.why, "", {s.file.empty() ? prefix : prefix + s.file, 0, 0, 0, ""}});
      else if (common_.verbosity > 0)
        files::write_err(fmt::format("note: {} was not read: {}\n",
                                     s.file.empty() ? "a part of the tree" : text::printable(prefix + s.file),
                                     text::printable(s.why)));
    }
  }

  const Policy& policy_;
  const Common& common_;
  const Catalog& catalog_;
  files::ScanOptions options_;
  std::vector<std::string> own_;  // from the working directory
  files::LinesOfFiles lines_;
  std::map<std::pair<std::string, std::string>, Target> found_;
  std::vector<std::string> local_;                   // places of models in the trees
  std::map<std::string, std::string> ids_of_local_;  // by the word
  std::set<std::string> taken_;
  std::vector<Gap> gaps_;
  std::size_t own_documents_ = 0;
  std::map<std::string, std::size_t> left_out_;
  bool whole_ = false;
};

}  // namespace

Result<Targets> find_targets(const TargetRequest& sought, const Policy& policy, const Common& common,
                             const Catalog& catalog) {
  return Finder(policy, common, catalog).run(sought);
}

}  // namespace howopen::run
