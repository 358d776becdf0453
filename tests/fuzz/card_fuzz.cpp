// Bytes as a card, as facts, as a saved snapshot: read, judged and printed in both formats.

#include <cstdint>
#include <string>

#include "howopen/facts.h"
#include "howopen/report.h"
#include "howopen/verdict.h"
#include "text/front_matter.h"
#include "text/json.h"
#include "text/markdown.h"
#include "text/yaml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace howopen;
  static const Catalog catalog = std::move(*Catalog::load());
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0: {
      if (const auto facts = load_facts(text, "facts.json")) {
        const Verdict v = judge(supplement(*facts, catalog), catalog);
        render({&v, 1}, Format::text, Style{}, catalog);
        render({&v, 1}, Format::json, Style{}, catalog);
      }
      break;
    }
    case 1:
      (void)text::parse_json(text);
      break;
    default:
      (void)text::read_markdown(text, 1);
      break;
  }
  return 0;
}
