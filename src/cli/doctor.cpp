// howopen doctor: what is seen of the world between us and the Hub, and whether each part works. Secrets are
// named by where they were found, never shown.
//
//   the Hub   https://huggingface.co   answers; 499 of 500 API requests left for 295 s
//   token     HF_TOKEN                 refused: log in again

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/output.h"
#include "fetch/disk_cache.h"
#include "fetch/http.h"
#include "files/environment.h"
#include "report/layout.h"
#include "run/hub_options.h"
#include "run/options.h"
#include "run/world.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;
using text::Json;

struct Line {
  std::string what;
  std::string value;
  std::string says;
  bool works = true;
};

std::string quota_words(const std::map<std::string, fetch::QuotaWindow>& windows, const std::string& bucket) {
  const auto w = windows.find(bucket);
  if (w == windows.end()) return {};
  const std::string of = w->second.quota < 0 ? std::string() : fmt::format(" of {}", w->second.quota);
  return fmt::format("; {}{} requests left for {} s", w->second.remaining, of, w->second.reset_s);
}

// Asks the Hub for one record of its list and GitHub for its quota: the cheapest questions there are.
Result<std::vector<Line>> ask_services(const Common& common) {
  TRY(fetch::OnlineOptions options, run::online_options(common));
  TRY(const run::Secret token, run::hub_token(common));
  const std::string hub = options.hub.url;
  const std::string github = options.github.url;
  const bool github_token = !options.github.token.empty();
  std::map<std::string, bool> refused;
  options.notice = [&](const fetch::Notice& n) {
    if (n.kind == fetch::Notice::Kind::token_refused)
      refused[n.service] = true;
    else if (n.kind == fetch::Notice::Kind::silent)
      run::tell_notice(n, common);
  };
  options.max_wait = std::chrono::milliseconds(0);
  TRY(const auto online, fetch::Online::open(std::move(options)));
  online->ask(0, {Topic::listing, "", "", "limit=1", ""});
  online->ask(1, {Topic::github_quota, "", "", "", ""});
  Answer answers[2];
  while (auto reply = online->next()) answers[reply->ticket] = std::move(reply->answer);
  const auto says = [&](const Answer& a, const char* bucket) {
    if (a.outcome == Outcome::got) return "answers" + quota_words(online->windows(), bucket);
    return fmt::format("{}: {}", word(a.trouble), a.message);
  };
  const auto token_says = [&](bool present, const char* service, const Answer& a) -> std::string {
    if (!present) return "none: anonymous rate limits apply";
    if (refused[service]) return "refused: log in again, or unset it for public models";
    return a.outcome == Outcome::got ? "accepted" : "not tried";
  };
  std::vector<Line> out;
  // A page of the list is JSON and a list; a captive portal's is not.
  const bool list = answers[0].outcome == Outcome::got && answers[0].body.starts_with('[');
  out.push_back({"the Hub", hub,
                 answers[0].outcome == Outcome::got && !list ? "answers, but not as the Hub does"
                                                             : says(answers[0], "api"),
                 list});
  out.push_back({"token", token.from.empty() ? "-" : token.from,
                 token_says(!token.value.empty(), "the Hub", answers[0]), !refused["the Hub"]});
  out.push_back({"GitHub", github, says(answers[1], "github"), answers[1].outcome == Outcome::got});
  out.push_back({"token", github_token ? "GITHUB_TOKEN" : "-", token_says(github_token, "GitHub", answers[1]),
                 !refused["GitHub"]});
  return out;
}

void local_lines(const Common& common, std::vector<Line>& out) {
  for (const auto& [name, value] : files::proxies())
    out.push_back({"proxy", name, fetch::masked(value), true});
  if (files::proxies().empty()) out.push_back({"proxy", "-", "none is set", true});
  for (const char* name : {"SSL_CERT_FILE", "SSL_CERT_DIR"}) {
    const std::string path = files::variable(name);
    if (path.empty()) continue;
    const bool there = access(path.c_str(), R_OK) == 0;
    out.push_back({"certificates", name, path + (there ? "" : ": cannot be read"), there});
  }
  if (files::variable("SSL_CERT_FILE").empty() && files::variable("SSL_CERT_DIR").empty()) {
    const fetch::Certificates found = files::certificates();
    out.push_back({"certificates", found.none ? "-" : found.file,
                   found.none ? fetch::no_certificates() : "those of the system", !found.none});
  }
  const std::string own = files::cache_folder();
  std::error_code error;
  if (common.no_cache || own.empty()) {
    out.push_back({"cache", "-", common.no_cache ? "not used" : "no place for one: set HOWOPEN_CACHE", true});
  } else {
    fetch::make_cache_folder(own);
    const bool writable = access(own.c_str(), W_OK) == 0;
    out.push_back(
        {"cache", own,
         writable ? fmt::format("{} entries", fetch::list_cache(own).size()) : "cannot be written to",
         writable});
  }
  const std::string theirs = files::hub_cache_folder();
  std::size_t models = 0;
  fs::directory_iterator it(theirs, error);
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    if (it->path().filename().string().starts_with("models--")) ++models;
  }
  out.push_back({"Hub's cache", theirs,
                 fmt::format("{} model{}, read when offline", models, models == 1 ? "" : "s"), true});
}

std::string shown(const std::vector<Line>& lines, Format format, const Style& style) {
  if (format == Format::json) {
    Json list = Json::array();
    for (const Line& l : lines) {
      Json one;
      one.set("what", Json(l.what));
      one.set("value", Json(l.value));
      one.set("says", Json(l.says));
      one.set("works", Json(l.works));
      list.push(std::move(one));
    }
    return text::write_json(list, true);
  }
  std::string out;
  for (const Line& l : lines) {
    const State state = l.works ? State::available : State::unavailable;
    out += fmt::format(
        "{} {}{}  {}\n", report::paint(report::mark(state, style), report::color_of(state), style),
        report::pad(l.what, 14), report::pad(text::printable(l.value), 24), text::printable(l.says));
  }
  return out;
}

}  // namespace

Result<int> doctor(const Common& common) {
  std::vector<Line> lines;
  if (run::offline(common)) {
    lines.push_back(
        {"offline", "-", "nobody is asked (--offline, HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE)", true});
  } else {
    TRY(lines, ask_services(common));
  }
  local_lines(common, lines);
  bool works = true;
  for (const Line& l : lines) works = works && (l.works || l.what == "GitHub");
  const auto written =
      emit(common, [&](Format format, const Style& style) { return shown(lines, format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return works ? kJudged : kUndecided;
}

}  // namespace howopen::cli
