// What the reader claims of cards, a line each: for counting against labels, and for looking at one card.
//
//   claims_dump FILE ID [FILE ID…]  ->  "ID <tab> line <tab> claim <tab> subject <tab> what <tab> value <tab>
//   quote"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "howopen/catalog.h"
#include "reading/claims.h"
#include "text/front_matter.h"

namespace {

using namespace howopen;

std::string flat(std::string s) {
  for (char& c : s) {
    if (c == '\t' || c == '\n') c = ' ';
  }
  return s;
}

}  // namespace

int main(int argc, char** argv) {
  const auto catalog = Catalog::load();
  if (!catalog) return 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    std::ifstream in(argv[i], std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string card = bytes.str();
    const std::string id = argv[i + 1];
    const text::CardParts parts = text::split_card(card);
    const text::Markdown markdown = text::read_markdown(parts.body, parts.body_line);
    const reading::Prose prose(markdown);
    const reading::Claims claims = reading::read_claims({markdown, prose, id, *catalog});
    for (const auto& c : claims.licenses)
      std::printf("%s\t%d\t%s\t%s\t%s\t%s\t%s\n", id.c_str(), c.at.line, std::string(word(c.kind)).c_str(),
                  std::string(word(c.subject)).c_str(), std::string(word(c.what)).c_str(),
                  flat(!c.term.empty() ? c.term
                       : !c.id.empty() ? c.id
                                       : c.name)
                      .c_str(),
                  flat(c.quote).c_str());
    for (const auto& o : claims.origins) {
      // A base without a name is no label's.
      if (!o.scratch && o.id.empty() && o.family.empty() && o.name == "another model") continue;
      std::printf("%s\t%d\tmade_from\t%s\t%s\t%s\t%s\n", id.c_str(), o.at.line,
                  std::string(word(o.subject)).c_str(),
                  o.scratch ? "scratch" : std::string(word(o.how)).c_str(),
                  flat(o.scratch           ? "scratch"
                       : !o.id.empty()     ? o.id
                       : !o.family.empty() ? o.family
                                           : o.name)
                      .c_str(),
                  flat(o.name).c_str());
    }
    for (const auto& d : claims.data)
      std::printf("%s\t%d\ttrained_on\tthis\t%s\t%s\t\n", id.c_str(), d.at.line,
                  d.kind == reading::DataClaim::Kind::named     ? "named"
                  : d.kind == reading::DataClaim::Kind::teacher ? "teacher"
                                                                : "partly",
                  flat(d.name).c_str());
    if (claims.delta) std::printf("%s\t%d\tdelta\tthis\t\t\t\n", id.c_str(), claims.delta_at.line);
  }
}
