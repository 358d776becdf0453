// What goes wrong at the Hub: each case a named error or an honest report, and the right exit code.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_hub.h"
#include "support/models.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::optional<HttpResponse> on(const HttpRequest& q, const std::string& part, HttpResponse r) {
  if (q.path.find(part) == std::string::npos) return std::nullopt;
  return r;
}

std::string kind_of_first_error(const Ran& r) {
  const auto json = text::parse_json(r.out);
  if (!json || (*json)["models"].items().empty()) return r.out;
  const auto& errors = (*json)["models"].items()[0]["errors"];
  return errors.items().empty() ? "" : std::string(errors.items()[0]["kind"].string_or(""));
}

TEST(Errors, AMissingRepository) {
  FakeHub hub;
  const Ran r = run({"audit", "nobody/nothing"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err,
              HasSubstr("error: nobody/nothing does not exist or is private; a private one needs a token"));
  EXPECT_THAT(r.err, HasSubstr("HF_TOKEN"));
  EXPECT_EQ(kind_of_first_error(run({"nobody/nothing", "--json"}, {{"HF_ENDPOINT", hub.url()}})),
            "not-found");
}

TEST(Errors, AMissingRepositoryWithAToken) {
  FakeHub hub;
  const Ran r = run({"audit", "nobody/nothing"}, {{"HF_ENDPOINT", hub.url()}, {"HF_TOKEN", "hf_valid"}});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err, HasSubstr("does not exist or is private to this token"));
}

TEST(Errors, ATokenTheHubRefusesIsLeftOutForWhatIsPublic) {
  FakeHub hub;
  mit_model(hub);
  const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}, {"HF_TOKEN", "hf_stale"}});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(kind_of_first_error(r), "");
  EXPECT_THAT(r.err, HasSubstr("the Hub refused the token; asking without it"));
  EXPECT_THAT(r.out + r.err, Not(HasSubstr("hf_stale")));
}

TEST(Errors, TooManyRequests) {
  FakeHub hub;
  mit_model(hub);
  hub.intercept = [](const HttpRequest& q) {
    return on(q, "/api/models/", error_response(429, "slow down"));
  };
  const Ran r = run({"deepseek-ai/DeepSeek-R1", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3) << "facts that ship must not stand in for a 429";
  EXPECT_EQ(kind_of_first_error(r), "rate-limited");
}

TEST(Errors, AServerError) {
  FakeHub hub;
  mit_model(hub);
  hub.intercept = [](const HttpRequest& q) { return on(q, "/api/models/", error_response(503, "down")); };
  EXPECT_EQ(run({"deepseek-ai/DeepSeek-R1"}, {{"HF_ENDPOINT", hub.url()}}).exit, 3);
}

TEST(Errors, APageInPlaceOfTheRecord) {
  FakeHub hub;
  for (const char* type : {"text/html", "application/json", "text/plain"}) {
    hub.intercept = [&](const HttpRequest&) {
      HttpResponse r;
      r.headers = {{"Content-Type", type}};
      r.body = "<!DOCTYPE html><html><body>Sign in to the Wi-Fi</body></html>";
      return std::optional(r);
    };
    const Ran r = run({"deepseek-ai/DeepSeek-R1", "--json"}, {{"HF_ENDPOINT", hub.url()}});
    EXPECT_EQ(r.exit, 3) << type;
    EXPECT_EQ(kind_of_first_error(r), "parse") << type;
  }
}

TEST(Errors, GarbageInPlaceOfTheRecord) {
  FakeHub hub;
  const std::vector<std::string> bodies = {"",
                                           "{",
                                           "[]",
                                           "null",
                                           "{\"id\":7}",
                                           "{\"id\":\"../../x\"}",
                                           std::string(100'000, '['),
                                           "\xff\xfe\x00\x01",
                                           "{\"id\":\"a/b\",\"siblings\":{}}"};
  for (const std::string& body : bodies) {
    hub.intercept = [&](const HttpRequest&) { return std::optional(json_response(body)); };
    const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
    EXPECT_TRUE(r.exit == 3 || r.exit == 0) << body << r.err;
    EXPECT_TRUE(text::parse_json(r.out)) << body;
  }
}

TEST(Errors, ACardOfTwoGigabytes) {
  FakeHub hub;
  mit_model(hub).files["LICENSE"] = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find("/README.md") == std::string::npos) return std::nullopt;
    HttpResponse r;
    r.raw = [](int socket) {
      const std::string chunk(1 << 20, 'x');
      send_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n");
      for (int i = 0; i < 2048 && send_all(socket, chunk); ++i) {
      }
    };
    return r;
  };
  const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3) << r.err;
  EXPECT_EQ(kind_of_first_error(r), "too-large");
  if (!sanitized()) {
    EXPECT_LT(r.peak_kb, 128 * 1024);
  }
}

TEST(Errors, ABombOfAliasesInTheCard) {
  FakeHub hub;
  std::string yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = std::to_string(i - 1);
    yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + last + ",*a" + last + ",*a" +
            last + ",*a" + last + ",*a" + last + ",*a" + last + ",*a" + last + ",*a" + last + "]\n";
  }
  mit_model(hub).files["README.md"] = "---\nlicense: mit\n" + yaml + "---\n# M\n";
  const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  if (!sanitized()) {
    EXPECT_LT(r.peak_kb, 128 * 1024);
  }
}

TEST(Errors, ACardThatIsNoUtf8IsReadAllTheSame) {
  FakeHub hub;
  mit_model(hub).files["README.md"] =
      "---\nlicense: mit\n---\n# \xff\xfe\n\nThe model weights are licensed under the Llama 3 Community "
      "License. \xc3\x28\n";
  const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("LicenseRef-Llama-3"));
  EXPECT_TRUE(text::parse_json(r.out));
}

TEST(Errors, AnAnswerThatBreaksOff) {
  FakeHub hub;
  mit_model(hub);
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find("README.md") == std::string::npos) return std::nullopt;
    HttpResponse r;
    r.raw = [](int socket) {
      send_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n---\nlicense: mit\n");
    };
    return r;
  };
  const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3) << "half a card is no card";
  EXPECT_EQ(kind_of_first_error(r), "network");
}

TEST(Errors, RedirectsAreFollowedOnlyWhereTheyMayLead) {
  FakeHub hub;
  mit_model(hub);
  for (const char* target : {"file:///etc/passwd", "gopher://127.0.0.1/", "/api/models/acme/m", "//",
                             "http://[::1", "ftp://example.org/x"}) {
    hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
      if (q.path != "/api/models/acme/m") return std::nullopt;
      HttpResponse r;
      r.status = 302;
      r.headers = {{"Location", target}};
      return r;
    };
    const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
    EXPECT_EQ(r.exit, 3) << target;
    EXPECT_EQ(kind_of_first_error(r), "network") << target;
    EXPECT_THAT(r.out, Not(HasSubstr("root:"))) << target;
  }
}

TEST(Errors, PathsThatLeaveTheRepositoryAreNeverAskedFor) {
  FakeHub hub;
  hub["acme/m"].record =
      R"({"id":"acme/m","sha":"dddddddddddddddddddddddddddddddddddddddd","siblings":[{"rfilename":"../../LICENSE"},{"rfilename":"/LICENSE"},
    {"rfilename":"C:LICENSE"},{"rfilename":"a\\..\\LICENSE"},{"rfilename":"README.md"},{"rfilename":"model.safetensors.index.json"}],"config":{"model_type":"llama"}})";
  hub["acme/m"].files = {{"README.md", "# x"},
                         {"model.safetensors.index.json", R"({"weight_map":{"a":"../../../etc/passwd"}})"}};
  const Ran r = run({"acme/m", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  for (const HttpRequest& q : hub.log()) {
    EXPECT_THAT(q.path, Not(HasSubstr(".."))) << q.target;
    // The one of the repository itself is asked for before anything is known of it.
    if (q.path != "/acme/m/resolve/main/LICENSE") {
      EXPECT_THAT(q.path, Not(HasSubstr("LICENSE"))) << q.target;
    }
  }
}

TEST(Errors, OneModelThatFailsDoesNotTakeTheOthersAlong) {
  FakeHub hub;
  mit_model(hub);
  const Ran r = run({"acme/m", "nobody/nothing", "--json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3);
  const auto json = text::parse_json(r.out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["models"].items()[0]["verdict"].string_or(""), "open-weights");
  EXPECT_EQ((*json)["models"].items()[1]["verdict"].string_or(""), "undetermined");
  EXPECT_EQ((*json)["summary"]["undecided"].integer_or(-1), 1);
  EXPECT_EQ((*json)["complete"].boolean_or(true), false);
}

}  // namespace
}  // namespace howopen::test
