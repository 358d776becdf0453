// Jobs, redirects, tokens, quotas and second attempts. The quotas are shared by all questions: what a service says is
// left is never exceeded, and a wait is one wait for everybody.
//
//   ask(1, {file, a/b, <sha>, LICENSE})  ->  GET …/a/b/resolve/<sha>/LICENSE, 307 to …/api/resolve-cache/…, 200
//   429 with RateLimit "api";r=0;t=41    ->  notice "waiting 42 s for the Hub", then the same question again

#include "fetch/online.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <random>

#include "fetch/github.h"
#include "fetch/hub.h"

namespace howopen::fetch {
namespace {

using Clock = Budget::Clock;

constexpr int kMostHops = 5;
constexpr int kMostQuotaWaits = 20;

// A question under way.
struct Job {
  std::size_t ticket = 0;
  Want want;
  std::string etag;
  Request request;
  std::string url;  // of the current hop
  Origin origin;
  std::string commit;  // named by an earlier hop
  int hops = 0;
  bool token_sent = false;  // on this hop
  int attempt = 0;          // failures so far
  int quota_waits = 0;      // times a quota held it back
  int requests = 0;         // sent, redirects not counted
};

bool is_redirect(long status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

std::string name_of(Service service) { return service == Service::github ? "GitHub" : "the Hub"; }

std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::optional<Window> window_of(const Job& job, const Origin& endpoint, const Response& r) {
  if (!(job.origin == endpoint)) return std::nullopt;  // a CDN has no say in the Hub's quota
  if (job.request.service == Service::github) {
    return read_github_window(header(r, "x-ratelimit-remaining"), header(r, "x-ratelimit-reset"), header(r, "x-ratelimit-limit"), unix_now());
  }
  return read_window(header(r, "ratelimit"), header(r, "ratelimit-policy"));
}

}  // namespace

struct Online::Impl {
  explicit Impl(OnlineOptions o) : options(std::move(o)), transport(options.transport) {}

  OnlineOptions options;
  Transport transport;
  std::map<Service, Origin> origins;
  std::map<Service, std::string> tokens;
  std::deque<Job> waiting;
  std::multimap<Clock::time_point, Job> later;
  std::map<std::size_t, Job> sent;  // by the transport's id
  std::size_t next_id = 0;
  std::deque<Reply> ready;
  Budget budget;
  bool reached = false;    // somebody answered in this run
  Milliseconds waited{0};  // for quotas, overlaps counted once
  Clock::time_point waiting_until{};
  std::minstd_rand random{std::random_device{}()};

  void add(std::size_t ticket, Want want, std::string etag) {
    Job job;
    job.ticket = ticket;
    const bool github = want.topic == Topic::github_tree || want.topic == Topic::github_file;
    job.request = github ? github_request(want, options.github.url) : hub_request(want, options.hub.url);
    job.want = std::move(want);
    job.etag = std::move(etag);
    waiting.push_back(std::move(job));
  }

  // Sends what may be sent now; puts aside what a quota holds back.
  void start() {
    const auto now = Clock::now();
    while (!later.empty() && later.begin()->first <= now) {
      waiting.push_back(std::move(later.begin()->second));
      later.erase(later.begin());
    }
    while (!waiting.empty() && sent.size() < static_cast<std::size_t>(options.in_flight)) {
      Job job = std::move(waiting.front());
      waiting.pop_front();
      const Origin& endpoint = origins.at(job.request.service);
      if (job.hops == 0) {
        job.url = job.request.url;
        job.origin = endpoint;
      }
      // Every hop on the service's own host costs one of its quota; a CDN's does not.
      const Milliseconds hold = job.origin == endpoint ? budget.take(job.request.bucket, now) : Milliseconds(0);
      if (hold.count() > 0) {
        wait_for_quota(std::move(job), hold);
        continue;
      }
      if (job.hops == 0) ++job.requests;
      send(std::move(job));
    }
  }

  void send(Job job) {
    const Service service = job.request.service;
    Exchange exchange{job.url, {"Accept: " + job.request.accept}, job.request.most, job.request.head_only};
    const std::string& token = tokens.at(service);
    job.token_sent = !token.empty() && job.origin == origins.at(service);
    if (job.token_sent) exchange.headers.push_back("Authorization: Bearer " + token);
    if (!job.etag.empty()) exchange.headers.push_back("If-None-Match: " + job.etag);
    transport.start(next_id, std::move(exchange));
    sent.emplace(next_id++, std::move(job));
  }

  // Waits for a window to end, or gives up when that would be too long in all.
  void wait_for_quota(Job job, Milliseconds wait) {
    const auto now = Clock::now();
    const auto until = now + wait;
    const auto from = std::max(now, waiting_until);
    const Milliseconds more = until > from ? std::chrono::duration_cast<Milliseconds>(until - from) : Milliseconds(0);
    const Service service = job.request.service;
    const bool anonymous = tokens.at(service).empty();
    if (waited + more > options.max_wait || ++job.quota_waits > kMostQuotaWaits) {
      const std::string token = service == Service::github ? "GITHUB_TOKEN" : "HF_TOKEN";
      const std::string why = fmt::format("{}'s quota is used up for another {} s{}", name_of(service), (wait.count() + 999) / 1000,
                                          anonymous ? "; with " + token + " it is larger" : "");
      return reply(job, failed(job.want, {Trouble::rate_limited, false, why}, job.request.url));
    }
    if (more.count() > 0) {
      waited += more;
      waiting_until = until;
      if (options.notice) options.notice({Notice::Kind::waiting, name_of(service), wait, anonymous});
    }
    job.hops = 0;
    later.emplace(until, std::move(job));
  }

  // Asks again after a while; false when it was tried often enough.
  bool retry(Job& job) {
    if (job.attempt + 1 >= options.attempts) return false;
    const auto wait = backoff(job.attempt + 1, std::uniform_real_distribution<>(0, 1)(random));
    if (!wait || *wait > options.max_wait) return false;
    ++job.attempt;
    job.hops = 0;
    later.emplace(Clock::now() + *wait, std::move(job));
    return true;
  }

  void reply(const Job& job, Answer answer) { ready.push_back({job.ticket, job.want, std::move(answer), job.requests}); }

  // Goes on where a redirect leads; nothing is left of the job then.
  void follow(Job job, const Finished& f) {
    const auto to = origin_of(f.redirect);
    const Origin& endpoint = origins.at(job.request.service);
    std::string refusal;
    if (!to) refusal = "a redirect that leads nowhere";
    else if (++job.hops > kMostHops) refusal = fmt::format("more than {} redirects", kMostHops);
    else if (judge_hop(endpoint, job.origin, *to) == Hop::refuse) refusal = fmt::format("a redirect to {}://{}, which is not followed", to->scheme, to->host);
    if (!refusal.empty()) return reply(job, failed(job.want, {Trouble::network, false, refusal}, job.url));
    if (const auto named = header(f.response, "x-repo-commit"); !named.empty()) job.commit = named;
    job.url = f.redirect;
    job.origin = *to;
    waiting.push_front(std::move(job));
  }

  void done(Finished f) {
    const auto it = sent.find(f.id);
    Job job = std::move(it->second);
    sent.erase(it);
    if (job.origin == origins.at(job.request.service)) budget.done(job.request.bucket);
    if (f.failure) {
      // Where nobody has answered yet, it is the network that is not there, and asking again is no use.
      const bool again = f.failure->trouble == Trouble::network && (reached || !f.failure->unreachable);
      if (!again || !retry(job)) reply(job, failed(job.want, *f.failure, job.url));
      return;
    }
    reached = true;
    const auto window = window_of(job, origins.at(job.request.service), f.response);
    if (window) budget.learn(*window, Clock::now());
    if (is_redirect(f.response.status)) return follow(std::move(job), f);
    if (!job.commit.empty()) f.response.headers.try_emplace("x-repo-commit", job.commit);
    const bool github = job.request.service == Service::github;
    if (!github && job.token_sent && token_refused(f.response, f.body)) return without_token(std::move(job));
    Answer answer = github ? github_answer(job.want, f.response, std::move(f.body)) : hub_answer(job.want, f.response, std::move(f.body), job.token_sent);
    answer.personal = job.token_sent;
    if (answer.trouble == Trouble::rate_limited) {
      if (const auto told = told_to_wait(window, header(f.response, "retry-after"))) return wait_for_quota(std::move(job), *told);
    }
    const bool again = worth_retrying(f.response.status) || answer.trouble == Trouble::rate_limited;
    if (!again || !retry(job)) reply(job, std::move(answer));
  }

  // A stale token would break even what everybody may read: public data is asked for without it.
  void without_token(Job job) {
    if (!tokens[Service::hub].empty() && options.notice) options.notice({Notice::Kind::token_refused, name_of(Service::hub), {}, true});
    tokens[Service::hub].clear();
    job.hops = 0;
    waiting.push_front(std::move(job));
  }

  Milliseconds patience() const {
    if (later.empty()) return Milliseconds(1000);
    const auto due = std::chrono::duration_cast<Milliseconds>(later.begin()->first - Clock::now()) + Milliseconds(1);
    return std::clamp(due, Milliseconds(0), Milliseconds(1000));
  }
};

Online::Online(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Online::~Online() = default;

Result<std::unique_ptr<Online>> Online::open(OnlineOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  struct Row {
    Service service;
    const Endpoint* endpoint;
    const char* fix;
  };
  for (const Row& row : {Row{Service::hub, &impl->options.hub, "set HF_ENDPOINT or --endpoint to something like https://huggingface.co"},
                         Row{Service::github, &impl->options.github, "set GITHUB_API_URL to something like https://api.github.com"}}) {
    const auto origin = origin_of(row.endpoint->url);
    if (!origin || (origin->scheme != "https" && origin->scheme != "http")) {
      return fail(Fault::usage, "not an http or https address", without_secrets(row.endpoint->url), row.fix);
    }
    impl->origins[row.service] = *origin;
    // Never in the clear to another machine.
    impl->tokens[row.service] = origin->scheme == "https" || loopback(*origin) ? row.endpoint->token : std::string();
  }
  return std::unique_ptr<Online>(new Online(std::move(impl)));
}

void Online::ask(std::size_t ticket, Want want, std::string etag) { impl_->add(ticket, std::move(want), std::move(etag)); }

const std::map<std::string, Window>& Online::windows() const { return impl_->budget.windows(); }

std::optional<Reply> Online::next() {
  Impl& my = *impl_;
  while (my.ready.empty()) {
    my.start();
    if (!my.ready.empty()) break;
    if (my.sent.empty() && my.later.empty()) return std::nullopt;
    if (auto finished = my.transport.wait(my.patience())) my.done(std::move(*finished));
  }
  Reply reply = std::move(my.ready.front());
  my.ready.pop_front();
  return reply;
}

}  // namespace howopen::fetch
