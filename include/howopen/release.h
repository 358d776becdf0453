/// What data/releases/ knows of published models: looked at by hand, dated, with its source. It answers when
/// nobody can look, completes what a card leaves out, and is compared with what is seen.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace howopen {

/// Something curated, with the place it was seen at: a path or line of the model's repository, or an address.
struct CuratedPlace {
  std::string what;
  std::string where;  ///< "" for the entry's own source
};

struct CuratedOrigin {
  std::string id;
  std::string relation;  ///< a word of Relation
  std::string where;
};

struct CuratedDataset {
  std::string id;
  std::string role;                ///< a word of DatasetRole
  std::string state = "released";  ///< released | gated | empty
  bool declared = false;           ///< in the card's `datasets:`
  std::string license;
  std::string where;
};

struct CuratedStatement {
  std::string scope;    ///< a word of Scope
  std::string license;  ///< id of the catalog
  std::string where;
};

/// A repository of the publisher at GitHub.
struct CuratedRepository {
  std::string id;
  std::map<std::string, std::string> texts;  ///< path to id of the license
  std::vector<CuratedStatement> says;        ///< sentences of its README
  std::vector<std::string> entries;          ///< files where a training run of this model starts
  std::vector<std::string> configurations;   ///< settings of such a run
  std::vector<std::string> recipes;          ///< fine-tuning examples for users
  std::vector<std::string> scripts;          ///< runnable inference code
};

/// Models with the same facts.
struct ModelEntry {
  std::vector<std::string> ids;  ///< at the Hub
  std::string title;
  std::string released;  ///< date or month
  std::string gate = "none";
  std::string format = "safetensors";
  std::int64_t files = -1;    ///< of one complete set; -1 where nobody counted
  std::int64_t present = -1;  ///< of those; -1 for all
  bool adapter = false;
  std::int64_t parameters = -1;
  std::int64_t bytes = -1;  ///< of one complete set, by the sizes of its files; -1 where nobody recorded them
  std::string quantization;
  std::string type;  ///< of the stored elements where it is not one of two bytes: `F32`
  std::string
      config;  ///< fields of config.json that tell what a context takes, as JSON; "" where none was noted
  std::vector<std::string> loads;    ///< `model_type deepseek_v3`, `pipeline StableDiffusionPipeline`
  std::vector<std::string> remote;   ///< files that auto_map names and that are there
  std::vector<std::string> scripts;  ///< runnable inference code in the repository
  std::vector<std::string> tags;     ///< `license:` of the card
  std::string license_name;
  std::string dangling;                      ///< file that license_link names and that is not there, or empty
  std::map<std::string, std::string> texts;  ///< path to id of the license; "" for a text nobody knows
  std::string gate_text;                     ///< id of the license in the prompt of the gate
  std::vector<CuratedStatement> says;        ///< sentences of the card
  std::vector<CuratedOrigin> origins;
  std::vector<CuratedRepository> github;
  std::vector<CuratedDataset> datasets;
  std::vector<CuratedPlace> data;    ///< prose about training data
  std::vector<CuratedPlace> claims;  ///< "open source" and its like
  std::string data_reason;           ///< why data is not published, legal or technical, as the publisher says
  std::string data_withheld;   ///< who looked and found none of it published; "" where nobody noted that
  bool code_searched = false;  ///< its source is a look at the publisher's repositories
  std::string vendor;
  std::string source;
  std::string as_of;
};

}  // namespace howopen
