/// What the answers to "may I?" are made from: uses and what duties ask for (data/uses.json), terms of data
/// sets and of vendors (data/dataset_terms.json), and which licenses may become which
/// (data/compatibility.json).
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "howopen/terms.h"

namespace howopen {

/// What a model works with, by the task that its record names or by its `model_type`.
struct Modality {
  std::string name;  ///< text | multimodal
  std::vector<std::string> tasks;
  std::vector<std::string> model_types;
};

/// Uses of a model and what duties of licenses ask for (data/uses.json).
struct Uses {
  struct Row {
    Purpose use = Purpose::research;
    std::string words;
    std::string title;               ///< in a line of several
    std::vector<std::string> needs;  ///< traits that have to permit it
    bool earns = false;              ///< thresholds of users and revenue are about it
    bool passes_on = false;          ///< somebody else gets the weights
    bool usual = false;              ///< answered where nobody asks for others
  };
  std::vector<Row> rows;  ///< one a use, in their order
  const Row& of(Purpose use) const { return rows[static_cast<std::size_t>(use)]; }
  struct DutyRow {
    std::string words;
    bool aside = false;  ///< said where there are others, and no condition by itself
  };
  std::map<std::string, DutyRow, std::less<>> duties;                   ///< what each asks for, in words
  std::map<std::string, std::vector<std::string>, std::less<>> fields;  ///< other words for a field
  std::vector<std::string> purposes;  ///< fields that say what it is for, and are answered by the uses
  std::map<std::string, std::vector<std::string>, std::less<>> regions;  ///< countries of each
  std::vector<Modality> modalities;                                      ///< the first that fits counts
};

/// A data set whose terms are stricter than open, or that a model generated (data/dataset_terms.json).
struct DatasetTerms {
  std::vector<std::string> ids;    ///< at the Hub
  std::vector<std::string> names;  ///< in prose, lower case
  std::string license;             ///< id of the catalog; "" where only the teacher matters
  std::string teacher;             ///< whose outputs it holds; "" for nobody's
  std::string note;
  std::string source;
  std::string as_of;
};
/// A vendor whose terms say whether outputs may train other models.
struct Teacher {
  std::string name;
  std::vector<std::string> names;  ///< of its models, in prose, lower case
  std::string outputs;             ///< yes | yes-if | no
  std::string clause;
  std::string source;
  std::string as_of;
};

/// Which licenses a derivative of what stands under one may be passed on under (data/compatibility.json).
struct Compatibility {
  struct Row {
    // Patterns of ids; one that ends in `*` is of all that begin so.
    std::vector<std::string> into;      ///< beside itself
    std::vector<std::string> ask;       ///< disputed, or by what nobody told
    std::vector<std::string> beside;    ///< where another part stands under it already; else to be asked
    std::vector<std::string> not_into;  ///< though it asks for little
    bool permissive = false;            ///< into all others
    std::string why;
  };
  std::map<std::string, Row, std::less<>> rows;                ///< by id
  std::set<std::string, std::less<>> results_free;             ///< of data
  std::set<std::string, std::less<>> outputs_are_derivatives;  ///< of teachers
};

}  // namespace howopen
