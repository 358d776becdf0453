// Public summaries of training content, as Article 53(1)(d) of the EU AI Act asks for them: whether one is
// there and where, not whether it is true.
//
//   PLLuM_base_Public_Summary_of_Training_Content.pdf       ->  a file, not read
//   heading "Public summary of training content" of a card  ->  read, with sections 1.1, 2.1 …

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

constexpr std::size_t kSummaries = 8;  // of one model

// `Training_Content Summary` as `training-content-summary`.
std::string hyphenated(std::string_view s) {
  std::string out = text::lower(s);
  for (std::size_t at = out.find("%20"); at != std::string::npos; at = out.find("%20", at))
    out.replace(at, 3, "-");
  for (char& c : out) {
    if (c == '_' || c == ' ' || c == '.') c = '-';
  }
  return out;
}

bool any_in(const std::vector<std::string>& words, std::string_view s) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& w) { return s.find(w) != std::string_view::npos; });
}

bool is_document(std::string_view path) {
  const std::string name = text::lower(path);
  for (const std::string_view end : {".pdf", ".md", ".txt", ".html", ".docx"}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

// Sections of the template whose titles are headings below that of the summary.
std::vector<std::string> sections_below(const text::Markdown& card, std::size_t title,
                                        const TrainingSummaries& known) {
  std::vector<std::string> out;
  for (const TrainingSummaries::Section& section : known.sections) {
    for (std::size_t i = title + 1; i < card.blocks.size(); ++i) {
      const text::Block& b = card.blocks[i];
      if (b.kind != text::Block::Kind::heading || !any_in(section.words, text::lower(b.text))) continue;
      out.push_back(section.number);
      break;
    }
  }
  return out;
}

}  // namespace

std::vector<ContentSummary> gather_summaries(const Repo& repo, const Catalog& catalog) {
  const TrainingSummaries& known = catalog.training_summaries();
  std::vector<ContentSummary> out;
  for (const File& file : repo.info()->files) {
    if (out.size() >= kSummaries) return out;
    if (is_document(file.path) && any_in(known.names, hyphenated(file_name(file.path))))
      out.push_back({{"file " + file.path, repo.place(file.path), Kind::file}, {}, false, {}});
  }
  const Card* card = repo.card();
  if (card == nullptr) return out;
  for (std::size_t i = 0; i < card->text.blocks.size(); ++i) {
    const text::Block& b = card->text.blocks[i];
    if (b.kind != text::Block::Kind::heading || !any_in(known.titles, text::lower(b.text))) continue;
    out.push_back({{"section \"" + b.text.substr(0, 120) + "\" of the card", repo.place("README.md", b.line),
                    Kind::text},
                   {},
                   true,
                   sections_below(card->text, i, known)});
    break;
  }
  for (const text::Link& link : card->text.links) {
    if (out.size() >= kSummaries) break;
    const bool named =
        any_in(known.titles, text::lower(link.text)) || any_in(known.names, hyphenated(link.url));
    const bool again = std::any_of(out.begin(), out.end(), [&](const ContentSummary& s) {
      return s.url == link.url || (s.url.empty() && s.seen.what.ends_with(file_name(link.url)));
    });
    if (named && !again && link.url.find("://") != std::string::npos)
      out.push_back({{"link of the card", repo.place("README.md", link.line), Kind::link},
                     link.url.substr(0, 500),
                     false,
                     {}});
  }
  return out;
}

}  // namespace howopen::facts
