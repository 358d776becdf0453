// SPDX 3.0.1 as JSON-LD: models as AI packages, data sets as dataset packages, what each was trained on and
// made from, declared and concluded licenses, and an annotation for each statement with the places it was
// taken from.
//
//   acme/m, MIT, data a/d  ->  ai_AIPackage, dataset_DatasetPackage, trainedOn, hasDeclaredLicense, …

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "hub/ids.h"
#include "report/bill.h"
#include "report/issues.h"
#include "report/layout.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

using text::Json;

constexpr std::string_view kUnknown = "expandedlicensing_NoAssertionLicense";
constexpr std::string_view kNone = "expandedlicensing_NoneLicense";

class SpdxDocument {
 public:
  SpdxDocument(std::span<const Verdict> verdicts, const Catalog& catalog, std::string uuid)
      : verdicts_(verdicts),
        catalog_(catalog),
        base_("urn:uuid:" + std::move(uuid) + "#"),
        time_(bill_time(verdicts, catalog)) {}

  Json write() {
    const auto datasets = datasets_of(verdicts_);
    for (const Verdict& v : verdicts_) model(v);
    for (const auto& [name, d] : datasets) dataset(name, d);
    Json graph = Json::array();
    graph.push(creation());
    graph.push(maker("Tool", "tool", "howopen " HOWOPEN_VERSION));
    graph.push(maker("SoftwareAgent", "agent", "howopen"));
    const Json elements = all_ids();
    Json document = collection("SpdxDocument", "document", elements);
    document.set("comment",
                 Json("Made with elements of the AI and Dataset profiles; conformance with those is "
                      "not claimed, for times of release and of building are not gathered. Created "
                      "names the day of the facts, or of the catalog they were judged by, not of the "
                      "run."));
    Json list = Json::array();
    list.push(Json(id("sbom")));
    document.set("rootElement", std::move(list));
    graph.push(std::move(document));
    Json sbom = collection("software_Sbom", "sbom", elements);
    Json roots = Json::array();
    for (const std::string& root : roots_) roots.push(Json(root));
    sbom.set("rootElement", std::move(roots));
    graph.push(std::move(sbom));
    for (Json& e : elements_) graph.push(std::move(e));
    Json out;
    out.set("@context", Json("https://spdx.org/rdf/3.0.1/spdx-context.jsonld"));
    out.set("@graph", std::move(graph));
    return out;
  }

 private:
  std::string id(std::string_view name) const { return base_ + std::string(name); }

  Json creation() const {
    Json out;
    out.set("type", Json("CreationInfo"));
    out.set("@id", Json("_:creation"));
    out.set("specVersion", Json("3.0.1"));
    out.set("created", Json(time_));
    out.set("createdBy", Json::array()).push(Json(id("agent")));
    out.set("createdUsing", Json::array()).push(Json(id("tool")));
    return out;
  }

  Json maker(std::string_view type, std::string_view name, std::string_view shown) const {
    Json out = element(type, id(name));
    out.set("name", Json(shown));
    return out;
  }

  static Json element(std::string_view type, std::string iri) {
    Json out;
    out.set("type", Json(type));
    out.set("spdxId", Json(std::move(iri)));
    out.set("creationInfo", Json("_:creation"));
    return out;
  }

  Json collection(std::string_view type, std::string_view name, const Json& elements) const {
    Json out = element(type, id(name));
    out.set("name", Json("howopen: " + std::to_string(verdicts_.size()) +
                         (verdicts_.size() == 1 ? " model" : " models")));
    out.set("element", elements);
    Json& profiles = out.set("profileConformance", Json::array());
    for (const char* p : {"core", "software", "simpleLicensing"}) profiles.push(Json(p));
    return out;
  }

  Json all_ids() const {
    Json out = Json::array();
    for (const Json& e : elements_) out.push(e["spdxId"]);
    out.push(Json(id("agent")));
    out.push(Json(id("tool")));
    return out;
  }

  void relate(const std::string& from, std::string_view type, const std::string& to,
              std::string comment = {}) {
    relate_all(from, type, {to}, std::move(comment));
  }
  void relate_all(const std::string& from, std::string_view type, const std::vector<std::string>& to,
                  std::string comment = {}) {
    Json out = element("Relationship", id(fmt::format("relationship-{}", ++relationships_)));
    out.set("from", Json(from));
    out.set("relationshipType", Json(type));
    Json& list = out.set("to", Json::array());
    for (const std::string& one : to) list.push(Json(one));
    if (!comment.empty()) out.set("comment", Json(std::move(comment)));
    elements_.push_back(std::move(out));
  }

  // An expression of the list or of LicenseRefs; what is neither is an id of its own, with the words it
  // stands for.
  std::string license(const std::string& expression) {
    if (expression.empty() || expression == "NOASSERTION" || expression == "unknown")
      return std::string(kUnknown);
    if (expression == "NONE" || expression == "none") return std::string(kNone);
    const auto [at, added] =
        licenses_.try_emplace(expression, id(fmt::format("license-{}", licenses_.size() + 1)));
    if (!added) return at->second;
    const bool known = is_listed(expression, catalog_) || is_compound(expression) ||
                       (expression.starts_with("LicenseRef-") && catalog_.license(expression) != nullptr);
    std::string written = expression;
    if (!known) {
      written = "LicenseRef-declared-";
      for (const char c : expression) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.';
        written += plain ? c : '-';
      }
    }
    Json out = element("simplelicensing_LicenseExpression", at->second);
    out.set("simplelicensing_licenseExpression", Json(safe(written)));
    if (!known) out.set("comment", Json("declared as: " + safe(expression)));
    elements_.push_back(std::move(out));
    return at->second;
  }

  void licenses(const std::string& of, const std::string& declared, const std::string& concluded) {
    relate(of, "hasDeclaredLicense", license(declared.empty() ? "" : declared_license(declared, catalog_)));
    relate(of, "hasConcludedLicense", license(concluded));
  }

  std::string organization(std::string_view owner) {
    const auto [at, added] = organizations_.try_emplace(
        std::string(owner), id(fmt::format("organization-{}", organizations_.size() + 1)));
    if (added) {
      Json out = element("Organization", at->second);
      out.set("name", Json(safe(owner)));
      elements_.push_back(std::move(out));
    }
    return at->second;
  }

  void annotate(const std::string& subject, const Named& model, std::string_view field,
                std::string_view value, const std::vector<Evidence>& evidence) {
    Json statement;
    statement.set("field", Json(field));
    statement.set("value", Json(safe(value)));
    Json& list = statement.set("evidence", Json::array());
    for (const Evidence& e : evidence) {
      Json one;
      one.set("rule", Json(e.rule));
      one.set("what", Json(safe(e.what)));
      one.set("where", Json(safe(e.where)));
      if (const Located at = locate(model, e.where); !at.url.empty()) one.set("url", Json(at.url));
      list.push(std::move(one));
    }
    Json out = element("Annotation", id(fmt::format("annotation-{}", ++annotations_)));
    out.set("annotationType", Json("other"));
    out.set("subject", Json(subject));
    out.set("contentType", Json("application/json"));
    out.set("statement", Json(text::write_json(statement, false)));
    elements_.push_back(std::move(out));
  }

  Json package(const std::string& iri, std::string_view type, const Named& m, std::string_view purpose) {
    Json out = element(type, iri);
    out.set("name", Json(safe(m.id)));
    out.set("software_primaryPurpose", Json(purpose));
    if (const std::string_view owner = hub::owner(m.id); !owner.empty() && hub::is_repository_id(m.id))
      out.set("suppliedBy", Json(organization(owner)));
    return out;
  }

  void at_hub(const Named& m, Json& out) {
    if (!m.revision.empty()) out.set("software_packageVersion", Json(safe(m.revision)));
    const std::string purl = package_url(m);
    if (purl.empty()) return;
    out.set("software_packageUrl", Json(purl));
    out.set("software_downloadLocation", Json(hub_page(m.id, m.revision)));
    if (!text::is_commit(m.revision)) return;
    Json identifier;
    identifier.set("type", Json("software_ContentIdentifier"));
    identifier.set("software_contentIdentifierType", Json("swhid"));
    identifier.set("software_contentIdentifierValue", Json(fmt::format("swh:1:rev:{}", m.revision)));
    out.set("software_contentIdentifier", Json::array()).push(std::move(identifier));
  }

  void license_files(const Verdict& v, const Named& m, Json& out) const {
    Json list = Json::array();
    for (const Materials::LicenseFile& f : v.materials.licenses) {
      const Located at = locate(m, f.where);
      if (at.url.empty()) continue;
      Json one;
      one.set("type", Json("ExternalRef"));
      one.set("externalRefType", Json("license"));
      one.set("locator", Json::array()).push(Json(at.url));
      if (!f.sha256.empty()) one.set("comment", Json("sha256:" + f.sha256));
      list.push(std::move(one));
    }
    if (!list.items().empty()) out.set("externalRef", std::move(list));
  }

  // Files of weights, each with the digest that the Hub names.
  void weights(const Verdict& v, const std::string& of, const Named& m) {
    constexpr std::string_view kSha256 = "sha256:";
    std::vector<std::string> files;
    for (const WeightFile& file : v.materials.weights) {
      if (!file.digest.starts_with(kSha256)) continue;
      files.push_back(fmt::format("{}-file-{}", of, files.size() + 1));
      Json out = element("software_File", files.back());
      out.set("name", Json(safe(file.path)));
      out.set("software_primaryPurpose", Json("model"));
      Json hash;
      hash.set("type", Json("Hash"));
      hash.set("algorithm", Json("sha256"));
      hash.set("hashValue", Json(file.digest.substr(kSha256.size())));
      out.set("verifiedUsing", Json::array()).push(std::move(hash));
      elements_.push_back(std::move(out));
    }
    if (files.empty()) return;
    relate_all(of, "contains", files);
    annotate(of, m, "contains", fmt::format("{} files of weights", files.size()), {record_of(v)});
  }

  // What kind of model it is, how large, and how its numbers are stored.
  static void type_of(const Verdict& v, Json& out) {
    if (!v.materials.architecture.empty())
      out.set("ai_typeOfModel", Json::array()).push(Json(safe(v.materials.architecture)));
    Json list = Json::array();
    const auto add = [&](std::string_view key, const std::string& value) {
      if (value.empty()) return;
      Json one;
      one.set("type", Json("DictionaryEntry"));
      one.set("key", Json(key));
      one.set("value", Json(safe(value)));
      list.push(std::move(one));
    };
    if (v.materials.parameters >= 0) add("parameters", std::to_string(v.materials.parameters));
    add("quantization", v.materials.quantization);
    for (const std::string& format : v.materials.formats) add("format of weights", format);
    if (!list.items().empty()) out.set("ai_hyperparameter", std::move(list));
    out.set("ai_autonomyType", Json("noAssertion"));
    out.set("ai_useSensitivePersonalInformation", Json("noAssertion"));
  }

  // Only what is met; what is not stands in the annotations.
  static void compliance(const std::vector<BillClaim>& claims, Json& out) {
    Json list = Json::array();
    for (const BillClaim& c : claims) {
      if (c.holds == std::optional(true) && !c.standard.empty())
        list.push(Json(fmt::format("{}: {}", c.standard, c.predicate)));
    }
    if (!list.items().empty()) out.set("ai_standardCompliance", std::move(list));
  }

  void model(const Verdict& v) {
    const Named m = named(v);
    const std::string iri = id(fmt::format("model-{}", roots_.size() + 1));
    roots_.push_back(iri);
    Json out = package(iri, "ai_AIPackage", m, "model");
    at_hub(m, out);
    std::string words;
    for (const std::string& reason : v.reasons) words += (words.empty() ? "" : " ") + safe(reason);
    if (!words.empty()) out.set("description", Json(words));
    license_files(v, m, out);
    if (!v.materials.task.empty()) out.set("ai_domain", Json::array()).push(Json(safe(v.materials.task)));
    type_of(v, out);
    const std::vector<BillClaim> claims = claims_of(v);
    compliance(claims, out);
    out.set("ai_informationAboutTraining",
            Json(safe(
                fmt::format("training code {}: {}; training data {}: {}",
                            word(v[Component::training_code].state), v[Component::training_code].summary,
                            word(v[Component::training_data].state), v[Component::training_data].summary))));
    elements_.push_back(std::move(out));
    weights(v, iri, m);
    const std::string declared = v.license.weights ? v.license.weights->declared : "";
    licenses(iri, declared, v.license.effective.expression);
    annotate(iri, m, "hasDeclaredLicense", declared, license_evidence(v));
    annotate(iri, m, "hasConcludedLicense", v.license.effective.expression, license_evidence(v));
    annotate(iri, m, "software_packageUrl", package_url(m), {record_of(v)});
    for (const Stated& s : statements_of(v)) annotate(iri, m, s.name, s.value, s.evidence);
    for (const BillClaim& c : claims) {
      std::vector<Evidence> both = c.evidence;
      both.insert(both.end(), c.against.begin(), c.against.end());
      annotate(iri, m, "howopen:claim: " + c.predicate,
               (!c.holds   ? "not determinable"
                : *c.holds ? "true"
                           : "false") +
                   (c.reasoning.empty() ? "" : ": " + c.reasoning),
               both);
    }
    for (std::size_t i = 0; i < v.materials.parents.size(); ++i) ancestor(v, i, iri, m);
  }

  void ancestor(const Verdict& v, std::size_t i, const std::string& of, const Named& child) {
    const Materials::Parent& p = v.materials.parents[i];
    const Named m{p.id, p.revision, true};
    const std::string iri = fmt::format("{}-ancestor-{}", of, i + 1);
    Json out = package(iri, "ai_AIPackage", m, "model");
    at_hub(m, out);
    elements_.push_back(std::move(out));
    const bool told = i < v.lineage.size() && v.lineage[i].id == p.id;
    licenses(iri, "", told ? v.lineage[i].license : "");
    relate(of, "descendantOf", iri, fmt::format("{} of {}", word(p.relation), safe(p.child)));
    if (p.relation == Relation::adapter && p.child == v.id) relate(of, "dependsOn", iri);
    annotate(iri, child, "descendantOf", p.id,
             {{"lineage", p.named.what, p.named.where, p.named.kind, Strength::decides}});
  }

  void dataset(const std::string& name, const NamedDataset& d) {
    const std::string iri = id(fmt::format("dataset-{}", ++dataset_count_));
    const Dataset& first = *d.dataset;
    Json out = package(iri, "dataset_DatasetPackage", {name, {}, first.hub_id}, "data");
    if (first.hub_id) out.set("software_downloadLocation", Json(dataset_page(name)));
    out.set("dataset_datasetType", Json::array()).push(Json("noAssertion"));
    out.set("dataset_hasSensitivePersonalInformation", Json("noAssertion"));
    std::set<std::string> roles;
    for (const NamedDataset::Use& u : d.uses) {
      if (u.dataset->role != DatasetRole::unstated) roles.emplace(word(u.dataset->role));
    }
    if (!roles.empty()) out.set("dataset_intendedUse", Json(fmt::format("{}", fmt::join(roles, ", "))));
    if (first.record) {
      const AccessGate gate = first.record->gate;
      if (!first.record->disabled)
        out.set("dataset_datasetAvailability", Json(gate == AccessGate::none        ? "directDownload"
                                                    : gate == AccessGate::automatic ? "clickthrough"
                                                                                    : "registration"));
      if (first.record->bytes >= 0) out.set("dataset_datasetSize", Json(first.record->bytes));
    }
    elements_.push_back(std::move(out));
    licenses(iri, first.record ? first.record->license : "", "");
    for (const NamedDataset::Use& u : d.uses) {
      const DatasetRole role = u.dataset->role;
      const std::string& from = roots_[u.model];
      const bool trained = role == DatasetRole::training || role == DatasetRole::fine_tuning;
      relate(from,
             trained                           ? "trainedOn"
             : role == DatasetRole::evaluation ? "testedOn"
                                               : "other",
             iri,
             trained || role == DatasetRole::evaluation ? std::string(word(role))
                                                        : "named; for what is not stated");
      const Observation& s = u.dataset->named;
      annotate(iri, named(verdicts_[u.model]), "role: " + std::string(word(role)), verdicts_[u.model].id,
               {{"dataset", s.what, s.where, s.kind, Strength::decides}});
    }
  }

  std::span<const Verdict> verdicts_;
  const Catalog& catalog_;
  std::string base_;
  std::string time_;
  std::vector<Json> elements_;
  std::vector<std::string> roots_;
  std::map<std::string, std::string> licenses_;
  std::map<std::string, std::string> organizations_;
  int relationships_ = 0;
  int annotations_ = 0;
  int dataset_count_ = 0;
};

}  // namespace

std::string spdx_report(std::span<const Verdict> verdicts, const Catalog& catalog) {
  const std::string content = text::write_json(
      SpdxDocument(verdicts, catalog, "00000000-0000-8000-8000-000000000000").write(), false);
  return text::write_json(SpdxDocument(verdicts, catalog, uuid_of(content)).write(), true);
}

}  // namespace howopen::report
