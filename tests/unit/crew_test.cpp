// Threads that compute: their ends are the owner's, whatever the number of threads.
#include "cli/crew.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace howopen::cli {
namespace {

class Threads : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(All, Threads, testing::Values(0, 1, 4));

TEST_P(Threads, EveryEndIsCalledByTheOwnerOnce) {
  Crew crew(GetParam());
  const auto owner = std::this_thread::get_id();
  int sum = 0;
  for (int i = 1; i <= 1000; ++i) {
    crew.give([i, &sum, owner]() -> Crew::End {
      return [i, &sum, owner] {
        EXPECT_EQ(std::this_thread::get_id(), owner);
        sum += i;
      };
    });
  }
  EXPECT_GT(crew.busy(), 0u);
  while (crew.wait()) {
  }
  EXPECT_EQ(sum, 500'500);
  EXPECT_EQ(crew.busy(), 0u);
  EXPECT_FALSE(crew.settle());
}

TEST_P(Threads, AnEndMayGiveMoreWork) {
  Crew crew(GetParam());
  int left = 100;
  std::function<void()> again = [&] {
    if (left-- > 0) crew.give([&]() -> Crew::End { return again; });
  };
  again();
  while (crew.wait()) {
  }
  EXPECT_EQ(left, -1);
}

TEST(Crew, WhatWorkThrowsIsThrownToTheOwner) {
  Crew crew(2);
  crew.give([]() -> Crew::End { throw std::runtime_error("a broken catalog"); });
  EXPECT_THROW(crew.wait(), std::runtime_error);
}

TEST(Crew, ItsFileIsReadableWhenSomethingIsDone) {
  Crew crew(1);
  pollfd file{crew.file(), POLLIN, 0};
  EXPECT_EQ(poll(&file, 1, 0), 0);
  crew.give([]() -> Crew::End { return [] {}; });
  EXPECT_EQ(poll(&file, 1, 60'000), 1);
  EXPECT_TRUE(crew.settle());
  EXPECT_EQ(poll(&file, 1, 0), 0);
}

TEST(Crew, ItsOwnerHelpsWithWhatNoThreadHasTaken) {
  std::latch taken(1);
  std::latch go_on(1);
  Crew crew(1);
  std::vector<std::thread::id> by;
  crew.give([&]() -> Crew::End {
    taken.count_down();
    go_on.wait();
    return [] {};
  });
  taken.wait();
  EXPECT_FALSE(crew.queued());
  EXPECT_FALSE(crew.help());
  for (int i = 0; i < 2; ++i) {
    crew.give([&by]() -> Crew::End {
      const auto id = std::this_thread::get_id();
      return [&by, id] { by.push_back(id); };
    });
  }
  EXPECT_TRUE(crew.queued());
  EXPECT_TRUE(crew.help());
  EXPECT_TRUE(crew.wait());
  EXPECT_EQ(by, std::vector(2, std::this_thread::get_id()));
  EXPECT_FALSE(crew.queued());
  EXPECT_EQ(crew.busy(), 1u);
  go_on.count_down();
  EXPECT_TRUE(crew.wait());
  EXPECT_FALSE(crew.wait());
}

TEST(Crew, WhatIsThrownWhileHelpingIsThrownOnce) {
  std::latch taken(1);
  std::latch go_on(1);
  Crew busy(1);
  busy.give([&]() -> Crew::End {
    taken.count_down();
    go_on.wait();
    return [] {};
  });
  taken.wait();
  busy.give([]() -> Crew::End { throw std::runtime_error("a broken catalog"); });
  EXPECT_THROW(busy.help(), std::runtime_error);
  EXPECT_EQ(busy.busy(), 1u);
  go_on.count_down();
  EXPECT_TRUE(busy.wait());
}

TEST(Crew, WorkThatIsLeftDiesWithIt) {
  auto kept = std::make_shared<std::string>("a model");
  {
    Crew crew(1);
    for (int i = 0; i < 50; ++i) crew.give([kept]() -> Crew::End { return [kept] {}; });
  }
  EXPECT_EQ(kept.use_count(), 1);
}

TEST(Processors, AShareOfTimeIsWorthSoMany) {
  EXPECT_EQ(processors_in("200000 100000"), 2);
  EXPECT_EQ(processors_in("150000 100000"), 2) << "a thread more is better than time left";
  EXPECT_EQ(processors_in("5000 100000"), 1);
  for (const char* no : {"max 100000", "-1 100000", "", " ", "100000", "100000 ", "1 0", "1 1 1", "x y",
                         "99999999999999999999 1"})
    EXPECT_FALSE(processors_in(no)) << no;
  EXPECT_GE(processors(), 1);
}

}  // namespace
}  // namespace howopen::cli
