// Names of models as people paste them.
//
//   https://huggingface.co/org/name/tree/v1  ->  org/name at v1
//   pkg:huggingface/org/name@sha             ->  org/name at sha

#include <fmt/format.h>

#include "cli/options.h"
#include "facts/names.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// A revision is a branch, a tag, a commit or refs/pr/N; it ends up in an address, encoded.
bool valid_revision(std::string_view s) {
  if (s.empty() || s.size() > 200 || s.find("..") != std::string_view::npos || s.front() == '/' ||
      s.back() == '/')
    return false;
  for (const char c : s) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\' || c == ':' || c == '?' || c == '*' ||
        c == '[')
      return false;
  }
  return true;
}

// What stands behind the host of a page of the Hub; nothing for other addresses.
std::optional<std::string> hub_path(const std::string& text, const std::string& endpoint) {
  for (const std::string& host :
       {std::string("https://huggingface.co/"), std::string("https://hf.co/"),
        std::string("https://www.huggingface.co/"), std::string("http://huggingface.co/"), endpoint + "/"}) {
    if (host.size() > 1 && text.starts_with(host))
      return text.substr(host.size(), text.find_first_of("?#") - host.size());
  }
  return std::nullopt;
}

}  // namespace

Result<ModelRef> parse_ref(const std::string& typed, const std::string& endpoint) {
  const std::string shown = text::printable(typed);
  std::string s(text::trim(typed));
  std::string revision;
  const auto wrong = [&](std::string what, std::string fix) {
    return fail(Fault::usage, std::move(what), shown, std::move(fix));
  };
  if (s.starts_with("hf://")) {
    s.erase(0, 5);
    if (s.starts_with("models/")) s.erase(0, 7);
    if (s.starts_with("datasets/") || s.starts_with("spaces/"))
      return wrong("not a model", "only models are audited");
  } else if (s.starts_with("pkg:huggingface/")) {
    s.erase(0, 16);
    s = s.substr(0, s.find_first_of("?#"));
  } else if (const auto path = hub_path(s, endpoint)) {
    s = *path;
    if (s.starts_with("datasets/") || s.starts_with("spaces/"))
      return wrong("not a model", "only models are audited");
    while (s.ends_with('/')) s.pop_back();
    // org/name/tree/rev[/path], or …/blob/…, …/resolve/…
    const std::size_t first = s.find('/');
    const std::size_t second = first == std::string::npos ? first : s.find('/', first + 1);
    if (second != std::string::npos) {
      const std::string rest = s.substr(second + 1);
      s.resize(second);
      for (const char* marker : {"tree/", "blob/", "resolve/", "raw/"}) {
        if (!rest.starts_with(marker)) continue;
        revision = rest.substr(std::string_view(marker).size());
        // refs/pr/N holds slashes of its own, which pages of the Hub encode.
        for (std::size_t at = revision.find("%2F"); at != std::string::npos; at = revision.find("%2F"))
          revision.replace(at, 3, "/");
        if (!revision.starts_with("refs/")) revision = revision.substr(0, revision.find('/'));
      }
    }
  } else if (s.find("://") != std::string::npos) {
    return wrong("not an address of the Hub", "give org/name, or a page of huggingface.co");
  }
  if (const std::size_t at = s.find('@'); at != std::string::npos) {
    revision = s.substr(at + 1);
    s.resize(at);
    if (revision.empty()) return wrong("no revision after @", "give org/name@revision, or leave @ out");
  }
  if (!facts::is_repository_id(s))
    return wrong("not the name of a model",
                 "names look like org/name: letters, digits, '-', '_' and '.', at most 96 of them");
  if (!revision.empty() && !valid_revision(revision))
    return wrong("not a revision", "a branch, a tag or a commit");
  return ModelRef{std::string(text::trim(typed)), s, revision};
}

}  // namespace howopen::cli
