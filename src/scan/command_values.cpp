// What a word of a command names, and which word of it is meant.
//
//   docker run OPTIONS IMAGE a/b             ->  a/b, when the image runs models
//   ollama pull {{ x | default('foo:7b') }}  ->  unresolved: foo:7b, a name of Ollama's

#include <algorithm>

#include "scan/command_reader.h"
#include "scan/names.h"
#include "scan/words.h"

namespace howopen::scan {

std::size_t Command::place(std::size_t word, std::size_t at) const {
  const auto& map = words_[word].value.map;
  return map.empty() ? 0 : map[std::min(at, map.size() - 1)];
}

// One value that names a model; `from` is where in the word it starts.
bool Command::value(const Word& w, std::size_t from, std::string_view form, Confidence confidence, bool tell,
                    Tool::Names names) {
  const std::string_view t = w.text().substr(from);
  const std::size_t start = w.value.map.empty() ? 0 : w.value.map[std::min(from, w.value.map.size() - 1)];
  const Name name = read_name(t);
  if (name.kind == Name::Kind::elsewhere) {
    if (tell && known_ && is_foreign_address(t, true)) scan_.sink.unresolved(start, t, form, kForeignAddress);
    return true;
  }
  if (w.variable && template_value(w, from, form, confidence, tell, names)) return true;
  if (const std::string_view otherwise = otherwise_of(t); !otherwise.empty() && otherwise.size() < t.size()) {
    Word inside = part_of(w, static_cast<std::size_t>(otherwise.data() - w.text().data()), otherwise.size());
    return value(inside, 0, form, confidence, tell, names);
  }
  if (w.variable || name.kind == Name::Kind::variable) {
    if (tell) scan_.sink.unresolved(start, t, form, "a variable");
    return true;
  }
  const bool docker = names == Tool::Names::docker || name.id.starts_with("ai/");
  if (name.kind == Name::Kind::owned && (docker || names == Tool::Names::ollama)) {
    scan_.sink.unresolved(
        start, t, form,
        docker ? "a name of Docker's catalog, not of the Hub" : "a name of Ollama's, not of the Hub");
    return true;
  }
  if (is_cloud_model(t)) {
    scan_.sink.unresolved(start, t, form, kServed);
    return true;
  }
  if (const std::string served = api_model(t); !served.empty() && names == Tool::Names::hub) {
    scan_.sink.found(start, served, "", form, Confidence::medium, down_, Registry::api);
    return true;
  }
  if (name.kind == Name::Kind::owned && foreign_) {  // modelscope download --model a/b
    scan_.sink.unresolved(start, t, form, "a name of another registry, not of the Hub");
    return true;
  }
  if (name.kind == Name::Kind::owned && !is_hosted_only(name.id)) {
    const std::size_t at =
        w.value.map.empty() ? 0 : w.value.map[std::min(from + name.at, w.value.map.size() - 1)];
    if (name.placeholder) confidence = Confidence::low;
    scan_.sink.found(at, name.id, name.revision.empty() ? revision_ : name.revision, form, confidence, down_);
    return true;
  }
  if (name.kind == Name::Kind::bare && names == Tool::Names::hub && confidence == Confidence::high &&
      is_legacy_model(name.id)) {
    scan_.sink.found(start + name.at, name.id, revision_, form, confidence, down_);
    return true;
  }
  if (name.kind == Name::Kind::bare && names == Tool::Names::own) {
    scan_.sink.unresolved(start, t, form, kOwnName);
    return true;
  }
  if (name.kind == Name::Kind::bare && (names == Tool::Names::docker || names == Tool::Names::ollama)) {
    scan_.sink.unresolved(start, t, form, "a name of Ollama's, not of the Hub");
    return true;
  }
  if (name.kind == Name::Kind::path && (tell || is_weights_file(t)) && known_)
    scan_.sink.unresolved(start, t, form, "a local path");
  return name.kind == Name::Kind::path;
}

// {{ x | default('a/b') }}: each that it may come to; false where it does not say.
bool Command::template_value(const Word& w, std::size_t from, std::string_view form, Confidence confidence,
                             bool tell, Tool::Names names) {
  bool any = false;
  for (const std::string_view choice : template_choices(w.text().substr(from))) {
    const Word one = part_of(w, static_cast<std::size_t>(choice.data() - w.text().data()), choice.size());
    any = value(one, 0, form, confidence, tell, names) || any;
  }
  return any;
}

// docker run OPTIONS IMAGE a/b: what stands behind the image is for the program in it. The image may be
// a variable.
void Command::container() {
  std::size_t i = 0;
  while (i < words_.size() && !words().container_programs.has(base_name(words_[i].text()))) ++i;
  if (i + 1 >= words_.size() || (words_[i + 1].text() != "run" && words_[i + 1].text() != "create")) return;
  for (i += 2; i < words_.size() && words_[i].text().starts_with("-"); ++i) {
    if (words().container_options.has(words_[i].text())) ++i;
  }
  // $OPTIONS in front of the image is a word like the image.
  while (i + 1 < words_.size() && words_[i].variable &&
         words_[i + 1].text().find(':') != std::string_view::npos)
    ++i;
  if (i + 1 >= words_.size() || words_[i + 1].variable) return;
  const Name name = read_name(words_[i + 1].text());
  const bool runs = takes_model_first(words_[i].text()) || words_[i].variable || known_;
  if (runs && name.kind == Name::Kind::owned && looks_like_model(name.id) &&
      words_[i + 1].text().find(':') == std::string_view::npos)
    value(words_[i + 1], 0, "docker run", Confidence::high, false);
}

// The first word that is no option and no option's value.
bool Command::positional(std::size_t from, const Tool& tool) {
  std::size_t fallback = words_.size();
  for (std::size_t i = from; i < words_.size(); ++i) {
    const std::string_view t = words_[i].text();
    if (t.empty() || t[0] == '-') continue;
    const bool behind_option = i > from && words_[i - 1].text().starts_with("-") &&
                               words_[i - 1].text().find('=') == std::string_view::npos;
    if (!behind_option) {
      const bool bare = tool.names == Tool::Names::hub;
      return value(words_[i], 0, tool.form, Confidence::high, bare || words_[i].variable, tool.names);
    }
    if (fallback == words_.size() && read_name(t).kind == Name::Kind::owned &&
        !is_model_option(option_name(words_[i - 1].text())) &&
        !is_common_option(option_name(words_[i - 1].text())) && words_[i - 1].text() != "--revision" &&
        words_[i - 1].text() != "--local-dir")
      fallback = i;
  }
  return fallback < words_.size() &&
         value(words_[fallback], 0, tool.form, Confidence::high, true, tool.names);
}

// --models '["a/b", "c/d"]'
void Command::json_list(std::string_view key, const Slice& s) {
  std::size_t end = 0;
  for (const Word& w : flow_words(s, end, scan_.sink)) {
    if (!w.variable && !w.value.map.empty()) scan_pair(key, w.text(), w.value.map[0], down_, scan_);
  }
}

// name=a/b of --lora-modules
void Command::list(const Word& v, std::size_t from, std::string_view form) {
  const std::size_t equals = v.text().find('=', from);
  if (equals != std::string_view::npos) value(v, equals + 1, form, Confidence::high, false);
}

}  // namespace howopen::scan
