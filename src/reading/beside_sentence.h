// One sentence beside a license: what more than one question is asked about, worked out once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reading/beside.h"
#include "reading/licenses.h"

namespace howopen::reading {

class BesideSentence {
 public:
  BesideSentence(const Beside& beside, std::string_view written, const Lexicon& lexicon)
      : beside_(beside), written_(written), lexicon_(lexicon) {}

  /// As it is written.
  std::string_view written() const { return written_; }

  // The rest needs a catalog.
  /// The licenses that it names.
  const std::vector<LicenseMention>& mentions();
  /// What its words weigh: BindingWords.
  int weight();
  /// False where there is no catalog.
  bool weighs_above(int least) { return beside_.catalog != nullptr && weight() > least; }
  /// BindingWords::knows_most().
  bool is_known();

 private:
  const std::string& lower();

  const Beside& beside_;
  std::string_view written_;
  const Lexicon& lexicon_;
  std::optional<std::string> lower_;
  std::optional<std::vector<LicenseMention>> mentions_;
  std::optional<int> weight_;
};

}  // namespace howopen::reading
