// Where ids of models stand and where they do not, by kind; what is left out of a file is told.

#include "scan_kinds.h"

#include <gtest/gtest.h>

#include <set>

#include "howopen/scan.h"
#include "scan/words.h"
#include "scan_open.h"

namespace howopen::test {
namespace {

std::string ids(const ScanKind& k, Confidence least = Confidence::medium) {
  std::set<std::string> all;
  for (const ModelReference& r : scan_file(k.file, k.text).references) {
    if (r.confidence >= least) all.insert(r.id);
  }
  std::string out;
  for (const std::string& id : all) out += (out.empty() ? "" : " ") + id;
  return out;
}

std::string skipped(std::string_view file, std::string_view text) {
  std::string out;
  for (const SkippedFile& s : scan_file(file, text).skipped) out += (out.empty() ? "" : "; ") + s.why;
  return out;
}

std::string many(std::size_t n, const std::string& piece) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += piece;
  return out;
}

std::string served(std::string_view file, std::string_view text) {
  std::string out;
  for (const ModelReference& r : scan_file(file, text).references) {
    if (r.registry == Registry::api) out += (out.empty() ? "" : " ") + r.id;
  }
  return out;
}

TEST(ScanKinds, ServedModels) {
  EXPECT_EQ(served("a.py", "r = c.chat.completions.create(model=\"gpt-4o\", messages=[])\n"), "gpt-4o");
  EXPECT_EQ(served("a.py", "m = ChatVendor(\"gpt-4o-mini\", temperature=0)\n"), "gpt-4o-mini");
  EXPECT_EQ(served("a.py", "completion(model='anthropic/claude-3-5-sonnet-20241022')\n"),
            "claude-3-5-sonnet-20241022");
  EXPECT_EQ(served("a.py", "completion(model='bedrock/eu.anthropic.claude-3-haiku-20240307-v1:0')\n"),
            "claude-3-haiku-20240307");
  EXPECT_EQ(served("a.py", "model = 'vertex_ai/gemini-1.5-pro@001'\n"), "gemini-1.5-pro");
  EXPECT_EQ(served("a.py", "import openai\nmodel = 'o3'\n"), "o3");
  EXPECT_EQ(served("a.yaml", "llm:\n  model: gpt-4.1\nenv:\n- name: CHAT_MODEL\n  value: claude-opus-4-1\n"),
            "gpt-4.1 claude-opus-4-1");
  EXPECT_EQ(served("a.ts", "const r = f({ model: vendor('gpt-4o'), prompt: 'x' });\n"), "gpt-4o");
  EXPECT_EQ(served("a.sh", "assistant --model gpt-4o\nexport MODEL=grok-3-mini\n"), "gpt-4o grok-3-mini");
  // What only begins so is somebody's model, or none at all.
  EXPECT_EQ(served("a.py", "model = 'acme/gpt-4-7b'\nmodel = 'gpt-4-alpaca'\nmodel = 'o1js'\nmodel = 'o3'\n"),
            "");
  EXPECT_EQ(served("a.py", "name = 'gpt-4o'\nprint('gpt-4 is fine')\n"), "");
  EXPECT_EQ(served("a.py", "AutoModel.from_pretrained('openai/gpt-oss-20b')\n"), "");
}

TEST(ScanKinds, RolesFollowTheFile) {
  const auto role = [](std::string_view file, std::string_view text) {
    const Scanned s = scan_file(file, text);
    return s.references.empty() ? std::string() : std::string(word(s.references.front().role));
  };
  EXPECT_EQ(role("src/a.py", "AutoModel.from_pretrained('nova/a')\n"), "code");
  EXPECT_EQ(role("src/a.py", "# AutoModel.from_pretrained('nova/a')\n"), "comment");
  EXPECT_EQ(role("tests/test_a.py", "AutoModel.from_pretrained('nova/a')\n"), "test");
  EXPECT_EQ(role("a.yaml", "model_id: nova/a-7b\n"), "config");
  EXPECT_EQ(role("Dockerfile", "RUN hf download nova/a\n"), "command");
  EXPECT_EQ(role("docs/a.md", "`vllm serve nova/a`\n"), "document");
}

TEST(ScanKinds, Blocks) {
  for (const ScanKind& k : kBlocks) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Leaks) {
  for (const ScanKind& k : kLeaks) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Lists) {
  for (const ScanKind& k : kLists) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Registries) {
  for (const ScanKind& k : kRegistries) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, NoModels) {
  for (const ScanKind& k : kNoModels) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Names) {
  for (const ScanKind& k : kNames) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Options) {
  for (const ScanKind& k : kOptions) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Builders) {
  for (const ScanKind& k : kBuilders) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Labels) {
  for (const ScanKind& k : kLabels) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Infrastructure) {
  for (const ScanKind& k : kInfrastructure) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Yaml) {
  for (const ScanKind& k : kYaml) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Documents) {
  for (const ScanKind& k : kDocuments) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Shell) {
  for (const ScanKind& k : kShell) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Conditions) {
  for (const ScanKind& k : kConditions) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Placeholders) {
  for (const ScanKind& k : kPlaceholders) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Urls) {
  for (const ScanKind& k : kUrls) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Forms) {
  for (const ScanKind& k : kForms) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, Programs) {
  for (const ScanKind& k : kPrograms) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}
TEST(ScanKinds, WhatNamesNoModelOfTheHubIsTold) {
  EXPECT_EQ(open_names("a.py", "from ollama import chat\nchat(\n 'llama3.1', messages=[])\n"),
            "llama3.1: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("a.py", "import ollama\nollama.pull('llama3.1')\n"),
            "llama3.1: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("a.js", "import o from 'ollama'\nawait o.chat({model: 'llama3.1', messages})\n"),
            "llama3.1: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("a.js", "import {Chat} from 'x'\nawait o.chat({model: 'llama3.1', messages})\n"), "");
  EXPECT_EQ(open_names("a.py", "AutoModel.from_pretrained('nimbus/big\u2011one')\n"),
            "nimbus/big\u2011one: not a name of the Hub");
  EXPECT_EQ(open_names("a.py", "Llama(model_path='./big.Q4.gguf')\n"), "./big.Q4.gguf: a local path");
  EXPECT_EQ(open_names("a.sh", "llama-server -m big.gguf\n"), "big.gguf: a local path");
  EXPECT_EQ(open_names("a.sh", "cp big.gguf /models\n"), "");
  EXPECT_EQ(read_limit("Makefile.gz").bytes, 0U);
  EXPECT_NE(read_limit("Makefile.am").bytes, 0U);
  // Deep quoting is told where it may name a model.
  std::string quoted = "vllm serve nimbus/big-7b";
  for (int i = 0; i < 9; ++i) {
    std::string next;
    for (const char c : quoted) next += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    quoted = "bash -c \"" + next + "\"";
  }
  EXPECT_NE(skipped("a.sh", quoted.substr(0, 60'000)), "");
}
TEST(ScanKinds, Neighbours) {
  for (const ScanKind& k : kNeighbours) EXPECT_EQ(ids(k), k.ids) << k.file << "\n" << k.text;
}

TEST(ScanKinds, BlocksOfDocstringsCountLess) {
  const ScanKind yaml{
      "a.py", "def f():\n    \"\"\"Doc\n\n    ```yaml\n    model_id: nimbus/m\n    ```\n    \"\"\"\n", ""};
  EXPECT_EQ(ids(yaml, Confidence::low), "nimbus/m");
  EXPECT_EQ(ids(yaml), "");
  const ScanKind rst{"a.py", "\"\"\"Doc\n\n.. code-block:: json\n\n    {'model_id': \"nimbus/m\"}\n\"\"\"\n",
                     ""};
  EXPECT_EQ(ids(rst, Confidence::low), "nimbus/m");
  EXPECT_EQ(ids({"a.py", "\"\"\"Doc\n\n.. code-block:: bash\n\n    vllm serve nimbus/m\n\"\"\"\n", ""}),
            "nimbus/m");
}

TEST(ScanKinds, NamesOfOtherRegistriesStayOpen) {
  EXPECT_EQ(open_names("a.py", "import transformers\nm = {Hub.MODELSCOPE: 'Nimbus/q-7b'}\n"),
            "Nimbus/q-7b: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("a.py", "llm = ChatOllama(model='nimbus/q-7b')\n"),
            "nimbus/q-7b: a name of another registry, not of the Hub");
  EXPECT_EQ(
      open_names("a.py", "from modelscope import snapshot_download\nsnapshot_download('Nimbus/q-7b')\n"),
      "Nimbus/q-7b: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("a.yaml", "models:\n  a:\n    model: ai/gemma3:4B\n"),
            "ai/gemma3:4B: a name of Docker's catalog, not of the Hub");
  EXPECT_EQ(open_names("a.yaml", "llm:\n  provider: ollama\n  model: nimbus/q-7b\n"),
            "nimbus/q-7b: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("A.java", "OllamaOptions.builder().model(\"nimbus/x-7b\").build();\n"),
            "nimbus/x-7b: a name of another registry, not of the Hub");
  EXPECT_EQ(open_names("a.sh", "modelscope download --model Nimbus/q-7b\n"),
            "Nimbus/q-7b: a name of another registry, not of the Hub");
  // Imported from both, by a condition: it may be of the Hub.
  EXPECT_EQ(open_names(
                "a.py",
                "if x:\n    from modelscope import snapshot_download\nelse:\n    from huggingface_hub import "
                "snapshot_download\nsnapshot_download('Nimbus/q-7b')\n"),
            "");
}

// A limit that nobody is told of is a model that nobody sees.
TEST(ScanLimits, WhatIsLeftOutIsTold) {
  EXPECT_EQ(skipped("a.py", "f(" + many(5'000, "'x/y', ") + ")\n"),
            "a call or command with more than 4,096 words");
  EXPECT_EQ(skipped("a.py", "x = [" + many(5'000, "1, ") + "]\ny = f(" + many(5'000, "1, ") + ")\n"), "");
  EXPECT_EQ(skipped("a.py", "run(['vllm', " + many(5'000, "'x', ") + "])\n"),
            "a call or command with more than 4,096 words");
  EXPECT_EQ(skipped("a.py", "x = " + many(300, "[") + many(300, "]") + "\n"),
            "brackets deeper than they are read");
  EXPECT_EQ(skipped("a.yaml", "args:\n" + many(5'000, "- x\n")), "a list of YAML with more than 4,096 words");
  EXPECT_EQ(skipped("a.yaml", "args: [" + many(5'000, "x, ") + "]\n"),
            "a list in brackets with more than 4,096 elements");
  EXPECT_EQ(skipped("a.sh", "vllm " + many(5'000, "x ") + "\n"), "a command with more than 4,096 words");
  EXPECT_EQ(skipped("a.sh", "vllm " + std::string(70'000, 'x') + "\n"),
            "a word of a command with more than 65,536 characters");
  std::string deep;
  for (int i = 0; i < 80; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "k:\n";
  EXPECT_EQ(skipped("a.yaml", deep), "keys of YAML deeper than they are read");
  EXPECT_EQ(skipped("a.yaml", "m: {" + many(20'000, "a: b,\n") + "}\n"),
            "a mapping of YAML in braces that is longer than it is read");
  std::string nested;
  for (int i = 0; i < 9; ++i) nested += std::string(static_cast<std::size_t>(i) * 2, ' ') + "k: |\n";
  EXPECT_EQ(skipped("a.yaml", nested + std::string(20, ' ') + "model_id: nimbus/m\n"),
            "languages within languages deeper than they are read");
  std::string variables;
  for (int i = 0; i < 10'002; ++i) variables += "v" + std::to_string(i) + "=x\n";
  EXPECT_EQ(skipped("a.sh", variables), "more than 10,000 variables of a shell");
  EXPECT_EQ(skipped("a.md", many(10'001, "hf://nimbus/m\n")), "more than 10,000 finds: the rest is left out");
}

// What was beyond the old limits is read.
TEST(ScanLimits, LongListsAreReadToTheirEnd) {
  EXPECT_EQ(ids({"a.yaml", ("args:\n" + many(700, "- --x=1\n") + "- --model=nimbus/m-7b\n").c_str(), ""}),
            "nimbus/m-7b");
  EXPECT_EQ(ids({"a.py", ("f(" + many(300, "a=1, ") + "model_id='nimbus/m')\n").c_str(), ""}), "nimbus/m");
  EXPECT_EQ(ids({"a.py", ("f(" + many(5'000, "a='x/y', ") + "model_id='nimbus/m')\n").c_str(), ""}),
            "nimbus/m");
}

TEST(ScanWords, TheTableIsRead) {
  EXPECT_TRUE(scan::words().no_owners.has("src"));
  EXPECT_TRUE(scan::words().strong_keys.has("basemodel"));
  EXPECT_TRUE(scan::words().container_options.has("-v"));
}

// Keys are compared folded, so a word in any other spelling would never match.
TEST(ScanWords, KeysAreWrittenFolded) {
  for (const scan::WordSet* set :
       {&scan::words().strong_keys, &scan::words().weak_keys, &scan::words().loose_keys,
        &scan::words().other_key_parts, &scan::words().other_key_ends, &scan::words().part_keys,
        &scan::words().hub_words, &scan::words().registry_words, &scan::words().registry_types,
        &scan::words().hub_type_keys}) {
    EXPECT_FALSE(set->list().empty());
    for (const std::string& word : set->list()) EXPECT_EQ(scan::folded(word), word);
  }
}

}  // namespace
}  // namespace howopen::test
