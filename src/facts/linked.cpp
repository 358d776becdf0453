// GitHub repositories that the card names: those of the same publisher are read by their trees of files, not
// by what they say of themselves. A repository with a README alone holds no code, whatever its name.
//
//   card of acme/Foo-7B links github.com/acme/foo  ->  tree of acme/foo; its LICENSE; its README.md when the
//   model's own repository has no license text

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "facts/curated.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "license/identify.h"
#include "text/limits.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::lower;

constexpr std::size_t kMostPlaces = 12;
constexpr std::size_t kMostTexts = 4;

std::size_t common_head(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

bool is_readme(std::string_view path) {
  return text::equal_ignoring_case(path, "README.md");
}

// "Janus-Pro-7B" in a table of models, or a link to it at the Hub.
bool speaks_of(const Card& readme, std::string_view id) {
  const std::string name = lower(repository_name(id));
  if (name.size() >= 5 && readme.prose.may_say(name)) {
    for (std::size_t i = 0; i < readme.text.blocks.size(); ++i) {
      if (readme.prose.block(i).find(name) != std::string_view::npos) return true;
    }
  }
  return std::any_of(readme.text.links.begin(), readme.text.links.end(), [&](const text::Link& link) {
    const auto hub = hub::hub_link(link.url);
    return hub && text::equal_ignoring_case(hub->id, id);
  });
}

// "See the [license](…)", or a link under such a heading.
bool says_license(const Card& card, const text::Link& link) {
  static constexpr text::Phrases kLicense("licens", "licenc");
  return kLicense.in(lower(link.text)) || kLicense.in(lower(link.url)) ||
         kLicense.in(card.prose.heading_of(link.block));
}

// "[Training code](…)", "trained with <link>": the card's word for where the model comes from. Which files
// are there is still looked at; what is for the reader's own tuning is no such word.
bool says_training(const Card& card, const text::Link& link) {
  static constexpr text::Phrases kTrains("training code", "train code", "training script", "pretraining code",
                                         "pre-training code", "trained with", "trained using",
                                         "training framework", "training library", "training repo");
  static constexpr text::Phrases kTunes("fine-tun", "finetun");
  const auto says = [](std::string_view words) { return kTrains.in(words) && !kTunes.in(words); };
  if (says(lower(link.text))) return true;
  const std::string_view text = card.prose.block(link.block);
  if (text.size() > 2000 || !card.prose.some_of(kTrains)) return false;
  const std::string anchor = lower(link.text.empty() ? link.url : link.text);
  for (const reading::Sentence& s : reading::sentences(text, card.text.blocks[link.block].text)) {
    if (s.text.find(anchor) != std::string_view::npos && says(s.text)) return true;
  }
  return false;
}

// Why a file that the listing has cannot be seen: that it is not there is no answer.
Unseen lost(const Reading& reading) {
  const Unseen why = unseen(reading.answer, reading.unreadable);
  const bool skipped = reading.answer.outcome == Outcome::skipped;
  return why == Unseen::absent || skipped ? Unseen::failed : why;
}

}  // namespace

std::vector<Place> places_of(const Repo& repo, const Catalog& catalog) {
  std::vector<Place> out;
  std::set<std::string> seen;
  const std::vector<text::Link> none;
  const Card* card = repo.card();
  for (const text::Link& link : card != nullptr ? card->text.links : none) {
    const auto github = hub::github_link(link.url);
    if (!github || out.size() >= kMostPlaces) continue;
    Place place;
    place.id = fmt::format("{}/{}", github->owner, github->name);
    place.for_training = says_training(*card, link);
    place.for_license = says_license(*card, link);
    if (!seen.insert(lower(place.id)).second) {
      for (Place& known : out) {
        if (!text::equal_ignoring_case(known.id, place.id)) continue;
        known.for_training |= place.for_training;
        known.for_license |= place.for_license;
      }
      continue;
    }
    place.where = repo.place("README.md", link.line);
    place.same_publisher = catalog.same_publisher(owner(repo.id()), github->owner);
    out.push_back(std::move(place));
  }
  for (Place& place : curated_places(repo.id(), catalog)) {
    if (seen.insert(lower(place.id)).second) out.push_back(std::move(place));
  }
  // The publisher's own first, and of those the one that is named like the model.
  const std::string own = lower(repository_name(repo.id()));
  std::stable_sort(out.begin(), out.end(), [&](const Place& a, const Place& b) {
    const auto rank = [&](const Place& p) {
      const std::size_t alike = common_head(lower(repository_name(p.id)), own);
      return std::tuple(!p.same_publisher, alike < 4 ? std::size_t{0} : ~alike);
    };
    return rank(a) < rank(b);
  });
  return out;
}

Want tree_want(const std::string& id) {
  return {Topic::github_tree, id, "", "", ""};
}

Want github_file_want(const std::string& id, const GithubTree& tree, const File& file) {
  return {Topic::github_file, id, tree.commit, file.path, file.blob};
}

std::vector<const File*> deciding_files(const GithubTree& tree, bool readme, const Catalog& catalog) {
  std::vector<const File*> out;
  for (const File& file : tree.files) {
    if (file.path.find('/') != std::string::npos) continue;
    const auto scope = license_file(file.path);
    const bool text = scope && *scope != Scope::policy && *scope != Scope::notice &&
                      out.size() < kMostTexts && known_text(file, catalog) == nullptr;
    if ((text || (readme && is_readme(file.path))) && file.size > 0 &&
        file.size <= static_cast<std::int64_t>(limits::kLicenseText))
      out.push_back(&file);
  }
  return out;
}

std::vector<Linked> gather_linked(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  std::vector<Linked> out;
  for (const Place& place : places_of(repo, catalog)) {
    const auto* tree = readings.get<GithubTree>(tree_want(place.id));
    if (tree == nullptr) continue;
    Linked linked;
    linked.id = place.id;
    linked.where = place.where;
    linked.same_publisher = place.same_publisher;
    linked.commit = tree->commit;
    linked.files = static_cast<std::int64_t>(tree->files.size());
    linked.truncated = tree->truncated;
    const auto at = [&](std::string_view path, int line) {
      const std::string anchor = line > 0 ? fmt::format("#L{}", line) : std::string();
      return fmt::format("https://github.com/{}/blob/{}/{}{}", place.id, tree->commit, path, anchor);
    };
    for (const File& file : tree->files) {
      if (file.path.find('/') != std::string::npos) continue;
      const Want want = github_file_want(place.id, *tree, file);
      const Reading* reading = readings.find(want);
      if (const auto* readme = readings.get<Card>(want); readme != nullptr && is_readme(file.path)) {
        linked.license.card = {true, at(file.path, 0), Kind::text};
        linked.names_model = speaks_of(*readme, repo.id());
        linked.license.statements =
            license_statements({*readme, repo.id(), [&](int line) { return at(file.path, line); }, false,
                                [&] { return names_a_base(repo, catalog); }},
                               catalog);
      } else if (reading != nullptr && is_readme(file.path)) {
        linked.license.card = {lost(*reading), at(file.path, 0)};
      }
      const auto scope = license_file(file.path);
      if (!scope || linked.license.texts.size() >= limits::kLicenseFiles) continue;
      LicenseText text{file.path, *scope, file.size, {Unseen::not_asked, at(file.path, 0)}};
      if (const auto* identified = readings.get<Identified>(want))
        text.identified = {*identified, at(file.path, 0), Kind::file};
      else if (const KnownText* known = known_text(file, catalog))
        text.identified = {known_as(*known), at(file.path, 0), Kind::file};
      else if (reading != nullptr)
        text.identified = {lost(*reading), at(file.path, 0)};
      linked.license.texts.push_back(std::move(text));
    }
    out.push_back(std::move(linked));
  }
  return out;
}

}  // namespace howopen::facts
