// Ids where languages and formats keep them, beside what looks the same and is none.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "howopen/scan.h"

namespace howopen {
namespace {

struct Shape {
  const char* path;
  const char* text;
  std::vector<std::string> ids;
};

const Shape kShapes[] = {
    {"Models.kt",
     "enum class SpeechModel(val repo: String) {\n  TINY(\"acme/hear-tiny\", 75),\n  BIG(\"acme/hear-big\", "
     "900)\n}\n",
     {"acme/hear-tiny", "acme/hear-big"}},
    {"Pick.kt",
     "object ModelPicker {\n  fun pick(t: Tier): String = when (t) {\n    Tier.LOW -> \"acme/pot-low\"\n    "
     "else -> \"acme/pot-high\"\n  }\n}\n",
     {"acme/pot-low", "acme/pot-high"}},
    {"Env.kt", "val id = System.getenv(\"CHAT_MODEL\") ?: \"acme/kettle-chat\"\n", {"acme/kettle-chat"}},
    {"Map.kt",
     "val models = mapOf(\"fast\" to \"acme/kettle-fast\", \"good\" to \"acme/kettle-good\")\n",
     {"acme/kettle-fast", "acme/kettle-good"}},
    {"View.kt",
     "class Page(val r: String) {\n  fun route(): String = when (r) {\n    \"a\" -> \"users/list-view\"\n    "
     "else -> \"orders/list-view\"\n  }\n}\n",
     {}},
    {"Local.swift",
     "enum LocalModel: String, CaseIterable {\n  case small = \"acme/pan-small\"\n  case big = "
     "\"acme/pan-big\"\n}\n",
     {"acme/pan-small", "acme/pan-big"}},
    {"Route.swift", "enum Route: String {\n  case home = \"app/home-view\"\n}\n", {}},
    {"Hub.swift",
     "let r = Hub.Repo(id: \"acme/pan-core\")\nlet t = try await AutoTokenizer.from(pretrained: "
     "\"acme/pan-tok\")\n",
     {"acme/pan-core", "acme/pan-tok"}},
    {"models.go",
     "package m\n\nconst (\n\tDefaultModel = \"acme/jug-main\"\n\tPath = \"static/jug-main\"\n)\n",
     {"acme/jug-main"}},
    {"config.go",
     "package m\n\nfunc c() Config { return Config{Model: \"acme/jug-conf\", Channel: \"alerts/prod-1\"} }\n",
     {"acme/jug-conf"}},
    {"tables.rs",
     "const MODELS: &[(&str, &str)] = &[(\"base\", \"acme/cup-base\"), (\"big\", \"acme/cup-big\")];\n",
     {"acme/cup-base", "acme/cup-big"}},
    {"pick.ts",
     "export function modelFor(lang: string) {\n  switch (lang) {\n    case 'nb':\n      return "
     "'acme/mug-nb';\n    default:\n      return 'acme/mug-all';\n  }\n}\n",
     {"acme/mug-nb", "acme/mug-all"}},
    {"view.ts",
     "export function viewFor(lang: string) {\n  switch (lang) {\n    case 'nb':\n      return "
     "'views/mug-nb';\n  }\n}\n",
     {}},
    {"Pick.php",
     "<?php\n$id = $this->model ?? 'acme/ladle-one';\nreturn ['model' => env('LLM_MODEL', "
     "'acme/ladle-two')];\n",
     {"acme/ladle-one", "acme/ladle-two"}},
    {"App.java",
     "class App {\n  @Value(\"${embedding.model:acme/spoon-embed}\") String model;\n  "
     "@Value(\"${upload.path:files/spoon-up}\") String path;\n}\n",
     {"acme/spoon-embed"}},
    {"models.rb",
     "MODELS = %w[acme/dish-a acme/dish-b].freeze\nPATHS = %w[app/dish-a lib/dish-b]\n",
     {"acme/dish-a", "acme/dish-b"}},
    {"load.ex", "{:ok, m} = Bumblebee.load_model({:hf, \"acme/bowl-ex\"})\n", {"acme/bowl-ex"}},
    {"embed.R",
     "tf <- import(\"transformers\")$AutoModel$from_pretrained(\"acme/bowl-r\")\n",
     {"acme/bowl-r"}},
    {"a.toml",
     "[model]\nname = \"acme/tray-one\"\n\n[dataset]\nrepo_id = "
     "\"acme/tray-data\"\n\n[[eval.dataset]]\nrepo_id = \"acme/tray-eval\"\n",
     {"acme/tray-one"}},
    {"b.toml",
     "[package]\nname = \"acme/tray-pkg\"\n\n[tool.model]\ndefault = \"acme/tray-two\"\n",
     {"acme/tray-two"}},
    {"run.sh",
     "MODEL=\"${1:-acme/oven-pos}\"\n: \"${REWARD_MODEL:=acme/oven-reward}\"\ndeclare -A "
     "MODELS=([a]=\"acme/oven-a\" [b]=\"acme/oven-b\")\nLOG=\"${2:-logs/oven-log}\"\n",
     {"acme/oven-pos", "acme/oven-reward", "acme/oven-a", "acme/oven-b"}},
    {"image.sh", "kubectl set image deploy/vllm vllm=vllm/vllm-openai:v0.8\n", {}},
    {"Makefile",
     "export MODEL_ID := acme/oven-make\nexport BIN_DIR := build/oven-make\n",
     {"acme/oven-make"}},
    {"deploy.yaml",
     "{{- $model := .Values.model.name | default \"acme/fork-tpl\" -}}\nargs:\n  - \"--model={{ "
     ".Values.model.id | default \"acme/fork-arg\" }}\"\n  - \"--log={{ .Values.log | default "
     "\"var/fork-log\" }}\"\n",
     {"acme/fork-tpl", "acme/fork-arg"}},
    {"vllm.env.j2", "MODEL_ID={{ vllm_model | default('acme/fork-j2') }}\n", {"acme/fork-j2"}},
    {"merge.yml",
     "models:\n  - model: acme/knife-base+acme/knife-lora\nbase_model: acme/knife-base\n",
     {"acme/knife-base", "acme/knife-lora", "acme/knife-base"}},
    {".github/workflows/run.yml",
     "on:\n  workflow_dispatch:\n    inputs:\n      model:\n        default: acme/sink-def\n        "
     "options:\n          - acme/sink-def\n          - acme/sink-two\n      branch:\n        default: "
     "release/sink-v1\n",
     {"acme/sink-def", "acme/sink-def", "acme/sink-two"}},
    {"train.yaml", "metric_for_best_model: eval/accuracy-1\ndata:\n  repo_id: acme/sink-data\n", {}},
    {"promptfooconfig.yaml",
     "providers:\n  - huggingface:text-generation:acme/tap-chat\n  - openai:chat:gpt-4o-mini\n  - "
     "file://providers/tap-1.js\n",
     {"acme/tap-chat", "gpt-4o-mini"}},
    {"spaces.py",
     "from gradio_client import Client\nimport gradio as gr\nc = Client(src=\"acme/tap-space-demo\")\nm = "
     "gr.load(\"models/acme/tap-caption\")\n",
     {"acme/tap-caption"}},
    {"later.py",
     "from functools import partial\nfrom transformers import AutoModel\nload = "
     "partial(AutoModel.from_pretrained, \"acme/tap-late\")\n",
     {"acme/tap-late"}},
    {"enum.py",
     "from enum import Enum\nclass ChatModel(str, Enum):\n    FAST = \"acme/bowl-fast\"\n    GOOD = "
     "\"acme/bowl-good\"\n\nROUTE = \"app/bowl-view\"\n",
     {"acme/bowl-fast", "acme/bowl-good"}},
    {"routes.py", "from enum import Enum\nclass Route(str, Enum):\n    HOME = \"app/bowl-view-1\"\n", {}},
    {"join.py",
     "m = AutoModel.from_pretrained(\"acme/\" \"bowl-one\")\nn = AutoModel.from_pretrained(\"acme\" + "
     "\"/bowl-two\")\nd = AutoModel.from_pretrained(ROOT + \"/bowl-three\")\n",
     {"acme/bowl-one", "acme/bowl-two"}},
    {"made.py", "m = AutoModel.from_pretrained(model_for(\"small\"))\n", {}},
    {"legacy.py", "m = AutoModel.from_pretrained(str(\"gpt2\"))\n", {"gpt2"}},
    {"evals.py",
     "import lm_eval\nr = lm_eval.simple_evaluate(model=\"hf\", "
     "model_args=\"pretrained=acme/bowl-base,peft=acme/bowl-lora,dtype=float16\")\n",
     {"acme/bowl-base", "acme/bowl-lora"}},
    {"Chat.tsx",
     "export const C = () => <Chat model=\"acme/bowl-attr\" src=\"img/bowl-1b\" title=\"a/b-7b\" />;\n",
     {"acme/bowl-attr"}},
    {"less.ts", "const ok = a <b && c.model=\"acme/bowl-cmp\"\n", {"acme/bowl-cmp"}},
    {"Chat.vue",
     "<script setup>\nconst model = \"acme/bowl-vue\"\n</script>\n<template>\n  <Chat "
     "model=\"acme/bowl-tag\" href=\"docs/bowl-7b\" />\n</template>\n",
     {"acme/bowl-vue", "acme/bowl-tag"}},
    {"beans.xml",
     "<bean class=\"x\"><property name=\"modelId\" value=\"acme/bowl-prop\"/><property name=\"route\" "
     "value=\"app/bowl-1b\"/><model>acme/bowl-el</model><a href=\"x/bowl-7b\">x/bowl-7b</a></bean>\n",
     {"acme/bowl-prop", "acme/bowl-el"}},
    {"App.java",
     "class A { @Value(\"${model.id:acme/bowl-value}\") String m; @Value(\"${route.id:app/bowl-route}\") "
     "String r; }\n",
     {"acme/bowl-value"}},
    {"app.toml",
     "[tool.app.models]\nembed = \"acme/bowl-embed-7b\"\npath = \"data/embed\"\n[tool.app.routes]\nx = "
     "\"app/bowl-route-7b\"\n",
     {"acme/bowl-embed-7b"}},
    {"main.zig", "const model_id = \"acme/bowl-zig\";\n", {"acme/bowl-zig"}},
};

TEST(ScanShapes, IdsWhereTheyAreKept) {
  for (const Shape& shape : kShapes) {
    const Scanned found = scan_file(shape.path, shape.text);
    std::vector<std::string> ids;
    for (const ModelReference& r : found.references) {
      if (r.confidence >= Confidence::medium) ids.push_back(r.id);
    }
    EXPECT_EQ(ids, shape.ids) << shape.path << "\n" << shape.text;
  }
}

}  // namespace
}  // namespace howopen
