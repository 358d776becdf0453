// Names of contents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace howopen::text {

std::string sha256(std::string_view bytes);    ///< 64 hex digits
std::string git_blob(std::string_view bytes);  ///< the id git gives a file of this content, 40 hex digits

bool is_hex(std::string_view s, std::size_t size);  ///< so many hex digits, in lower case

/// Digest of content that comes in pieces.
class Digest {
 public:
  Digest();                             ///< SHA-256
  explicit Digest(std::uint64_t size);  ///< git's id of a file of so many bytes
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  void add(std::string_view bytes);
  std::string hex();  ///< once, at the end

 private:
  void* context_;
};

/// Same rule, same model, same fact: the same digest, wherever it was found.
std::string fingerprint(std::string_view rule, std::string_view id, std::string_view fact);

}  // namespace howopen::text
