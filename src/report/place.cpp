// Addresses of what was seen, at the commit and the line where it was seen.
//
//   {"acme/m", "0123…"}, "README.md:7@0123…"
//     ->  https://huggingface.co/acme/m/blob/0123…/README.md?code=true#L7

#include "report/place.h"

#include <fmt/format.h>

#include <charconv>

#include "hub/ids.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

constexpr std::string_view kHub = "https://huggingface.co/";

std::string encoded(std::string_view s, std::string_view kept) {
  std::string out;
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       kept.find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

// An address that somebody else wrote: what has a meaning there stays, and what has none in any is encoded.
std::string address(std::string_view url) {
  return encoded(url, "-._~/:?#@!$&*+,;=%");
}

// The number behind the last colon; 0 for none.
int take_line(std::string_view& s) {
  const std::size_t colon = s.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == s.size()) return 0;
  int line = 0;
  const auto [end, error] = std::from_chars(s.data() + colon + 1, s.data() + s.size(), line);
  if (error != std::errc() || end != s.data() + s.size() || line <= 0) return 0;
  s = s.substr(0, colon);
  return line;
}

}  // namespace

std::string percent_encoded(std::string_view s) {
  return encoded(s, "-._~/");
}

std::string hub_page(std::string_view id, std::string_view revision, std::string_view path, int line) {
  std::string out = std::string(kHub) + percent_encoded(id);
  if (path.empty()) return revision.empty() ? out : fmt::format("{}/tree/{}", out, percent_encoded(revision));
  out += fmt::format("/blob/{}/{}", revision.empty() ? "main" : percent_encoded(revision),
                     percent_encoded(path));
  if (line == 0) return out;
  // A card is shown as a page; only its source has lines.
  return fmt::format("{}{}#L{}", out, path.ends_with(".md") ? "?code=true" : "", line);
}

std::string dataset_page(std::string_view id) {
  return fmt::format("{}datasets/{}", kHub, percent_encoded(id));
}

std::string package_url(const Named& model) {
  if (!model.at_hub || !hub::is_repository_id(model.id)) return {};
  std::string out = "pkg:huggingface/" + percent_encoded(model.id);
  return model.revision.empty() ? out : fmt::format("{}@{}", out, percent_encoded(model.revision));
}

Located locate(const Named& model, std::string_view where) {
  Located out;
  std::string_view id = model.id;
  bool at_hub = model.at_hub;
  // Of another model.
  if (const std::size_t colon = where.find(": ");
      colon != std::string_view::npos && hub::is_owned_id(where.substr(0, colon))) {
    id = where.substr(0, colon);
    at_hub = true;
    where = where.substr(colon + 2);
  }
  if (where.starts_with("github.com/")) {
    std::string_view rest = where;
    out.line = take_line(rest);
    out.url = "https://" + address(rest);
  } else if (where.starts_with("https://") || where.starts_with("http://")) {
    std::string_view rest = where;
    out.line = take_line(rest);
    out.url = address(rest);
  } else if (const std::size_t at = where.rfind('@');
             at != std::string_view::npos && text::is_commit(where.substr(at + 1))) {
    out.commit = where.substr(at + 1);
    std::string_view path = where.substr(0, at);
    out.line = take_line(path);
    out.path = path;
    if (at_hub) out.url = hub_page(id, out.commit, path, out.line);
    return out;
  } else if (at_hub && hub::is_owned_id(where)) {
    out.url = hub_page(where, {});
  }
  if (out.line > 0 && !out.url.empty() && out.url.find('#') == std::string::npos)
    out.url += fmt::format("{}#L{}",
                           out.url.find('?') == std::string::npos && out.url.ends_with(".md")
                               ? (out.url.starts_with(kHub) ? "?code=true" : "?plain=1")
                               : "",
                           out.line);
  return out;
}

}  // namespace howopen::report
