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
  table,
  prose,
  page
};

Kind kind_of(std::string_view path);
/// A Makefile: lines of its recipes begin with a tab, those that go on as well.
bool has_recipes(std::string_view path);
/// Packed files in one, or one that is packed: nobody looks into it.
bool is_archive(std::string_view path);
/// Its name says that it is text: `a.py`, `Dockerfile`; `run` may be a program.
bool is_named_text(std::string_view path);

}  // namespace howopen::scan
