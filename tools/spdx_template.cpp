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
using license::Token;
using license::Word;

constexpr std::size_t kMostVariants = 64;

// A piece of the written-out text that is a group.
struct Span {
  Group::Kind kind;
  std::size_t begin;
  std::size_t end;
  std::string expression;  // of an alt
};

struct Written {
  std::string text;
  std::vector<Span> spans;
};

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
  if (name == "alt") out.spans.push_back({Group::Kind::alt, begin, end, node.attribute("match").value()});
  if (piece && (spacing == "both" || spacing == "after")) out.text += ' ';
  if (block(name)) out.text += '\n';
}

// Words of a variant between wildcards, with 0 for each of those.
std::vector<Word> pattern_of(const std::string& variant) {
  std::vector<Word> out;
  for (std::size_t from = 0; from <= variant.size();) {
    const std::size_t any = std::min(variant.find('\x01', from), variant.size());
    for (const Token& t : license::tokens(std::string_view(variant).substr(from, any - from)))
      out.push_back(t.word);
    if (any < variant.size() && (out.empty() || out.back() != 0)) out.push_back(0);
    from = any + 1;
  }
  return out;
}

Draft read_words(const Written& written) {
  Draft out;
  const std::vector<Token> tokens = license::tokens(written.text);
  for (const Token& t : tokens) out.words.push_back(t.word);
  const auto first_from = [&](std::size_t at) {
    return static_cast<std::size_t>(
        std::lower_bound(tokens.begin(), tokens.end(), at,
                         [](const Token& t, std::size_t x) { return t.begin < x; }) -
        tokens.begin());
  };
  for (const Span& s : written.spans) {
    std::size_t first = first_from(s.begin);
    std::size_t last = first_from(s.end);
    // A word that begins before the span and ends within, or begins within and ends behind.
    const bool cut_left = first > 0 && tokens[first - 1].end > s.begin;
    if (cut_left) --first;
    const bool cut_right = last > 0 && last > first && tokens[last - 1].end > s.end;
    const std::string before =
        cut_left ? written.text.substr(tokens[first].begin, s.begin - tokens[first].begin) : "";
    const std::size_t word_end = last > 0 && last > first ? tokens[last - 1].end : s.end;
    const std::string after =
        cut_right || (cut_left && word_end > s.end) ? written.text.substr(s.end, word_end - s.end) : "";
    Draft::Group g;
    g.kind = s.kind;
    g.begin = static_cast<std::uint32_t>(first);
    g.end = static_cast<std::uint32_t>(std::max(first, last));
    std::vector<std::string> variants;
    const std::string original = written.text.substr(s.begin, s.end - s.begin);
    if (s.kind == Group::Kind::alt) {
      variants = expand(s.expression);
      variants.push_back(original);
    } else if ((cut_left || cut_right) && s.kind == Group::Kind::optional) {
      g.kind = Group::Kind::alt;
      variants = {original, ""};
    }
    std::set<std::vector<Word>> patterns;
    for (const std::string& v : variants) patterns.insert(pattern_of(before + v + after));
    g.patterns.assign(patterns.begin(), patterns.end());
    const bool says_nothing = g.begin == g.end && g.patterns.size() == (g.kind == Group::Kind::alt ? 1U : 0U);
    if (!says_nothing) out.groups.push_back(std::move(g));
  }
  std::sort(out.groups.begin(), out.groups.end(), [](const Draft::Group& a, const Draft::Group& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end != b.end ? a.end > b.end : static_cast<int>(a.kind) < static_cast<int>(b.kind);
  });
  return out;
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

Draft plain_text(const std::string& text) {
  Written written{text, {}};
  bool first = true;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text::lower(text::trim(std::string_view(text).substr(from, end - from)));
    if (!line.empty()) {
      const std::size_t bare = line.find_first_not_of("#*= ");
      const std::string head = bare == std::string::npos ? std::string() : line.substr(bare);
      const bool dated = head.find("19") != std::string::npos || head.find("20") != std::string::npos;
      const bool copyright =
          (head.starts_with("copyright") || head.starts_with("\xC2\xA9") || head.starts_with("(c)")) &&
          dated && head.size() <= 120;
      const bool title =
          first && line.size() <= 100 &&
          (line.find("licen") != std::string::npos || line.find("agreement") != std::string::npos ||
           line.find("policy") != std::string::npos || line.find("terms") != std::string::npos);
      if (copyright) written.spans.push_back({Group::Kind::copyright, from, end, {}});
      if (title) written.spans.push_back({Group::Kind::title, from, end, {}});
      first = false;
    }
    from = end + 1;
  }
  return read_words(written);
}

}  // namespace howopen::tools
