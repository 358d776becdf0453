// Addresses of models and the schemes that stand for them, wherever they are written.
//
//   https://huggingface.co/a/b/resolve/v1/x.bin  ->  a/b at v1
//   hf://a/b@v1, hf-hub:a/b, hf.co/a/b:Q4_K_M    ->  a/b
//   https://huggingface.co/datasets/a/b          ->  nothing

#include <algorithm>

#include "hub/addresses.h"
#include "scan/names.h"
#include "scan/parts.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

struct Reader {
  const Slice& s;
  Scan& scan;

  std::string_view name_at(std::size_t at) const {
    std::size_t end = at;
    while (end < s.text.size() && is_name_char(s.text[end])) ++end;
    // A period or dash at the end is the sentence's.
    while (end > at && (s.text[end - 1] == '.' || s.text[end - 1] == '-')) --end;
    if (cut(at, end - at).ends_with(".git")) end -= 4;
    return cut(at, end - at);
  }
  std::string_view cut(std::size_t i, std::size_t size) const {
    return s.text.substr(std::min(i, s.text.size()), size);
  }
  char at(std::size_t i) const { return i < s.text.size() ? s.text[i] : '\0'; }

  // A revision in an address, with %2F undone.
  std::string revision_at(std::size_t i) const {
    std::string out;
    for (; i < s.text.size() && out.size() < 200; ++i) {
      if (text::equal_ignoring_case(cut(i, 3), "%2f")) {
        out += '/';
        i += 2;
      } else if (is_name_char(s.text[i])) {
        out += s.text[i];
      } else {
        break;
      }
    }
    return out;
  }

  void open(std::size_t from, std::string_view form) {
    std::size_t end = from;
    while (end < s.text.size() && end - from < 120 &&
           std::string_view(" \t\r\n\"'`,)]").find(s.text[end]) == std::string_view::npos)
      ++end;
    scan.sink.unresolved(s.place(from), cut(from, end - from), form, "a variable in an address");
  }

  static bool is_template(char c) { return c == '{' || c == '$' || c == '%'; }

  // `%2E`, when it stands for a character of a name; '\0' otherwise.
  char encoded(std::size_t i) const {
    const auto digit = [&](char c) {
      return is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
    };
    if (at(i) != '%' || digit(at(i + 1)) < 0 || digit(at(i + 2)) < 0) return '\0';
    const char c = static_cast<char>(digit(at(i + 1)) * 16 + digit(at(i + 2)));
    return is_name_char(c) || c == '/' ? c : '\0';
  }

  struct Part {
    std::string name;
    std::size_t end = 0;
  };
  // One part of an address, percent signs undone: Foo%2E5-4B is Foo.5-4B.
  Part part_at(std::size_t i) const {
    Part out;
    out.end = i;
    while (out.end < s.text.size() && out.name.size() < 200) {
      const char c = at(out.end);
      const char e = encoded(out.end);
      if (!is_name_char(c) && (e == '\0' || e == '/')) break;
      out.name += e != '\0' ? e : c;
      out.end += e != '\0' ? 3 : 1;
    }
    while (!out.name.empty() && (out.name.back() == '.' || out.name.back() == '-') &&
           at(out.end - 1) == out.name.back()) {
      out.name.pop_back();
      --out.end;
    }
    if (out.name.ends_with(".git")) {
      out.name.resize(out.name.size() - 4);
      out.end -= 4;
    }
    return out;
  }
  std::size_t slash_at(std::size_t i) const { return at(i) == '/' ? 1 : encoded(i) == '/' ? 3 : 0; }

  // …/resolve/main/figures/a.png
  bool is_picture(std::size_t i) const {
    std::size_t end = i;
    while (end < s.text.size() && end - i < 400 &&
           std::string_view(" \t\r\n\"'`)>]?#").find(s.text[end]) == std::string_view::npos)
      ++end;
    return words().media_endings.ends(text::lower(cut(i, end - i)));
  }

  // Behind the host and its slash.
  std::size_t address(std::size_t i) {
    bool api = false;
    if (api_host && cut(i, 9) == "pipeline/") {
      i = std::min(s.text.find('/', i + 9), s.text.size() - 1) + 1;
      api = true;
    }
    if (cut(i, 11) == "api/models/") {
      i += 11;
      api = true;
    } else if (api_host && !api) {
      // api-inference.huggingface.co/models/a/b, router.huggingface.co/PROVIDER/models/a/b; what else these
      // hosts have are names of tasks.
      const std::size_t provider = cut(i, 7) == "models/" ? i : part_at(i).end + 1;
      if (cut(provider, 7) != "models/") return i;
      i = provider + 7;
      api = true;
    }
    if (is_template(at(i)) && encoded(i) == '\0') {
      open(i, "url");
      return i + 1;
    }
    const Part owner = part_at(i);
    if (owner.name.empty() || hub::is_page(owner.name)) return owner.end + 1;
    const std::size_t slash = owner.end;
    const std::size_t second = slash + slash_at(slash);
    Part name;
    if (second > slash) name = part_at(second);
    if (second > slash && is_template(at(second)) && encoded(second) == '\0') {
      open(i, "url");
      return second;
    }
    std::string id = owner.name + (name.name.empty() ? "" : "/" + name.name);
    std::size_t end = name.name.empty() ? slash : name.end;
    const auto reference = [&](std::size_t from) -> std::string {
      for (const std::string_view kind :
           {"/resolve/", "/tree/", "/blob/", "/raw/", "/commit/", "/revision/"}) {
        if (cut(from, kind.size()) == kind) return revision_at(from + kind.size());
      }
      return {};
    };
    Confidence confidence = Confidence::high;
    std::string revision;
    if (name.name == "resolve" || name.name == "tree" || name.name == "blob" || name.name == "raw") {
      id = owner.name;
      end = slash;
      revision = reference(slash);
    } else if (name.name.empty()) {
      // A name alone is most often that of a person.
      if (!is_legacy_model(owner.name) && !api) return slash;
    } else {
      revision = reference(name.end);
    }
    // A picture shows something; it is not that something is used.
    if (!revision.empty() && is_picture(end)) {
      if (!looks_like_model(id)) return end;
      confidence = Confidence::low;
    }
    scan.sink.found(s.place(i), id, revision, "url", confidence, s.down);
    return end;
  }
  bool api_host = false;

  // Behind hf:// and its like: [models/]a/b[@rev][/file]; KServe writes a/b:rev.
  std::size_t scheme(std::size_t i, std::string_view form, bool colon_is_revision) {
    if (cut(i, 7) == "models/") i += 7;
    for (const std::string_view other : {"datasets/", "spaces/", "buckets/", "kernels/", "jobs/"}) {
      if (cut(i, other.size()) == other) return i + other.size();
    }
    // huggingface:text-generation:a/b of promptfoo
    if (form == "huggingface:") {
      std::size_t task = i;
      while (task < s.text.size() && ((s.text[task] >= 'a' && s.text[task] <= 'z') || s.text[task] == '-'))
        ++task;
      if (task > i && at(task) == ':') i = task + 1;
    }
    if (is_template(at(i))) {
      open(i, form);
      return i + 1;
    }
    const Part owner = part_at(i);
    const std::size_t second = owner.end + slash_at(owner.end);
    if (owner.name.empty() || second == owner.end) return i;
    if (is_template(at(second)) && encoded(second) == '\0') {
      open(i, form);
      return second;
    }
    const Part name = part_at(second);
    if (name.name.empty()) return owner.end;
    std::string revision;
    if (at(name.end) == '@' || (colon_is_revision && at(name.end) == ':'))
      revision = revision_at(name.end + 1);
    scan.sink.found(s.place(i), owner.name + "/" + name.name, revision, form, Confidence::high, s.down);
    return name.end;
  }

  // djl://ai.djl.huggingface.pytorch/a/b[/version]: the other groups are zoos of DJL's own.
  std::size_t djl(std::size_t i) {
    constexpr std::string_view kGroup = "ai.djl.huggingface.";
    if (cut(i, kGroup.size()) != kGroup) return i;
    const std::size_t slash = part_at(i).end;
    return at(slash) == '/' ? scheme(slash + 1, "djl://", false) : slash;
  }

  // huggingface/a/b of LiteLLM: the whole of a word.
  std::size_t lite(std::size_t start, std::size_t i) {
    const char before = start > 0 ? s.text[start - 1] : '"';  // a string is its content here
    if (is_name_char(before) || before == '/' || before == '@' || before == ':') return i;
    std::size_t part[4] = {i};
    std::size_t parts = 0;
    std::size_t end = i;
    while (parts < 3) {
      const std::string_view name = name_at(end);
      if (name.empty()) return i;
      part[parts++] = end;
      end += name.size();
      if (at(end) != '/') break;
      ++end;
    }
    const char behind = at(end);
    const char quote = before == '"' || before == '\'' || before == '`' ? before : '\0';
    const bool closed = quote != '\0' ? behind == quote || behind == ':' || behind == '\0'
                                      : behind == '\0' || behind == '\n' || behind == ' ' || behind == '\r';
    if (parts < 2 || !closed || (quote == '\0' && before != ' ' && before != '=')) return i;
    // With a provider between: huggingface/together/a/b.
    const std::size_t from = part[parts - 2];
    const std::string_view id = cut(from, end - from);
    if (parts == 2 || parts == 3) {
      const bool sure = quote != '\0' || scan.aware || looks_like_model(id);
      if (read_name(id).kind == Name::Kind::owned && sure)
        scan.sink.found(s.place(from), id, {}, "huggingface/",
                        quote != '\0' ? Confidence::high : Confidence::medium, s.down);
    }
    return end;
  }
};

struct Head {
  std::string_view text;
  int kind;  // 0 address, 1 scheme, 2 scheme with a revision behind a colon, 3 LiteLLM
};
constexpr Head kHeads[] = {
    {"huggingface.co/", 0},
    {"huggingface.co:443/", 0},
    {"hf.co/", 0},
    {"hf.co:", 0},
    {"hf-mirror.com/", 0},
    {"huggingface://", 1},
    {"hf://", 2},
    {"hf-hub:", 1},
    {"hf_hub:", 1},
    {"hf:", 1},
    {"huggingface/", 3},
    {"huggingface:", 1},
    {"hf/", 4},
};
constexpr std::string_view kDjl = "djl://";

// {BASE}/a/b/resolve/main/x, $HF/a/b/resolve/v1/x, BASE + "/a/b/resolve/main/x": the host is a variable, and
// nobody else's addresses look like that.
void scan_paths(const Slice& s, Scan& scan) {
  constexpr std::string_view kResolve = "/resolve/";
  if (!s.text.starts_with('/') && s.text.find('}') == s.text.npos && s.text.find('$') == s.text.npos) return;
  for (std::size_t i = s.text.find(kResolve); i < s.text.size(); i = s.text.find(kResolve, i + 1)) {
    std::size_t from = i;
    int slashes = 0;
    while (from > 0 && i - from < 200 && (is_name_char(s.text[from - 1]) || s.text[from - 1] == '/')) {
      if (s.text[from - 1] == '/' && ++slashes == 2) break;
      --from;
    }
    const std::string_view id = s.text.substr(from, i - from);
    const Name name = read_name(id);
    if (name.kind != Name::Kind::owned || name.id != id || from == 0 || s.text[from - 1] != '/') continue;
    // In front of the slash: nothing, a brace, or a variable of a shell.
    std::size_t word = from - 1;
    while (word > 0 && (is_alnum(s.text[word - 1]) || s.text[word - 1] == '_')) --word;
    const char before = word > 0 ? s.text[word - 1] : '"';
    const bool variable = word < from - 1 && before == '$';
    const bool nothing =
        word == from - 1 && std::string_view("\"'`})").find(before) != std::string_view::npos;
    if (!variable && !nothing) continue;
    const std::size_t behind = i + kResolve.size();
    std::size_t end = behind;
    while (end < s.text.size() && is_name_char(s.text[end])) ++end;
    if (end == behind || end == s.text.size() || s.text[end] != '/') continue;
    scan.sink.found(s.place(from), name.id, s.text.substr(behind, end - behind), "url", Confidence::high,
                    s.down);
  }
}

}  // namespace

void scan_urls(const Slice& s, Scan& scan) {
  scan_other_addresses(s, scan);
  scan_paths(s, scan);
  Reader reader{s, scan};
  for (std::size_t i = s.text.find(kDjl); i < s.text.size(); i = s.text.find(kDjl, i + kDjl.size()))
    reader.djl(i + kDjl.size());
  // By hand: find_first_of searches its list anew for each character of the text.
  const auto next_h = [&](std::size_t i) {
    while (i < s.text.size() && (s.text[i] | 0x20) != 'h') ++i;
    return i;
  };
  for (std::size_t i = next_h(0); i < s.text.size(); i = next_h(i)) {
    std::size_t next = i + 1;
    const std::size_t start = i;
    if ((s.text[i + 1 < s.text.size() ? i + 1 : i] | 0x20) != 'f' &&
        (s.text[i + 1 < s.text.size() ? i + 1 : i] | 0x20) != 'u') {
      i = next;
      continue;
    }
    const char before = i > 0 ? s.text[i - 1] : ' ';
    for (const Head& head : kHeads) {
      if (!text::equal_ignoring_case(s.text.substr(i, head.text.size()), head.text)) continue;
      const std::size_t behind = i + head.text.size();
      if (head.kind == 0) {
        if (is_alnum(before) || before == '-') break;
        const std::string_view left = s.text.substr(i > 20 ? i - 20 : 0, std::min<std::size_t>(i, 20));
        if (before == '.' && !left.ends_with("www.") && !left.ends_with("api-inference.") &&
            !left.ends_with("router.")) {
          scan_content_store(s, i, scan);
          break;
        }
        reader.api_host = before == '.' && !left.ends_with("www.");
        next = reader.address(behind);
      } else if (head.kind == 3) {
        if (s.text.substr(i > 9 ? i - 9 : 0, std::min<std::size_t>(i, 9)).ends_with("models/") ||
            s.text.substr(i > 4 ? i - 4 : 0, std::min<std::size_t>(i, 4)) == "pkg:")
          next = reader.scheme(
              behind, s.text.substr(i - 4, 4) == "pkg:" ? "pkg:huggingface" : "models/huggingface", false);
        else
          next = reader.lite(start, behind);
      } else if (head.kind == 4) {
        if (!s.text.substr(0, i).ends_with("://models/search/")) break;
        next = reader.scheme(behind, "models/search/hf", false);
      } else {
        if (is_name_char(before) || before == '/' || before == ':') break;
        next = reader.scheme(behind, head.text, head.kind == 2);
      }
      break;
    }
    i = std::max(next, start + 1);
  }
}

void scan_urls_in_lines(const Slice& s, Scan& scan) {
  for (std::size_t i = 0; i < s.text.size();) {
    const std::size_t end = std::min(s.text.find('\n', i), s.text.size());
    const std::size_t first = s.text.find_first_not_of(" \t", i);
    const bool comment =
        first < end && (s.text[first] == '#' || s.text.substr(first, 2) == "//" || s.text[first] == ';');
    scan_urls(s.part(i, end - i, comment ? 1 : 0), scan);
    i = end + 1;
  }
}

}  // namespace howopen::scan
