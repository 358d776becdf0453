// Parts of a CycloneDX bill: citations, declarations.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report/bill.h"
#include "text/json.h"

namespace howopen::report {

/// Where it was seen and what: place, address, rule and words, a line each.
std::string citation_note(const Evidence& evidence, const Named& model);

text::Json bill_property(std::string name, std::string value);
text::Json bill_reference(std::string_view type, std::string url);

/// Files of weights with a SHA-256, as components within that of their model, whose `bom-ref` is `ref`.
text::Json bill_weights(const Verdict& v, const std::string& ref);

/// Which fields were taken from which evidence.
class Citations {
 public:
  /// `pointer` is one into the bill: `/components/0/licenses/1`.
  void cite(const std::string& pointer, const Named& model, const std::vector<Evidence>& evidence);
  text::Json citations(const std::string& time) const;
  /// The same for readers of 1.6, which knows no citations; `refs` are those of the components, in their
  /// order.
  text::Json annotations(const std::string& time, const std::vector<std::string>& refs) const;

 private:
  struct Cited {
    std::string note;
    std::vector<std::string> pointers;
  };
  std::vector<Cited> order_;
  std::map<std::string, std::size_t> by_note_;
};

/// What is claimed of models, by them or here, with what speaks for it and against it.
class Declarations {
 public:
  void add(const std::string& ref, const Named& model, const std::vector<BillClaim>& claims);
  text::Json declarations() const;
  /// The standards that were named, with their requirements.
  text::Json definitions(const Catalog& catalog) const;

 private:
  std::string evidence_ref(const Evidence& e, const Named& model);
  text::Json claim(const std::string& ref, const std::string& target, const BillClaim& c, const Named& model);
  text::Json claims_ = text::Json::array();
  text::Json evidence_ = text::Json::array();
  text::Json attestations_ = text::Json::array();
  std::map<std::string, std::string> refs_;  // of evidence, by model and note
  std::set<std::string> standards_;
};

}  // namespace howopen::report
