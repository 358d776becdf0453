/// What has to go along with models that are passed on, as one document: license texts as they were read,
/// notices, names to be shown, and what else their licenses ask for. Facts and clauses, no legal advice.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/permit.h"
#include "howopen/report.h"
#include "howopen/snapshot.h"
#include "howopen/verdict.h"

namespace howopen {

struct NoticeDocument {
  /// A model that is passed on, or one that it was made from.
  struct Model {
    std::string id;
    std::string commit;   ///< "" where it is not known
    std::string license;  ///< in effect, or of an ancestor its own; an SPDX expression
    std::string made;     ///< the model that was made from it; "" for one that was asked for
    bool operator<(const Model& o) const { return id < o.id; }
  };
  /// A text that goes along, once for all that have it.
  struct Text {
    std::string sha256;
    std::string license;              ///< ids that it is; "" for a notice or what is not known
    std::vector<std::string> places;  ///< `org/name/LICENSE@commit`
    std::string body;
  };
  std::vector<Model> models;
  std::vector<Text> texts;
  std::vector<std::string> copyright;  ///< lines of the texts, each once
  std::vector<Clause> duties;          ///< `where` is the model
  std::vector<std::string> missing;    ///< what should be in here and could not be read
};

/// The files that a notice holds: ask for them.
std::vector<Want> notice_files(std::span<const Facts> models);

/// Pure. `files` are the answers to notice_files(); what was not answered is missing.
NoticeDocument notice_of(std::span<const Facts> models, std::span<const Verdict> verdicts,
                         const Snapshot& files, const Catalog& catalog);

/// text, markdown, html, spdx-tagvalue (SPDX 2.3) or json. `day` is the date that SPDX asks for.
std::string render_notice(const NoticeDocument& notice, Format format, const std::string& day,
                          const Catalog& catalog);

}  // namespace howopen
