// Layouts and archives of models: whatever lies in them, files stay within it and nothing is read that is not
// there.
//
// The first byte tells what the bytes are: a tar as it is, or documents and blobs from which a layout is
// made, each with two bytes of length before it; blob n is called by 64 times the digit n.

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "fetch/local.h"
#include "fetch/local_heads.h"

namespace {

using namespace howopen;
namespace fs = std::filesystem;

const std::string& folder() {
  static const std::string path = [] {
    std::string name = "/dev/shm/howopen_fuzz_XXXXXX";
    if (mkdtemp(name.data()) == nullptr) std::abort();
    return name;
  }();
  return path;
}

void write(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void look(const Result<fetch::LocalModel>& model, std::uint64_t most) {
  if (!model) return;
  for (const auto& [name, file] : model->files) {
    if (fetch::inner_name(name).empty() || file.size < 0) std::abort();
    if (fetch::bytes_of(file, 0, 1000).size() > 1000) std::abort();
    if (!file.body && !file.path.empty() && file.path.find("..") != std::string::npos) std::abort();
    if (file.body && file.body->size() > most) std::abort();
  }
  const fetch::HeadClaims claims = fetch::head_claims(*model);
  if (claims.licenses.size() > 10'000 || claims.bases.size() > 10'000) std::abort();
}

void layout(const std::string& path, bool archive, std::uint64_t most) {
  const auto tags = fetch::oci_tags(path, archive);
  look(fetch::oci_model(path, "", archive, "local/m"), most);
  if (!tags) return;
  for (std::size_t i = 0; i < tags->size() && i < 3; ++i)
    look(fetch::oci_model(path, (*tags)[i], archive, "local/m"), most);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::uint64_t kMost = 64u << 20;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    const std::string path = folder() + "/a.tar";
    write(path, bytes);
    look(fetch::tar_files(path, "local/m"), kMost);
    layout(path, true, kMost);
    return 0;
  }
  const std::string root = folder() + "/layout";
  std::error_code ignored;
  fs::remove_all(root, ignored);
  fs::create_directories(root + "/blobs/sha256", ignored);
  std::size_t at = 0;
  for (int n = -1; n < 10 && at + 2 <= bytes.size(); ++n) {
    const std::size_t length =
        static_cast<unsigned char>(bytes[at]) * 256u + static_cast<unsigned char>(bytes[at + 1]);
    const std::string_view part = bytes.substr(at + 2, length);
    at += 2 + part.size();
    write(
        n < 0 ? root + "/index.json" : root + "/blobs/sha256/" + std::string(64, static_cast<char>('0' + n)),
        part);
  }
  layout(root, false, kMost);
  look(fetch::local_model(root, "local/m"), kMost);
  return 0;
}
