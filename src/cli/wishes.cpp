// What is wanted of a verdict: for which use it is asked, by whom, and how several stand in a table.
//
//   --for product --users 5k      ->  uses {product}, circumstances {5000 users}
//   --columns model,licence       ->  error: unknown column: licence, with a hint: did you mean license?

#include <algorithm>

#include "cli/command_table.h"
#include "run/options.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

const OptionSet::Choices kKinds = {"company", "person", "academic", "public"};

tl::unexpected<Error> unknown_word(const char* what, const char* option, const std::string& word,
                                   const std::vector<std::string>& known) {
  const auto near = text::nearest(word, known);
  std::string all;
  for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
  return misused(std::string("unknown ") + what, std::string(option) + " " + text::printable(word),
                 near ? "did you mean " + *near + "?" : all);
}

Result<std::vector<std::string>> columns_of(const std::string& words) {
  const std::vector<std::string> known = table_columns();
  std::vector<std::string> out;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(',', at), words.size());
    const std::string word(text::trim(std::string_view(words).substr(at, end - at)));
    at = end + 1;
    if (std::find(known.begin(), known.end(), word) == known.end())
      return unknown_word("column", "--columns", word, known);
    if (std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
  }
  return out;
}

}  // namespace

void circumstances(OptionSet& o, Raw& raw) {
  o.text("--users", raw.users, "N", "Users you have in a month: 5k, 700M");
  o.text("--revenue", raw.revenue, "N-CUR", "What you earn in a year: 20M-USD");
  o.text("--in", raw.countries, "CC[,CC]", "Countries you are in: EU, GB, KR");
  o.list("--field", raw.fields, "FIELD", "What it is for: medical, military, …");
}

void combined_for(OptionSet& o, Raw& raw) {
  o.text("--for", raw.uses, "USE", "May it be used for this, too? As for audit");
  circumstances(o, raw);
  o.text("--who", raw.as, "WHO", "Who you are: company, person, academic or public (--as elsewhere)", kKinds);
}

// Who asks matters where somebody says what for.
Result<void> held_against_a_use(const Raw& raw) {
  const char* given = !raw.users.empty()       ? "--users"
                      : !raw.revenue.empty()   ? "--revenue"
                      : !raw.countries.empty() ? "--in"
                      : !raw.fields.empty()    ? "--field"
                      : !raw.as.empty()        ? "--who"
                                               : nullptr;
  if (given == nullptr || !raw.uses.empty()) return {};
  return misused("what it is wanted for is not said", given, "say it too: --for product");
}

void use_options(OptionSet& o, Raw& raw) {
  o.group("Use");
  o.text("--for", raw.uses, "USE[,USE]",
         "May it be used for this? research, internal, product, host, redistribute, finetune, "
         "publish-finetune, train-on-outputs, embed-device",
         {"research", "internal", "product", "host", "redistribute", "finetune", "publish-finetune",
          "train-on-outputs", "embed-device"});
  circumstances(o, raw);
  o.text("--as", raw.as, "WHO", "Who you are: company, person, academic or public", kKinds);
  o.group("");
}

void table_options(OptionSet& o, Raw& raw) {
  o.group("Table");
  o.text("--sort", raw.common.sort, "ORDER",
         "Order of the table of several models: asked, name, verdict, score, license or memory",
         table_orders());
  o.text("--columns", raw.columns, "NAME[,NAME]",
         "Columns of that table: model, verdict, components, score, license, gate, memory, devices, vendor, "
         "country, missing, commit, or a use of --for",
         table_columns());
  o.group("");
}

// What is wanted, of --for and its companions.
Result<void> wishes_of(const Raw& raw, Common& common) {
  Circumstances& c = common.circumstances;
  if (!raw.uses.empty()) {
    TRY(common.uses, parse_purposes(raw.uses));
  }
  if (!raw.users.empty()) {
    TRY(c.users, parse_amount(raw.users));
  }
  if (!raw.revenue.empty()) {
    TRY(c.revenue, parse_money(raw.revenue));
  }
  if (!raw.countries.empty()) {
    TRY(c.countries, parse_countries(raw.countries));
  }
  c.as = text::lower(raw.as);
  if (!c.as.empty() && !is_kind_of_user(c.as))
    return misused("nobody of this kind", text::printable(raw.as), "company, person, academic or public");
  for (const std::string& field : raw.fields) c.fields.push_back(text::lower(text::trim(field)));
  if (!raw.context.empty()) {
    constexpr std::int64_t kMost = 100'000'000;
    TRY(std::int64_t tokens, parse_amount(raw.context));
    // Makers of models count in powers of two: 128k are 131,072 tokens.
    const char unit = raw.context.back();
    if (unit == 'k' || unit == 'K') tokens = tokens * 1024 / 1000;
    if (unit == 'm' || unit == 'M') tokens = tokens / 1'000'000 * 1'048'576;
    if (tokens > kMost)
      return misused("more tokens than any context has", text::printable(raw.context), "--context 128k");
    common.context = static_cast<int>(tokens);
  }
  TRY(common.columns, columns_of(raw.columns));
  const std::vector<std::string> orders = table_orders();
  if (!raw.common.sort.empty() && std::find(orders.begin(), orders.end(), raw.common.sort) == orders.end())
    return unknown_word("order", "--sort", raw.common.sort, orders);
  return {};
}

}  // namespace howopen::cli
