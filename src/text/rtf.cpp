// Control words begin with a backslash, groups stand in braces.
//
//   "{\rtf1{\fonttbl…}\f0 MIT\par \'93as is\'94}"  ->  "MIT\n“as is”"

#include "text/rtf.h"

#include <array>
#include <cstdint>
#include <vector>

#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::text {
namespace {

// What holds no text.
constexpr std::array<std::string_view, 14> kWithoutText = {
    "fonttbl",   "colortbl", "stylesheet", "info",   "pict",      "object",   "themedata",
    "datastore", "filetbl",  "listtable",  "revtbl", "generator", "xmlnstbl", "rsidtbl"};

int hex(char c) {
  return is_digit(c)            ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// Windows-1252, where it is not Latin-1: quotes and dashes are all that licenses have of it.
std::uint32_t of_windows(std::uint32_t c) {
  constexpr std::array<std::uint32_t, 32> kHigh = {
      0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
      0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  return c >= 0x80 && c < 0xA0 ? kHigh[c - 0x80] : c;
}

struct RtfGroup {
  bool hidden = false;
  int skip = 1;  // characters that stand in for one of Unicode
};

class RtfReader {
 public:
  explicit RtfReader(std::string_view s) : s_(s) {}

  std::string run() {
    std::vector<RtfGroup> groups(1);
    while (i_ < s_.size()) {
      const char c = s_[i_];
      if (c == '{') {
        ++i_;
        if (groups.size() < kDeepest)
          groups.push_back(groups.back());
        else
          ++deeper_;
      } else if (c == '}') {
        ++i_;
        if (deeper_ > 0)
          --deeper_;
        else if (groups.size() > 1)
          groups.pop_back();
      } else if (c == '\\') {
        control(groups.back());
      } else {
        ++i_;
        // Lines of the file are none of the text.
        if (c != '\r') put(c == '\n' ? U' ' : of_windows(static_cast<unsigned char>(c)), groups.back());
      }
    }
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kDeepest = 200;

  void put(std::uint32_t c, const RtfGroup& group) {
    if (group.hidden) return;
    if (pending_ > 0) {
      --pending_;
      return;
    }
    append_utf8(out_, c);
  }

  void control(RtfGroup& group) {
    ++i_;
    if (i_ >= s_.size()) return;
    const char c = s_[i_];
    if (c == '\'') {
      const int high = i_ + 2 < s_.size() ? hex(s_[i_ + 1]) : -1;
      const int low = high >= 0 ? hex(s_[i_ + 2]) : -1;
      i_ += low >= 0 ? 3 : 1;
      if (low >= 0) put(of_windows(static_cast<std::uint32_t>(high * 16 + low)), group);
      return;
    }
    if (!is_letter(c)) {
      ++i_;
      if (c == '*')
        group.hidden = true;  // for programs that know it
      else if (c == '~')
        put(' ', group);
      else if (c == '_' || c == '-')
        put('-', group);
      else if (c == '\n' || c == '\r')
        put('\n', group);
      else
        put(static_cast<unsigned char>(c), group);
      return;
    }
    const std::size_t from = i_;
    while (i_ < s_.size() && is_letter(s_[i_])) ++i_;
    const std::string_view word = s_.substr(from, i_ - from);
    bool negative = i_ < s_.size() && s_[i_] == '-';
    if (negative) ++i_;
    std::int64_t number = 0;
    bool given = false;
    for (; i_ < s_.size() && is_digit(s_[i_]); ++i_) {
      given = true;
      if (number < 100'000'000) number = number * 10 + (s_[i_] - '0');
    }
    if (negative) number = -number;
    if (i_ < s_.size() && s_[i_] == ' ') ++i_;
    for (const std::string_view hidden : kWithoutText) group.hidden = group.hidden || word == hidden;
    if (word == "par" || word == "line" || word == "page" || word == "sect" || word == "row")
      put('\n', group);
    else if (word == "tab" || word == "cell")
      put(' ', group);
    else if (word == "emdash" || word == "endash")
      put('-', group);
    else if (word == "lquote" || word == "rquote")
      put('\'', group);
    else if (word == "ldblquote" || word == "rdblquote")
      put('"', group);
    else if (word == "bullet")
      put('*', group);
    else if (word == "uc" && given)
      group.skip = static_cast<int>(number < 0 || number > 8 ? 1 : number);
    else if (word == "u" && given) {
      put(static_cast<std::uint32_t>(number < 0 ? number + 65536 : number), group);
      if (!group.hidden) pending_ = group.skip;
    } else if (word == "bin" && given && number > 0) {
      i_ += std::min<std::size_t>(static_cast<std::size_t>(number), s_.size() - i_);
    }
  }

  std::string_view s_;
  std::size_t i_ = 0;
  std::size_t deeper_ = 0;
  int pending_ = 0;
  std::string out_;
};

}  // namespace

std::string from_rtf(std::string_view s) {
  return s.starts_with("{\\rtf") ? RtfReader(s).run() : std::string();
}

}  // namespace howopen::text
