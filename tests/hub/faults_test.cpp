// Whatever a server does, an audit ends, in bounded time and memory, with a correct verdict or a named error,
// and no token goes where it must not. Each case prints its outcome and its peak memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

#include "fetch/online.h"
#include "support/fake_hub.h"
#include "support/models.h"
#include "support/run.h"
#include "support/tls.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::PrintToString;

const char* const kCommit = "dddddddddddddddddddddddddddddddddddddddd";
const std::string kSecret = "hf_valid";

HttpResponse raw(std::function<void(int)> write) {
  HttpResponse r;
  r.raw = std::move(write);
  return r;
}

HttpResponse redirect(int status, const std::string& to) {
  HttpResponse r;
  r.status = status;
  r.headers = {{"Location", to}};
  return r;
}

// The connection ends with a reset: what was sent before may be lost.
void reset(int socket) {
  const linger hard{1, 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
  shutdown(socket, SHUT_RD);
}

// A gzip stream that stands for `megabytes` of zeros: one literal, then "copy the last 258 bytes" over and
// over, in the fixed code of deflate.
std::string gzip_bomb(std::size_t megabytes) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  unsigned buffer = 0;
  int bits = 0;
  const auto put = [&](unsigned value, int count,
                       bool reversed) {  // Huffman codes go in from their first bit
    for (int i = 0; i < count; ++i) {
      buffer |= (value >> (reversed ? count - 1 - i : i) & 1U) << bits;
      if (++bits == 8) {
        out += static_cast<char>(buffer);
        buffer = 0;
        bits = 0;
      }
    }
  };
  put(1, 1, false);
  put(1, 2, false);
  put(0x30, 8, true);
  for (std::size_t i = 0; i < megabytes * 1'000'000 / 258; ++i) {
    put(0xC5, 8, true);
    put(0, 5, true);
  }
  put(0, 7, true);
  put(0, 7, false);
  return out;
}

struct Seen {
  Ran ran;
  std::string verdict;
  std::string kind;  // of the first error
};

Seen audit(const FakeHub& hub, const std::string& what, std::vector<std::string> arguments = {"acme/m"},
           const std::map<std::string, std::string>& environment = {}) {
  arguments.emplace_back("--json");
  arguments.emplace_back("--timeout");
  arguments.emplace_back("1s");
  arguments.emplace_back("--retries");
  arguments.emplace_back("1");
  Seen out{run(arguments, hub.environment(environment)), {}, {}};
  const auto json = text::parse_json(out.ran.out);
  if (json && !(*json)["models"].items().empty()) {
    const text::Json& m = (*json)["models"].items()[0];
    out.verdict = m["verdict"].string_or("");
    if (!m["errors"].items().empty()) out.kind = m["errors"].items()[0]["kind"].string_or("");
  }
  std::printf("fault | %-44s | exit %d | %-17s | %-13s | %5.1f MB\n", what.c_str(), out.ran.exit,
              out.verdict.c_str(), out.kind.c_str(), static_cast<double>(out.ran.peak_kb) / 1024);
  EXPECT_TRUE(out.ran.exit == 0 || out.ran.exit == 3) << what << out.ran.err;
  EXPECT_THAT(out.ran.out + out.ran.err, Not(HasSubstr(kSecret))) << what;
  if (!sanitized()) {
    EXPECT_LT(out.ran.peak_kb, 128 * 1024) << what;
  }
  return out;
}

// What the fault does to the answer for the record, or for the card.
struct Fault {
  const char* name;
  const char* part;  // of the path it hits
  std::function<HttpResponse()> response;
  std::string verdict;
  std::string kind;
};

void PrintTo(const Fault& f, std::ostream* out) {
  *out << f.name;
}

class Faults : public testing::TestWithParam<Fault> {};

TEST_P(Faults, EndInANamedErrorOrACorrectAudit) {
  const Fault& fault = GetParam();
  FakeHub hub;
  mit_model(hub);
  const HttpResponse response = fault.response();  // made before anybody waits for it
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find(fault.part) == std::string::npos) return std::nullopt;
    return response;
  };
  const Seen seen = audit(hub, fault.name);
  for (const HttpRequest& q : hub.log()) EXPECT_THAT(q.target, Not(HasSubstr(".."))) << q.target;
  EXPECT_EQ(seen.verdict, fault.verdict) << seen.ran.err;
  EXPECT_EQ(seen.kind, fault.kind) << seen.ran.err;
}

const char* const kRecord = "/api/models/acme/m";
const char* const kCard = "/README.md";

std::string record_with(const std::string& siblings) {
  return std::string(R"({"id":"acme/m","sha":")") + kCommit +
         R"(","config":{"model_type":"llama"},"cardData":{"license":"mit"},"usedStorage":1,"siblings":[)" +
         siblings + "]}";
}

INSTANTIATE_TEST_SUITE_P(
    All, Faults,
    testing::Values(
        Fault{"reset in the middle of the record", kRecord,
              [] {
                return raw([](int s) {
                  send_all(s, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"id\":");
                  reset(s);
                });
              },
              "undetermined", "network"},
        Fault{"reset in the middle of the card", kCard,
              [] {
                return raw([](int s) {
                  send_all(s, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n---\nlicense");
                  reset(s);
                });
              },
              "undetermined", "network"},
        Fault{"a card that breaks off", kCard,
              [] {
                return raw([](int s) {
                  send_all(s, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n---\nlicense: mit\n");
                });
              },
              "undetermined", "network"},
        Fault{"chunks that break off", kCard,
              [] {
                return raw([](int s) {
                  send_all(s, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n---\nlice\r\n");
                });
              },
              "undetermined", "network"},
        Fault{"Content-Length that is too small", kRecord,
              [] {
                return raw([](int s) {
                  send_all(s,
                           "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n" +
                               record_with(R"({"rfilename":"model.safetensors","size":5000})"));
                });
              },
              "undetermined", "parse"},
        Fault{"Content-Length that is no number", kRecord,
              [] {
                return raw([](int s) { send_all(s, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"); });
              },
              "undetermined", "network"},
        Fault{"no HTTP at all", kRecord,
              [] { return raw([](int s) { send_all(s, "220 mail.example.org ESMTP\r\n"); }); },
              "undetermined", "network"},
        Fault{"a loop of redirects", kRecord, [] { return redirect(302, "/api/models/acme/m?again"); },
              "undetermined", "network"},
        Fault{"a redirect to a file", kRecord, [] { return redirect(302, "file:///etc/passwd"); },
              "undetermined", "network"},
        Fault{"a redirect into a private network", kRecord,
              [] { return redirect(302, "http://10.0.0.1/secrets"); }, "undetermined", "network"},
        Fault{"a redirect to the metadata of a cloud", kRecord,
              [] { return redirect(302, "http://169.254.169.254/latest/meta-data"); }, "undetermined",
              "network"},
        Fault{"a redirect to nowhere", kRecord, [] { return redirect(302, "http://[::1"); }, "undetermined",
              "network"},
        Fault{"a bomb of gzip", kCard,
              [] {
                HttpResponse r;
                r.headers = {{"Content-Encoding", "gzip"}};
                r.body = gzip_bomb(300);
                return r;
              },
              "undetermined", "too-large"},
        Fault{"gzip that is none", kCard,
              [] {
                HttpResponse r;
                r.headers = {{"Content-Encoding", "gzip"}};
                r.body = "no gzip";
                return r;
              },
              "undetermined", "network"},
        Fault{"a card in slow drops", kCard,
              [] {
                return raw([](int s) {
                  send_all(s, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
                  while (send_all(s, "x")) usleep(100'000);
                });
              },
              "undetermined", "network"},
        Fault{"silence", kRecord,
              [] {
                return raw([](int s) {
                  char c = 0;
                  while (recv(s, &c, 1, 0) > 0) {
                  }
                });
              },
              "undetermined", "network"},
        Fault{"a header of 10 MB", kRecord,
              [] {
                return raw([](int s) {
                  send_all(s, "HTTP/1.1 200 OK\r\nX-Long: " + std::string(10'000'000, 'x') +
                                  "\r\nContent-Length: 2\r\n\r\n{}");
                });
              },
              "undetermined", "too-large"},
        Fault{"a million headers", kRecord,
              [] {
                std::string head = "HTTP/1.1 200 OK\r\n";
                for (int i = 0; i < 1'000'000; ++i) head += "X-" + std::to_string(i) + ": y\r\n";
                return raw([head](int s) { send_all(s, head + "Content-Length: 2\r\n\r\n{}"); });
              },
              "undetermined", "too-large"},
        Fault{"JSON nested 100,000 deep", kRecord,
              [] {
                return json_response("{\"id\":\"acme/m\",\"x\":" + std::string(100'000, '[') +
                                     std::string(100'000, ']') + "}");
              },
              "undetermined", "parse"},
        Fault{
            "keys that stand twice", kRecord,
            [] {
              std::string record =
                  record_with(R"({"rfilename":"model.safetensors","size":5000,"lfs":{"size":5000}})");
              record.insert(
                  1,
                  R"("sha":"x","gated":"manual","siblings":[],"disabled":true,"disabled":false,"gated":false,)");
              return json_response(record);
            },
            "open-weights", ""},
        Fault{"a listing of 100,000 files", kRecord,
              [] {
                std::string files = R"({"rfilename":"model.safetensors","size":5000,"lfs":{"size":5000}})";
                for (int i = 0; i < 100'000; ++i)
                  files += ",{\"rfilename\":\"data/" + std::to_string(i) +
                           ".txt\",\"size\":" + std::to_string(i) + "}";
                return json_response(record_with(files));
              },
              "open-weights", ""},
        Fault{"a listing of 40 MB", kRecord,
              [] {
                std::string files = R"({"rfilename":"model.safetensors","size":5000})";
                for (int i = 0; i < 500'000; ++i)
                  files += ",{\"rfilename\":\"a/long/folder/with/a/long/name/file-" + std::to_string(i) +
                           "\",\"size\":1}";
                return json_response(record_with(files));
              },
              "undetermined", "too-large"},
        Fault{
            "file names that leave the repository", kRecord,
            [] {
              return json_response(record_with(
                  R"({"rfilename":"../../LICENSE","size":9},{"rfilename":"/etc/LICENSE","size":9},{"rfilename":"C:\\LICENSE","size":9},
                    {"rfilename":"a/../LICENSE","size":9},{"rfilename":"model.safetensors","size":5000,"lfs":{"size":5000}})"));
            },
            "open-weights", ""},
        Fault{"a commit that is none", kRecord,
              [] {
                std::string record = record_with(
                    R"({"rfilename":"model.safetensors","size":5000},{"rfilename":"README.md","size":9})");
                record.replace(record.find(kCommit), 40, "../../../../../../../../../../etc/passwd");
                return json_response(record);
              },
              "open-weights", ""},
        Fault{"the page of a captive portal", "/",
              [] {
                HttpResponse r;
                r.headers = {{"Content-Type", "text/html"}};
                r.body = "<html><title>Sign in</title></html>";
                return r;
              },
              "undetermined", "parse"},
        Fault{"a portal that sends us on", "/", [] { return redirect(302, "http://portal.example/login"); },
              "undetermined", "network"},
        Fault{"an empty answer", kRecord, [] { return json_response(""); }, "undetermined", "parse"},
        Fault{"204, no content", kRecord, [] { return json_response("", 204); }, "undetermined", "network"},
        Fault{"418", kRecord, [] { return json_response("{}", 418); }, "undetermined", "network"},
        Fault{"a server that fails for good", kRecord, [] { return json_response("{}", 503); },
              "undetermined", "network"}),
    [](const testing::TestParamInfo<Fault>& fault) {
      std::string out;
      for (const char c : std::string(fault.param.name))
        out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
      return out;
    });

TEST(Fault, AServerThatComesBackIsAskedAgain) {
  FakeHub hub;
  mit_model(hub);
  std::atomic<int> failures{1};
  hub.intercept = [&](const HttpRequest&) -> std::optional<HttpResponse> {
    if (failures-- > 0) return json_response("{}", 503);
    return std::nullopt;
  };
  EXPECT_EQ(audit(hub, "503 once, then well").verdict, "open-weights");
}

TEST(Fault, ATokenNeverReachesAnotherHost) {
  FakeHub hub;
  mit_model(hub);
  std::vector<HttpRequest> elsewhere;
  Server other([](const HttpRequest&) { return json_response("{}"); });
  for (const char* part : {kRecord, kCard}) {
    hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
      if (q.path.find(part) == std::string::npos) return std::nullopt;
      return redirect(307, other.url() + "/stolen");
    };
    audit(hub, std::string("a redirect to another host, of ") + part, {"acme/m"}, {{"HF_TOKEN", kSecret}});
  }
  ASSERT_GE(other.log().size(), 2u);
  for (const HttpRequest& q : other.log()) EXPECT_FALSE(q.headers.contains("authorization")) << q.target;
  for (const HttpRequest& q : hub.log()) EXPECT_EQ(q.headers.at("authorization"), "Bearer " + kSecret);
}

TEST(Fault, TokensOfTheHubAndOfGithubStayApart) {
  FakeHub hub;
  mit_model(hub).files["README.md"] = "---\nlicense: mit\n---\n[code](https://github.com/acme/m)\n";
  hub.github["acme/m"].files = {{"train.py", "x"}};
  audit(hub, "two tokens", {"acme/m"}, {{"HF_TOKEN", kSecret}, {"GITHUB_TOKEN", "gh_valid"}});
  ASSERT_FALSE(hub.github_server().log().empty());
  for (const HttpRequest& q : hub.github_server().log())
    EXPECT_EQ(q.headers.at("authorization"), "Bearer gh_valid");
  for (const HttpRequest& q : hub.log()) EXPECT_EQ(q.headers.at("authorization"), "Bearer " + kSecret);
}

TEST(Fault, AStaleTokenOfGithubIsLeftOut) {
  FakeHub hub;
  mit_model(hub).files["README.md"] = "---\nlicense: mit\n---\n[code](https://github.com/acme/m)\n";
  hub.github["acme/m"].files = {{"README.md", "x"}};
  const Seen seen = audit(hub, "a stale token of GitHub", {"acme/m"}, {{"GITHUB_TOKEN", "gh_stale"}});
  EXPECT_EQ(seen.verdict, "open-weights");
  EXPECT_EQ(seen.kind, "");
  EXPECT_THAT(seen.ran.err, HasSubstr("GitHub refused the token"));
}

TEST(Fault, ATokenIsNeverSentInTheClear) {
  FakeHub hub;
  mit_model(hub);
  Server proxy([](const HttpRequest&) { return json_response(record_with("")); });
  audit(hub, "plain http to another machine", {"acme/m"},
        {{"HF_ENDPOINT", "http://hub.example"}, {"HTTP_PROXY", proxy.url()}, {"HF_TOKEN", kSecret}});
  ASSERT_FALSE(proxy.log().empty());
  for (const HttpRequest& q : proxy.log()) EXPECT_FALSE(q.headers.contains("authorization")) << q.target;
}

TEST(Fault, TlsWithACertificateThatIsTrusted) {
  FakeHub hub;
  mit_model(hub);
  const Certificate certificate = make_certificate("localhost");
  TlsFront front(hub.port(), certificate);
  const TempDir dir;
  dir.write("ca.pem", certificate.pem);
  const Seen seen =
      audit(hub, "TLS with a certificate that is trusted", {"acme/m"},
            {{"HF_ENDPOINT", front.url()}, {"SSL_CERT_FILE", dir.file("ca.pem")}, {"HF_TOKEN", kSecret}});
  EXPECT_EQ(seen.verdict, "open-weights") << seen.ran.err;
  EXPECT_EQ(hub.log().front().headers.at("authorization"), "Bearer " + kSecret);
}

TEST(Fault, TlsWithAWrongCertificate) {
  FakeHub hub;
  mit_model(hub);
  const TempDir dir;
  const Certificate other = make_certificate("example.org");
  TlsFront unknown(hub.port(), make_certificate("localhost"));
  TlsFront wrong_name(hub.port(), other);
  dir.write("ca.pem", other.pem);
  for (const TlsFront* front : {&unknown, &wrong_name}) {
    // Facts that ship must not hide that somebody may be in between.
    const Seen seen =
        audit(hub, "TLS with a wrong certificate", {"deepseek-ai/DeepSeek-R1"},
              {{"HF_ENDPOINT", front->url()}, {"SSL_CERT_FILE", dir.file("ca.pem")}, {"HF_TOKEN", kSecret}});
    EXPECT_EQ(seen.ran.exit, 3);
    EXPECT_EQ(seen.kind, "tls");
  }
  EXPECT_TRUE(hub.log().empty()) << "something was said to a stranger";
}

TEST(Fault, TlsWhereThereIsNone) {
  FakeHub hub;
  mit_model(hub);
  std::string url = hub.url();
  url.replace(0, 4, "https");
  EXPECT_EQ(audit(hub, "https to a server that has none", {"acme/m"}, {{"HF_ENDPOINT", url}}).kind, "tls");
}

TEST(Fault, AProxyThatIsDown) {
  FakeHub hub;
  mit_model(hub);
  const Seen seen = audit(hub, "a proxy that is down", {"acme/m"}, {{"http_proxy", "http://127.0.0.1:9"}});
  EXPECT_EQ(seen.kind, "network");
  EXPECT_TRUE(hub.log().empty());
  EXPECT_THAT(seen.ran.err, HasSubstr("the proxy cannot be reached: Failed to connect to 127.0.0.1 port 9"));
  EXPECT_THAT(seen.ran.err, HasSubstr("a proxy is set: howopen doctor tells what works"));
  // Nobody speaks of one where none is set.
  Seen none = audit(hub, "a Hub that is down", {"acme/m"}, {{"HF_ENDPOINT", "http://127.0.0.1:9"}});
  EXPECT_THAT(none.ran.err, Not(HasSubstr("proxy")));
  none = audit(hub, "a Hub that is down", {"acme/m"}, {{"HF_ENDPOINT", "http://[::1]:9"}});
  EXPECT_THAT(none.ran.err, Not(HasSubstr("proxy")));
}

// Takes the connection, reads the question and says nothing until the other side goes.
HttpResponse silent(const HttpRequest&) {
  HttpResponse r;
  r.raw = [](int socket) {
    char byte = 0;
    while (recv(socket, &byte, 1, 0) > 0) {
    }
  };
  return r;
}

TEST(Fault, SilenceIsToldOnce) {
  Server mute(silent);
  fetch::OnlineOptions options;
  options.hub.url = mute.url();
  options.silence = std::chrono::milliseconds(1);
  std::vector<fetch::Notice> notices;
  options.notice = [&](const fetch::Notice& n) { notices.push_back(n); };
  const auto online = fetch::Online::open(std::move(options));
  ASSERT_TRUE(online);
  (*online)->ask(1, {Topic::model, "acme/m", "", "", ""});
  for (int turns = 0; notices.empty() && turns < 100'000'000; ++turns) (*online)->try_next();
  for (int turns = 0; turns < 1000; ++turns) (*online)->try_next();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].kind, fetch::Notice::Kind::silent);
  EXPECT_EQ(std::string(notices[0].service), std::string("the Hub"));
  EXPECT_EQ(notices[0].host, "127.0.0.1");
}

// The real two seconds, and the end of the wait.
TEST(Fault, AHubThatSaysNothingIsNamedWhileItIsWaitedFor) {
  FakeHub hub;
  Server mute(silent);
  const std::string wanted =
      "the Hub (127.0.0.1) has not answered for 2 s; it is given up after 4 s (--timeout)\n";
  const std::map<std::string, std::string> environment = hub.environment({{"HF_ENDPOINT", mute.url()}});
  const Ran told = run({"audit", "acme/m", "-v", "--timeout", "4s", "--retries", "0"}, environment);
  EXPECT_EQ(told.exit, 3);
  EXPECT_THAT(told.err, HasSubstr(wanted));
  // In a log nobody waits.
  const Ran untold = run({"audit", "acme/m", "--timeout", "3s", "--retries", "0"}, environment);
  EXPECT_EQ(untold.exit, 3);
  EXPECT_THAT(untold.err, Not(HasSubstr("has not answered")));
}

TEST(Fault, AProxyIsUsedAndHostsAreSpared) {
  FakeHub hub;
  mit_model(hub);
  Server proxy([&](const HttpRequest& q) {
    HttpResponse r =
        json_response(record_with(R"({"rfilename":"model.safetensors","size":5000,"lfs":{"size":5000}})"));
    if (!q.target.starts_with("http://hub.example")) r.status = 500;
    return r;
  });
  const Seen through = audit(hub, "through a proxy", {"acme/m"},
                             {{"HF_ENDPOINT", "http://hub.example"}, {"HTTP_PROXY", proxy.url()}});
  EXPECT_EQ(through.verdict, "open-weights") << through.ran.err;
  const Seen around = audit(hub, "around a proxy", {"acme/m"},
                            {{"HTTP_PROXY", "http://127.0.0.1:9"}, {"NO_PROXY", "127.0.0.1"}});
  EXPECT_EQ(around.verdict, "open-weights") << around.ran.err;
}

TEST(Fault, AClockThatIsWrongDoesNoHarm) {
  FakeHub hub;
  mit_model(hub).files["README.md"] = "---\nlicense: mit\n---\n[code](https://github.com/acme/m)\n";
  hub.github["acme/m"].files = {{"train.py", "x"}, {"configs/train.yaml", "x"}, {"LICENSE", "x"}};
  // GitHub's clock shows 2030, and its window ends a second later by that clock.
  hub.quotas["github"] = {0, 60, 1, 0};
  const Seen seen = audit(hub, "a clock that is years off", {"acme/m", "--max-wait", "1s"});
  EXPECT_EQ(seen.kind, "rate-limited");
  EXPECT_THAT(seen.ran.out, HasSubstr("(for another 2 s)"));
}

TEST(Fault, ShardNamesThatLeaveTheRepository) {
  FakeHub hub;
  FakeRepository& r = mit_model(hub);
  r.files.erase("model.safetensors");
  r.files["model-a.safetensors"] = std::string(1000, 'x');
  r.lfs = {"model-a.safetensors"};
  r.files["model.safetensors.index.json"] =
      R"({"weight_map":{"a":"../../../etc/passwd","b":"https://evil.example/x"}})";
  const Seen seen = audit(hub, "shard names that leave the repository");
  EXPECT_EQ(seen.kind, "parse");
  for (const HttpRequest& q : hub.log()) EXPECT_THAT(q.target, Not(HasSubstr("passwd")));
}

TEST(Fault, ARevisionThatLeavesTheApi) {
  FakeHub hub;
  mit_model(hub);
  for (const char* ref : {"acme/m@../../whoami", "acme/m@a/../../b", "acme/m@%2e%2e/x"}) {
    const Ran r = run({"audit", ref}, hub.environment());
    EXPECT_TRUE(r.exit == 2 || r.exit == 3) << ref;
  }
  for (const HttpRequest& q : hub.log()) EXPECT_THAT(q.target, Not(HasSubstr(".."))) << q.target;
}

}  // namespace
}  // namespace howopen::test
