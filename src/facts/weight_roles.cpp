// Which of several sets of weights are the model, which are parts of it, and which only stand beside it.
//
//   model-00001-of-00004.safetensors, text_encoder.pth      ->  the shards are the model, of which three miss
//   high_noise/…, low_noise/…, Foo_VAE.pth                  ->  two parts and a helper, all of them loaded
//   a repository that holds nothing but vae.safetensors     ->  that is the model
//
// And which of them are in memory together when it runs: of copies one, of quantizations one, all parts.

#include <algorithm>
#include <set>
#include <utility>

#include "facts/names.h"
#include "facts/parts.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

// " wan2 1 vae ": the words of a name, so that one can be looked for between blanks.
std::string words_of(std::string_view name) {
  std::string out = " ";
  for (const char c : text::lower(name)) {
    if (text::is_alnum(c))
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

bool has_word(const std::string& words, const std::string& word) {
  return words.find(" " + word + " ") != std::string::npos;
}

// `step1000` and `checkpoint_2` begin with the word; `stage1` as well.
bool begins_a_word(const std::string& words, const std::string& word) {
  const std::string begin = " " + word;
  for (std::size_t at = words.find(begin); at != std::string::npos; at = words.find(begin, at + 1)) {
    const std::size_t end = words.find_first_not_of("0123456789", at + begin.size());
    if (end != std::string::npos && words[end] == ' ') return true;
  }
  return false;
}

std::int64_t whole_size(const WeightSet& s) {
  return s.present > 0 && s.bytes >= 0 ? s.bytes / s.present * std::max(s.expected, s.present) : -1;
}

// What libraries call a model's own weights.
bool usual_name(std::string_view name) {
  for (const std::string_view head : {"model.", "model-", "pytorch_model", "consolidated",
                                      "diffusion_pytorch_model", "tf_model", "flax_model"}) {
    if (name.starts_with(head)) return true;
  }
  return false;
}

}  // namespace

const WeightWords::Helper* helper_named(std::string_view path, const WeightWords& known) {
  const std::string words = words_of(file_name(path).substr(0, file_name(path).rfind('.')));
  const std::string in = words_of(file_name(folder(path)));
  for (const WeightWords::Helper& helper : known.helpers) {
    for (const std::string& word : helper.words) {
      if (has_word(words, word) || in == " " + word + " ") return &helper;
    }
  }
  return nullptr;
}

void tell_roles(const WeightWords& known, std::vector<WeightSet>& sets) {
  const auto path = [](const WeightSet& s) { return s.folder.empty() ? s.name : s.folder + "/" + s.name; };
  const auto is_model = [](const WeightSet& s) { return !s.adapter && s.helper.empty(); };
  for (WeightSet& s : sets) {
    if (s.adapter) continue;
    if (const WeightWords::Helper* helper = helper_named(path(s), known)) {
      s.helper = helper->what;
      s.loaded = helper->loaded;
    }
  }
  // What only helps is the model where nothing else is, but for what is none in any company.
  if (std::none_of(sets.begin(), sets.end(), is_model)) {
    for (WeightSet& s : sets) {
      const WeightWords::Helper* helper = s.adapter ? nullptr : helper_named(path(s), known);
      if (helper == nullptr || !helper->never_alone) s.helper.clear(), s.loaded = true;
    }
  }
  // Beside shards of which some are missing, a far smaller file is something else, whatever its name.
  // Of those the largest counts; for itself the next.
  const WeightSet* largest_shards = nullptr;
  std::int64_t most = -1;
  std::int64_t second = -1;
  for (const WeightSet& shards : sets) {
    if (!is_model(shards) || !shards.folder.empty() || complete(shards) || shards.expected < 2) continue;
    const std::int64_t size = whole_size(shards);
    if (size > most) {
      second = std::exchange(most, size);
      largest_shards = &shards;
    } else {
      second = std::max(second, size);
    }
  }
  for (WeightSet& s : sets) {
    const std::int64_t size = &s == largest_shards ? second : most;
    if (is_model(s) && s.bytes >= 0 && s.bytes < size / 10) s.helper = "smaller file";
  }
  const auto any = [&](const WeightSet& s, const std::vector<std::string>& list) {
    const std::string words = words_of(s.folder);
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& w) { return begins_a_word(words, w); });
  };
  // Beside two folders or more that are parts by their names, a smaller file at the top is a helper as well.
  std::set<std::string> folders;
  std::int64_t largest = -1;
  for (const WeightSet& s : sets) {
    if (!is_model(s) || s.folder.empty() || any(s, known.copies) || !any(s, known.parts)) continue;
    folders.insert(s.folder);
    largest = std::max(largest, whole_size(s));
  }
  for (WeightSet& s : sets) {
    if (folders.size() > 1 && is_model(s) && s.folder.empty() && !usual_name(s.name) && s.bytes >= 0 &&
        s.bytes < largest)
      s.helper = "smaller file";
  }
  const bool top = std::any_of(sets.begin(), sets.end(),
                               [&](const WeightSet& s) { return is_model(s) && s.folder.empty(); });
  for (WeightSet& s : sets) {
    if (any(s, known.copies)) s.loaded = s.loaded && s.helper.empty();
  }
  if (top) return;
  // Folders make up the model where their names or a helper beside them say so.
  const bool helped =
      std::any_of(sets.begin(), sets.end(), [](const WeightSet& s) { return !s.helper.empty() && s.loaded; });
  std::vector<WeightSet*> parts;
  std::set<std::string_view> taken;
  for (WeightSet& s : sets) {
    if (!is_model(s) || any(s, known.copies)) continue;
    if (!helped && !any(s, known.parts)) return;
    // One format of each folder.
    if (taken.insert(s.folder).second) parts.push_back(&s);
  }
  if (parts.size() < 2) return;
  for (WeightSet* s : parts) s->part = true;
}

}  // namespace howopen::facts

namespace howopen {
namespace {

// What is run of several quantizations: what llama.cpp takes where nothing else is said.
bool usual_quantization(const WeightSet& s) {
  return text::lower(s.name).find("q4_k_m") != std::string::npos;
}

bool whole(const WeightSet& s) {
  return s.present > 0 && s.present >= s.expected && s.missing.empty();
}

// In each folder of a pipeline the format that comes first, and of its variants the full one.
std::vector<const WeightSet*> of_pipeline(const Weights& weights) {
  std::vector<const WeightSet*> out;
  for (const std::string& component : weights.components) {
    const WeightSet* best = nullptr;
    for (const WeightSet& s : weights.sets) {
      if (s.folder != component || s.adapter || !whole(s)) continue;
      if (best == nullptr || (s.format == best->format && s.bytes > best->bytes)) best = &s;
    }
    if (best == nullptr) return {};
    out.push_back(best);
  }
  return out;
}

void take_one(const Weights& weights, LoadedSets& out) {
  const WeightSet* first = nullptr;
  for (const WeightSet& s : weights.sets) {
    if (!whole(s) || !s.helper.empty()) continue;
    if (s.adapter) {
      if (out.adapter == nullptr) out.adapter = &s;
      continue;
    }
    if (first == nullptr) first = &s;
    if (s.format == WeightFormat::gguf && s.format == first->format) out.choices.push_back(&s);
  }
  if (out.choices.size() < 2) out.choices.clear();
  const auto usual = std::find_if(out.choices.begin(), out.choices.end(),
                                  [](const WeightSet* s) { return usual_quantization(*s); });
  if (usual != out.choices.end()) first = *usual;
  if (first != nullptr) {
    out.model.push_back(first);
    out.adapter = nullptr;
  }
}

}  // namespace

std::int64_t LoadedSets::bytes() const {
  std::int64_t out = 0;
  for (const auto* sets : {&model, &helpers}) {
    for (const WeightSet* s : *sets) {
      if (s->bytes < 0) return -1;
      out += s->bytes;
    }
  }
  return model.empty() ? -1 : out;
}

LoadedSets loaded_sets(const Weights& weights) {
  LoadedSets out;
  if (!weights.components.empty()) {
    out.model = of_pipeline(weights);
    return out;
  }
  bool parts = false;
  for (const WeightSet& s : weights.sets) {
    if (!s.part) continue;
    parts = true;
    if (!whole(s)) return {};
    out.model.push_back(&s);
  }
  if (!parts) take_one(weights, out);
  if (out.model.empty()) return out;
  std::set<std::string> known;
  for (const WeightSet& s : weights.sets) {
    if (!s.helper.empty() && s.loaded && whole(s) && known.insert(s.helper).second) out.helpers.push_back(&s);
  }
  return out;
}

}  // namespace howopen
