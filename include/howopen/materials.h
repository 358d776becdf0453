/// What a bill of materials names of a model beside its verdict. Taken over from the facts, with the places
/// where it was seen; no opinion in here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "howopen/facts.h"

namespace howopen {

struct Materials {
  struct LicenseFile {
    std::string path;
    std::string sha256;  ///< lower case hex; "" where its bytes are not known
    std::string where;
  };
  /// A model that it was made from, directly or not.
  struct Parent {
    std::string id;
    std::string child;     ///< the model that names it
    std::string revision;  ///< commit it was read at, "" where that is not known
    Relation relation = Relation::unstated;
    Observation named;
  };
  std::string task;     ///< `pipeline_tag` of the record
  std::string library;  ///< that loads it, as the record says
  std::vector<std::string> formats;
  std::int64_t parameters = -1;  ///< -1 where nobody counted them
  std::vector<Dataset> datasets;
  std::vector<Parent> parents;
  std::vector<LicenseFile> licenses;
  std::vector<WeightFile> weights;  ///< of the record, sorted by path
  std::string architecture;         ///< as the model says it: `deepseek_v3`; "" where that is not known
  std::string quantization;
};

Materials materials_of(const Facts& facts);

}  // namespace howopen
