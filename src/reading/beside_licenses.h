// Licenses that are named beside a license text.
#pragma once

#include "reading/beside_sentence.h"
#include "reading/sense.h"

namespace howopen::reading {

/// "Weights are under the Acme Research License", "CC BY-NC": another license than those that are here.
bool names_another_license(const Beside& beside, BesideSentence& sentence);

/// "This product bundles zlib, under the zlib license": the notice of somebody else's work whose license
/// grants all of it and asks for a notice at most.
/// `mild`: its words speak of licenses, and of nothing else that a term could be made of.
bool bundles_open_work(const Beside& beside, const Sense& sense, bool mild, BesideSentence& sentence);

/// "| weights/ | Apache-2.0 |" beside the text of that license; what is named is known to be no other one.
bool says_it_again(const Beside& beside, const Sense& sense, BesideSentence& sentence);

/// "You should have received a copy of the GNU General Public License": of the license that is here.
bool own_notice(const Beside& beside, const Sense& sense, BesideSentence& sentence);

}  // namespace howopen::reading
