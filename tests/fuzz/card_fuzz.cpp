// Bytes as a card, as facts, as a record: read, judged and printed in both formats.

#include <cstdint>
#include <string>

#include "howopen/facts.h"
#include "howopen/report.h"
#include "howopen/verdict.h"
#include "text/json.h"

namespace howopen {
namespace {

void judged(const Facts& facts, const Catalog& catalog) {
  const Verdict v = judge(facts, catalog);
  render({&v, 1}, Format::text, Style{}, catalog);
  render({&v, 1}, Format::json, Style{}, catalog);
}

Answer got(std::string body) {
  Answer a;
  a.outcome = Outcome::got;
  a.body = std::move(body);
  return a;
}

// Whatever is asked is answered with the bytes, but for the record when they are a card.
void looked_at(const std::string& text, bool as_record, const Catalog& catalog) {
  const ModelRef model{"acme/foo-llama-2-7b", "acme/foo-llama-2-7b", {}};
  Readings readings;
  for (int round = 0; round < 3; ++round) {
    for (const Want& want : wants(model, readings, catalog)) {
      const bool record = want.topic == Topic::model && !as_record;
      readings.add(
          want, got(record ? R"({"id":"acme/foo-llama-2-7b","siblings":[{"rfilename":"README.md"}]})" : text),
          catalog);
    }
  }
  judged(gather(model, readings, catalog), catalog);
}

}  // namespace
}  // namespace howopen

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace howopen;
  static const Catalog catalog = std::move(*Catalog::load());
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      if (const auto facts = load_facts(text, "facts.json")) judged(*facts, catalog);
      break;
    case 1:
      (void)text::parse_json(text);
      break;
    case 2:
      looked_at(text, true, catalog);
      break;
    default:
      looked_at(text, false, catalog);
      break;
  }
  return 0;
}
