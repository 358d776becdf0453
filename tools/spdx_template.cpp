// XML to drafts. The text is written out once, with the original of each replaceable piece, and read as words
// once, so that pieces of words (`distribution<optional>s</optional>`) are seen for what they are.
//
//   Redistributions <alt match="are|is">are</alt> permitted  ->  redistributions are permitted; alt 1..2
//   {are}, {is}

#include "spdx_template.h"

#include <algorithm>
#include <pugixml.hpp>
#include <set>
#include <string_view>

#include "text/utf8.h"

namespace howopen::tools {
namespace {

using license::Group;
using license::read_words;
using license::Written;

constexpr std::size_t kMostVariants = 64;

bool block(std::string_view name) {
  return name == "p" || name == "br" || name == "bullet" || name == "item" || name == "list" ||
         name == "titleText" || name == "copyrightText" || name == "standardLicenseHeader" || name == "text";
}

void write(const pugi::xml_node& node, Written& out) {
  const std::string_view name = node.name();
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
    out.text += node.value();
    return;
  }
  // A blank stands on both sides of what may lack or differ, unless the template says on which.
  const std::string_view spacing = node.attribute("spacing").as_string("both");
  const bool piece = name == "optional" || name == "alt";
  if (block(name)) out.text += '\n';
  if (piece && (spacing == "both" || spacing == "before")) out.text += ' ';
  const std::size_t begin = out.text.size();
  for (const pugi::xml_node& child : node.children()) write(child, out);
  const std::size_t end = out.text.size();
  if (name == "optional" || name == "bullet") out.spans.push_back({Group::Kind::optional, begin, end, {}});
  if (name == "titleText") out.spans.push_back({Group::Kind::title, begin, end, {}});
  if (name == "copyrightText") out.spans.push_back({Group::Kind::copyright, begin, end, {}});
  if (name == "alt")
    out.spans.push_back({Group::Kind::alt, begin, end, expand(node.attribute("match").value())});
  if (piece && (spacing == "both" || spacing == "after")) out.text += ' ';
  if (block(name)) out.text += '\n';
}

// Regular expressions
// -------------------------------------------------------------------------------------------------

using Variants = std::vector<std::string>;

Variants cross(const Variants& a, const Variants& b) {
  Variants out;
  for (const std::string& x : a) {
    for (const std::string& y : b) {
      if (out.size() >= kMostVariants) return out;
      out.push_back(x + y);
    }
  }
  return out;
}

class Expander {
 public:
  explicit Expander(std::string_view s) : s_(s) {}
  Variants alternation() {
    Variants out = branch();
    while (i_ < s_.size() && s_[i_] == '|') {
      ++i_;
      for (std::string& v : branch()) {
        if (out.size() < kMostVariants) out.push_back(std::move(v));
      }
    }
    return out;
  }

 private:
  Variants branch() {
    Variants out = {""};
    while (i_ < s_.size() && s_[i_] != '|' && s_[i_] != ')') out = cross(out, quantified());
    return out;
  }
  Variants quantified() {
    const bool wild = s_[i_] == '.' || s_[i_] == '[';
    Variants atom = this->atom();
    bool repeats = false;
    bool may_lack = false;
    while (i_ < s_.size() && (s_[i_] == '*' || s_[i_] == '+' || s_[i_] == '?' || s_[i_] == '{')) {
      if (s_[i_] == '{') {
        may_lack = s_.substr(i_, 3) == "{0,";
        while (i_ < s_.size() && s_[i_] != '}') ++i_;
        repeats = true;
      } else {
        may_lack = may_lack || s_[i_] == '*' || s_[i_] == '?';
        repeats = repeats || s_[i_] != '?';
      }
      ++i_;
    }
    if (repeats && wild && atom == Variants{"\x02"}) return {"\x01"};  // .+ and .*, any words or none
    for (std::string& v : atom) std::replace(v.begin(), v.end(), '\x02', ' ');
    if (may_lack) atom.insert(atom.begin(), "");
    return atom;
  }
  Variants atom() {
    const char c = s_[i_++];
    if (c == '(') {
      if (s_.substr(i_, 2) == "?:") i_ += 2;
      Variants inside = alternation();
      if (i_ < s_.size()) ++i_;
      return inside;
    }
    if (c == '[') return {set()};
    if (c == '.') return {"\x02"};
    if (c == '\\' && i_ < s_.size()) {
      const char escaped = s_[i_++];
      return {std::string(1, escaped == 's' || escaped == 'n' || escaped == 't' ? ' ' : escaped)};
    }
    return {std::string(1, c)};
  }
  // A set of letters stands for its first, a set of digits or everything-but for any words.
  std::string set() {
    const std::size_t from = i_;
    if (i_ < s_.size() && s_[i_] == '^') ++i_;
    if (i_ < s_.size() && s_[i_] == ']') ++i_;
    while (i_ < s_.size() && s_[i_] != ']') i_ += s_[i_] == '\\' ? 2 : 1;
    const std::string_view inside = s_.substr(from, i_ - from);
    ++i_;
    if (inside.starts_with('^') || inside.find("0-9") != std::string_view::npos) return "\x02";
    for (std::size_t k = 0; k < inside.size(); ++k) {
      if (inside[k] == '\\') {
        ++k;
        continue;
      }
      if (std::isalpha(static_cast<unsigned char>(inside[k])) != 0) return std::string(1, inside[k]);
    }
    return " ";
  }

  std::string_view s_;
  std::size_t i_ = 0;
};

}  // namespace

std::vector<std::string> expand(const std::string& expression) {
  return Expander(expression).alternation();
}

std::optional<Template> read_template(const std::string& path) {
  pugi::xml_document document;
  // Blanks between elements part words.
  if (!document.load_file(path.c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) return std::nullopt;
  const pugi::xml_node collection = document.child("SPDXLicenseCollection");
  pugi::xml_node node = collection.child("license");
  Template out;
  if (!node) {
    node = collection.child("exception");
    out.exception = true;
  }
  if (!node) return std::nullopt;
  out.id = node.attribute("licenseId").value();
  out.name = node.attribute("name").value();
  out.deprecated = std::string_view(node.attribute("isDeprecated").value()) == "true" ||
                   node.attribute("deprecatedVersion");
  out.osi_approved = std::string_view(node.attribute("isOsiApproved").value()) == "true";
  Written text;
  write(node.child("text"), text);
  out.text = read_words(text);
  for (const auto& header : node.select_nodes(".//standardLicenseHeader")) {
    Written w;
    write(header.node(), w);
    out.header = read_words(w);
    break;
  }
  return out;
}

}  // namespace howopen::tools
