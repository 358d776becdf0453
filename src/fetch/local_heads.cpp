// Heads of weight files. As much is read as the head says that it is, up to a bound: keys of licenses stand
// among the first by custom, and behind 60 MB of vocabulary where somebody wants them overlooked.
//
//   model.gguf with general.license = cc-by-nc-4.0  ->  {cc-by-nc-4.0, "model.gguf: general.license"}
//   model.gguf whose head does not end              ->  {"", "model.gguf: its head"}

#include "fetch/local_heads.h"

#include <algorithm>
#include <fstream>

#include "text/tensors.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

constexpr std::uint64_t kLastOfXml = 64u << 10;
constexpr std::size_t kFirstRead = 256u << 10;
constexpr std::size_t kLongestHead = 64u << 20;
constexpr std::size_t kMostHeads = 2'000;
constexpr std::uint64_t kAllHeads = 1u << 30;  // bytes of heads read of one model
constexpr std::size_t kMostBases = 16;
constexpr std::size_t kMostUnread = 8;
constexpr std::int64_t kLargestPointer = 1024;  // by Git LFS's specification

// `https://huggingface.co/org/name` as `org/name`; a name as it is.
std::string base_of(std::string url) {
  for (const std::string_view host :
       {"https://huggingface.co/", "http://huggingface.co/", "https://hf.co/"}) {
    if (url.starts_with(host)) return url.substr(host.size());
  }
  return url;
}

class Reader {
 public:
  explicit Reader(const LocalModel& model) : model_(model) {}

  HeadClaims run() {
    for (const LocalModel::Said& said : model_.said) license(said.license, said.where);
    std::size_t read = 0;
    for (const auto& [name, file] : model_.files) {
      const std::string lower = text::lower(name);
      const bool gguf = lower.ends_with(".gguf");
      const bool safetensors = lower.ends_with(".safetensors");
      const bool onnx = lower.ends_with(".onnx");
      const bool openvino =
          lower.ends_with(".xml") && model_.files.contains(name.substr(0, name.size() - 4) + ".bin");
      if ((!gguf && !safetensors && !onnx && !openvino) || lfs_pointer(file)) continue;
      if (++read > kMostHeads || taken_ > kAllHeads) {
        unread(name);
        break;
      }
      if (gguf) read_gguf(name, file);
      if (safetensors) read_safetensors(name, file);
      if (onnx) read_onnx(name, file);
      if (openvino) read_openvino(name, file);
    }
    return std::move(out_);
  }

 private:
  void license(const std::string& value, const std::string& where) {
    if (value.empty()) return;
    const bool known = std::any_of(out_.licenses.begin(), out_.licenses.end(),
                                   [&](const HeadClaims::Claim& c) { return c.value == value; });
    if (!known) out_.licenses.push_back({value, where});
  }
  void unread(const std::string& name) {
    if (unread_++ < kMostUnread) out_.licenses.push_back({"", name + ": its head"});
  }
  // Where the file was made from: its own repository, which is no base, but says whose it may be.
  void source(const std::string& url, const std::string& where) {
    const std::string id = base_of(url);
    if (!id.empty()) named(id.substr(id.rfind('/') + 1), where);
  }
  void named(const std::string& name, const std::string& where) {
    const bool known = std::any_of(out_.names.begin(), out_.names.end(),
                                   [&](const HeadClaims::Claim& c) { return c.value == name; });
    if (!name.empty() && !known && out_.names.size() < kMostBases) out_.names.push_back({name, where});
  }
  void base(const std::string& id) {
    if (!id.empty() && out_.bases.size() < kMostBases &&
        std::find(out_.bases.begin(), out_.bases.end(), id) == out_.bases.end())
      out_.bases.push_back(id);
  }
  std::string take(const LocalModel::File& file, std::size_t most) {
    std::string out = bytes_of(file, 0, most);
    taken_ += out.size();
    return out;
  }

  void read_gguf(const std::string& name, const LocalModel::File& file) {
    std::optional<text::GgufHead> head;
    for (std::size_t most = kFirstRead; most <= kLongestHead; most *= 4) {
      const std::string bytes = take(file, most);
      head = text::read_gguf_head(bytes);
      if (!head || head->complete || bytes.size() < most) break;
    }
    if (!head || !head->complete) unread(name);
    if (!head) return;
    const auto value = [&](const std::string& key) {
      const auto found = head->values.find(key);
      return found == head->values.end() ? std::string() : found->second;
    };
    if (out_.architecture.empty()) out_.architecture = value("general.architecture");
    if (out_.file_type.empty()) out_.file_type = value("general.file_type");
    license(value("general.license"), name + ": general.license");
    if (out_.name.empty()) out_.name = value("general.license.name");
    if (out_.link.empty()) out_.link = value("general.license.link");
    named(value("general.name"), name + ": general.name");
    named(value("general.basename"), name + ": general.basename");
    named(value("general.finetune"), name + ": general.finetune");
    for (const char* key : {"general.source.url", "general.source.huggingface.repository"})
      source(value(key), name + ": " + key);
    for (std::size_t i = 0; i < kMostBases; ++i) {
      const std::string key = "general.base_model." + std::to_string(i) + ".";
      std::string id = base_of(value(key + "repo_url"));
      if (id.empty() && !value(key + "organization").empty() && !value(key + "name").empty())
        id = value(key + "organization") + "/" + value(key + "name");
      base(id);
    }
  }

  void read_safetensors(const std::string& name, const LocalModel::File& file) {
    const auto size = text::safetensors_head_size(bytes_of(file, 0, 8));
    const auto head =
        size ? text::read_safetensors_head(take(file, static_cast<std::size_t>(*size))) : std::nullopt;
    if (!head) return unread(name);
    by_keys(name, head->metadata);
  }

  void read_onnx(const std::string& name, const LocalModel::File& file) {
    by_keys(name,
            text::read_onnx_metadata([&](std::uint64_t at, std::size_t n) { return bytes_of(file, at, n); }));
  }

  // OpenVINO's description of a graph: its `rt_info` stands at the end, `<license value="apache-2.0"/>`.
  void read_openvino(const std::string& name, const LocalModel::File& file) {
    const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(file.size, 0));
    const std::uint64_t from = size > kLastOfXml ? size - kLastOfXml : 0;
    const std::string end = bytes_of(file, from, kLastOfXml);
    taken_ += end.size();
    const std::size_t info = end.rfind("<rt_info");
    if (info == std::string::npos) return;
    std::map<std::string, std::string> values;
    for (std::size_t at = end.find('<', info + 1); at != std::string::npos; at = end.find('<', at + 1)) {
      const std::size_t close = end.find('>', at);
      const std::size_t blank = end.find(' ', at);
      const std::size_t value = end.find("value=\"", at);
      if (close == std::string::npos) break;
      if (blank > close || value > close) continue;
      const std::size_t begin = value + 7;
      const std::size_t quote = end.find('"', begin);
      if (quote != std::string::npos && values.size() < kMostBases)
        values.emplace(end.substr(at + 1, blank - at - 1), end.substr(begin, quote - begin));
    }
    by_keys(name, values);
  }

  void by_keys(const std::string& name, const std::map<std::string, std::string>& values) {
    for (const char* key : {"license", "modelspec.license", "licence", "License"}) {
      if (const auto found = values.find(key); found != values.end())
        license(found->second, name + ": " + key);
    }
    for (const char* key : {"modelspec.title", "ss_output_name"}) {
      if (const auto found = values.find(key); found != values.end()) named(found->second, name + ": " + key);
    }
    for (const char* key : {"base_model", "base_model_name_or_path"}) {
      if (const auto found = values.find(key); found != values.end()) base(base_of(found->second));
    }
  }

  const LocalModel& model_;
  HeadClaims out_;
  std::uint64_t taken_ = 0;
  std::size_t unread_ = 0;
};

}  // namespace

std::string bytes_of(const LocalModel::File& file, std::uint64_t at, std::size_t most) {
  const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(file.size, 0));
  if (at >= size) return {};
  most = static_cast<std::size_t>(std::min<std::uint64_t>(most, size - at));
  if (file.body) return at < file.body->size() ? file.body->substr(at, most) : std::string();
  std::ifstream in(file.path, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(file.at + at));
  std::string out(most, '\0');
  in.read(out.data(), static_cast<std::streamsize>(most));
  out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return out;
}

bool lfs_pointer(const LocalModel::File& file) {
  constexpr std::string_view kFirst = "version https://git-lfs.github.com/spec/";
  return file.size <= kLargestPointer && bytes_of(file, 0, kFirst.size()) == kFirst;
}

HeadClaims head_claims(const LocalModel& model) {
  return Reader(model).run();
}

}  // namespace howopen::fetch
