// Declarations of a CycloneDX bill: what is said of a model in the words of the G7, the Model Openness
// Framework, OSAID and the AI Act, and what its publisher says, each with evidence and counter-evidence.
//
//   card "open source", base under Llama 3.3  ->  claim "is what its card says", counterEvidence: the base

#include <fmt/format.h>

#include "report/cyclonedx.h"
#include "report/issues.h"

namespace howopen::report {

using text::Json;

std::string Declarations::evidence_ref(const Evidence& e, const Named& model) {
  const std::string key = std::string(model.id) + "\n" + citation_note(e, model);
  const auto [at, added] = refs_.try_emplace(key, fmt::format("evidence-{}", refs_.size() + 1));
  if (!added) return at->second;
  Json one;
  one.set("bom-ref", Json(at->second));
  one.set("propertyName", Json(safe(e.rule)));
  one.set("description", Json(safe(e.what)));
  Json datum;
  datum.set("name", Json(e.where.empty() ? std::string("no place") : safe(e.where)));
  if (const Located place = locate(model, e.where); !place.url.empty()) {
    Json contents;
    contents.set("url", Json(place.url));
    datum.set("contents", std::move(contents));
  }
  one.set("data", Json::array()).push(std::move(datum));
  evidence_.push(std::move(one));
  return at->second;
}

Json Declarations::claim(const std::string& ref, const std::string& target, const BillClaim& c,
                         const Named& model) {
  Json one;
  one.set("bom-ref", Json(ref));
  one.set("target", Json(target));
  one.set("predicate", Json(safe(c.predicate)));
  if (!c.reasoning.empty())
    one.set("reasoning", Json((c.holds ? "" : "not determinable: ") + safe(c.reasoning)));
  for (const auto& [key, list] :
       {std::pair("evidence", &c.evidence), std::pair("counterEvidence", &c.against)}) {
    if (list->empty()) continue;
    Json& refs = one.set(key, Json::array());
    std::set<std::string> once;
    for (const Evidence& e : *list) {
      std::string r = evidence_ref(e, model);
      if (once.insert(r).second) refs.push(Json(std::move(r)));
    }
  }
  return one;
}

void Declarations::add(const std::string& target, const Named& model, const std::vector<BillClaim>& claims) {
  Json map = Json::array();
  for (const BillClaim& c : claims) {
    const std::string ref = fmt::format("claim-{}", claims_.items().size() + 1);
    claims_.push(claim(ref, target, c, model));
    if (c.requirement.empty()) continue;
    standards_.insert(c.standard);
    Json row;
    row.set("requirement", Json(c.requirement));
    row.set(c.holds == std::optional(false) ? "counterClaims" : "claims", Json::array()).push(Json(ref));
    if (c.holds) {
      Json conformance;
      conformance.set("score", Json(*c.holds ? 1 : 0));
      if (!c.reasoning.empty()) conformance.set("rationale", Json(safe(c.reasoning)));
      row.set("conformance", std::move(conformance));
    }
    map.push(std::move(row));
  }
  Json attestation;
  attestation.set("summary", Json("howopen on " + target));
  attestation.set("assessor", Json("howopen-assessor"));
  attestation.set("map", std::move(map));
  attestations_.push(std::move(attestation));
}

Json Declarations::declarations() const {
  Json organization;
  organization.set("name", Json("howopen " HOWOPEN_VERSION ", automatic"));
  Json assessor;
  assessor.set("bom-ref", Json("howopen-assessor"));
  assessor.set("thirdParty", Json(true));
  assessor.set("organization", std::move(organization));
  Json out;
  out.set("assessors", Json::array()).push(std::move(assessor));
  out.set("attestations", attestations_);
  out.set("claims", claims_);
  out.set("evidence", evidence_);
  return out;
}

Json Declarations::definitions(const Catalog& catalog) const {
  Json standards = Json::array();
  const auto data = text::parse_json(catalog.file("report/standards.json"));
  for (const Json& s : data ? (*data)["standards"].items() : std::span<const Json>()) {
    if (!standards_.contains(std::string(s["ref"].string_or("")))) continue;
    Json one;
    one.set("bom-ref", s["ref"]);
    for (const char* key : {"name", "version", "owner"}) one.set(key, s[key]);
    Json& list = one.set("requirements", Json::array());
    for (const Json& r : s["requirements"].items()) {
      Json requirement;
      requirement.set("bom-ref", r["ref"]);
      requirement.set("identifier", r["id"]);
      list.push(std::move(requirement));
    }
    one.set("externalReferences", Json::array())
        .push(bill_reference("website", std::string(s["url"].string_or(""))));
    standards.push(std::move(one));
  }
  Json out;
  out.set("standards", std::move(standards));
  return out;
}

}  // namespace howopen::report
