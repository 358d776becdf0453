// The state of a walk over the tokens of a program: the brackets that are open, and what is known of each.
#pragma once

#include <string_view>
#include <vector>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "scan/words.h"

namespace howopen::scan {

class Walker {
 public:
  explicit Walker(Code& code) : code_(code), python_(code.syntax == Syntax::python) { frames_.push_back({}); }

  void run();

 private:
  struct Frame {
    char open = '{';
    std::uint32_t callee = 0;
    bool has_callee = false;
    bool kept = false;     // arguments are for a call, here or around
    bool denied = false;   // what stands inside is about something else than models
    bool body = false;     // a brace behind `)`: of a switch, where `default:` is no key
    bool defines = false;  // parameters of a Python function: colons are annotations
    std::string_view key;  // what all of it is assigned to
    Body of;               // what it is the body of
    std::vector<Argument> arguments;
    // of the argument or statement that is being read
    std::uint32_t first = 0;
    std::string_view argument_key;
    bool registry = false;    // of OllamaOptions.builder().model(…)
    std::string_view option;  // of a builder: --model of option("--model").default("a/b")
    bool annotated = false;   // the key was followed by a colon
    bool header = false;      // if, for, def … of Python
    int questions = 0;        // of ?: that wait for their colon
    bool strings = false;     // there are some in the argument, names when one may be that of a model
    bool names = false;
    bool any_strings = false;  // in all of the frame
    bool any_names = false;
    std::size_t finds = 0;
    bool at_hub = false;     // {type: "huggingface", repo: "a/b"}
    bool elsewhere = false;  // {provider: "ollama", model: "a/b"}
    bool store = false;      // of Ollama, in what it holds, too
    // {name: "MODEL_ID", value: "a/b"}
    Range name;
    Range value;
  };

  void step(std::uint32_t i);
  void string(std::uint32_t i);
  bool denies(const Frame& f) const;
  void statement(std::uint32_t i, std::string_view key);
  bool is_separator(std::uint32_t i) const;
  bool ends_statement(std::uint32_t i) const;
  bool at_margin(const Token& t) const { return t.at == 0 || code_.s.text[t.at - 1] == '\n'; }
  void word(std::uint32_t i);
  void equals(std::uint32_t i);
  void arrow(std::uint32_t i);
  void colon(std::uint32_t i);
  void question(std::uint32_t i);
  void begin(std::uint32_t first, std::string_view key, bool annotated);
  void begin_value(std::uint32_t first, std::string_view key, bool annotated);
  void open(std::uint32_t i, char c);
  void close(std::uint32_t i, bool forced);
  void type(Frame& f, std::string_view key, Range value) const;
  bool by_type(const Frame& f, std::string_view key, Range value);
  void add(Frame& f, const Argument& a);
  void close_argument(std::uint32_t end);
  bool section(std::uint32_t i);

  Code& code_;
  const bool python_;
  std::vector<Frame> frames_;
  std::size_t skipped_ = 0;
  bool models_ = false;        // in a class of Python that is an enumeration of models
  std::string_view section_;   // of TOML
  std::uint32_t through_ = 0;  // tokens of its head
};

}  // namespace howopen::scan
