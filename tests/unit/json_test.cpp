#include <gtest/gtest.h>

#include <random>

#include "text/json_writer.h"
#include "text/object.h"
#include "text/quick_json.h"

namespace howopen::text {
namespace {

TEST(Json, ReadsWhatRecordsHold) {
  const auto j =
      parse_json(R"({"id":"a/b","n":7,"big":12345678901234,"r":1.5,"t":true,"z":null,"l":["x",{"y":2}]})");
  ASSERT_TRUE(j);
  EXPECT_EQ((*j)["id"].string(), "a/b");
  EXPECT_EQ((*j)["n"].integer(), 7);
  EXPECT_EQ((*j)["big"].integer(), 12345678901234);
  EXPECT_EQ((*j)["r"].real(), 1.5);
  EXPECT_FALSE((*j)["r"].integer());
  EXPECT_EQ((*j)["t"].boolean(), true);
  EXPECT_TRUE((*j)["z"].is_null());
  EXPECT_EQ((*j)["l"].items()[1]["y"].integer(), 2);
  EXPECT_TRUE((*j)["absent"]["deeper"].is_null());
}

// Records say `license` once as a string, once as a list, once as null.
TEST(Json, StringsOfAStringOrAList) {
  EXPECT_EQ(parse_json(R"({"l":"mit"})").value()["l"].strings().size(), 1u);
  EXPECT_EQ(parse_json(R"({"l":["mit",null,{"a":1},"apache-2.0"]})").value()["l"].strings().size(), 2u);
  EXPECT_TRUE(parse_json(R"({"l":null})").value()["l"].strings().empty());
  EXPECT_TRUE(parse_json(R"({"l":7})").value()["l"].strings().empty());
}

TEST(Json, OfEqualKeysTheLastCounts) {
  EXPECT_EQ(parse_json(R"({"a":1,"a":2})").value()["a"].integer(), 2);
}

TEST(Json, RefusesWhatIsNoJson) {
  for (const char* bad :
       {"", "{", "{}x", "nul", "{\"a\":NaN}", "[1,]", "\"\xff\"", "{\"a\":1e999}", "<html>"})
    EXPECT_FALSE(parse_json(bad)) << bad;
}

TEST(Json, RefusesDepthWithoutRunningOutOfStack) {
  EXPECT_TRUE(parse_json(std::string(60, '[') + std::string(60, ']')));
  EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
  EXPECT_FALSE(parse_json(std::string(2'000'000, '[')));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(parse_json(objects));
}

// A byte order mark, which the quick reader does not know, sends a document the other way.
std::optional<Json> read_slowly(const std::string& document) {
  return parse_json("\xEF\xBB\xBF" + document);
}

TEST(Json, TheQuickReaderSaysWhatTheOtherSays) {
  const std::string good =
      R"({"id":"a/b","n":[0,-7,1.5,-0.0,1e3,2E-2,9223372036854775807,18446744073709551615],"s":"\u00e9\ud83d\ude00\n",)"
      R"("deep":[[[{"x":[true,false,null]}]]],"siblings":[{"rfilename":"é/x.bin","lfs":{"size":4}}],"id":"c"})";
  ASSERT_TRUE(quick_json(good, {})) << "or this tests nothing";
  ASSERT_FALSE(quick_json("\xEF\xBB\xBF" + good, {})) << "or this compares it with itself";
  ASSERT_TRUE(read_slowly(good));
  const std::vector<std::string> pieces = {
      "\\ud800", "\\udc00", "\\u0000",      "1e400",  "-",  "01", "12345678901234567890123",
      "\xff",    "\xc3",    "\xed\xa0\x80", "{",      "}",  "[",  "]",
      ",",       ":",       "\"",           "\\",     "\t", "\n", "/**/",
      "NaN",     "tru",     "nullx",        "\"a\":", "0.", "1e", std::string(1, '\0')};
  std::mt19937 random(20261125);
  int agreed = 0;
  for (int i = 0; i < 30'000; ++i) {
    std::string mutant = good;
    for (std::size_t n = random() % 3; n-- > 0;) {
      const std::size_t at = random() % mutant.size();
      const std::string& piece = pieces[random() % pieces.size()];
      if (random() % 2 == 0)
        mutant.insert(at, piece);
      else
        mutant.replace(at, random() % 3, piece);
    }
    const auto quick = quick_json(mutant, {});
    if (!quick) continue;  // the other decides
    ++agreed;
    const auto slow = read_slowly(mutant);
    ASSERT_TRUE(slow) << mutant;
    ASSERT_EQ(write_json(*quick, false), write_json(*slow, false)) << mutant;
  }
  EXPECT_GT(agreed, 10'000);
}

TEST(Json, TheQuickReaderLeavesWhatIsDeepOrLarge) {
  EXPECT_FALSE(quick_json(std::string(65, '[') + std::string(65, ']'), {}));
  EXPECT_FALSE(quick_json("[" + std::string(2u << 20, ' ') + "]", {}));
  EXPECT_TRUE(parse_json("[" + std::string(2u << 20, ' ') + "]"));
}

TEST(Json, SkippedMembersTakeNoPlaceButAreStillChecked) {
  const auto j =
      parse_json(R"({"a":1,"widgetData":[{"deep":[1,2,{"x":"y"}]}],"b":{"widgetData":2}})", {"widgetData"});
  ASSERT_TRUE(j);
  EXPECT_FALSE(j->has("widgetData"));
  EXPECT_EQ((*j)["a"].integer(), 1);
  EXPECT_EQ((*j)["b"]["widgetData"].integer(), 2) << "only of the outermost object";
  EXPECT_EQ(parse_json(R"({"widgetData":"x","a":1})", {"widgetData"}).value()["a"].integer(), 1);
  EXPECT_FALSE(parse_json("{\"widgetData\":" + std::string(100'000, '['), {"widgetData"}));
}

TEST(Json, WalksADocumentWithoutHoldingIt) {
  std::vector<std::string> seen;
  EXPECT_TRUE(walk_json(R"({"metadata":{"total_size":9},"weight_map":{"a.b":"x-1","c":"x-2"},"l":["z"]})",
                        [&](std::span<const std::string> keys, std::string_view value) {
                          std::string path;
                          for (const auto& k : keys) path += "/" + k;
                          seen.push_back(path + "=" + std::string(value));
                        }));
  EXPECT_EQ(seen, (std::vector<std::string>{"/weight_map/a.b=x-1", "/weight_map/c=x-2", "/l=z"}));
  EXPECT_FALSE(walk_json("{\"a\":", [](auto, auto) {}));
}

TEST(Json, WritesWhatItReads) {
  for (const char* text :
       {R"({"a":[1,2.5,true,null,"x"],"b":{}})", R"([])", R"("\u0001\n\t\"\\")", R"({"k\n":"ü€😀"})"}) {
    EXPECT_EQ(write_json(parse_json(text).value(), false),
              write_json(parse_json(write_json(parse_json(text).value(), true)).value(), false))
        << text;
  }
  EXPECT_EQ(write_json(Json(3.0), false), "3.0");
  EXPECT_EQ(write_json(Json(2.5), false), "2.5");
}

TEST(Json, IsWrittenPartByPart) {
  const auto write = [](JsonWriter::Layout layout) {
    JsonWriter out(layout);
    out.object([&] {
      out.member("empty", std::vector<std::string>());
      out.key("none");
      out.object([] {});
      out.key("nested");
      out.array([&] {
        out.array([&] { out.value(std::optional<int>()); });
        out.value(std::string("[\n"));
        out.object([&] { out.member("tree", Json(Json::Array{Json(true)})); });
      });
      out.member("last", 1.0);
    });
    return out.take();
  };
  EXPECT_EQ(write(JsonWriter::Layout::line),
            R"({"empty":[],"none":{},"nested":[[null],"[\n",{"tree":[true]}],"last":1.0})");
  EXPECT_EQ(write_json(parse_json(write(JsonWriter::Layout::line)).value(), true),
            write(JsonWriter::Layout::indented));
}

TEST(Json, WritesForeignBytesSafely) {
  EXPECT_EQ(write_json(Json("a\xff\xc3z"), false), "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"");
  EXPECT_EQ(write_json(Json("\x1b[2J\x7f"), false), "\"\\u001b[2J\\u007f\"");
  EXPECT_EQ(write_json(Json("\xE2\x80\xA8"), false), "\"\\u2028\"") << "ends a line in JavaScript";
  // Wherever they stand: bytes are looked at by eight.
  for (const std::string bad : {"\"", "\\", "\n", "\x01", "\x7f", "\u00e9", "\u2028"}) {
    for (std::size_t size = 0; size < 20; ++size) {
      for (std::size_t at = 0; at <= size; ++at) {
        const std::string text = std::string(size, 'a').insert(at, bad);
        const std::string written = write_json(Json(text), false);
        EXPECT_EQ(parse_json(written).value().string(), text);
        for (const char c : written)
          EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) << written;
        EXPECT_EQ(written.find("\u2028"), std::string::npos);
      }
    }
  }
}

TEST(ObjectReader, NamesThePlaceAndTheNearestName) {
  const auto j = parse_json(R"({"clas":"open"})").value();
  ObjectReader reader(j, "f.json: licenses[0]");
  reader.string("class");
  const auto error = reader.done();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->what, "unknown key \"clas\"");
  EXPECT_EQ(error->where, "f.json: licenses[0].clas");
  EXPECT_EQ(error->fix, "did you mean \"class\"?");
}

TEST(ObjectReader, RefusesWrongTypes) {
  const auto j = parse_json(R"({"s":1,"i":"x","b":[],"l":["a",2]})").value();
  for (int what = 0; what < 4; ++what) {
    ObjectReader reader(j, "f");
    for (const char* key : {"s", "i", "b", "l"}) reader.any(key);
    EXPECT_FALSE(reader.done());
    if (what == 0) reader.string("s");
    if (what == 1) reader.integer("i");
    if (what == 2) reader.boolean("b");
    if (what == 3) reader.strings("l");
    EXPECT_TRUE(reader.done()) << what;
  }
}

TEST(Nearest, FindsTypingErrorsOnly) {
  EXPECT_EQ(nearest("weigths", {"weights", "license"}), "weights");
  EXPECT_FALSE(nearest("entirely-different", {"weights", "license"}));
  EXPECT_FALSE(nearest(std::string(100'000, 'a'), {"weights"}));
}

}  // namespace
}  // namespace howopen::text
