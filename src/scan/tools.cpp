// The tables of programs and options, from the Hub's own snippets and from the launchers' documentation.
//
//   is_model_option(option_name("--hf_repo"))  ->  true
//   is_common_option("model")                  ->  true: takes models in company of a known program

#include "scan/tools.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scan/names.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr Tool kTools[] = {
    {"vllm", "|serve|", "vllm serve"},
    {"vllm-mlx", "|serve|", "vllm-mlx serve"},
    {"trtllm-serve", "|serve|", "trtllm-serve"},
    {"trtllm-serve", "", "trtllm-serve"},
    {"hf", "|download|", "hf download"},
    {"hf", "|info|", "hf models info"},
    {"huggingface-cli", "|download|", "huggingface-cli download"},
    {"ollama", "|run|pull|show|", "ollama", Tool::Names::ollama},
    {"model", "|run|pull|serve|package|inspect|", "docker model", Tool::Names::docker},
    {"lms", "|get|load|", "lms get", Tool::Names::mixed},
    {"lmdeploy", "|chat|api_server|gradio|", "lmdeploy"},
    {"api_server", "", "lmdeploy serve api_server"},
    {"litgpt", "|download|chat|generate|serve|finetune|finetune_lora|finetune_full|pretrain|evaluate|",
     "litgpt"},
    {"tune", "|download|", "tune download"},
    {"aphrodite", "|run|serve|", "aphrodite run"},
    {"transformers", "|chat|serve|", "transformers chat"},
    {"ramalama", "|run|pull|serve|chat|bench|", "ramalama", Tool::Names::mixed},
    {"nexa", "|run|infer|pull|", "nexa", Tool::Names::mixed},
    {"jlama", "|chat|download|restapi|complete|", "jlama"},
    {"openllm", "|serve|start|run|", "openllm", Tool::Names::mixed},
    {"mistralrs", "|run|serve|", "mistralrs"},
    {"mlc_llm", "|chat|serve|", "mlc_llm", Tool::Names::mixed},
    {"localai", "|run|", "local-ai run", Tool::Names::mixed},
    {"local-ai", "|run|", "local-ai run", Tool::Names::mixed},
    {"exo", "|run|", "exo run", Tool::Names::mixed},
    {"lemonade-server", "|run|pull|", "lemonade-server", Tool::Names::mixed},
    {"mlx_lm.chat", "", "mlx_lm.chat", Tool::Names::mixed},
    {"spacy", "|download|", "spacy download", Tool::Names::own},
    {"download-ggml-model.sh", "", "download-ggml-model.sh", Tool::Names::own},
    {"git-xet", "|clone|", "git-xet clone", Tool::Names::mixed},
};

// Options whose value is a model of the Hub or a folder; the second are common words.
constexpr std::array<std::string_view, 45> kOptions = {"model-id-or-path",
                                                       "model-id",
                                                       "modelid",
                                                       "hf-repo",
                                                       "hfr",
                                                       "hf",
                                                       "hfd",
                                                       "hfrd",
                                                       "hf-repo-draft",
                                                       "hfv",
                                                       "hfrv",
                                                       "hf-repo-v",
                                                       "model-path",
                                                       "model-name-or-path",
                                                       "pretrained-model-name-or-path",
                                                       "base-model",
                                                       "repo-id",
                                                       "hf-model",
                                                       "hf-model-id",
                                                       "hf-path",
                                                       "speculative-model",
                                                       "draft-model",
                                                       "speculative-draft-model-path",
                                                       "draft-model-id",
                                                       "lora-repo",
                                                       "lora-repo-id",
                                                       "teacher-model-name-or-path",
                                                       "reward-model-path",
                                                       "embedding-model",
                                                       "embedding-model-id",
                                                       "policy.path",
                                                       "policy.pretrained-path",
                                                       "pretrained-model",
                                                       "hf-model-repo-id",
                                                       "spec-draft-hf",
                                                       "spec-draft-hf-repo",
                                                       "hf-repo-id",
                                                       "teacher-model",
                                                       "reward-model",
                                                       "reranker-model",
                                                       "adapter-name-or-path",
                                                       "peft-model",
                                                       "text-model-id",
                                                       "huggingface-model",
                                                       "pretrained-path"};
constexpr std::array<std::string_view, 17> kCommonOptions = {
    "model",      "m",   "models",       "model-name",   "tokenizer",      "tokenizer-path",
    "checkpoint", "llm", "embedder",     "reranker",     "tokenizer-name", "model-dir",
    "pretrained", "r",   "served-model", "hf-tokenizer", "remote"};

// Parts of names of programs, images and modules that run models.
constexpr std::array<std::string_view, 40> kToolParts = {"vllm",
                                                         "sglang",
                                                         "text-generation",
                                                         "text-embeddings",
                                                         "llama-",
                                                         "llama_",
                                                         "llama.cpp",
                                                         "mlx_",
                                                         "mlx-",
                                                         "trtllm",
                                                         "lmdeploy",
                                                         "optimum",
                                                         "lm_eval",
                                                         "lm-eval",
                                                         "lighteval",
                                                         "huggingface",
                                                         "transformers",
                                                         "infinity",
                                                         "tabby",
                                                         "aphrodite",
                                                         "mistralrs",
                                                         "mistral.rs",
                                                         "ct2-",
                                                         "axolotl",
                                                         "accelerate",
                                                         "torchrun",
                                                         "deepspeed",
                                                         "tgi",
                                                         "lemonade",
                                                         "unsloth",
                                                         "autotrain",
                                                         "litgpt",
                                                         "xinference",
                                                         "tensorrt",
                                                         "genai",
                                                         "openllm",
                                                         "sample_factory",
                                                         "lerobot",
                                                         "llamafactory",
                                                         "diffusers"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view s) {
  return std::find(list.begin(), list.end(), s) != list.end();
}

}  // namespace

std::span<const Tool> tools() {
  return kTools;
}

bool is_tool(std::string_view program, std::string_view command) {
  const std::string between = "|" + std::string(command) + "|";
  return std::any_of(std::begin(kTools), std::end(kTools), [&](const Tool& tool) {
    return tool.name == program && tool.subcommands.find(between) != std::string_view::npos;
  });
}

std::string_view base_name(std::string_view w) {
  const std::size_t slash = w.rfind('/');
  return slash == std::string_view::npos ? w : w.substr(slash + 1);
}

std::string option_name(std::string_view word) {
  std::string out(word.substr(std::min(word.find_first_not_of('-'), word.size())));
  for (char& c : out) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_model_option(std::string_view name) {
  return holds(kOptions, name);
}
bool is_common_option(std::string_view name) {
  return holds(kCommonOptions, name);
}
namespace {

// Finds any of a few words within a text in one pass: they are kept by their first letter. One search a word
// took most of the time of a scan.
class AnyWord {
 public:
  template <std::size_t N>
  explicit AnyWord(const std::string_view (&words)[N]) {
    for (const std::string_view w : words) by_first_[static_cast<unsigned char>(w[0])].push_back(w);
  }
  template <std::size_t N>
  explicit AnyWord(const std::array<std::string_view, N>& words) {
    for (const std::string_view w : words) by_first_[static_cast<unsigned char>(w[0])].push_back(w);
  }
  bool within(std::string_view text) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      for (const std::string_view w : by_first_[static_cast<unsigned char>(text[i])]) {
        if (i + 1 < text.size() && text[i + 1] == w[1] && text.compare(i, w.size(), w) == 0) return true;
      }
    }
    return false;
  }

 private:
  std::array<std::vector<std::string_view>, 256> by_first_;
};

}  // namespace

bool names_model_runner(std::string_view word) {
  static const AnyWord kParts(kToolParts);
  return kParts.within(word);
}

bool takes_model_first(std::string_view image) {
  const std::size_t slash = image.find('/');
  return slash != std::string_view::npos && image.find(' ') == std::string_view::npos &&
         words().positional_images.within(image.substr(0, 200)) && !image.starts_with("-");
}

bool is_model_tool(std::string_view word) {
  const std::string_view base = base_name(word.substr(0, 200));
  if (base.empty()) return false;
  return std::any_of(std::begin(kTools), std::end(kTools),
                     [&](const Tool& t) { return t.name == base && base != "model"; });
}

bool looks_like_command(std::string_view text) {
  constexpr std::string_view kSigns[] = {"--model",      "--hf-",           "-hf ",
                                         "-hfr ",        "vllm serve",      "ollama ",
                                         "hf download",  "huggingface-cli", "docker model",
                                         "trtllm-serve", "lms get",         "mlx_lm",
                                         "lmdeploy",     "litgpt ",         "tune download",
                                         "ramalama",     "--base",          "--repo-id",
                                         "MODEL",        "llama-",          "transformers chat",
                                         "pretrained="};
  static const AnyWord kAny(kSigns);
  return kAny.within(text);
}

Word joined(std::span<const Word> words) {
  Word all;
  for (const Word& w : words) {
    if (w.variable || w.value.map.empty()) return {};
    if (!all.value.text.empty()) all.value.add(' ', w.value.map[0]);
    all.value.text += w.value.text;
    all.value.map.insert(all.value.map.end(), w.value.map.begin(), w.value.map.end());
  }
  return all;
}

void without_prefix(std::vector<Word>& command) {
  constexpr std::string_view kPrefixes = "@+-";
  Word& first = command[0];
  const std::string_view t = first.text();
  if (t.size() < 2 || kPrefixes.find(t[0]) == std::string_view::npos) return;
  const std::size_t at = t.find_first_not_of(kPrefixes);
  if (at == std::string_view::npos || !text::is_letter(t[at]) || t.find('/') != std::string_view::npos)
    return;
  // -hf is an option as well.
  if (t.substr(0, at).find('-') != std::string_view::npos &&
      (command.size() < 2 || !is_tool(t.substr(at), command[1].text())))
    return;
  first.value.text.erase(0, at);
  first.value.map.erase(first.value.map.begin(), first.value.map.begin() + static_cast<std::ptrdiff_t>(at));
}

Word part_of(const Word& w, std::size_t at, std::size_t size) {
  Word out;
  out.value.text = w.value.text.substr(at, size);
  const std::size_t from = std::min(at, w.value.map.size());
  const std::size_t to = std::min(at + size, w.value.map.size());
  out.value.map.assign(w.value.map.begin() + static_cast<std::ptrdiff_t>(from),
                       w.value.map.begin() + static_cast<std::ptrdiff_t>(to));
  return out;
}

std::string_view powershell_name(std::string_view word) {
  if (word.starts_with('[')) {
    const std::size_t type = word.find("]$");
    if (type == std::string_view::npos) return {};
    word.remove_prefix(type + 1);
  }
  if (!word.starts_with('$') || word.size() < 2) return {};
  word.remove_prefix(1);
  for (const std::string_view scope : {"env:", "script:", "global:", "local:", "using:"})
    if (word.starts_with(scope)) word.remove_prefix(scope.size());
  return std::all_of(word.begin(), word.end(), [](char c) { return is_alnum(c) || c == '_'; })
             ? word
             : std::string_view();
}

Word without_comma(const Word& w) {
  const std::size_t last = w.text().find_last_not_of(",;})");
  Word out = part_of(w, 0, last == std::string_view::npos ? 0 : last + 1);
  out.variable = w.variable;
  return out;
}

std::vector<Word> ids_of(const Word& w, std::size_t from) {
  constexpr std::string_view kBetween = ", \t\n;";
  std::vector<Word> out;
  const std::string_view t = w.text();
  if (w.variable || t.size() > 4'000) return out;
  for (std::size_t i = t.find_first_not_of(kBetween, from); i < t.size();) {
    const std::size_t end = std::min(t.find_first_of(kBetween, i), t.size());
    if (read_name(t.substr(i, end - i)).kind != Name::Kind::owned) return {};
    out.push_back(part_of(w, i, end - i));
    i = t.find_first_not_of(kBetween, end);
  }
  if (out.size() < 2) out.clear();
  return out;
}

}  // namespace howopen::scan
