// howopen.lock: written so that merges stay small and two runs give the same bytes, read with every error
// told.
//
//   DeepSeek-R1 at a commit  ->  [[model]] id, from, revision, purl, gated, base, license, facts,
//       digest and [model.files]

#include "howopen/lock.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "gate/table.h"
#include "text/digest.h"
#include "text/toml.h"
#include "text/utf8.h"

namespace howopen {
namespace {

using gate::Table;
using text::Json;
using text::toml_string;

constexpr std::string_view kFacts[] = {"weights",       "weights-format", "inference-code",
                                       "training-code", "training-data",  "api-access"};

// Whether all files of the repository were listed.
bool listed(const Facts& f) {
  return !f.repository.unknown() && !f.repository->partial && !f.repository->unlisted;
}

std::string format_of(const Facts& f) {
  for (const WeightSet& s : f.weights.sets) {
    if (s.present > 0 && s.missing.empty() && s.format == WeightFormat::safetensors) return "safetensors";
  }
  for (const WeightSet& s : f.weights.sets) {
    if (s.present > 0) return std::string(word(s.format));
  }
  return listed(f) ? "none" : std::string(kNotSeen);
}

// The license that was concluded. None is known where one might still turn out, of a text that was not read.
std::string concluded(const LicenseFinding& license, const Facts& f) {
  const bool unread = std::any_of(f.license.texts.begin(), f.license.texts.end(),
                                  [](const LicenseText& t) { return !t.identified; });
  const bool unknown = license.concluded.empty() && (unread || license.cls != license.best);
  return unknown ? std::string(kNotSeen) : license.concluded;
}

std::string sha256_of(const Facts& f, const std::string& path) {
  for (const LicenseText& t : f.license.texts) {
    if (t.path == path) return t.identified ? t.identified->sha256 : std::string(kNotSeen);
  }
  return {};
}

std::string dashed(std::string_view word) {
  std::string out(word);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

bool digest(std::string_view s) {
  return (s.starts_with("sha256:") && text::is_hex(s.substr(7), 64)) ||
         (s.starts_with("git:") && text::is_hex(s.substr(4), 40));
}

void read_files(const Json& files, LockedModel& m, const std::string& file, std::vector<Error>& errors) {
  Table t(files, "model.files", file, errors);
  if (files.is_object()) {
    for (const auto& [path, value] : files.members()) {
      std::string named;
      if (!t.string(path, named)) continue;
      if (!digest(named) && named != kNotSeen)
        t.wrong(path, "is no digest", "sha256: and 64 hex digits, or git: and 40");
      m.files[path] = named;
    }
  }
  // A list that was mended by hand, or merged from two, is no list that anybody saw.
  if (!m.files.empty() && !m.digest.empty() && m.digest != kNotSeen && m.digest != digest_of(m.files))
    errors.push_back(
        {Fault::usage, fmt::format("digest of {} is not that of its files", text::printable(m.id)),
         fmt::format("{}:{}", file, m.line), fmt::format("howopen lock --update {}", text::printable(m.id))});
}

LockedModel read_model(const Json& json, const std::string& file, std::vector<Error>& errors) {
  Table t(json, "model", file, errors);
  LockedModel m;
  m.line = json.line;
  m.id = t.required("id");
  m.from = t.required("from");
  m.revision = t.required("revision");
  if (!m.revision.empty() && !text::is_hex(m.revision, 40) && !(m.local() && m.revision == kLocal))
    t.wrong("revision", "is not a commit of 40 hex digits");
  std::string purl;
  t.string("purl", purl);
  m.gated = t.required("gated");
  if (m.gated != "no" && m.gated != "auto" && m.gated != "manual" && !m.gated.empty())
    t.wrong_word("gated", m.gated, {"no", "auto", "manual"});
  t.string("digest", m.digest);
  read_files(t.table("files"), m, file, errors);
  t.strings("asked", m.asked);
  t.strings("base", m.base);
  Table license(t.table("license"), "model.license", file, errors);
  license.string("declared", m.declared);
  license.string("concluded", m.concluded);
  license.string("binds", m.binds);
  license.string("file", m.license_file);
  license.string("sha256", m.license_sha256);
  license.done();
  const Json& json_facts = t.table("facts");
  Table facts(json_facts, "model.facts", file, errors);
  for (const std::string_view key : kFacts) {
    std::string value;
    if (facts.string(key, value)) m.facts[std::string(key)] = value;
  }
  facts.done();
  t.done();
  return m;
}

// A model of the project has no package; its content names it.
std::string purl_of(const LockedModel& m) {
  if (!m.local()) return fmt::format("pkg:huggingface/{}@{}", m.id, m.revision);
  return "pkg:generic/model?checksum=" + m.digest;
}

// What is locked of any model, wherever it lies.
LockedModel described(const Verdict& v, const Facts& f) {
  LockedModel out;
  out.gated = f.repository->gate == AccessGate::none ? "no" : std::string(word(f.repository->gate));
  for (const Ancestor& a : f.lineage) {
    if (a.depth == 1) out.base.push_back(a.revision.empty() ? a.id : a.id + "@" + a.revision);
  }
  std::sort(out.base.begin(), out.base.end());
  if (!f.unresolved.empty()) out.base.emplace_back(kNotSeen);
  if (v.license.weights) {
    out.declared = v.license.weights->declared;
    out.concluded = concluded(*v.license.weights, f);
    if (v.license.effective.expression != v.license.weights->concluded)
      out.binds = v.license.effective.expression;
    out.license_file = v.license.weights->file;
    out.license_sha256 = sha256_of(f, out.license_file);
  }
  out.facts["weights-format"] = format_of(f);
  for (std::size_t i = 0; i < kComponents; ++i) {
    const auto c = static_cast<Component>(i);
    out.facts[dashed(word(c))] = c == Component::training_data && v.data_grade != Grade::unknown
                                     ? std::string(word(v.data_grade))
                                     : std::string(word(v[c].state));
  }
  return out;
}

}  // namespace

std::optional<LockedModel> locked(const Verdict& v, const Facts& f) {
  // Facts that ship with the tool were seen by somebody else, some day.
  const bool looked = f.origin != Origin::built_in && f.origin != Origin::catalog;
  if (!looked || !text::is_hex(v.revision, 40) || !f.repository) return std::nullopt;
  LockedModel out = described(v, f);
  out.id = v.id;
  if (!v.asked.empty() && v.asked != v.id) out.asked.push_back(v.asked);
  out.from = v.from;
  out.revision = v.revision;
  for (const WeightFile& w : f.weights.files)
    out.files[w.path] = w.digest.empty() ? std::string(kNotSeen) : w.digest;
  out.digest = listed(f) ? digest_of(out.files) : std::string(kNotSeen);
  return out;
}

std::optional<LockedModel> locked(const Verdict& v, const Facts& f, const std::string& name,
                                  const std::map<std::string, std::string>& files) {
  const std::string digest = digest_of(files);
  if (!f.repository || digest == kNotSeen || files.empty()) return std::nullopt;
  LockedModel out = described(v, f);
  out.id = name;
  out.from = out.revision = kLocal;
  out.files = files;
  out.digest = digest;
  return out;
}

std::string digest_of(const std::map<std::string, std::string>& files) {
  if (files.empty()) return "none";
  std::string list;
  for (const auto& [path, digest] : files) {
    if (digest == kNotSeen) return std::string(kNotSeen);
    list += fmt::format("{}  {}\n", digest.substr(digest.find(':') + 1), path);
  }
  return "sha256:" + text::sha256(list);
}

std::vector<std::string> unknowns(const LockedModel& m) {
  std::vector<std::string> out;
  const auto look = [&](const std::string& value, std::string key) {
    if (value == kNotSeen) out.push_back(std::move(key));
  };
  for (const std::string& base : m.base) look(base, "base");
  look(m.concluded, "license.concluded");
  look(m.license_sha256, "license.sha256");
  for (const auto& [key, value] : m.facts) look(value, "facts." + key);
  look(m.digest, "digest");
  return out;
}

std::string write_lock(std::vector<LockedModel> models) {
  std::sort(models.begin(), models.end(), [](const LockedModel& a, const LockedModel& b) {
    return a.id != b.id ? a.id < b.id : a.from < b.from;
  });
  std::string out =
      "# Made by howopen lock. Sorted; no clock values; one table per model, so merges stay small.\nversion "
      "= 1\n";
  for (const LockedModel& m : models) {
    const auto list = [](const std::vector<std::string>& from) {
      std::vector<std::string> quoted;
      for (const std::string& s : from) quoted.push_back(toml_string(s));
      return fmt::format("[{}]", fmt::join(quoted, ", "));
    };
    std::vector<std::string> license;
    for (const auto& [key, value] : {std::pair{"declared", &m.declared}, std::pair{"concluded", &m.concluded},
                                     std::pair{"binds", &m.binds}, std::pair{"file", &m.license_file},
                                     std::pair{"sha256", &m.license_sha256}}) {
      if (!value->empty()) license.push_back(fmt::format("{} = {}", key, toml_string(*value)));
    }
    std::vector<std::string> facts;
    for (const std::string_view key : kFacts) {
      if (const auto f = m.facts.find(std::string(key)); f != m.facts.end())
        facts.push_back(fmt::format("{} = {}", key, toml_string(f->second)));
    }
    out += fmt::format(
        "\n[[model]]\nid       = {}\n{}from     = {}\nrevision = {}\npurl     = {}\ngated    = {}\nbase     "
        "= "
        "{}\nlicense  = {{ {} }}\nfacts    = {{ {} }}\n",
        toml_string(m.id), m.asked.empty() ? "" : fmt::format("asked    = {}\n", list(m.asked)),
        toml_string(m.from), toml_string(m.revision), toml_string(purl_of(m)), toml_string(m.gated),
        list(m.base), fmt::join(license, ", "), fmt::join(facts, ", "));
    if (!m.digest.empty()) out += fmt::format("digest   = {}\n", toml_string(m.digest));
    // Of more files than a table may have the digest says enough.
    if (m.files.empty() || m.files.size() > gate::kMostKeys) continue;
    out += "\n[model.files]\n";
    for (const auto& [path, digest] : m.files)
      out += fmt::format("{} = {}\n", toml_string(path), toml_string(digest));
  }
  return out;
}

ReadLock read_lock(const PolicyText& file) {
  ReadLock out;
  const std::optional<Json> document = gate::parse_document(file, out.errors, "howopen lock writes it anew");
  if (!document) return out;
  Table top(*document, "", file.name, out.errors);
  const Json* version = top.find("version");
  if (version == nullptr || version->integer_or(0) != 1)
    top.wrong("version", "is not 1", "this howopen reads version 1");
  std::set<std::pair<std::string, std::string>> seen;
  for (const Json* model : top.tables("model")) {
    out.models.push_back(read_model(*model, file.name, out.errors));
    const LockedModel& m = out.models.back();
    if (!m.id.empty()) {
      if (!seen.emplace(m.id, m.from).second)
        out.errors.push_back({Fault::usage, fmt::format("{} is locked twice", text::printable(m.id)),
                              fmt::format("{}:{}", file.name, m.line), "leave one of them"});
    }
  }
  top.done();
  return out;
}

}  // namespace howopen
