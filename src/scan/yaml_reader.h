// YAML while it is read line by line: the keys around a line, the list that goes on, what aliases mean.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scan/parts.h"
#include "scan/yaml_lines.h"

namespace howopen::scan {

class Yaml {
 public:
  Yaml(const Slice& s, Scan& scan) : s_(s), scan_(scan) {}

  void run();

 private:
  static constexpr std::size_t kMostWords = 4'096;
  static constexpr std::size_t kMostParents = 64;
  struct Parent {
    std::size_t indent;
    std::string_view key;
    std::string_view type;  // of the members: type: huggingface
  };
  using Line = YamlLine;
  Line read_line(std::size_t start) const { return yaml_line(s_.text, start); }
  std::size_t line_end(std::size_t at) const { return yaml_line_end(s_.text, at); }
  std::pair<std::size_t, std::size_t> bare(std::size_t from, std::size_t to) const;

  void line();

  std::string_view listed(std::string_view around) const;

  void template_line(std::size_t first, std::size_t end);

  std::string_view type_beside(std::size_t indent) const;

  void comment(std::size_t first, std::size_t end);

  void scalar(const Line& l, std::string_view key, std::string_view around);

  void member(const Line& l, std::string_view key, std::string_view around, std::string_view value,
              std::size_t place);

  void next_line(const Line& l, std::string_view key, std::string_view around);

  void text(std::size_t from, std::size_t to, bool command);

  std::size_t continued(const Line& l, std::size_t to);

  std::string_view sibling_revision(std::size_t indent) const;

  void item(const Line& l, std::size_t from, std::size_t to);

  Word option_word(std::size_t from, std::size_t value, std::size_t to) const;

  void end_list();

  void command(std::vector<Word> words);

  void flow(std::string_view key, std::size_t from);

  void object(std::string_view around, std::size_t from);

  void block(const Line& l, std::string_view key, std::string_view around, bool is_folded);
  void content(std::string_view key, const Slice& part, bool is_folded);
  void folded_text(const Slice& part);
  std::size_t outside(const Line& l) const;
  Word word_of_value(std::string_view value, std::size_t place) const;
  std::string_view decoded(std::string_view value);
  std::string_view meant(std::string_view alias) const;
  void prefix(std::size_t from, std::size_t to);
  void chart_value(std::string_view key, std::string_view value);
  bool secret(std::string_view key, std::string_view around, std::string_view value, std::size_t place);

  void one_line(std::string_view key, const Slice& part);

  const Slice& s_;
  Scan& scan_;
  std::size_t i_ = 0;
  std::map<std::string_view, std::string_view> anchors_;  // values by what aliases call them
  std::deque<std::string> kept_;  // values that do not stand in the file as they are meant
  std::string_view anchor_;       // of the value that is read
  bool binary_ = false;           // it is written in base64
  std::vector<Parent> parents_;
  std::string_view type_;  // of the outermost members
  std::vector<Word> list_;
  std::size_t list_indent_ = std::string_view::npos;
  std::vector<Word> last_command_;
  Word image_;
  std::string_view name_;
  std::size_t name_indent_ = 0;
};

}  // namespace howopen::scan
