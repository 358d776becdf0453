// Heads of tensor files: what is in a .safetensors, .gguf or .onnx file, without its weights.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::text {

/// Header of a safetensors file: an 8-byte little-endian length N, then N bytes of JSON. Real ones are below
/// 100 kB mostly, and at most 25 MB by the format's own rule.
struct SafetensorsHead {
  std::uint64_t tensors = 0;
  std::map<std::string, std::uint64_t> elements;  ///< by data type, as stored
  std::map<std::string, std::uint64_t> bytes;     ///< by data type
  std::map<std::string, std::string> metadata;    ///< `__metadata__`, at most 100 entries
};

/// How many bytes of the file hold the header, length included; nothing when the first eight bytes are no
/// length.
std::optional<std::uint64_t> safetensors_head_size(std::string_view first_bytes);
/// Nothing when the bytes do not hold the whole header, or it is none.
std::optional<SafetensorsHead> read_safetensors_head(std::string_view bytes);

/// Key-value head of a GGUF file, as far as the bytes go. Numbers are given as text; long arrays are left
/// out.
struct GgufHead {
  std::uint32_t version = 0;
  std::uint64_t tensors = 0;
  std::map<std::string, std::string> values;  ///< general.architecture, general.license, …
  bool complete = false;                      ///< all keys were within the bytes
};
std::optional<GgufHead> read_gguf_head(std::string_view bytes);

/// Bytes of a file from a place on: fewer where it ends, none beyond the end.
using ReadAt = std::function<std::string(std::uint64_t at, std::size_t size)>;

/// `metadata_props` of an ONNX model, which stand behind its graph; empty for what is no protocol buffer.
std::map<std::string, std::string> read_onnx_metadata(const ReadAt& read);

}  // namespace howopen::text
