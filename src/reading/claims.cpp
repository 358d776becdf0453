// The sentences of a card in order: headings tell what is spoken of below them, items stand under items, rows
// under the head of their table.
//
//   "## License\n- acme/Foo: apache-2.0\n- acme/Foo-Chat: cc-by-nc-4.0" of acme/Foo
//     ->  here Apache-2.0, a sibling CC-BY-NC-4.0

#include "reading/claims.h"

#include <algorithm>
#include <array>

#include "hub/addresses.h"
#include "hub/ids.h"
#include "reading/named.h"
#include "reading/reader.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

using text::Block;

constexpr std::size_t kMostClaims = 256;
constexpr std::size_t kShortHead = 8;   // words of the head of a table
constexpr std::size_t kShortLabel = 4;  // words of a line that names what is listed below it
constexpr std::string_view kPronouns[] = {"it ", "it's ", "its ", "they ", "these "};
constexpr std::size_t kLongestRow = 2000;    // bytes of a row of a table that is read in one piece
constexpr std::size_t kLongestListed = 160;  // bytes of a line that lists a model

class Pass {
 public:
  Pass(const Source& source, const Lexicon& lexicon)
      : source_(source), names_(source.id), lexicon_(lexicon) {}

  Claims run() {
    sections_.resize(source_.card.blocks.size());
    loose_merge_ = holds_loose_merge(source_.card);
    for (std::size_t i = 0; i < source_.card.blocks.size() && !full(source_.card.blocks[i].line); ++i)
      block(i);
    for (const text::Comment& c : source_.card.comments) comment(c);
    constexpr std::size_t kFewest = 8;  // words
    if (foreign_ >= kFewest && foreign_ * 2 > judged_) out_.foreign_from = foreign_line_;
    if (!source_.card.whole) out_.stop_at(source_.card.blocks.empty() ? 1 : source_.card.blocks.back().line);
    return std::move(out_);
  }
  /// Whether some sentence holds no common word of the lexicon's languages, and may be of another one.
  bool met_others() const { return others_; }

 private:
  void block(std::size_t i) {
    const Block& b = source_.card.blocks[i];
    if (b.kind == Block::Kind::code) {
      if (prose_in_code(b)) sentences_of(i);
      read_code(i, source_, out_);
      return;
    }
    if (b.kind == Block::Kind::heading) {
      sections_[i] = cues_of(source_.prose.block(i), is_title(i));
      listing_ = sections_[i].has(Cue::origin_section) && !sections_[i].has(Cue::license_section);
      headed_ = listing_;
      listed_how_ = sections_[i].has(Cue::merged_from) ? Relation::merge : Relation::unstated;
      items_.clear();
      if (!data_of_a_card(b)) return label_in_heading(i);
    }
    if (loose_merge_) read_loose_merge(i, source_, out_);
    if (listing_ && lists_a_model(i)) return;
    sentences_of(i);
  }

  // `words` are those of the sentence, `original` is the text that it stands in.
  Read read_of(const Sentence& s, const std::vector<Token>& words, std::string_view original, At at) const {
    Read read;
    read.lower = s.text;
    read.original = original.substr(s.at, s.text.size());
    read.sense = understand(words, s.text, lexicon_);
    read.at = at;
    return read;
  }

  // What was put into a comment is not shown, and may be what holds: a license that somebody took back.
  void comment(const text::Comment& c) {
    const std::string lower = text::lower(c.text);
    if (lower.find("icens") == std::string::npos || full(c.line)) return;
    const std::size_t before = out_.licenses.size();
    for (const Sentence& s : sentences(lower, c.text)) {
      const std::vector<Token> words = tokens(s.text);
      if (words.empty()) continue;
      const Read read = read_of(s, words, c.text, {Block::kNone, s.at, c.line});
      read_licenses(read, source_, names_, lexicon_, out_.licenses);
    }
    drop_talk(before);  // instructions of a template
  }

  // More claims than anybody makes: what stands from this line on is not read, which is said.
  bool full(int line) {
    if (out_.licenses.size() <= kMostClaims && out_.origins.size() <= kMostClaims) return false;
    out_.stop_at(line);
    return true;
  }

  // Data of a card that never opened its front matter end as a heading: a line of hyphens is under them.
  static bool data_of_a_card(const Block& b) {
    return b.text.find("license: ") != std::string::npos || b.text.find('\n') != std::string::npos;
  }
  void label_in_heading(std::size_t i) {
    if (source_.prose.block(i).find(':') != std::string_view::npos) sentences_of(i);
  }

  // A block of code in no language may be a text that somebody put into a frame.
  static bool prose_in_code(const Block& b) {
    const std::string info = text::lower(b.info.substr(0, 16));
    for (const std::string_view plain : {"text", "txt", "plaintext", "markdown", "md", "plain"}) {
      if (info == plain) return true;
    }
    return info.empty() && b.text.find("icens") != std::string::npos;
  }

  // "legal-bert-contracts" at the head of a card names a model and no section on what is legal.
  bool is_title(std::size_t i) const {
    const Block& b = source_.card.blocks[i];
    return b.level == 1 && b.section == Block::kNone && tokens(source_.prose.block(i)).size() > 2 &&
           std::none_of(source_.card.blocks.begin(),
                        source_.card.blocks.begin() + static_cast<std::ptrdiff_t>(i),
                        [](const Block& earlier) { return earlier.kind == Block::Kind::heading; });
  }
  Cues cues_of(std::string_view lower, bool title = false) const {
    Cues out;
    const std::vector<Token> words = tokens(lower);
    for (const Hit& h : lexicon_.find(words, lower)) {
      if (!title || h.cue != Cue::license_section) out.add(h.cue);
    }
    return out;
  }

  // Headings above a block, the nearest first.
  Context context_of(std::size_t i) const {
    const Block& b = source_.card.blocks[i];
    Context out;
    out.block = i;
    out.row = b.kind == Block::Kind::table_row;
    out.item = b.item;
    std::size_t section = b.kind == Block::Kind::heading ? i : b.section;
    if (section < sections_.size()) out.nearest = sections_[section];
    for (int depth = 0; section < sections_.size() && depth < 6; ++depth) {
      for (const Cue c : {Cue::license_section, Cue::origin_section, Cue::training_section,
                          Cue::others_section, Cue::limits_section, Cue::evaluation_section}) {
        if (sections_[section].has(c)) out.sections.add(c);
      }
      section = source_.card.blocks[section].section;
    }
    return out;
  }

  void sentences_of(std::size_t i) {
    const Block& b = source_.card.blocks[i];
    const std::string_view lower = source_.prose.block(i);
    if (lower.empty()) return;
    Context context = context_of(i);
    if (b.kind == Block::Kind::table_row && b.head != i) {
      // Of a table of models only the row that names this one tells of it.
      const auto named = names_.in(lower, 0, lower.size());
      context.head = head_cues(b.head);
      context.license_column = named == Subject::here && context.head.has(Cue::license_section);
      if (named != Subject::sibling) context.data_column = head_data_;
    }
    while (!items_.empty() &&
           (!b.item ? b.indent <= items_.back().indent - 2 : b.indent <= items_.back().indent))
      items_.pop_back();
    if (!items_.empty()) context.parent = items_.back().subject;
    data_list_ = data_list_ && b.item;
    context.data_list = data_list_;
    std::optional<Subject> told;
    std::optional<Subject> spoken_of;  // by name, in the sentences before
    std::size_t counted = 0;
    int line = text::Markdown::line_at(b, 0);
    const bool one = b.kind == Block::Kind::table_row && lower.size() <= kLongestRow;
    const std::vector<Sentence> all = one ? std::vector<Sentence>{{lower, 0}} : sentences(lower, b.text);
    for (const Sentence& s : all) {
      if (full(line)) break;
      line += static_cast<int>(std::count(lower.begin() + static_cast<std::ptrdiff_t>(counted),
                                          lower.begin() + static_cast<std::ptrdiff_t>(s.at), '\n'));
      counted = s.at;
      const std::vector<Token> words = tokens(s.text);
      if (words.empty()) continue;
      Read read = read_of(s, words, b.text, {i, s.at, line});
      if (b.kind != Block::Kind::code) note_language(b, read, line);
      read.context = context;
      // "Foo-large has 560M parameters. It is available under …"
      if (spoken_of == Subject::sibling && begins_with_a_pronoun(s.text)) read.context.continues = spoken_of;
      if (const auto named = names_.in(s.text, 0, s.text.size()); named && *named != Subject::family)
        spoken_of = named;
      const std::size_t claimed = out_.licenses.size();
      const auto subject = read_licenses(read, source_, names_, lexicon_, out_.licenses);
      if (b.kind == Block::Kind::table_row && b.head == i && words.size() <= kShortHead) drop_talk(claimed);
      if (!told) told = subject;
      if (b.kind != Block::Kind::code) {
        read_origins(read, source_, names_, lexicon_, out_);
        read_data(read, source_, names_, lexicon_, out_.data);
        data_list_ = data_list_ || opens_list_of_data(read);
      }
      merged_ = merged_ || (read.sense.has(Cue::merged_from) &&
                            !read.sense.cues.any(Cue::siblings, Cue::scratch, Cue::compared));
      const bool below =
          b.kind == Block::Kind::paragraph && !b.item && next_is_item(i) && ends_with_a_lead(read.sense);
      const bool opens =
          &s == &all.back() && (s.text.ends_with(':') || s.text.ends_with("\xEF\xBC\x9A") || below);
      if (opens && !read.sense.has(Cue::compared) &&
          (read.sense.cues.any(Cue::merged_from, Cue::made_from) ||
           (merged_ && read.sense.has(Cue::weights)) ||
           (read.sense.has(Cue::origin_section) && words.size() <= kShortLabel))) {
        listing_ = true;
        headed_ = false;
        listed_how_ = merged_ ? Relation::merge : Relation::unstated;
      }
    }
    if (b.item) {
      if (!told) told = subject_of_item(lower);
      items_.push_back({b.indent, told});
      if (items_.size() > 16) items_.erase(items_.begin());
    }
  }
  // A sentence is in a language that is read if it holds one of its commonest words, or its script is.
  void note_language(const Block& b, const Read& read, int line) {
    const Sense& sense = read.sense;
    constexpr std::size_t kShortest = 6;  // words of letters
    std::size_t plain = 0;
    int beyond = 0;  // words with letters beyond ASCII
    for (const Token& t : sense.words) {
      const std::string_view word = read.original.substr(t.begin, t.end - t.begin);  // names have capitals
      plain += word.size() > 2 && std::all_of(word.begin(), word.end(),
                                              [](char c) { return text::is_lower(c) || text::is_beyond(c); })
                   ? 1
                   : 0;
      beyond += std::any_of(word.begin(), word.end(), text::is_beyond) ? 1 : 0;
    }
    if (plain < 2 || sense.hits.size() > 1 || b.kind == Block::Kind::table_row) return;
    if (!others_ && (beyond > 0 || (plain > 2 && b.kind == Block::Kind::paragraph && !b.item)))
      others_ = lexicon_.common_words(sense.words, read.lower) * 4 < sense.words.size();
    if (plain < kShortest || b.kind != Block::Kind::paragraph || b.item) return;
    judged_ += plain;
    // A list in English may lack its commonest words, and holds phrases that are known.
    if (sense.hits.size() > 1 || lexicon_.reads(sense.words, read.lower)) return;
    foreign_ += plain;
    if (foreign_line_ == 0) foreign_line_ = line;
  }

  bool next_is_item(std::size_t i) const {
    return i + 1 < source_.card.blocks.size() && source_.card.blocks[i + 1].item;
  }
  // "This model is based on", and a list below.
  static bool ends_with_a_lead(const Sense& s) {
    return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
      return (h.cue == Cue::made_from || h.cue == Cue::merged_from) && h.end == s.words.size() &&
             h.end - h.begin > 1;
    });
  }
  const Cues& head_cues(std::size_t head) {
    if (head != head_) {
      head_ = head;
      head_cues_ = cues_of(source_.prose.block(head));
      head_data_ = data_column(source_.prose.block(head), lexicon_);
    }
    return head_cues_;
  }
  std::optional<Subject> subject_of_item(std::string_view lower) const {
    const auto named = names_.in(lower, 0, std::min<std::size_t>(lower.size(), 200));
    return named && *named != Subject::family ? named : std::nullopt;
  }

  static bool begins_with_a_pronoun(std::string_view lower) {
    return std::any_of(std::begin(kPronouns), std::end(kPronouns),
                       [&](std::string_view p) { return lower.starts_with(p); });
  }

  // "Model | Weights | Why" are names of columns, and no talk.
  void drop_talk(std::size_t from) {
    out_.licenses.erase(
        std::remove_if(out_.licenses.begin() + static_cast<std::ptrdiff_t>(from), out_.licenses.end(),
                       [](const LicenseClaim& c) { return c.kind == LicenseClaim::Kind::unread; }),
        out_.licenses.end());
  }

  // Under "Models merged:", a line that is an id or a link and little else.
  bool lists_a_model(std::size_t i) {
    const Block& b = source_.card.blocks[i];
    bool any = false;
    std::size_t at = 0;
    int line = b.line;
    if (b.text.size() > 4000) return false;
    for (; at < b.text.size(); ++line) {
      const std::size_t end = std::min(b.text.find('\n', at), b.text.size());
      const std::string_view row = text::trim(std::string_view(b.text).substr(at, end - at));
      if (row.size() <= kLongestListed && !row.empty() && !compares(row))
        any = listed(i, row, at, line) || any;
      at = end + 1;
    }
    if (!any && !b.item && b.kind == Block::Kind::paragraph && b.text.size() > kLongestListed)
      listing_ = false;
    return any;
  }
  bool listed(std::size_t i, std::string_view row, std::size_t at, int line) {
    const auto links = source_.card.links_in(i, at, at + row.size());
    bool any = false;
    for (const text::Link& link : links) {
      const auto hub = hub::hub_link(link.url);
      if (hub && hub->type == hub::HubLink::Type::model && hub->path.empty())
        any = lists(hub->id, link.text, {i, at, line}) || any;
    }
    if (any) return true;
    // The line, or a cell of it, begins with an id: what stands behind it may explain it. `base+lora` are
    // two.
    for (std::size_t from = 0; from < row.size() && !any;) {
      const std::size_t cell = std::min(row.find('\t', from), row.size());
      std::string_view ids = row.substr(from, cell - from);
      ids.remove_prefix(std::min(ids.find_first_not_of(" -[`*"), ids.size()));
      ids = ids.substr(0, ids.find_first_of(" ,;()*`|]"));
      from = cell + 1;
      for (std::size_t begin = 0; begin < ids.size();) {
        const std::size_t plus = std::min(ids.find('+', begin), ids.size());
        const std::string_view id = ids.substr(begin, plus - begin);
        begin = plus + 1;
        if (hub::is_owned_id(id) && !is_media_type(id)) any = lists(id, id, {i, at, line}) || any;
      }
    }
    return any;
  }
  // "Inspired by other/Foo-7B"
  bool compares(std::string_view row) const {
    const Cues cues = cues_of(text::lower(row));
    return cues.has(Cue::compared) && !cues.any(Cue::made_from, Cue::merged_from, Cue::tuned_from);
  }
  // Under "Base models" a family lists its own.
  bool lists(std::string_view id, std::string_view name, At at) {
    const auto owner = [](std::string_view of) { return of.substr(0, of.find('/')); };
    if (text::equal_ignoring_case(id, source_.id)) return false;
    const auto named = names_.named(text::lower(hub::repository_name(id)));
    const bool relative = named && text::equal_ignoring_case(owner(id), owner(source_.id));
    if (headed_ && listed_how_ != Relation::merge && relative) return false;
    if (owner(id).find_first_not_of("0123456789.") == std::string_view::npos) return false;  // "12/12"
    OriginClaim c;
    c.how = listed_how_;
    c.at = at;
    c.id = id;
    c.name = name;
    out_.origins.push_back(std::move(c));
    return true;
  }

  struct Item {
    int indent = 0;
    std::optional<Subject> subject;
  };

  const Source& source_;
  const Names names_;
  const Lexicon& lexicon_;
  Claims out_;
  std::vector<Cues> sections_;       // of headings
  std::vector<Item> items_;          // that are open, the outermost first
  std::size_t head_ = Block::kNone;  // of the table that head_cues_ are of
  Cues head_cues_;
  std::size_t head_data_ = Context::kNone;
  bool loose_merge_ = false;
  bool listing_ = false;
  bool headed_ = false;  // by a heading
  bool data_list_ = false;
  bool merged_ = false;  // some sentence said so
  bool others_ = false;
  std::size_t judged_ = 0;  // words of sentences whose language was looked at
  std::size_t foreign_ = 0;
  int foreign_line_ = 0;
  Relation listed_how_ = Relation::unstated;
};

}  // namespace

Claims read_claims(const Source& source) {
  Pass usual(source, lexicon(source.catalog));
  Claims out = usual.run();
  return usual.met_others() ? Pass(source, every_language(source.catalog)).run() : out;
}

}  // namespace howopen::reading
