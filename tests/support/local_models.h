// Files of weights and archives, as small as they can be.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace howopen::test {

inline std::string little(std::uint64_t n, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i));
  return out;
}
inline std::string sized(const std::string& s) {
  return little(s.size(), 8) + s;
}
// A GGUF file whose head has these keys, and `general.file_type` where one is given.
inline std::string gguf(const std::vector<std::pair<std::string, std::string>>& keys, int type = -1) {
  std::string out = "GGUF" + little(3, 4) + little(0, 8) + little(keys.size() + (type < 0 ? 0 : 1), 8);
  for (const auto& [key, value] : keys) out += sized(key) + little(8, 4) + sized(value);
  if (type >= 0)
    out += sized("general.file_type") + little(4, 4) + little(static_cast<std::uint64_t>(type), 4);
  return out + std::string(2000, '\0');
}

// A safetensors file with such a `__metadata__`, an object of JSON.
inline std::string safetensors(const std::string& metadata) {
  const std::string head =
      R"({"__metadata__":)" + metadata + R"(,"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  return little(head.size(), 8) + head + "abcd";
}

// One entry of a tar.
inline std::string tar_entry(const std::string& name, const std::string& content, char type = '0') {
  std::string block(512, '\0');
  block.replace(0, name.size(), name);
  const auto octal = [&](std::size_t at, std::size_t width, std::uint64_t n) {
    char text[24] = {};
    std::snprintf(text, sizeof(text), "%0*llo", static_cast<int>(width) - 1,
                  static_cast<unsigned long long>(n));
    block.replace(at, width - 1, text, width - 1);
  };
  octal(100, 8, 0644);
  octal(124, 12, content.size());
  block[156] = type;
  block.replace(257, 5, "ustar");
  block.replace(148, 8, "        ");
  std::uint64_t sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  octal(148, 7, sum);
  block[154] = '\0';
  std::string out = block + content;
  out.resize((out.size() + 511) / 512 * 512);
  return out;
}
inline std::string tar(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out;
  for (const auto& [name, content] : files) out += tar_entry(name, content);
  return out + std::string(1024, '\0');
}

}  // namespace howopen::test
