// CycloneDX 1.7, or 1.6: one bill of all models. Each statement has a citation: a JSON pointer to the field,
// and the place where it was seen, with line and commit. 1.6 knows no citations: annotations say the same
// there.
//
//   acme/m, MIT  ->  {"type": "machine-learning-model", "purl": "pkg:huggingface/acme/m@<commit>", …}

#include "report/cyclonedx.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "hub/ids.h"
#include "report/issues.h"
#include "report/layout.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

using text::Json;

class Bill {
 public:
  Bill(std::span<const Verdict> verdicts, bool is_1_6, const Catalog& catalog)
      : verdicts_(verdicts), is_1_6_(is_1_6), catalog_(catalog), time_(bill_time(verdicts, catalog)) {}

  std::string write() {
    datasets_ = datasets_of(verdicts_);
    for (const auto& [name, d] : datasets_) dataset_refs_[name] = "dataset:" + name;
    Json components = Json::array();
    for (const Verdict& v : verdicts_) components.push(model(v));
    for (const auto& [name, d] : datasets_) components.push(dataset(name, d));
    Json out;
    out.set("$schema", Json(fmt::format("http://cyclonedx.org/schema/bom-{}.schema.json", version())));
    out.set("bomFormat", Json("CycloneDX"));
    out.set("specVersion", Json(version()));
    out.set("version", Json(1));
    out.set("metadata", metadata());
    if (!components.items().empty()) out.set("components", std::move(components));
    out.set("dependencies", dependencies());
    out.set("declarations", declarations_.declarations());
    out.set("definitions", declarations_.definitions(catalog_));
    if (is_1_6_)
      out.set("annotations", citations_.annotations(time_, refs_));
    else
      out.set("citations", citations_.citations(time_));
    Json numbered;
    const std::string serial = "urn:uuid:" + uuid_of(text::write_json(out, false));
    for (const auto& [key, value] : out.members()) {
      numbered.set(key, value);
      if (key == "specVersion") numbered.set("serialNumber", Json(serial));
    }
    return text::write_json(numbered, true);
  }

 private:
  const char* version() const { return is_1_6_ ? "1.6" : "1.7"; }

  std::string unique(std::string ref) {
    std::string out = ref;
    for (int n = 2; !taken_.insert(out).second; ++n) out = fmt::format("{}#{}", ref, n);
    return out;
  }

  void cite(std::string_view field, std::vector<Evidence> evidence) {
    citations_.cite(fmt::format("/components/{}{}", refs_.size() - 1, field), *named_, evidence);
  }

  Json metadata() const {
    Json tool;
    tool.set("type", Json("application"));
    tool.set("bom-ref", Json("howopen"));
    tool.set("name", Json("howopen"));
    tool.set("version", Json(HOWOPEN_VERSION));
    Json& properties = tool.set("properties", Json::array());
    properties.push(bill_property("howopen:catalog.digest", catalog_.digest()));
    properties.push(bill_property("howopen:catalog.as_of", catalog_.as_of()));
    Json components = Json::array();
    components.push(std::move(tool));
    Json tools;
    tools.set("components", std::move(components));
    Json out;
    out.set("timestamp", Json(time_));
    out.set("tools", std::move(tools));
    // What the bill is about, for readers that begin there; all that is known stands in the components.
    Json subject;
    const bool one = verdicts_.size() == 1;
    subject.set("type", Json(one ? "machine-learning-model" : "data"));
    subject.set("bom-ref", Json("howopen-subject"));
    if (one)
      name(subject, verdicts_.front().id);
    else
      subject.set("name", Json(fmt::format("{} models", verdicts_.size())));
    if (one && !verdicts_.front().revision.empty())
      subject.set("version", Json(safe(verdicts_.front().revision)));
    out.set("component", std::move(subject));
    Json& own = out.set("properties", Json::array());
    own.push(bill_property("howopen:timestamp",
                           "the day of the facts, or of the catalog they were judged by; not of the run"));
    return out;
  }

  // One license, or an expression where this version lets one stand beside others.
  void license(Json& list, const std::string& id, std::string_view acknowledgement,
               const std::string& url = {}) {
    Json out;
    if (is_compound(id) && !is_1_6_) {
      out.set("expression", Json(safe(id)));
      if (!acknowledgement.empty()) out.set("acknowledgement", Json(acknowledgement));
    } else {
      Json inner;
      inner.set(is_listed(id, catalog_) ? "id" : "name", Json(safe(id)));
      if (!acknowledgement.empty()) inner.set("acknowledgement", Json(acknowledgement));
      if (!url.empty()) inner.set("url", Json(url));
      out.set("license", std::move(inner));
    }
    list.push(std::move(out));
  }

  static void name(Json& out, std::string_view id) {
    const std::string_view owner = hub::owner(id);
    if (!owner.empty() && hub::is_repository_id(id)) {
      out.set("group", Json(owner));
      out.set("name", Json(hub::repository_name(id)));
    } else {
      out.set("name", Json(safe(id)));
    }
  }

  void licenses(const Verdict& v, Json& out) {
    Json list = Json::array();
    const std::vector<Evidence> evidence = license_evidence(v);
    if (v.license.weights && !v.license.weights->declared.empty()) {
      license(list, declared_license(v.license.weights->declared, catalog_), "declared");
      cite(fmt::format("/licenses/{}", list.items().size() - 1), evidence);
    }
    const std::string& binds = v.license.effective.expression;
    if (!binds.empty() && binds != "NONE" && binds != "NOASSERTION") {
      license(list, binds, "concluded");
      cite(fmt::format("/licenses/{}", list.items().size() - 1), evidence);
    }
    if (!list.items().empty()) out.set("licenses", std::move(list));
  }

  void pedigree(const Verdict& v, const std::string& ref, Json& out) {
    Json list = Json::array();
    for (std::size_t i = 0; i < v.materials.parents.size(); ++i) {
      const Materials::Parent& p = v.materials.parents[i];
      const Named parent{p.id, p.revision, true};
      Json one;
      one.set("type", Json("machine-learning-model"));
      one.set("bom-ref", Json(fmt::format("{}#ancestor-{}", ref, i + 1)));
      name(one, p.id);
      if (!p.revision.empty()) one.set("version", Json(p.revision));
      if (i < v.lineage.size() && v.lineage[i].id == p.id && !v.lineage[i].license.empty() &&
          v.lineage[i].license != "unknown" && v.lineage[i].license != "none") {
        Json own = Json::array();
        license(own, v.lineage[i].license, "concluded");
        one.set("licenses", std::move(own));
      }
      if (const std::string purl = package_url(parent); !purl.empty()) one.set("purl", Json(purl));
      Json& properties = one.set("properties", Json::array());
      properties.push(bill_property("howopen:relation", std::string(word(p.relation))));
      properties.push(bill_property("howopen:child", safe(p.child)));
      list.push(std::move(one));
      cite(fmt::format("/pedigree/ancestors/{}", i),
           {{"lineage", p.named.what, p.named.where, p.named.kind, Strength::decides}});
    }
    if (list.items().empty()) return;
    Json pedigree;
    pedigree.set("ancestors", std::move(list));
    out.set("pedigree", std::move(pedigree));
  }

  void references(const Verdict& v, Json& out) {
    Json list = Json::array();
    const auto add = [&](Json one, std::vector<Evidence> evidence) {
      list.push(std::move(one));
      cite(fmt::format("/externalReferences/{}", list.items().size() - 1), std::move(evidence));
    };
    if (!package_url(*named_).empty())
      add(bill_reference("distribution", hub_page(v.id, v.revision)), {record_of(v)});
    for (const Materials::LicenseFile& f : v.materials.licenses) {
      const Located at = locate(*named_, f.where);
      if (at.url.empty()) continue;
      Json one = bill_reference("license", at.url);
      one.set("comment", Json(safe(f.path)));
      if (!f.sha256.empty()) {
        Json hash;
        hash.set("alg", Json("SHA-256"));
        hash.set("content", Json(f.sha256));
        one.set("hashes", Json::array()).push(std::move(hash));
      }
      add(std::move(one),
          {{"license.text", "license text " + f.path, f.where, Kind::file, Strength::decides}});
    }
    if (!list.items().empty()) out.set("externalReferences", std::move(list));
  }

  void evidence(const Verdict& v, Json& out) {
    Json evidence;
    if (!v.uses.empty()) {
      Json& list = evidence.set("occurrences", Json::array());
      for (const Use& u : v.uses) {
        Json one;
        one.set("location", Json(safe(u.file)));
        if (u.line > 0) one.set("line", Json(u.line));
        if (u.line > 0 && u.column > 0) one.set("offset", Json(u.column - 1));
        list.push(std::move(one));
      }
    }
    // What the text beside the weights is by itself; what ancestors add is in `licenses`.
    if (v.license.weights && !v.license.weights->concluded.empty()) {
      const LicenseFinding& w = *v.license.weights;
      const Located at = w.evidence.empty() ? Located{} : locate(*named_, w.evidence.front().where);
      license(evidence.set("licenses", Json::array()), w.concluded, "",
              is_compound(w.concluded) ? "" : at.url);
      cite("/evidence/licenses/0", license_evidence(v));
    }
    if (!evidence.is_null()) out.set("evidence", std::move(evidence));
  }

  void card(const Verdict& v, Json& out) {
    Json parameters;
    if (!v.materials.task.empty()) {
      parameters.set("task", Json(safe(v.materials.task)));
      cite("/modelCard/modelParameters/task", {record_of(v)});
    }
    Json list = Json::array();
    for (const auto& [name, d] : datasets_) {
      for (const NamedDataset::Use& u : d.uses) {
        if (&verdicts_[u.model] != &v) continue;
        Json one;
        one.set("ref", Json(dataset_refs_[name]));
        list.push(std::move(one));
        const Observation& s = u.dataset->named;
        cite(fmt::format("/modelCard/modelParameters/datasets/{}", list.items().size() - 1),
             {{"dataset." + std::string(word(u.dataset->role)), s.what, s.where, s.kind, Strength::decides}});
      }
    }
    if (!list.items().empty()) parameters.set("datasets", std::move(list));
    if (parameters.is_null()) return;
    Json card;
    card.set("modelParameters", std::move(parameters));
    out.set("modelCard", std::move(card));
  }

  Json model(const Verdict& v) {
    const Named model = named(v);
    named_ = &model;
    const std::string purl = package_url(model);
    const std::string ref = unique(purl.empty() ? "model:" + safe(v.id) : purl);
    refs_.push_back(ref);
    Json out;
    out.set("type", Json("machine-learning-model"));
    out.set("bom-ref", Json(ref));
    name(out, v.id);
    cite("/name", {record_of(v)});
    if (!v.revision.empty()) {
      out.set("version", Json(safe(v.revision)));
      cite("/version", {record_of(v)});
    }
    std::string words;
    for (const std::string& reason : v.reasons) words += (words.empty() ? "" : " ") + safe(reason);
    if (!words.empty()) {
      out.set("description", Json(words));
      cite("/description", statements_of(v).front().evidence);
    }
    licenses(v, out);
    if (!purl.empty()) {
      out.set("purl", Json(purl));
      cite("/purl", {record_of(v)});
    }
    if (text::is_commit(v.revision) && model.at_hub) {
      out.set("swhid", Json::array()).push(Json("swh:1:rev:" + v.revision));
      cite("/swhid/0", {record_of(v)});
    }
    if (Json files = bill_weights(v, ref); !files.items().empty()) {
      out.set("components", std::move(files));
      cite("/components", {record_of(v)});
    }
    pedigree(v, ref, out);
    references(v, out);
    evidence(v, out);
    card(v, out);
    Json list = Json::array();
    const auto add = [&](std::string name, std::string value, const std::vector<Evidence>& evidence) {
      list.push(bill_property(std::move(name), safe(value)));
      cite(fmt::format("/properties/{}", list.items().size() - 1), evidence);
    };
    for (const Stated& s : statements_of(v)) add(s.name, s.value, s.evidence);
    for (const std::string& format : v.materials.formats)
      add("howopen:weights.format", format, v[Component::weights].evidence);
    if (v.materials.parameters >= 0)
      add("howopen:weights.parameters", std::to_string(v.materials.parameters), {record_of(v)});
    out.set("properties", std::move(list));
    declarations_.add(ref, model, claims_of(v));
    named_ = nullptr;
    return out;
  }

  Json dataset(const std::string& name, const NamedDataset& d) {
    const Named model = named(verdicts_[d.uses.front().model]);
    named_ = &model;
    refs_.push_back(unique(dataset_refs_[name]));
    const Dataset& first = *d.dataset;
    const Evidence naming{"dataset", first.named.what, first.named.where, first.named.kind,
                          Strength::decides};
    const Evidence record{"dataset.record", name, first.record.where(), Kind::metadata, Strength::decides};
    Json out;
    out.set("type", Json("data"));
    out.set("bom-ref", Json(refs_.back()));
    if (first.hub_id)
      this->name(out, name);
    else
      out.set("name", Json(safe(name)));
    cite("/name", {naming});
    if (first.record && !first.record->license.empty()) {
      license(out.set("licenses", Json::array()), declared_license(first.record->license, catalog_),
              "declared");
      cite("/licenses/0", {record});
    }
    if (first.hub_id) {
      out.set("externalReferences", Json::array()).push(bill_reference("distribution", dataset_page(name)));
      cite("/externalReferences/0", {naming});
    }
    Json& list = out.set("properties", Json::array());
    for (const NamedDataset::Use& u : d.uses) {
      const Observation& s = u.dataset->named;
      list.push(
          bill_property("howopen:role." + std::string(word(u.dataset->role)), safe(verdicts_[u.model].id)));
      const Named of = named(verdicts_[u.model]);
      citations_.cite(fmt::format("/components/{}/properties/{}", refs_.size() - 1, list.items().size() - 1),
                      of, {{"dataset", s.what, s.where, s.kind, Strength::decides}});
    }
    const auto add = [&](std::string key, std::string value, const Evidence& e) {
      list.push(bill_property(std::move(key), std::move(value)));
      cite(fmt::format("/properties/{}", list.items().size() - 1), {e});
    };
    if (first.record)
      add("howopen:access", first.record->gate == AccessGate::none ? "open" : "gated", record);
    else
      add("howopen:access", std::string(word(first.record.why())),
          first.record.where().empty() ? naming : record);
    named_ = nullptr;
    return out;
  }

  // An adapter does not run without what it adapts; what else a model was made from is its pedigree.
  Json dependencies() const {
    Json out = Json::array();
    Json subject;
    subject.set("ref", Json("howopen-subject"));
    Json& models = subject.set("dependsOn", Json::array());
    for (std::size_t i = 0; i < verdicts_.size(); ++i) models.push(Json(refs_[i]));
    out.push(std::move(subject));
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      Json one;
      one.set("ref", Json(refs_[i]));
      const auto& parents = verdicts_[i].materials.parents;
      for (std::size_t p = 0; p < parents.size(); ++p) {
        if (parents[p].relation != Relation::adapter || parents[p].child != verdicts_[i].id) continue;
        if (!one.has("dependsOn")) one.set("dependsOn", Json::array());
        Json list = one.take("dependsOn");
        list.push(Json(fmt::format("{}#ancestor-{}", refs_[i], p + 1)));
        one = Json();
        one.set("ref", Json(refs_[i]));
        one.set("dependsOn", std::move(list));
      }
      out.push(std::move(one));
    }
    return out;
  }

  std::span<const Verdict> verdicts_;
  bool is_1_6_;
  const Catalog& catalog_;
  std::string time_;
  Citations citations_;
  std::map<std::string, NamedDataset> datasets_;
  std::map<std::string, std::string> dataset_refs_;
  std::vector<std::string> refs_;  // of the components, in their order
  std::set<std::string> taken_ = {"howopen", "howopen-assessor", "howopen-subject"};
  Declarations declarations_;
  const Named* named_ = nullptr;  // the model whose fields are being written
};

}  // namespace

std::string cyclonedx_report(std::span<const Verdict> verdicts, bool is_1_6, const Catalog& catalog) {
  return Bill(verdicts, is_1_6, catalog).write();
}

}  // namespace howopen::report
