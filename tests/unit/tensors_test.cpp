// Heads of weight files: lengths in them are the file's word alone.

#include "text/tensors.h"

#include <gtest/gtest.h>

namespace howopen::text {
namespace {

std::string le(std::uint64_t n, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i) & 0xFF);
  return out;
}

std::string safetensors(const std::string& json) {
  return le(json.size(), 8) + json;
}

TEST(Safetensors, CountsElementsAndBytesByType) {
  const auto head = read_safetensors_head(safetensors(
      R"({"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},
          "s":{"dtype":"F32","shape":[],"data_offsets":[12,16]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[16,24]}})"));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->tensors, 3u);
  EXPECT_EQ(head->elements.at("BF16"), 10u);
  EXPECT_EQ(head->elements.at("F32"), 1u) << "a scalar counts one";
  EXPECT_EQ(head->bytes.at("BF16"), 20u);
  EXPECT_EQ(head->metadata.at("format"), "pt");
}

TEST(Safetensors, LiesAreNotBelieved) {
  for (const std::string& bad :
       {std::string(), std::string(7, '\0'), le(0, 8), le(~0ULL, 8) + "{}", le(25'000'001, 8) + "{}",
        le(100, 8) + "{}", safetensors("[]"), safetensors("{"),
        safetensors(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,1]}})"),
        safetensors(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})"),
        safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})"),
        safetensors(R"({"a":{"shape":[1],"data_offsets":[0,4]}})"), safetensors(R"({"a":7})")})
    EXPECT_FALSE(read_safetensors_head(bad)) << bad.size();
}

std::string gguf_string(const std::string& s) {
  return le(s.size(), 8) + s;
}

std::string gguf(const std::string& pairs, std::uint64_t keys) {
  return "GGUF" + le(3, 4) + le(291, 8) + le(keys, 8) + pairs;
}

TEST(Gguf, ReadsKeysAsFarAsTheBytesGo) {
  const std::string pairs = gguf_string("general.architecture") + le(8, 4) + gguf_string("llama") +
                            gguf_string("tokens") + le(9, 4) + le(8, 4) + le(2, 8) + gguf_string("a") +
                            gguf_string("b") + gguf_string("llama.block_count") + le(4, 4) + le(32, 4);
  const auto head = read_gguf_head(gguf(pairs, 3));
  ASSERT_TRUE(head);
  EXPECT_TRUE(head->complete);
  EXPECT_EQ(head->tensors, 291u);
  EXPECT_EQ(head->values.at("general.architecture"), "llama");
  EXPECT_EQ(head->values.at("tokens"), "[2]");
  EXPECT_EQ(head->values.at("llama.block_count"), "32");
  const std::string whole = gguf(pairs, 3);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    const auto cut = read_gguf_head(std::string_view(whole).substr(0, n));
    EXPECT_TRUE(!cut || !cut->complete) << n;
  }
}

TEST(Gguf, LiesAreNotBelieved) {
  EXPECT_FALSE(read_gguf_head("GGUF"));
  EXPECT_FALSE(read_gguf_head("GGML" + std::string(100, '\0')));
  EXPECT_FALSE(read_gguf_head(gguf("", ~0ULL))) << "more keys than any file has";
  EXPECT_FALSE(read_gguf_head(gguf(le(~0ULL, 8), 1))->complete) << "a string as long as the universe";
  const std::string array = gguf_string("x") + le(9, 4) + le(0, 4) + le(~0ULL, 8);
  EXPECT_FALSE(read_gguf_head(gguf(array, 1))->complete);
  std::string deep = gguf_string("x") + le(9, 4);
  for (int i = 0; i < 1000; ++i) deep += le(9, 4) + le(1, 8);
  EXPECT_FALSE(read_gguf_head(gguf(deep, 1))->complete) << "arrays of arrays of arrays";
}

}  // namespace
}  // namespace howopen::text
