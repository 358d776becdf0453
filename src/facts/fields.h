// The members of the facts by name, once: saving and loading both follow this list.
#pragma once

#include "howopen/facts.h"

namespace howopen::facts {

// Each is called with an `io` that offers io(name, member) for every member that can be saved.
template <class Io>
void fields(Io& io, Observation& s) {
  io("what", s.what);
  io("where", s.where);
  io("kind", s.kind);
}
template <class Io>
void fields(Io& io, Repository& r) {
  io("gate", r.gate);
  io("disabled", r.disabled);
  io("private", r.is_private);
  io("library", r.library);
  io("pipeline", r.pipeline);
  io("files", r.files);
  io("unlisted", r.unlisted);
  io("partial", r.partial);
}
template <class Io>
void fields(Io& io, WeightSet& s) {
  io("format", s.format);
  io("folder", s.folder);
  io("name", s.name);
  io("present", s.present);
  io("uncounted", s.uncounted);
  io("expected", s.expected);
  io("missing", s.missing);
  io("pointer_sized", s.pointer_sized);
  io("bytes", s.bytes);
  io("adapter", s.adapter);
  io("index", s.index);
  io("helper", s.helper);
  io("part", s.part);
  io("loaded", s.loaded);
}
template <class Io>
void fields(Io& io, WeightFile& f) {
  io("path", f.path);
  io("digest", f.digest);
}
template <class Io>
void fields(Io& io, Weights& w) {
  io("sets", w.sets);
  io("files", w.files);
  io("components", w.components);
  io("components_missing", w.components_missing);
  io("delta", w.delta);
  io("quantization", w.quantization);
  io("elements", w.elements);
  io("branches", w.branches);
  io("on_branch", w.on_branch);
  io("unknown_format", w.unknown_format);
  io("tensor_bytes", w.tensor_bytes);
  io("parameters", w.parameters);
  io("unread", w.unread);
  io("unread_index", w.unread_index);
}
template <class Io>
void fields(Io& io, CacheLayers& c) {
  io("layers", c.layers);
  io("per_token", c.per_token);
  io("window", c.window);
  io("state", c.state);
}
template <class Io>
void fields(Io& io, Loader& l) {
  io("library", l.library);
  io("by", l.by);
  io("where", l.where);
  io("as_of", l.as_of);
}
template <class Io>
void fields(Io& io, RemoteCode& c) {
  io("file", c.file);
  io("repository", c.repository);
  io("present", c.present);
  io("where", c.where);
}
template <class Io>
void fields(Io& io, InferenceCode& c) {
  io("loaders", c.loaders);
  io("remote", c.remote);
  io("scripts", c.scripts);
  io("formats", c.formats);
  io("snippets", c.snippets);
  io("engines", c.engines);
  io("declared", c.declared);
  io("config", c.config);
}
template <class Io>
void fields(Io& io, Searched& s) {
  io("what", s.what);
  io("where", s.where);
  io("same_publisher", s.same_publisher);
  io("outcome", s.outcome);
  io("read", s.read);
  io("why", s.why);
  io("about", s.about);
}
template <class Io>
void fields(Io& io, TrainingFile& f) {
  fields(io, static_cast<Observation&>(f));
  io("repository", f.repository);
  io("trainer", f.trainer);
}
template <class Io>
void fields(Io& io, TrainingCode& c) {
  io("entries", c.entries);
  io("configurations", c.configurations);
  io("recipes", c.recipes);
  io("traces", c.traces);
  io("tunes", c.tunes);
  io("searched", c.searched);
}
template <class Io>
void fields(Io& io, DatasetRecord& r) {
  io("id", r.id);
  io("gate", r.gate);
  io("disabled", r.disabled);
  io("files", r.files);
  io("bytes", r.bytes);
  io("license", r.license);
}
template <class Io>
void fields(Io& io, Dataset& d) {
  io("name", d.name);
  io("role", d.role);
  io("named", d.named);
  io("declared", d.declared);
  io("hub_id", d.hub_id);
  io("record", d.record);
}
template <class Io>
void fields(Io& io, TrainingData& d) {
  io("datasets", d.datasets);
  io("statements", d.statements);
  io("more", d.more);
  io("reason", d.reason);
  io("withheld", d.withheld);
  io("unrecorded", d.unrecorded);
  io("pretrains", d.pretrains);
  io("teachers", d.teachers);
}
template <class Io>
void fields(Io& io, Platform& p) {
  io("vendor", p.vendor);
  io("host", p.host);
  io("self_service", p.self_service);
  io("serves_this", p.serves_this);
  io("retired", p.retired);
  io("unrecorded", p.unrecorded);
  io("served", p.served);
  io("withdrawn", p.withdrawn);
  io("jurisdiction", p.jurisdiction);
  io("source", p.source);
  io("as_of", p.as_of);
}
template <class Io>
void fields(Io& io, Provider& p) {
  io("name", p.name);
  io("status", p.status);
  io("model", p.model);
}
template <class Io>
void fields(Io& io, Api& a) {
  io("platform", a.platform);
  io("providers", a.providers);
  io("claims", a.claims);
  io("demo", a.demo);
}
template <class Io>
void fields(Io& io, Lines& l) {
  io("first", l.first);
  io("last", l.last);
}
template <class Io>
void fields(Io& io, Leftover& l) {
  io("kind", l.kind);
  io("change", l.change);
  io("lines", l.lines);
  io("quote", l.quote);
}
template <class Io>
void fields(Io& io, Restriction& r) {
  io("kind", r.kind);
  io("lines", r.lines);
  io("quote", r.quote);
}
template <class Io>
void fields(Io& io, FoundLicense& f) {
  io("id", f.id);
  io("kind", f.kind);
  io("match", f.match);
  io("confidence", f.confidence);
  io("lines", f.lines);
  io("begin", f.begin);
  io("end", f.end);
}
template <class Io>
void fields(Io& io, Identified& i) {
  io("match", i.match);
  io("licenses", i.licenses);
  io("confidence", i.confidence);
  io("words", i.words);
  io("sha256", i.sha256);
  io("found", i.found);
  io("leftover", i.leftover);
  io("restrictions", i.restrictions);
  io("policies", i.policies);
}
template <class Io>
void fields(Io& io, LicenseText& t) {
  io("path", t.path);
  io("scope", t.scope);
  io("bytes", t.bytes);
  io("identified", t.identified);
}
template <class Io>
void fields(Io& io, LicenseStatement& s) {
  io("scope", s.scope);
  io("license", s.license);
  io("file", s.file);
  io("said", s.said);
  io("says", s.says);
  io("name", s.name);
  io("term", s.term);
  io("doubtful", s.doubtful);
  io("choice", s.choice);
}
template <class Io>
void fields(Io& io, License& l) {
  io("tags", l.tags);
  io("heads", l.heads);
  io("name", l.name);
  io("link", l.link);
  io("texts", l.texts);
  io("unlisted", l.unlisted);
  io("statements", l.statements);
  io("gate_prompt", l.gate_prompt);
  io("card", l.card);
  io("data_unread", l.data_unread);
}
template <class Io>
void fields(Io& io, RelatedFamily& k) {
  io("family", k.family);
  io("license", k.license);
  io("how", k.how);
  io("seen", k.seen);
}
template <class Io>
void fields(Io& io, Ancestor& a) {
  io("id", a.id);
  io("child", a.child);
  io("relation", a.relation);
  io("named", a.named);
  io("same_publisher", a.same_publisher);
  io("own_step", a.own_step);
  io("depth", a.depth);
  io("repository", a.repository);
  io("revision", a.revision);
  io("license", a.license);
  io("code", a.code);
  io("weights_complete", a.weights_complete);
  io("weights_bytes", a.weights_bytes);
  io("kin", a.related_families);
  io("unresolved", a.unresolved);
  io("training_code", a.training_code);
  io("training_data", a.training_data);
}
template <class Io>
void fields(Io& io, Linked& l) {
  io("id", l.id);
  io("where", l.where);
  io("same_publisher", l.same_publisher);
  io("commit", l.commit);
  io("files", l.files);
  io("truncated", l.truncated);
  io("names_model", l.names_model);
  io("license", l.license);
}
template <class Io>
void fields(Io& io, Release& r) {
  io("name", r.name);
  io("vendor", r.vendor);
  io("license", r.license);
  io("source", r.source);
  io("as_of", r.as_of);
}
template <class Io>
void fields(Io& io, ContentSummary& s) {
  io("seen", s.seen);
  io("url", s.url);
  io("read", s.read);
  io("sections", s.sections);
}
template <class Io>
void fields(Io& io, Documents& d) {
  io("evaluation", d.evaluation);
  io("report", d.report);
  io("data_card", d.data_card);
  io("content_summaries", d.content_summaries);
}
template <class Io>
void fields(Io& io, LookupError& m) {
  io("trouble", m.trouble);
  io("message", m.message);
  io("where", m.where);
  io("unreachable", m.unreachable);
  io("offline", m.offline);
  io("moment", m.moment);
}
template <class Io>
void fields(Io& io, Quantized& q) {
  io("models", q.models);
  io("more", q.more);
}
template <class Io>
void fields(Io& io, Facts& f) {
  io("ref", f.ref);
  io("id", f.id);
  io("asked", f.asked);
  io("revision", f.revision);
  io("from", f.from);
  io("origin", f.origin);
  io("as_of", f.as_of);
  io("source", f.source);
  io("repository", f.repository);
  io("weights", f.weights);
  io("cache", f.cache);
  io("inference_code", f.inference_code);
  io("training_code", f.training_code);
  io("training_data", f.training_data);
  io("api", f.api);
  io("license", f.license);
  io("lineage", f.lineage);
  io("identified", f.identified);
  io("kin", f.related_families);
  io("unresolved", f.unresolved);
  io("made_from_another", f.made_from_another);
  io("linked", f.linked);
  io("release", f.release);
  io("documents", f.documents);
  io("quantized", f.quantized);
  io("claims", f.claims);
  io("misses", f.lookup_errors);
}

}  // namespace howopen::facts
