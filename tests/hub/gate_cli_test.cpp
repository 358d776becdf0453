// The gate as a team meets it: the real program, a tree, a policy, and the fake Hub.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "support/project.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(GateCommand, InitAndGateAreUnderstoodFromTheScreen) {
  const Project p;
  const Ran init = p.shell("howopen init");
  EXPECT_EQ(init.exit, 0) << init.err;
  EXPECT_THAT(init.out, HasSubstr("howopen.toml written"));
  const std::string policy = slurp(p.dir.file("howopen.toml"));
  EXPECT_LE(std::count(policy.begin(), policy.end(), '\n'), 40);
  EXPECT_THAT(policy, HasSubstr("acme/closed-7b, acme/gated-7b, acme/open-7b"));
  const Ran r = p.shell("howopen gate .");
  EXPECT_EQ(r.exit, 1) << r.err;
  EXPECT_THAT(flat(r.out),
              HasSubstr("error[license.not-allowed]: acme/closed-7b: weights under LicenseRef-Llama-3.1"));
  EXPECT_THAT(r.out, HasSubstr("src/app.py:4:32"));
  EXPECT_THAT(r.out, HasSubstr("howopen.toml:"));
  EXPECT_THAT(r.out, HasSubstr("howopen waive acme/closed-7b license.not-allowed --until"));
  EXPECT_THAT(r.out, Not(HasSubstr("acme/open-7b")));
  EXPECT_EQ(last_line(r.err), "gate: 2 pass, 1 denied, 0 undecided, 0 waived → exit 1");
  EXPECT_EQ(p.shell("howopen init").exit, 2) << "there is one already";
  for (const char* preset : {"permissive", "osaid", "mof", "report"}) {
    for (const char* full : {"", " --full"}) {
      fs::remove(p.dir.file("howopen.toml"));
      EXPECT_EQ(p.shell(std::string("howopen init --preset ") + preset + full).exit, 0);
      const Ran check = p.shell("howopen policy check");
      EXPECT_EQ(check.exit, 0) << preset << full << check.err;
    }
  }
  EXPECT_EQ(p.shell("howopen gate . -q").exit, 0) << "the preset report fails nothing";
}

TEST(GateCommand, ExitCodes) {
  Project p;
  EXPECT_EQ(p.shell("howopen gate acme/open-7b --no-policy").exit, 0);
  EXPECT_EQ(p.shell("howopen gate acme/closed-7b --no-policy").exit, 1);
  EXPECT_EQ(p.shell("howopen gate acme/none --no-policy").exit, 3);
  EXPECT_EQ(p.shell("howopen gate acme/none acme/closed-7b --no-policy").exit, 1) << "denied beats undecided";
  EXPECT_EQ(p.shell("howopen gate --policy none.toml").exit, 2);
  EXPECT_EQ(p.shell("howopen gate -D licence.denied").exit, 2);
  EXPECT_EQ(p.shell("howopen gate --fail-on sometimes").exit, 2);
  EXPECT_EQ(p.shell("howopen gate --new-only").exit, 2);
  EXPECT_EQ(p.shell("howopen gate ./nothing").exit, 2);
  EXPECT_EQ(p.shell("howopen gate --as-of tomorrow").exit, 2);
  EXPECT_EQ(p.shell("howopen gate acme/none --no-policy --on-unknown deny").exit, 1);
  EXPECT_EQ(p.shell("howopen gate acme/none --no-policy --on-unknown allow").exit, 0);
  EXPECT_EQ(p.shell("howopen gate acme/closed-7b --no-policy --fail-on never").exit, 0);
  EXPECT_EQ(p.shell("howopen gate acme/closed-7b --no-policy -A license.not-allowed").exit, 0);
  EXPECT_EQ(p.shell("howopen gate acme/gated-7b --no-policy -D access.ungated").exit, 1);
  EXPECT_EQ(p.shell("howopen gate acme/gated-7b --no-policy -W access.ungated --fail-on warn").exit, 1);
  p.put("howopen.toml", "version = 1\nfoo = 1\n[gate]\nfail_on = 1\n");
  const Ran wrong = p.shell("howopen gate .");
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_THAT(wrong.err,
              HasSubstr("error: unknown key gate.fail_on: howopen.toml:4\n  hint: did you mean fail-on?\n"));
  EXPECT_THAT(wrong.err, HasSubstr("error: unknown key foo: howopen.toml:2"));
  EXPECT_EQ(p.shell("howopen policy check").exit, 2);
  EXPECT_EQ(p.shell("howopen rules").exit, 2);
}

TEST(GateCommand, NothingFoundIsSaidAndMayBeUndecided) {
  Project p;
  fs::create_directories(p.dir.file("empty"));
  const Ran r = p.shell("howopen gate ./empty --no-policy");
  EXPECT_EQ(r.exit, 0);
  EXPECT_THAT(r.err, HasSubstr("no model is named in what was read, and not everything was"));
  EXPECT_THAT(r.out, HasSubstr("warning[scan.empty]: no file was read: empty"));
  EXPECT_EQ(p.shell("howopen gate ./empty --no-policy --strict").exit, 1);
  p.put("empty/a.py", "x = 1\n");
  EXPECT_EQ(p.shell("howopen gate ./empty --no-policy --strict").exit, 0);
  EXPECT_EQ(p.shell("howopen gate ./empty --no-policy --require-refs").exit, 3);
}

TEST(GateCommand, LevelsOfTheRulesAreThoseOfThePolicy) {
  Project p;
  p.put("howopen.toml",
        "version = 1\n[rules]\n\"data.published\" = \"deny\"\n[lock.drift]\nrepo-gone = \"note\"\n");
  const Ran r = p.shell("howopen rules");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("  data.published              deny  "));
  EXPECT_THAT(r.out, HasSubstr("  drift.repo-gone             note  "));
  const auto json = text::parse_json(p.shell("howopen rules --json").out);
  ASSERT_TRUE(json);
  int levels = 0;
  for (const text::Json& rule : (*json)["rules"].items()) levels += rule["level"].is_null() ? 0 : 1;
  EXPECT_EQ(levels, 40);
  EXPECT_EQ((*json)["policy"].string_or(""), "howopen.toml");
}

// Code that calls a vendor's API takes no weights in: one rule says so, and a policy what it thinks of that.
TEST(GateCommand, AModelBehindAnApiIsAFindingOfItsOwn) {
  Project p;
  p.put("src/app.py", "import openai\nr = create(model=\"gpt-4o\")\n");
  Ran r = p.shell("howopen gate ./src --offline");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("access.api-only"));
  EXPECT_THAT(r.out, HasSubstr("src/app.py:2:19"));
  EXPECT_THAT(r.out, Not(HasSubstr("weights.published")));
  EXPECT_EQ(p.shell("howopen gate ./src --offline -D access.api-only").exit, 1);
  p.put("howopen.toml", "version = 1\n[gate]\nminimum-verdict = \"open-weights\"\n");
  EXPECT_EQ(p.shell("howopen gate ./src --offline").exit, 1) << "a least verdict holds for it too";
  // The same by way of a list that scan wrote, and where somebody names it: there are no weights to ask for.
  p.put("howopen.toml", "version = 1\n");
  p.shell("howopen scan ./src -o jsonl=seen.jsonl");
  EXPECT_EQ(p.shell("howopen gate seen.jsonl --offline").exit, 0);
  EXPECT_EQ(p.shell("howopen gate gpt-4o --offline").exit, 0);
  EXPECT_EQ(p.shell("howopen gate gpt-4o --offline -D access.api-only").exit, 1);
  p.put("src/app.py", "import openai\nr = create(model=\"gpt-4.5-unheard-of-zzz\")\n");
  r = p.shell("howopen gate ./src --offline");
  EXPECT_THAT(r.out, HasSubstr("unheard-of"));
}

TEST(GateCommand, RolesOfFilesLimitWhatAFindingIs) {
  Project p;
  p.put("howopen.toml", "version = 1\n[scan.roles]\ndocument = \"note\"\ntest = \"off\"\n");
  p.put("docs/use.md", "`vllm serve google/gemma-2-9b-it`\n");
  EXPECT_EQ(p.shell("howopen gate ./docs --offline").exit, 0);
  p.put("docs/app.py", "AutoModel.from_pretrained('google/gemma-2-9b-it')\n");
  EXPECT_EQ(p.shell("howopen gate ./docs --offline").exit, 1) << "it stands in code, too";
  p.put("howopen.toml", "version = 1\n[scan.roles]\ndocuments = \"note\"\n");
  const Ran r = p.shell("howopen gate ./docs --offline");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("document"));
}

TEST(GateCommand, UsesThatThePolicyNamesAreAnswered) {
  Project p;
  const std::string models = "[licenses]\nallow = [\"MIT\", \"LicenseRef-Gemma\"]\n";
  p.put("howopen.toml", "version = 1\n" + models + "[use]\nfor = [\"product\"]\n");
  Ran r = p.shell("howopen gate google/gemma-2-9b-it --offline -o json");
  EXPECT_EQ(r.exit, 0) << r.out;
  EXPECT_THAT(r.out, HasSubstr("\"rule\": \"use.duties\""));
  p.put("howopen.toml", "version = 1\n" + models + "[use]\nfor = [\"product\"]\nfield = [\"military\"]\n");
  EXPECT_EQ(p.shell("howopen gate deepseek-ai/DeepSeek-V2 --offline -A license.not-allowed").exit, 1);
  p.put("howopen.toml", "version = 1\n[use]\nfor = [\"produkt\"]\nusers = \"many\"\nas = \"king\"\n");
  r = p.shell("howopen gate google/gemma-2-9b-it --offline");
  EXPECT_EQ(r.exit, 2);
  for (const char* said : {"did you mean product?", "use.users", "company, person, academic"})
    EXPECT_THAT(r.err, HasSubstr(said));
}

TEST(GateCommand, WaiveAndItPasses) {
  Project p;
  p.put("howopen.toml", "version = 1  # ours\n");
  const Ran w = p.shell(
      "howopen waive acme/closed-7b license.not-allowed --until 2027-03-31 --reason 'a \"good\" one' --by "
      "me@x");
  EXPECT_EQ(w.exit, 0) << w.err;
  EXPECT_THAT(w.out, HasSubstr("howopen.toml:3\n+ [[waiver]]\n"));
  EXPECT_THAT(slurp(p.dir.file("howopen.toml")), testing::StartsWith("version = 1  # ours\n\n[[waiver]]\n"));
  Ran r = p.shell("howopen gate .");
  EXPECT_EQ(r.exit, 0) << r.out << r.err;
  EXPECT_EQ(last_line(r.err), "gate: 3 pass, 0 denied, 0 undecided, 1 waived → exit 0");
  EXPECT_THAT(p.shell("howopen gate . --show-waived").out,
              HasSubstr("until 2027-03-31: a \"good\" one (me@x)"));
  r = p.shell("howopen gate . --as-of 2027-04-01");
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(flat(r.out), HasSubstr("ended on 2027-03-31 and does not apply"));
  EXPECT_THAT(flat(p.shell("howopen gate . --as-of 2027-03-25").out),
              HasSubstr("ends on 2027-03-31, in 6 days"));
  EXPECT_THAT(p.shell("howopen policy check --as-of 2027-04-01").err, HasSubstr("ended on 2027-03-31"));
  EXPECT_EQ(p.shell("howopen policy check --as-of 2027-04-01").exit, 0) << "no error of the file";
  EXPECT_THAT(p.shell("howopen gate acme/open-7b").out, IsEmpty()) << "its model was not looked at";
  for (const char* wrong : {"acme/closed-7b license.not-alowed --until 2027-03-31 --reason x --by y",
                            "acme/closed-7b license.denied --until 2020-03-31 --reason x --by y",
                            "acme/closed-7b license.denied --until soon --reason x --by y",
                            "acme/closed-7b license.denied --until 2027-03-31"})
    EXPECT_EQ(p.shell(std::string("howopen waive ") + wrong).exit, 2) << wrong;
  EXPECT_EQ(std::string(slurp(p.dir.file("howopen.toml"))).find("2020"), std::string::npos);
}

TEST(GateCommand, LockThenDrift) {
  Project p;
  EXPECT_EQ(p.shell("howopen gate --locked --no-policy").exit, 2) << "no lock yet";
  Ran r = p.shell("howopen lock --no-policy");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.err, HasSubstr("howopen.lock: 3 models locked"));
  const std::string lock = slurp(p.dir.file("howopen.lock"));
  EXPECT_EQ(p.shell("howopen lock --no-policy").exit, 0);
  EXPECT_EQ(slurp(p.dir.file("howopen.lock")), lock) << "same models, same bytes";
  r = p.shell("howopen drift --no-policy");
  EXPECT_EQ(r.exit, 0) << r.out;
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(last_line(r.err), "drift: 3 pass, 0 denied, 0 undecided, 0 waived → exit 0");
  // A moved branch alone is silent; another license under the same tag is not.
  p.hub["acme/open-7b"].sha = std::string(40, 'e');
  EXPECT_EQ(p.shell("howopen drift --no-policy --no-cache").out, "");
  p.hub["acme/open-7b"].files["LICENSE"] = "You may look at this, and no more.\n";
  r = p.shell("howopen drift --no-policy --no-cache");
  EXPECT_EQ(r.exit, 1) << r.out << r.err;
  EXPECT_THAT(r.out, HasSubstr("error[drift.license-text-changed]: acme/open-7b"));
  EXPECT_THAT(r.out, HasSubstr("howopen.lock:"));
  EXPECT_THAT(r.out, HasSubstr("howopen lock --update acme/open-7b"));
  r = p.shell("howopen lock --update acme/open-7b --no-policy --no-cache");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.err, HasSubstr("~ acme/open-7b\n    license "));
  EXPECT_THAT(r.err, HasSubstr("3 models locked"));
  EXPECT_EQ(p.shell("howopen drift --no-policy --no-cache").exit, 0);
  EXPECT_EQ(p.shell("howopen lock --update acme/unknown --no-policy").exit, 2);
  EXPECT_EQ(p.shell("HF_HUB_OFFLINE=1 howopen drift --no-policy").exit, 2);
}

TEST(GateCommand, LockedRefusesWhatIsNotLocked) {
  Project p;
  ASSERT_EQ(p.shell("howopen lock --no-policy").exit, 0);
  p.put("new.py", "m = AutoModel.from_pretrained('acme/fresh')\n");
  Ran r = p.shell("howopen gate . --locked --no-policy");
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(r.out, HasSubstr("error[lock.missing]: acme/fresh is not locked\n  at      new.py:1:32"));
  EXPECT_THAT(r.err, HasSubstr("1 not locked"));
  // The lock alone is not all there is: the tree is looked at without being named.
  EXPECT_EQ(p.shell("howopen gate --locked --no-policy").exit, 1);
  for (const char* format : {"json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"})
    EXPECT_THAT(p.shell(std::string("howopen gate --locked --no-policy -o ") + format).out,
                testing::AllOf(HasSubstr("lock.missing"), HasSubstr("acme/fresh"), HasSubstr("new.py")))
        << format;
  // A hook looks at the files that changed, and asks nobody.
  const std::string hook = "howopen gate --frozen --on-unknown allow --no-policy ";
  r = p.shell(hook + "--files src/app.py serve.sh README.xyz", ".");
  EXPECT_EQ(r.exit, 2) << "README.xyz is not there";
  p.put("README.xyz", "from_pretrained('acme/fresh')\n");
  p.put("requirements.txt", "torch==2.1\n");
  r = p.shell(hook + "--files src/app.py serve.sh README.xyz requirements.txt");
  EXPECT_NE(r.exit, 2) << r.err;
  r = p.shell(hook + "--files serve.sh");
  EXPECT_EQ(r.exit, 0) << r.out << r.err;
  EXPECT_EQ(p.shell(hook + "--files new.py").exit, 1);
  EXPECT_EQ(p.shell(hook + "--files README.xyz").exit, 0);
  fs::remove(p.dir.file("howopen.lock"));
  EXPECT_EQ(p.shell(hook + "--files README.xyz").exit, 0) << "names no model, needs no lock";
  EXPECT_EQ(p.shell(hook + "--files serve.sh").exit, 2);
}

TEST(GateCommand, ALockKnowsTheOldName) {
  Project p;
  p.hub["gpt-old"].renamed_to = "acme/open-7b";
  p.put("old.py", "m = AutoModel.from_pretrained('gpt-old')\n");
  Ran r = p.shell("howopen lock --no-policy");
  ASSERT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(slurp(p.dir.file("howopen.lock")), HasSubstr("asked    = [\"gpt-old\"]"));
  r = p.shell("howopen gate . --locked --no-policy");
  EXPECT_EQ(r.exit, 1) << r.err;
  EXPECT_EQ(last_line(r.err), "gate: 2 pass, 1 denied, 0 undecided, 0 waived → exit 1");
  r = p.shell("howopen gate . --no-policy");
  EXPECT_EQ(last_line(r.err), "gate: 2 pass, 1 denied, 0 undecided, 0 waived → exit 1")
      << "one model, two names";
}

TEST(GateCommand, APartOfTheProjectLeavesTheLockOfTheRest) {
  Project p;
  ASSERT_EQ(p.shell("howopen lock --no-policy").exit, 0);
  EXPECT_THAT(p.shell("howopen lock ./src --no-policy").err, HasSubstr("3 models locked"));
  EXPECT_THAT(p.shell("howopen lock acme/open-7b --no-policy").err, HasSubstr("3 models locked"));
  fs::remove(p.dir.file("serve.sh"));
  EXPECT_THAT(p.shell("howopen lock --no-policy").err, HasSubstr("- acme/gated-7b\n"));
}

TEST(PolicyOfAProject, IsFoundAboveAndNeverBelow) {
  Project p;
  p.put("src/howopen.toml", "version = 1\n[rules]\n\"license.not-allowed\" = \"off\"\n");
  EXPECT_EQ(p.shell("howopen gate .").exit, 1) << "a scanned folder carries no policy";
  fs::remove(p.dir.file("src/howopen.toml"));
  p.put(".config/howopen.toml", "version = 1\n[rules]\n\"license.not-allowed\" = \"off\"\n");
  EXPECT_EQ(p.shell("howopen gate .").exit, 0);
  fs::create_directories(p.dir.file("src/deep/er"));
  EXPECT_THAT(p.shell("howopen policy show --origin", "src/deep/er").out,
              HasSubstr("rules.license.not-allowed       off    # ../../../.config/howopen.toml:3"));
  EXPECT_THAT(p.shell("howopen policy show --origin").out,
              HasSubstr("gate.fail-on                    deny    # built-in"));
  const auto json = text::parse_json(p.shell("howopen policy show --json").out);
  ASSERT_TRUE(json);
  // Not beyond the root of the repository.
  fs::create_directories(p.dir.file("sub/.git"));
  EXPECT_THAT(p.shell("howopen policy show", "sub").err, HasSubstr("no policy file"));
}

TEST(PolicyOfAProject, ExtendsWhatItsDigestNames) {
  Project p;
  const std::string base = "version = 1\n[rules]\n\"license.not-allowed\" = \"warn\"\n";
  Server server([&](const HttpRequest&) {
    HttpResponse r;
    r.body = base;
    return r;
  });
  const auto extends = [&](const std::string& digest) {
    p.put("howopen.toml",
          "version = 1\nextends = [\"" + server.url() + "/base.toml#sha256=" + digest + "\"]\n");
  };
  extends(text::sha256(base));
  EXPECT_THAT(p.shell("howopen gate .").err, HasSubstr("over https only")) << "an address of this machine";
  EXPECT_TRUE(server.log().empty());
  Ran r = p.shell("howopen gate . -v --private-policies");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(p.shell("howopen policy show --origin --private-policies").out, HasSubstr("/base.toml:3"));
  EXPECT_EQ(server.log().size(), 1u) << "kept by its digest";
  for (const HttpRequest& q : server.log()) EXPECT_FALSE(q.headers.contains("authorization"));
  extends(std::string(64, 'b'));
  r = p.shell("howopen gate . --private-policies");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("another digest: " + text::sha256(base) + ": howopen.toml:2"));
  p.put("howopen.toml", "version = 1\nextends = [\"" + server.url() + "/base.toml\"]\n");
  EXPECT_THAT(p.shell("howopen gate .").err, HasSubstr("without its digest: howopen.toml:2"));
  p.put("howopen.toml", "version = 1\nextends = [\"policies/team.toml\"]\n");
  EXPECT_THAT(p.shell("howopen gate .").err, HasSubstr("no such file: policies/team.toml: howopen.toml:2"));
  p.put("policies/team.toml", base);
  EXPECT_EQ(p.shell("howopen gate .").exit, 0);
  p.put("policies/team.toml", "version = 1\nextends = [\"../howopen.toml\"]\n");
  r = p.shell("howopen gate .");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("extends itself"));
  // Not out of the repository, whatever is there.
  const TempDir outside;
  outside.write("secret.toml", "secret = 1\n");
  fs::create_symlink(outside.path() + "/secret.toml", p.dir.path() + "/policies/link.toml");
  for (const std::string& path :
       {outside.path() + "/secret.toml", std::string("policies/link.toml"), std::string("/proc/self/environ"),
        std::string("../../../../../etc/passwd")}) {
    p.put("howopen.toml", "version = 1\nextends = [\"" + path + "\"]\n");
    r = p.shell("howopen gate .");
    EXPECT_EQ(r.exit, 2) << path;
    EXPECT_THAT(r.err, HasSubstr("outside of its repository")) << path;
    EXPECT_THAT(r.err, Not(HasSubstr("secret = 1"))) << path;
  }
}

TEST(PolicyOfAProject, ItsEndpointGetsNoToken) {
  Project p;
  p.put("howopen.toml", "version = 1\n[hub]\nendpoint = \"" + p.hub.url() + "\"\n");
  const Ran r = p.shell("unset HF_ENDPOINT; HF_TOKEN=hf_valid howopen gate acme/open-7b");
  EXPECT_EQ(r.exit, 0) << r.err;
  ASSERT_FALSE(p.hub.log().empty());
  for (const HttpRequest& q : p.hub.log()) EXPECT_FALSE(q.headers.contains("authorization")) << q.path;
}

TEST(GateOutput, SeveralFormatsAtOnceTheSameTwice) {
  const Project p;
  const std::string line =
      "howopen gate . --no-policy -o text -o sarif=x.sarif -o junit=y.xml -o json=z.json -o gitlab=g.json";
  const Ran first = p.shell(line);
  EXPECT_EQ(first.exit, 1);
  const std::string sarif = slurp(p.dir.file("x.sarif"));
  const std::string junit = slurp(p.dir.file("y.xml"));
  const std::string json = slurp(p.dir.file("z.json"));
  EXPECT_THAT(sarif, HasSubstr("src/app.py"));
  EXPECT_THAT(junit, HasSubstr("<failure"));
  EXPECT_TRUE(text::parse_json(sarif));
  const Ran again = p.shell(line);
  EXPECT_EQ(again.out, first.out);
  EXPECT_EQ(again.err, first.err);
  EXPECT_EQ(slurp(p.dir.file("x.sarif")), sarif);
  EXPECT_EQ(slurp(p.dir.file("y.xml")), junit);
  EXPECT_EQ(slurp(p.dir.file("z.json")), json);
  EXPECT_EQ(p.shell("howopen gate acme/gated-7b acme/closed-7b acme/open-7b --no-policy --json").out,
            p.shell("howopen gate acme/open-7b acme/closed-7b acme/gated-7b --no-policy --json").out)
      << "whatever the order";
}

TEST(GateOutput, ABaselineMakesOldFindingsQuiet) {
  Project p;
  ASSERT_EQ(p.shell("howopen gate . --no-policy -o json=base.json -o jsonl=base.jsonl").exit, 1);
  for (const char* file : {"base.json", "base.jsonl"}) {
    const Ran r = p.shell(std::string("howopen gate . --no-policy --new-only --baseline ") + file);
    EXPECT_EQ(r.exit, 0) << r.out;
    EXPECT_THAT(r.out, HasSubstr("known[license.not-allowed]: acme/closed-7b"));
  }
  p.model("acme/worse", "cc-by-nc-4.0");
  p.put("w.py", "m = AutoModel.from_pretrained('acme/worse')\n");
  EXPECT_EQ(p.shell("howopen gate . --no-policy --new-only --baseline base.json").exit, 1);
  // A document of another kind is no empty baseline.
  for (const char* other : {"[]", "{\"a\":1}", "{\"version\":\"2.1.0\",\"runs\":[]}", "{\"models\":[]}",
                            "{\"a\":1}\n{\"b\":2}\n", "", "hello\n"}) {
    p.put("no.json", other);
    const Ran r = p.shell("howopen gate . --no-policy --new-only --baseline no.json");
    EXPECT_EQ(r.exit, 2) << other;
    EXPECT_THAT(r.err, HasSubstr("neither a report of howopen nor a lock: --baseline no.json")) << other;
  }
  ASSERT_EQ(p.shell("howopen gate . --no-policy -o sarif=base.sarif").exit, 1);
  EXPECT_EQ(p.shell("howopen gate . --no-policy --new-only --baseline base.sarif").exit, 2);
}

// What has the name of a policy and is none is no missing policy.
TEST(GateOutput, APolicyThatIsNoFileIsAnError) {
  for (const char* make : {"mkdir howopen.toml", "mkfifo howopen.toml", "ln -s nowhere howopen.toml"}) {
    Project p;
    ASSERT_EQ(std::system(("cd " + p.dir.path() + " && " + make).c_str()), 0) << make;
    for (const char* line :
         {"howopen gate .", "howopen policy check",
          "howopen waive acme/closed-7b license.not-allowed --until 2027-03-31 --reason r --by b"}) {
      const Ran r = p.shell(line);
      EXPECT_EQ(r.exit, 2) << make << ": " << line;
      EXPECT_THAT(r.err, HasSubstr("howopen.toml")) << make << ": " << line;
    }
  }
}

// What a change brings: a comment on it leaves out what the base branch has.
TEST(GateOutput, MarkdownTellsWhatIsNewAgainstALock) {
  Project p;
  p.shell("howopen lock --no-policy; mv howopen.lock base.lock");
  p.model("acme/new-7b", "apache-2.0");
  p.put("new.py", "m = AutoModel.from_pretrained(\"acme/new-7b\")\n");
  Ran r = p.shell("howopen gate . --no-policy -o markdown --baseline base.lock");
  EXPECT_THAT(r.out, HasSubstr("New against the baseline: 1 of 4 models."));
  EXPECT_THAT(r.out, HasSubstr("acme/new-7b"));
  EXPECT_THAT(r.out, Not(HasSubstr("acme/closed-7b")));
  // Another commit of a model that was there is new.
  p.hub["acme/closed-7b"].sha = std::string(40, 'e');
  r = p.shell("howopen gate . --no-policy --no-cache -o markdown --baseline base.lock");
  EXPECT_THAT(r.out, HasSubstr("acme/closed-7b"));
  EXPECT_THAT(r.out, HasSubstr("New against the baseline: 2 of 4 models."));
  // And of a report.
  p.shell("howopen gate . --no-policy --no-cache -o json=base.json");
  r = p.shell("howopen gate . --no-policy --no-cache -o markdown --baseline base.json");
  EXPECT_THAT(r.out, HasSubstr("New against the baseline: 0 of 4 models."));
  EXPECT_EQ(p.shell("howopen gate . --no-policy --baseline src/app.py").exit, 2);
}

TEST(GateInput, ListsAndLinesOfAScan) {
  const Project p;
  Ran r = p.shell(
      "printf '# ours\\nacme/open-7b\\n\\n  acme/closed-7b@main  # why\\n' | howopen gate - --no-policy");
  EXPECT_EQ(last_line(r.err), "gate: 1 pass, 1 denied, 0 undecided, 0 waived → exit 1");
  p.put("models.txt", "acme/open-7b\n  acme/closed-7b # here\n");
  EXPECT_THAT(p.shell("howopen gate models.txt --no-policy").out, HasSubstr("used    models.txt:2:3"));
  r = p.shell("howopen scan -o jsonl | howopen gate - --no-policy");
  EXPECT_EQ(r.exit, 1) << r.err;
  EXPECT_THAT(r.out, HasSubstr("src/app.py:4:32"));
  EXPECT_EQ(last_line(r.err), "gate: 2 pass, 1 denied, 0 undecided, 0 waived → exit 1");
  EXPECT_EQ(p.shell("howopen scan --json | howopen gate - --no-policy").out, r.out);
  EXPECT_EQ(p.shell("howopen audit acme/open-7b -o jsonl | howopen gate - --no-policy").exit, 0);
  EXPECT_EQ(p.shell("echo '{\"no\": 1}' | howopen gate - --no-policy").exit, 2);
  EXPECT_EQ(p.shell("echo '{\"id\": \"acme/open-7b\", \"file\": \"/etc/passwd\", \"line\": 1}' | howopen "
                    "gate - --no-policy "
                    "-D code.training")
                .out.find("root"),
            std::string::npos);
}

TEST(GateInput, ColumnsAreThoseOfEditorsAndPathsThoseOfTheRepository) {
  const Project p;
  p.put("sub/e.py", "x = '\xF0\x9F\x98\x80\xC3\xA9'; m = AutoModel.from_pretrained('acme/closed-7b')\n");
  EXPECT_THAT(p.shell("howopen gate ./e.py --no-policy", "sub").out, HasSubstr("used    sub/e.py:1:43"));
  for (const char* format : {"sarif", "gitlab", "github", "junit", "markdown", "json"}) {
    const std::string out = p.shell(std::string("howopen gate . --no-policy -o ") + format, "sub").out;
    EXPECT_THAT(out, HasSubstr("sub/e.py")) << format;
    EXPECT_THAT(out, Not(HasSubstr("\"e.py"))) << format;
  }
  EXPECT_THAT(p.shell("howopen gate " + p.dir.path() + "/sub --no-policy").out,
              HasSubstr("used    sub/e.py:1:43"));
  EXPECT_THAT(p.shell("howopen gate e.py --no-policy", "sub").out, HasSubstr("e.py:1:43"))
      << "no model has such a name";
}

TEST(GateInput, AFileNeverStandsInForAModel) {
  const Project p;
  p.put("acme/closed-7b", "nothing\n");
  Ran r = p.shell("howopen gate acme/closed-7b --no-policy");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("hf://acme/closed-7b for a model"));
  EXPECT_EQ(p.shell("howopen gate hf://acme/closed-7b --no-policy").exit, 1);
  EXPECT_EQ(p.shell("howopen gate src --no-policy").exit, 2);
}

TEST(GateInput, ASavedSnapshotIsJudgedWithoutTheHub) {
  const Project p;
  ASSERT_EQ(p.shell("howopen fetch acme/open-7b acme/closed-7b --output b.json").exit, 0);
  const Ran r = p.shell("HF_ENDPOINT=http://127.0.0.1:9 howopen gate --replay b.json --no-policy");
  EXPECT_EQ(r.exit, 1) << r.err;
  EXPECT_EQ(last_line(r.err), "gate: 1 pass, 1 denied, 0 undecided, 0 waived → exit 1");
}

TEST(GateInput, GitignoreHidesNothingThatIsTracked) {
  Project p;
  fs::remove_all(p.dir.file(".git"));
  const Ran git = p.shell(
      "git init -q . && git add -A && git -c user.email=a@b -c user.name=a commit -qm x && printf "
      "'src/\\nserve.sh\\nout/\\n' > "
      ".gitignore && mkdir out && cp src/app.py out/");
  if (git.exit != 0) GTEST_SKIP() << git.err;
  Ran r = p.shell("howopen scan -q");
  EXPECT_EQ(r.out, "acme/closed-7b\nacme/gated-7b\nacme/open-7b\n");
  EXPECT_THAT(p.shell("howopen scan").out, Not(HasSubstr("out/app.py")));
  EXPECT_EQ(p.shell("howopen scan -q", "src").out, "acme/closed-7b\nacme/open-7b\n");
  ASSERT_EQ(p.shell("git update-index --index-version 4 && howopen scan -q").out, r.out);
  p.put("src/new.py", "m = AutoModel.from_pretrained('acme/new')\n");
  EXPECT_EQ(p.shell("howopen scan -q").out, r.out) << "ignored, and not tracked";
}

TEST(GateInput, AHostileTree) {
  const Project p;
  const TempDir outside;
  outside.write("secret.py", "m = AutoModel.from_pretrained('acme/secret')\n");
  fs::create_symlink(outside.path(), p.dir.file("link"));
  fs::create_symlink(outside.file("secret.py"), p.dir.file("s.py"));
  ASSERT_EQ(mkfifo(p.dir.file("pipe.py").c_str(), 0600), 0);
  p.put("evil\x1b[31m\n::error::x.py", "m = AutoModel.from_pretrained('acme/closed-7b')\n");
  p.put(".git/index", "DIRC\xff\xff\xff\xff garbage");
  fs::resize_file(p.dir.write("huge.py", "m = AutoModel.from_pretrained('acme/huge')\n"), 5u << 30);
  const Ran r = p.shell("howopen gate . --no-policy");
  EXPECT_EQ(r.exit, 1) << r.err;
  EXPECT_THAT(r.out, Not(HasSubstr("secret")));
  EXPECT_THAT(r.out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(r.out, Not(HasSubstr("\n::error")));
  EXPECT_EQ(p.shell("howopen gate --files s.py pipe.py link --no-policy").out.find("secret"),
            std::string::npos);
}

}  // namespace
}  // namespace howopen::test
