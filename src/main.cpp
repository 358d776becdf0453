// Starts the command line; whatever escapes it is a bug.

#include <cstdio>
#include <exception>

#include "cli/commands.h"

int main(int argc, char** argv) {
  try {
    return howopen::cli::run(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "error: a bug in howopen: %s; please report it with the command that led here\n",
                 e.what());
  } catch (...) {
    std::fputs("error: a bug in howopen; please report it with the command that led here\n", stderr);
  }
  return 70;
}
