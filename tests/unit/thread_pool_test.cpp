// Threads that compute: their ends are the owner's, whatever the number of threads.
#include "files/thread_pool.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace howopen::files {
namespace {

class Threads : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(All, Threads, testing::Values(0, 1, 4));

TEST_P(Threads, EveryEndIsCalledByTheOwnerOnce) {
  ThreadPool pool(GetParam());
  const auto owner = std::this_thread::get_id();
  int sum = 0;
  for (int i = 1; i <= 1000; ++i) {
    pool.submit([i, &sum, owner]() -> ThreadPool::Completion {
      return [i, &sum, owner] {
        EXPECT_EQ(std::this_thread::get_id(), owner);
        sum += i;
      };
    });
  }
  EXPECT_GT(pool.pending(), 0u);
  while (pool.wait()) {
  }
  EXPECT_EQ(sum, 500'500);
  EXPECT_EQ(pool.pending(), 0u);
  EXPECT_FALSE(pool.run_completions());
}

TEST_P(Threads, AnEndMayGiveMoreWork) {
  ThreadPool pool(GetParam());
  int left = 100;
  std::function<void()> again = [&] {
    if (left-- > 0) pool.submit([&]() -> ThreadPool::Completion { return again; });
  };
  again();
  while (pool.wait()) {
  }
  EXPECT_EQ(left, -1);
}

TEST(ThreadPool, WhatWorkThrowsIsThrownToTheOwner) {
  ThreadPool pool(2);
  pool.submit([]() -> ThreadPool::Completion { throw std::runtime_error("a broken catalog"); });
  EXPECT_THROW(pool.wait(), std::runtime_error);
}

TEST(ThreadPool, ItsFileIsReadableWhenSomethingIsDone) {
  ThreadPool pool(1);
  pollfd file{pool.ready_file(), POLLIN, 0};
  EXPECT_EQ(poll(&file, 1, 0), 0);
  pool.submit([]() -> ThreadPool::Completion { return [] {}; });
  EXPECT_EQ(poll(&file, 1, 60'000), 1);
  EXPECT_TRUE(pool.run_completions());
  EXPECT_EQ(poll(&file, 1, 0), 0);
}

TEST(ThreadPool, ItsOwnerHelpsWithWhatNoThreadHasTaken) {
  std::latch taken(1);
  std::latch go_on(1);
  ThreadPool pool(1);
  std::vector<std::thread::id> by;
  pool.submit([&]() -> ThreadPool::Completion {
    taken.count_down();
    go_on.wait();
    return [] {};
  });
  taken.wait();
  EXPECT_FALSE(pool.has_queued());
  EXPECT_FALSE(pool.run_one());
  for (int i = 0; i < 2; ++i) {
    pool.submit([&by]() -> ThreadPool::Completion {
      const auto id = std::this_thread::get_id();
      return [&by, id] { by.push_back(id); };
    });
  }
  EXPECT_TRUE(pool.has_queued());
  EXPECT_TRUE(pool.run_one());
  EXPECT_TRUE(pool.wait());
  EXPECT_EQ(by, std::vector(2, std::this_thread::get_id()));
  EXPECT_FALSE(pool.has_queued());
  EXPECT_EQ(pool.pending(), 1u);
  go_on.count_down();
  EXPECT_TRUE(pool.wait());
  EXPECT_FALSE(pool.wait());
}

TEST(ThreadPool, WhatIsThrownWhileHelpingIsThrownOnce) {
  std::latch taken(1);
  std::latch go_on(1);
  ThreadPool busy(1);
  busy.submit([&]() -> ThreadPool::Completion {
    taken.count_down();
    go_on.wait();
    return [] {};
  });
  taken.wait();
  busy.submit([]() -> ThreadPool::Completion { throw std::runtime_error("a broken catalog"); });
  EXPECT_THROW(busy.run_one(), std::runtime_error);
  EXPECT_EQ(busy.pending(), 1u);
  go_on.count_down();
  EXPECT_TRUE(busy.wait());
}

TEST(ThreadPool, WorkThatIsLeftDiesWithIt) {
  auto kept = std::make_shared<std::string>("a model");
  {
    ThreadPool pool(1);
    for (int i = 0; i < 50; ++i) pool.submit([kept]() -> ThreadPool::Completion { return [kept] {}; });
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
}  // namespace howopen::files
