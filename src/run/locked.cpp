// The lock of a project as it is on disk, and models of this machine in it.

#include "run/locked.h"

#include <filesystem>

#include "files/digests.h"
#include "files/file_io.h"
#include "files/local.h"
#include "run/policy_file.h"
#include "text/limits.h"

namespace howopen::run {

std::string lock_path(const Policy& policy) {
  const std::string folder = project_folder(policy);
  return folder == "." ? policy.lock_file.value : folder + "/" + policy.lock_file.value;
}

Result<std::vector<LockedModel>> locked_models(const std::string& path, bool must_exist) {
  std::error_code error;
  if (!must_exist && !std::filesystem::exists(path, error)) return std::vector<LockedModel>{};
  auto content = files::read_file(path, limits::kPolicy);
  if (!content) {
    Error e = content.error();
    e.fix = "howopen lock writes it";
    return tl::unexpected<Error>(std::move(e));
  }
  ReadLock read = read_lock({path, *content});
  if (read.errors.empty()) return std::move(read.models);
  tell({read.errors.begin(), read.errors.end() - 1});
  return tl::unexpected<Error>(read.errors.back());
}

std::string name_in_lock(const std::string& word, const std::string& folder) {
  if (files::names_store(word)) return word;
  std::error_code error;
  const std::filesystem::path path = std::filesystem::proximate(word, folder, error);
  return "./" + (error ? std::filesystem::path(word) : path).lexically_normal().generic_string();
}

ModelRef ref_of(const LockedModel& m, const std::string& folder) {
  if (!m.local()) return {m.id, m.id, m.from == "main" ? "" : m.from};
  return files::local_ref(files::names_store(m.id) ? m.id : folder + "/" + m.id);
}

Result<std::map<std::string, std::string>> content_of(const ModelRef& model) {
  TRY(const std::vector<fetch::LocalModel> found, files::local_models({model}));
  std::vector<files::LocalFiles> files(1);
  for (const fetch::LocalModel& m : found) files[0].merge(files::weights_of(m));
  std::map<std::string, std::string> out;
  const auto digests = files::digests_of(files);
  for (const DiskFile& f : digests[0])
    out[f.name] = f.trouble.empty() ? "sha256:" + f.sha256 : std::string(kNotSeen);
  return out;
}

}  // namespace howopen::run
