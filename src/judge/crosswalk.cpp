// The same facts in the words of other frameworks: the Model Openness Framework 1.0, the Open Source AI
// Definition 1.0, the exemption of Article 53(2) of the EU AI Act. What nobody gathered here is not
// determinable, and said to be; nothing of this is legal advice.
//
//   MIT weights, code to run, a report, no training code  ->  MOF III if evaluation and data are documented;
//   OSAID: no

#include <algorithm>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

enum class Has { yes, no, unknown };

Has has(const ComponentVerdict& c) {
  if (c.state == State::available) return Has::yes;
  return c.best == State::available ? Has::unknown : Has::no;
}

Has open(const std::optional<LicenseFinding>& l) {
  if (l && l->cls == LicenseClass::open) return Has::yes;
  return l && l->best == LicenseClass::open ? Has::unknown : Has::no;
}

Has both(Has a, Has b) {
  if (a == Has::no || b == Has::no) return Has::no;
  return a == Has::yes && b == Has::yes ? Has::yes : Has::unknown;
}

// By all that binds it: its own license, a base, a rider.
Has free_of_terms(const LicenseVerdict& l) {
  if (l.effective.cls == LicenseClass::open) return Has::yes;
  return l.effective.best == LicenseClass::open ? Has::unknown : Has::no;
}
Has open_parameters(const Verdict& v) {
  return both(open(v.license.weights), free_of_terms(v.license));
}

Has seen(const std::optional<Observation>& s) {
  return s ? Has::yes : Has::unknown;
}

// Weights that are all there behind a gate: whoever accepts the terms has them, and nobody else.
bool gated_alone(const Verdict& v) {
  const ComponentVerdict& w = v[Component::weights];
  return w.state == State::partial && !w.evidence.empty() &&
         w.evidence.front().rule == id_of(RuleId::weights_gated);
}

// One class of the MOF: what it requires, and whether all of it is there.
class MofClass {
 public:
  void needs(const char* what, Has has) {
    if (has == Has::yes) return;
    missing.push_back(has == Has::no ? what : std::string(what) + " (not determinable)");
    if (has == Has::no)
      reached = Has::no;
    else if (reached == Has::yes)
      reached = Has::unknown;
  }
  std::vector<std::string> missing;
  Has reached = Has::yes;
};

void mof(const Verdict& v, const Facts& f, Crosswalk& out) {
  const Has weights = both(has(v[Component::weights]), open_parameters(v));
  const Has inference = both(has(v[Component::inference_code]), open(v.license.code));
  MofClass three;
  three.needs("model architecture", inference == Has::no ? has(v[Component::inference_code]) : inference);
  three.needs(gated_alone(v) && open_parameters(v) == Has::yes
                  ? "model parameters without a gate (they are under an open license)"
                  : "model parameters under an open license",
              weights);
  three.needs("evaluation results", seen(f.documents.evaluation));
  three.needs("model card", f.license.card ? Has::yes : f.license.card.unknown() ? Has::unknown : Has::no);
  three.needs("data card", seen(f.documents.data_card));
  three.needs("technical report or research paper", seen(f.documents.report));
  MofClass two;
  two.needs("training code", both(has(v[Component::training_code]),
                                  open(v.license.training_code ? v.license.training_code : v.license.code)));
  two.needs("inference code", inference);
  two.needs("evaluation code", Has::unknown);
  two.needs("evaluation data", Has::unknown);
  MofClass one;
  one.needs("datasets", both(has(v[Component::training_data]), open(v.license.training_data)));
  one.needs("data preprocessing code", Has::unknown);
  one.needs("intermediate model parameters", Has::unknown);
  if (three.reached == Has::no) {
    out.mof_class = "none";
    out.mof_missing = three.missing;
    out.mof_because.push_back("class III needs every one of its components");
  } else if (three.reached == Has::unknown) {
    out.mof_missing = three.missing;
    out.mof_because.push_back("what was not gathered could complete class III");
  } else if (two.reached == Has::no) {
    out.mof_class = "III";
    out.mof_missing = two.missing;
    out.mof_because.push_back("all of class III, not all of class II");
  } else {
    // Evaluation code and data are not gathered: class II can be refuted here, and not proven.
    out.mof_missing = two.missing;
    out.mof_missing.insert(out.mof_missing.end(), one.missing.begin(), one.missing.end());
    out.mof_because.push_back("class III at least; whether class II is reached cannot be determined");
  }
}

void put(Crossing& out, Has has, const char* yes, const char* no, const char* unknown) {
  out.because.emplace_back(has == Has::yes ? yes : has == Has::no ? no : unknown);
  if (has == Has::no)
    out.meets = false;
  else if (has == Has::unknown && out.meets != std::optional<bool>(false))
    out.meets = std::nullopt;
}

void osaid(const Verdict& v, Crosswalk& out) {
  out.osaid.meets = true;
  put(out.osaid, both(has(v[Component::weights]), open_parameters(v)),
      "parameters are published under open terms",
      gated_alone(v) && open_parameters(v) == Has::yes
          ? "parameters are under open terms, and given out behind a gate alone"
          : "parameters are not published under open terms",
      "whether the parameters are under open terms could not be seen");
  const Has code = both(both(has(v[Component::training_code]), has(v[Component::inference_code])),
                        open(v.license.training_code ? v.license.training_code : v.license.code));
  put(out.osaid, code, "code to train and to run it is published under an open license",
      "code to train and to run it is not all published under an open license",
      "whether all code to train and run it is published could not be seen");
  const Has data = has(v[Component::training_data]) == Has::yes ? Has::yes
                   : v.data_grade == Grade::silent              ? Has::no
                                                                : Has::unknown;
  put(out.osaid, data, "the data itself is published", "nothing is said about the training data",
      "whether the data information suffices for a skilled person is not determinable");
}

void eu_ai_act(const Verdict& v, const Facts& f, Crosswalk& out) {
  Crossing& e = out.eu_ai_act;
  const std::optional<LicenseFinding>& w = v.license.weights;
  const Has free = free_of_terms(v.license);
  e.meets = true;
  put(e, free, "the license lets everybody use, change and pass on the model",
      "the license is not free and open", "whether the license is free and open could not be seen");
  const bool only_gated = v[Component::weights].state == State::partial && w && free == Has::yes;
  put(e, only_gated ? Has::unknown : has(v[Component::weights]), "the parameters are public",
      "the parameters are not public",
      "whether a gate keeps the parameters from being public is not determinable");
  put(e, f.inference_code.config ? Has::yes : Has::unknown, "the architecture is public", "",
      "whether the architecture is described could not be seen");
  put(e,
      f.license.card             ? Has::yes
      : f.license.card.unknown() ? Has::unknown
                                 : Has::no,
      "a card describes its use", "no card describes its use",
      "whether a card describes its use could not be seen");
  put(e, Has::unknown, "", "",
      "systemic risk and monetization are not determinable here; this is not legal advice");
}

// Article 53(1)(d): is there a summary, and where.
void content_summary(const Verdict& v, const Facts& f, const Catalog& catalog, Crosswalk& out) {
  const TrainingSummaries& known = catalog.training_summaries();
  const auto titled = [&](const std::string& number) {
    for (const TrainingSummaries::Section& s : known.sections) {
      if (s.number == number) return number + " " + s.title;
    }
    return number;
  };
  for (const ContentSummary& s : f.documents.content_summaries) {
    SummaryPlace place{s.seen.what, s.seen.where, s.url, s.read, {}, {}};
    for (const std::string& number : s.sections) place.sections.push_back(titled(number));
    out.content_summaries.push_back(std::move(place));
  }
  for (const TrainingSummaries::Place& p : catalog.summary_places(v.id)) {
    const bool again = std::any_of(out.content_summaries.begin(), out.content_summaries.end(),
                                   [&](const SummaryPlace& s) { return s.url == p.url; });
    if (!again)
      out.content_summaries.push_back({"place that the catalog knows", p.source, p.url, false, {}, p.as_of});
  }
  Crossing& c = out.content_summary;
  if (!out.content_summaries.empty()) {
    c.meets = true;
    c.because = {
        "a public summary of training content is named; whether it is complete or true was not judged"};
    return;
  }
  const bool looked = f.repository && f.origin != Origin::built_in && !f.license.card.unknown();
  if (looked) c.meets = false;
  c.because = {looked ? "looked for among its files, in its card and at the places that are known; it may be "
                        "published elsewhere"
                      : "none is known, and its files or its card could not be looked at"};
}

}  // namespace

Crosswalk crosswalk(const Verdict& v, const Facts& facts, const Catalog& catalog) {
  Crosswalk out;
  if (!facts.repository && !facts.release) {
    // What was never seen is neither open nor not.
    const char* unseen = "nothing could be seen of it";
    out.mof_because = out.osaid.because = out.eu_ai_act.because = {unseen};
    content_summary(v, facts, catalog, out);
    return out;
  }
  mof(v, facts, out);
  osaid(v, out);
  eu_ai_act(v, facts, out);
  content_summary(v, facts, catalog, out);
  return out;
}

}  // namespace howopen::rules
