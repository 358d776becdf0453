// Ids of models, and what resembles them: MIME types, time zones, paths, branches.
//
//   "TheBloke/Foo-7B-GGUF:Q4_K_M"  ->  owned, TheBloke/Foo-7B-GGUF
//   "./model", "text/plain"        ->  a path

#include "scan/names.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace howopen::scan {
namespace {

using text::lower;

// First halves of words with a slash that are no owners on the Hub.
constexpr std::array<std::string_view, 190> kNoOwners = {"..",
                                                         "a",
                                                         "about",
                                                         "absolute",
                                                         "accounts",
                                                         "action",
                                                         "actions",
                                                         "adapters",
                                                         "addon",
                                                         "admin",
                                                         "africa",
                                                         "america",
                                                         "and",
                                                         "antarctica",
                                                         "api",
                                                         "app",
                                                         "application",
                                                         "apps",
                                                         "arctic",
                                                         "artifacts",
                                                         "asia",
                                                         "assets",
                                                         "atlantic",
                                                         "audio",
                                                         "australia",
                                                         "auth",
                                                         "backend",
                                                         "base",
                                                         "bin",
                                                         "boot",
                                                         "bugfix",
                                                         "build",
                                                         "cache",
                                                         "canada",
                                                         "checkpoint",
                                                         "checkpoints",
                                                         "chore",
                                                         "ckpt",
                                                         "ckpts",
                                                         "client",
                                                         "cmd",
                                                         "code",
                                                         "common",
                                                         "component",
                                                         "components",
                                                         "conf",
                                                         "config",
                                                         "configs",
                                                         "content",
                                                         "contrib",
                                                         "core",
                                                         "css",
                                                         "data",
                                                         "dataset",
                                                         "datasets",
                                                         "db",
                                                         "debug",
                                                         "default",
                                                         "demo",
                                                         "dependabot",
                                                         "deploy",
                                                         "dev",
                                                         "dist",
                                                         "doc",
                                                         "docker",
                                                         "docs",
                                                         "download",
                                                         "downloads",
                                                         "etc",
                                                         "europe",
                                                         "example",
                                                         "examples",
                                                         "export",
                                                         "extensions",
                                                         "feat",
                                                         "feature",
                                                         "file",
                                                         "files",
                                                         "fix",
                                                         "fixtures",
                                                         "font",
                                                         "fonts",
                                                         "foo",
                                                         "frontend",
                                                         "generated",
                                                         "github",
                                                         "hdd",
                                                         "heads",
                                                         "helpers",
                                                         "home",
                                                         "hotfix",
                                                         "html",
                                                         "http",
                                                         "icons",
                                                         "image",
                                                         "images",
                                                         "img",
                                                         "include",
                                                         "indian",
                                                         "input",
                                                         "inputs",
                                                         "internal",
                                                         "js",
                                                         "jobs",
                                                         "kubernetes",
                                                         "lang",
                                                         "lib",
                                                         "libs",
                                                         "library",
                                                         "linux",
                                                         "local",
                                                         "log",
                                                         "logs",
                                                         "main",
                                                         "master",
                                                         "media",
                                                         "message",
                                                         "mnt",
                                                         "model",
                                                         "models",
                                                         "module",
                                                         "modules",
                                                         "multipart",
                                                         "my_models",
                                                         "no",
                                                         "node_modules",
                                                         "on",
                                                         "opt",
                                                         "or",
                                                         "origin",
                                                         "out",
                                                         "output",
                                                         "outputs",
                                                         "pacific",
                                                         "packages",
                                                         "pages",
                                                         "path",
                                                         "pkg",
                                                         "plugin",
                                                         "plugins",
                                                         "posts",
                                                         "pretrained",
                                                         "pretrained_models",
                                                         "private",
                                                         "proc",
                                                         "product",
                                                         "products",
                                                         "public",
                                                         "read",
                                                         "refs",
                                                         "release",
                                                         "releases",
                                                         "remotes",
                                                         "repos",
                                                         "resource",
                                                         "resources",
                                                         "result",
                                                         "results",
                                                         "root",
                                                         "run",
                                                         "runs",
                                                         "s3",
                                                         "saved_model",
                                                         "saved_models",
                                                         "schema",
                                                         "schemas",
                                                         "script",
                                                         "scripts",
                                                         "server",
                                                         "service",
                                                         "services",
                                                         "share",
                                                         "shared",
                                                         "site",
                                                         "spaces",
                                                         "src",
                                                         "srv",
                                                         "static",
                                                         "storage",
                                                         "store",
                                                         "styles",
                                                         "sys",
                                                         "tags",
                                                         "target",
                                                         "templates",
                                                         "test",
                                                         "tests",
                                                         "text",
                                                         "third_party"};
constexpr std::array<std::string_view, 22> kNoOwnersMore = {
    "tmp",  "tools",  "trained", "trained_models", "types", "ui",  "us",
    "user", "users",  "usr",     "utils",          "v1",    "v2",  "v3",
    "var",  "vendor", "video",   "videos",         "views", "web", "weights",
    "www"};

constexpr std::array<std::string_view, 66> kFileEndings = {
    ".bin", ".c",    ".cc",    ".cfg", ".ckpt",   ".conf", ".cpp", ".css",  ".csv",     ".db",   ".dll",
    ".exe", ".gguf", ".gif",   ".git", ".go",     ".gz",   ".h",   ".h5",   ".hpp",     ".htm",  ".html",
    ".ico", ".ini",  ".ipynb", ".jar", ".java",   ".jpeg", ".jpg", ".js",   ".json",    ".jsx",  ".keras",
    ".log", ".md",   ".mjs",   ".mp3", ".mp4",    ".npy",  ".npz", ".onnx", ".parquet", ".pb",   ".pdf",
    ".pem", ".php",  ".pkl",   ".png", ".pt",     ".pth",  ".py",  ".rb",   ".rs",      ".rst",  ".sh",
    ".so",  ".sql",  ".svg",   ".tar", ".tflite", ".toml", ".ts",  ".txt",  ".xml",     ".yaml", ".yml"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view s) {
  return std::find(list.begin(), list.end(), s) != list.end();
}

bool good_part(std::string_view part) {
  if (part.empty() || part.size() > 96) return false;
  if (part.front() == '-' || part.front() == '.' || part.back() == '-' || part.back() == '.') return false;
  return part.find("..") == std::string_view::npos && std::all_of(part.begin(), part.end(), is_name_char);
}

bool is_placeholder(std::string_view owner, std::string_view name) {
  const std::string o = lower(owner);
  return o.starts_with("your") || o == "username" || o == "my-username" || o == "path" || o == "user_name" ||
         lower(name).starts_with("your");
}

bool all_digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

bool is_name_char(char c) {
  return is_alnum(c) || c == '_' || c == '-' || c == '.';
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
  const bool listed = low != "a" && (holds(kNoOwners, low) || holds(kNoOwnersMore, low));
  if (file || listed || all_digits(owner) || all_digits(s.substr(slash + 1))) {
    out.kind = Name::Kind::path;
    return out;
  }
  out.kind = Name::Kind::owned;
  out.placeholder = is_placeholder(owner, s.substr(slash + 1));
  return out;
}

}  // namespace howopen::scan
