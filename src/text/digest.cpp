// Digests, by OpenSSL, which curl brings along anyway.
//
//   git_blob("")  ->  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

#include "text/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <stdexcept>

namespace howopen::text {
namespace {

EVP_MD_CTX* begun(const EVP_MD* kind) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  if (context == nullptr || EVP_DigestInit_ex(context, kind, nullptr) != 1) {
    EVP_MD_CTX_free(context);
    throw std::runtime_error("no digest");
  }
  return context;
}

EVP_MD_CTX* evp(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

}  // namespace

bool is_hex(std::string_view s, std::size_t size) {
  return s.size() == size && s.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Digest::Digest() : context_(begun(EVP_sha256())) {}

Digest::Digest(std::uint64_t size) : context_(begun(EVP_sha1())) {
  add(fmt::format("blob {}", size));
  add(std::string_view("\0", 1));
}

Digest::~Digest() {
  EVP_MD_CTX_free(evp(context_));
}

void Digest::add(std::string_view bytes) {
  if (EVP_DigestUpdate(evp(context_), bytes.data(), bytes.size()) != 1) throw std::runtime_error("no digest");
}

std::string Digest::hex() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_DigestFinal_ex(evp(context_), digest, &size) != 1) throw std::runtime_error("no digest");
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.hex();
}

std::string git_blob(std::string_view bytes) {
  Digest digest(bytes.size());
  digest.add(bytes);
  return digest.hex();
}

std::string fingerprint(std::string_view rule, std::string_view id, std::string_view fact) {
  std::string all(rule);
  for (const std::string_view part : {id, fact}) all.append("\n").append(part);
  return sha256(all);
}

}  // namespace howopen::text
