// The Hub's HTTP without a network: requests, answers, redirects.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fetch/hub.h"

namespace howopen::fetch {
namespace {

using testing::HasSubstr;

const std::string kHub = "https://huggingface.co";

TEST(Request, AddressesAreEncodedAsTheHubWantsThem) {
  EXPECT_EQ(hub_request({Topic::model, "a/b", "", "", ""}, kHub).url, kHub + "/api/models/a/b?blobs=true");
  EXPECT_EQ(hub_request({Topic::model, "gpt2", "refs/pr/1", "", ""}, kHub).url,
            kHub + "/api/models/gpt2/revision/refs%2Fpr%2F1?blobs=true");
  EXPECT_EQ(hub_request({Topic::file, "a/b", "v 1/x", "dir/f #1?.txt", ""}, kHub).url,
            kHub + "/a/b/resolve/v%201%2Fx/dir/f%20%231%3F.txt");
  EXPECT_EQ(hub_request({Topic::file, "a/b", "", "README.md", ""}, kHub).url,
            kHub + "/a/b/resolve/main/README.md");
  EXPECT_EQ(hub_request({Topic::providers, "a/b", "", "", ""}, kHub).url,
            kHub + "/api/models/a/b?expand=inferenceProviderMapping");
}

TEST(Request, EveryKindOfAnswerHasItsBound) {
  EXPECT_GT(hub_request({Topic::file, "a/b", "c", "model.safetensors.index.json", ""}, kHub).most, 50u << 20);
  EXPECT_LE(hub_request({Topic::file, "a/b", "c", "README.md", ""}, kHub).most, 4u << 20);
  EXPECT_LE(hub_request({Topic::file, "a/b", "c", "LICENSE", ""}, kHub).most, 4u << 20);
  EXPECT_LE(hub_request({Topic::file, "a/b", "c", "config.json", ""}, kHub).most, 4u << 20);
}

Answer answer(long status, decltype(fetch::Response::headers) headers, std::string body = "",
              bool token = false, Topic topic = Topic::file) {
  Response r;
  r.status = status;
  r.headers = std::move(headers);
  return hub_answer({topic, "a/b", "main", "LICENSE", ""}, r, std::move(body), token);
}

TEST(Interpret, InTheOrderTheOfficialClientTellsErrorsApart) {
  struct Case {
    long status;
    decltype(fetch::Response::headers) headers;
    bool token;
    Outcome outcome;
    Trouble trouble;
  };
  const std::string gone = "Access to this resource is disabled.";
  for (const Case& c :
       {Case{200, {}, false, Outcome::got, Trouble::none},
        Case{206, {}, false, Outcome::got, Trouble::none},
        Case{404, {{"x-error-code", "RevisionNotFound"}}, false, Outcome::absent, Trouble::not_found},
        Case{404, {{"x-error-code", "EntryNotFound"}}, false, Outcome::absent, Trouble::not_found},
        Case{401, {{"x-error-code", "GatedRepo"}}, false, Outcome::denied, Trouble::gated},
        Case{403, {{"x-error-code", "GatedRepo"}}, true, Outcome::denied, Trouble::gated},
        Case{403, {{"x-error-message", gone}}, true, Outcome::denied, Trouble::auth_required},
        Case{404, {{"x-error-code", "RepoNotFound"}}, true, Outcome::absent, Trouble::not_found},
        Case{401,
             {{"x-error-message", "Invalid username or password."}},
             false,
             Outcome::absent,
             Trouble::not_found},
        Case{401, {}, false, Outcome::absent, Trouble::not_found},
        Case{401,
             {{"x-error-message", "Invalid credentials in Authorization header"}},
             true,
             Outcome::failed,
             Trouble::auth_required},
        Case{403, {}, true, Outcome::denied, Trouble::auth_required},
        Case{404, {}, false, Outcome::absent, Trouble::not_found},
        Case{410, {}, false, Outcome::absent, Trouble::not_found},
        Case{429, {}, false, Outcome::failed, Trouble::rate_limited},
        Case{400, {}, false, Outcome::failed, Trouble::network},
        Case{416, {}, false, Outcome::failed, Trouble::network},
        Case{500, {}, false, Outcome::failed, Trouble::network},
        Case{503, {}, false, Outcome::failed, Trouble::network},
        Case{0, {}, false, Outcome::failed, Trouble::network}}) {
    const Answer a = answer(c.status, c.headers, "", c.token);
    EXPECT_EQ(a.outcome, c.outcome) << c.status << testing::PrintToString(c.headers);
    EXPECT_EQ(a.trouble, c.trouble) << c.status << testing::PrintToString(c.headers);
    EXPECT_FALSE(a.unreachable) << "whoever answers was reached";
  }
}

TEST(Interpret, ErrorBodiesOfEveryForm) {
  for (const char* body : {R"({"error":"why"})", R"({"error":["why"]})", R"({"errors":[{"message":"why"}]})"})
    EXPECT_THAT(answer(500, {}, body).message, HasSubstr("why")) << body;
  for (const char* body : {"", "<html>", "{", R"({"error":7})"})
    EXPECT_EQ(answer(500, {}, body).message, "HTTP status 500") << body;
}

TEST(Interpret, AWebPageIsNotTheHub) {
  EXPECT_EQ(
      answer(200, {{"content-type", "text/html; charset=utf-8"}}, "<html>", false, Topic::model).trouble,
      Trouble::parse);
  EXPECT_EQ(answer(200, {{"content-type", "text/html"}}, "<html>").trouble, Trouble::parse);
  EXPECT_EQ(
      answer(200, {{"content-type", "text/html"}, {"x-repo-commit", std::string(40, 'a')}}, "<html>").outcome,
      Outcome::got)
      << "a file that is a web page";
}

TEST(Interpret, CommitsMustLookLikeCommits) {
  EXPECT_EQ(answer(200, {{"x-repo-commit", std::string(40, 'a')}}).commit, std::string(40, 'a'));
  EXPECT_EQ(answer(200, {{"x-repo-commit", "../../x"}}).commit, "");
}

TEST(Hop, TokensStayAndPrivateNetworksAreClosed) {
  const Origin hub{"https", "huggingface.co", "443"};
  const Origin local{"http", "127.0.0.1", "8080"};
  EXPECT_EQ(judge_hop(hub, hub, hub), Hop::keep_token);
  EXPECT_EQ(judge_hop(hub, hub, {"https", "us.aws.cdn.hf.co", "443"}), Hop::drop_token);
  EXPECT_EQ(judge_hop(hub, {"https", "us.aws.cdn.hf.co", "443"}, hub), Hop::keep_token);
  EXPECT_EQ(judge_hop(hub, hub, {"https", "huggingface.co", "8443"}), Hop::drop_token)
      << "another port is another origin";
  EXPECT_EQ(judge_hop(hub, hub, {"https", "huggingface.co.evil.org", "443"}), Hop::drop_token);
  for (const Origin& bad :
       {Origin{"http", "huggingface.co", "80"}, Origin{"file", "", ""}, Origin{"ftp", "x.org", "21"},
        Origin{"https", "127.0.0.1", "443"}, Origin{"https", "localhost", "443"},
        Origin{"https", "[::1]", "443"}, Origin{"https", "10.0.0.7", "443"},
        Origin{"https", "172.20.1.1", "443"}, Origin{"https", "192.168.1.1", "443"},
        Origin{"https", "169.254.169.254", "443"}, Origin{"https", "[fd00::1]", "443"},
        Origin{"https", "metadata.internal", "443"}}) {
    EXPECT_EQ(judge_hop(hub, hub, bad), Hop::refuse) << bad.scheme << "://" << bad.host;
  }
  EXPECT_EQ(judge_hop(local, local, {"http", "127.0.0.1", "9090"}), Hop::drop_token)
      << "from this machine to this machine";
  EXPECT_EQ(judge_hop(local, local, {"http", "example.org", "80"}), Hop::refuse);
}

TEST(Secrets, AreCutFromAddresses) {
  EXPECT_EQ(without_secrets("https://x.org/a?Signature=s#f"), "https://x.org/a");
  EXPECT_EQ(without_secrets("https://user:pass@x.org/a@b"), "https://x.org/a@b");
  EXPECT_EQ(without_secrets("https://user:pass@x.org"), "https://x.org");
}

}  // namespace
}  // namespace howopen::fetch
