// What words of the command line are taken for: a model, a folder, a file, a list.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/project.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// No folder may have the Hub's model of its name judged in its place.
TEST(Words, AFolderIsNoModelForAGate) {
  Project p;
  p.put("acme/open-7b/a.py", "m = AutoModel.from_pretrained(\"acme/closed-7b\")\n");
  for (const char* command : {"gate", "lock", "notice"}) {
    const Ran r = p.shell(std::string("howopen ") + command + " acme/open-7b --no-policy");
    EXPECT_EQ(r.exit, 2) << command << r.out << r.err;
    EXPECT_THAT(r.err, AllOf(HasSubstr("a folder here, and perhaps a model: acme/open-7b"),
                             HasSubstr("write ./acme/open-7b for the folder, hf://acme/open-7b for a model")))
        << command;
  }
  for (const char* folder : {"acme/open-7b/", "./acme/open-7b", "./acme/open-7b/", "acme/"}) {
    const Ran r = p.shell(std::string("howopen gate --no-policy ") + folder);
    EXPECT_EQ(r.exit, 1) << folder << r.err;
    EXPECT_THAT(r.out, HasSubstr("acme/closed-7b")) << folder;
  }
  for (const char* model : {"hf://acme/open-7b", "hf://acme/open-7b/", "acme/open-7b@main"})
    EXPECT_EQ(p.shell(std::string("howopen gate --no-policy ") + model).exit, 0) << model;
  // A monorepo's folder that no model is called like is just that.
  p.put("services/chat/api/a.py", "m = AutoModel.from_pretrained(\"acme/closed-7b\")\n");
  EXPECT_EQ(p.shell("howopen gate --no-policy services/chat/api").exit, 1);
  EXPECT_EQ(p.shell("howopen gate --no-policy services/chat").exit, 2);
  const Ran gone = p.shell("howopen gate --no-policy acme/gone/");
  EXPECT_EQ(gone.exit, 2);
  EXPECT_THAT(gone.err, HasSubstr("names of models do not end with a slash"));
}

TEST(Words, WhatLiesHereIsSaidWithWhatToType) {
  const Project p;
  p.put("tune/README.md", "# Tune\n");
  p.put("model.gguf", "GGUF");
  p.put("sub/model.gguf", "GGUF");
  p.put("a/b/model.gguf", "GGUF");
  p.put("ten.txt", "acme/open-7b\n");
  p.put("LICENCE-ACME", "Do as you like.\n");
  for (const char* how : {"", " --offline"}) {
    for (const auto& [word, hint] :
         std::map<std::string, std::string>{{"tune", "howopen audit ./tune"},
                                            {"tune/", "howopen audit ./tune/"},
                                            {"model.gguf", "howopen audit ./model.gguf"},
                                            {"sub/model.gguf", "howopen audit ./sub/model.gguf"},
                                            {"a/b/model.gguf", "howopen audit ./a/b/model.gguf"},
                                            {"ten.txt", "howopen batch ten.txt"},
                                            {"LICENCE-ACME", "howopen license LICENCE-ACME"}}) {
      const Ran r = p.shell("howopen audit " + word + how);
      EXPECT_EQ(r.exit, 2) << word;
      EXPECT_THAT(r.err, AllOf(HasSubstr(" here, not a model: " + word), HasSubstr(hint))) << word << how;
    }
  }
  // A model's name is not taken from it by a folder.
  p.put("acme/open-7b/README.md", "# No\n");
  EXPECT_EQ(p.shell("howopen audit acme/open-7b").exit, 0);
  const Ran verify = p.shell("howopen verify acme/none");
  EXPECT_EQ(verify.exit, 2);
  EXPECT_THAT(verify.err, AllOf(HasSubstr("no such file or folder: acme/none"),
                                HasSubstr("howopen verify DIR --model acme/none")));
}

TEST(Words, AMisspeltCommandIsNoModel) {
  for (const auto& [word, meant] : std::map<std::string, std::string>{
           {"aduit", "audit"}, {"scna", "scan"}, {"gaet", "gate"}, {"licence", "license"}}) {
    const Ran r = run({word, "gpt-4o", "--offline"});
    EXPECT_EQ(r.exit, 2) << word;
    EXPECT_THAT(r.err, HasSubstr("did you mean `howopen " + meant + "`?")) << word;
  }
}

TEST(Words, AllDoubtfulNamesAreToldInOneRun) {
  const Ran r =
      run({"gpt-4o", "mistral-large-2", "deepseek-ai/DeepSeek-R1", "aya-101", "x1y2z3", "--offline"});
  EXPECT_EQ(r.exit, 2);
  for (const char* name : {"mistral-large-2", "aya-101", "x1y2z3"})
    EXPECT_THAT(r.err, HasSubstr(std::string("no model is certain to be meant: ") + name));
}

TEST(Words, AllWrongTargetsOfAGateAreToldInOneRun) {
  const Project p;
  p.put("acme/open-7b/a.py", "");
  const Ran r = p.shell("howopen gate acme/open-7b . nofolder acme/closed-7b 'a b c' --no-policy");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, AllOf(HasSubstr("a folder here, and perhaps a model: acme/open-7b"),
                           HasSubstr("neither a folder here nor a model that has no owner: nofolder")));
  EXPECT_EQ(p.shell("howopen compare none.jsonl other.jsonl").exit, 2);
  EXPECT_THAT(p.shell("howopen compare none.jsonl other.jsonl").err, Not(HasSubstr("lines of results")));
}

// Mistral-Large-3 has another license than what somebody asks about who types 2.
TEST(Words, AnotherVersionIsNoCommandToCopy) {
  Ran r = run({"mistral-large-2", "--offline"});
  EXPECT_THAT(r.err, HasSubstr("did you mean mistralai/Mistral-Large-Instruct-24"));
  EXPECT_THAT(r.err, Not(HasSubstr("howopen audit mistralai/Mistral-Large-3")));
  r = run({"llama 5", "--offline"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, AllOf(HasSubstr("nearest are "), Not(HasSubstr("howopen audit "))));
  r = run({"llama 3", "--offline"});
  EXPECT_THAT(r.err, HasSubstr("howopen audit "));
}

TEST(Words, LinesOfResultsAreNoReportToCompare) {
  const Project p;
  p.put("ids.txt", "acme/open-7b\nacme/closed-7b\n");
  p.shell("howopen batch ids.txt --output r.jsonl; cp r.jsonl new.jsonl; cp r.jsonl r.json");
  for (const char* files : {"r.jsonl new.jsonl", "./r.jsonl acme/open-7b", "r.json acme/open-7b"}) {
    const Ran r = p.shell(std::string("howopen compare ") + files);
    EXPECT_EQ(r.exit, 2) << files << r.out;
    EXPECT_THAT(r.err, HasSubstr("lines of results, not a report: ")) << files;
  }
  EXPECT_EQ(p.shell("howopen audit acme/open-7b -o json=a.json; howopen compare a.json acme/open-7b").exit,
            0);
}

TEST(Words, WhatNobodySawIsNotTheSame) {
  const Project p;
  const Ran r = p.shell("howopen compare acme/gone acme/none");
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.out, AllOf(HasSubstr("not comparable: nothing was seen of them"),
                           Not(HasSubstr("no difference")), Not(HasSubstr("the same in all"))));
}

TEST(Words, CapitalsOfWordsThatAreChosenFrom) {
  for (const auto& [given, plain] :
       std::map<std::string, std::string>{{"--as=Company", "--as=company"},
                                          {"--as=ACADEMIC", "--as=academic"},
                                          {"--field=Medical", "--field=medical"}}) {
    const Ran r = run({"audit", "mistralai/Mistral-7B-v0.1", "--for", "internal", given, "--offline"});
    EXPECT_EQ(r.exit, 0) << given << r.err;
    EXPECT_EQ(r.out,
              run({"audit", "mistralai/Mistral-7B-v0.1", "--for", "internal", plain, "--offline"}).out);
  }
  EXPECT_EQ(run({"gpt-4", "--offline", "--field", "Medcal"}).exit, 2);
  EXPECT_EQ(run({"gpt-4", "--offline", "--as", "Robot"}).exit, 2);
}

}  // namespace
}  // namespace howopen::test
