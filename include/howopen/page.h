/// Pages to be looked at and passed on: one file that holds all it needs and asks nobody for anything, and
/// the files of a site. Models are given as elements of `models` of the JSON report, each a line of JSON.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/policy.h"

namespace howopen {

/// One model as a page, or many as a table that can be filtered, sorted and searched, with a section for
/// each. The page needs a JavaScript of its own for the table alone; above `kSections` models the sections
/// are made by it as they are asked for.
class Page {
 public:
  static constexpr std::size_t kSections = 300;
  /// With `linked`, a row leads to a page of its own, `models/<id>.html`, in place of a section.
  explicit Page(const Catalog& catalog, bool linked = false);

  /// False for what is no model.
  bool add(std::string_view model);
  std::size_t models() const { return rows_.size(); }
  std::string take(const GateSummary* gate = nullptr);

 private:
  struct Row {
    std::int64_t rank = 0;  ///< what is to be seen first: denied, undecided, conflicts
    std::string id;
    std::string cells;
    std::string section;
  };
  const Catalog& catalog_;
  bool linked_;
  std::vector<Row> rows_;
  std::map<std::string, std::int64_t, std::less<>> verdicts_;
  std::int64_t conflicts_ = 0;  ///< models that have some
};

/// Files of a site about one model: its page and its badges, by their paths below the site's folder. Nothing
/// for what is no model.
struct SiteFile {
  std::string path;
  std::string content;
};
std::vector<SiteFile> site_files(std::string_view model, const Catalog& catalog);
/// The model in a feed for others, a line of JSON; "" for what is no model.
std::string feed_entry(std::string_view model);
/// The head of such a feed, up to where its entries begin, and what closes it.
std::string feed_head(const Catalog& catalog);
std::string feed_tail();

}  // namespace howopen
