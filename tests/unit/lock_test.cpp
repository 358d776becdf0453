// The lock file, and what has become of what it holds.

#include "howopen/lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/catalog.h"
#include "support/facts_builder.h"
#include "text/digest.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kSum(64, 'a');

FactsBuilder model() {
  FactsBuilder b;
  b.facts.license.texts[0].identified->sha256 = kSum;
  b.tag("mit");
  return b;
}

LockedModel lock_of(const FactsBuilder& b) {
  const auto out = locked(judge(b.facts, the_catalog()), b.facts);
  EXPECT_TRUE(out);
  return out.value_or(LockedModel{});
}

Verdict drifted(const FactsBuilder& now, const LockedModel& then,
                const Policy& p = preset_policy("permissive")) {
  Verdict v = judge(now.facts, the_catalog());
  apply_drift(v, now.facts, locked(v, now.facts), then, p, "howopen.lock");
  return v;
}

std::vector<std::string> rules(const Verdict& v) {
  std::vector<std::string> out;
  for (const Finding& f : v.findings) out.push_back(f.level + " " + f.rule);
  return out;
}

ReadLock read(const std::string& content) {
  return read_lock({"howopen.lock", content});
}

TEST(Lock, HoldsWhatWasSeen) {
  FactsBuilder b = model();
  b.facts.asked = "old-name";
  b.facts.repository->gate = AccessGate::manual;
  b.ancestor("acme/base", "mit").revision = std::string(40, 'b');
  b.ancestor("acme/a-base", "mit");
  EXPECT_EQ(
      write_lock({lock_of(b)}),
      "# Made by howopen lock. Sorted; no clock values; one table per model, so merges stay small.\n"
      "version = 1\n\n[[model]]\nid       = \"acme/m\"\nasked    = [\"old-name\"]\nfrom     = \"main\"\n"
      "revision = \"" +
          std::string(40, 'a') + "\"\npurl     = \"pkg:huggingface/acme/m@" + std::string(40, 'a') +
          "\"\ngated    = \"manual\"\nbase     = [\"acme/a-base\", \"acme/base@" + std::string(40, 'b') +
          "\"]\nlicense  = { declared = \"mit\", concluded = \"MIT\", file = \"LICENSE\", "
          "sha256 = \"" +
          kSum +
          "\" }\nfacts    = { weights = \"partial\", weights-format = \"safetensors\", "
          "inference-code = \"available\", training-code = \"unavailable\", training-data = \"silent\", "
          "api-access = \"unavailable\" }\ndigest   = \"none\"\n");
}

TEST(Lock, IsReadBackAsItWasWritten) {
  FactsBuilder b = model();
  LockedModel one = lock_of(b);
  b.facts.id = b.facts.asked = "acme/\"quoted\" \\ \x01 \xe2\x82\xac";
  b.facts.from = "v1";
  b.facts.license = {};
  LockedModel two = lock_of(b);
  LockedModel three = two;
  three.from = "main";
  const std::string written = write_lock({two, one, three});
  EXPECT_EQ(written, write_lock({three, two, one})) << "the order they came in has no part in it";
  const ReadLock r = read(written);
  for (const Error& e : r.errors) ADD_FAILURE() << e.what << " " << e.where;
  ASSERT_THAT(r.models, SizeIs(3));
  EXPECT_EQ(r.models[0].id, two.id);
  EXPECT_EQ(r.models[0].from, "main");
  EXPECT_EQ(r.models[2].license_sha256, kSum);
  EXPECT_EQ(r.models[2].facts, one.facts);
  EXPECT_EQ(write_lock(r.models), written);
}

TEST(Lock, NothingWithoutACommitAndNothingThatNobodySaw) {
  FactsBuilder b = model();
  b.facts.revision = "";
  EXPECT_FALSE(locked(judge(b.facts, the_catalog()), b.facts));
  b = model();
  b.facts.origin = Origin::built_in;
  EXPECT_FALSE(locked(judge(b.facts, the_catalog()), b.facts));
}

std::string entry(const std::string& more = {}, const std::string& id = "a/b") {
  return "[[model]]\nid = \"" + id + "\"\nfrom = \"main\"\nrevision = \"" + std::string(40, 'a') +
         "\"\ngated = \"no\"\n" + more;
}

TEST(Lock, ErrorsNameTheLine) {
  const auto only = [](const std::string& content) {
    const ReadLock r = read(content);
    EXPECT_THAT(r.errors, SizeIs(1)) << content;
    return r.errors.empty() ? "" : r.errors[0].what + "; " + r.errors[0].where + "; " + r.errors[0].fix;
  };
  EXPECT_THAT(read("version = 1\n" + entry()).errors, IsEmpty());
  EXPECT_EQ(only(""), "version is not 1; howopen.lock:1; this howopen reads version 1");
  EXPECT_THAT(only("version = 1\n<<<<<<< HEAD\n"), HasSubstr("not TOML"));
  EXPECT_THAT(only("version = 1\n[[model]\n"), HasSubstr("howopen.lock:2:"));
  EXPECT_EQ(only("version = 1\n" + entry("gate = \"x\"\n")),
            "unknown key model.gate; howopen.lock:7; did you mean gated?");
  EXPECT_THAT(only("version = 1\n" + entry() + entry()), HasSubstr("a/b is locked twice; howopen.lock:7"));
  EXPECT_THAT(only("version = 1\n" + entry("facts = { weight = \"x\" }\n")),
              HasSubstr("did you mean weights?"));
  EXPECT_THAT(only("version = 1\n" + entry("base = \"x\"\n")),
              HasSubstr("model.base is not a list; howopen.lock:7"));
  EXPECT_THAT(
      only("version = 1\n[[model]]\nid = \"a/b\"\nfrom = \"main\"\nrevision = \"main\"\ngated = \"no\"\n"),
      HasSubstr("model.revision is not a commit of 40 hex digits; howopen.lock:5"));
  EXPECT_THAT(read("version = 1\n[[model]]\nid = 3\n").errors, SizeIs(4));
  EXPECT_THAT(read("version = 1\nmodel = [1, 2]\n").errors, SizeIs(2));
}

TEST(Drift, OnlyTheCommitMovedIsSilence) {
  const LockedModel then = lock_of(model());
  FactsBuilder now = model();
  now.facts.revision = std::string(40, 'b');
  Verdict v = drifted(now, then);
  EXPECT_THAT(rules(v), IsEmpty());
  EXPECT_EQ(v.decision, Decision::pass);
  Policy p = preset_policy("permissive");
  p.drift["revision-moved"].value = Level::note;
  EXPECT_THAT(rules(drifted(now, then, p)), ElementsAre("note drift.revision-moved"));
}

TEST(Drift, ALicenseSwappedUnderAnUnchangedTagIsSeen) {
  const LockedModel then = lock_of(model());
  FactsBuilder now = model();
  now.no_texts().text("LICENSE", Scope::everything, "LicenseRef-Gemma");
  now.facts.license.texts[0].identified->sha256 = std::string(64, 'b');
  const Verdict v = drifted(now, then);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(rules(v),
              testing::UnorderedElementsAre("deny drift.license-changed", "deny drift.license-text-changed"));
  EXPECT_EQ(v.findings[0].policy->text, "license-changed = deny");
  EXPECT_THAT(v.findings[0].fix, HasSubstr("howopen lock --update acme/m"));
  ASSERT_THAT(v.uses, SizeIs(1));
  EXPECT_EQ(v.uses[0].file, "howopen.lock");
  // The same license in other words is a change of text alone.
  now.no_texts().text("LICENSE", Scope::everything, "MIT");
  now.facts.license.texts[0].identified->sha256 = std::string(64, 'b');
  EXPECT_THAT(rules(drifted(now, then)), ElementsAre("deny drift.license-text-changed"));
}

TEST(Drift, TheLicenseThatBindsIsLocked) {
  LockedModel then = lock_of(model());
  EXPECT_EQ(then.binds, "") << "no ancestor adds to it";
  then.binds = then.concluded + " AND LicenseRef-Llama-2";
  EXPECT_THAT(write_lock({then}), testing::HasSubstr("LicenseRef-Llama-2"));
  EXPECT_EQ(read(write_lock({then})).models.front().binds, then.binds);
  FactsBuilder now = model();
  const Verdict v = drifted(now, then);
  ASSERT_FALSE(v.findings.empty());
  EXPECT_EQ(v.findings.front().rule, "drift.license-changed");
  then.binds.clear();
  EXPECT_TRUE(drifted(now, then).findings.empty());
}

TEST(Drift, WhatCannotBeReadAnyMoreIsUndecidedNotChanged) {
  const LockedModel then = lock_of(model());
  FactsBuilder now = model();
  now.no_texts().unread("LICENSE", Unseen::failed);
  const Verdict v = drifted(now, then);
  EXPECT_EQ(v.decision, Decision::undecided);
  for (const Finding& f : v.findings) EXPECT_TRUE(f.undecided) << f.rule << ": " << f.message;
}

TEST(Drift, GatesWeightsDataAndBases) {
  FactsBuilder before = model();
  before.ancestor("acme/base", "mit").revision = std::string(40, 'b');
  before.facts.training_data.statements.push_back({"14 T tokens", "README.md:3", Kind::text});
  const LockedModel then = lock_of(before);
  FactsBuilder now = before;
  EXPECT_THAT(rules(drifted(now, then)), IsEmpty());
  now.facts.lineage[0].revision = std::string(40, 'c');
  EXPECT_THAT(rules(drifted(now, then)), IsEmpty()) << "the base moved, and is the same";
  now.facts.repository->gate = AccessGate::manual;
  EXPECT_THAT(rules(drifted(now, then)), ElementsAre("warn drift.gated-on")) << "and not weights-removed";
  now = before;
  now.facts.weights.sets.clear();
  EXPECT_THAT(rules(drifted(now, then)), ElementsAre("deny drift.weights-removed"));
  now = before;
  now.facts.training_data.statements.clear();
  EXPECT_THAT(rules(drifted(now, then)), ElementsAre("warn drift.data-removed"));
  now = before;
  now.facts.lineage[0].id = "acme/other";
  EXPECT_THAT(rules(drifted(now, then)), ElementsAre("warn drift.base-changed"));
  now = before;
  now.facts.id = "acme/new";
  EXPECT_THAT(rules(drifted(now, then)), ElementsAre("warn drift.repo-renamed"));
  // More than before is no loss.
  EXPECT_THAT(rules(drifted(before, lock_of(model()))), ElementsAre("warn drift.base-changed"));
}

TEST(Drift, GoneIsDeniedAndNoAnswerIsUndecided) {
  const LockedModel then = lock_of(model());
  FactsBuilder now;
  now.facts = {};
  now.facts.id = now.facts.ref = now.facts.asked = "acme/m";
  now.facts.repository = {Unseen::absent, "api/models/acme/m"};
  now.facts.lookup_errors.push_back({Trouble::not_found, "no such model", "api/models/acme/m", false});
  Verdict v = drifted(now, then);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(rules(v), ElementsAre("deny drift.repo-gone"));
  now.facts.repository = {Unseen::failed, "api/models/acme/m"};
  now.facts.lookup_errors = {{Trouble::network, "no connection", "api/models/acme/m", true}};
  v = drifted(now, then);
  EXPECT_EQ(v.decision, Decision::undecided);
  EXPECT_THAT(v.findings[0].message, HasSubstr("no connection"));
  Policy p = preset_policy("permissive");
  p.on_unknown.value = OnUnknown::deny;
  EXPECT_EQ(drifted(now, then, p).decision, Decision::denied);
  p.on_unknown.value = OnUnknown::allow;
  EXPECT_EQ(drifted(now, then, p).decision, Decision::pass);
  // Facts that ship with the tool are not today's.
  FactsBuilder shipped = model();
  shipped.facts.origin = Origin::built_in;
  EXPECT_EQ(drifted(shipped, then).decision, Decision::undecided);
}

TEST(Drift, ChangesOfALockAreLines) {
  const LockedModel then = lock_of(model());
  EXPECT_THAT(lock_changes(then, then), IsEmpty());
  FactsBuilder now = model();
  now.no_texts().text("LICENSE", Scope::everything, "Apache-2.0");
  now.facts.revision = std::string(40, 'b');
  const auto lines = lock_changes(then, lock_of(now));
  EXPECT_THAT(lines, testing::Contains("license         MIT -> Apache-2.0"));
  EXPECT_THAT(lines.back(), HasSubstr("revision        aaaaaaaaaa"));
}

FactsBuilder weights(const std::map<std::string, std::string>& files) {
  FactsBuilder b = model();
  for (const auto& [path, digest] : files) b.facts.weights.files.push_back({path, digest});
  return b;
}

const std::string kOne = "sha256:" + std::string(64, '1');
const std::string kTwo = "sha256:" + std::string(64, '2');
const std::string kBlob = "git:" + std::string(40, '3');

TEST(Lock, TheDigestIsThatOfAListOfSums) {
  EXPECT_EQ(digest_of({}), "none");
  EXPECT_EQ(digest_of({{"a.gguf", kOne}, {"b.gguf", "unknown"}}), "unknown");
  // sha256sum a.gguf b.bin | sha256sum
  EXPECT_EQ(
      digest_of({{"b.bin", kBlob}, {"a.gguf", kOne}}),
      "sha256:" + text::sha256(std::string(64, '1') + "  a.gguf\n" + std::string(40, '3') + "  b.bin\n"));
}

TEST(Lock, HoldsTheContentOfWeights) {
  const LockedModel m = lock_of(weights({{"model.safetensors", kOne}, {"py \"x\".bin", kBlob}}));
  const std::string written = write_lock({m});
  EXPECT_THAT(written,
              HasSubstr("digest   = \"" + m.digest + "\"\n\n[model.files]\n\"model.safetensors\" = \"" +
                        kOne + "\"\n\"py \\\"x\\\".bin\" = \"" + kBlob + "\"\n"));
  const ReadLock back = read(written);
  EXPECT_THAT(back.errors, IsEmpty());
  ASSERT_THAT(back.models, SizeIs(1));
  EXPECT_EQ(back.models[0].files, m.files);
  EXPECT_EQ(write_lock(back.models), written);
}

TEST(Lock, AListThatNobodySawIsNoLock) {
  std::string written = write_lock({lock_of(weights({{"a.gguf", kOne}, {"b.gguf", kTwo}}))});
  const std::size_t line = written.find("\"b.gguf\"");
  const ReadLock cut = read(written.substr(0, line));
  ASSERT_THAT(cut.errors, SizeIs(1));
  EXPECT_EQ(cut.errors[0].what, "digest of acme/m is not that of its files");
  EXPECT_EQ(cut.errors[0].fix, "howopen lock --update acme/m");
  written.replace(line, 8, "\"b.gguf\" = 3 #");
  EXPECT_FALSE(read(written).errors.empty());
  const ReadLock no_digest = read("version = 1\n" + entry("[model.files]\n\"a.gguf\" = \"md5:1\"\n"));
  ASSERT_THAT(no_digest.errors, SizeIs(1));
  EXPECT_EQ(no_digest.errors[0].where, "howopen.lock:8");
}

TEST(Lock, WhatWasNotSeenIsUnknownAndNeverNone) {
  FactsBuilder b = weights({{"model.safetensors", ""}});
  EXPECT_THAT(unknowns(lock_of(b)), ElementsAre("digest"));
  b = weights({{"model.safetensors", kOne}});
  EXPECT_THAT(unknowns(lock_of(b)), IsEmpty());
  b.facts.repository->partial = true;
  EXPECT_EQ(lock_of(b).digest, "unknown") << "others may be there";
  b.facts.weights = {};
  EXPECT_EQ(lock_of(b).facts.at("weights-format"), "unknown");
  b.facts.repository->partial = false;
  EXPECT_EQ(lock_of(b).facts.at("weights-format"), "none");
  b = model();
  b.facts.unresolved.push_back({"/mnt/base", "README.md:3", Kind::metadata});
  EXPECT_THAT(lock_of(b).base, ElementsAre("unknown"));
  b = model();
  b.facts.license.texts.clear();
  b.facts.license.tags.clear();
  b.unread("LICENSE", Unseen::denied);
  EXPECT_EQ(lock_of(b).concluded, "unknown");
}

TEST(Drift, OtherWeightsAreAnotherModel) {
  const LockedModel then = lock_of(weights({{"a.gguf", kOne}, {"b.gguf", kTwo}}));
  EXPECT_THAT(rules(drifted(weights({{"a.gguf", kOne}, {"b.gguf", kTwo}}), then)), IsEmpty());
  for (const std::map<std::string, std::string>& files :
       {std::map<std::string, std::string>{{"a.gguf", kOne}, {"b.gguf", kOne}},
        {{"a.gguf", kTwo}, {"b.gguf", kOne}},
        {{"a.gguf", kOne}},
        {{"a.gguf", kOne}, {"c.gguf", kTwo}},
        {{"a.gguf", kOne}, {"b.gguf", kTwo}, {"c.gguf", kTwo}}}) {
    const Verdict v = drifted(weights(files), then);
    EXPECT_THAT(rules(v), ElementsAre("deny drift.weights-changed"));
    EXPECT_EQ(v.decision, Decision::denied);
  }
  EXPECT_EQ(drifted(weights({{"a.gguf", kOne}, {"b.gguf", kOne}}), then).findings[0].message,
            "files of weights are others: b.gguf");
}

TEST(Drift, WeightsThatNobodySawAreUndecided) {
  const LockedModel then = lock_of(weights({{"a.gguf", kOne}}));
  Verdict v = drifted(weights({{"a.gguf", ""}}), then);
  ASSERT_THAT(rules(v), ElementsAre("deny drift.weights-changed"));
  EXPECT_EQ(v.decision, Decision::undecided);
  v = drifted(weights({{"a.gguf", kOne}}), lock_of(weights({{"a.gguf", ""}})));
  EXPECT_EQ(v.decision, Decision::undecided) << "not seen when it was locked";
  LockedModel old = lock_of(weights({{"a.gguf", kOne}}));
  old.digest.clear();
  old.files.clear();
  EXPECT_THAT(rules(drifted(weights({{"a.gguf", kTwo}}), old)), IsEmpty()) << "no digests, the same commit";
  old.revision = std::string(40, '7');
  v = drifted(weights({{"a.gguf", kTwo}}), old);
  ASSERT_THAT(rules(v), ElementsAre("deny drift.weights-changed"));
  EXPECT_EQ(v.decision, Decision::undecided) << "at another commit nobody can tell";
}

}  // namespace
}  // namespace howopen::test
