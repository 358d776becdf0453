// Commands and options that take models, wherever in a command they stand: behind sudo, docker run, npx.
//
//   vllm serve a/b --revision v1   ->  a/b at v1, high
//   ollama run llama3.2            ->  unresolved: a name of Ollama's
//   foo --model auth/user          ->  nothing

#include <algorithm>

#include "scan/command_reader.h"
#include "scan/names.h"
#include "scan/words.h"

namespace howopen::scan {

void Command::run() {
  for (const Word& w : words_) {
    const bool name = !w.text().starts_with("-") && w.value.text.size() < 200;
    foreign_ = foreign_ || words().registry_modules.has(base_name(w.text()));
    known_ = known_ || (name && names_model_runner(w.text()) && !looks_like_owned(w));
  }
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const std::string_view w = words_[i].text();
    if (w.starts_with("--revision=")) revision_ = w.substr(11);
    if (i + 1 >= words_.size()) continue;
    if (w == "--revision" || w == "--hf-revision" || w == "--model-revision")
      revision_ = words_[i + 1].text();
    if ((w == "--repo-type" || w == "--type") && words_[i + 1].text() != "model") other_type_ = true;
  }
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const std::string_view w = words_[i].text();
    if (w == "--repo-type=dataset" || w == "--repo-type=space" || w == "--dataset") other_type_ = true;
  }
  // for m in a/b c/d
  for (std::size_t i = 3; i < words_.size() && words_[0].text() == "for" && words_[2].text() == "in"; ++i) {
    if (looks_like_owned(words_[i]) && !words_[i].variable)
      value(words_[i], 0, "for", Confidence::medium, false);
  }
  container();
  if (down_ == 0) tell_run(words_, scan_);
  for (std::size_t i = 0; i < words_.size(); ++i) at(i);
}

bool Command::looks_like_owned(const Word& w) {
  return read_name(w.text()).kind == Name::Kind::owned && looks_like_model(w.text());
}

void Command::at(std::size_t i) {
  const Word& w = words_[i];
  const std::string_view t = w.text();
  if (t.size() > 1 && t[0] == '-') return option(i);
  inner(i);
  if (const std::size_t equals = t.find('='); equals != std::string_view::npos && equals > 0)
    assignment(i, equals);
  if (i + 2 < words_.size()) {
    const std::string_view op = words_[i + 1].text();
    const std::string_view name = powershell_name(t);
    // @{ Model = "a/b"; Port = 1 } and ($A = 1, $Model = "a/b") of PowerShell
    const bool further = i > 0 && (words_[i - 1].text().ends_with(",") || words_[i - 1].text() == "@{");
    if ((i == 0 || (i == 1 && words_[0].text() == "export") || further) &&
        (op == "=" || op == ":=" || op == "?=" || op == "::=") && !words_[i + 2].variable) {
      const Word given = without_comma(words_[i + 2]);
      scan_pair(name.empty() ? t : name, given.text(), place(i + 2, 0), down_, scan_);
    }
  }
  if (t == "set" && i == 0 && words_.size() >= 3) {  // fish
    const std::size_t value = words_.size() - 1;
    if (!words_[value].variable)
      scan_pair(words_[value - 1].text(), words_[value].text(), place(value, 0), down_, scan_);
  }
  if (t == "model.default" && i + 1 < words_.size())
    value(words_[i + 1], 0, "model.default", Confidence::high, true);
  tool(i);
}

void Command::option(std::size_t i) {
  const std::string_view t = words_[i].text();
  const std::size_t equals = t.find('=');
  const std::string_view word = t.substr(0, equals);
  const std::string name = option_name(word);
  const bool sure = is_model_option(name);
  const bool common = is_common_option(name);
  const bool inline_value = equals != std::string_view::npos;
  if (!inline_value && i + 1 >= words_.size()) return;
  const Word& whole = inline_value ? words_[i] : words_[i + 1];
  std::size_t from = inline_value ? equals + 1 : 0;
  // --option="a/b" as an element of a list: the quotes came along.
  const std::string_view said = whole.text().substr(std::min(from, whole.text().size()));
  const bool quotes = said.size() > 2 && (said[0] == '"' || said[0] == '\'') && said.back() == said[0];
  const std::string_view otherwise = otherwise_of(said);
  const std::string_view meant = quotes              ? said.substr(1, said.size() - 2)
                                 : otherwise.empty() ? said
                                                     : otherwise;
  const bool partly = meant.size() < said.size();
  const Word plain =
      partly ? part_of(whole, static_cast<std::size_t>(meant.data() - whole.text().data()), meant.size())
             : Word();
  const Word& v = partly ? plain : whole;
  if (partly) from = 0;
  const std::string_view text = v.text().substr(std::min(from, v.text().size()));
  const std::vector<Word> several = ids_of(v, from);
  for (const Word& w : several) {
    if (sure || known_)
      value(w, 0, word, Confidence::high, false);
    else
      scan_pair(name, w.text(), w.value.map[0], down_, scan_);
  }
  if (!several.empty()) return;
  // --models a/b c/d
  for (std::size_t k = i + 2; !inline_value && name.ends_with("models") && k < words_.size(); ++k) {
    if (words_[k].variable || words_[k].value.map.empty() || words_[k].text().starts_with("-")) break;
    scan_pair(name, words_[k].text(), place(k, 0), down_, scan_);
  }
  if (!sure && !common) {
    if (inline_value) inner(i, from);
    const bool model = name.find("model") != std::string::npos || key_strength(name) == 2;
    if (model && !v.variable && !text.empty() && (inline_value || text.front() != '-'))
      scan_pair(name, text, v.value.map.empty() ? 0 : v.value.map[std::min(from, v.value.map.size() - 1)],
                down_, scan_);
    if (inline_value && name == "lora-modules") list(v, from, word);
    return;
  }
  if (text.empty() || (text.front() == '-' && !inline_value)) return;
  // `python -m module`, `git commit -m text`; short options count in company of a known tool only.
  if (word.size() <= 2 && word.starts_with("-") && !known_) return;
  if (name == "hf" && word.starts_with("--")) return;
  const bool single =
      v.variable || (text.find(' ') == std::string_view::npos && text.find('{') == std::string_view::npos);
  if (!single) return;
  const std::string form(word);
  if (sure || known_) {
    // -m of a known tool may be `python -m vllm.entrypoints`, which is no id.
    value(v, from, form, Confidence::high, word.size() > 2 && (known_ || name.starts_with("hf")));
    return;
  }
  if (v.variable) {
    if (name.find("model") != std::string::npos && is_joined_template(text))
      scan_.sink.unresolved(v.value.map.empty() ? 0 : v.value.map[std::min(from, v.value.map.size() - 1)],
                            text, form, kJoined);
    return;
  }
  if (is_cloud_model(text)) return void(value(v, from, form, Confidence::medium, false));
  if (name == "model" && api_model(text).size() > 3)
    return void(value(v, from, form, Confidence::medium, false));
  const Name read = read_name(text);
  if (read.kind != Name::Kind::owned || is_hosted_only(read.id)) return;
  const Confidence c = looks_like_model(read.id) || scan_.aware ? Confidence::medium : Confidence::low;
  if (c == Confidence::medium || name == "model") value(v, from, form, c, false);
}

// MODEL_ID=a/b, pretrained=a/b,revision=v1 of lm_eval
void Command::assignment(std::size_t i, std::size_t equals) {
  const Word& w = words_[i];
  std::string_view key = w.text().substr(0, equals);
  if (key.starts_with("$env:")) key.remove_prefix(5);
  // Environment="MODEL_ID=a/b" of systemd
  if (key == "Environment") {
    const std::size_t second = w.text().find('=', equals + 1);
    if (second != std::string_view::npos) {
      key = w.text().substr(equals + 1, second - equals - 1);
      equals = second;
    }
  }
  if (w.variable) {
    if (key_strength(key) == 2 && read_name(w.text().substr(equals + 1)).kind == Name::Kind::variable)
      scan_.sink.unresolved(place(i, equals + 1), w.text().substr(equals + 1), key, "a variable");
    return;
  }
  if (const std::vector<Word> several = ids_of(w, equals + 1); !several.empty() && key_strength(key) > 0) {
    for (const Word& one : several) scan_pair(key, one.text(), one.value.map[0], down_, scan_);
    return;
  }
  const std::size_t comma = w.text().find(',', equals);
  if (comma != std::string_view::npos && key != "pretrained" && key != "model" && key != "model_name") return;
  std::string_view revision = revision_;
  if (const std::size_t r = w.text().find(",revision="); r != std::string_view::npos)
    revision = w.text().substr(r + 10, w.text().find(',', r + 10) - r - 10);
  std::string_view text =
      w.text().substr(equals + 1, comma == std::string_view::npos ? comma : comma - equals - 1);
  if (text.ends_with('}') && w.text().find('{') == std::string_view::npos)
    text.remove_suffix(1);  // @{M="a/b"}
  if (text.find(' ') != std::string_view::npos || text.empty()) return;
  const bool lm_eval = key == "pretrained" && known_;
  std::size_t option = i;
  while (option > 0 && i - option < 32 && !words_[option].text().starts_with("-")) --option;
  if (lm_eval || (option < i && words_[option].text() == "--lora-modules")) {
    if (read_name(text).kind == Name::Kind::owned) {
      const Name n = read_name(text);
      scan_.sink.found(place(i, equals + 1), n.id, revision, key, Confidence::high, down_);
      return;
    }
  }
  scan_pair(key, text, place(i, equals + 1), down_, scan_, revision);
}

// A word that holds another language: a JSON body, a command of sh -c.
void Command::inner(std::size_t i, std::size_t from) {
  const Word& w = words_[i];
  const std::string_view t = w.text().substr(from);
  if (t.size() < 8) return;
  if (scan_.depth >= kLanguageDepth) {
    if (looks_like_command(t) && names_a_model(t)) scan_.too_deep();
    return;
  }
  const std::span<const std::uint32_t> map = std::span(w.value.map).subspan(from);
  const Slice s{t, 0, map, down_};
  ++scan_.depth;
  const bool code = i > 0 && words_[i - 1].text() == "-c" && t.find("import") != std::string_view::npos;
  if (code)
    scan_code(s, Syntax::python, scan_);
  else if (t.find('{') != std::string_view::npos && t.find("odel") != std::string_view::npos)
    scan_code(s, Syntax::json, scan_);
  else if (t[0] == '[' && i > 0 && key_strength(option_name(words_[i - 1].text())) > 0)
    json_list(option_name(words_[i - 1].text()), s);
  else if (t.find(' ') != std::string_view::npos && looks_like_command(t))
    scan_shell(s, scan_);
  --scan_.depth;
}

void Command::tool(std::size_t i) {
  std::string_view w = base_name(words_[i].text());
  if (const std::size_t equals = w.find('='); equals != std::string_view::npos)
    w = w.substr(equals + 1);  // ExecStart=vllm
  for (const Tool& tool : tools()) {
    if (w != tool.name) continue;
    if (w == "model" && (i == 0 || words_[i - 1].text() != "docker")) continue;
    std::size_t next = i + 1;
    if (!tool.subcommands.empty()) {
      // `lmdeploy serve api_server`, `hf models info`: a group may come first.
      const auto is_sub = [&](std::size_t k) {
        return k < words_.size() && !words_[k].variable &&
               tool.subcommands.find("|" + std::string(words_[k].text()) + "|") != std::string_view::npos;
      };
      if (!is_sub(next)) {
        ++next;
        if (tool.name != "lmdeploy" &&
            !(tool.name == "hf" && next < words_.size() && words_[next - 1].text() == "models"))
          continue;
        if (!is_sub(next)) continue;
      }
      ++next;
    }
    if (other_type_ && (tool.name == "hf" || tool.name == "huggingface-cli")) return;
    known_ = true;
    if (positional(next, tool)) return;
  }
  // The image's entry point is `vllm serve`.
  if (takes_model_first(words_[i].text()) && i + 1 < words_.size() && !words_[i + 1].text().starts_with("-"))
    value(words_[i + 1], 0,
          words_[i].text().starts_with("vllm/vllm-openai") ? "vllm/vllm-openai" : "docker run",
          Confidence::high, false);
}

void scan_command(std::span<const Word> words, int down, Scan& scan) {
  while (!words.empty() && (words[0].text() == "$" || words[0].text() == ">" || words[0].text() == "%"))
    words = words.subspan(1);
  if (!words.empty()) Command(words, down, scan).run();
}

}  // namespace howopen::scan
