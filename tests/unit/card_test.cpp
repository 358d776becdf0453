// The readers of a card: front matter, YAML, Markdown.

#include <gtest/gtest.h>

#include "text/front_matter.h"
#include "text/markdown.h"
#include "text/yaml.h"

namespace howopen::text {
namespace {

TEST(FrontMatter, IsSplitAsHuggingfaceHubSplitsIt) {
  struct Case {
    const char* card;
    bool has;
    const char* yaml;
    const char* body;
    int yaml_line, body_line;
  };
  for (const Case& c :
       {Case{"---\nlicense: mit\n---\n# T\n", true, "license: mit\n", "# T\n", 2, 4},
        Case{"\n\n---\na: 1\n---\nB", true, "a: 1\n", "B", 4, 6},           // blank lines first
        Case{"---\r\na: 1\r\n---\r\nB", true, "a: 1\r\n", "B", 2, 4},       // Windows
        Case{"---\ra: 1\r---\rB", true, "a: 1\r", "B", 2, 4},               // old Macs
        Case{"\xEF\xBB\xBF---\na: 1\n---\nB", true, "a: 1\n", "B", 2, 4},   // byte order mark
        Case{"---\na: 1\n--- \t\nB", true, "a: 1\n", "B", 2, 4},            // blanks behind
        Case{"---\na: 1\n---", true, "a: 1\n", "", 2, 3},                   // ends there
        Case{"---\n---\nB", true, "", "B", 2, 3},                           // empty
        Case{"---\na: 1\n----\nB", false, "", "---\na: 1\n----\nB", 0, 1},  // never closed
        Case{"--- a: 1\n---\nB", false, "", "--- a: 1\n---\nB", 0, 1},      // not a line of its own
        Case{"# T\n---\na: 1\n---\n", false, "", "# T\n---\na: 1\n---\n", 0, 1},
        Case{"", false, "", "", 0, 1}, Case{"---", false, "", "---", 0, 1}}) {
    const CardParts parts = split_card(c.card);
    EXPECT_EQ(parts.has_front_matter, c.has) << c.card;
    EXPECT_EQ(parts.yaml, c.yaml) << c.card;
    EXPECT_EQ(parts.body, c.body) << c.card;
    EXPECT_EQ(parts.yaml_line, c.yaml_line) << c.card;
    EXPECT_EQ(parts.body_line, c.body_line) << c.card;
  }
}

TEST(Yaml, KeepsWordsAsWrittenAndLines) {
  const Yaml y = parse_yaml(
      "license: no\nversion: 3.10\nlanguage:\n- no\n- en\ntrue_one: true\nquoted: \"true\"\nnothing: ~\n", 2);
  ASSERT_TRUE(y.value);
  EXPECT_EQ((*y.value)["license"].string(), "no");
  EXPECT_EQ((*y.value)["license"].line, 2);
  EXPECT_EQ((*y.value)["version"].string(), "3.10");
  EXPECT_EQ((*y.value)["language"].items()[0].string(), "no");
  EXPECT_EQ((*y.value)["language"].items()[1].line, 6);
  EXPECT_EQ((*y.value)["true_one"].boolean(), true);
  EXPECT_EQ((*y.value)["quoted"].string(), "true");
  EXPECT_TRUE((*y.value)["nothing"].is_null());
}

TEST(Yaml, TagsAreInertAndErrorsHaveLines) {
  EXPECT_TRUE(parse_yaml("a: !!python/object/apply:os.system ['id']\n", 1).value);
  const Yaml bad = parse_yaml("a: 1\nb: [1,\n", 10);
  EXPECT_FALSE(bad.value);
  ASSERT_TRUE(bad.error);
  EXPECT_GE(bad.error->line, 11);
}

TEST(Yaml, SurvivesBombsAndDepth) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 15; ++i) {
    const std::string n = std::to_string(i);
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [" + last + "," + last + "," + last + "," + last + "," + last + "]\n";
  }
  EXPECT_FALSE(parse_yaml(bomb, 1).value);
  EXPECT_FALSE(parse_yaml("a: &a [*a]\n", 1).value) << "an alias to itself";
  // Few nodes, and each of 100 kB.
  std::string heavy = "a: &a " + std::string(100'000, 'x') + "\nb:\n";
  for (int i = 0; i < 1'000; ++i) heavy += "- *a\n";
  EXPECT_FALSE(parse_yaml(heavy, 1).value);
  EXPECT_FALSE(parse_yaml("a: *nothing\n", 1).value);
  EXPECT_FALSE(parse_yaml("x: &a 1\ny: &a [*a]\n", 1).value) << "the new one, which is not whole yet";
  EXPECT_FALSE(parse_yaml("{license: mit} }\n", 1).value);
  EXPECT_FALSE(parse_yaml("%TAG !a! b\n---\nx: y\n", 1).value);
  const Yaml twice = parse_yaml("a: &a [x, y]\nb: *a\nc: {d: *a}\n", 1);
  ASSERT_TRUE(twice.value);
  EXPECT_EQ((*twice.value)["c"]["d"].items()[1].string(), "y");
  EXPECT_FALSE(parse_yaml(std::string(100'000, '['), 1).value);
  EXPECT_FALSE(parse_yaml(std::string(300'000, 'x'), 1).value);
  parse_yaml(std::string("a: \0b\n", 6), 1);
}

TEST(Markdown, BlocksWithLinesAndSections) {
  const Markdown m = read_markdown(
      "# Title\n\nFirst line\nsecond line.\n\n## License\n\n- item [MIT](LICENSE)\n\n```python\nx = 1\n```\n",
      5);
  ASSERT_EQ(m.blocks.size(), 5u);
  EXPECT_EQ(m.blocks[0].text, "Title");
  EXPECT_EQ(m.blocks[0].line, 5);
  EXPECT_EQ(m.blocks[1].text, "First line\nsecond line.");
  EXPECT_EQ(Markdown::line_at(m.blocks[1], m.blocks[1].text.find("second")), 8);
  EXPECT_EQ(m.heading_of(3), "License");
  EXPECT_EQ(m.blocks[4].info, "python");
  EXPECT_EQ(Markdown::line_at(m.blocks[4], 0), 15);
  ASSERT_EQ(m.links.size(), 1u);
  EXPECT_EQ(m.links[0].url, "LICENSE");
  EXPECT_EQ(m.links[0].text, "MIT");
  EXPECT_EQ(m.links[0].line, 12);
  EXPECT_EQ(m.links[0].block, 3u);
}

TEST(Markdown, LinksOfEveryKind) {
  const Markdown m = read_markdown(
      "See https://github.com/a/b_c, and <https://x.org>.\n\n"
      "[![Code License](https://img.shields.io/x.svg)](LICENSE-CODE)\n\n"
      "<div align=\"center\">\n  <a href='LICENSE-MODEL' target=_blank><img alt=\"Model License\" "
      "src=\"x\"/></a>\n</div>\n\n"
      "Text with <a href=\"https://y.org\">why</a> inline.\n",
      1);
  ASSERT_EQ(m.links.size(), 5u);
  EXPECT_EQ(m.links[0].url, "https://github.com/a/b_c");
  EXPECT_EQ(m.links[1].url, "https://x.org");
  EXPECT_EQ(m.links[2].url, "LICENSE-CODE");
  EXPECT_EQ(m.links[2].text, "Code License");
  EXPECT_EQ(m.links[3].url, "LICENSE-MODEL");
  EXPECT_EQ(m.links[3].text, "Model License");
  EXPECT_EQ(m.links[3].line, 6);
  EXPECT_EQ(m.links[4].text, "why");
}

TEST(Markdown, TablesAreRows) {
  const Markdown m = read_markdown(
      "| **Model** | Base |\n|:---:|---|\n| A | [B](https://huggingface.co/o/B) |\n| C | "
      "[D](https://huggingface.co/o/D) |\n",
      3);
  ASSERT_EQ(m.blocks.size(), 4u);
  EXPECT_EQ(m.blocks[0].kind, Block::Kind::table_row);
  EXPECT_EQ(m.blocks[2].text, "\t A \t B \t");
  EXPECT_EQ(m.blocks[3].line, 6);
  ASSERT_EQ(m.links.size(), 2u);
  EXPECT_EQ(m.links[0].block, 2u);
  EXPECT_EQ(m.links[1].block, 3u);
}

TEST(Markdown, HostileInputStaysWithinBounds) {
  const auto repeat = [](const char* s, std::size_t n) {
    std::string out;
    while (out.size() < n) out += s;
    return out;
  };
  constexpr std::size_t kSize = 300'000;
  for (const std::string& text :
       {"|" + repeat("x|", kSize / 6) + "\n|" + repeat("-|", kSize / 6) + "\n" + repeat("x\n", kSize / 3),
        repeat("www._", kSize), repeat("<a href=x>", kSize), repeat("[", kSize), repeat("<!--", kSize),
        repeat("<a ", kSize), repeat("> ", kSize), repeat("|\n|--|\n", kSize), repeat("https://x ", kSize),
        repeat("![", kSize), repeat("`", kSize)}) {
    const Markdown m = read_markdown(text, 1);
    EXPECT_LE(m.blocks.size(), 60'000u);
  }
}

}  // namespace
}  // namespace howopen::text
