// Where the links of a card lead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/markdown.h"

namespace howopen::facts {

struct HubLink {
  enum class Type { model, dataset, space };
  Type type = Type::model;
  std::string id;
  std::string path;  ///< of a file, "" for the repository itself
};
/// A repository of the Hub, or a file of one. Pages of the Hub that are no repository give nothing.
std::optional<HubLink> hub_link(std::string_view url);

struct GithubLink {
  std::string owner;
  std::string name;
  std::string path;  ///< of a file or folder, "" for the repository itself
};
std::optional<GithubLink> github_link(std::string_view url);

/// Host of an http(s) address, lower case; "" for anything else.
std::string host_of(std::string_view url);

/// A sentence of a block: from a full stop, semicolon or line break to the next, with its place in the text.
struct Sentence {
  std::string_view text;
  std::size_t at = 0;
};
std::vector<Sentence> sentences(std::string_view text);

}  // namespace howopen::facts
