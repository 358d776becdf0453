// A handler that writes one byte into a pipe: waits on the network and on an input listen to its other end,
// so that no signal falls between looking and waiting.
//
//   kill -TERM during a batch  ->  caught() == SIGTERM, the line under way is written, die_of(SIGTERM): exit
//   143

#include "run/signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <initializer_list>

namespace howopen::run {
namespace {

volatile std::sig_atomic_t g_caught = 0;
int g_pipe[2] = {-1, -1};

// Whoever asks us to end does not wait for a file that takes long to read: what is being written ends in two
// seconds, and then so do we.
constexpr unsigned kGrace = 2;

extern "C" void die_now(int) {
  signal(g_caught, SIG_DFL);
  raise(g_caught);
  _exit(128 + g_caught);
}

extern "C" void note(int signal) {
  g_caught = signal;
  alarm(kGrace);
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(g_pipe[1], &byte, 1);
}

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

Signals::Signals() {
  g_caught = 0;
  if (pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0) g_pipe[0] = g_pipe[1] = -1;
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction now {};
    // Whoever started us with a signal ignored (nohup, a background job) means it.
    sigaction(signal, nullptr, &now);
    if (now.sa_handler != SIG_IGN) handle(signal, note, SA_RESETHAND);
  }
  handle(SIGPIPE, SIG_IGN, 0);
  handle(SIGALRM, die_now, 0);
}

Signals::~Signals() {
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction now {};
    sigaction(signal, nullptr, &now);
    if (now.sa_handler == note) handle(signal, SIG_DFL, 0);
  }
  handle(SIGPIPE, SIG_DFL, 0);
  handle(SIGALRM, SIG_DFL, 0);
  for (int& fd : g_pipe) {
    if (fd >= 0) close(fd);
    fd = -1;
  }
}

int Signals::file() const {
  return g_pipe[0];
}
int Signals::caught() const {
  return g_caught;
}

void die_of(int signal) {
  handle(signal, SIG_DFL, 0);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  sigprocmask(SIG_UNBLOCK, &one, nullptr);
  std::raise(signal);
  std::_Exit(128 + signal);
}

}  // namespace howopen::run
