// Heads of weight files and archives: whatever the bytes, an answer, within the bytes that are there.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/tar.h"
#include "text/tensors.h"

namespace {

using howopen::text::ReadAt;

// An entry never lies outside of what it claims to be in, and is never longer than was asked for.
void list(const ReadAt& read) {
  const auto found = howopen::text::read_tar(read, 100);
  if (found.entries.size() > 100) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ReadAt read = [&](std::uint64_t at, std::size_t n) {
    return at < bytes.size() ? std::string(bytes.substr(static_cast<std::size_t>(at), n)) : std::string();
  };
  howopen::text::read_gguf_head(bytes);
  howopen::text::read_safetensors_head(bytes);
  if (howopen::text::read_onnx_metadata(read).size() > 100) std::abort();
  list(read);
  constexpr std::uint64_t kMost = 1u << 20;
  howopen::text::Gunzip stream(read, kMost);
  std::uint64_t given = 0;
  list([&](std::uint64_t at, std::size_t n) {
    std::string out = stream.read(at, n);
    given += out.size();
    if (out.size() > n || given > kMost) std::abort();
    return out;
  });
  return 0;
}
