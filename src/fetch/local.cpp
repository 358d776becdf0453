// A record is made from what is there, as the Hub would make it. What the head of a weight file claims
// (license, base) stands where the Hub's card data stand: a claim, judged beside the texts.
//
//   ./tune/ with README.md, LICENSE, model.gguf  ->
//   {"id":"local/tune","siblings":[…],"cardData":{"license":"mit"}}

#include "fetch/local.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "fetch/hub.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/tensors.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;
using text::Json;

constexpr std::size_t kMostLocalFiles = 20'000;
constexpr int kDeepest = 12;
constexpr std::size_t kLocalHead = 4u << 20;  // of a weight file: its keys come first
constexpr std::size_t kHeadsRead = 8;         // weight files whose claims are read
constexpr std::size_t kMostManifest = 1u << 20;
constexpr std::size_t kMostBases = 16;

std::string first_bytes(const std::string& path, std::size_t most) {
  std::ifstream in(path, std::ios::binary);
  std::string out(most, '\0');
  in.read(out.data(), static_cast<std::streamsize>(most));
  out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return out;
}

Answer answer(const LocalModel& model, const std::string& where) {
  Answer a;
  a.id = model.id;
  a.where = where;
  return a;
}
Answer not_here(const LocalModel& model, const std::string& where, bool absent) {
  Answer a = answer(model, where);
  a.outcome = absent ? Outcome::absent : Outcome::skipped;
  a.trouble = absent ? Trouble::not_found : Trouble::none;
  a.message = absent ? "no such file" : "not asked: the model is on this machine";
  return a;
}

// `https://huggingface.co/org/name` as `org/name`; a name as it is.
std::string base_of(std::string url) {
  for (const std::string_view host :
       {"https://huggingface.co/", "http://huggingface.co/", "https://hf.co/"}) {
    if (url.starts_with(host)) return url.substr(host.size());
  }
  return url;
}

// What a head claims.
struct Claims {
  std::vector<std::string> licenses;  // each once
  std::string name, link, architecture;
  std::vector<std::string> bases;

  void license(const std::string& value) {
    if (!value.empty() && std::find(licenses.begin(), licenses.end(), value) == licenses.end())
      licenses.push_back(value);
  }
};

void read_gguf(const std::string& path, Claims& out) {
  const auto head = text::read_gguf_head(first_bytes(path, kLocalHead));
  if (!head) return;
  const auto value = [&](const std::string& key) {
    const auto found = head->values.find(key);
    return found == head->values.end() ? std::string() : found->second;
  };
  if (out.architecture.empty()) out.architecture = value("general.architecture");
  out.license(value("general.license"));
  if (out.name.empty()) out.name = value("general.license.name");
  if (out.link.empty()) out.link = value("general.license.link");
  for (std::size_t i = 0; i < kMostBases; ++i) {
    const std::string key = "general.base_model." + std::to_string(i) + ".";
    std::string base = base_of(value(key + "repo_url"));
    if (base.empty() && !value(key + "organization").empty() && !value(key + "name").empty())
      base = value(key + "organization") + "/" + value(key + "name");
    if (!base.empty() && std::find(out.bases.begin(), out.bases.end(), base) == out.bases.end())
      out.bases.push_back(base);
  }
}

void read_safetensors(const std::string& path, Claims& out) {
  const auto size = text::safetensors_head_size(first_bytes(path, 8));
  if (!size || *size > kLocalHead) return;
  const auto head = text::read_safetensors_head(first_bytes(path, static_cast<std::size_t>(*size)));
  if (!head) return;
  for (const char* key : {"license", "modelspec.license"}) {
    const auto found = head->metadata.find(key);
    if (found != head->metadata.end()) out.license(found->second);
  }
}

Claims claims_of(const LocalModel& model) {
  Claims out;
  std::size_t read = 0;
  for (const auto& [name, file] : model.files) {
    if (read >= kHeadsRead) break;
    const std::string lower = text::lower(name);
    if (lower.ends_with(".gguf")) {
      read_gguf(file.path, out);
      ++read;
    } else if (lower.ends_with(".safetensors")) {
      read_safetensors(file.path, out);
      ++read;
    }
  }
  return out;
}

Answer record_of(const LocalModel& model) {
  const Claims claims = claims_of(model);
  Json record;
  record.set("id", Json(model.id));
  record.set("gated", Json(false));
  if (!model.whole) record.set(kPartialListing, Json(true));
  Json card = Json::object();
  Json tags = Json::array();
  for (const std::string& license : claims.licenses) tags.push(Json("license:" + text::lower(license)));
  if (!claims.licenses.empty()) card.set("license", Json(text::lower(claims.licenses.front())));
  if (!claims.name.empty()) card.set("license_name", Json(claims.name));
  if (!claims.link.empty()) card.set("license_link", Json(claims.link));
  if (!claims.bases.empty()) {
    Json bases = Json::array();
    for (const std::string& base : claims.bases) bases.push(Json(base));
    card.set("base_model", std::move(bases));
  }
  record.set("cardData", std::move(card));
  record.set("tags", std::move(tags));
  if (!claims.architecture.empty())
    record.set("gguf", Json::object()).set("architecture", Json(claims.architecture));
  Json siblings = Json::array();
  for (const auto& [name, file] : model.files) {
    Json one;
    one.set("rfilename", Json(name));
    one.set("size", Json(file.size));
    siblings.push(std::move(one));
  }
  record.set("siblings", std::move(siblings));
  Answer a = answer(model, model.where);
  a.outcome = Outcome::got;
  a.body = text::write_json(record, false);
  return a;
}

Answer file_of(const LocalModel& model, const Want& want) {
  const auto found = model.files.find(want.path);
  const std::string where = model.where + "/" + want.path;
  if (found == model.files.end()) return not_here(model, where, model.whole);
  Answer a = answer(model, found->second.path);
  if (want.topic == Topic::head) {
    a.outcome = Outcome::got;
    a.body = first_bytes(found->second.path, kLocalHead);
    return a;
  }
  const std::size_t most = hub_request(want, "").most;
  if (static_cast<std::uint64_t>(found->second.size) > most) {
    a.outcome = Outcome::failed;
    a.trouble = Trouble::too_large;
    a.message = want.path + " is larger than is read";
    return a;
  }
  std::error_code error;
  if (!fs::is_regular_file(found->second.path, error)) {
    a.outcome = Outcome::failed;
    a.trouble = Trouble::parse;
    a.message = want.path + " cannot be read";
    return a;
  }
  a.outcome = Outcome::got;
  a.body = first_bytes(found->second.path, most);
  return a;
}

// Within the folder, links followed.
bool lies_in(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  const fs::path relative = real.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

bool is_weights(std::string_view path) {
  const std::string lower = text::lower(path);
  return lower.ends_with(".gguf") || lower.ends_with(".safetensors");
}

}  // namespace

Result<LocalModel> local_model(const std::string& path, std::string id) {
  LocalModel out;
  out.id = std::move(id);
  out.where = path;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error || !fs::exists(status))
    return fail(Fault::usage, "no such file or folder", text::printable(path),
                "names of models do not begin with . / or ~");
  if (fs::is_regular_file(status)) {
    if (!is_weights(path))
      return fail(Fault::usage, "not a file of weights", text::printable(path),
                  "a .gguf or .safetensors file, or a model's folder");
    out.whole = false;
    out.files[fs::path(path).filename().generic_string()] = {
        path, static_cast<std::int64_t>(fs::file_size(path, error))};
    return out;
  }
  if (!fs::is_directory(status))
    return fail(Fault::usage, "neither a file nor a folder", text::printable(path), {});
  const fs::path root = fs::canonical(path, error);
  fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    const std::string name = it->path().filename().generic_string();
    if (it->is_directory(ignored) && (name == ".git" || name == ".cache" || it.depth() >= kDeepest)) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(ignored)) continue;
    if (it->is_symlink(ignored) && !lies_in(it->path(), root)) continue;
    if (out.files.size() >= kMostLocalFiles)
      return fail(Fault::usage, "more files than a model has", text::printable(path),
                  "name the model's own folder");
    out.files[it->path().lexically_relative(path).generic_string()] = {
        it->path().generic_string(), static_cast<std::int64_t>(it->file_size(ignored))};
  }
  if (error) return fail(Fault::usage, "cannot be read: " + error.message(), text::printable(path), {});
  return out;
}

Result<LocalModel> ollama_model(const std::string& name, const std::string& store, std::string id) {
  const auto wrong = [&](std::string what, std::string fix) {
    return fail(Fault::usage, std::move(what), "ollama:" + text::printable(name), std::move(fix));
  };
  std::string model = name;
  std::string tag = "latest";
  if (const std::size_t colon = model.rfind(':'); colon != std::string::npos) {
    tag = model.substr(colon + 1);
    model.resize(colon);
  }
  const bool plain = !model.empty() && !tag.empty() && model.find("..") == std::string::npos &&
                     tag.find('/') == std::string::npos && tag.find("..") == std::string::npos &&
                     model.front() != '/';
  if (!plain) return wrong("not a name of Ollama's", "ollama:llama3.2:3b");
  const auto slashes = std::count(model.begin(), model.end(), '/');
  const std::string path = slashes == 0   ? "registry.ollama.ai/library/" + model
                           : slashes == 1 ? "registry.ollama.ai/" + model
                                          : model;
  LocalModel out;
  out.id = std::move(id);
  out.where = store + "/manifests/" + path + "/" + tag;
  std::error_code error;
  if (!fs::is_regular_file(out.where, error))
    return wrong("not in Ollama's store " + text::printable(store), "ollama pull " + text::printable(name));
  const auto manifest = text::parse_json(first_bytes(out.where, kMostManifest));
  if (!manifest || !(*manifest)["layers"].is_array())
    return wrong("its manifest cannot be read: " + text::printable(out.where),
                 "ollama pull " + text::printable(name));
  std::map<std::string, int> numbers;
  for (const Json& layer : (*manifest)["layers"].items()) {
    constexpr std::string_view kKind = "application/vnd.ollama.image.";
    const std::string_view type = layer["mediaType"].string_or("");
    std::string digest(layer["digest"].string_or(""));
    if (!type.starts_with(kKind) || !digest.starts_with("sha256:") || digest.size() != 71) continue;
    digest[6] = '-';
    if (digest.find_first_not_of("0123456789abcdef", 7) != std::string::npos) continue;
    const std::string kind(type.substr(kKind.size()));
    const int number = ++numbers[kind];
    const std::string suffix = number > 1 ? "-" + std::to_string(number) : "";
    std::string file = kind == "model"       ? "model" + suffix + ".gguf"
                       : kind == "license"   ? "LICENSE" + suffix
                       : kind == "adapter"   ? "adapter" + suffix + ".gguf"
                       : kind == "projector" ? "mmproj" + suffix + ".gguf"
                                             : kind + suffix + ".txt";
    const std::string blob = store + "/blobs/" + digest;
    const auto size = fs::file_size(blob, error);
    if (error || !fs::is_regular_file(blob, error)) continue;
    out.files[std::move(file)] = {blob, static_cast<std::int64_t>(size)};
  }
  return out;
}

Local::Local(std::vector<LocalModel> models, Source& others) : others_(others) {
  for (LocalModel& m : models) {
    std::string id = m.id;
    models_.emplace(std::move(id), std::move(m));
  }
}

void Local::ask(std::size_t ticket, Want want, std::string etag) {
  const auto found = models_.find(want.id);
  if (found == models_.end()) return others_.ask(ticket, std::move(want), std::move(etag));
  const LocalModel& model = found->second;
  Answer a;
  if (want.topic == Topic::model)
    a = record_of(model);
  else if (want.topic == Topic::file || want.topic == Topic::head)
    a = file_of(model, want);
  else
    a = not_here(model, model.where, false);
  ready_.push_back({ticket, std::move(want), std::move(a), 0});
}

std::optional<Reply> Local::next() {
  if (ready_.empty()) return others_.next();
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

std::optional<Reply> Local::try_next() {
  return ready_.empty() ? others_.try_next() : next();
}

}  // namespace howopen::fetch
