// howopen site: results of batches as files for any web host. Nothing of it needs a server.
//
//   howopen site results.jsonl --output public  ->  public/index.html, models/, badges/, feed.json

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "cli/commands.h"
#include "files/file_io.h"
#include "files/streams.h"
#include "howopen/page.h"
#include "run/options.h"
#include "run/result_lines.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

// An empty folder, or one that holds a site: nothing else is written over.
Result<void> check_folder(const std::string& folder) {
  if (auto inside = files::stays_inside(folder + "/index.html"); !inside) return inside;
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status)) return fail(Fault::usage, "not a folder", folder, "name a folder");
  if (fs::is_empty(folder, error) || fs::exists(fs::path(folder) / "feed.json", error)) return {};
  return fail(Fault::usage, "a folder that holds something else", folder, "name an empty folder");
}

// A site is made again in a moment; no file of it is worth waiting for the disk.
Result<void> put(const fs::path& path, const std::string& content) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  // A link would lead elsewhere.
  if (fs::is_symlink(fs::symlink_status(path, error))) fs::remove(path, error);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) return fail(Fault::usage, "cannot be written", path.string());
  return {};
}

}  // namespace

Result<int> site(const SitePlan& plan, const Common& common, const Catalog& catalog) {
  if (auto fit = check_folder(plan.output); !fit) return tl::unexpected<Error>(fit.error());
  const fs::path folder = plan.output;
  Page index(catalog, true);
  Result<void> wrote;
  std::set<std::string> pages;
  std::string feed = feed_head(catalog);
  auto read = run::each_result(plan.files, [&](std::string_view line) {
    if (!wrote) return true;
    const std::vector<SiteFile> files = site_files(line, catalog);
    if (files.empty()) return false;
    // Of two lines about one model the first counts.
    if (!pages.insert(files.front().path).second) return true;
    for (const SiteFile& f : files) {
      if (wrote) wrote = put(folder / f.path, f.content);
    }
    if (index.models() > 0) feed += ",\n";
    feed += feed_entry(line);
    index.add(line);
    return true;
  });
  if (!read) return tl::unexpected<Error>(read.error());
  const std::size_t models = index.models();
  if (wrote) wrote = put(folder / "feed.json", feed + feed_tail());
  if (wrote) wrote = put(folder / "index.html", index.take());
  if (!wrote) return tl::unexpected<Error>(wrote.error());
  if (!common.quiet)
    files::write_err(
        fmt::format("{}: {} model{}\n", (folder / "index.html").string(), models, models == 1 ? "" : "s"));
  return kJudged;
}

}  // namespace howopen::cli
