// What the readers of this room share: pieces of a file that know where they come from, and the place where
// finds go.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "howopen/scan.h"

namespace howopen::scan {

/// Part of a file, perhaps unescaped: the place of each byte in the file stays known.
struct Slice {
  std::string_view text;
  std::size_t base = 0;                ///< place of the first byte, when there is no map
  std::span<const std::uint32_t> map;  ///< place of each byte, when escapes were undone
  int down = 0;                        ///< steps of confidence lost: comments, tests

  std::size_t place(std::size_t i) const {
    if (map.empty()) return base + i;
    return map[i < map.size() ? i : map.size() - 1];
  }
  Slice part(std::size_t at, std::size_t size, int further_down = 0) const {
    at = std::min(at, text.size());
    size = std::min(size, text.size() - at);
    return {text.substr(at, size), base + at, map.empty() ? map : map.subspan(at, size), down + further_down};
  }
};

/// A text made of pieces, with the place of each byte.
struct Mapped {
  std::string text;
  std::vector<std::uint32_t> map;

  void add(char c, std::size_t place) {
    text += c;
    map.push_back(static_cast<std::uint32_t>(place));
  }
  void clear() {
    text.clear();
    map.clear();
  }
  Slice slice(int down) const { return {text, 0, map, down}; }
};

/// Collects finds of one file by their places; lines and columns are counted at the end, in one go.
class Sink {
 public:
  void found(std::size_t place, std::string_view id, std::string_view revision, std::string_view form,
             Confidence confidence, int down, Registry registry = Registry::hub);
  /// What the file is there for, and how many steps of confidence all of it has lost for that.
  void begin(Role role, int down) {
    role_ = role;
    down_ = down;
  }
  void unresolved(std::size_t place, std::string_view text, std::string_view form, std::string_view why);
  /// A name that an id has here, and one from another file that stands where a model is wanted.
  void constant(std::size_t place, std::string_view name, std::string_view id, std::string_view revision);
  void imported(std::size_t place, std::string_view name, std::string_view module);
  void value(std::string path, std::string_view text);
  /// Another file is run here, as one of the name `as`.
  void runs(std::size_t place, std::string_view path, std::string_view as);
  Role role() const { return role_; }
  std::size_t count() const { return count_; }
  /// No find is surer than this until further notice; gives what was so before.
  Confidence cap(Confidence most) { return std::exchange(most_, most); }
  /// Something of the file was not read, since there was too much of it: the file is told as skipped, too.
  void cut(std::string_view why);
  std::size_t found_count() const { return found_.size(); }
  /// Places of references found since there were `first` of them, in order.
  std::vector<std::size_t> places_since(std::size_t first) const;
  Scanned finish(std::string_view path, std::string_view bytes) &&;

 private:
  struct Found {
    std::size_t place;
    ModelReference reference;
  };
  struct Open {
    std::size_t place;
    Unresolved what;
  };
  struct Import {
    std::size_t place;
    ImportedName what;
  };
  struct Constant {
    std::size_t place;
    NamedModel what;
  };
  struct Run {
    std::size_t place;
    RunFile what;
  };
  std::vector<Run> runs_;
  std::vector<ChartValue> values_;
  std::vector<Import> imports_;
  std::vector<Constant> constants_;
  std::vector<Found> found_;
  std::vector<Open> open_;
  std::vector<std::string> cut_;
  Role role_ = Role::code;
  int down_ = 0;
  Confidence most_ = Confidence::high;
  std::size_t count_ = 0;  ///< of both, those beyond the limit too
};

/// A word of a command line; each byte knows its place.
struct Word {
  Mapped value;
  bool variable = false;  ///< holds something only a shell knows
  std::string_view text() const { return value.text; }
};

inline constexpr int kLanguageDepth = 6;

/// State of the reading of one file.
struct Scan {
  Sink& sink;
  bool aware = false;    ///< the file speaks of the Hub or of a library that loads from it
  bool served = false;   ///< it speaks of a vendor's API: `o3` is a model there
  bool store = false;    ///< it speaks to Ollama: `model` is one of its names there
  bool runs = false;     ///< it is a program or a script: what it runs is run
  bool values = false;   ///< values.yaml of a chart: templates of other files take them
  bool recipes = false;  ///< a Makefile: a tab in front of a continued line is none of the command's
  int depth = 0;         ///< languages within languages: a shell in YAML in Markdown …
  /// True when what stands here is not read, which the file is told for.
  bool too_deep() {
    if (depth < kLanguageDepth) return false;
    sink.cut("languages within languages deeper than they are read");
    return true;
  }
  std::map<std::string, Word, std::less<>> variables = {};  ///< of shell, Dockerfile, make
};

inline constexpr std::size_t kFindsOfAFile = 10'000;

enum class Syntax { python, javascript, go, c_like, rust, json, config };

/// By the name of the file.
Role role_of(std::string_view path, bool test);

// One reader a language; each goes through its slice once.
/// What stands in a text whatever the text is: `{{ x.model | default "a/b" }}` of Helm, Jinja and Go,
/// `openai:chat:gpt-4o` of files that speak of providers, `MODELS = %w[a/b c/d]` of Ruby.
void scan_fragments(std::string_view path, const Slice& s, Scan& scan);
void scan_urls(const Slice& s, Scan& scan);
void scan_other_addresses(const Slice& s, Scan& scan);
/// An address of the Hub's whose host, at `host`, hands files out by their digest.
void scan_content_store(const Slice& s, std::size_t host, Scan& scan);
/// Images of containers that hold a model.
void scan_model_images(const Slice& s, Scan& scan);
void scan_code(const Slice& s, Syntax syntax, Scan& scan);
void scan_shell(const Slice& s, Scan& scan);
void scan_yaml(const Slice& s, Scan& scan);
/// What just has and a shell has not: `model := env("MODEL", "a/b")`, recipes in other languages.
void scan_justfile(const Slice& s, Scan& scan);
/// [model] with `name = a/b` below it
void scan_sections(const Slice& s, Scan& scan);
void scan_dockerfile(const Slice& s, Scan& scan);
void scan_modelfile(const Slice& s, Scan& scan);
/// Columns of models: their head says so.
void scan_table(const Slice& s, Scan& scan);
void scan_notebook(const Slice& s, Scan& scan);
void scan_markdown(const Slice& s, Scan& scan);
void scan_rst(const Slice& s, Scan& scan);
void scan_adoc(const Slice& s, Scan& scan);
/// A page, which shows examples (`down` 1), or a component of a program.
void scan_page(const Slice& s, Scan& scan, int down);
/// Attributes and elements that name models: `<Chat model="a/b">`, `<property name="modelId" value="a/b"/>`,
/// `<modelId>a/b</modelId>`.
void scan_tags(const Slice& s, Scan& scan);
/// Commands in <code>, and <pre> as what it looks like.
void scan_page_code(const Slice& s, Scan& scan);
/// Blocks of code in a comment or docstring: fences, and those of reStructuredText.
void scan_blocks(const Slice& s, Scan& scan);
/// A block of code in the language that its fence names; "" when it names none.
void scan_fenced(std::string_view language, const Slice& s, Scan& scan);
/// A text that stands in another file, as the file of that name would be read.
void scan_as(std::string_view path, const Slice& s, Scan& scan);
void scan_tensors(std::string_view path, std::string_view bytes, Scan& scan);

/// One command: its words without redirections and separators.
void scan_command(std::span<const Word> words, int down, Scan& scan);
/// `source x.txt`, `python3 x.dat`: what is run though nobody reads it as a program is told.
void tell_run(std::span<const Word> command, Scan& scan);
/// The name under which a file is read that this program runs; "" for others.
std::string_view runs_as(std::string_view program);
/// A key that may be about models, and its value, whose first byte is at `place`.
/// True when that was worth a find.
bool scan_pair(std::string_view key, std::string_view value, std::size_t place, int down, Scan& scan,
               std::string_view revision = {});
/// Whether a key is about models: 2 of the Hub's own kind, 1 at times, 0 not.
int key_strength(std::string_view key);
/// What a template comes to when nobody says anything: `${X:-a/b}`, `{{ .Values.x | default "a/b" }}`; ""
/// when it does not say.
std::string_view otherwise_of(std::string_view value);
/// Behind the `}}` of a template that begins at `i` and ends in its line; `i` where there is none.
std::size_t template_end(std::string_view text, std::size_t i);
/// The variable that a template is, `ollama_model` of `{{ .Values.ollama_model }}`; "" when it is more.
std::string_view template_variable(std::string_view text);
/// Strings that a template may come to: of `{{ x | default('a/b') }}` and `{{ 'a/b' if big else 'c/d' }}`.
std::vector<std::string_view> template_choices(std::string_view text);
/// Put together from several values, one of them an owner: `{{ org }}/{{ name }}`, `{{ printf "%s/%s" a b
/// }}`.
bool is_joined_template(std::string_view value);
/// A key whose values are something else: data sets, images, names of another registry.
bool is_other_key(std::string_view key);
bool names_registry(std::string_view key);  ///< of models, other than the Hub
/// OLLAMA_MODEL, ollama.chat-model: its value is a model of another registry.
bool is_store_key(std::string_view key);

/// Elements of `[a, "b", 'c']`, which starts the slice; `end` is set to what is behind it.
std::vector<Word> flow_words(const Slice& s, std::size_t& end, Sink& sink);
/// Part of a slice as a word.
Word word_of(const Slice& s, std::size_t at, std::size_t size);
/// Addresses line by line: those in comments count less.
void scan_urls_in_lines(const Slice& s, Scan& scan);

/// Writes letters of ids that stand in `bytes` by their numbers (`\u002f`, `\x2f`, `\U0000002F`, `\u{2f}`),
/// and
/// `\/` where `slashes` are written so. False, and nothing is written, where there are none.
bool undo_escapes(std::string_view bytes, bool slashes, Mapped& out);
/// The same for `&#47;`, `&#x2F;` and `&sol;` of XML and its like.
bool undo_references(std::string_view bytes, Mapped& out);

/// Undoes the escapes of JSON and of most languages.
void unescape(const Slice& s, Mapped& out);

}  // namespace howopen::scan
