// Where the links of a card lead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

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

}  // namespace howopen::facts
