// What starting costs: CPU time of howopen beside an empty program that links the same libraries, interleaved
// in one run. Prints medians of rounds, with the smallest and the largest.

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

constexpr int kRounds = 15;
constexpr int kRunsPerRound = 40;

double children_ms() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto ms = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double cost(const std::vector<std::string>& words) {
  std::vector<std::string> copy = words;
  std::vector<char*> argv;
  for (std::string& w : copy) argv.push_back(w.data());
  argv.push_back(nullptr);
  char* environment[] = {nullptr};
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  const double before = children_ms();
  for (int i = 0; i < kRunsPerRound; ++i) {
    pid_t child = 0;
    if (posix_spawn(&child, argv[0], &quiet, nullptr, argv.data(), environment) == 0)
      waitpid(child, nullptr, 0);
  }
  posix_spawn_file_actions_destroy(&quiet);
  return (children_ms() - before) / kRunsPerRound;
}

}  // namespace

int main() {
  const std::vector<std::pair<std::string, std::vector<std::string>>> programs = {
      {"empty program", {EMPTY_BINARY}},
      {"howopen --version", {HOWOPEN_BINARY, "--version"}},
      {"howopen --help", {HOWOPEN_BINARY, "--help"}},
      {"howopen audit gpt-4", {HOWOPEN_BINARY, "audit", "gpt-4"}},
      {"howopen audit deepseek-ai/DeepSeek-R1 --offline",
       {HOWOPEN_BINARY, "audit", "deepseek-ai/DeepSeek-R1", "--offline"}},
  };
  std::vector<std::vector<double>> times(programs.size());
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < programs.size(); ++i) times[i].push_back(cost(programs[i].second));
  }
  double floor = 0;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    std::sort(times[i].begin(), times[i].end());
    const double median = times[i][times[i].size() / 2];
    if (i == 0) floor = median;
    fmt::print("{:<50} {:6.2f} ms CPU ({:.2f} to {:.2f})  {:+.2f} ms\n", programs[i].first, median,
               times[i].front(), times[i].back(), median - floor);
  }
}
