/// May it be made of these parts, and passed on under that license? Deterministic, over the values of
/// licenses and a table of which licenses may become which (data/compatibility.json). Facts and clauses, no
/// legal advice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/permit.h"
#include "howopen/result.h"

namespace howopen {

/// Something that goes into the result.
struct Part {
  enum class Role {
    model,    ///< weights that the result is derived from: fine-tuned, merged, quantized
    adapter,  ///< weights that are merged in
    data,     ///< what it is trained on
    teacher,  ///< a model whose outputs it is trained on
    code,     ///< source code of the same work
  };
  Role role = Role::model;
  std::string name;     ///< as it was asked for
  std::string license;  ///< an SPDX expression; "" where nobody knows
  std::string why;      ///< why it is not known
  std::string
      refused;  ///< the clause or the fact that rules it out, whatever the whole is under; "" for none
};
template <>
struct Words<Part::Role> {
  static constexpr std::string_view names[] = {"model", "adapter", "data", "teacher", "code"};
};

struct Combination {
  Permission answer = Permission::ask;
  /// What makes it ask or no: the part (`where`), its license, the clause.
  std::vector<Clause> because;
  /// What has to be done, of all parts.
  std::vector<Clause> duties;
};

/// Whether a work made of `parts` may be given to others under `as`, one license of the catalog; with `use`
/// also whether it may be used so. Pure. What is not known, disputed, or depends on what nobody told is
/// `ask`, never `yes`.
Combination combine(const std::vector<Part>& parts, const std::string& as, std::optional<Purpose> use,
                    const Circumstances& of, const Catalog& catalog);

}  // namespace howopen
