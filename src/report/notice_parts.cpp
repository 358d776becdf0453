// What has to go along with models that are passed on.
//
//   Llama 3.3 under acme/tune  ->  LICENSE of the base as it was read; show "Built with Llama" (s.1(b)(i)(B))

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/duties.h"
#include "catalog/expression.h"
#include "catalog/served.h"
#include "catalog/traits.h"
#include "howopen/notice.h"
#include "text/digest.h"
#include "text/utf8.h"

namespace howopen {
namespace {

// What passes weights on, changed or not, alone or in something else.
constexpr Purpose kPassingOn[] = {Purpose::redistribute, Purpose::publish_finetune, Purpose::product};

std::string at_commit(std::string_view id, std::string_view path, std::string_view commit) {
  return fmt::format("{}/{}{}{}", id, path, commit.empty() ? "" : "@", commit);
}

class Collecting {
 public:
  Collecting(const Snapshot& files, const Catalog& catalog) : files_(files), catalog_(catalog) {}

  void model(const Facts& f, const Verdict& v) {
    const std::string& expression = v.license.effective.expression;
    out_.models.push_back({f.id, f.revision, expression, ""});
    if (catalog::only_served(v)) {
      out_.duties.push_back(
          {"has nothing to pass on: its weights are not published, and its vendor's terms "
           "of service were not read",
           "", "", f.id, Permission::no});
      return;
    }
    if (!f.repository) {
      out_.missing.push_back(f.id + " could not be looked at");
      return;
    }
    std::set<std::string> with_text;
    texts(f.id, f.revision, f.license, with_text);
    for (const Ancestor& a : f.lineage) {
      if (!a.repository) {
        out_.missing.push_back(
            fmt::format("{}, which {} was made from, could not be looked at", a.id, a.child));
        continue;
      }
      out_.models.push_back({a.id, a.revision, license_of(v, a.id), a.child});
      texts(a.id, a.revision, a.license, with_text);
    }
    if (v.license.effective.cls == LicenseClass::none) {
      out_.missing.push_back(f.id + " has no license: it may not be passed on");
      return;
    }
    const auto parsed = catalog::parse_expression(expression, catalog_);
    if (expression.empty() || !parsed || parsed->id == "LicenseRef-unknown") {
      out_.missing.push_back("the license of " + f.id + " is not known");
      return;
    }
    for (const std::string& id : parsed->licenses()) {
      const std::string plain(catalog::without_exception(id));
      if (!with_text.contains(plain) && plain != "CC0-1.0")
        out_.missing.push_back(fmt::format("no text of {} was read for {}", catalog_.in_words(plain), f.id));
      duties(plain, f.id);
    }
  }

  NoticeDocument finish() {
    const auto unique = [](auto& list, auto less, auto same) {
      std::sort(list.begin(), list.end(), less);
      list.erase(std::unique(list.begin(), list.end(), same), list.end());
    };
    unique(out_.models, std::less<>(),
           [](const NoticeDocument::Model& a, const NoticeDocument::Model& b) { return a.id == b.id; });
    unique(out_.missing, std::less<>(), std::equal_to<>());
    unique(out_.copyright, std::less<>(), std::equal_to<>());
    for (auto& [sha, text] : texts_) {
      unique(text.places, std::less<>(), std::equal_to<>());
      out_.texts.push_back(std::move(text));
    }
    std::sort(
        out_.texts.begin(), out_.texts.end(),
        [](const NoticeDocument::Text& a, const NoticeDocument::Text& b) { return a.places < b.places; });
    return std::move(out_);
  }

 private:
  static std::string license_of(const Verdict& v, const std::string& id) {
    for (const LineageEntry& e : v.lineage) {
      if (e.id == id) return e.license;
    }
    return {};
  }

  void texts(const std::string& id, const std::string& commit, const License& license,
             std::set<std::string>& with_text) {
    for (const LicenseText& t : license.texts) {
      const auto found = files_.find({Topic::file, id, commit, t.path, ""});
      const std::string place = at_commit(id, t.path, commit);
      if (found == files_.end() || found->second.outcome != Outcome::got) {
        // Of a model that is known offline somebody read the text once; it is not kept.
        const bool recorded = t.identified && t.identified->match == Match::recorded;
        out_.missing.push_back(recorded ? place + " was not asked for: howopen's facts hold no license texts"
                                        : place + " could not be read");
        continue;
      }
      std::string licenses;
      if (t.identified) {
        for (const std::string& one : t.identified->licenses) {
          with_text.insert(one);
          // A text that was changed has an id of its own.
          with_text.insert(altered_id(one, t.identified->match));
          licenses += (licenses.empty() ? "" : " AND ") + one;
        }
      }
      const std::string& body = found->second.body;
      const std::string sha = text::sha256(body);
      NoticeDocument::Text& text = texts_[sha];
      text.sha256 = sha;
      text.license = licenses;
      text.places.push_back(place);
      text.body = body;
      copyright(body);
    }
    if (license.unlisted) out_.missing.push_back("not all files of " + id + " are known");
  }

  void copyright(std::string_view body) {
    constexpr std::size_t kMostLines = 500;
    constexpr std::size_t kLongest = 200;
    while (!body.empty() && out_.copyright.size() < kMostLines) {
      const std::size_t end = std::min(body.find('\n'), body.size());
      std::string_view line = text::trim(body.substr(0, end));
      body.remove_prefix(std::min(end + 1, body.size()));
      while (!line.empty() && (line.front() == '#' || line.front() == '*' || line.front() == ' '))
        line.remove_prefix(1);
      if (line.size() > kLongest) continue;
      const std::string lower = text::lower(line);
      const bool says =
          lower.starts_with("copyright") || lower.starts_with("(c)") || lower.starts_with("\xC2\xA9");
      const bool dated = lower.find("19") != std::string::npos || lower.find("20") != std::string::npos;
      const bool form = lower.find('[') != std::string::npos || lower.find('<') != std::string::npos;
      if (says && dated && !form) out_.copyright.emplace_back(line);
    }
  }

  void duties(const std::string& id, const std::string& model) {
    const LicenseEntry* entry = catalog_.license(id);
    if (entry == nullptr || !entry->terms.read) {
      out_.missing.push_back(
          fmt::format("what {} asks of {} was not written down: read it", catalog_.in_words(id), model));
      return;
    }
    const auto say = [&](std::string words, const std::string& clause) {
      const bool known = std::any_of(out_.duties.begin(), out_.duties.end(), [&](const Clause& c) {
        return c.text == words && c.license == id && c.where == model;
      });
      if (!known) out_.duties.push_back({std::move(words), clause, id, model, Permission::yes_if});
    };
    const auto add = [&](const Duty& d) {
      say(catalog::text_of_duty(d.duty, d.words, catalog_.uses()), d.clause);
    };
    // What may not be done with it at all goes first.
    const auto limit = [&](const char* trait, const char* value, const char* words) {
      if (catalog::trait_is(*entry, trait, value)) say(words, catalog::clause_of(*entry, trait));
    };
    limit("redistribution", "no", "may not pass it on");
    limit("modification", "no", "may not pass on changed copies");
    limit("commercial_use", "no", "may not do so commercially, nor may who receives it use it so");
    limit("commercial_use", "conditional", "may use it commercially on conditions alone");
    limit("territory", "yes", "has no rights in some countries");
    if (const auto policy = catalog::policy_of(*entry, catalog_.uses())) add(*policy);
    for (const Duty& d : entry->terms.duties) {
      const bool about = std::any_of(std::begin(kPassingOn), std::end(kPassingOn), [&](Purpose p) {
        return std::find(d.when.begin(), d.when.end(), p) != d.when.end();
      });
      if (about) add(d);
    }
  }

  const Snapshot& files_;
  const Catalog& catalog_;
  NoticeDocument out_;
  std::map<std::string, NoticeDocument::Text> texts_;
};

}  // namespace

std::vector<Want> notice_files(std::span<const Facts> models) {
  std::set<Want> out;
  const auto of = [&](const std::string& id, const std::string& commit, const License& license) {
    for (const LicenseText& t : license.texts) out.insert({Topic::file, id, commit, t.path, ""});
  };
  for (const Facts& f : models) {
    of(f.id, f.revision, f.license);
    for (const Ancestor& a : f.lineage) of(a.id, a.revision, a.license);
  }
  return {out.begin(), out.end()};
}

NoticeDocument notice_of(std::span<const Facts> models, std::span<const Verdict> verdicts,
                         const Snapshot& files, const Catalog& catalog) {
  Collecting all(files, catalog);
  for (std::size_t i = 0; i < models.size() && i < verdicts.size(); ++i) all.model(models[i], verdicts[i]);
  return all.finish();
}

}  // namespace howopen
