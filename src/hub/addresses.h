// Where addresses lead: repositories of the Hub and of GitHub, and the Hub's own pages, which are none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace howopen::hub {

struct HubLink {
  enum class Type { model, dataset, space };
  Type type = Type::model;
  std::string id;
  std::string revision;  ///< "" where the address names none
  std::string path;      ///< of a file, "" for the repository itself
};
/// A repository of the Hub, or a file of one. Pages of the Hub that are no repository give nothing.
std::optional<HubLink> hub_link(std::string_view url);

/// `name` of `https://huggingface.co/name`: an organization or a model of before 2022, which only its name
/// tells; "" for any other address.
std::string lone_part(std::string_view url);

/// Whether `huggingface.co/<first>/…` is a page of the Hub itself: docs, blog, course, …
bool is_page(std::string_view first);

struct GithubLink {
  std::string owner;
  std::string name;
  std::string path;  ///< of a file or folder, "" for the repository itself
};
std::optional<GithubLink> github_link(std::string_view url);

/// Host of an http(s) address, lower case, without `www.`; "" for anything else.
std::string host_of(std::string_view url);

}  // namespace howopen::hub
