// Names as people type them, against ids and closed models: first as a whole, without blanks and hyphens,
// then part by part, then with typing errors.
//
//   "DeepSeek R1", "deepseekr1"  ->  deepseek-ai/DeepSeek-R1
//   "llama 3.3"                  ->  not certain; nearest meta-llama/Llama-3.3-70B-Instruct, …
//   "claude-3-opus"              ->  claude, whose family covers it

#include <algorithm>
#include <tuple>

#include "catalog/parts.h"
#include "text/ascii.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostNearest = 5;
constexpr std::size_t kShortestHead = 4;  // letters of a word that is cut short

// Words and numbers of a name: "Llama-3.3-70B" as llama, 3.3, 70, b.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> out;
  std::string part;
  const auto close = [&] {
    if (!part.empty()) out.push_back(std::exchange(part, {}));
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const char lower = text::is_upper(c) ? static_cast<char>(c | 0x20) : c;
    const bool within_number = c == '.' && !part.empty() && text::is_digit(part.back()) &&
                               i + 1 < name.size() && text::is_digit(name[i + 1]);
    if (!text::is_alnum(c) && !text::is_beyond(c) && c != '+' && !within_number) {
      close();
      continue;
    }
    if (!part.empty() && !within_number && part.back() != '.' &&
        text::is_digit(part.back()) != text::is_digit(c))
      close();
    part += lower;
  }
  close();
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& p : parts) {
    for (const char c : p) {
      if (c != '.') out += c;
    }
  }
  return out;
}

bool begins_with(const std::vector<std::string>& parts, const std::vector<std::string>& head) {
  return head.size() <= parts.size() && std::equal(head.begin(), head.end(), parts.begin());
}

bool is_number(std::string_view part) {
  return !part.empty() && text::is_digit(part.front());
}

// "claude-3-opus": one of the names, then words of the family and numbers. "Claude Opus" has the vendor
// before. Gives how many parts the name has that it begins with, 0 for none.
std::size_t covers(const UnreleasedModel& family, const std::vector<std::string>& typed) {
  std::size_t most = 0;
  const auto known = [&](const std::string& part) {
    return is_number(part) || std::find(family.covered_words.begin(), family.covered_words.end(), part) !=
                                  family.covered_words.end();
  };
  for (const std::string& name : family.covered_names) {
    const std::vector<std::string> head = parts_of(name);
    for (std::size_t skip = 0; skip < 2 && skip < typed.size(); ++skip) {
      if (skip == 1 && !known(typed[0])) break;
      const std::vector<std::string> rest(typed.begin() + static_cast<std::ptrdiff_t>(skip), typed.end());
      if (begins_with(rest, head) &&
          std::all_of(rest.begin() + static_cast<std::ptrdiff_t>(head.size()), rest.end(), known))
        most = std::max(most, head.size());
    }
  }
  return most;
}

enum class Fit { begins, holds, in_order, all, shortened, misspelt, none };

// How the parts that were typed lie within the parts of a name.
Fit fit(const std::vector<std::string>& typed, const std::vector<std::string>& name,
        const std::vector<std::string>& whole) {
  if (begins_with(name, typed)) return Fit::begins;
  if (std::search(whole.begin(), whole.end(), typed.begin(), typed.end()) != whole.end()) return Fit::holds;
  std::size_t at = 0;
  for (const std::string& p : whole) at += at < typed.size() && p == typed[at] ? 1 : 0;
  if (at == typed.size()) return Fit::in_order;
  const bool all = std::all_of(typed.begin(), typed.end(), [&](const std::string& p) {
    return std::find(whole.begin(), whole.end(), p) != whole.end();
  });
  if (all) return Fit::all;
  // "nous hermes": words cut short, of four letters at least.
  const bool heads = std::all_of(typed.begin(), typed.end(), [&](const std::string& p) {
    return std::any_of(whole.begin(), whole.end(), [&](const std::string& w) {
      return p == w || (p.size() >= kShortestHead && w.starts_with(p));
    });
  });
  return heads ? Fit::shortened : Fit::none;
}

// A typing error somewhere in the head of a name: "deepsek-r1", "quen3".
bool misspelt(std::string_view typed, const std::vector<std::string>& name) {
  if (typed.size() < 4) return false;
  const std::size_t most = typed.size() < 8 ? 1 : 2;
  std::string head;
  for (const std::string& p : name) {
    head += joined(std::vector<std::string>{p});
    if (head.size() > typed.size() + most) return false;
    if (head.size() + most >= typed.size() && text::edit_distance(typed, head) <= most) return true;
  }
  return false;
}

// "mistral large 2" is not Mistral-Large-3: the word before the number has another one behind it.
bool other_version(const std::vector<std::string>& typed, const std::vector<std::string>& name) {
  for (std::size_t i = 1; i < typed.size(); ++i) {
    if (!is_number(typed[i]) || is_number(typed[i - 1])) continue;
    for (std::size_t j = 1; j < name.size(); ++j) {
      if (name[j - 1] != typed[i - 1] || !is_number(name[j])) continue;
      if (name[j] != typed[i] && !name[j].starts_with(typed[i] + ".")) return true;
    }
  }
  return false;
}

}  // namespace

const UnreleasedModel* Catalog::release(std::string_view name) const {
  const auto& closed = catalog::parsed(parts_->releases, catalog::read_releases, *parts_, "releases/").closed;
  const std::string lower = text::lower(name.substr(0, kLongestName));
  if (const auto found = closed.find(lower); found != closed.end()) return &found->second;
  if (name.size() > kLongestName || name.find('/') != std::string_view::npos) return nullptr;
  const std::vector<std::string> typed = parts_of(lower);
  if (typed.empty()) return nullptr;
  // "gpt 4o" is gpt-4o, and gpt-4o-mini nearer to it than to gpt-4: the longest name counts.
  const UnreleasedModel* nearest = nullptr;
  std::size_t most = 0;
  for (const auto& [key, family] : closed) {
    if (parts_of(key) == typed) return &family;
    if (const std::size_t head = covers(family, typed); head > most) {
      most = head;
      nearest = &family;
    }
  }
  return nearest;
}

NameAnswer Catalog::named(std::string_view typed) const {
  typed = text::trim(typed).substr(0, kLongestName);
  const auto& table = catalog::parsed(parts_->names, catalog::read_names, *parts_, "names.json");
  NameAnswer out;
  const auto offer = [&](const std::string& id) {
    const bool known = std::any_of(out.nearest.begin(), out.nearest.end(),
                                   [&](const std::string& n) { return text::equal_ignoring_case(n, id); });
    if (!known && out.nearest.size() < kMostNearest) out.nearest.push_back(id);
  };
  const std::vector<std::string> parts = parts_of(typed);
  const std::string squeezed = joined(parts);
  if (squeezed.empty()) return out;
  // Ollama's `name:tag`.
  if (const std::size_t colon = typed.find(':'); colon != std::string_view::npos) {
    const auto row = table.ollama.find(text::lower(typed.substr(0, colon)));
    if (row != table.ollama.end()) {
      const std::string tag = text::lower(typed.substr(colon + 1));
      for (const auto& [known, id] : row->second) {
        if (tag == known || tag.starts_with(known + "-")) out.id = id;
        offer(id);
      }
      if (!out.id.empty()) out.nearest.clear();
      return out;
    }
  }
  const auto row = table.names.find(squeezed);
  if (row == table.names.end()) {
    if (const UnreleasedModel* closed = release(typed)) {
      out.id = closed->name;
      return out;
    }
  } else {
    if (row->second.size() == 1) out.id = row->second.front();
    for (const std::string& id : row->second) offer(id);
    if (!out.id.empty()) {
      out.nearest.clear();
      return out;
    }
  }

  std::vector<std::string> ids = table.known;
  for (const ModelEntry* m : models()) ids.insert(ids.end(), m->ids.begin(), m->ids.end());
  using Candidate = std::tuple<Fit, std::size_t, std::size_t, std::string>;  // further parts, place, id
  std::vector<Candidate> fitting;
  std::vector<std::string> same;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::vector<std::string> name = parts_of(std::string_view(ids[i]).substr(ids[i].find('/') + 1));
    const std::vector<std::string> whole = parts_of(ids[i]);
    if (squeezed == joined(name) || squeezed == joined(whole)) {
      const bool known = std::any_of(same.begin(), same.end(), [&](const std::string& s) {
        return text::equal_ignoring_case(s, ids[i]);
      });
      if (!known) same.push_back(ids[i]);
      continue;
    }
    Fit how = fit(parts, name, whole);
    if (how == Fit::none && misspelt(squeezed, name)) how = Fit::misspelt;
    // Among those that people mean often the order is theirs, behind them the shortest name comes first.
    const std::size_t further = i < table.known.size() ? 0 : 1 + whole.size();
    if (how != Fit::none) fitting.emplace_back(how, further, i, ids[i]);
  }
  if (same.size() == 1 && out.nearest.empty()) {
    out.id = same.front();
    return out;
  }
  for (const std::string& id : same) offer(id);
  // "sd 3.5 large": a short name and what tells apart those it may mean.
  for (std::size_t head = parts.size() - 1; head > 0 && row == table.names.end(); --head) {
    const auto cut = parts.begin() + static_cast<std::ptrdiff_t>(head);
    const auto shorter = table.names.find(joined({parts.begin(), cut}));
    if (shorter == table.names.end()) continue;
    for (const std::string& id : shorter->second) {
      const std::vector<std::string> whole = parts_of(id);
      const bool meant = std::all_of(cut, parts.end(), [&](const std::string& p) {
        return std::find(whole.begin(), whole.end(), p) != whole.end();
      });
      if (meant) offer(id);
    }
    break;
  }
  std::sort(fitting.begin(), fitting.end());
  for (const Candidate& c : fitting) offer(std::get<3>(c));
  // "mistral large 2": what two models are called together comes first, other versions last.
  const auto other = [&](const std::string& id) { return other_version(parts, parts_of(id)); };
  if (out.nearest.empty() || !other(out.nearest.front())) return out;
  std::vector<std::string> rest = std::exchange(out.nearest, {});
  for (const ModelEntry* m : models()) {
    if (joined(parts_of(m->title)) == squeezed) std::for_each(m->ids.begin(), m->ids.end(), offer);
  }
  const std::size_t titled = out.nearest.size();
  std::stable_partition(rest.begin(), rest.end(), [&](const std::string& id) { return !other(id); });
  std::for_each(rest.begin(), rest.end(), offer);
  out.other_version = titled == 0 && other(out.nearest.front());
  return out;
}

std::vector<std::string> Catalog::models_of_github(std::string_view repository) const {
  std::vector<std::string> out;
  for (const ModelEntry* m : models()) {
    const bool there = std::any_of(m->github.begin(), m->github.end(), [&](const auto& g) {
      return text::equal_ignoring_case(g.id, repository);
    });
    if (there) out.insert(out.end(), m->ids.begin(), m->ids.end());
  }
  return out;
}

}  // namespace howopen
