// Calls that take models, as a table.
#pragma once

#include <string_view>

namespace howopen::scan {

struct CallRule {
  std::string_view name;  ///< last word of what is called
  enum class Trust {
    always,  ///< of the Hub wherever it stands, legacy names too
    owned,   ///< takes other things as well: only org/name counts
    aware    ///< a common name: counts in files that speak of the Hub
  } trust = Trust::always;
  int position =
      0;  ///< of the model among the arguments without a name; -1 for the second where the first is none
};

const CallRule* call_rule(std::string_view name);
/// Named arguments that hold the model of such a call.
bool is_model_argument(std::string_view name);
bool is_revision_argument(std::string_view name);
/// Classes of clients and models of the Hub: HuggingFaceChatModel, HfInference.
bool is_hub_class(std::string_view word);
/// Packages that load from the Hub, by the first part of their name.
bool is_hub_package(std::string_view package);

}  // namespace howopen::scan
