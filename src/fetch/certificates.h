// The certificates of those whom the machine trusts: where systems keep them.
#pragma once

#include <functional>
#include <string>

namespace howopen::fetch {

struct Certificates {
  std::string file;    ///< one file with all of them, …
  std::string folder;  ///< … or a folder of them, by the hashes of their names
  bool none = false;   ///< nothing is set, and nothing is in the usual places
};

/// `set_file` and `set_folder` are SSL_CERT_FILE and SSL_CERT_DIR: what is set is taken and nothing else.
/// Without them the first of the usual places that can be read.
Certificates find_certificates(std::string set_file, std::string set_folder,
                               const std::function<bool(const std::string&)>& readable);

/// What is said when there are none: where was looked, and what to do.
std::string no_certificates();

}  // namespace howopen::fetch
