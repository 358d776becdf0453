// Links of a card.
//
//   hub_link("https://huggingface.co/datasets/a/b")      ->  dataset a/b
//   hub_link("https://huggingface.co/docs/transformers") ->  nothing

#include "hub/addresses.h"

#include <algorithm>
#include <array>
#include <vector>

#include "hub/ids.h"
#include "text/utf8.h"

namespace howopen::hub {
namespace {

// Path of an address without query and fragment, split at slashes; empty parts are left out.
std::vector<std::string_view> path_parts(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  std::vector<std::string_view> out;
  std::size_t slash = url.find('/');
  while (slash != std::string_view::npos && out.size() < 16) {
    const std::size_t next = url.find('/', slash + 1);
    const std::string_view part =
        url.substr(slash + 1, next == std::string_view::npos ? next : next - slash - 1);
    if (!part.empty()) out.push_back(part);
    slash = next;
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& parts, std::size_t first) {
  std::string out;
  for (std::size_t i = first; i < parts.size(); ++i) {
    if (!out.empty()) out += '/';
    out += parts[i];
  }
  return out;
}

// First parts of the Hub's own pages, sorted: seen in links of cards and in source trees, 2022 to 2026.
constexpr std::array<std::string_view, 60> kPages = {"api",
                                                     "assets",
                                                     "autotrain",
                                                     "avatars",
                                                     "blog",
                                                     "buckets",
                                                     "changelog",
                                                     "chat",
                                                     "collections",
                                                     "contact",
                                                     "course",
                                                     "courses",
                                                     "datasets",
                                                     "docs",
                                                     "endpoints",
                                                     "enterprise",
                                                     "evaluate-measurement",
                                                     "evaluate-metric",
                                                     "fonts",
                                                     "front",
                                                     "hardware",
                                                     "huggingface.co",
                                                     "inference",
                                                     "inference-api",
                                                     "inference-endpoints",
                                                     "inference-providers",
                                                     "jobs",
                                                     "join",
                                                     "kernels",
                                                     "landing",
                                                     "languages",
                                                     "learn",
                                                     "login",
                                                     "logout",
                                                     "mcp",
                                                     "metrics",
                                                     "models",
                                                     "new",
                                                     "new-dataset",
                                                     "new-space",
                                                     "notifications",
                                                     "organizations",
                                                     "papers",
                                                     "playground",
                                                     "posts",
                                                     "pricing",
                                                     "privacy",
                                                     "search",
                                                     "settings",
                                                     "spaces",
                                                     "storage",
                                                     "subscribe",
                                                     "support",
                                                     "tasks",
                                                     "terms-of-service",
                                                     "transformers",
                                                     "try-inference",
                                                     "v1",
                                                     "welcome",
                                                     "xet"};

}  // namespace

std::string host_of(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.size() > scheme.size() && text::equal_ignoring_case(url.substr(0, scheme.size()), scheme)) {
      std::string_view host = url.substr(scheme.size());
      host = host.substr(0, host.find_first_of("/?#"));
      if (const auto user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
      std::string out = text::lower(host.substr(0, host.find(':')));
      return out.starts_with("www.") ? out.substr(4) : out;
    }
  }
  return {};
}

bool is_page(std::string_view first) {
  return std::binary_search(kPages.begin(), kPages.end(), first);
}

std::optional<HubLink> hub_link(std::string_view url) {
  const std::string host = host_of(url);
  if (host != "huggingface.co" && host != "hf.co") return std::nullopt;
  const auto parts = path_parts(url);
  HubLink link;
  std::size_t first = 0;
  if (!parts.empty() && parts[0] == "datasets")
    link.type = HubLink::Type::dataset, first = 1;
  else if (!parts.empty() && parts[0] == "spaces")
    link.type = HubLink::Type::space, first = 1;
  if (parts.size() <= first) return std::nullopt;
  if (first == 0) {
    if (is_page(parts[0])) return std::nullopt;
    // One part alone is an organization as well as a legacy model: too weak to be a link to a model.
    if (parts.size() == 1) return std::nullopt;
  }
  const auto marker = [](std::string_view part) {
    return part == "blob" || part == "tree" || part == "resolve" || part == "raw" || part == "discussions" ||
           part == "commit" || part == "commits" || part == "viewer";
  };
  // `bert-base-uncased/blob/main/README.md`: a legacy name.
  const bool legacy = parts.size() > first + 1 && marker(parts[first + 1]);
  const std::size_t id_parts = legacy || parts.size() == first + 1 ? 1 : 2;
  link.id = id_parts == 1 ? std::string(parts[first]) : joined({parts[first], parts[first + 1]}, 0);
  const std::size_t rest = first + id_parts;
  if (parts.size() > rest + 1 && marker(parts[rest]) && parts[rest] != "discussions" &&
      parts[rest] != "viewer")
    link.revision = parts[rest + 1];
  if (parts.size() > rest + 2 && marker(parts[rest])) link.path = joined(parts, rest + 2);
  if (!is_repository_id(link.id)) return std::nullopt;
  return link;
}

std::string lone_part(std::string_view url) {
  const std::string host = host_of(url);
  if (host != "huggingface.co" && host != "hf.co") return {};
  const auto parts = path_parts(url);
  return parts.size() == 1 && !is_page(parts[0]) ? std::string(parts[0]) : std::string();
}

std::optional<GithubLink> github_link(std::string_view url) {
  const std::string host = host_of(url);
  const bool raw = host == "raw.githubusercontent.com";
  if (host != "github.com" && !raw) return std::nullopt;
  const auto parts = path_parts(url);
  if (parts.size() < 2) return std::nullopt;
  GithubLink link{std::string(parts[0]), std::string(parts[1]), {}};
  if (link.name.ends_with(".git")) link.name.resize(link.name.size() - 4);
  if (!is_repository_id(link.owner + "/" + link.name)) return std::nullopt;
  for (const std::string_view page :
       {"orgs", "sponsors", "topics", "features", "settings", "apps", "marketplace"}) {
    if (link.owner == page) return std::nullopt;
  }
  if (raw)
    link.path = joined(parts, 3);
  else if (parts.size() > 4 && (parts[2] == "blob" || parts[2] == "tree" || parts[2] == "raw"))
    link.path = joined(parts, 4);
  return link;
}

}  // namespace howopen::hub
