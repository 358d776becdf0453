// Spans of time and sizes as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace howopen::text {

/// `30s`, `2m`, `500ms` or plain seconds, as milliseconds.
std::optional<long> parse_duration(const std::string& text);
/// `100MB`, `2GB`, `500k` or plain bytes.
std::optional<std::uint64_t> parse_size(const std::string& text);

}  // namespace howopen::text
