// Tensor file heads. Lengths in them are the file's word alone: each is checked against what is there before
// anything is taken or allocated.
//
//   "\x08\0\0\0\0\0\0\0{\"a\":…}"  ->  nothing: the JSON says no shape
//   "GGUF" 3 …                     ->  {"general.architecture": "llama", …}

#include "text/tensors.h"

#include <fmt/format.h>

#include <cstring>
#include <iterator>

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

// Bytes of a value by its type: 0 u8, 1 i8, 2 u16, 3 i16, 4 u32, 5 i32, 6 f32, 7 bool, 8 string, 9 array, 10
// u64, 11 i64, 12 f64.
constexpr std::size_t kSizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

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
  std::optional<std::string> value(std::uint64_t type) {
    if (type == 8) return string();
    if (type == 9) return array(0);
    if (type >= std::size(kSizes)) return std::nullopt;
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
  // Arrays (vocabularies of some 100,000 words, mostly) are passed over.
  std::optional<std::string> array(int depth) {
    const auto type = number(4);
    const auto count = number(8);
    if (!type || !count || depth > 2 || *type >= std::size(kSizes)) return std::nullopt;
    if (const std::size_t size = kSizes[*type]; size > 0) {
      if (*count > rest_.size() / size || !skip(*count * size)) return std::nullopt;
      return fmt::format("[{}]", *count);
    }
    for (std::uint64_t i = 0; i < *count; ++i) {
      if (*type == 8) {
        const auto length = number(8);
        if (!length || !skip(*length)) return std::nullopt;
      } else if (!array(depth + 1)) {
        return std::nullopt;
      }
    }
    return fmt::format("[{}]", *count);
  }
  std::string_view rest_;
};

// Fields of a protocol buffer, one after the other, at whatever place of the file they stand.
class ProtoFields {
 public:
  ProtoFields(const ReadAt& read, std::uint64_t at) : read_(read), at_(at) {}

  struct Field {
    std::uint64_t number = 0;
    std::uint64_t at = 0;    // of its bytes
    std::uint64_t size = 0;  // 0 for numbers
  };
  // Nothing at the end, and where the bytes are no fields.
  std::optional<Field> next() {
    const std::string head = read_(at_, 20);
    std::size_t used = 0;
    const auto tag = varint(head, used);
    if (!tag || *tag >> 3 == 0) return std::nullopt;
    const auto length = varint_of(*tag & 7, head, used);
    if (!length || __builtin_add_overflow(at_, used, &at_)) return std::nullopt;
    const Field out{*tag >> 3, at_, *length};
    if (__builtin_add_overflow(at_, *length, &at_)) return std::nullopt;
    return out;
  }

 private:
  static std::optional<std::uint64_t> varint(std::string_view bytes, std::size_t& used) {
    std::uint64_t out = 0;
    for (int shift = 0; shift < 64 && used < bytes.size(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes[used++]);
      out |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return out;
    }
    return std::nullopt;
  }
  // Bytes that follow the head of a field of this wire type.
  static std::optional<std::uint64_t> varint_of(std::uint64_t wire, std::string_view head,
                                                std::size_t& used) {
    if (wire == 2) return varint(head, used);
    if (wire == 1) return 8;
    if (wire == 5) return 4;
    if (wire == 0 && varint(head, used)) return 0;
    return std::nullopt;
  }

  const ReadAt& read_;
  std::uint64_t at_;
};

}  // namespace

std::map<std::string, std::string> read_onnx_metadata(const ReadAt& read) {
  constexpr int kMostFields = 10'000;
  constexpr std::uint64_t kProperty = 14;  // ModelProto.metadata_props
  std::map<std::string, std::string> out;
  ProtoFields fields(read, 0);
  for (int i = 0; i < kMostFields && out.size() < kMostMetadata; ++i) {
    const auto field = fields.next();
    if (!field) break;
    if (field->number != kProperty || field->size > kLongestString) continue;
    const std::string entry = read(field->at, static_cast<std::size_t>(field->size));
    const ReadAt inside = [&](std::uint64_t at, std::size_t n) {
      return at < entry.size() ? entry.substr(static_cast<std::size_t>(at), n) : std::string();
    };
    std::string words[2];
    ProtoFields pair(inside, 0);
    for (int k = 0; k < 2; ++k) {
      const auto part = pair.next();
      if (!part || part->number < 1 || part->number > 2) break;
      words[part->number - 1] = inside(part->at, static_cast<std::size_t>(part->size));
    }
    if (!words[0].empty()) out.insert_or_assign(words[0], words[1]);
  }
  return out;
}

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
