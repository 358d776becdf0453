// Digests, by OpenSSL, which curl brings along anyway.
//
//   git_blob("")  ->  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

#include "text/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace howopen::text {
namespace {

std::string hex_digest(const EVP_MD* kind, std::initializer_list<std::string_view> parts) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  bool ok = context != nullptr && EVP_DigestInit_ex(context.get(), kind, nullptr) == 1;
  for (const std::string_view part : parts) {
    ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  }
  if (!ok || EVP_DigestFinal_ex(context.get(), digest, &size) != 1) throw std::runtime_error("no digest");
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  return hex_digest(EVP_sha256(), {bytes});
}

std::string git_blob(std::string_view bytes) {
  const std::string head = fmt::format("blob {}", bytes.size());
  return hex_digest(EVP_sha1(), {head, std::string_view("\0", 1), bytes});
}

std::string fingerprint(std::string_view rule, std::string_view id, std::string_view fact) {
  std::string all(rule);
  for (const std::string_view part : {id, fact}) all.append("\n").append(part);
  return sha256(all);
}

}  // namespace howopen::text
