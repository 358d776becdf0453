// The functions of howopen.h: what comes from C is looked at, what C++ throws stays here.
//
//   howopen_license_json(NULL, 0, NULL)  ->  {"error": {"exit": 2, "message": "error: no text was given", …}}

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "howopen.h"
#include "library/calls.h"

namespace {

using howopen::Error;
using howopen::Fault;

// Said where there is no memory for anything else; never freed.
char no_memory[] =
    "{\"error\": {\"exit\": 70, \"message\": \"error: out of memory\", \"what\": \"out of memory\", "
    "\"where\": null, \"fix\": null}}\n";

constexpr const char* kReport = "please report it with what led here";

char* given_to_c(const std::string& json) {
  auto* out = static_cast<char*>(std::malloc(json.size() + 1));
  if (out == nullptr) return no_memory;
  std::memcpy(out, json.c_str(), json.size() + 1);
  return out;
}

// The answer, or the error in its place.
template <class Call>
char* answered(const Call& call) noexcept {
  try {
    const howopen::Result<std::string> json = [&]() -> howopen::Result<std::string> {
      try {
        return call();
      } catch (const std::bad_alloc&) {
        return howopen::fail(Fault::internal, "out of memory");
      } catch (const std::exception& e) {
        return howopen::fail(Fault::internal, std::string("a bug in howopen: ") + e.what(), {}, kReport);
      } catch (...) {
        return howopen::fail(Fault::internal, "a bug in howopen", {}, kReport);
      }
    }();
    return given_to_c(json ? *json : howopen::library::error_json(json.error()));
  } catch (...) {
    return no_memory;
  }
}

std::string_view words(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// Bytes from C; an error for what can be none.
howopen::Result<std::string_view> bytes(const void* data, std::size_t size, const char* what) {
  if (data == nullptr) return howopen::fail(Fault::usage, std::string("no ") + what + " was given");
  if (size > static_cast<std::size_t>(PTRDIFF_MAX))
    return howopen::fail(Fault::usage, "a size that nothing has", what);
  return std::string_view(static_cast<const char*>(data), size);
}

}  // namespace

extern "C" {

char* howopen_audit_json(const void* snapshot, size_t size, const char* options) {
  return answered([&]() -> howopen::Result<std::string> {
    TRY(const std::string_view json, bytes(snapshot, size, "snapshot"));
    return howopen::library::audit(json, words(options));
  });
}

char* howopen_license_json(const void* text, size_t size, const char* options) {
  return answered([&]() -> howopen::Result<std::string> {
    TRY(const std::string_view content, bytes(text, size, "text"));
    return howopen::library::license(content, words(options));
  });
}

char* howopen_scan_json(const char* folder, const char* options) {
  return answered([&]() -> howopen::Result<std::string> {
    if (folder == nullptr) return howopen::fail(Fault::usage, "no folder was given");
    return howopen::library::scan(folder, words(options));
  });
}

void howopen_free(char* json) {
  if (json != no_memory) std::free(json);
}

const char* howopen_version(void) {
  return HOWOPEN_VERSION;
}

}  // extern "C"
