// Names are evidence of existence only: what they mean is judged elsewhere.
//
//   train.py, configs/pretrain.yaml, finetune/finetune.py, training_args.bin
//     ->  entry, configuration, recipe, trace

#include "facts/training_names.h"

#include <algorithm>
#include <set>

#include "facts/names.h"
#include "text/ascii.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::contains;
using text::lower;

// The scripts that trainers are given for a task: run_mlm.py, run_t5_mlm_flax.py,
// run_speech_recognition_ctc.py.
bool runs_a_task(std::string_view name) {
  if (!name.starts_with("run_") || !name.ends_with(".py")) return false;
  for (const std::string_view task :
       {"mlm", "clm", "plm", "speech_recognition", "summarization", "translation", "seq2seq", "glue", "squad",
        "_qa", "_ner", "classification", "hybrid_clip", "pretrain"}) {
    if (contains(name, task)) return true;
  }
  return false;
}

// What a repository's or a model's name says of the family: `smollm` of SmolLM3-3B-Base, `gptneox` of
// gpt-neox-20b. Sizes, versions and stages are in every name.
std::vector<std::string> family_of(std::string_view model) {
  const std::string publisher = plain(owner(model));
  static const std::set<std::string, std::less<>> kEverywhere = {
      "instruct", "chat",  "base",  "hf",     "it",      "sft",  "dpo", "rl",   "rlhf",
      "preview",  "small", "large", "xl",     "tiny",    "mini", "pro", "lite", "model",
      "llm",      "lm",    "text",  "vision", "vl",      "moe",  "fp8", "gguf", "awq",
      "gptq",     "4bit",  "8bit",  "onnx",   "distill", "open", "the"};
  std::vector<std::string> parts;
  std::string part;
  for (const char c : lower(repository_name(model)) + "-") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      part += c;
      continue;
    }
    while (!part.empty() && part.back() >= '0' && part.back() <= '9') part.pop_back();
    const bool size = part.empty() || (part[0] >= '0' && part[0] <= '9') || part.size() < 2;
    const bool version = part.size() > 1 && part[0] == 'v' && text::is_digit(part[1]);
    if (!size && !kEverywhere.contains(part) && !version && part != publisher) parts.push_back(part);
    part.clear();
  }
  std::vector<std::string> out;
  if (parts.size() >= 2) out.push_back(parts[0] + parts[1]);
  if (!parts.empty() && parts[0].size() >= 3) out.push_back(parts[0]);
  return out;
}

}  // namespace

// Those of them that begin with a model that was pre-trained elsewhere.
bool tunes(std::string_view path) {
  const std::string name = lower(file_name(path));
  if (!runs_a_task(name)) return false;
  for (const std::string_view task : {"speech_recognition", "summarization", "translation", "seq2seq", "glue",
                                      "squad", "_qa", "_ner", "classification"}) {
    if (contains(name, task)) return true;
  }
  return false;
}

Part part_of_training(std::string_view path) {
  if (path.ends_with(".safetensors")) return Part::none;  // as most files of most models
  const std::string file = lower(path);
  const std::string_view name = file_name(file);
  for (const std::string_view trace :
       {"training_args.bin", "trainer_state.json", "optimizer.pt", "scheduler.pt", "train_results.json",
        "all_results.json", "trainer_log.jsonl"}) {
    if (name == trace) return Part::trace;
  }
  const bool script = name.ends_with(".py") || name.ends_with(".sh") || name.ends_with(".ipynb");
  const bool settings = name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".toml") ||
                        name.ends_with(".gin") || (name.ends_with(".json") && contains(name, "ds_config"));
  // Recipes for users come first: finetune_train.sh is one of them.
  if (contains(file, "finetun") || contains(file, "fine_tun") || contains(file, "fine-tun") ||
      contains(name, "lora")) {
    return script || settings ? Part::recipe : Part::none;
  }
  // What is not about training the model: its tokenizer, running it, measuring it.
  for (const std::string_view other : {"tokenizer", "infer", "eval", "test", "deploy", "serv", "export"}) {
    if (contains(name, other)) return Part::none;
  }
  const bool about_training = contains(name, "train") || contains(folder(file), "train");
  // Modeling code is imported for training too: modeling_x.py in train/ is not a start.
  if (script && (about_training || runs_a_task(name))) return Part::entry;
  if (name == "config.cfg") return Part::configuration;  // of spaCy: all settings of the run
  if (settings && (about_training || contains(folder(file), "config"))) return Part::configuration;
  return Part::none;
}

std::string plain(std::string_view name) {
  std::string out;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/') out += c;
  }
  return out;
}

namespace {

bool is_unit(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == 'b' || text[at] == 'm') &&
         (at + 1 == text.size() || !text::is_alnum(text[at + 1]));
}

// A point between digits, or an underscore in its place: "2_5", but "2_1b" are a version and a size.
bool joins(std::string_view text, std::size_t at) {
  if (text[at] != '.' && text[at] != '_') return false;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", at + 1), text.size());
  return end > at + 1 && (text[at] == '.' || !is_unit(text, end));
}

// "large" of train_large.sh; "base" says as often what a file is for.
std::vector<std::string_view> size_words(std::string_view path) {
  std::vector<std::string_view> out;
  std::string part;
  for (const char c : lower(path) + "/") {
    if (c >= 'a' && c <= 'z') {
      part += c;
      continue;
    }
    for (const std::string_view word :
         {"nano", "micro", "tiny", "mini", "small", "medium", "large", "huge"}) {
      if (part == word) out.push_back(word);
    }
    part.clear();
  }
  return out;
}

// `v1/train.py`: a folder that is a version.
bool is_version_folder(std::string_view text, std::size_t at, std::size_t end) {
  const bool begins = at > 0 && text[at - 1] == 'v' && (at == 1 || text[at - 2] == '/');
  return begins && end < text.size() && text[end] == '/';
}

// A 1.7B is a 1B in names of files.
bool same_size(const std::string& a, const std::string& b) {
  const auto whole = [](const std::string& s) {
    return s.substr(0, s.find_first_not_of("0123456789")) + s.back();
  };
  const bool rounded = a.find('.') == std::string::npos || b.find('.') == std::string::npos;
  return a == b || (rounded && whole(a) == whole(b));
}

}  // namespace

Generation::Generation(std::string_view model) : family_(family_of(model)) {
  const std::string name = lower(repository_name(model));
  read(name, version_, sizes_);
  for (const std::string_view word : size_words(name)) words_.push_back(word);
}

bool Generation::other(std::string_view path) const {
  if (family_.empty()) return false;
  std::string version;
  std::vector<std::string> sizes;
  read(lower(path), version, sizes);
  if (!version.empty() && version != (version_.empty() ? "1" : version_)) return true;
  const std::vector<std::string_view> words = size_words(path);
  if (!words_.empty() && !words.empty() && std::none_of(words.begin(), words.end(), [&](std::string_view w) {
        return std::find(words_.begin(), words_.end(), w) != words_.end();
      }))
    return true;
  if (sizes.empty() || sizes_.empty()) return false;
  return std::none_of(sizes.begin(), sizes.end(), [&](const std::string& s) {
    return std::any_of(sizes_.begin(), sizes_.end(),
                       [&](const std::string& own) { return same_size(own, s); });
  });
}

// "2" of "olm-2-7b", "2.5" of "qwen2.5-7b", none of "pythia-6.9b"; "7b", "6.9b", "135m".
void Generation::read(std::string_view text, std::string& version, std::vector<std::string>& sizes) const {
  for (std::size_t at = 0; at < text.size();) {
    if (!text::is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    std::string number;
    while (end < text.size() && (text::is_digit(text[end]) || joins(text, end)))
      number += text[end] == '_' ? '.' : text[end], ++end;
    const bool unit = is_unit(text, end);
    if (unit)
      sizes.push_back(number + text[end]);
    else if (version.empty() && (end == text.size() || !text::is_alnum(text[end])) &&
             (behind_family(text.substr(0, at)) || (!version_.empty() && is_version_folder(text, at, end))))
      version = number;
    at = end;
  }
}

bool Generation::behind_family(std::string_view before) const {
  while (!before.empty() && !text::is_alnum(before.back())) before.remove_suffix(1);
  if (before.ends_with("v") && before.size() > 1 && !text::is_alnum(before[before.size() - 2]))
    before = before.substr(0, before.size() - 2);
  const std::string p = plain(before);
  return std::any_of(family_.begin(), family_.end(), [&](const std::string& f) { return p.ends_with(f); });
}

// Repositories that only run a model, by what they start.
bool starts_inference(std::string_view path) {
  const std::string name = lower(file_name(path));
  if (!name.ends_with(".py")) return false;
  for (const std::string_view head : {"generate", "infer", "sample", "predict", "demo", "run_inference",
                                      "app.", "gradio", "t2v", "i2v", "t2i"}) {
    if (name.starts_with(head)) return true;
  }
  return false;
}

bool settings_of_a_run(std::string_view path) {
  const std::string file = lower(path);
  const std::string_view name = file_name(file);
  if (contains(name, "infer") || contains(name, "eval") || contains(file, "finetun") ||
      contains(folder(file), "infer"))
    return false;
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".toml") ||
         name.ends_with(".gin") || (contains(folder(file), "config") && name.ends_with(".py"));
}

// Repositories for those who use a model, by their names.
bool for_users(std::string_view repository) {
  const std::string name = lower(repository_name(repository));
  return text::contains_any(name, {"cookbook", "recipe", "example", "finetun", "fine-tun", "quickstart",
                                   "tutorial", "eval", "bench", "demo", "inference", "agent", "awesome"});
}

bool for_users_path(std::string_view path) {
  const std::string folder_name = "/" + lower(folder(path)) + "/";
  return text::contains_any(
      folder_name, {"/example", "/demo", "/test", "/eval", "/benchmark", "/doc", "/tutorial", "/cookbook",
                    "/third_party", "/vendor", "/playground", "/tool"});
}

bool named_alike(std::string_view model, std::string_view text) {
  const std::vector<std::string> family = family_of(model);
  const std::string p = plain(text);
  return std::any_of(family.begin(), family.end(), [&](const std::string& f) { return contains(p, f); });
}

}  // namespace howopen::facts
