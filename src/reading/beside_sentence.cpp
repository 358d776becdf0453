// Most sentences are told by their phrases, so nothing else is worked out before it is asked for.

#include "reading/beside_sentence.h"

#include "reading/binding.h"
#include "reading/sense.h"
#include "text/utf8.h"

namespace howopen::reading {

const std::string& BesideSentence::lower() {
  if (!lower_) lower_ = text::lower(written_);
  return *lower_;
}

const std::vector<LicenseMention>& BesideSentence::mentions() {
  if (!mentions_) mentions_ = license_mentions(written_, lower(), *beside_.catalog, lexicon_);
  return *mentions_;
}

int BesideSentence::weight() {
  if (!weight_) {
    const std::vector<Token> words = tokens(lower());
    weight_ = binding_words(*beside_.catalog).weigh(understand(words, lower(), lexicon_), lower());
  }
  return *weight_;
}

bool BesideSentence::is_known() {
  return binding_words(*beside_.catalog).knows_most(tokens(lower()), lower());
}

}  // namespace howopen::reading
