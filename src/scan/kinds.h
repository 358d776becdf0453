// What a file is, by its name: how it is read.
#pragma once

#include <string_view>

namespace howopen::scan {

enum class Kind {
  skip,
  python,
  notebook,
  javascript,
  go,
  rust,
  c_like,
  shell,
  docker,
  modelfile,
  yaml,
  json,
  config,
  markdown,
  rst,
  adoc,
  component,
  markup,
  tensors,
  prose,
  page
};

Kind kind_of(std::string_view path);

}  // namespace howopen::scan
