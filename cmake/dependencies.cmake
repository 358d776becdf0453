# What the tool is built from. find_package first; where Debian 12 ships no CMake
# configuration (libyaml), pkg-config answers.
find_package(PkgConfig REQUIRED)

if(HOWOPEN_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(OPENSSL_USE_STATIC_LIBS ON)
endif()

find_package(CLI11 2.1 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CURL 7.68 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto OPTIONAL_COMPONENTS SSL)

find_package(simdjson REQUIRED)
# Not needed, and a fifth of a batch's time with several threads: what one of them allocates another frees.
# mimalloc is as fast, and its memory grew with the length of a batch (16 % from 10^3 to 10^5 records).
pkg_check_modules(jemalloc IMPORTED_TARGET jemalloc)
pkg_check_modules(libyaml REQUIRED IMPORTED_TARGET yaml-0.1)

if(HOWOPEN_STATIC)  # as headers alone
  add_library(tomlplusplus::tomlplusplus INTERFACE IMPORTED)
  target_compile_definitions(tomlplusplus::tomlplusplus INTERFACE TOML_HEADER_ONLY=1)
else()
  find_package(tomlplusplus QUIET)
endif()
if(NOT TARGET tomlplusplus::tomlplusplus)  # Debian ships headers and a .pc file
  pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
  add_library(tomlplusplus::tomlplusplus ALIAS PkgConfig::tomlplusplus)
endif()

# Of those that cannot say it themselves; curl's line names OpenSSL, zlib and nghttp2.
set(HOWOPEN_LIBRARIES "fmt ${fmt_VERSION}, nlohmann-json ${nlohmann_json_VERSION}, simdjson ${simdjson_VERSION}, libyaml ${libyaml_VERSION}")
