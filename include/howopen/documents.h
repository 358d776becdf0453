/// What is written about a model beside its card.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "howopen/seen.h"

namespace howopen {

/// A public summary of training content, as Article 53(1)(d) of the EU AI Act asks for one.
struct ContentSummary {
  Observation seen;
  std::string url;  ///< that a link leads to; "" for a file or the card itself
  bool read = false;
  std::vector<std::string> sections;  ///< of the template that show in what was read: `2.1`
};

/// What is written about a model beside its card, as far as it was seen. What is empty was not seen, which is
/// not the same as not there.
struct Documents {
  std::optional<Observation> evaluation;  ///< results of evaluations
  std::optional<Observation> report;      ///< a paper or technical report
  std::optional<Observation> data_card;   ///< documentation of the data
  std::vector<ContentSummary> content_summaries;
};

}  // namespace howopen
