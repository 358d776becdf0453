// Words behind `why REF` and `bisect REF`.
//
//   "licence"  ->  error: neither a component nor a rule: licence, with a hint: did you mean license?

#include "cli/topics.h"

#include <iterator>
#include <vector>

#include "howopen/report.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {

Result<std::string> topic_of(const std::string& word, const Catalog& catalog) {
  if (is_topic(word, catalog)) return word;
  std::vector<std::string> names(std::begin(Words<Component>::names), std::end(Words<Component>::names));
  names.insert(names.end(), {"license", "lineage", "verdict"});
  for (std::string& rule : rule_ids()) names.push_back(std::move(rule));
  if (word.find('/') != word.npos)
    return fail(Fault::usage, "the model comes first, then what is asked about it", text::printable(word),
                "howopen why org/name license");
  const auto near = text::nearest(word, names);
  return fail(Fault::usage, "neither a component nor a rule", text::printable(word),
              near ? "did you mean " + *near + "?" : "howopen rules lists them");
}

}  // namespace howopen::cli
