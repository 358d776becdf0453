// Ids of models, and what resembles them: MIME types, time zones, paths, branches.
//
//   "TheBloke/Foo-7B-GGUF:Q4_K_M"  ->  owned, TheBloke/Foo-7B-GGUF
//   "./model", "text/plain"        ->  a path

#include "scan/names.h"

#include <algorithm>
#include <array>

#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

using text::lower;

constexpr std::array<std::string_view, 66> kFileEndings = {
    ".bin", ".c",    ".cc",    ".cfg", ".ckpt",   ".conf", ".cpp", ".css",  ".csv",     ".db",   ".dll",
    ".exe", ".gguf", ".gif",   ".git", ".go",     ".gz",   ".h",   ".h5",   ".hpp",     ".htm",  ".html",
    ".ico", ".ini",  ".ipynb", ".jar", ".java",   ".jpeg", ".jpg", ".js",   ".json",    ".jsx",  ".keras",
    ".log", ".md",   ".mjs",   ".mp3", ".mp4",    ".npy",  ".npz", ".onnx", ".parquet", ".pb",   ".pdf",
    ".pem", ".php",  ".pkl",   ".png", ".pt",     ".pth",  ".py",  ".rb",   ".rs",      ".rst",  ".sh",
    ".so",  ".sql",  ".svg",   ".tar", ".tflite", ".toml", ".ts",  ".txt",  ".xml",     ".yaml", ".yml"};

constexpr std::array<std::string_view, 4> kWeightEndings = {".gguf", ".ggml", ".llamafile", ".safetensors"};

bool good_part(std::string_view part) {
  if (part.empty() || part.size() > 96) return false;
  if (part.front() == '-' || part.front() == '.' || part.back() == '-' || part.back() == '.') return false;
  return part.find("..") == std::string_view::npos && std::all_of(part.begin(), part.end(), is_name_char);
}

// Whether `word` is made of words of the table alone, one of them a core: my-org, someuser, example_company.
// Cores are kept apart since `my-demo` may be somebody, `my-org` is nobody.
bool made_of_placeholders(std::string_view word) {
  constexpr std::size_t kLongest = 40;
  std::string plain;
  for (const char c : word) {
    if (is_alnum(c)) plain += c;
  }
  if (plain.size() > 2 && is_digit(plain.back()) && !is_digit(plain[plain.size() - 2]))
    plain.pop_back();  // org1
  if (plain.size() > 2 && plain.find_first_not_of('x') == std::string::npos) return true;
  if (plain.empty() || plain.size() > kLongest) return false;
  // By end: 0 not reached, 1 by words, 2 with a core among them.
  std::array<int, kLongest + 1> reached{1};
  const auto go = [&](std::size_t from, const WordSet& set, int as) {
    for (const std::string& w : set.list()) {
      if (plain.compare(from, w.size(), w) == 0)
        reached[from + w.size()] = std::max({reached[from + w.size()], as, reached[from]});
    }
  };
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (reached[i] == 0) continue;
    go(i, words().placeholder_words, 1);
    go(i, words().placeholder_cores, 2);
  }
  return reached[plain.size()] == 2;
}

// serving.example.io, k8s.gcr.com: a host or an API group, whose names have a slash as well.
bool is_domain(std::string_view owner) {
  const std::size_t dot = owner.rfind('.');
  return dot != std::string_view::npos && owner.size() - dot > 2 &&
         std::all_of(owner.begin() + static_cast<std::ptrdiff_t>(dot) + 1, owner.end(), text::is_letter);
}

bool all_digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

bool is_name_char(char c) {
  return is_alnum(c) || c == '_' || c == '-' || c == '.';
}

bool names_a_model(std::string_view text) {
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos;
       slash = text.find('/', slash + 1)) {
    std::size_t from = slash;
    std::size_t to = slash + 1;
    while (from > 0 && (is_name_char(text[from - 1]) || text[from - 1] == '/')) --from;
    while (to < text.size() && (is_name_char(text[to]) || text[to] == '/')) ++to;
    if (to - from < 200 && read_name(text.substr(from, to - from)).kind == Name::Kind::owned) return true;
    slash = to - 1;
  }
  return false;
}

bool is_weights_file(std::string_view path) {
  return path.find("://") == std::string_view::npos && path.find(' ') == std::string_view::npos &&
         std::any_of(kWeightEndings.begin(), kWeightEndings.end(),
                     [&](std::string_view e) { return path.size() > e.size() && path.ends_with(e); });
}

bool is_foreign_address(std::string_view value, bool any) {
  const std::size_t scheme = value.find("://");
  if (scheme == std::string_view::npos || scheme == 0 || scheme > 16 ||
      value.find_first_of(" {$<\n") != std::string_view::npos)
    return false;
  for (const std::string_view hub : {"huggingface", "hf.co", "hf-mirror.com", "hf://", "djl://"}) {
    if (value.find(hub) != std::string_view::npos) return false;
  }
  const std::string_view path = value.substr(0, value.find_first_of("?#"));
  if (words().media_endings.ends(text::lower(path))) return false;
  const bool web = value.starts_with("http");
  return any || !web || std::any_of(kWeightEndings.begin(), kWeightEndings.end(), [&](std::string_view e) {
           return path.ends_with(e);
         });
}

Name read_name(std::string_view text) {
  Name out;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text.size() > 300) return out;
  std::string_view s = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  out.at = first;
  if (s.find_first_of("{}$<>%") != std::string_view::npos) {
    out.kind = Name::Kind::variable;
    return out;
  }
  if (s.find("://") != std::string_view::npos || s.starts_with("hf-hub:") || s.starts_with("hf_hub:") ||
      s.starts_with("hf:") || s.starts_with("hf.co/") || s.starts_with("huggingface.co/") ||
      s.starts_with("pkg:")) {
    out.kind = Name::Kind::elsewhere;
    return out;
  }
  const bool rooted = s.front() == '.' || s.front() == '/' || s.front() == '~' || s.back() == '/' ||
                      s.find('\\') != std::string_view::npos;
  if (rooted) {
    out.kind = Name::Kind::path;
    return out;
  }
  if (const std::size_t at = s.find('@'); at != std::string_view::npos) {
    out.revision = s.substr(at + 1);
    s = s.substr(0, at);
  }
  // LiteLLM names the server first: hosted_vllm/org/name.
  for (const std::string_view server :
       {"hosted_vllm/", "vllm/", "together_ai/", "deepinfra/", "featherless_ai/", "nscale/", "novita/",
        "hyperbolic/", "nebius/", "openai/"}) {
    if (!s.starts_with(server) || std::count(s.begin(), s.end(), '/') != 2) continue;
    s.remove_prefix(server.size());
    out.at += server.size();
    break;
  }
  // Behind a colon: a quantization, a provider, a tag.
  if (const std::size_t colon = s.find(':'); colon != std::string_view::npos && colon > 1)
    s = s.substr(0, colon);
  out.id = s;
  const std::size_t slash = s.find('/');
  const std::string name = lower(slash == std::string_view::npos ? s : s.substr(slash + 1));
  const bool file = std::any_of(kFileEndings.begin(), kFileEndings.end(),
                                [&](std::string_view e) { return name.ends_with(e); });
  if (slash == std::string_view::npos) {
    if (good_part(s)) out.kind = file ? Name::Kind::path : Name::Kind::bare;
    return out;
  }
  if (s.find('/', slash + 1) != std::string_view::npos) {
    if (s.find(' ') == std::string_view::npos) out.kind = Name::Kind::path;
    return out;
  }
  const std::string_view owner = s.substr(0, slash);
  if (!good_part(owner) || !good_part(s.substr(slash + 1))) return out;
  const std::string low = lower(owner);
  // One-letter owners exist (and stand in examples), so a/b is one where nothing else can be meant.
  const bool listed = low != "a" && words().no_owners.has(low);
  if (words().no_ids.has(lower(s))) return out;
  if (file || listed || all_digits(owner) || all_digits(s.substr(slash + 1))) {
    out.kind = Name::Kind::path;
    return out;
  }
  out.kind = Name::Kind::owned;
  out.placeholder = is_placeholder(s);
  out.domain = is_domain(owner);
  return out;
}

bool is_placeholder(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos) return words().placeholder_bare.has(lower(id));
  const std::string owner = lower(id.substr(0, slash));
  const std::string name = lower(id.substr(slash + 1));
  return owner.starts_with("your") || name.starts_with("your") || words().placeholder_owners.has(owner) ||
         made_of_placeholders(owner) || is_domain(owner);
}

bool is_placeholder_path(std::string_view path) {
  const std::string p = lower(path);
  return words().local_folders.within(p);
}

bool speaks_of_the_hub(std::string_view text) {
  constexpr std::string_view kSigns[] = {
      "huggingface", "hf_hub",          "from_pretrained",   "vllm",
      "sglang",      "axolotl",         "llamafactory",      "text-generation-inference",
      "HF_TOKEN",    "hf.co/",          "HuggingFace",       "Hugging Face",
      "litellm",     "transformers.js", "@xenova",           "base_model",
      "AutoModel",   "AutoTokenizer",   "snapshot_download", "model_name_or_path",
      "informers"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

bool speaks_to_a_store(std::string_view text) {
  const auto& signs = words().store_signs.list();
  return std::any_of(signs.begin(), signs.end(),
                     [&](const std::string& sign) { return text.find(sign) != std::string_view::npos; });
}

}  // namespace howopen::scan
