// A view of one repository: which of its files were read, and how to name a place in it.
//
//   place("README.md", 12)  ->  "README.md:12@56d4cbb…"

#include <fmt/format.h>

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::facts {

namespace {
const text::Json kNothing;
}

Repo::Repo(std::string id, std::string revision, const Readings::Impl& readings)
    : readings_(readings),
      record_{Topic::model, id, revision, "", ""},
      id_(std::move(id)),
      commit_(std::move(revision)) {
  reading_ = readings.find(record_);
  if (reading_ == nullptr) return;
  info_ = std::get_if<ModelInfo>(&reading_->value);
  if (info_ == nullptr) return;
  id_ = info_->id;
  if (!info_->sha.empty()) commit_ = info_->sha;
  card_ = get<Card>("README.md");
}

Want Repo::file(std::string_view path) const {
  Want want{Topic::file, id_, commit_, std::string(path), ""};
  // What not everybody may see is not looked up by its content's name: the name is public, the content is
  // not.
  const bool open =
      info_ != nullptr && info_->repository.gate == AccessGate::none && !info_->repository.is_private;
  if (const File* listed = open ? info_->file(path) : nullptr; listed != nullptr && !listed->lfs)
    want.blob = listed->blob;
  return want;
}

bool Repo::shut() const {
  if (info_ == nullptr || info_->repository.gate == AccessGate::none) return false;
  const Reading* card = find("README.md");
  return card != nullptr && card->answer.outcome == Outcome::denied;
}

bool Repo::may_have(std::string_view path) const {
  return info_ != nullptr && (!info_->listed || info_->file(path) != nullptr);
}

Unseen Repo::why(std::string_view path) const {
  if (info_ == nullptr)
    return reading_ == nullptr ? Unseen::not_asked : unseen(reading_->answer, reading_->unreadable);
  if (const Reading* reading = find(path)) return unseen(reading->answer, reading->unreadable);
  if (!may_have(path)) return Unseen::absent;
  return shut() ? Unseen::denied : Unseen::not_asked;
}

std::string Repo::place(std::string_view path, int line) const {
  const std::string at = commit_.empty() ? std::string() : "@" + commit_;
  return line > 0 ? fmt::format("{}:{}{}", path, line, at) : fmt::format("{}{}", path, at);
}

std::string Repo::record_place() const {
  return reading_ != nullptr && !reading_->answer.where.empty() ? reading_->answer.where
                                                                : "api/models/" + id_;
}

const text::Json& Repo::data(std::string_view key) const {
  const Card* own = card();
  if (own != nullptr && own->yaml.has(key)) return own->yaml[key];
  return info_ != nullptr ? info_->card[key] : kNothing;
}

std::string Repo::data_place(std::string_view key) const {
  const Card* own = card();
  if (own != nullptr && own->yaml.has(key)) return place("README.md", own->yaml[key].line);
  return record_place();
}

const text::YamlError* Repo::data_error() const {
  const Card* own = card();
  const bool lost = own != nullptr && own->data_error && (info_ == nullptr || info_->card.members().empty());
  return lost ? &*own->data_error : nullptr;
}

std::vector<const ModelFile*> license_texts(const ModelInfo& info) {
  const auto at_depth = [&](int depth) {
    std::vector<const ModelFile*> out;
    for (const ModelFile& file : info.files) {
      const auto& scope = file.license;
      if (!scope || *scope == Scope::policy || *scope == Scope::notice) continue;
      if (std::count(file.path.begin(), file.path.end(), '/') != depth) continue;
      if (out.size() < limits::kLicenseFiles) out.push_back(&file);
    }
    return out;
  };
  auto out = at_depth(0);
  return out.empty() ? at_depth(1) : out;
}

const ModelFile* notice_of(const ModelInfo& info) {
  const auto found = std::find_if(info.files.begin(), info.files.end(), [](const ModelFile& file) {
    return file.license == Scope::notice && text::lower(file.path).starts_with("notice") &&
           file.path.find('/') == std::string::npos && file.size != 0;
  });
  return found == info.files.end() ? nullptr : &*found;
}

std::vector<const ModelFile*> translated_cards(const ModelInfo& info) {
  std::vector<const ModelFile*> out;
  for (const ModelFile& file : info.files) {
    if (out.size() < limits::kTranslatedCards && file.size != 0 && translated_card(file.path))
      out.push_back(&file);
  }
  return out;
}

const KnownText* known_text(const File& file, const Catalog& catalog) {
  // In LFS, the id is that of a pointer.
  return file.lfs ? nullptr : catalog.text_of_blob(file.blob);
}

Identified known_as(const KnownText& known) {
  Identified out{Match::exact, {known.license}, 1};
  out.sha256 = known.sha256;
  return out;
}

}  // namespace howopen::facts
