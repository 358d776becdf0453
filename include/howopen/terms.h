/// What a license asks for, as values: thresholds, territories, fields of use, duties, and uses that its text
/// speaks of. Read from the text clause by clause (data/licenses.json, key `terms`); what is not there the
/// text does not say.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/words.h"

namespace howopen {

/// What somebody wants to do with a model.
enum class Purpose {
  research,          ///< study it, without selling anything
  internal,          ///< within a company, for its own business
  product,           ///< in something that is sold
  host,              ///< as a service to others
  redistribute,      ///< pass the weights on as they are
  finetune,          ///< make a derivative for oneself
  publish_finetune,  ///< publish the weights of a derivative
  train_on_outputs,  ///< train or distill another model with what it generates
  embed_device       ///< ship the weights in a device that is sold
};
template <>
struct Words<Purpose> {
  static constexpr std::string_view names[] = {
      "research", "internal",         "product",          "host",        "redistribute",
      "finetune", "publish-finetune", "train-on-outputs", "embed-device"};
};
inline constexpr std::size_t kPurposes = 9;

/// From freest to strictest, but `ask`: nobody can say without asking the licensor, or without knowing more
/// about who wants it.
enum class Permission { yes, yes_if, ask, no };
template <>
struct Words<Permission> {
  static constexpr std::string_view names[] = {"yes", "yes-if", "ask", "no"};
};

/// A number above which other terms hold: 700 million users a month, 10 million US dollars a year.
struct Threshold {
  std::string of;               ///< monthly-active-users | annual-revenue | monthly-revenue | another measure
  std::int64_t more_than = -1;  ///< it bites above this; -1 where `at_least` says
  std::int64_t at_least = -1;   ///< it bites from this on
  std::string currency;         ///< ISO 4217, of money
  std::string counted;          ///< when and of whom
  std::string then;             ///< ask | ends | register | pay | display
  std::string words;            ///< what is to be displayed
  std::vector<Purpose>
      when;  ///< uses it is about; empty: all. Nobody is asked for numbers but where a use earns
  std::string clause;
};

struct Territory {
  std::vector<std::string> out;   ///< ISO 3166 alpha-2, or `EU`: where nothing is granted
  std::vector<std::string> only;  ///< where alone something is
  std::string about;              ///< models it is about: `multimodal`; "" for all
  std::string words;              ///< whom it is about
  std::string clause;
};

/// A field of use that is not granted.
struct FieldLimit {
  std::string kind;  ///< military, medical, …; `policy` for a list of prohibited uses
  std::string words;
  std::string clause;
  bool partly = false;   ///< only what `words` says of it, as practice without the license it needs
  bool unclear = false;  ///< what it comes to nobody here can say: of a policy, that it was not read
};

struct Duty {
  std::string duty;  ///< license-copy, notice, display, share-alike, … (data/uses.json)
  std::vector<Purpose> when;
  std::string words;
  std::string clause;
};

/// A use that the text speaks of in a way of its own.
struct UseTerm {
  Permission answer = Permission::ask;
  std::string clause;
};

/// What holds for some who use it: work in a company is no research, say.
struct Party {
  std::string who;  ///< company | person | academic | public
  std::vector<Purpose> when;
  Permission answer = Permission::ask;
  std::string clause;
};

struct LicenseTerms {
  bool read = false;  ///< somebody read the text for these
  std::vector<Threshold> thresholds;
  std::vector<Territory> territory;
  std::vector<FieldLimit> fields;
  std::vector<Duty> duties;
  std::map<Purpose, UseTerm> uses;
  std::vector<Party> parties;
};

}  // namespace howopen
