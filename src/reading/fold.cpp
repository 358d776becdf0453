// Letters with accents become letters without, full-width forms narrow ones, ligatures the letters they join,
// so that NFC, NFD, NFKC and NFKD of a text are the same words.
//
//   fold(U+FB01)  ->  letters "fi"     fold(U+2019)  ->  apostrophe     fold(U+00AD)  ->  nothing

#include "reading/fold.h"

#include <array>

namespace howopen::reading {
namespace {

// U+00C0 to U+017F; `?` for what is no single letter.
constexpr std::string_view kLatin =
    "aaaaaa?ceeeeiiiidnooooo?ouuuuy?\?aaaaaa?ceeeeiiiidnooooo?ouuuuy?y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii?\?jjkkklllllll"
    "lllnnnnnnnnnoooooo?\?rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);
// U+1E00 to U+1EFF.
constexpr std::string_view kLatinAdditional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy?s?\??\?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy?\??\??\?";
static_assert(kLatinAdditional.size() == 0x100);

struct Letters {
  std::uint32_t code_point;
  std::string_view ascii;
};
constexpr std::array<Letters, 16> kJoined = {{
    {0xC6, "ae"},
    {0xDE, "th"},
    {0xDF, "ss"},
    {0xE6, "ae"},
    {0xFE, "th"},
    {0x132, "ij"},
    {0x133, "ij"},
    {0x152, "oe"},
    {0x153, "oe"},
    {0xFB00, "ff"},
    {0xFB01, "fi"},
    {0xFB02, "fl"},
    {0xFB03, "ffi"},
    {0xFB04, "ffl"},
    {0xFB05, "st"},
    {0xFB06, "st"},
}};

struct Range {
  std::uint32_t first, last;
};
template <std::size_t N>
constexpr bool within(std::uint32_t c, const Range (&ranges)[N]) {
  for (const Range& r : ranges) {
    if (c >= r.first && c <= r.last) return true;
  }
  return false;
}

constexpr Range kNothing[] = {{0xAD, 0xAD},     {0x300, 0x334},   {0x339, 0x36F},   {0x640, 0x640},
                              {0x64B, 0x65F},   {0x670, 0x670},   {0x200B, 0x200F}, {0x202A, 0x202E},
                              {0x2060, 0x206F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE0FFF}};
// Written without blanks between words, so each character is one.
constexpr Range kIdeographs[] = {{0xE01, 0xFFF},   {0x1000, 0x109F},  {0x1780, 0x17FF}, {0x2E80, 0x2FDF},
                                 {0x3041, 0x30FF}, {0x3400, 0x4DBF},  {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},
                                 {0xF900, 0xFAFF}, {0x20000, 0x3FFFD}};
// Scripts whose letters make words; what is left out is punctuation or a sign.
constexpr Range kLetters[] = {{0x180, 0x24F},
                              {0x250, 0x2AF},
                              {0x370, 0x373},
                              {0x376, 0x377},
                              {0x37B, 0x37D},
                              {0x386, 0x386},
                              {0x388, 0x3FF},
                              {0x400, 0x481},
                              {0x48A, 0x52F},
                              {0x531, 0x556},
                              {0x561, 0x587},
                              {0x5D0, 0x5EA},
                              {0x620, 0x64A},
                              {0x671, 0x6D3},
                              {0x900, 0x963},
                              {0x966, 0xDFF},
                              {0x10A0, 0x10FF},
                              {0x1100, 0x11FF},
                              {0x1F00, 0x1FFF},
                              {0x1D400, 0x1D7FF},
                              // Nobody here reads these; they are words, and not understood.
                              {0x1200, 0x177F},
                              {0x1800, 0x1AFF},
                              {0x2800, 0x28FF},
                              {0x2C00, 0x2D7F},
                              {0xA000, 0xABFF},
                              {0x10000, 0x1CFFF},
                              {0x1E000, 0x1EFFF}};

// Each a whole alphabet, or two: U+24B6 A to Z, U+24D0 a to z.
constexpr Range kEnclosed[] = {{0x249C, 0x24B5},   {0x24B6, 0x24E9},   {0x1F110, 0x1F129},
                               {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}};

constexpr std::string_view kAscii = "0123456789abcdefghijklmnopqrstuvwxyz";

Folded letters(std::string_view ascii) {
  return {Folded::Kind::letters, ascii, 0};
}

std::uint32_t lower(std::uint32_t c) {
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c == 0x386) return 0x3AC;
  if (c >= 0x388 && c <= 0x38A) return c + 0x25;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 0x3F;
  if (c == 0x3C2) return 0x3C3;  // a sigma at the end of a word
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x460 && c <= 0x52F && c % 2 == 0) return c + 1;
  return c;
}

}  // namespace

Folded fold(std::uint32_t c) {
  if (c >= 0xC0 && c < 0x180) {
    const char letter = kLatin[c - 0xC0];
    if (letter != '?') return letters(kLatin.substr(c - 0xC0, 1));
    for (const Letters& l : kJoined) {
      if (l.code_point == c) return letters(l.ascii);
    }
    return {};
  }
  if (c >= 0x1E00 && c < 0x1F00) {
    return kLatinAdditional[c - 0x1E00] != '?' ? letters(kLatinAdditional.substr(c - 0x1E00, 1))
                                               : Folded{Folded::Kind::other, {}, c};
  }
  if (c >= 0xFB00 && c <= 0xFB06) {
    for (const Letters& l : kJoined) {
      if (l.code_point == c) return letters(l.ascii);
    }
  }
  if (c >= 0xFF10 && c <= 0xFF19) return letters(kAscii.substr(c - 0xFF10, 1));
  if (c >= 0xFF21 && c <= 0xFF3A) return letters(kAscii.substr(c - 0xFF21 + 10, 1));
  if (c >= 0xFF41 && c <= 0xFF5A) return letters(kAscii.substr(c - 0xFF41 + 10, 1));
  // In circles, brackets and squares.
  for (const auto& [first, last] : kEnclosed) {
    if (c >= first && c <= last) return letters(kAscii.substr((c - first) % 26 + 10, 1));
  }
  if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x2032 || c == 0xFF07 || c == 0x201B)
    return {Folded::Kind::apostrophe, {}, 0};
  if (within(c, kNothing)) return {Folded::Kind::nothing, {}, 0};
  if (within(c, kIdeographs)) return {Folded::Kind::ideograph, {}, c};
  if (within(c, kLetters)) return {Folded::Kind::other, {}, lower(c)};
  return {};
}

}  // namespace howopen::reading
