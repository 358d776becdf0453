// Headers of tar archives. Sizes in them are the archive's word alone: whoever reads the content checks it
// against what is there.
//
//   512 bytes with the name a/LICENSE and the size 1064  ->  {a/LICENSE, at 512, 1064 bytes}

#include "text/tar.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace howopen::text {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::uint64_t kUntold = ~std::uint64_t{0};
constexpr std::uint64_t kLongestPath = 4096;
constexpr std::uint64_t kLongestPax = 64u << 10;

// Octal digits, or in GNU's way a number whose first bit is set.
std::optional<std::uint64_t> number(std::string_view field) {
  std::uint64_t out = 0;
  if (!field.empty() && (static_cast<unsigned char>(field.front()) & 0x80) != 0) {
    for (std::size_t i = 0; i < field.size(); ++i) {
      const std::uint64_t byte = static_cast<unsigned char>(field[i]) & (i == 0 ? 0x7F : 0xFF);
      if (out >> 55 != 0) return std::nullopt;
      out = out << 8 | byte;
    }
    return out;
  }
  while (!field.empty() && field.front() == ' ') field.remove_prefix(1);
  for (const char c : field) {
    if (c == ' ' || c == '\0') break;
    if (c < '0' || c > '7' || out >> 60 != 0) return std::nullopt;
    out = out << 3 | static_cast<std::uint64_t>(c - '0');
  }
  return out;
}

// The sum of all bytes, its own field taken as blanks.
bool sums_up(std::string_view block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(block[i]);
  return number(block.substr(148, 8)) == sum;
}

std::string text_field(std::string_view block, std::size_t at, std::size_t size) {
  const std::string_view field = block.substr(at, size);
  return std::string(field.substr(0, field.find('\0')));
}

// `27 path=some/long/name\n`, a line a record.
void read_pax(std::string_view records, std::string& path, std::uint64_t& size) {
  while (!records.empty()) {
    std::uint64_t length = 0;
    std::size_t i = 0;
    for (; i < records.size() && records[i] >= '0' && records[i] <= '9' && i < 9; ++i)
      length = length * 10 + static_cast<std::uint64_t>(records[i] - '0');
    if (length <= i + 1 || length > records.size() || records[i] != ' ') return;
    std::string_view record = records.substr(i + 1, static_cast<std::size_t>(length) - i - 1);
    records.remove_prefix(static_cast<std::size_t>(length));
    if (!record.empty() && record.back() == '\n') record.remove_suffix(1);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view value = record.substr(equals + 1);
    if (record.substr(0, equals) == "path") path = value.substr(0, value.find('\0'));
    if (record.substr(0, equals) == "size") {
      std::uint64_t n = 0;
      for (const char c : value) {
        if (c < '0' || c > '9' || n >> 59 != 0) return;
        n = n * 10 + static_cast<std::uint64_t>(c - '0');
      }
      size = n;
    }
  }
}

}  // namespace

TarList read_tar(const ReadAt& read, std::size_t most, const std::function<void(const TarEntry&)>& each) {
  TarList out;
  std::uint64_t at = 0;
  std::string path;              // of the next entry, by a header before it
  std::uint64_t size = kUntold;  // the same
  while (true) {
    const std::string block = read(at, kBlock);
    out.complete = block.size() == kBlock && block.find_first_not_of('\0') == std::string::npos;
    if (out.complete) return out;
    if (block.size() < kBlock || !sums_up(block) || out.entries.size() >= most) return out;
    const auto written = number(std::string_view(block).substr(124, 12));
    const char type = block[156];
    if (!written) return out;
    const bool extension = type == 'x' || type == 'g' || type == 'L' || type == 'K';
    const std::uint64_t length = extension || size == kUntold ? *written : size;
    const std::uint64_t content = at + kBlock;
    if (length > (std::uint64_t{1} << 60)) return out;
    at = content + (length + kBlock - 1) / kBlock * kBlock;
    if (type == 'x' && length <= kLongestPax) {
      read_pax(read(content, static_cast<std::size_t>(length)), path, size);
      continue;
    }
    if (type == 'L' && length <= kLongestPath) {
      path = read(content, static_cast<std::size_t>(length));
      path.resize(std::min(path.size(), path.find('\0')));
      continue;
    }
    if (type == 'x' || type == 'L') return out;  // a name that long hides something
    if (extension) continue;
    if (path.empty()) {
      const bool ustar = std::string_view(block).substr(257, 5) == "ustar" && block[262] == '\0';
      const std::string prefix = ustar ? text_field(block, 345, 155) : std::string();
      path = (prefix.empty() ? std::string() : prefix + "/") + text_field(block, 0, 100);
    }
    while (path.starts_with("./")) path.erase(0, 2);
    const bool regular = type == '0' || type == '\0' || type == '7' || type == 'S';
    if (regular && !path.empty()) {
      out.entries.push_back({path, content, length, type == 'S', {}});
      if (each) each(out.entries.back());
    } else if ((type == '1' || type == '2') && !path.empty()) {
      std::string to = text_field(block, 157, 100);
      if (type == '2' && !to.starts_with('/')) {
        const std::size_t slash = path.rfind('/');
        if (slash != std::string::npos) to.insert(0, path.substr(0, slash + 1));
      }
      out.entries.push_back({path, content, 0, false, std::move(to)});
    }
    path.clear();
    size = kUntold;
  }
}

struct Gunzip::State {
  ReadAt compressed;
  std::uint64_t most = 0;
  std::uint64_t taken = 0;  // compressed bytes
  std::uint64_t at = 0;     // inflated bytes that were given out or passed over
  z_stream stream = {};
  std::string input;
  bool ended = false;
};

Gunzip::Gunzip(ReadAt compressed, std::uint64_t most) : state_(std::make_unique<State>()) {
  state_->compressed = std::move(compressed);
  state_->most = most;
  constexpr int kGzip = 16 + 15;  // with its head, a window of 32 kB
  state_->ended = inflateInit2(&state_->stream, kGzip) != Z_OK;
}

Gunzip::~Gunzip() {
  inflateEnd(&state_->stream);
}

bool Gunzip::spent() const {
  return state_->at >= state_->most;
}

std::string Gunzip::read(std::uint64_t at, std::size_t size) {
  State& s = *state_;
  std::string out;
  if (at < s.at) return out;
  std::array<char, 64u << 10> buffer;
  while (out.size() < size && !s.ended && s.at < s.most) {
    if (s.stream.avail_in == 0) {
      s.input = s.compressed(s.taken, 256u << 10);
      if (s.input.empty()) break;
      s.taken += s.input.size();
      s.stream.next_in = reinterpret_cast<Bytef*>(s.input.data());
      s.stream.avail_in = static_cast<uInt>(s.input.size());
    }
    // No more than up to the place, then no more than is wanted of it.
    const std::uint64_t wanted = s.at < at ? at - s.at : size - out.size();
    const std::uint64_t room = std::min({wanted, s.most - s.at, std::uint64_t{buffer.size()}});
    s.stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    s.stream.avail_out = static_cast<uInt>(room);
    const int result = inflate(&s.stream, Z_NO_FLUSH);
    const std::size_t got = static_cast<std::size_t>(room) - s.stream.avail_out;
    if (s.at >= at) out.append(buffer.data(), got);
    s.at += got;
    if (result == Z_STREAM_END) {
      // Another member may follow.
      if (inflateReset(&s.stream) != Z_OK) s.ended = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      s.ended = true;
    } else if (result == Z_BUF_ERROR && s.stream.avail_in > 0) {
      s.ended = true;
    }
  }
  return out;
}

}  // namespace howopen::text
