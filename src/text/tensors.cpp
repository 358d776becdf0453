// Tensor file heads. Lengths in them are the file's word alone: each is checked against what is there before
// anything is taken or allocated.
//
//   "\x08\0\0\0\0\0\0\0{\"a\":…}"  ->  nothing: the JSON says no shape
//   "GGUF" 3 …                     ->  {"general.architecture": "llama", …}

#include "text/tensors.h"

#include <fmt/format.h>

#include <cstring>

#include "text/json.h"

namespace howopen::text {
namespace {

constexpr std::uint64_t kLongestHead = 25'000'000;
constexpr std::size_t kMostMetadata = 100;
constexpr std::uint64_t kMostKeys = 4096;
constexpr std::uint64_t kLongestString = 65'536;

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t n = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[i]);
  return n;
}

bool add(std::uint64_t& sum, std::uint64_t n) {
  return !__builtin_add_overflow(sum, n, &sum);
}

// One tensor: {"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 12]}. A scalar has an empty shape.
bool add_tensor(const Json& tensor, SafetensorsHead& out) {
  const auto type = tensor["dtype"].string();
  if (!type || !tensor["shape"].is_array()) return false;
  std::uint64_t elements = 1;
  for (const Json& dimension : tensor["shape"].items()) {
    const auto n = dimension.integer();
    if (!n || *n < 0 || __builtin_mul_overflow(elements, static_cast<std::uint64_t>(*n), &elements))
      return false;
  }
  const auto offsets = tensor["data_offsets"].items();
  const std::int64_t from = offsets.size() == 2 ? offsets[0].integer_or(-1) : -1;
  const std::int64_t to = offsets.size() == 2 ? offsets[1].integer_or(-1) : -1;
  if (from < 0 || to < from) return false;
  ++out.tensors;
  return add(out.elements[std::string(*type)], elements) &&
         add(out.bytes[std::string(*type)], static_cast<std::uint64_t>(to - from));
}

class GgufReader {
 public:
  explicit GgufReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::uint64_t> number(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    const std::uint64_t n = little_endian(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return n;
  }
  std::optional<std::string> string() {
    const auto length = number(8);
    if (!length || *length > kLongestString || *length > rest_.size()) return std::nullopt;
    std::string out(rest_.substr(0, static_cast<std::size_t>(*length)));
    rest_.remove_prefix(out.size());
    return out;
  }
  bool skip(std::uint64_t n) {
    if (n > rest_.size()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(n));
    return true;
  }
  // Value of a type: 0 u8, 1 i8, 2 u16, 3 i16, 4 u32, 5 i32, 6 f32, 7 bool, 8 string, 9 array, 10 u64, 11
  // i64, 12 f64.
  std::optional<std::string> value(std::uint64_t type, int depth = 0) {
    static constexpr std::size_t kSizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    if (type == 8) return string();
    if (type == 9) return array(depth);
    if (type > 12) return std::nullopt;
    const auto n = number(kSizes[type]);
    if (!n) return std::nullopt;
    if (type == 6) {
      const auto bits = static_cast<std::uint32_t>(*n);
      float f = 0;
      std::memcpy(&f, &bits, sizeof(f));
      return fmt::format("{}", f);
    }
    if (type == 7) return *n != 0 ? "true" : "false";
    return std::to_string(*n);
  }

 private:
  // Arrays (vocabularies, mostly) are passed over.
  std::optional<std::string> array(int depth) {
    const auto type = number(4);
    const auto count = number(8);
    if (!type || !count || depth > 2) return std::nullopt;
    for (std::uint64_t i = 0; i < *count; ++i) {
      if (!value(*type, depth + 1)) return std::nullopt;
    }
    return fmt::format("[{}]", *count);
  }
  std::string_view rest_;
};

}  // namespace

std::optional<std::uint64_t> safetensors_head_size(std::string_view first_bytes) {
  if (first_bytes.size() < 8) return std::nullopt;
  const std::uint64_t n = little_endian(first_bytes.substr(0, 8));
  if (n == 0 || n > kLongestHead) return std::nullopt;
  return n + 8;
}

std::optional<SafetensorsHead> read_safetensors_head(std::string_view bytes) {
  const auto size = safetensors_head_size(bytes);
  if (!size || bytes.size() < *size) return std::nullopt;
  const auto json = parse_json(bytes.substr(8, static_cast<std::size_t>(*size) - 8));
  if (!json || !json->is_object()) return std::nullopt;
  SafetensorsHead out;
  for (const auto& [name, value] : json->members()) {
    if (name == "__metadata__") {
      for (const auto& [key, text] : value.members()) {
        if (out.metadata.size() < kMostMetadata && text.is_string()) out.metadata[key] = text.string_or("");
      }
    } else if (!add_tensor(value, out)) {
      return std::nullopt;
    }
  }
  return out;
}

std::optional<GgufHead> read_gguf_head(std::string_view bytes) {
  if (bytes.substr(0, 4) != "GGUF") return std::nullopt;
  GgufReader in(bytes.substr(4));
  GgufHead out;
  const auto version = in.number(4);
  // Version 1 had 32-bit counts; files of other versions, or of another byte order, are not read.
  if (!version || *version < 2 || *version > 16) return std::nullopt;
  const auto tensors = in.number(8);
  const auto keys = in.number(8);
  if (!tensors || !keys || *keys > kMostKeys) return std::nullopt;
  out.version = static_cast<std::uint32_t>(*version);
  out.tensors = *tensors;
  for (std::uint64_t i = 0; i < *keys; ++i) {
    auto key = in.string();
    const auto type = in.number(4);
    if (!key || !type) return out;
    auto value = in.value(*type);
    if (!value) return out;
    out.values.insert_or_assign(std::move(*key), std::move(*value));
  }
  out.complete = true;
  return out;
}

}  // namespace howopen::text
