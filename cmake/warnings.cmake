# Linked privately by our own targets only, never by third parties' code.
add_library(howopen_warnings INTERFACE)
target_compile_options(howopen_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees an overlap in "a" + std::to_string(i) at -O3 that is not there (GCC PR105329).
  target_compile_options(howopen_warnings INTERFACE -Wno-restrict)
endif()
if(HOWOPEN_WERROR)
  target_compile_options(howopen_warnings INTERFACE -Werror)
endif()
