// Questions that models are compared by.
#pragma once

#include <string>
#include <vector>

#include "report/layout.h"
#include "text/json.h"

namespace howopen::report {

struct CompareRow {
  std::string key;                  ///< `training_code`, `license.effective`
  std::string title;                ///< the same in words
  std::vector<std::string> values;  ///< one a model, as in the JSON report; "" for nothing
  std::vector<std::string> words;   ///< the same for people
  bool differs = false;
};

/// In the order of the report; each model is an element of `models` of the JSON report.
std::vector<CompareRow> compare_rows(const std::vector<text::Json>& models, const Catalog& catalog);

}  // namespace howopen::report
