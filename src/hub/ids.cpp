// What is an id, and what people write in the place of one.
//
//   read_reference(" https://huggingface.co/acme/foo/tree/main ")  ->  acme/foo at main
//   read_reference("./out/checkpoint-500")                         ->  nothing

#include "hub/ids.h"

#include "hub/addresses.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::hub {
namespace {

// Blanks, quotes and the slash at the end of a copied address.
std::string_view bare(std::string_view s) {
  s = text::trim(s);
  while (s.size() > 1 && (s.front() == '"' || s.front() == '\'' || s.front() == '`' || s.front() == '<') &&
         (s.back() == s.front() || (s.front() == '<' && s.back() == '>')))
    s = text::trim(s.substr(1, s.size() - 2));
  while (s.ends_with('/')) s.remove_suffix(1);
  return s;
}

}  // namespace

std::string_view owner(std::string_view id) {
  const std::size_t slash = id.find('/');
  return slash == std::string_view::npos ? std::string_view() : id.substr(0, slash);
}

std::string_view repository_name(std::string_view id) {
  const std::size_t slash = id.find('/');
  return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

// New names have at most 96 characters, no two hyphens in a row and no `.git` at the end; older ones are
// still there.
bool is_repository_id(std::string_view s) {
  constexpr std::size_t kLongestName = 300;
  const std::size_t slash = s.find('/');
  if (slash != std::string_view::npos && (slash == 0 || s.find('/', slash + 1) != std::string_view::npos))
    return false;
  const std::string_view name = repository_name(s);
  if (name.empty() || name.size() > kLongestName || s.size() > 2 * kLongestName) return false;
  if (s.find("..") != std::string_view::npos) return false;
  for (const std::string_view part : {owner(s), name}) {
    if (part.empty()) continue;
    if (part.front() == '-' || part.front() == '.' || part.back() == '-' || part.back() == '.') return false;
    for (const char c : part) {
      if (!text::is_alnum(c) && c != '_' && c != '-' && c != '.') return false;
    }
  }
  return true;
}

bool is_owned_id(std::string_view s) {
  return s.find('/') != std::string_view::npos && is_repository_id(s);
}

bool is_revision(std::string_view s) {
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

std::string bare_name(std::string_view name) {
  std::string out = text::lower(name);
  std::erase_if(out, [](char c) { return !text::is_lower(c) && !text::is_digit(c); });
  return out;
}

std::optional<WrittenRef> read_reference(std::string_view written) {
  std::string_view s = bare(written);
  std::string address;
  for (const std::string_view host : {"huggingface.co/", "www.huggingface.co/", "hf.co/"}) {
    if (s.starts_with(host)) address = "https://" + std::string(s);  // as browsers show it
  }
  if (s.starts_with("hf://")) s = s.substr(s.starts_with("hf://models/") ? 12 : 5);
  if (address.empty() && s.find("://") != std::string_view::npos) address = s;
  WrittenRef out;
  if (!address.empty()) {
    const auto link = hub_link(address);
    if (!link || link->type != HubLink::Type::model) return std::nullopt;
    out = {link->id, link->revision};
  } else {
    // org/name/tree/rev, as it stands behind the host.
    for (const std::string_view marker : {"/tree/", "/blob/", "/resolve/"}) {
      const std::size_t at = s.find(marker);
      if (at == std::string_view::npos) continue;
      const std::string_view rest = s.substr(at + marker.size());
      out.revision = rest.substr(0, rest.find('/'));
      s = s.substr(0, at);
      break;
    }
    if (const std::size_t at = s.find('@'); at != std::string_view::npos) {
      out.revision = s.substr(at + 1);
      s = s.substr(0, at);
    }
    out.id = s;
  }
  if (!is_repository_id(out.id) || (!out.revision.empty() && !is_revision(out.revision))) return std::nullopt;
  return out;
}

}  // namespace howopen::hub
