// Lists and arguments that are the words of a command.
//
//   subprocess.run(["vllm", "serve", "a/b"])   ->  words vllm, serve, a/b
//   spawn("vllm", ["serve", "a/b"])            ->  the same

#include "scan/code.h"
#include "scan/tools.h"

namespace howopen::scan {
namespace {

Word word_of_token(const Code& code, std::uint32_t token) {
  Word w;
  const std::string_view value = code.text(token).substr(0, 400);
  for (std::size_t i = 0; i < value.size(); ++i)
    w.value.add(value[i], code.s.place(code.tokens[token].at + i));
  w.variable = code.tokens[token].formatted || !code.is_string(token);
  return w;
}

}  // namespace

void Code::command(const std::vector<Argument>& items) {
  if (items.size() < 2) return;
  bool option = false;
  bool tool = false;
  for (const Argument& a : items) {
    if (a.value.count != 1 || !is_string(a.value.first)) continue;
    const std::string_view w = text(a.value.first);
    option = option || w.starts_with("--") || w.starts_with("-hf");
    tool = tool || is_model_tool(w);
  }
  if (!option && !tool) return;
  std::vector<Word> words;
  for (const Argument& a : items) {
    // spawn("vllm", ["serve", "a/b"])
    if (a.key.empty() && a.value.count > 1 && is_mark(a.value.first, "[")) {
      for (std::uint32_t i = a.value.first; i < a.value.first + a.value.count; ++i)
        if (is_string(i) || is_word(i)) words.push_back(word_of_token(*this, i));
      continue;
    }
    Word w;
    if (a.value.count == 1 && is_string(a.value.first) && a.key.empty()) {
      w = word_of_token(*this, a.value.first);
    } else {
      const std::string_view source = source_of(a.value);
      for (std::size_t i = 0; i < source.size(); ++i)
        w.value.add(source[i], s.place(tokens[a.value.first].at + i));
      w.variable = true;
    }
    words.push_back(std::move(w));
  }
  scan_command(words, s.down, scan);
}

}  // namespace howopen::scan
