// Versions of the GNU licenses, which notices write in many ways.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace howopen::reading {

struct GnuVersion {
  std::string number;   ///< 2.0
  bool later = false;   ///< or any later version
  std::size_t end = 0;  ///< behind the words that say so
};

/// The version of a license whose name stands in [name, behind) of `lower`, where it does not stand beside
/// the name: "… as published by the Free Software Foundation; either version 2 of the License, or (at your
/// option) any later version", "version 2 of the GNU General Public License".
std::optional<GnuVersion> gnu_version_around(std::string_view lower, std::size_t name, std::size_t behind);

/// The same where the number stood beside the name and ends at `behind`: whether later ones are allowed.
GnuVersion gnu_version_from(std::string_view lower, std::string number, std::size_t behind);

}  // namespace howopen::reading
