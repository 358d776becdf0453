// Models that have names of their own: those of Ollama, of libraries and of providers. None of them is of the
// Hub, and none goes unsaid.

#include <gtest/gtest.h>

#include "howopen/scan.h"
#include "scan/words.h"
#include "scan_open.h"

namespace howopen::test::libraries {
namespace {

std::string sure_ids(std::string_view file, std::string_view text) {
  std::string out;
  for (const ModelReference& r : scan_file(file, text).references)
    if (r.confidence >= Confidence::medium) out += (out.empty() ? "" : " ") + r.id;
  return out;
}

const std::string kOther = ": a name of another registry, not of the Hub";
const std::string kOwn = ": a short name of the library's own";
const std::string kServed = ": a model that a provider serves, not of the Hub";

TEST(ScanLibraries, EveryRowKeepsToItsExamples) {
  ASSERT_FALSE(scan::words().libraries.empty());
  for (const scan::Library& l : scan::words().libraries) {
    const std::string file = l.file.empty() ? "a.py" : l.file;
    EXPECT_NE(open_names(file, l.match), "") << l.match;
    EXPECT_EQ(open_names(file, l.other), "") << l.other;
    EXPECT_EQ(sure_ids(file, l.match) + sure_ids(file, l.other), "") << l.match << l.other;
  }
}

TEST(ScanLibraries, NamesOfLibraries) {
  const std::string imports = "import whisper, spacy\nimport torchvision.models as models\n";
  EXPECT_EQ(open_names("a.py", imports + "m = whisper.load_model('large-v3')\n"), "large-v3" + kOwn);
  EXPECT_EQ(open_names("a.py", imports + "m = whisper.load_model(name='base', device='cpu')\n"),
            "base" + kOwn);
  EXPECT_EQ(open_names("a.py", imports + "m = whisper.load_model(args.size)\n"), "args.size: a variable");
  EXPECT_EQ(open_names("a.py", imports + "SIZE = 'base'\nm = whisper.load_model(SIZE)\n"), "base" + kOwn);
  EXPECT_EQ(open_names("a.py", imports + "m = whisper.load_model('./mine.pt')\n"), "./mine.pt: a local path");
  EXPECT_EQ(open_names("a.py", imports + "m = whisper.load_model(f'base.{lang}')\n"),
            "base.{lang}: a variable in a string");
  EXPECT_EQ(open_names("a.py", imports + "if x:\n    nlp = spacy.load('de_core_news_sm')\n"),
            "de_core_news_sm" + kOwn);
  EXPECT_EQ(open_names("a.py", imports + "m = models.resnet50(weights=models.ResNet50_Weights.DEFAULT)\n"),
            "resnet50" + kOwn);
  EXPECT_EQ(open_names("a.py", imports + "m = models.resnet50(weights=None)\n"), "");
  EXPECT_EQ(open_names("a.py", "def load(x):\n    import clip\n    return clip.load('ViT-B/32')\n"),
            "ViT-B/32" + kOwn);
  EXPECT_EQ(
      open_names("a.py", "from ultralytics import (\n    SAM,\n    YOLO as Net,\n)\nNet('yolo11n.pt')\n"),
      "yolo11n.pt" + kOwn);
  EXPECT_EQ(
      open_names("a.py", "from torch import hub\nhub.load_state_dict_from_url('https://x.example/a.pth')\n"),
      "https://x.example/a.pth: an address that is not of the Hub");
}

// What is called alike, or loads something else.
TEST(ScanLibraries, NeighboursOfLibraries) {
  EXPECT_EQ(open_names("a.py", "m = whisper.load_model('large-v3')\n"), "") << "not imported";
  EXPECT_EQ(open_names("a.py", "import whisper\nm = self.whisper.load_audio('a.mp3')\n"), "");
  EXPECT_EQ(open_names("a.py", "import torch\nx = torch.load(path)\n"), "");
  EXPECT_EQ(open_names("a.py", "import torch\nx = torch.load('batch.txt')\n"), "");
  EXPECT_EQ(open_names("a.py", "import json, yaml\nx = yaml.load('a.pt')\n"), "");
  EXPECT_EQ(open_names("a.py", "from ultralytics.utils import LOGGER\nLOGGER('yolo')\n"), "");
  EXPECT_EQ(open_names("a.py", "class YOLO(Base):\n    def load(self, name='x'): pass\n"), "");
  EXPECT_EQ(open_names("a.py", "import whisper\ndef load_model(name='base'):\n    pass\n"), "");
  EXPECT_EQ(sure_ids("a.py", "import open_clip\nm = open_clip.create_model('hf-hub:acme/clip-b')\n"),
            "acme/clip-b");
  EXPECT_EQ(
      sure_ids("a.py", "from flair.models import SequenceTagger\nSequenceTagger.load('acme/ner-english')\n"),
      "acme/ner-english");
}

TEST(ScanLibraries, NamesOfOllama) {
  EXPECT_EQ(open_names("a.py", "m = ChatOllama(model=\"llama3.1\")\n"), "llama3.1" + kOther);
  EXPECT_EQ(open_names("a.py", "m = OllamaEmbeddings(model='nomic-embed-text', base_url=url)\n"),
            "nomic-embed-text" + kOther);
  EXPECT_EQ(
      open_names("a.py", "from langchain_community.llms import Ollama\nm = Ollama(model=\"mistral\")\n"),
      "mistral" + kOther);
  EXPECT_EQ(open_names("a.py", "m = ChatOllama(model=settings.chat)\n"), "settings.chat: a variable");
  EXPECT_EQ(open_names("a.ts", "const m = new ChatOllama({ model: 'llama3.1', temperature: 0 });\n"),
            "llama3.1" + kOther);
  EXPECT_EQ(open_names("a.ts", "const m = ollama('qwen2.5');\n"), "qwen2.5" + kOther);
  EXPECT_EQ(
      open_names("a.go", "package a\nfunc f() { llm, _ := ollama.New(ollama.WithModel(\"mistral\")) }\n"),
      "mistral" + kOther);
  EXPECT_EQ(open_names("A.java", "var m = OllamaChatModel.builder().modelName(\"llama3.1\").build();\n"),
            "llama3.1" + kOther);
  EXPECT_EQ(open_names("a.py", "OLLAMA_MODEL = 'mistral'\n"), "mistral" + kOther);
  EXPECT_EQ(open_names("a.py", "MODEL = 'qwen2.5:7b-instruct'\n"), "qwen2.5:7b-instruct" + kOther);
  EXPECT_EQ(open_names("compose.yml",
                       "services:\n  o:\n    environment:\n      OLLAMA_MODEL: llama3.2:3b\n"
                       "      LLM_MODEL: qwen2.5:7b\n"),
            "llama3.2:3b" + kOther + "; qwen2.5:7b" + kOther);
  EXPECT_EQ(
      open_names("compose.yml", "services:\n  o:\n    environment:\n      - OLLAMA_MODEL=${M:-mistral}\n"),
      "mistral" + kOther);
  EXPECT_EQ(open_names("compose.yml", "services:\n  o:\n    environment:\n      OLLAMA_MODEL: ${M}\n"),
            "${M}: a variable");
  EXPECT_EQ(open_names(".env", "OLLAMA_MODEL=llama3.1\n"), "llama3.1" + kOther);
}

TEST(ScanLibraries, NeighboursOfOllama) {
  EXPECT_EQ(open_names("a.py", "m = ChatOllama(base_url='http://127.0.0.1:11434')\n"), "");
  EXPECT_EQ(open_names("a.ts", "const o = new Ollama({ host: 'http://127.0.0.1:11434' });\n"), "");
  EXPECT_EQ(open_names("compose.yml",
                       "services:\n  o:\n    image: ollama/ollama:latest\n    environment:\n"
                       "      OLLAMA_MODELS: /root/models\n      OLLAMA_HOST: 0.0.0.0\n"
                       "      OLLAMA_MAX_LOADED_MODELS: 3\n      MODEL_CACHE: redis:7\n"),
            "");
  EXPECT_EQ(open_names("a.js",
                       "export const ollamaModel = { name: 'model', type: 'options', about: 'any {x}' };\n"),
            "");
  EXPECT_EQ(open_names("a.py", "model_host = 'localhost:8080'\nmodel_time = '12:30'\n"), "");
}

TEST(ScanLibraries, ModelsOfProviders) {
  EXPECT_EQ(
      open_names("a.py", "c = ChatOpenAI(model=\"deepseek-chat\", base_url=\"https://api.deepseek.com\")\n"),
      "deepseek-chat" + kServed);
  EXPECT_EQ(
      open_names("a.ts", "await c.chat.completions.create({ model: 'mistral-large-latest', messages });\n"),
      "mistral-large-latest" + kServed);
  EXPECT_EQ(sure_ids("a.py", "c = ChatOpenAI(model=\"gpt-4o-mini\")\n"), "gpt-4o-mini");
  EXPECT_EQ(open_names("a.py", "c = ChatOpenAI(model=\"gpt-4o-mini\")\n"), "");
  EXPECT_EQ(sure_ids("a.py", "c = ChatOpenAI(model=\"acme/foo-7b\", base_url=url)\n"), "acme/foo-7b");
  EXPECT_EQ(open_names("a.py", "shop.orders.create(model='red-bicycle')\n"), "");
}

TEST(ScanLibraries, NeighboursOfOtherLanguages) {
  EXPECT_EQ(open_names("A.swift", "import SwiftUI\nlet v = WhisperKit(model: \"large-v3\")\n"), "");
  EXPECT_EQ(open_names("a.py", "CreateMLCEngine('Jar-3B')  # @mlc-ai/web-llm\n"), "")
      << "of another language";
  EXPECT_EQ(open_names("a.ts", "import { x } from '@mlc-ai/web-llm';\nshop.engine.load('Jar-3B');\n"), "");
  EXPECT_EQ(open_names("a.rs", "use ort::session::Session;\nfn f() { b.commit_from_file(\"notes.md\"); }\n"),
            "");
  EXPECT_EQ(open_names("A.cs", "using Whisper.net;\nvar f = Shop.FromPath(\"ggml-base.bin\");\n"), "");
  EXPECT_EQ(sure_ids("a.py", "from keybert import KeyBERT\nk = KeyBERT('all-mpnet-base-v2')\n"),
            "sentence-transformers/all-mpnet-base-v2");
  EXPECT_EQ(sure_ids("a.py", "from keybert import KeyBERT\nk = KeyBERT('jar')\n"), "");
}

TEST(ScanLibraries, ShortNamesOfOtherLanguages) {
  EXPECT_EQ(
      sure_ids("m.rs", "use candle;\nfn main(){ let r = api.model(\"bert-base-uncased\".to_string()); }\n"),
      "bert-base-uncased");
  EXPECT_EQ(sure_ids("m.rs", "fn main(){ let r = shop.model(\"bert-base-uncased\".to_string()); }\n"), "");
  EXPECT_EQ(sure_ids("r.R", "library(text)\ntextEmbed(\"hi\", model=\"bert-base-uncased\")\n"),
            "bert-base-uncased");
  EXPECT_EQ(sure_ids("r.R", "textPlot(\"hi\", model=\"bert-base-uncased\")\n"), "");
}

}  // namespace
}  // namespace howopen::test::libraries
