// SPDX's list of equivalent words, and what else is one word in practice.
//
//   licence  ->  license;  the  ->  nothing

#include "reading/spelling.h"

#include <array>

namespace howopen::reading {
namespace {

// Spellings, and the word they are counted as; none for words that say nothing.
struct Spelling {
  std::string_view as;
  std::string_view is;
};
constexpr std::array<Spelling, 58> kSpellings = {{
    {"the", ""},
    {"a", ""},
    {"an", ""},
    {"dnl", ""},
    {"rem", ""},
    {"acknowledgement", "acknowledgment"},
    {"acknowledgements", "acknowledgments"},
    {"analogue", "analog"},
    {"analyse", "analyze"},
    {"artefact", "artifact"},
    {"artefacts", "artifacts"},
    {"authorisation", "authorization"},
    {"authorised", "authorized"},
    {"authorise", "authorize"},
    {"unauthorised", "unauthorized"},
    {"calibre", "caliber"},
    {"cancelled", "canceled"},
    {"catalogue", "catalog"},
    {"categorise", "categorize"},
    {"centre", "center"},
    {"emphasised", "emphasized"},
    {"favour", "favor"},
    {"favourite", "favorite"},
    {"fulfil", "fulfill"},
    {"fulfilment", "fulfillment"},
    {"initialise", "initialize"},
    {"judgement", "judgment"},
    {"labelling", "labeling"},
    {"labour", "labor"},
    {"licence", "license"},
    {"licences", "licenses"},
    {"licenced", "licensed"},
    {"sublicence", "sublicense"},
    {"maximise", "maximize"},
    {"merchantibility", "merchantability"},
    {"modelled", "modeled"},
    {"modelling", "modeling"},
    {"offence", "offense"},
    {"optimise", "optimize"},
    {"organisation", "organization"},
    {"organisations", "organizations"},
    {"organise", "organize"},
    {"practise", "practice"},
    {"programme", "program"},
    {"realise", "realize"},
    {"recognise", "recognize"},
    {"recognised", "recognized"},
    {"signalling", "signaling"},
    {"utilisation", "utilization"},
    {"utilise", "utilize"},
    {"whilst", "while"},
    {"wilful", "willful"},
    {"wilfull", "willful"},
    {"wilfully", "willfully"},
    {"capitalisations", "capitalizations"},
    {"infrigement", "infringement"},
    {"noninfrigement", "noninfringement"},
    {"cancelling", "canceling"},
}};

}  // namespace

const WordTable<Word>& spellings() {
  static const WordTable<Word> table = [] {
    WordTable<Word> out(kSpellings.size());
    for (const Spelling& s : kSpellings) out.set(hash(s.as), s.is.empty() ? kDropped : hash(s.is));
    return out;
  }();
  return table;
}

}  // namespace howopen::reading
