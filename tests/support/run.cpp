// fork, exec, pipes, wait4.

#include "support/run.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace howopen::test {

bool sanitized() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#else
  return false;
#endif
}

Ran run(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment,
        const std::string& binary) {
  const TempDir home;
  std::map<std::string, std::string> all = {{"HOME", home.path()},
                                            {"PATH", "/usr/bin:/bin"},
                                            {"XDG_CACHE_HOME", home.file("cache")},
                                            {"XDG_DATA_HOME", home.file("data")},
                                            // Nobody listens there: no test asks anybody by accident.
                                            {"GITHUB_API_URL", "http://127.0.0.1:9"}};
  for (const auto& [name, value] : environment) all[name] = value;
  std::vector<std::string> words = {binary};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : all) variables.push_back(name + "=" + value);
  std::vector<char*> argv;
  for (std::string& w : words) argv.push_back(w.data());
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (std::string& v : variables) envp.push_back(v.data());
  envp.push_back(nullptr);

  int out[2];
  int err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) return {};
  // What the child has at its beginning counts as its peak, and that is what stands in memory here.
  malloc_trim(0);
  const pid_t child = fork();
  if (child == 0) {
    // A shell starts what runs beside it with these ignored, and that is inherited.
    for (const int number : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_DFL);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    execve(binary.c_str(), argv.data(), envp.data());
    _exit(127);
  }
  close(out[1]);
  close(err[1]);
  Ran result;
  pollfd fds[2] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
  int open = 2;
  char chunk[65536];
  while (open > 0 && poll(fds, 2, -1) > 0) {
    for (auto& fd : fds) {
      if (fd.fd < 0 || fd.revents == 0) continue;
      const ssize_t n = read(fd.fd, chunk, sizeof(chunk));
      if (n > 0) {
        (fd.fd == out[0] ? result.out : result.err).append(chunk, static_cast<std::size_t>(n));
      } else {
        fd.fd = -1;
        --open;
      }
    }
  }
  close(out[0]);
  close(err[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  result.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.peak_kb = usage.ru_maxrss;
  return result;
}

}  // namespace howopen::test
