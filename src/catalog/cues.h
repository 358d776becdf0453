// What people's words do, as data/reading/ says it: one file a language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/words.h"

namespace howopen::catalog {

/// What a phrase does in a sentence. The words are in data/reading/, the grammar in src/reading/.
enum class Cue : std::uint8_t {
  // Terms: each takes back something that an open license grants.
  non_commercial,
  research_only,
  user_threshold,
  revenue_threshold,
  territory,
  military,
  field_of_use,
  model_training,
  naming,
  revocation,
  registration,
  hosting,
  no_derivatives,
  no_redistribution,
  fee,
  expiry,
  persons,       ///< only for some people
  confidential,  ///< not for the public
  policy,        ///< a policy or terms of service must be followed
  // What turns a term around, or makes it somebody's wish.
  prohibition,   ///< a term of no particular kind
  permits,       ///< says that something is allowed
  unrestricted,  ///< says that there is no restriction
  intent,        ///< what something is meant for
  advice,        ///< what somebody should not do with it
  aside,         ///< trademarks, the licensor's own business: restricts no user
  // What may stand beside a license and leaves it what it is.
  disclaimer,
  attribution,
  notice,
  citation,
  thanks,
  contact,
  describes,
  project,
  title,  ///< stands above a license
  legal,  ///< makes a text look like a license
  // Talk of licenses.
  talk,       ///< licenses, terms, permission, use or price
  states,     ///< "licensed under"
  covers,     ///< what a license is for stands behind it: "for the code"
  pointer,    ///< "see the LICENSE file"
  special,    ///< a license nobody lists: "custom license", "a separate agreement"
  choice,     ///< one or the other
  blank,      ///< says that nobody filled it in: "more information needed"
  uncovered,  ///< says that a license is not for something: "does not cover the model", "for the code alone"
  obliges,    ///< says that something must be done, whatever it is: a script's duty or somebody's
  bundled,    ///< other people's work that is part of this: "bundles zlib"
  likewise,   ///< what was said of one thing holds for another: "so is the model"
  later,      ///< releases from one on: "from v2 on", "and newer"
  earlier,    ///< releases before one: "prior to v2"
  defers,     ///< somebody's terms hold here too, whosever they are: "the terms of X apply"
  inherits,   ///< those of the base do: "same license as the base model"
  gate,       ///< what one does at a gate of the Hub: "share your contact details to download"
  binding,    ///< asks what no open license asks, however politely: "requires a license key"
  // What is spoken of.
  weights,
  code,
  data,
  outputs,
  here,      ///< this model
  makers,    ///< whoever made it, speaking: "we", "our"
  siblings,  ///< others of the same makers
  origin,    ///< the model it was made from
  formerly,  ///< what was so before: "originally licensed under"
  others,    ///< other people's work, libraries
  reader,    ///< whoever reads it
  // Where a model comes from.
  tuned_from,
  quantized_from,
  distilled_from,
  merged_from,
  adapter_of,
  continued_from,
  made_from,
  as_base,  ///< behind the name of a base
  delta,
  scratch,
  manner,     ///< behind a name: of its architecture or format, not of its weights
  elsewhere,  ///< before a name: another matter than its weights
  compared,
  denied,  ///< turns an origin round: "not derived from"
  // Training.
  trained_on,
  pretrained_on,
  tuned_on,
  evaluated_on,
  mentioned,  ///< a dataset as a sample or for comparison
  more_data,
  withheld,
  withheld_why,
  trained_with,
  trains_on,     ///< names of data stand behind it: "trained on", "our corpus consists of"
  corpus,        ///< the name of data that looks like plain words: "the Pile", "Common Crawl"
  not_data,      ///< looks like a name of data and is none: "A100-80GB", "GitHub"
  part_of_data,  ///< not all of what it was trained on: "a part of our training data"
  taught,        ///< a teacher is named behind it: "answers of", "generated with"
  teaches,       ///< before it: "GPT-4 outputs"
  relative,      ///< begins a clause about what stands before: "which was"
  some_model,    ///< a base without a name: "an existing checkpoint"
  part,          ///< of a model: "the projector"
  // Headings.
  license_section,
  origin_section,
  training_section,
  evaluation_section,
  others_section,
  limits_section,
};

}  // namespace howopen::catalog

namespace howopen {
template <>
struct Words<catalog::Cue> {
  static constexpr std::string_view names[] = {"non-commercial",
                                               "research-only",
                                               "user-threshold",
                                               "revenue-threshold",
                                               "territory",
                                               "military",
                                               "field-of-use",
                                               "model-training",
                                               "naming",
                                               "revocation",
                                               "registration",
                                               "hosting",
                                               "no-derivatives",
                                               "no-redistribution",
                                               "fee",
                                               "expiry",
                                               "persons",
                                               "confidential",
                                               "policy",
                                               "prohibition",
                                               "permits",
                                               "unrestricted",
                                               "intent",
                                               "advice",
                                               "aside",
                                               "disclaimer",
                                               "attribution",
                                               "notice",
                                               "citation",
                                               "thanks",
                                               "contact",
                                               "describes",
                                               "project",
                                               "title",
                                               "legal",
                                               "talk",
                                               "states",
                                               "covers",
                                               "pointer",
                                               "special",
                                               "choice",
                                               "blank",
                                               "uncovered",
                                               "obliges",
                                               "bundled",
                                               "likewise",
                                               "later",
                                               "earlier",
                                               "defers",
                                               "inherits",
                                               "gate",
                                               "binding",
                                               "weights",
                                               "code",
                                               "data",
                                               "outputs",
                                               "here",
                                               "makers",
                                               "siblings",
                                               "origin",
                                               "formerly",
                                               "others",
                                               "reader",
                                               "tuned-from",
                                               "quantized-from",
                                               "distilled-from",
                                               "merged-from",
                                               "adapter-of",
                                               "continued-from",
                                               "made-from",
                                               "as-base",
                                               "delta",
                                               "scratch",
                                               "manner",
                                               "elsewhere",
                                               "compared",
                                               "denied",
                                               "trained-on",
                                               "pretrained-on",
                                               "tuned-on",
                                               "evaluated-on",
                                               "mentioned",
                                               "more-data",
                                               "withheld",
                                               "withheld-why",
                                               "trained-with",
                                               "trains-on",
                                               "corpus",
                                               "not-data",
                                               "part-of-data",
                                               "taught",
                                               "teaches",
                                               "relative",
                                               "some-model",
                                               "part",
                                               "license-section",
                                               "origin-section",
                                               "training-section",
                                               "evaluation-section",
                                               "others-section",
                                               "limits-section"};
};
static_assert(std::size(Words<catalog::Cue>::names) ==
              static_cast<std::size_t>(catalog::Cue::limits_section) + 1);
}  // namespace howopen

namespace howopen::catalog {

/// Phrases that do the same. In a phrase `|` parts alternatives, `...` stands for at most eight words, a `*`
/// at the end of a word for any ending; articles do not count. Characters of Chinese, Japanese and Korean are
/// words by themselves, written together or apart.
struct CueRow {
  Cue cue = Cue::talk;
  std::vector<std::string> phrases;
  std::vector<std::string> match;  ///< sentences that it must be found in
  std::vector<std::string> other;  ///< sentences that it must not be found in
  std::string where;               ///< `reading/en.json: cues[3]`
};

/// Words by what they may be part of, for the words beside and inside license texts.
struct WordRow {
  std::string set;  ///< `suspicious`, `names`, …
  std::vector<std::string> words;
};

struct Language {
  std::string code;
  std::vector<CueRow> cues;
  std::vector<WordRow> words;
  std::vector<std::vector<std::string>> interchangeable;  ///< pairs
};

Result<std::vector<Language>> read_languages(const std::vector<CatalogFile>& documents);

}  // namespace howopen::catalog
