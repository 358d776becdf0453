# Linked privately by our own targets only, never by third parties' code.
add_library(howopen_warnings INTERFACE)
target_compile_options(howopen_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees overlaps and overflows of strings at -O3 that are not there (GCC PR105329, PR105651).
  target_compile_options(howopen_warnings INTERFACE -Wno-restrict -Wno-stringop-overflow
    -Wno-stringop-overread -Wno-array-bounds)
endif()
if(HOWOPEN_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Sources that are compiled as one look like headers to it.
  target_compile_options(howopen_warnings INTERFACE -Wno-subobject-linkage)
endif()
if(HOWOPEN_WERROR)
  target_compile_options(howopen_warnings INTERFACE -Werror)
endif()
