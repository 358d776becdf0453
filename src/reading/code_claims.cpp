// Bases that a block of code names.
//
//   merge_method: slerp, models: [{model: a/b}, {model: c/d}]  ->  a/b and c/d, merged

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hub/addresses.h"
#include "hub/ids.h"
#include "reading/reader.h"
#include "text/utf8.h"
#include "text/yaml.h"

namespace howopen::reading {
namespace {

using text::Block;

// Keys under which a configuration of mergekit names models.
bool names_a_model(std::string_view key) {
  for (const std::string_view k : {"model", "base_model", "source_model", "path"}) {
    if (key == k) return true;
  }
  return false;
}

void collect(const text::Json& value, std::string_view key, int depth,
             std::vector<std::pair<std::string, int>>& out) {
  if (depth > 8 || out.size() >= 32) return;
  if (value.is_object()) {
    for (const auto& [name, member] : value.members()) collect(member, name, depth + 1, out);
  } else if (value.is_array()) {
    for (const text::Json& item : value.items()) collect(item, key, depth + 1, out);
  } else if (const auto s = value.string(); s && names_a_model(key)) {
    // `base+lora` merges an adapter into it.
    for (std::size_t at = 0; at < s->size();) {
      const std::size_t plus = std::min(s->find('+', at), s->size());
      out.emplace_back(std::string(s->substr(at, plus - at)), value.line);
      at = plus + 1;
    }
  }
}

void add_origin(std::string_view model, Relation how, At at, const Source& source, Claims& out) {
  const auto reference = hub::read_reference(model);
  if (!reference || !hub::is_owned_id(reference->id) || text::equal_ignoring_case(reference->id, source.id))
    return;
  OriginClaim c;
  c.how = how;
  c.id = reference->id;
  c.name = model;
  c.at = at;
  out.origins.push_back(std::move(c));
}

// The key under which the configuration of a run names what it tunes: of axolotl, of LLaMA-Factory.
std::string_view base_of_a_run(std::string_view text) {
  const auto has = [&](std::string_view key) {
    const std::size_t at = text.find(key);
    return at != std::string_view::npos && (at == 0 || text[at - 1] == '\n');
  };
  for (const std::string_view key : {"base_model", "model_name_or_path"}) {
    if (!has(std::string(key) + ":")) continue;
    for (const std::string_view other :
         {"datasets:", "dataset:", "adapter:", "sequence_len:", "micro_batch_size:", "finetuning_type:",
          "learning_rate:", "num_train_epochs:"}) {
      if (has(other)) return key;
    }
  }
  return {};
}

// "Wren-7B = acme/Foo-7B + 0.5 * (heron/Bar-7B - acme/Foo-7B)": a merge as arithmetic, of the model itself.
void read_formula(std::size_t block, const Source& source, Claims& out) {
  const Block& b = source.card.blocks[block];
  const std::string_view own = std::string_view(source.id).substr(source.id.find('/') + 1);
  for (std::size_t at = 0; at < b.text.size();) {
    const std::size_t end = std::min(b.text.find('\n', at), b.text.size());
    const std::string_view line = std::string_view(b.text).substr(at, end - at);
    const std::size_t equals = line.find(" = ");
    if (equals != std::string_view::npos &&
        text::equal_ignoring_case(text::trim(line.substr(0, equals)), own)) {
      constexpr std::string_view kSigns = " ()+*";
      for (std::size_t from = equals + 3; from < line.size();) {
        const std::size_t to = std::min(line.find_first_of(kSigns, from), line.size());
        add_origin(line.substr(from, to - from), Relation::merge, {block, at, text::Markdown::line_at(b, at)},
                   source, out);
        from = to + 1;
      }
    }
    at = end + 1;
  }
}

}  // namespace

// A configuration is what it is wherever it stands: mergekit's, an adapter's, a trainer's.
void read_code(std::size_t block, const Source& source, Claims& out) {
  const Block& b = source.card.blocks[block];
  read_formula(block, source, out);
  const bool merge =
      b.text.find("merge_method:") != std::string::npos || b.text.find("gate_mode:") != std::string::npos ||
      b.text.find("source_model:") != std::string::npos || b.text.find("slices:") != std::string::npos;
  const bool adapter = b.text.find("\"base_model_name_or_path\"") != std::string::npos;
  const std::string_view run = merge || adapter ? std::string_view() : base_of_a_run(b.text);
  if ((!merge && !adapter && run.empty()) || b.text.size() > 64'000) return;
  const int first = text::Markdown::line_at(b, 0);
  const text::Yaml yaml = text::parse_yaml(b.text, first);
  if (!yaml.value) return;
  std::vector<std::pair<std::string, int>> models;
  if (merge) collect(*yaml.value, "", 0, models);
  if (adapter)
    models.emplace_back(std::string((*yaml.value)["base_model_name_or_path"].string_or("")), first);
  if (!run.empty()) models.emplace_back(std::string((*yaml.value)[run].string_or("")), first);
  const Relation how = adapter ? Relation::adapter : merge ? Relation::merge : Relation::finetune;
  for (const auto& [model, line] : models)
    add_origin(model, how, {block, 0, line > 0 ? line : first}, source, out);
}

bool holds_loose_merge(const text::Markdown& card) {
  return std::any_of(card.blocks.begin(), card.blocks.end(), [](const Block& b) {
    return b.kind == Block::Kind::paragraph && b.text.find("merge_method:") != std::string::npos;
  });
}

void read_loose_merge(std::size_t block, const Source& source, Claims& out) {
  const Block& b = source.card.blocks[block];
  for (std::size_t at = 0; at < b.text.size();) {
    const std::size_t end = std::min(b.text.find('\n', at), b.text.size());
    const std::string_view line = text::trim(std::string_view(b.text).substr(at, end - at));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && names_a_model(text::trim(line.substr(0, colon))))
      add_origin(text::trim(line.substr(colon + 1)), Relation::merge,
                 {block, at, text::Markdown::line_at(b, at)}, source, out);
    at = end + 1;
  }
}

}  // namespace howopen::reading
