// Quotas and waits as arithmetic: no clock, no sleep.

#include "fetch/retry.h"

#include <gtest/gtest.h>

namespace howopen::fetch {
namespace {

using std::chrono::seconds;
using Grant = Budget::Grant;

TEST(Window, IsReadFromTheHubsHeaders) {
  const auto w = read_window(R"("api";r=499;t=295)", R"("fixed window";"api";q=500;w=300)");
  ASSERT_TRUE(w);
  EXPECT_EQ(w->bucket, "api");
  EXPECT_EQ(w->remaining, 499);
  EXPECT_EQ(w->reset_s, 295);
  EXPECT_EQ(w->quota, 500);
  EXPECT_EQ(w->window_s, 300);
  EXPECT_TRUE(read_window(R"("resolvers"; r = 0 ; t = 7)", "")) << "blanks are allowed";
  for (const char* bad : {"", "api", R"("api")", R"("api";r=-1;t=3)", R"("api";t=3)",
                          R"("api";r=1;t=99999999999)", R"("api;r=1;t=2)", R"("api";r=x;t=y)"})
    EXPECT_FALSE(read_window(bad, "")) << bad;
}

TEST(Window, OfGithubEndsAtATimeOfDayOfItsOwnClock) {
  const auto w = read_github_window("12", "1000300", "60", 1000000);
  ASSERT_TRUE(w);
  EXPECT_EQ(w->remaining, 12);
  EXPECT_EQ(w->reset_s, 300);
  EXPECT_EQ(read_github_window("0", "999000", "60", 1000000)->reset_s, 0) << "over already";
  EXPECT_FALSE(read_github_window("", "1", "", 0));
}

TEST(Backoff, DoublesAndIsShortenedByAtMostAQuarter) {
  EXPECT_EQ(backoff(1, 0), Milliseconds(1000));
  EXPECT_EQ(backoff(2, 0), Milliseconds(2000));
  EXPECT_EQ(backoff(4, 0), Milliseconds(8000));
  EXPECT_EQ(backoff(9, 0), Milliseconds(8000));
  EXPECT_EQ(backoff(1, 1), Milliseconds(750));
}

TEST(Wait, AsTold) {
  EXPECT_EQ(told_to_wait(QuotaWindow{"api", 0, 41}, 5), Milliseconds(42'000))
      << "the window, when it is spent";
  EXPECT_EQ(told_to_wait(QuotaWindow{"api", 3, 41}, 5), Milliseconds(6'000)) << "else Retry-After";
  EXPECT_EQ(told_to_wait(std::nullopt, 5), Milliseconds(6'000));
  EXPECT_FALSE(told_to_wait(std::nullopt, -1)) << "a CDN that says nothing";
  EXPECT_FALSE(told_to_wait(std::nullopt, 9'999'999));
}

class Quota : public testing::Test {
 protected:
  Grant take() { return budget.take("api", now).grant; }
  void answered(std::int64_t remaining, std::int64_t reset_s = 100) {
    budget.done("api", true, QuotaWindow{"api", remaining, reset_s, 500, 300}, now);
  }
  Budget budget;
  Budget::Time now{seconds(1000)};
};

TEST_F(Quota, NobodyRushesBeforeItIsKnown) {
  for (int i = 0; i < Budget::kUntold; ++i) EXPECT_EQ(take(), Grant::go);
  EXPECT_EQ(take(), Grant::after_a_response);
  answered(400);
  EXPECT_EQ(take(), Grant::go);
}

TEST_F(Quota, AWindowKnownToBeSmallIsEnteredWithNoMoreThanItHolds) {
  take();
  budget.done("api", true, QuotaWindow{"api", 0, 1, 3, 1}, now);
  now += seconds(3);  // the next window, of which nothing is known yet
  for (int i = 0; i < 3; ++i) EXPECT_EQ(take(), Grant::go);
  EXPECT_EQ(take(), Grant::after_a_response);
}

TEST_F(Quota, AServiceWithoutOneIsNotHeldBack) {
  for (int i = 0; i < Budget::kUntold; ++i) take();
  budget.done("api", true, std::nullopt, now);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(take(), Grant::go);
}

TEST_F(Quota, IsNeverExceededHoweverAnswersOvertakeEachOther) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(take(), Grant::go);
  answered(2);  // four are under way, which may or may not be counted in the two
  EXPECT_EQ(take(), Grant::after_a_response);
  answered(3);  // an older answer that comes late
  EXPECT_EQ(take(), Grant::after_a_response);
  answered(0);
  const auto taken = budget.take("api", now);
  EXPECT_EQ(taken.grant, Grant::later);
  EXPECT_EQ(taken.until, now + seconds(101));
}

TEST_F(Quota, ANewWindowIsANewStart) {
  take();
  answered(0, 10);
  EXPECT_EQ(take(), Grant::later);
  now += seconds(12);
  EXPECT_EQ(take(), Grant::go);
  answered(499, 300);
  EXPECT_EQ(take(), Grant::go);
}

TEST_F(Quota, AFailureTellsNothing) {
  for (int i = 0; i < Budget::kUntold; ++i) take();
  budget.done("api", false, std::nullopt, now);
  EXPECT_EQ(take(), Grant::go);
  EXPECT_EQ(take(), Grant::after_a_response) << "still nothing is known";
}

TEST_F(Quota, BucketsAreApart) {
  take();
  answered(0);
  EXPECT_EQ(take(), Grant::later);
  EXPECT_EQ(budget.take("resolvers", now).grant, Grant::go);
}

}  // namespace
}  // namespace howopen::fetch
