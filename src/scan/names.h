// Is this text the id of a model, a path, or something else?
#pragma once

#include <string>
#include <string_view>

#include "text/ascii.h"

namespace howopen::scan {

struct Name {
  enum class Kind {
    none,      ///< no name at all
    owned,     ///< org/name
    bare,      ///< a legacy id, or any word
    path,      ///< of a file or folder
    variable,  ///< a template: {x}, $X, <x>
    elsewhere  ///< an address or scheme: urls.cpp reads them
  };
  Kind kind = Kind::none;
  std::string_view id;
  std::size_t at = 0;         ///< where the id starts in the text
  std::string_view revision;  ///< behind an `@`
  bool placeholder = false;   ///< your-org/your-model
  bool domain = false;        ///< serving.example.io/x: a label or an API group, where anything may stand
};

/// Reads `org/name[@revision][:quantization]`, or what else it is.
Name read_name(std::string_view text);

/// The name looks like one of a model (sizes, families, formats) or its owner publishes little else.
bool looks_like_model(std::string_view id);
/// Whatever stands around it, `meta-llama/Llama-3.1-8B` is a model: its owner, its size and its family say
/// so, two of them at least.
bool is_surely_model(std::string_view id);
/// One of the names that models had on the Hub before names had owners.
bool is_legacy_model(std::string_view name);
/// Some word of it has the form of an id with an owner.
bool names_a_model(std::string_view text);
/// A file of weights by its ending, wherever it lies: `models/x.Q4_K_M.gguf`.
bool is_weights_file(std::string_view path);
/// `s3://bucket/x`, `https://example.org/x.gguf`: weights that are not of the Hub. With `any` every address.
bool is_foreign_address(std::string_view value, bool any);
inline constexpr std::string_view kForeignAddress = "an address that is not of the Hub";
inline constexpr std::string_view kOtherRegistry = "a name of another registry, not of the Hub";
inline constexpr std::string_view kOwnName = "a short name of the library's own";
inline constexpr std::string_view kJoined = "put together from several values";
inline constexpr std::string_view kServed = "a model that a provider serves, not of the Hub";
/// `qwen2.5:7b`, `llama3:latest`: a model and its tag, as Ollama writes them.
bool is_tagged_model(std::string_view value);
/// Names of hosted models with a slash (openai/gpt-4o), which are not of the Hub.
bool is_hosted_only(std::string_view id);
/// Stands for a name: your-org/your-model, org/model, example.com/x.
bool is_placeholder(std::string_view id);

/// Stands for a path: path/to/checkpoint, /path/to/your/model.
bool is_placeholder_path(std::string_view path);

bool is_name_char(char c);
using text::is_alnum;
using text::is_digit;

/// The model that a vendor serves over its API, without the provider that stands before it and the version of
/// a cloud behind: `azure/gpt-4o` and `us.anthropic.claude-3-haiku-20240307-v1:0` give `gpt-4o` and
/// `claude-3-haiku-20240307`. "" for what is none.
std::string api_model(std::string_view value);

/// An id of a cloud that serves models of many vendors, `us.meta.llama3-2-3b-instruct-v1:0`, but for those
/// that api_model knows.
bool is_cloud_model(std::string_view value);

/// A text that speaks to an API of Ollama's.
bool speaks_to_a_store(std::string_view text);
/// A text that names the Hub, its libraries or programs that load from it.
bool speaks_of_the_hub(std::string_view text);

}  // namespace howopen::scan
