// Tables of text that fit a terminal: names are shortened as `…/name`, words wrapped, and where that is not
// enough each row becomes a few lines of its own. A name is never broken in the middle of a word.
#pragma once

#include <string>
#include <vector>

#include "report/layout.h"

namespace howopen::report {

struct Column {
  std::string head;
  bool is_name = false;  ///< ids of models: shortened from their beginning
  bool wraps = false;    ///< words that may stand on several lines
  bool plain = false;    ///< says by itself what it is, where a row stands without its heads
};

struct TableCell {
  std::string text;
  std::string painted{};      ///< the same with colors, for cells that stand on one line; "" for none
  Color color = Color::none;  ///< of the whole text
  std::string url{};          ///< what it leads to
};

/// Lines without blanks at their ends. Output that is no terminal is never cut: a row is a line.
std::string table_text(const std::vector<Column>& columns, const std::vector<std::vector<TableCell>>& rows,
                       const Style& style);

/// `…/name` of `org/name`, else as it is.
std::string short_id(std::string_view id, const Style& style);

}  // namespace howopen::report
