// A command while it is read: its words, and what is known of the program in it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scan/parts.h"
#include "scan/tools.h"

namespace howopen::scan {

class Command {
 public:
  Command(std::span<const Word> words, int down, Scan& scan) : words_(words), down_(down), scan_(scan) {}

  void run();

 private:
  static bool looks_like_owned(const Word& w);
  void at(std::size_t i);

  void container();

  std::size_t place(std::size_t word, std::size_t at) const;

  bool value(const Word& w, std::size_t from, std::string_view form, Confidence confidence, bool tell,
             Tool::Names names = Tool::Names::hub);

  bool template_value(const Word& w, std::size_t from, std::string_view form, Confidence confidence,
                      bool tell, Tool::Names names);

  void option(std::size_t i);

  void list(const Word& v, std::size_t from, std::string_view form);

  void assignment(std::size_t i, std::size_t equals);

  void inner(std::size_t i, std::size_t from = 0);

  void json_list(std::string_view key, const Slice& s);

  void tool(std::size_t i);

  bool positional(std::size_t from, const Tool& tool);

  std::span<const Word> words_;
  int down_;
  Scan& scan_;
  bool known_ = false;
  bool foreign_ = false;  // a program of another registry
  bool other_type_ = false;
  std::string_view revision_;
};

}  // namespace howopen::scan
