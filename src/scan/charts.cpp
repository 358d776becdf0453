// Names that a chart puts together from its values.
//
//   values.yaml:         org: acme, model: { name: foo-7b }
//   templates/pod.yaml:  "--model={{ .Values.org }}/{{ .Values.model.name }}"  ->  acme/foo-7b, where the
//                        template says it

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "scan/names.h"
#include "scan/parts.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

using ChartValues = std::map<std::string_view, const ChartValue*>;  // of one file, by their paths

// .Values.model.name -> what the chart's file says of model.name
std::optional<std::string_view> value_of(std::string_view name, const ChartValues& values) {
  constexpr std::string_view kStart = ".Values.";
  while (name.starts_with('(') || name.starts_with('$')) name.remove_prefix(1);
  while (name.ends_with(')')) name.remove_suffix(1);
  if (!name.starts_with(kStart)) return std::nullopt;
  const auto known = values.find(name.substr(kStart.size()));
  return known == values.end() ? std::nullopt : std::optional(std::string_view(known->second->text));
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t i = text.find_first_not_of(' '); i < text.size();) {
    const bool quoted = text[i] == '"';
    std::size_t end = quoted ? text.find('"', i + 1) : text.find(' ', i);
    if (end == std::string_view::npos) end = text.size();
    if (quoted && end < text.size()) ++end;
    out.push_back(text.substr(i, end - i));
    i = text.find_first_not_of(' ', end);
  }
  return out;
}

// What stands between the braces: a value, or printf with a form and values.
std::optional<std::string> evaluated(std::string_view inside, const ChartValues& values) {
  while (inside.starts_with('-')) inside.remove_prefix(1);
  while (inside.ends_with('-')) inside.remove_suffix(1);
  std::vector<std::string_view> words = words_of(text::trim(inside));
  // | quote, | trim, | toString change nothing that counts.
  if (const auto bar = std::find(words.begin(), words.end(), "|"); bar != words.end()) {
    for (auto w = bar + 1; w != words.end(); ++w)
      if (*w != "quote" && *w != "squote" && *w != "trim" && *w != "toString" && *w != "|")
        return std::nullopt;
    words.erase(bar, words.end());
  }
  if (words.size() == 1) {
    const auto value = value_of(words[0], values);
    return value ? std::optional(std::string(*value)) : std::nullopt;
  }
  if (words.size() < 3 || words[0] != "printf" || words[1].size() < 2) return std::nullopt;
  const std::string_view form = words[1].substr(1, words[1].size() - 2);
  std::string out;
  std::size_t next = 2;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '%') {
      out += form[i];
      continue;
    }
    const auto value = ++i < form.size() && (form[i] == 's' || form[i] == 'v') && next < words.size()
                           ? value_of(words[next++], values)
                           : std::nullopt;
    if (!value) return std::nullopt;
    out += *value;
  }
  return out;
}

std::optional<std::string> filled(std::string_view text, const ChartValues& values) {
  constexpr std::size_t kLongestId = 300;
  std::string out;
  for (std::size_t i = 0; i < text.size() && out.size() < kLongestId;) {
    const std::size_t end = template_end(text, i);
    if (end == i) {
      out += text[i++];
      continue;
    }
    const auto part = evaluated(text.substr(i + 2, end - i - 4), values);
    if (!part) return std::nullopt;
    out += *part;
    i = end;
  }
  return out;
}

}  // namespace
}  // namespace howopen::scan

namespace howopen {

std::vector<ModelReference> join_charts(Scanned& scanned) {
  std::vector<ModelReference> out;
  std::map<std::string_view, scan::ChartValues> files;  // by the file of the values
  for (const ChartValue& v : scanned.values) files[v.file].insert_or_assign(v.path, &v);
  // A folder with more of them than anybody keeps is left alone: what it means stays unresolved.
  constexpr std::size_t kMostOfFolder = 50;
  struct Folder {
    std::vector<scan::ChartValues*> values;
    scan::ChartValues* base = nullptr;  // values.yaml, which the others change in part
    bool merged = false;
  };
  std::map<std::string_view, Folder> folders;
  for (auto& [file, values] : files) {
    Folder& folder = folders[text::folder_of(file)];
    folder.values.push_back(&values);
    if (file.ends_with("values.yaml") || file.ends_with("values.yml")) folder.base = &values;
  }
  std::erase_if(scanned.unresolved, [&](const Unresolved& u) {
    if (u.why != scan::kJoined) return false;
    // templates/pod.yaml of a chart whose values stand in the folder above, each file with its own.
    bool known = false;
    std::string_view folder = text::folder_of(u.file);
    for (int level = 0; level < 8 && !known; ++level) {
      const auto here = folders.find(folder);
      const bool few = here != folders.end() && here->second.values.size() <= kMostOfFolder;
      if (few && here->second.base != nullptr && !std::exchange(here->second.merged, true)) {
        for (scan::ChartValues* values : here->second.values)
          if (values != here->second.base)
            values->insert(here->second.base->begin(), here->second.base->end());
      }
      for (std::size_t i = 0; few && i < here->second.values.size(); ++i) {
        const auto text = scan::filled(u.text, *here->second.values[i]);
        const scan::Name name = text ? scan::read_name(*text) : scan::Name();
        if (name.kind != scan::Name::Kind::owned || scan::is_hosted_only(name.id)) continue;
        known = true;
        ModelReference model;
        model.id = name.id;
        model.revision = name.revision;
        std::tie(model.file, model.line, model.column, model.form) =
            std::tie(u.file, u.line, u.column, u.form);
        model.confidence = scan::is_placeholder(name.id) ? Confidence::low : Confidence::medium;
        model.role = Role::config;
        out.push_back(std::move(model));
      }
      if (folder.empty()) break;
      folder = text::folder_of(folder);
    }
    return known;
  });
  scanned.values.clear();
  return out;
}

}  // namespace howopen
