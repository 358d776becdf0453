// What a file writes in place, runs, hands on or spells in another way: each kind with neighbours that look
// alike and name no model.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "howopen/scan.h"
#include "scan/words.h"
#include "scan_open.h"

namespace howopen::test::flow {
namespace {

TEST(ScanFlow, ProgramsThatReadTheirInput) {
  ASSERT_FALSE(scan::words().stdin_readers.empty());
  for (const scan::StdinReader& r : scan::words().stdin_readers)
    EXPECT_EQ(ids("a.sh", r.match), "acme/here") << r.match;
}

TEST(ScanFlow, HereDocuments) {
  const std::string python =
      "from transformers import AutoModel\nm = AutoModel.from_pretrained('acme/jar')\n";
  EXPECT_EQ(ids("a.sh", "python3 - <<PY\n" + python + "PY\nvllm serve acme/behind\n"),
            "acme/jar acme/behind");
  EXPECT_EQ(ids("a.sh", "python3 - \"$1\" <<'PY' > out.txt\n" + python + "PY\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "cat > \"$DIR/x.py\" <<EOF\n" + python + "EOF\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "cat <<EOF | sudo tee /etc/x.yaml\nbase_model: acme/jar\nEOF\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "ssh box \"cat > /etc/x.yaml\" <<EOF\nmodel_id: acme/jar\nEOF\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "M=acme/jar\ncat > x.yaml <<EOF\nmodel_id: ${M}\nEOF\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "M=acme/jar\ncat > x.yaml <<'EOF'\nmodel_id: ${M}\nEOF\n"), "");
  EXPECT_EQ(
      ids("a.sh",
          "f() {\n\tcat > x.py <<-EOF\n\timport transformers\n\tx = dict(model='acme/jar-7b')\n\tEOF\n}\n"),
      "acme/jar-7b");
  EXPECT_EQ(ids("Dockerfile", "FROM x\nRUN python3 <<EOF\n" + python + "EOF\nRUN hf download acme/behind\n"),
            "acme/jar acme/behind");
  EXPECT_EQ(ids("Dockerfile", "FROM x\nCOPY <<'EOF' /srv/x.yaml\nmodel_id: acme/jar\nEOF\n"), "acme/jar");
  EXPECT_EQ(ids("Dockerfile",
                "FROM x\nCOPY <<x.yaml <<y.py /srv/\nmodel_id: acme/jar\nx.yaml\nimport transformers\n"
                "x = dict(model='acme/cup-7b')\ny.py\n"),
            "acme/jar acme/cup-7b");
  EXPECT_EQ(
      ids("w.yml", "steps:\n  - run: |\n      cat > x.yaml <<EOF\n      model_id: acme/jar\n      EOF\n"),
      "acme/jar");
  EXPECT_EQ(ids("a.tf", "user_data = <<-EOF\n  #!/bin/bash\n  hf download acme/jar\n  EOF\n"), "acme/jar");
  EXPECT_EQ(open_texts("a.sh", "cat > Modelfile <<EOF\nFROM qwen2.5:7b\nEOF\n"), "qwen2.5:7b");
}

TEST(ScanFlow, NeighboursOfHereDocuments) {
  EXPECT_EQ(ids("a.sh", "x=$((1<<3))\ny=$((1 << x))\nhf download acme/jar\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "cat <<EOF\nhf download acme/jar\n"), "acme/jar") << "it has no end";
  EXPECT_EQ(ids("a.sh", "tr a b <<< \"x\"\nhf download acme/jar\nx\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "<<<<<<< HEAD\nhf download acme/jar\n=======\n>>>>>>> x\nHEAD\n"), "acme/jar");
  EXPECT_EQ(ids("a.sh", "cat > nginx.conf <<EOF\nlocation /api/v1 { proxy_pass http://box/foo; }\nEOF\n"),
            "");
  EXPECT_EQ(ids("a.sh", "cat <<EOF\nSee docs/guide-7b of app/model.\nEOF\n"), "");
}

TEST(ScanFlow, TablesFlowIntoCalls) {
  const std::string load = "from transformers import AutoModel\n";
  EXPECT_EQ(ids("a.py", load + "S = {'a': 'x/y'}\nSIZES = {'s': 'acme/jar', 'l': 'acme/cup'}\n"
                               "AutoModel.from_pretrained(SIZES[size])\n"),
            "acme/jar acme/cup");
  EXPECT_EQ(ids("a.py", load + "SIZES: Dict[str, str] = {'s': 'acme/jar'}\nm = SIZES.get(size)\n"
                               "AutoModel.from_pretrained(m)\n"),
            "acme/jar");
  EXPECT_EQ(ids("a.py", load + "SIZES = {'s': {'id': 'acme/jar', 'dataset': 'acme/rows'}}\n"
                               "AutoModel.from_pretrained(SIZES[size]['id'])\n"),
            "acme/jar");
  EXPECT_EQ(
      ids("a.py",
          load + "REPOS = ['acme/jar', 'acme/cup']\nfor r in REPOS:\n    AutoModel.from_pretrained(r)\n"),
      "acme/jar acme/cup");
  EXPECT_EQ(ids("a.py", load + "ALL = dict(s='acme/jar')\ndef pick(s):\n    return ALL[s]\n"
                               "AutoModel.from_pretrained(pick(s))\n"),
            "acme/jar");
  EXPECT_EQ(ids("a.ts",
                "import { pipeline } from '@huggingface/transformers';\nconst ALL: Record<string, string> = "
                "{ a: 'acme/jar' };\nawait pipeline('summarization', ALL[kind]);\n"),
            "acme/jar");
  EXPECT_EQ(ids("a.go",
                "package a\n// huggingface\nvar all = map[string]string{\"s\": \"acme/jar\"}\n"
                "func f() { run(Config{Model: all[size]}) }\n"),
            "acme/jar");
  EXPECT_EQ(
      open_texts("a.py",
                 "import whisper\nSIZES = {'s': 'tiny', 'l': 'large-v3'}\nwhisper.load_model(SIZES[size])\n"),
      "tiny large-v3");
}

TEST(ScanFlow, NeighboursOfTables) {
  const std::string load = "from transformers import AutoModel\nm = AutoModel.from_pretrained('acme/own')\n";
  EXPECT_EQ(ids("a.py", load + "ROUTES = {'a': 'users/list'}\nrender(ROUTES[k])\n"), "acme/own");
  EXPECT_EQ(ids("a.py", load + "ROUTES = {'a': 'users/list'}\nopen_page(path=ROUTES[k])\n"), "acme/own");
  EXPECT_EQ(ids("a.py", load + "MIME = {'wav': 'audio/wav-x'}\nload(MIME[k])\n"), "acme/own");
  EXPECT_EQ(ids("a.py", load + "DATA = {'a': 'acme/rows'}\nload_dataset(DATA[k])\n"), "acme/own");
  EXPECT_EQ(ids("a.py", load + "CFG = {'dataset': 'acme/rows'}\nAutoModel.from_pretrained(CFG[k])\n"),
            "acme/own");
  EXPECT_EQ(ids("a.ts", "const PAGES = { a: 'acme/page' };\ngo({ route: PAGES[k] });\n"), "");
}

// The colon of a header is none of a type.
TEST(ScanFlow, TheFirstConstantOfABlock) {
  const std::string load = "from transformers import AutoModel\n";
  EXPECT_EQ(ids("a.py", load + "class C:\n    REPO = 'acme/jar'\n    def go(self):\n"
                               "        return AutoModel.from_pretrained(self.REPO)\n"),
            "acme/jar");
  EXPECT_EQ(ids("a.py", load + "def f():\n    repo = 'acme/jar'\n    AutoModel.from_pretrained(repo)\n"),
            "acme/jar");
  EXPECT_EQ(ids("a.py", load + "repo: str = 'acme/jar'\nAutoModel.from_pretrained(repo)\n"), "acme/jar");
}

TEST(ScanFlow, FilesThatAreRun) {
  ASSERT_FALSE(scan::words().runners.empty());
  for (const scan::Runner& r : scan::words().runners) {
    EXPECT_EQ(open_texts(r.file, r.match), "boot.txt") << r.match;
    EXPECT_EQ(open_texts(r.file, r.other), "") << r.other;
  }
  EXPECT_EQ(open_texts("a.sh", "source ./models.txt\n"), "./models.txt");
  EXPECT_EQ(open_texts("a.sh", "sudo python3.12 -u boot.dat --port 1\n"), "boot.dat");
  EXPECT_EQ(open_texts("Dockerfile", "FROM x\nCMD [\"python\", \"boot.txt\"]\n"), "boot.txt");
}

TEST(ScanFlow, NeighboursOfFilesThatAreRun) {
  EXPECT_EQ(
      open_texts("a.sh", "source .env\n. ./venv/bin/activate\nbash setup.sh\npython -m json.tool a.txt\n"),
      "");
  EXPECT_EQ(open_texts("a.sh", "python3 train.py --data rows.txt\npython -c 'x' a.txt\ncat a.txt\n"), "");
  EXPECT_EQ(open_texts("a.sh", "# source models.txt\n"), "");
  EXPECT_EQ(open_texts("README.md", "```bash\nsource models.txt\n```\n"), "");
  EXPECT_EQ(open_texts("tags", "sh\tvarious.txt\t/*sh*\n"), "");
  EXPECT_EQ(open_texts("tests/test_a.py", "exec(open('boot.txt').read())\n"), "");
}

TEST(ScanFlow, OtherSpellings) {
  EXPECT_EQ(
      ids("a.xml", "<a><entry key=\"modelId\" value=\"acme&#47;jar\"/><modelId>acme&#x2F;cup</modelId></a>"),
      "acme/jar acme/cup");
  EXPECT_EQ(ids("a.xml", "<!DOCTYPE a [<!ENTITY m \"acme/jar\">]><a><modelId>&m;</modelId></a>"), "acme/jar");
  EXPECT_EQ(ids("a.xml", "<a><modelId><![CDATA[acme/jar]]></modelId></a>"), "acme/jar");
  EXPECT_EQ(ids("strings.xml", "<resources><string name=\"model_id\">acme/jar</string></resources>"),
            "acme/jar");
  EXPECT_EQ(ids("Info.plist", "<dict><key>ModelID</key><string>acme/jar</string></dict>"), "acme/jar");
  EXPECT_EQ(ids("a.xml",
                "<a><entry key=\"page\" value=\"acme&#47;jar\"/><b>AT&amp;T</b><c>&#9999;</c><d>&#;</d></a>"),
            "");
  EXPECT_EQ(ids("a.yaml", "? base_model\n: !!str \"acme/jar\"\n? [a, b]\n: text/plain\n"), "acme/jar");
  EXPECT_EQ(ids("a.yaml", "x:\n  ? model_id\n  : >-\n    acme/jar\n"), "acme/jar");
  EXPECT_EQ(ids("a.yaml", "? page\n: acme/jar\n"), "");
  EXPECT_EQ(ids("a.ini", "[model]\nname = acme/jar-7b\n[page]\nname = acme/cup-7b\n"), "acme/jar-7b");
}

TEST(ScanFlow, RecipesOfMakeAndJust) {
  EXPECT_EQ(
      ids("Makefile", "get:\n\t@hf download acme/jar\n\t-hf download acme/cup\n\t@-+vllm serve acme/pot\n"),
      "acme/jar acme/cup acme/pot");
  EXPECT_EQ(ids("Makefile", "run:\n\tllama-server \\\n\t-hf acme/jar-GGUF\n"), "acme/jar-GGUF");
  EXPECT_EQ(ids("Makefile", "run:\n\t@echo acme/jar\n\t@npm i @acme/jar\n"), "");
  EXPECT_EQ(ids("justfile", "model := env_var_or_default(\"MODEL\", \"acme/jar-7b\")\n"), "acme/jar-7b");
  EXPECT_EQ(
      ids("justfile", "embed_model := env(\"E\", \"acme/jar-7b\")\nimage := env(\"I\", \"acme/cup-7b\")\n"),
      "acme/jar-7b");
  EXPECT_EQ(ids("x.just",
                "a:\n    #!/usr/bin/env python3\n    from transformers import pipeline\n"
                "    p = pipeline('ner', model='acme/jar')\n\nb:\n    true\n"),
            "acme/jar");
}

TEST(ScanFlow, AddressesWithoutAHost) {
  EXPECT_EQ(ids("a.py", "u = f'{BASE}/acme/jar/resolve/main/x.bin'\n"), "acme/jar");
  EXPECT_EQ(ids("a.py", "u = BASE + '/acme/jar/resolve/main/x.bin'\n"), "acme/jar");
  EXPECT_EQ(
      ids("a.sh", "curl -LO ${HF_ENDPOINT:-x}/acme/jar/resolve/main/x.bin\nwget $HF/acme/cup/resolve/v1/x\n"),
      "acme/jar acme/cup");
  EXPECT_EQ(ids("a.py", "u = 'https://example.org/acme/jar/resolve/main/x.bin'\n"), "");
  EXPECT_EQ(ids("a.py", "u = f'{BASE}/api/acme/jar/resolve/main/x.bin'\n"), "");
  EXPECT_EQ(ids("a.py", "u = '/users/list/resolve/'\nv = 'a/resolve/b'\n"), "");
  const std::string digest = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
  EXPECT_NE(open_texts("a.py", "u = 'https://cdn-lfs-us-1.hf.co/repos/ab/cd/" + digest + "?x=1'\n"), "");
  EXPECT_NE(open_texts("a.sh", "curl -LO cas-bridge.xethub.hf.co/xet-bridge-us/66/" + digest + "\n"), "");
  EXPECT_EQ(
      open_texts("a.yaml", "allow:\n  - https://cdn-lfs.huggingface.co/\n  - cas-bridge.xethub.hf.co/v1\n"),
      "");
  EXPECT_EQ(open_texts("README.md", "https://cdn-lfs-us-1.hf.co/repos/ab/cd/" + digest + "\n"), "");
}

TEST(ScanFlow, Prefixes) {
  ASSERT_FALSE(scan::words().prefixes.empty());
  for (const scan::Prefix& p : scan::words().prefixes) {
    EXPECT_NE(ids(p.file, p.match) + open_texts(p.file, p.match), "") << p.match;
    EXPECT_EQ(ids(p.file, p.other) + open_texts(p.file, p.other), "") << p.other;
  }
  EXPECT_EQ(
      open_texts("a.yaml", "providers:\n  - ollama:chat:llama3.1:70b\n  - id: ollama:completion:mistral\n"),
      "llama3.1:70b mistral");
}

TEST(ScanFlow, KeysThatSayOtherwise) {
  const std::string djl = "import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer\n";
  EXPECT_EQ(ids("A.scala", djl + "val topic = \"events/embeddings\"\n"), "");
  EXPECT_EQ(ids("A.kt", djl + "val queue: String = \"jobs-eu/rerank-requests\"\n"), "");
  EXPECT_EQ(ids("a.py", "import transformers\nx = 'mail/whisper'\n"), "");
  EXPECT_EQ(ids("a.py", "import transformers\nx = 'acme/whisper-7b'\n"), "acme/whisper-7b");
  EXPECT_EQ(ids("a.py", "import transformers\nsubject = 'acme/whisper-alerts'\n"), "");
}

TEST(ScanFlow, StoresAroundANestedModel) {
  EXPECT_EQ(open_texts("a.py", "c = {'llm': {'provider': 'ollama', 'config': {'model': 'llama3.1'}}}\n"),
            "llama3.1");
  EXPECT_EQ(open_texts("a.yaml", "models:\n  - provider: ollama\n    model: qwen2.5-coder\n"),
            "qwen2.5-coder");
  EXPECT_EQ(open_texts("a.yaml", "spring:\n  ai:\n    ollama:\n      chat:\n        model: mistral\n"),
            "mistral");
  EXPECT_EQ(open_texts("a.yaml", "models:\n  - provider: redis\n    model: mistral\n"), "");
  EXPECT_EQ(open_texts("a.py", "c = {'shop': {'provider': 'acme', 'config': {'model': 'bicycle'}}}\n"), "");
}

// `model` in a file that speaks to Ollama is one of its names.
TEST(ScanFlow, FilesThatSpeakToAStore) {
  const std::string at = "http://localhost:11434";
  EXPECT_EQ(open_texts("a.py", "post('" + at + "/api/chat', json={'model': 'llama3.2', 'messages': []})\n"),
            "llama3.2");
  EXPECT_EQ(open_texts("a.py",
                       "c = OpenAI(base_url='" + at + "/v1')\nc.chat.completions.create(model='llama3.2')\n"),
            "llama3.2");
  EXPECT_EQ(open_texts("a.sh", "curl " + at + "/api/pull -d '{\"model\": \"llama3.2\"}'\n"), "llama3.2");
  EXPECT_EQ(open_texts("a.go",
                       "package a\nimport \"github.com/ollama/ollama/api\"\n"
                       "func f() { r := &api.ChatRequest{Model: \"llama3.2\"} }\n"),
            "llama3.2");
  EXPECT_EQ(open_texts("A.cs", "IChatClient c = new OllamaChatClient(new Uri(u), \"llama3.1\");\n"),
            "llama3.1");
  EXPECT_EQ(open_texts("a.rs", "fn f() { let a = ollama::Client::new().agent(\"llama3.2\").build(); }\n"),
            "llama3.2");
  EXPECT_EQ(open_texts("a.py", "post('http://localhost:8080/cars', json={'model': 'bicycle'})\n"), "");
  EXPECT_EQ(open_texts("a.py", "post('" + at + "/api/tags', json={'name': 'x', 'view_model': 'y'})\n"), "");
  EXPECT_EQ(ids("a.py", "post('" + at + "/v1', json={'model': 'gpt-4o'})\n"), "gpt-4o");
  EXPECT_EQ(ids("a.py", "post('" + at + "/v1', json={'model': 'acme/jar-7b'})\n"), "acme/jar-7b");
}

TEST(ScanFlow, CommandsInPrograms) {
  EXPECT_EQ(ids("a.ts", "spawn('vllm', ['serve', 'acme/jar']);\n"), "acme/jar");
  EXPECT_EQ(open_texts("a.ts", "await execa('ollama', ['pull', 'llama3.2']);\n"), "llama3.2");
  EXPECT_EQ(ids("a.rb", "x = `hf download acme/jar`\n"), "acme/jar");
  EXPECT_EQ(ids("a.rs", "fn f() { let m = TextModelBuilder::new(\"acme/jar\").build(); }\n"), "acme/jar");
  EXPECT_EQ(open_texts("a.sh", "python -m spacy download en_core_web_lg\n"), "en_core_web_lg");
  EXPECT_EQ(ids("a.ts", "spawn('git', ['checkout', 'acme/jar']);\n"), "");
  EXPECT_EQ(ids("a.rb", "# see `lib/jar` and `acme/cup`\n"), "");
  EXPECT_EQ(ids("a.rs", "fn f() { let m = PageBuilder::new(\"acme/jar\").build(); }\n"), "");
  EXPECT_EQ(open_texts("a.sh", "spacy --help\nspacy train cfg.cfg\n"), "");
}

TEST(ScanFlow, WeightsElsewhere) {
  EXPECT_EQ(open_texts("a.sh", "wget https://example.net/a/jar.onnx\n"), "https://example.net/a/jar.onnx");
  EXPECT_EQ(open_texts("a.yaml", "image: nvcr.io/nim/meta/jar-8b:1.3\n"), "nvcr.io/nim/meta/jar-8b:1.3");
  EXPECT_EQ(open_texts("a.yaml", "spec:\n  url: ollama://gemma2:2b\n"), "ollama://gemma2:2b");
  EXPECT_EQ(open_texts("a.yaml", "spec:\n  storageUri: s3://acme/jar\n"), "s3://acme/jar");
  EXPECT_EQ(open_texts("a.py", "import kagglehub\nkagglehub.model_download('acme/jar/keras/2b')\n"),
            "acme/jar/keras/2b");
  EXPECT_EQ(open_texts("a.sh", "wget https://onnx.ai/jar https://example.net/jar.onnx.md\n"), "");
  EXPECT_EQ(open_texts("a.yaml", "image: nvcr.io/nvidia/pytorch:25.01\n"), "");
  EXPECT_EQ(open_texts("a.json", "{\"4\": {\"inputs\": {\"unet_name\": \"jar.safetensors\"}}}"),
            "jar.safetensors");
}

TEST(ScanFlow, ListsOfAShell) {
  EXPECT_EQ(open_texts("a.sh", "for m in acme/jar-1b acme/cup-2b; do hf download $m; done\n"), "");
  EXPECT_EQ(open_texts("a.sh", "for m in $LIST; do hf download $m; done\n"), "$m");
  EXPECT_EQ(open_texts("a.fish", "set -gx HF_MODEL acme/jar\nvllm serve $HF_MODEL\n"), "");
  EXPECT_EQ(open_texts("a.yaml", "envs:\n  MODEL_NAME: acme/jar\nrun: |\n  vllm serve $MODEL_NAME\n"), "");
  EXPECT_EQ(
      ids("a.service", "[Service]\nEnvironment=\"MODEL_ID=acme/jar\"\nExecStart=vllm serve ${MODEL_ID}\n"),
      "acme/jar");
}

}  // namespace
}  // namespace howopen::test::flow
