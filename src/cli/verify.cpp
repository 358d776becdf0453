// howopen verify: are the weights on disk those that were locked, or those of the Hub?
//
//   verify ./R1                       against howopen.lock
//   verify ./R1 --hub --model org/name against what the Hub says today
//   verify ollama:llama3.2 --self     against the digests that the store gives its own files

#include "howopen/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "fetch/hub_cache.h"
#include "files/digests.h"
#include "files/environment.h"
#include "files/file_io.h"
#include "files/local.h"
#include "files/streams.h"
#include "howopen/report.h"
#include "run/hub_options.h"
#include "run/locked.h"
#include "run/model_facts.h"
#include "run/names.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "text/digest.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

struct OnDisk {
  std::string word;
  std::string place;   // org/name@commit, as the folder is called in the Hub's cache; "" for others
  bool alone = false;  // one file: the others of its set were not asked for
  bool whole = true;
  files::LocalFiles files;
  std::vector<std::string> signatures;
};

bool signature(std::string_view name) {
  for (const std::string_view end : {".sig", ".asc", ".sigstore", ".sigstore.json", ".bundle"}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

// `…/models--org--name/snapshots/COMMIT`, below which a path lies.
std::string place_in_cache(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::weakly_canonical(path, error);
  for (; folder.has_relative_path(); folder = folder.parent_path()) {
    const std::string commit = folder.filename().generic_string();
    const fs::path snapshots = folder.parent_path();
    const std::string id = fetch::cached_id(snapshots.parent_path().filename().generic_string());
    if (text::is_hex(commit, 40) && snapshots.filename() == "snapshots" && !id.empty())
      return id + "@" + commit;
  }
  return {};
}

Result<OnDisk> target_of(const std::string& word) {
  OnDisk out;
  out.word = word;
  std::error_code error;
  std::string path = word;
  bool store = files::names_store(word);
  for (const std::string_view scheme : {"file:", "dir:"}) {
    if (!word.starts_with(scheme)) continue;
    path = word.substr(scheme.size());
    store = false;
  }
  path = store ? std::string() : files::without_tilde(path);
  if (!store) out.place = place_in_cache(path);
  if (!store && fs::is_regular_file(path, error)) {
    const std::string name = fs::path(path).filename().generic_string();
    out.alone = true;
    out.files[name] = {path, static_cast<std::int64_t>(fs::file_size(path, error))};
    for (const char* end : {".sig", ".asc", ".sigstore", ".sigstore.json"}) {
      if (fs::exists(path + end, error)) out.signatures.push_back(name + end);
    }
    return out;
  }
  // A bare word is a folder here, never a model's name.
  const bool bare = !store && !files::names_local(path);
  if (bare && !fs::exists(path, error))
    return fail(Fault::usage, "no such file or folder", text::printable(word),
                fmt::format("howopen verify DIR --model {}: the weights in DIR are to be that model",
                            text::printable(word)));
  const std::string typed = store ? word : bare ? "./" + path : path;
  TRY(std::vector<fetch::LocalModel> models, files::local_models({files::local_ref(typed)}));
  for (const fetch::LocalModel& model : models) {
    out.whole = out.whole && model.whole;
    out.files.merge(files::weights_of(model));
    for (const auto& [name, file] : model.files) {
      if (signature(name)) out.signatures.push_back(name);
    }
  }
  return out;
}

Result<std::vector<ExpectedFiles>> locked_files(const VerifyPlan& plan, const Policy& policy) {
  const std::string path = run::lock_path(policy);
  std::error_code error;
  if (!fs::exists(path, error))
    return fail(Fault::usage, "no lock to compare with", text::printable(path),
                "howopen lock writes one; --hub asks the Hub");
  TRY(const std::vector<LockedModel> models, run::locked_models(path, true));
  std::vector<ExpectedFiles> out;
  const auto named = [&](const std::string& id) { return text::equal_ignoring_case(id, plan.model); };
  for (const LockedModel& m : models) {
    if (!plan.model.empty() && !named(m.id) && std::none_of(m.asked.begin(), m.asked.end(), named)) continue;
    if (m.files.empty())
      files::write_err(fmt::format("warning: {} has no digests in {}: howopen lock --update {}\n",
                                   text::printable(m.id), path, text::printable(m.id)));
    out.push_back(files::expected_of(m, path));
  }
  if (out.empty() && !plan.model.empty())
    return fail(Fault::usage, "not locked: " + text::printable(plan.model), path,
                "howopen lock " + text::printable(plan.model));
  return out;
}

Result<std::vector<ExpectedFiles>> hub_files(const std::string& name, const OnDisk& target,
                                             const Common& common, const Catalog& catalog) {
  if (name.empty())
    return fail(Fault::usage, "of which model?", text::printable(target.word), "--model org/name");
  TRY(const std::vector<ModelRef> ref, run::parse_names({name}, run::hub_url(common)));
  Common little = common;
  little.depth = Depth::metadata;
  TRY(const std::vector<Facts> facts, run::facts_of_models({ref, ""}, little, catalog));
  std::vector<ExpectedFiles> out;
  for (const Facts& f : facts) {
    for (const LookupError& m : f.lookup_errors)
      files::write_err(files::worded({Fault::unanswered, f.id + ": " + m.message, m.where, {}}));
    if (auto files = files::expected_of(f)) out.push_back(std::move(*files));
  }
  return out;
}

// The digest that a store calls a file by: Ollama's and OCI's blobs, the Hub's cache; and what a download of
// the Hub wrote down beside the files.
std::string own_digest(const std::string& name, const fetch::LocalModel::File& file) {
  std::error_code error;
  const fs::path link = fs::read_symlink(file.path, error);
  const fs::path blob = error ? fs::path(file.path) : link;
  std::string digest = blob.filename().generic_string();
  if (digest.starts_with("sha256-")) digest.erase(0, 7);
  if (file.at == 0 && text::is_hex(digest, 64)) return "sha256:" + digest;
  if (file.at == 0 && text::is_hex(digest, 40)) return "git:" + digest;
  if (!file.path.ends_with("/" + name)) return std::string(kNotSeen);
  const std::string folder = file.path.substr(0, file.path.size() - name.size());
  const auto told = files::read_file(folder + ".cache/huggingface/download/" + name + ".metadata", 4096);
  if (!told) return std::string(kNotSeen);
  const std::size_t line = told->find('\n');
  const std::string etag = line == std::string::npos
                               ? std::string()
                               : told->substr(line + 1, told->find('\n', line + 1) - line - 1);
  return text::is_hex(etag, 64)   ? "sha256:" + etag
         : text::is_hex(etag, 40) ? "git:" + etag
                                  : std::string(kNotSeen);
}

std::vector<ExpectedFiles> own_files(const OnDisk& target) {
  ExpectedFiles out{"", "", "its own store", {}};
  for (const auto& [name, file] : target.files)
    out.files[name] = {own_digest(name, file), files::set_of(name)};
  return {out};
}

}  // namespace

Result<int> verify_files(const VerifyPlan& plan, const Common& given, const Catalog& catalog) {
  // Which policy applies matters for the lock's place alone.
  Common quiet = given;
  quiet.quiet = true;
  const std::optional<Policy> policy = run::load_policy(quiet, catalog);
  if (!policy) return kUsage;
  TRY(const Common common, run::with_policy(given, *policy));
  if (plan.against == VerifyPlan::Against::hub && offline(common))
    return fail(Fault::usage, "--hub needs the network", "HF_HUB_OFFLINE", "unset it");
  if (auto writable = check_outputs(common); !writable) return tl::unexpected<Error>(writable.error());
  std::vector<OnDisk> targets;
  for (const std::string& word : plan.targets) {
    TRY(OnDisk target, target_of(word));
    targets.push_back(std::move(target));
  }
  std::vector<std::vector<ExpectedFiles>> expected;
  if (plan.against == VerifyPlan::Against::lock) {
    TRY(const std::vector<ExpectedFiles> locked, locked_files(plan, *policy));
    expected.assign(targets.size(), locked);
  }
  for (const OnDisk& target : targets) {
    if (plan.against == VerifyPlan::Against::self) expected.push_back(own_files(target));
    if (plan.against != VerifyPlan::Against::hub) continue;
    TRY(std::vector<ExpectedFiles> files,
        hub_files(plan.model.empty() ? target.place : plan.model, target, common, catalog));
    expected.push_back(std::move(files));
  }
  std::vector<files::LocalFiles> local;
  for (const OnDisk& target : targets) local.push_back(target.files);
  const std::vector<std::vector<DiskFile>> files = files::digests_of(local);
  std::vector<Checked> all;
  int exit = kJudged;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    Checked c = verify(targets[i].word, files[i], expected[i], targets[i].alone);
    c.signatures = targets[i].signatures;
    if (!targets[i].whole && c.why.empty()) c.why = "not all of it could be looked through";
    if (differs(c))
      exit = kDenied;
    else if (undecided(c) && exit != kDenied)
      exit = kUndecided;
    all.push_back(std::move(c));
  }
  const auto written =
      emit(common, [&](Format format, const Style& style) { return render_verified(all, format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return exit;
}

}  // namespace howopen::cli
