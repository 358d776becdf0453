// Finds of one file, from places in bytes to lines and columns; what stands twice at one place is one find.
//
//   place 12 of "a\nx = \"é/b\"…"  ->  line 2, column …

#include <algorithm>
#include <tuple>

#include "scan/names.h"
#include "scan/parts.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kLongestText = 200;

// Counts forward only: places come sorted.
class Counter {
 public:
  explicit Counter(std::string_view bytes) : bytes_(bytes) {}
  void to(std::size_t place) {
    place = std::min(place, bytes_.size());
    while (at_ < place) {
      const auto c = static_cast<unsigned char>(bytes_[at_]);
      if (c == '\n') {
        ++line;
        column = 1;
        ++at_;
        continue;
      }
      const std::string_view one = c < 0x80 ? bytes_.substr(at_, 1) : text::next_utf8(bytes_.substr(at_, 4));
      at_ += std::max<std::size_t>(one.size(), 1);
      ++column;
    }
  }
  int line = 1;
  int column = 1;

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

// Tells file, line and column of what was found, from the first to the last.
class Locator {
 public:
  Locator(std::string_view path, std::string_view bytes) : path_(path), counter_(bytes) {}
  void locate(std::size_t place, auto& what) {
    counter_.to(place);
    what.file = path_;
    what.line = counter_.line;
    what.column = counter_.column;
  }

 private:
  std::string_view path_;
  Counter counter_;
};

}  // namespace

void Sink::found(std::size_t place, std::string_view id, std::string_view revision, std::string_view form,
                 Confidence confidence, int down, Registry registry) {
  if (++count_ > kFindsOfAFile) return;
  // Here and nowhere else, since every reader comes by: what stands for a name is used by nobody.
  const int level =
      is_placeholder(id) ? 0 : std::max(0, static_cast<int>(std::min(confidence, most_)) - down);
  const bool aside = down > down_ && role_ != Role::test && role_ != Role::document;
  const Role role = aside ? Role::comment : role_;
  found_.push_back({place,
                    {std::string(id),
                     std::string(revision.substr(0, kLongestText)),
                     {},
                     0,
                     0,
                     std::string(form.substr(0, 64)),
                     static_cast<Confidence>(level),
                     registry,
                     role}});
}

void Sink::unresolved(std::size_t place, std::string_view text, std::string_view form, std::string_view why) {
  if (++count_ > kFindsOfAFile) return;
  open_.push_back({place,
                   {std::string(text.substr(0, kLongestText)),
                    {},
                    0,
                    0,
                    std::string(form.substr(0, 64)),
                    std::string(why)}});
}

void Sink::constant(std::size_t place, std::string_view name, std::string_view id,
                    std::string_view revision) {
  constexpr std::size_t kMost = 200;
  if (constants_.size() >= kMost || is_placeholder(id)) return;
  ModelReference model;
  model.id = id;
  model.revision = revision.substr(0, kLongestText);
  model.form = "constant";
  model.confidence = role_ == Role::test ? Confidence::medium : Confidence::high;
  model.role = role_;
  constants_.push_back({place, {std::string(name), std::move(model)}});
}

void Sink::imported(std::size_t place, std::string_view name, std::string_view module) {
  constexpr std::size_t kMost = 1'000;
  if (imports_.size() < kMost)
    imports_.push_back({place, {std::string(name), std::string(module.substr(0, kLongestText)), {}, 0, 0}});
}

void Sink::runs(std::size_t place, std::string_view path, std::string_view as) {
  constexpr std::size_t kMost = 1'000;
  if (runs_.size() < kMost)
    runs_.push_back({place, {std::string(path), std::string(as), {}, 0, 0}});
  else
    cut("more than 1,000 files that it runs");
}

void Sink::value(std::string path, std::string_view text) {
  constexpr std::size_t kMost = 2'000;
  if (values_.size() < kMost) values_.push_back({std::move(path), std::string(text), {}});
}

void Sink::cut(std::string_view why) {
  if (std::find(cut_.begin(), cut_.end(), why) == cut_.end()) cut_.emplace_back(why);
}

std::vector<std::size_t> Sink::places_since(std::size_t first) const {
  std::vector<std::size_t> out;
  for (std::size_t i = first; i < found_.size(); ++i) out.push_back(found_[i].place);
  std::sort(out.begin(), out.end());
  return out;
}

Scanned Sink::finish(std::string_view path, std::string_view bytes) && {
  Scanned out;
  out.files = 1;
  if (count_ > kFindsOfAFile)
    out.skipped.push_back({std::string(path), "more than 10,000 finds: the rest is left out"});
  for (std::string& why : cut_) out.skipped.push_back({std::string(path), std::move(why)});
  std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
    return std::tie(a.place, a.reference.id) < std::tie(b.place, b.reference.id);
  });
  std::sort(open_.begin(), open_.end(), [](const Open& a, const Open& b) {
    return std::tie(a.place, a.what.text) < std::tie(b.place, b.what.text);
  });
  Locator references(path, bytes);
  for (Found& f : found_) {
    references.locate(f.place, f.reference);
    out.references.push_back(std::move(f.reference));
  }
  Locator opens(path, bytes);
  for (Open& o : open_) {
    opens.locate(o.place, o.what);
    out.unresolved.push_back(std::move(o.what));
  }
  const auto by_place = [](const auto& a, const auto& b) {
    return std::tie(a.place, a.what.name) < std::tie(b.place, b.what.name);
  };
  std::sort(imports_.begin(), imports_.end(), by_place);
  std::sort(constants_.begin(), constants_.end(), by_place);
  for (ChartValue& v : values_) {
    v.file = path;
    out.values.push_back(std::move(v));
  }
  std::sort(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) {
    return std::tie(a.place, a.what.path) < std::tie(b.place, b.what.path);
  });
  Locator starts(path, bytes);
  for (Run& r : runs_) {
    starts.locate(r.place, r.what);
    out.runs.push_back(std::move(r.what));
  }
  Locator uses(path, bytes);
  for (Import& i : imports_) {
    uses.locate(i.place, i.what);
    out.imports.push_back(std::move(i.what));
  }
  Locator names(path, bytes);
  for (Constant& c : constants_) {
    names.locate(c.place, c.what.model);
    out.constants.push_back(std::move(c.what));
  }
  put_in_order(out);
  return out;
}

}  // namespace howopen::scan

namespace howopen {

void put_in_order(Scanned& s) {
  const auto place = [](const auto& r) { return std::tie(r.file, r.line, r.column); };
  std::sort(s.references.begin(), s.references.end(), [&](const ModelReference& a, const ModelReference& b) {
    if (place(a) != place(b)) return place(a) < place(b);
    if (a.id != b.id) return a.id < b.id;
    if (a.confidence != b.confidence) return a.confidence > b.confidence;
    if (a.revision.empty() != b.revision.empty()) return b.revision.empty();
    return std::tie(a.revision, a.form) < std::tie(b.revision, b.form);
  });
  std::vector<ModelReference> references;
  for (ModelReference& r : s.references) {
    if (!references.empty() && place(references.back()) == place(r) && references.back().id == r.id) {
      ModelReference& first = references.back();
      // The surest form counts, but a revision that another one read is not lost, and two are two.
      if (first.revision.empty()) first.revision = r.revision;
      if (r.revision.empty() || r.revision == first.revision) continue;
    }
    references.push_back(std::move(r));
  }
  s.references = std::move(references);

  std::sort(s.unresolved.begin(), s.unresolved.end(), [&](const Unresolved& a, const Unresolved& b) {
    if (place(a) != place(b)) return place(a) < place(b);
    return std::tie(a.text, a.form, a.why) < std::tie(b.text, b.form, b.why);
  });
  s.unresolved.erase(std::unique(s.unresolved.begin(), s.unresolved.end(),
                                 [&](const Unresolved& a, const Unresolved& b) {
                                   return place(a) == place(b) && a.text == b.text;
                                 }),
                     s.unresolved.end());
  std::sort(s.skipped.begin(), s.skipped.end(), [](const SkippedFile& a, const SkippedFile& b) {
    return std::tie(a.file, a.why) < std::tie(b.file, b.why);
  });
}

}  // namespace howopen
