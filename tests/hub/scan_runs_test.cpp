// Files of any ending that are run: read as what they are run as, or told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

const std::string kProgram =
    "from transformers import AutoModel\nm = AutoModel.from_pretrained('acme/jar')\n";
const std::string kScript = "vllm serve acme/jar\n";

struct Tree {
  std::string file, content;      // that is run
  std::string starter, starting;  // what runs it
  std::string named, open;
};

Tree python(std::string starter, std::string starting, std::string file = "assets/logo.png") {
  return {std::move(file), kProgram, std::move(starter), std::move(starting), "acme/jar", ""};
}

std::string all(const text::Json& list, std::string_view key) {
  std::string out;
  for (const text::Json& one : list.items())
    out += (out.empty() ? "" : " ") + std::string(one[key].string_or(""));
  return out;
}

TEST(ScanRuns, FilesOfAnyEnding) {
  const Tree trees[] = {
      python("a.py", "import runpy\nrunpy.run_path('assets/logo.png')\n"),
      python("src/a.py", "exec(open('assets/logo.png').read())\n"),
      python("a.py", "exec(compile(open('x.dat').read(), 'x.dat', 'exec'))\n", "x.dat"),
      python("a.py", "import subprocess, sys\nsubprocess.run([sys.executable, 'x.bin'])\n", "x.bin"),
      python("a.py", "import os\nos.system('python3 -u x.bin')\n", "x.bin"),
      python("run.sh", "python3 \"$ROOT/assets/logo.png\" --port 1\n"),
      python("run.sh", "python bin/tool\n", "bin/tool"),
      python("run.sh", "python notes.md\n", "notes.md"),
      python("Dockerfile", "FROM python\nCOPY . /app\nCMD [\"python\", \"/app/x.bin\"]\n", "x.bin"),
      python("compose.yaml", "services:\n  a:\n    command: [\"python\", \"x.bin\"]\n", "x.bin"),
      {"x.csv", kScript, "run.sh", "source ./x.csv\n", "acme/jar", ""},
      {"x.txt", "const model = 'acme/jar-7b';\n", "package.json",
       "{\"scripts\": {\"start\": \"node x.txt\"}}", "acme/jar-7b", ""},
      {"x.txt", "library(text)\nx <- textEmbed(t, model = 'acme/jar')\n", "run.sh", "Rscript x.txt\n",
       "acme/jar", ""},
      // Neighbours: what is not there is told, what is only opened is data.
      {"y.txt", kProgram, "run.sh", "python x.txt\n", "", "x.txt"},
      {"x.txt", kProgram, "a.py", "rows = open('x.txt').read()\n", "", ""},
      {"x.txt", kProgram, "run.sh", "cat x.txt\n", "", ""},
  };
  for (const Tree& t : trees) {
    const TempDir dir;
    for (const auto& [path, content] : {std::pair{t.file, t.content}, std::pair{t.starter, t.starting}}) {
      fs::create_directories(fs::path(dir.path() + "/" + path).parent_path());
      dir.write(path, content);
    }
    const auto json = text::parse_json(run({"scan", dir.path(), "-o", "json"}).out);
    ASSERT_TRUE(json) << t.starting;
    EXPECT_EQ(all((*json)["references"], "id"), t.named) << t.starting;
    EXPECT_EQ(all((*json)["unresolved"], "text"), t.open) << t.starting;
    if (!t.named.empty()) {
      EXPECT_EQ((*json)["references"].items()[0]["file"].string_or(""), t.file);
    }
  }
}

TEST(ScanRuns, OneRunsAnother) {
  const TempDir dir;
  dir.write("a.py", "exec(open('b.dat').read())\n");
  dir.write("b.dat", "exec(open('c.dat').read())\nexec(open('b.dat').read())\n");
  dir.write("c.dat", kProgram);
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/jar\n");
}

// What a chart puts together from its values is named where the template stands.
TEST(ScanCharts, NamesOfSeveralValues) {
  const std::string values = "org: acme\nmodel:\n  name: jar-7b\n";
  const struct {
    const char *file, *text, *ids, *open;
  } cases[] = {
      {"c/templates/a.yaml", "args: [\"--model\", \"{{ .Values.org }}/{{ .Values.model.name }}\"]\n",
       "acme/jar-7b", ""},
      {"c/templates/a.yaml", "args:\n  - --model={{ .Values.org }}/jar-8b\n", "acme/jar-8b", ""},
      {"c/templates/a.yaml", "model: {{ printf \"%s/%s\" .Values.org .Values.model.name | quote }}\n",
       "acme/jar-7b", ""},
      {"c/templates/_h.tpl",
       "{{- define \"c.model\" -}}\n{{ .Values.org }}/{{ .Values.model.name }}\n{{- end -}}\n", "acme/jar-7b",
       ""},
      {"c/templates/a.yaml", "args: [\"--model\", \"{{ .Values.org }}/{{ .Values.size }}\"]\n", "",
       "{{ .Values.org }}/{{ .Values.size }}"},
      {"d/templates/a.yaml", "args: [\"--model\", \"{{ .Values.org }}/{{ .Values.model.name }}\"]\n", "",
       "{{ .Values.org }}/{{ .Values.model.name }}"},
      {"c/templates/a.yaml", "image: \"{{ .Values.org }}/{{ .Values.model.name }}\"\n", "", ""},
  };
  for (const auto& c : cases) {
    const TempDir dir;
    for (const auto& [path, content] :
         {std::pair<std::string, std::string>{"c/values.yaml", values}, {c.file, c.text}}) {
      fs::create_directories(fs::path(dir.path() + "/" + path).parent_path());
      dir.write(path, content);
    }
    const auto json = text::parse_json(run({"scan", dir.path(), "-o", "json"}).out);
    ASSERT_TRUE(json) << c.text;
    EXPECT_EQ(all((*json)["references"], "id"), c.ids) << c.text;
    EXPECT_EQ(all((*json)["unresolved"], "text"), c.open) << c.text;
  }
}

// values-prod.yaml says in part what values.yaml says.
TEST(ScanCharts, ValuesThatChangeOthers) {
  const TempDir dir;
  fs::create_directories(dir.path() + "/templates");
  dir.write("values.yaml", "org: acme\nname: jar-7b\n");
  dir.write("values-prod.yaml", "org: evil\n");
  dir.write("templates/a.yaml", "model: \"{{ .Values.org }}/{{ .Values.name }}\"\n");
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, "acme/jar-7b\nevil/jar-7b\n");
}

TEST(ScanRuns, WhatIsNoTextIsTold) {
  const TempDir dir;
  dir.write("a.sh", "python x.png\n");
  dir.write("x.png", std::string("\x89PNG\0\1\2", 7));
  EXPECT_THAT(run({"scan", dir.path(), "-v"}).out, HasSubstr("run as a program, and no text"));
}

}  // namespace
}  // namespace howopen::test
