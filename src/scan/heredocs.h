// Here-documents of a shell: where they begin and end, and what their text is by the command that takes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scan/parts.h"

namespace howopen::scan {

/// `<<-'EOF'`
struct HereDocument {
  std::string_view delimiter;
  std::size_t behind = 0;  ///< place behind the delimiter
  bool strips = false;     ///< `<<-`: tabs in front of its lines are no part of it
  bool plain = false;      ///< quoted: `$X` in it stands for itself
};
/// What begins at `at`; nothing for a here-string, a shift of bits or a mark of a merge.
std::optional<HereDocument> here_document(std::string_view text, std::size_t at);

/// Lines that may end a document. One pass over the text, made when the first is asked for.
class HereLines {
 public:
  explicit HereLines(std::string_view text) : text_(text) {}
  /// The line that ends a document whose text begins at or behind `from`.
  std::optional<std::size_t> end_of(const HereDocument& document, std::size_t from);

 private:
  std::string_view text_;
  bool read_ = false;
  std::unordered_map<std::string_view, std::vector<std::size_t>> lines_;
};

/// `user_data = <<-EOF` of Terraform, `<<~PY` of Ruby: documents in a file that is no shell, as what they
/// look like.
void scan_here_documents(const Slice& s, Scan& scan);
/// Reads `body` as what `line` makes of it. The line is in words, with `|` between commands and `>` in front
/// of a file that is written.
void scan_here_document(const HereDocument& document, const std::vector<std::string>& line, const Slice& body,
                        Scan& scan);

}  // namespace howopen::scan
