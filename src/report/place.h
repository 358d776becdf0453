// Where a piece of evidence can be looked at.
#pragma once

#include <string>
#include <string_view>

namespace howopen::report {

/// A model as reports name it: what is needed to make addresses.
struct Named {
  std::string_view id;
  std::string_view revision;  ///< "" where there is none
  bool at_hub = true;         ///< else a folder or file of this machine
};

struct Located {
  std::string url;  ///< http(s), percent-encoded; "" where there is no page for it
  std::string path;
  std::string commit;  ///< 40 hex digits, or ""
  int line = 0;        ///< 1-based, 0 for none
};

/// `README.md:7@<commit>`, `org/base: LICENSE@<commit>`, `org/base`, or an address.
Located locate(const Named& model, std::string_view where);

/// Page of a model at the Hub, at its commit; of a file of it with `path`.
std::string hub_page(std::string_view id, std::string_view revision, std::string_view path = {},
                     int line = 0);
std::string dataset_page(std::string_view id);

/// `pkg:huggingface/org/name@<commit>`; "" for what is not at the Hub.
std::string package_url(const Named& model);

/// All but letters, digits and `-._~/` as %XX.
std::string percent_encoded(std::string_view s);

}  // namespace howopen::report
