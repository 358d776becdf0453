// Words of cards about the data that a model was trained on.
//
//   "fine-tuned on Foo"  ->  fine-tuning;  "based on T5, which was pre-trained on C4"  ->  of another model

#include "facts/data_words.h"

#include <algorithm>

#include "facts/names.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Block;
using text::lower;
using text::Phrases;

// Names of what was trained after its pre-training: what such a card says of training is about that stage.
bool tuned_by_name(std::string_view id) {
  std::string part;
  for (const char c : lower(repository_name(id)) + "-") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      part += c;
      continue;
    }
    for (const std::string_view stage : {"lora", "qlora", "sft", "dpo", "rlhf", "instruct", "chat",
                                         "finetuned", "finetune", "tuned", "ft", "adapter"}) {
      if (part == stage) return true;
    }
    part.clear();
  }
  return false;
}

// Heads that are put on a pre-trained encoder of text, and what turns one for speech into a recognizer.
bool tuned_by_head(const Repo& repo) {
  const auto heads = repo.info()->config["architectures"].strings();
  return std::any_of(heads.begin(), heads.end(), [](std::string_view a) {
    for (const std::string_view head : {"ForSequenceClassification", "ForTokenClassification",
                                        "ForQuestionAnswering", "ForMultipleChoice", "ForCTC"}) {
      if (a.ends_with(head)) return true;
    }
    return false;
  });
}

// Adapters, and libraries that begin with a pre-trained encoder.
bool tuned_by_kind(const Repo& repo) {
  const std::string library = lower(repo.info()->repository.library);
  for (const std::string_view l :
       {"sentence-transformers", "setfit", "peft", "adapter-transformers", "span-marker"}) {
    if (library == l) return true;
  }
  return std::any_of(repo.info()->files.begin(), repo.info()->files.end(), [](const File& f) {
    return f.path == "modules.json" || f.path == "adapter_config.json" || f.path == "pytorch_adapter.bin";
  });
}

// "It was fine-tuned on …", "initialized from …", said of this model; what a reader may do is another matter.
bool tuned_by_card(const Card& card) {
  static constexpr Phrases kSays(
      "a fine-tuned", "a finetuned", "was fine-tuned", "was finetuned", "been fine-tuned", "been finetuned",
      "is fine-tuned", "is finetuned", "and fine-tuned", "and finetuned", "we fine-tuned", "we finetuned",
      "we fine-tune ", "fine-tuned from", "finetuned from", "fine tuned on", "fine-tuned on", "finetuned on",
      "initialized from", "initialized with", "initialised with", "further trained", "continued pre-training",
      "continual pre-training");
  static constexpr Phrases kOfReaders("can be", "should be", "could be", "when fine", "when it is fine",
                                      "being fine", "intended", "to be fine", "aimed", "if you", "you can",
                                      "versions", "need", "must be", "models fine", "downstream", "evaluat",
                                      "achiev", "perform", "score", "benchmark");
  const Phrases::Some says = card.prose.some_of(kSays);
  if (!says) return false;
  for (std::size_t i = 0; i < card.text.blocks.size(); ++i) {
    if (card.text.blocks[i].kind != Block::Kind::paragraph || !says.in(card.prose.block(i))) continue;
    for (const reading::Sentence& s : reading::sentences(card.prose.block(i), card.text.blocks[i].text)) {
      if (says.in(s.text) && !kOfReaders.in(s.text)) return true;
    }
  }
  return false;
}

}  // namespace

bool is_tuned(const Repo& repo) {
  return tuned_by_name(repo.id()) || tuned_by_head(repo) || tuned_by_kind(repo) ||
         (repo.card() != nullptr && tuned_by_card(*repo.card()));
}

// What a sentence that names a dataset says about it.
DatasetRole role_said(std::string_view sentence) {
  static constexpr Phrases kEvaluates("evaluat", "benchmark", "test set", "validation set", "tested on");
  static constexpr Phrases kTunes("fine-tun", "finetun", "instruction tun", "sft", "dpo", "preference",
                                  "post-train", "rlhf");
  static constexpr Phrases kTrains("pretrain", "pre-train", "trained on", "training data", "trained using",
                                   "trained with", "training corpus", "training set", "training dataset",
                                   "was trained", "train the model", "trains on", "training on",
                                   "training mix");
  if (kEvaluates.in(sentence)) return DatasetRole::evaluation;
  if (kTunes.in(sentence)) return DatasetRole::fine_tuning;
  if (kTrains.in(sentence)) return DatasetRole::training;
  return DatasetRole::unstated;
}

// What is told of the training of another model: "based on T5, which was pre-trained on C4".
bool of_the_base(std::string_view sentence) {
  static constexpr Phrases kBase("based on", "which was pre", "that was pre", "which is pre", "base model",
                                 "originally pre", "has been pre");
  return kBase.in(sentence);
}

// A sample of a format, a paper's comparison, somebody's reproduction: links that say nothing about this
// model.
bool only_mentioned(std::string_view text) {
  static constexpr Phrases kMentions("sample", "format", "example", "similar to", "reproduc", "calibrat");
  return kMentions.in(text);
}

bool heads_data(std::string_view heading) {
  static constexpr std::string_view kDataHeadings[] = {
      "data",         "dataset",          "datasets",         "training data",
      "training set", "training dataset", "pretraining data", "pre-training data",
      "corpus",       "training corpus"};
  heading = text::trim(heading);
  return std::any_of(std::begin(kDataHeadings), std::end(kDataHeadings),
                     [&](std::string_view h) { return heading == h; });
}

bool is_released(std::string_view sentence) {
  static constexpr Phrases kReleases("we release", "we publish", "we open-source", "we open source",
                                     "we share", "released as", "published as", "is released", "are released",
                                     "is published", "are published", "is available", "are available",
                                     "can be found", "can be downloaded");
  return kReleases.in(sentence);
}

}  // namespace howopen::facts
