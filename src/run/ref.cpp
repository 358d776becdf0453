// Names of models as people paste them.
//
//   https://huggingface.co/org/name/tree/v1  ->  org/name at v1
//   pkg:huggingface/org/name@sha             ->  org/name at sha

#include "run/ref.h"

#include <fmt/format.h>

#include "hub/ids.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

// What stands behind the host of a page of the Hub; nothing for other addresses.
std::optional<std::string> hub_path(const std::string& text, const std::string& endpoint) {
  for (const std::string& host :
       {std::string("https://huggingface.co/"), std::string("https://hf.co/"),
        std::string("https://www.huggingface.co/"), std::string("http://huggingface.co/"),
        std::string("huggingface.co/"), std::string("hf.co/"), endpoint + "/"}) {
    if (host.size() > 1 && text.starts_with(host))
      return text.substr(host.size(), text.find_first_of("?#") - host.size());
  }
  return std::nullopt;
}

struct Named {
  std::string id;
  std::string revision;
};

// org/name/tree/rev[/path], or …/blob/…, …/resolve/…
Named from_page(std::string path) {
  while (path.ends_with('/')) path.pop_back();
  const std::size_t first = path.find('/');
  const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
  if (second == std::string::npos) return {std::move(path), {}};
  const std::string rest = path.substr(second + 1);
  path.resize(second);
  std::string revision;
  for (const char* marker : {"tree/", "blob/", "resolve/", "raw/"}) {
    if (rest.starts_with(marker)) revision = rest.substr(std::string_view(marker).size());
  }
  // refs/pr/N holds slashes of its own, which pages of the Hub encode.
  for (std::size_t at = revision.find("%2F"); at != std::string::npos; at = revision.find("%2F"))
    revision.replace(at, 3, "/");
  if (!revision.starts_with("refs/")) revision = revision.substr(0, revision.find('/'));
  return {std::move(path), std::move(revision)};
}

}  // namespace

Result<ModelRef> parse_ref(const std::string& typed, const std::string& endpoint) {
  const std::string trimmed(text::trim(typed));
  const auto wrong = [&](std::string what, std::string fix) {
    return fail(Fault::usage, std::move(what), text::printable(typed), std::move(fix));
  };
  Named named{trimmed, {}};
  if (trimmed.starts_with("hf://")) {
    named.id = trimmed.substr(trimmed.starts_with("hf://models/") ? 12 : 5);
  } else if (trimmed.starts_with("pkg:huggingface/")) {
    named.id = trimmed.substr(16, trimmed.find_first_of("?#") - 16);
  } else if (const auto path = hub_path(trimmed, endpoint)) {
    named = from_page(*path);
  } else if (trimmed.find("://") != std::string::npos) {
    return wrong("not an address of the Hub", "give org/name, or a page of huggingface.co");
  }
  // As completion in a shell leaves it.
  if (named.id.size() > 1 && named.id.ends_with('/') && !named.id.ends_with("//")) named.id.pop_back();
  if (named.id.starts_with("datasets/") || named.id.starts_with("spaces/"))
    return wrong("not a model", "only models are audited");
  if (const std::size_t at = named.id.find('@'); at != std::string::npos) {
    named.revision = named.id.substr(at + 1);
    named.id.resize(at);
    if (named.revision.empty()) return wrong("no revision after @", "give org/name@revision, or leave @ out");
  }
  if (!hub::is_repository_id(named.id)) {
    return wrong("not the name of a model", "names look like org/name: letters, digits, '-', '_' and '.'");
  }
  if (!named.revision.empty() && !hub::is_revision(named.revision))
    return wrong("not a revision", "a branch, a tag or a commit");
  return ModelRef{trimmed, named.id, named.revision};
}

}  // namespace howopen::run
