// One sentence, read for licenses: the names that stand in it, its terms, and what is left.
#pragma once

#include <optional>
#include <vector>

#include "reading/families.h"
#include "reading/license_terms.h"
#include "reading/licenses.h"
#include "reading/reader.h"

namespace howopen::reading {

/// Reads one sentence; run() is called once.
class LicenseReader {
 public:
  LicenseReader(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
                std::vector<LicenseClaim>& out)
      : read_(read), source_(source), names_(names), lexicon_(lexicon), out_(out) {}

  std::optional<Subject> run();

 private:
  std::size_t end() const { return read_.lower.size(); }

  // "Llama license" within a model's name or address is none.
  bool names_a_model(const LicenseMention& m) const;

  // Nothing that was claimed on this line is of the weights.
  bool of_code_or_data_alone() const;

  // What a piece of a sentence is about.
  std::optional<Scope> what_in(std::size_t from, std::size_t to) const;
  bool both(std::size_t from, std::size_t to) const;
  // "Not MIT", "no longer under Apache 2.0".
  bool negated(const LicenseMention& m) const;
  // "Version 1 is MIT": right behind "is".
  bool asserted(const LicenseMention& m) const;

  // "CC BY-ND.": nothing else stands in the sentence.
  bool alone(const LicenseMention& m) const;
  // It is known, and forbids something that an open license grants.
  bool closes(const LicenseMention& m) const;

  Subject subject(std::size_t from, std::size_t to) const;
  // Where the name of a relative begins that is the first word of a license's name; `to` where none is.
  std::size_t before_special(std::size_t from, std::size_t to) const;

  // One license that is named: what stands before it tells what is under it, or "for the code" behind it.
  std::size_t mention(std::size_t i, std::size_t from);

  bool states() const { return read_.sense.has(Cue::states); }
  bool label() const;

  // Two licenses with nothing but "and", "or", a comma between them.
  bool same_object(std::size_t i) const;
  bool between_is_choice(std::size_t i) const;

  // Terms of the sentence that bind whoever uses this model.
  void restrictions(std::size_t from);
  std::optional<Subject> subject_of_mention(std::size_t at) const;
  // What a known license's name says is in its class; that of an unheard-of one says it itself.
  bool within_mention(const Hit& h) const;
  // "Contact sales for commercial use."
  bool asks(const Hit& h) const;
  // What somebody means it for, or advises against, binds nobody. "Do not use it commercially" is no advice.
  bool wish(const Hit& h) const;

  // Nothing was claimed: harmless talk, a license that is not named, or talk that nobody understood.
  void rest(bool points);

  // Under a heading of licenses a sentence is judged as one beside a license text: what is not understood as
  // harmless counts, whoever it is about, unless another model is named. True when it was a term.
  bool beside_a_license();

  // A purpose, and that it is the only one: "for research only".
  bool closes_by_only() const;

  // All words say where a license is, or are of the model's name.
  bool points_by_name() const;

  // "Bound by the license of the original Llama-2 model": the license of a family, by the family's name.
  bool family_named();
  void of_family(const NamedFamily& found);

  // "The restrictions of the base model apply", "please respect Meta's license": terms of another hold here.
  bool defers_to_another();

  bool labels_a_license() const;

  // Talk that is worth a doubt: of this model, in words that are of licenses alone.
  bool strong() const;

  static bool of_another(Subject who);

  // Of whom and what the whole sentence speaks of.
  LicenseClaim claim_of_all(LicenseClaim::Kind kind) const;
  LicenseClaim claim(LicenseClaim::Kind kind, Subject who, Scope what, std::size_t at) const;

  const Read& read_;
  const Source& source_;
  const Names& names_;
  const Lexicon& lexicon_;
  std::vector<LicenseClaim>& out_;
  std::vector<LicenseMention> mentions_;
  std::optional<Scope> last_what_;
  std::optional<Subject> last_subject_;
  std::vector<Subject> subjects_;  // of mentions_
  std::optional<Subject> told_;
  bool section_ = false;
  bool understood_ = false;
  static constexpr int kNotWeighed = -1'000'000;
  int weight_ = kNotWeighed;  // of a sentence that may bind somebody, above zero where it does
};

}  // namespace howopen::reading
