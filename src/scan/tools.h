// Programs that take models, and options that do, as tables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scan/parts.h"

namespace howopen::scan {

struct Tool {
  std::string_view name;
  std::string_view subcommands;  ///< between bars; "" when the model follows at once
  std::string_view form;
  enum class Names { hub, ollama, docker, mixed, own } names = Names::hub;
};

std::span<const Tool> tools();
/// `--Model_Id` -> model-id
std::string option_name(std::string_view word);
/// Options whose value is a model of the Hub or a folder, and those that are common words.
bool is_model_option(std::string_view name);
bool is_common_option(std::string_view name);
/// Part of the name of a program, image or module that runs models.
bool names_model_runner(std::string_view word);
std::string_view base_name(std::string_view path);

/// An image whose entry point takes a model as its first argument, as `vllm serve` does.
bool takes_model_first(std::string_view image);
/// `hf` with its `download`: a program of the table with one of its commands.
bool is_tool(std::string_view program, std::string_view command);
/// A program that takes models.
bool is_model_tool(std::string_view word);
/// Some bytes of a word, with their places.
Word part_of(const Word& w, std::size_t at, std::size_t size);
/// All of them as one with blanks between; empty where one is a variable.
Word joined(std::span<const Word> words);
/// Takes what make and just are told in front of a command off its first word: `@hf`, `-hf`.
void without_prefix(std::vector<Word>& command);
/// The name of `$Model`, `[string]$Model` or `$env:MODEL` of PowerShell, which is given something; "" for
/// others.
std::string_view powershell_name(std::string_view word);
/// A word of a list, `"a/b",`, without what stands between it and the next.
Word without_comma(const Word& w);
/// "a/b,c/d" or "a/b c/d" from `from` on; nothing when one of them is no id.
std::vector<Word> ids_of(const Word& w, std::size_t from);
/// Text that a shell is meant to run.
bool looks_like_command(std::string_view text);

}  // namespace howopen::scan
