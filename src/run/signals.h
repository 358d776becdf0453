// Being asked to stop, as something a wait can wait for.
#pragma once

namespace howopen::run {

/// While it lives, SIGINT and SIGTERM are noted rather than obeyed, once: the second one ends the process.
/// SIGPIPE is an error of the write that met it.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// Readable as soon as a signal was caught.
  int file() const;
  /// The signal that was caught, 0 for none.
  int caught() const;
};

/// Ends the process as the signal would have, so that whoever started it sees why.
[[noreturn]] void die_of(int signal);

}  // namespace howopen::run
