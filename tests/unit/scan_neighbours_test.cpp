// Kinds of places where models stand, each with neighbours that look alike: what is found, and what is told
// as unresolved.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "howopen/scan.h"

namespace howopen {
namespace {

struct ModelPlace {
  const char* path;
  const char* text;
  std::vector<std::string> ids;
  std::vector<std::string> open = {};
};

const ModelPlace kModelPlaces[] = {
    // What a function returns, called where a model is wanted.
    {"a.py", "def small():\n    return \"acme/jar-one\"\n\nllm = LLM(model=small())\n", {"acme/jar-one"}},
    {"a.py",
     "def pick(big):\n    if big:\n        return \"acme/jar-big\"\n    return \"acme/jar-low\"\n\nm = "
     "AutoModel.from_pretrained(pick(True))\n",
     {"acme/jar-big", "acme/jar-low"}},
    {"a.py", "def route():\n    return \"app/jar-view\"\n\nopen_page(path=route())\n", {}},
    {"a.ts",
     "const pick = (x: string) => \"acme/jar-arrow\";\nconst o = { model: pick(\"a\") };\n",
     {"acme/jar-arrow"}},
    {"a.ts",
     "function choose(big: boolean): string {\n  if (big) { return 'acme/jar-ts1'; }\n  return "
     "'acme/jar-ts2';\n}\nrun({ model: choose(true) });\n",
     {"acme/jar-ts1", "acme/jar-ts2"}},
    {"A.kt", "fun small(): String = \"acme/jar-kt\"\n\nval s = Service(model = small())\n", {"acme/jar-kt"}},
    {"A.scala",
     "object X {\n  def small: String = \"acme/jar-sc\"\n}\nval e = Emb(model = X.small)\n",
     {"acme/jar-sc"}},
    {"a.rs",
     "fn small() -> &'static str { \"acme/jar-rs\" }\nfn f() { run(Args { model: small() }); }\n",
     {"acme/jar-rs"}},
    // Constants of the file behind a key.
    {"a.py", "SMALL = \"acme/jar-const\"\nx = dict(model=SMALL)\n", {"acme/jar-const"}},
    {"a.py", "KIND = \"text/jar-plain\"\nx = dict(model=model, kind=KIND)\n", {}},
    {"a.go",
     "package a\n\nconst small = \"acme/jar-goc\"\n\nvar c = Config{Model: small}\n",
     {"acme/jar-goc"}},
    {"a.py", "OTHER = \"acme/jar-set\"\nds = load_dataset(OTHER)\nx = dict(dataset=OTHER)\n", {}},
    {"a.py", "model_id = \"acme/\" + \"jar-two\"\n", {"acme/jar-two"}},
    // What it comes to when nobody says anything.
    {"a.go",
     "package a\n\nfunc f() {\n\tmodel := cmp.Or(os.Getenv(\"M\"), \"acme/jar-or-7b\")\n}\n",
     {"acme/jar-or-7b"}},
    {"a.go", "package a\n\nfunc f() {\n\tpath := cmp.Or(os.Getenv(\"P\"), \"static/jar-or-7b\")\n}\n", {}},
    {"a.pl", "my $model = $ENV{MODEL} // 'acme/jar-perl-7b';\n", {"acme/jar-perl-7b"}},
    {"a.py",
     "import transformers\nNAME = os.environ.get(\"M\", \"acme/jar-env\")\nm = "
     "AutoModel.from_pretrained(NAME)\n",
     {"acme/jar-env"}},
    {"Makefile",
     "MODEL := $(or $(X),acme/jar-make-7b)\nDIR := $(or $(D),build/jar-7b)\n",
     {"acme/jar-make-7b"}},
    {"Makefile", "MODEL ?= acme/jar-ask-7b\nIMAGE ?= acme/jar-image\n", {"acme/jar-ask-7b"}},
    {"Makefile", "run:\n\tvllm serve $(if $(X),$(X),acme/jar-if)\n", {"acme/jar-if"}},
    {"Makefile", "run:\n\tvllm serve $(or $(X),$(Y))\n", {}, {"$"}},
    // Names that can be nothing else, wherever they stand.
    {"a.py", "PRICES = {\"meta-llama/llama-3.3-70b-instruct\": 1}\n", {"meta-llama/llama-3.3-70b-instruct"}},
    {"a.json", "{\"x\": [\"Xenova/all-MiniLM-L6-v2\", \"users/list-v2\"]}\n", {"Xenova/all-MiniLM-L6-v2"}},
    {".env", "X=Qwen/Qwen2.5-7B-Instruct\nY=acme/site\n", {"Qwen/Qwen2.5-7B-Instruct"}},
    {"a.yaml",
     "thing: mistralai/Mistral-7B-v0.1\nimage: acme/mistral-7b-server:1\n",
     {"mistralai/Mistral-7B-v0.1"}},
    {"a.py", "x = [\"unet/flux1-8b-gguf\", \"loras/qwen-7b-lora\", \"ggml-org/llama.cpp\"]\n", {}},
    {"a.py", "ds = load_dataset(\"acme/llama-7b-chats\")\n", {}},
    {"a_test.py", "m = f(model=\"intfloat/e5-base-v2\")\n", {"intfloat/e5-base-v2"}},
    {"a.js", "/**\n * model: \"tiiuae/falcon-7b-instruct\",\n */\n", {"tiiuae/falcon-7b-instruct"}},
    {"test_a.py",
     "@pytest.mark.parametrize(\"model_id\", [\"acme/tiny-gpt2\", \"acme/tiny-t5-x\"])\n",
     {"acme/tiny-gpt2", "acme/tiny-t5-x"}},
    {"test_a.py", "@pytest.mark.parametrize(\"path\", [\"docs/tiny-gpt2\"])\n", {}},
    // Languages.
    {"A.cs",
     "class O { public string ModelId { get; set; } = \"acme/jar-cs\";\n public string Kind { get; set; } "
     "= \"text/jar\"; }\n",
     {"acme/jar-cs"}},
    {"a.php",
     "<?php\n$p = pipeline('sentiment-analysis', 'acme/jar-php');\n$q = pipeline('x', 'a/jar-php');\n",
     {"acme/jar-php"}},
    {"a.jl", "t, m = hgf\"acme/jar-julia\"\nr = raw\"docs/jar-julia\"\n", {"acme/jar-julia"}},
    {"a.ex", "@model \"acme/jar-elixir-7b\"\n@type_of \"text/jar-elixir\"\n", {"acme/jar-elixir-7b"}},
    {"a.hs",
     "defaultModel :: Text\ndefaultModel = \"acme/jar-haskell-7b\"\npath' = \"docs/jar\"\n",
     {"acme/jar-haskell-7b"}},
    {"a.sql", "SELECT pgml.embed('acme/jar-sql', t);\nSELECT f('text/plain');\n", {"acme/jar-sql"}},
    {"a.sql",
     "SELECT pgml.transform(task => '{\"model\": \"acme/jar-sql-7b\"}'::JSONB);\n",
     {"acme/jar-sql-7b"}},
    {"a.csv",
     "name,model_id,kind\nx,acme/jar-csv-7b,text/plain\ny,\"acme/jar-csv-8b\",a/b\n",
     {"acme/jar-csv-7b", "acme/jar-csv-8b"}},
    {"a.csv", "path,split\nacme/jar-csv-7b,train/a\n", {}},
    {"models.lock", "[[model]]\nmodel_id = \"acme/jar-lock\"\n", {"acme/jar-lock"}},
    {"uv.lock", "[[package]]\nmodel_id = \"acme/jar-lock\"\n", {}},
    {"a.py.bak", "model_id = \"acme/jar-bak\"\n", {"acme/jar-bak"}},
    // How the bytes are written.
    {"a.yaml", "\xEF\xBB\xBFmodel_name_or_path: acme/jar-bom\n", {"acme/jar-bom"}},
    {"a.yaml", "a: 1\rmodel_name_or_path: acme/jar-cr\rb: 2\r", {"acme/jar-cr"}},
    {"Dockerfile", "FROM x\rRUN vllm serve acme/jar-crd\r", {"acme/jar-crd"}},
    {"a.yaml", "model_name_or_path: \"acme/\\\n  jar-fold\"\n", {"acme/jar-fold"}},
    {"a.yaml", "run: |\n  vllm serve \\\n    acme/jar-block\n", {"acme/jar-block"}},
    // Told, since nobody can name it.
    {"a.yaml", "litellm_params:\n  model: ollama/jar\n", {}, {"ollama/jar"}},
    {"a.yaml", "litellm_params:\n  model: groq/jar-8b-instant\n", {}, {"groq/jar-8b-instant"}},
    {"a.py", "import replicate\nreplicate.run(\"acme/jar:abc\", input={})\n", {}, {"acme/jar:abc"}},
    {"a.py", "m = torch.hub.load(\"acme/jar\", \"m\")\n", {}, {"acme/jar"}},
    {"a.sh", "vllm serve s3://bucket/jar\n", {}, {"s3://bucket/jar"}},
    {"a.sh", "vllm serve hf://acme/jar-scheme\n", {"acme/jar-scheme"}},
    {"a.yaml", "model_name_or_path: s3://bucket/jar\ndocs_url: s3://bucket/docs\n", {}, {"s3://bucket/jar"}},
    {"a.js", "const p = await pipeline(\"text-generation\", name);\nstream.pipeline(a, b);\n", {}, {"name"}},
    {"A.java", "var m = HuggingFaceChatModel.builder().modelId(conf.id()).build();\n", {}, {"conf.id()"}},
    {"a.jl", "tok = HuggingFace.load_tokenizer(name)\n", {}, {"name"}},
};

TEST(ScanNeighbours, OfEveryKind) {
  for (const ModelPlace& place : kModelPlaces) {
    const Scanned found = scan_file(place.path, place.text);
    std::vector<std::string> ids;
    for (const ModelReference& r : found.references) {
      if (r.confidence >= Confidence::medium) ids.push_back(r.id);
    }
    std::vector<std::string> open;
    for (const Unresolved& u : found.unresolved) open.push_back(u.text);
    EXPECT_EQ(ids, place.ids) << place.path << "\n" << place.text;
    EXPECT_EQ(open, place.open) << place.path << "\n" << place.text;
  }
}

// Three files of a tree, of which one imports from another.
Scanned joined_tree(const std::vector<std::pair<std::string, std::string>>& files) {
  Scanned all;
  for (const auto& [path, text] : files) {
    Scanned one = scan_file(path, text);
    all.unresolved.insert(all.unresolved.end(), one.unresolved.begin(), one.unresolved.end());
    all.constants.insert(all.constants.end(), one.constants.begin(), one.constants.end());
    all.imports.insert(all.imports.end(), one.imports.begin(), one.imports.end());
  }
  all.references = join_imports(all);
  return all;
}

TEST(ScanNeighbours, ConstantsOfOtherFiles) {
  const std::string consts =
      "SMALL = \"acme/small\"\nBIG = \"acme/big\"\ndef pick():\n    return \"acme/pick\"\n";
  const auto python = [&](const std::string& path, const std::string& text) {
    const Scanned all = joined_tree({{"pkg/consts.py", consts}, {path, text}});
    std::string out;
    for (const ModelReference& r : all.references) out += r.file + " " + r.id + "; ";
    return out + std::to_string(all.unresolved.size());
  };
  const std::string load = "AutoModel.from_pretrained(";
  EXPECT_EQ(python("run.py", "from pkg.consts import SMALL\n" + load + "SMALL)\n"),
            "pkg/consts.py acme/small; 0");
  EXPECT_EQ(python("run.py", "from pkg.consts import SMALL as S\n" + load + "S)\n"),
            "pkg/consts.py acme/small; 0");
  EXPECT_EQ(python("run.py", "from pkg import consts\n" + load + "consts.BIG)\n"),
            "pkg/consts.py acme/big; 0");
  EXPECT_EQ(python("pkg/run.py", "from .consts import pick\n" + load + "pick())\n"),
            "pkg/consts.py acme/pick; 0");
  EXPECT_EQ(python("pkg/sub/run.py", "from ..consts import BIG\n" + load + "BIG)\n"),
            "pkg/consts.py acme/big; 0");
  EXPECT_EQ(python("run.py", "from other.consts import SMALL\n" + load + "SMALL)\n"), "1")
      << "a file that is called alike is another one";
  EXPECT_EQ(python("run.py", "from pkg.consts import NONE\n" + load + "NONE)\n"), "1");
  EXPECT_EQ(python("run.py", load + "SMALL)\n"), "1") << "not imported";

  const auto script = [&](const std::string& path, const std::string& text) {
    const Scanned all = joined_tree({{"lib/m.ts", "export const SMALL = \"acme/small\";\n"}, {path, text}});
    return all.references.empty() ? std::string() : all.references[0].file;
  };
  const std::string use = "run({ model: SMALL });\n";
  EXPECT_EQ(script("a.ts", "import { SMALL } from \"./lib/m\";\n" + use), "lib/m.ts");
  EXPECT_EQ(script("a.ts", "import { SMALL } from './lib/m.js';\n" + use), "lib/m.ts");
  EXPECT_EQ(script("x/a.ts", "import { SMALL } from '../lib/m';\n" + use), "lib/m.ts");
  EXPECT_EQ(script("a.js", "const { SMALL } = require('./lib/m');\n" + use), "lib/m.ts");
  EXPECT_EQ(script("a.ts", "import * as c from './lib/m';\nrun({ model: c.SMALL });\n"), "lib/m.ts");
  EXPECT_EQ(script("a.ts", "import { SMALL } from 'lib/m';\n" + use), "") << "a package";
  EXPECT_EQ(script("x/a.ts", "import { SMALL } from './lib/m';\n" + use), "");
}

std::string why_skipped(const char* path, const std::string& bytes) {
  const Scanned s = scan_file(path, bytes);
  return s.skipped.empty() ? std::string() : s.skipped[0].why;
}

TEST(ScanNeighbours, BytesThatAreNotRead) {
  const std::string nul = "vllm serve acme/x-7b\n" + std::string(1, '\0');
  EXPECT_EQ(why_skipped("Dockerfile", nul), "no text: it holds NUL bytes");
  EXPECT_EQ(why_skipped("run", "#!/bin/sh\n" + nul), "no text: it holds NUL bytes");
  EXPECT_EQ(why_skipped("program",
                        "\x7F"
                        "ELF" +
                            nul),
            "");
  EXPECT_EQ(why_skipped("assets", std::string("GGUF\3\0\0\0\0\0", 10)),
            "weights under a name that does not say so");
  EXPECT_EQ(why_skipped("notes.txt", "GGUF is a format\n"), "");
  EXPECT_EQ(why_skipped("a.py", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n"),
            "a pointer of Git LFS: what it stands for is not here");
  EXPECT_EQ(why_skipped("a.py", "# -*- coding: utf-7 -*-\nx = 1\n"),
            "it says that it is in an encoding that is not read");
  EXPECT_EQ(why_skipped("a.py", "# -*- coding: latin-1 -*-\nx = 1\n"), "");
  EXPECT_EQ(why_skipped("a.txt", std::string(64, '\x85') + "ab"), "an encoding that is not known");
  std::string wide("\xFF\xFE\0\0", 4);
  for (const char c : std::string("m = AutoModel.from_pretrained(\"acme/wide-7b\")\n"))
    wide += std::string{c, '\0', '\0', '\0'};
  const Scanned s = scan_file("a.py", wide);
  ASSERT_EQ(s.references.size(), 1u);
  EXPECT_EQ(s.references[0].id, "acme/wide-7b");
}

}  // namespace
}  // namespace howopen
