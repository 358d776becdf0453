// What the heads of a model's own weight files claim of it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fetch/local.h"

namespace howopen::fetch {

struct HeadClaims {
  struct Claim {
    std::string value;  ///< as written; "" where the head could not be read
    std::string where;  ///< file and key: `model.gguf: general.license`
  };
  std::vector<Claim> licenses;     ///< each value once; heads that could not be read once each, at most 8
  std::string name, link;          ///< of the license
  std::string architecture;        ///< of a GGUF file
  std::string file_type;           ///< of the same: `general.file_type`, a number; "" where it has none
  std::vector<std::string> bases;  ///< ids or addresses, each once
  std::vector<Claim> names;        ///< what the files call themselves, each once: `Llama 3.1 8B Instruct`
};

/// Of all weight files of the model, and of what its manifest says. GGUF, safetensors and ONNX have heads
/// that claim something; of other files nothing is read. Nothing is loaded or run.
HeadClaims head_claims(const LocalModel& model);

/// Whether it is a pointer of Git LFS, which says where the file is, and is not the file.
bool lfs_pointer(const LocalModel::File& file);

/// At most so many bytes of a file of the model.
std::string bytes_of(const LocalModel::File& file, std::uint64_t at, std::size_t most);

}  // namespace howopen::fetch
