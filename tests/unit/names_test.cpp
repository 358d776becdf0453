// File names and links as evidence.

#include "facts/names.h"

#include <gtest/gtest.h>

#include "hub/addresses.h"
#include "reading/prose.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using hub::github_link;
using hub::host_of;
using hub::hub_link;
using hub::HubLink;
using reading::Prose;
using reading::Sentence;

TEST(Names, WeightFiles) {
  struct Case {
    const char* path;
    WeightFormat format;
    std::int64_t shard, shards;
    bool adapter = false;
  };
  for (const Case& c : {Case{"model.safetensors", WeightFormat::safetensors, 0, 0},
                        Case{"model-00001-of-00064.safetensors", WeightFormat::safetensors, 1, 64},
                        Case{"model-00163-of-000163.safetensors", WeightFormat::safetensors, 163,
                             163},  // DeepSeek-V3: six digits
                        Case{"pytorch_model-00002-of-00033.bin", WeightFormat::pytorch, 2, 33},
                        Case{"consolidated.00.pth", WeightFormat::pytorch, 1, 0},
                        Case{"original/consolidated.07.pth", WeightFormat::pytorch, 8, 0},
                        Case{"q/m-Q4_K_M-00001-of-00005.gguf", WeightFormat::gguf, 1, 5},
                        Case{"m.gguf.part1of5", WeightFormat::gguf, 1, 5},
                        Case{"ggml-model-q4_0.bin", WeightFormat::gguf, 0, 0},
                        Case{"onnx/model.onnx", WeightFormat::onnx, 0, 0},
                        Case{"tf_model.h5", WeightFormat::tensorflow, 0, 0},
                        Case{"flax_model.msgpack", WeightFormat::flax, 0, 0},
                        Case{"model.ckpt-1000.data-00000-of-00002", WeightFormat::tensorflow, 1, 2},
                        Case{"ckpt-0/tensor00000_000", WeightFormat::jax, 1, 0},
                        Case{"megatron.nemo", WeightFormat::nemo, 0, 0},
                        Case{"adapter_model.safetensors", WeightFormat::safetensors, 0, 0, true},
                        Case{"pytorch_lora_weights.bin", WeightFormat::pytorch, 0, 0, true},
                        Case{"v1-5-pruned.ckpt", WeightFormat::pytorch, 0, 0}}) {
    const auto w = weight_file(c.path);
    ASSERT_TRUE(w) << c.path;
    EXPECT_EQ(w->format, c.format) << c.path;
    EXPECT_EQ(w->shard, c.shard) << c.path;
    EXPECT_EQ(w->shards, c.shards) << c.path;
    EXPECT_EQ(w->adapter, c.adapter) << c.path;
  }
  for (const char* no : {"README.md", "optimizer.pt", "optimizer.bin", "training_args.bin", "scheduler.pt",
                         "rng_state_0.pth", "tokenizer.model", "vocab.bin", "model.safetensors.index.json",
                         "pytorch_model.bin.index.json", "config.json", "runs/events.out.tfevents.1.pt",
                         "global_step10/zero_pp_rank_0_mp_rank_00_optim_states.pt"}) {
    EXPECT_FALSE(weight_file(no)) << no;
  }
}

TEST(Names, ShardsOfOneSetShareTheirSet) {
  EXPECT_EQ(weight_file("model-00001-of-00002.safetensors")->set,
            weight_file("model-00002-of-00002.safetensors")->set);
  EXPECT_NE(weight_file("model-00001-of-00002.safetensors")->set,
            weight_file("model-00001-of-00003.safetensors")->set);
  EXPECT_NE(weight_file("a/model-00001-of-00002.safetensors")->set,
            weight_file("model-00001-of-00002.safetensors")->set);
  EXPECT_NE(weight_file("m-Q4.gguf")->set, weight_file("m-Q8.gguf")->set);
  EXPECT_EQ(weight_file("consolidated.00.pth")->set, weight_file("consolidated.01.pth")->set);
}

TEST(Names, LicenseFilesAndWhatTheyAreAbout) {
  using S = Scope;
  for (const auto& [name, scope] : std::map<std::string, S>{{"LICENSE", S::everything},
                                                            {"license.txt", S::everything},
                                                            {"LICENCE.md", S::everything},
                                                            {"COPYING", S::everything},
                                                            {"LICENSE-CODE", S::code},
                                                            {"LICENSE-MODEL", S::weights},
                                                            {"MODEL_LICENSE", S::weights},
                                                            {"LICENSE_MODEL.txt", S::weights},
                                                            {"USE_POLICY.md", S::policy},
                                                            {"USAGE_POLICY", S::policy},
                                                            {"ACCEPTABLE_USE_POLICY.txt", S::policy},
                                                            {"NOTICE", S::notice},
                                                            {"Notice.txt", S::notice},
                                                            {"THIRD_PARTY_LICENSES.txt", S::notice},
                                                            {"LICENSE-DATA", S::data},
                                                            {"GEMMA_LICENSE", S::everything},
                                                            {"sub/LICENSE", S::everything}}) {
    ASSERT_TRUE(license_file(name)) << name;
    EXPECT_EQ(*license_file(name), scope) << name;
  }
  for (const char* no :
       {"README.md", "licensed.txt", "license_plate_detector.py", "licenses.json", "noticeable.txt",
        "LICENSE.png", "license-classifier.safetensors", "License-Plate.GGUF", "license_plate.onnx"})
    EXPECT_FALSE(license_file(no)) << no;
}

TEST(Names, PathsThatLeaveTheRepository) {
  for (const char* good : {"a", "a/b.txt", ".gitattributes", "a/..b", "a b/c"})
    EXPECT_TRUE(safe_path(good)) << good;
  for (const char* bad :
       {"", "/a", "../a", "a/../b", "a/..", "a//b", "a\\..\\b", "\\\\host\\x", "C:\\x", "C:x", "./a", "a/"})
    EXPECT_FALSE(safe_path(bad)) << bad;
  EXPECT_FALSE(safe_path(std::string(2000, 'a')));
}

TEST(Names, RepositoryIds) {
  for (const char* good : {"gpt2", "a/b", "org-1/na.me_2", "A/B", "a--b/c", "a/b.git"})
    EXPECT_TRUE(is_repository_id(good)) << good;
  for (const char* bad : {"", "/", "a/", "/a", "a/b/c", "a..b", "-a/b", "a/b-", "a/.b", "a b", "a/b?c",
                          "a/\xc3\xbc", "The Pile"})
    EXPECT_FALSE(is_repository_id(bad)) << bad;
  EXPECT_FALSE(is_repository_id("a/" + std::string(301, 'b')));
}

TEST(Links, OfTheHub) {
  EXPECT_EQ(hub_link("https://huggingface.co/a/b")->id, "a/b");
  EXPECT_EQ(hub_link("https://hf.co/a/b/blob/main/x/LICENSE?raw=true#L1")->path, "x/LICENSE");
  EXPECT_EQ(hub_link("http://www.huggingface.co/datasets/a/b")->type, HubLink::Type::dataset);
  EXPECT_EQ(hub_link("https://huggingface.co/datasets/wikipedia")->id, "wikipedia");
  EXPECT_EQ(hub_link("https://huggingface.co/spaces/a/b")->type, HubLink::Type::space);
  EXPECT_EQ(hub_link("https://huggingface.co/bert-base-uncased/resolve/main/LICENSE")->id,
            "bert-base-uncased");
  for (const char* no : {"https://huggingface.co/docs/transformers", "https://huggingface.co/deepseek-ai",
                         "https://huggingface.co.evil.org/a/b", "https://evil.org/huggingface.co/a/b",
                         "https://huggingface.co@evil.org/a/b", "ftp://huggingface.co/a/b", "a/b",
                         "https://huggingface.co/a/b/../../c"}) {
    const auto link = hub_link(no);
    EXPECT_TRUE(!link || link->id == "a/b") << no;
    if (std::string_view(no).find("evil") != std::string_view::npos) {
      EXPECT_FALSE(link) << no;
    }
  }
}

TEST(Links, OfGithub) {
  EXPECT_EQ(github_link("https://github.com/QwenLM/Qwen3.git")->name, "Qwen3");
  EXPECT_EQ(github_link("https://github.com/a/b/blob/main/LICENSE-MODEL")->path, "LICENSE-MODEL");
  EXPECT_EQ(github_link("https://raw.githubusercontent.com/a/b/main/x/LICENSE")->path, "x/LICENSE");
  EXPECT_FALSE(github_link("https://github.com/a"));
  EXPECT_FALSE(github_link("https://github.com/orgs/a/b"));
  EXPECT_FALSE(github_link("https://gist.github.com/a/b"));
}

std::vector<std::string> sentences_of(const std::string& text) {
  std::vector<std::string> out;
  const std::string lower = text::lower(text);
  for (const Sentence& s : reading::sentences(lower, text)) out.emplace_back(s.text);
  return out;
}

TEST(Prose, Sentences) {
  using List = std::vector<std::string>;
  EXPECT_EQ(sentences_of("Code is MIT. Weights v1.5 are not!\nNext; last。中文"),
            (List{"code is mit", "weights v1.5 are not", "next", "last", "中文"}));
  EXPECT_TRUE(sentences_of(" \n ").empty());
  EXPECT_EQ(sentences_of("It is of Acme Inc. and free. Weights\nare not."),
            (List{"it is of acme inc. and free", "weights\nare not"}))
      << "a small letter goes on, and so does a line";
  EXPECT_EQ(sentences_of("License: MIT\nBase model: Foo\nWe made it"),
            (List{"license: mit", "base model: foo", "we made it"}));
  EXPECT_EQ(sentences_of(std::string(5'000, 'x')).size(), 3u)
      << "what is too long is cut, and all of it is read";
}

TEST(Prose, BlocksAndHeadings) {
  const text::Markdown card =
      text::read_markdown("# Use\n\nShort Words.\n\n" + std::string(30'000, 'x') + " Named-7B\n", 1);
  const Prose prose(card);
  EXPECT_EQ(prose.block(1), "short words.");
  EXPECT_EQ(prose.heading_of(1), "use");
  EXPECT_EQ(prose.heading_of(0), "use");
  EXPECT_TRUE(prose.block(2).ends_with(" named-7b"));
  EXPECT_TRUE(prose.may_say("named-7b")) << "what may be said is of all blocks";
  EXPECT_FALSE(prose.may_say("elsewhere"));
  EXPECT_EQ(prose.block(99), "");
}

}  // namespace
}  // namespace howopen::facts
