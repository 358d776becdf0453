// A way to slip a model past a gate, and what the gate says of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <span>

#include "support/project.h"

namespace howopen::test {

struct GateWay {
  const char* name;
  std::function<void(Project&)> set;
  int exit;
  const char* word;  ///< on either stream
};

/// Each in a project that holds nothing else.
inline void expect_told(std::span<const GateWay> ways) {
  for (const GateWay& way : ways) {
    SCOPED_TRACE(way.name);
    Project p;
    fs::remove_all(p.dir.file(".git"));
    fs::remove_all(p.dir.file("src"));
    fs::remove(p.dir.file("serve.sh"));
    way.set(p);
    const Ran r = p.shell("howopen gate .");
    EXPECT_EQ(r.exit, way.exit) << r.out << r.err;
    EXPECT_THAT(flat(r.out) + r.err, testing::HasSubstr(way.word));
  }
}

}  // namespace howopen::test
