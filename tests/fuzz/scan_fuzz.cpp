// A file of a source tree; its first byte chooses the name it goes by.

#include <cstdint>
#include <string_view>

#include "howopen/scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view kNames[] = {
      "a.py", "a.js",   "a.go",    "a.rs",   "a.sh",      "Dockerfile", "a.yaml", "a.json", "a.toml",
      "a.md", "a.html", "a.ipynb", "a.gguf", "Modelfile", "a.cpp",      "a.txt",  ".env",   "a.safetensors"};
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  howopen::scan_file(kNames[data[0] % std::size(kNames)], bytes);
  return 0;
}
