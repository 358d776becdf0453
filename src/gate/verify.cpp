// Are these the files that were locked?
//
//   model-00001-of-00002.safetensors as locked, the second with one byte changed  ->  differs

#include "howopen/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "howopen/lock.h"

namespace howopen {
namespace {

bool is(const DiskFile& file, std::string_view digest) {
  if (digest.starts_with("sha256:")) return !file.sha256.empty() && digest.substr(7) == file.sha256;
  return digest.starts_with("git:") && !file.git.empty() && digest.substr(4) == file.git;
}

using Entry = std::map<std::string, ExpectedFiles::File>::const_iterator;

// The entry of a file: of its name; else of its content, since files are renamed; else, for a file without
// its folder, the only one that ends in its name.
Entry entry_of(const DiskFile& file, const ExpectedFiles& model) {
  const Entry named = model.files.find(file.name);
  if (named != model.files.end()) return named;
  const Entry same = std::find_if(model.files.begin(), model.files.end(),
                                  [&](const auto& e) { return is(file, e.second.digest); });
  if (same != model.files.end()) return same;
  Entry out = model.files.end();
  for (Entry e = model.files.begin(); e != model.files.end(); ++e) {
    if (!e->first.ends_with("/" + file.name)) continue;
    if (out != model.files.end()) return model.files.end();
    out = e;
  }
  return out;
}

const ExpectedFiles* chosen(const std::vector<DiskFile>& files, const std::vector<ExpectedFiles>& candidates,
                            std::string& why) {
  const ExpectedFiles* best = nullptr;
  std::size_t most = 0;
  std::vector<const ExpectedFiles*> named;
  for (const ExpectedFiles& model : candidates) {
    std::size_t same = 0;
    bool names = false;
    for (const DiskFile& file : files) {
      const Entry e = entry_of(file, model);
      if (e == model.files.end()) continue;
      names = true;
      if (is(file, e->second.digest)) ++same;
    }
    if (same > most) {
      most = same;
      best = &model;
    }
    if (names) named.push_back(&model);
  }
  if (best == nullptr && named.size() == 1) best = named.front();
  if (best == nullptr)
    why = named.empty()
              ? "nobody says what its files should be"
              : fmt::format("{} models have files of these names, and none has their content", named.size());
  return best;
}

CheckedFile checked(const DiskFile& file, const ExpectedFiles* model) {
  CheckedFile out;
  out.name = file.name;
  if (!file.sha256.empty()) out.found = "sha256:" + file.sha256;
  if (!file.trouble.empty()) {
    out.state = FileState::unread;
    out.note = file.trouble;
    return out;
  }
  if (model == nullptr) return out;
  const Entry entry = entry_of(file, *model);
  if (entry == model->files.end()) {
    out.note = "not among the weights of " + model->id;
    return out;
  }
  out.expected = entry->second.digest;
  if (entry->first != file.name) out.note = entry->first;
  if (out.expected == kNotSeen) {
    out.expected.clear();
    out.note = "its content is not recorded";
    return out;
  }
  if (out.expected.starts_with("git:") && !file.git.empty()) out.found = "git:" + file.git;
  out.state = is(file, out.expected) ? FileState::same : FileState::differs;
  return out;
}

}  // namespace

Checked verify(std::string word, const std::vector<DiskFile>& files,
               const std::vector<ExpectedFiles>& candidates, bool alone) {
  Checked out;
  out.word = std::move(word);
  const ExpectedFiles* model = chosen(files, candidates, out.why);
  std::set<std::string> here;
  std::set<std::string> sets;
  for (const DiskFile& file : files) {
    out.files.push_back(checked(file, model));
    if (model == nullptr) continue;
    const Entry entry = entry_of(file, *model);
    if (entry == model->files.end()) continue;
    here.insert(entry->first);
    sets.insert(entry->second.set);
  }
  if (model != nullptr) {
    out.id = model->id;
    out.revision = model->revision;
    out.where = model->where;
    for (const auto& [name, file] : model->files) {
      if (here.contains(name)) continue;
      if (!alone && !file.set.empty() && sets.contains(file.set))
        out.files.push_back({name, FileState::missing, file.digest, {}, {}});
      else
        ++out.elsewhere;
    }
  }
  if (files.empty()) out.why = "no weights in it";
  std::sort(out.files.begin(), out.files.end(),
            [](const CheckedFile& a, const CheckedFile& b) { return a.name < b.name; });
  return out;
}

bool differs(const Checked& c) {
  return std::any_of(c.files.begin(), c.files.end(), [](const CheckedFile& f) {
    return f.state == FileState::differs || f.state == FileState::missing;
  });
}

bool undecided(const Checked& c) {
  return !c.why.empty() || std::any_of(c.files.begin(), c.files.end(), [](const CheckedFile& f) {
    return f.state == FileState::unknown || f.state == FileState::unread;
  });
}

}  // namespace howopen
