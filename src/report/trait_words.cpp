// Answers about a license as they read beside the name of what was asked, so that nobody has to guess which
// way a `yes` points.
//
//   outputs, yes         ->  restricted
//   commercial use, yes  ->  permitted

#include <algorithm>
#include <array>

#include "report/layout.h"

namespace howopen::report {
namespace {

struct Answers {
  std::string_view trait, yes, no, conditional;
};

constexpr std::array kAnswers = {
    Answers{"commercial_use", "permitted", "not permitted", "on conditions"},
    Answers{"modification", "permitted", "not permitted", "on conditions"},
    Answers{"redistribution", "permitted", "not permitted", "on conditions"},
    Answers{"attribution", "required", "not required", "in some cases"},
    Answers{"naming", "required", "not required", "in some cases"},
    Answers{"use_restrictions", "some uses forbidden", "none", "in some cases"},
    Answers{"threshold", "large users are limited", "none", "in some cases"},
    Answers{"territory", "not everywhere", "everywhere", "with exceptions"},
    Answers{"outputs", "restricted", "not restricted", "on conditions"},
    Answers{"copyleft", "applies", "none", "in part"},
    Answers{"patents", "has a clause", "none licensed", "in part"},
    Answers{"termination", "has a clause", "no clause", "in some cases"},
    Answers{"governing_law", "named", "not named", "in some cases"},
};

}  // namespace

std::string trait_words(std::string_view trait, std::string_view value) {
  const auto row =
      std::find_if(kAnswers.begin(), kAnswers.end(), [&](const Answers& a) { return a.trait == trait; });
  if (value == "unknown") return "not known";
  if (row == kAnswers.end()) return std::string(value);
  return std::string(value == "yes"           ? row->yes
                     : value == "no"          ? row->no
                     : value == "conditional" ? row->conditional
                                              : value);
}

}  // namespace howopen::report
