// The two halves of a model card.
#pragma once

#include <string_view>

namespace howopen::text {

struct CardParts {
  bool has_front_matter = false;
  std::string_view yaml;  ///< between the two lines of dashes
  int yaml_line = 0;      ///< line of its first line in the file
  std::string_view body;
  int body_line = 1;
};

/// Splits as huggingface_hub does: blanks may come before the first `---`, which must be a line of its own;
/// the second may have blanks behind it. A byte order mark is passed over. Without a second line of dashes
/// all is body.
CardParts split_card(std::string_view card);

}  // namespace howopen::text
