// Citations of a CycloneDX bill: a JSON pointer to each field that states something, and the place, with line
// and commit, that it was taken from.
//
//   /components/0/licenses/0  <-  LICENSE@<commit>, its address, "license.text: MIT, exact"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "report/cyclonedx.h"
#include "report/issues.h"

namespace howopen::report {

using text::Json;

std::string citation_note(const Evidence& e, const Named& model) {
  const Located at = locate(model, e.where);
  std::string out = e.where.empty() ? std::string("no place") : safe(e.where);
  if (!at.url.empty() && at.url != e.where) out += "\n" + at.url;
  return out + fmt::format("\n{}: {}", safe(e.rule), safe(e.what));
}

Json bill_property(std::string name, std::string value) {
  Json out;
  out.set("name", Json(std::move(name)));
  out.set("value", Json(std::move(value)));
  return out;
}

Json bill_reference(std::string_view type, std::string url) {
  Json out;
  out.set("type", Json(type));
  out.set("url", Json(std::move(url)));
  return out;
}

void Citations::cite(const std::string& pointer, const Named& model, const std::vector<Evidence>& evidence) {
  for (const Evidence& e : evidence) {
    const std::string note = citation_note(e, model);
    const auto [at, added] = by_note_.try_emplace(note, order_.size());
    if (added) order_.push_back({note, {}});
    std::vector<std::string>& pointers = order_[at->second].pointers;
    if (std::find(pointers.begin(), pointers.end(), pointer) == pointers.end()) pointers.push_back(pointer);
  }
}

Json Citations::citations(const std::string& time) const {
  Json out = Json::array();
  for (std::size_t i = 0; i < order_.size(); ++i) {
    Json one;
    one.set("bom-ref", Json(fmt::format("citation-{}", i + 1)));
    Json& pointers = one.set("pointers", Json::array());
    for (const std::string& p : order_[i].pointers) pointers.push(Json(p));
    one.set("timestamp", Json(time));
    one.set("attributedTo", Json("howopen"));
    one.set("note", Json(order_[i].note));
    out.push(std::move(one));
  }
  return out;
}

Json Citations::annotations(const std::string& time, const std::vector<std::string>& refs) const {
  Json out = Json::array();
  for (const Cited& c : order_) {
    std::set<std::string> subjects;
    std::string fields;
    for (const std::string& p : c.pointers) {
      std::size_t index = 0;
      std::from_chars(p.data() + std::string_view("/components/").size(), p.data() + p.size(), index);
      subjects.insert(refs[index]);
      fields += p + "\n";
    }
    Json one;
    Json& list = one.set("subjects", Json::array());
    for (const std::string& s : subjects) list.push(Json(s));
    Json tool;
    tool.set("type", Json("application"));
    tool.set("name", Json("howopen"));
    Json annotator;
    annotator.set("component", std::move(tool));
    one.set("annotator", std::move(annotator));
    one.set("timestamp", Json(time));
    one.set("text", Json(fields + c.note));
    out.push(std::move(one));
  }
  return out;
}

}  // namespace howopen::report
