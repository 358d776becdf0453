// Jobs, redirects, tokens, quotas and second attempts. The quotas are shared by all questions: what a service
// says is left is never exceeded, and a wait is one wait for everybody.
//
//   ask(1, {file, a/b, <sha>, LICENSE})  ->  GET …/a/b/resolve/<sha>/LICENSE, 307 to …/api/resolve-cache/…,
//   200 429 with RateLimit "api";r=0;t=41    ->  notice "waiting 42 s for the Hub", then the same question
//   again

#include "fetch/online.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <random>
#include <utility>

#include "fetch/github.h"
#include "fetch/hub.h"
#include "fetch/job.h"
#include "fetch/silence.h"

namespace howopen::fetch {
namespace {

using Clock = Budget::Clock;
constexpr int kMostHops = 5;
constexpr int kMostRefused = 20;  // times that one question is answered by 429
constexpr int kMostUnheard = 5;
// Bodies that have come and not been read: beyond that nothing more is asked for.
constexpr std::size_t kBytesInFlight = 64u << 20;

bool is_redirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_cache_hop(const std::string& url) {
  return url.find("/api/resolve-cache/") != std::string::npos;
}

std::optional<QuotaWindow> window_of(Service service, const Response& r) {
  if (service == Service::github) {
    return read_github_window(header(r, "x-ratelimit-remaining"), header(r, "x-ratelimit-reset"),
                              header(r, "x-ratelimit-limit"), r.date_s);
  }
  return read_window(header(r, "ratelimit"), header(r, "ratelimit-policy"));
}

Milliseconds until_then(Time then) {
  return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(then - Clock::now()));
}

}  // namespace

struct Online::Impl {
  explicit Impl(OnlineOptions o)
      : options(std::move(o)),
        transport(options.transport),
        pace(options.most_per_second),
        silence(options.silence) {}

  OnlineOptions options;
  Transport transport;
  std::map<Service, Party> parties;
  std::deque<Job> waiting;
  std::deque<Job> held;  // until a response tells how much of a quota is left
  std::multimap<Time, Job> later;
  std::map<std::size_t, Job> sent;  // by the transport's id
  std::size_t next_id = 0;
  std::deque<Reply> ready;
  Budget budget;
  Pace pace;
  Silence silence;
  std::size_t bytes_seen = 0;  // of bodies
  std::int64_t requests = 0;   // sent to the services, redirects too
  // Which quota the Hub's cache of small files counts against is told by its answers.
  std::string cache_hop_bucket = "resolvers";
  std::minstd_rand random{std::random_device{}()};

  Party& party(const Job& job) { return parties.at(job.request.service); }

  void add(std::size_t ticket, Want want, std::string etag) {
    Job job;
    job.ticket = ticket;
    const bool github = want.topic == Topic::github_tree || want.topic == Topic::github_file ||
                        want.topic == Topic::github_quota;
    job.request = github ? github_request(want, options.github.url) : hub_request(want, options.hub.url);
    job.want = std::move(want);
    job.etag = std::move(etag);
    waiting.push_back(std::move(job));
  }

  bool used_up() const { return options.most_requests > 0 && requests >= options.most_requests; }
  // What is left waits for a quota that will not grow in this run.
  bool spent() const {
    return used_up() && sent.empty() && ready.empty() && !(waiting.empty() && later.empty() && held.empty());
  }

  // Sends what may be sent now; puts aside what a quota holds back.
  void start() {
    const auto now = Clock::now();
    while (!later.empty() && later.begin()->first <= now) {
      waiting.push_back(std::move(later.begin()->second));
      later.erase(later.begin());
    }
    while (!waiting.empty() && sent.size() < static_cast<std::size_t>(options.in_flight) &&
           transport.bytes() < kBytesInFlight && pace.due() <= Clock::now() && !used_up()) {
      Job job = std::move(waiting.front());
      waiting.pop_front();
      if (job.hops == 0) {
        job.url = job.request.url;
        job.origin = party(job).origin;
      }
      // Every hop on the service's own host costs one of its quota; a CDN's does not.
      const bool own = job.origin == party(job).origin;
      job.bucket = !own ? "" : is_cache_hop(job.url) ? cache_hop_bucket : job.request.bucket;
      const Budget::Taken taken = own ? budget.take(job.bucket, now) : Budget::Taken{};
      switch (taken.grant) {
        case Budget::Grant::go:
          if (job.hops == 0) ++job.requests;
          if (own) {
            ++requests;
            pace.sent(now);
          }
          send(std::move(job));
          break;
        case Budget::Grant::after_a_response:
          held.push_back(std::move(job));
          break;
        case Budget::Grant::later:
          wait_for_quota(std::move(job), until_then(taken.until));
          break;
      }
    }
  }

  void send(Job job) {
    const Party& to = party(job);
    Exchange exchange{job.url, {"Accept: " + job.request.accept}, job.request.most, job.request.head_only};
    job.token_sent = !to.token.empty() && job.origin == to.origin;
    if (job.token_sent) exchange.headers.push_back("Authorization: Bearer " + to.token);
    if (!job.etag.empty()) exchange.headers.push_back("If-None-Match: " + job.etag);
    if (sent.empty()) silence.broken(Clock::now());
    transport.start(next_id, std::move(exchange));
    sent.emplace(next_id++, std::move(job));
  }

  // Waits for a window to end, or gives up when that would be too long in all.
  void wait_for_quota(Job job, Milliseconds wait) {
    const auto until = Clock::now() + wait;
    Party& of = party(job);
    const Milliseconds more =
        std::min(wait, std::max(Milliseconds(0), until_then(until) - until_then(of.waiting_until)));
    if (of.waited + more > of.wait_budget || job.refused > kMostRefused) {
      const std::string hint =
          of.token.empty() ? fmt::format("; with {} it is larger", of.token_name) : std::string();
      Failure spent{Trouble::rate_limited, false, fmt::format("{}'s quota is used up{}", of.name, hint)};
      spent.moment = fmt::format("for another {} s", (wait.count() + 999) / 1000);
      return reply(job, failed(job.want, spent, job.request.url));
    }
    if (more.count() > 0) {
      const bool news = until - of.waiting_until >= std::chrono::seconds(1);
      of.waited += more;
      of.waiting_until = until;
      if (news && options.notice)
        options.notice({Notice::Kind::waiting, of.name, of.origin.host, wait, {}, of.token.empty()});
    }
    // A hop on the service's own host stays where it is; a signed address may not last.
    if (job.origin != of.origin) job.hops = 0;
    later.emplace(until, std::move(job));
  }

  void ask_again(Job job, Milliseconds wait) {
    job.hops = 0;
    later.emplace(Clock::now() + wait, std::move(job));
  }

  Milliseconds pause_after(int attempt) {
    return backoff(attempt, std::uniform_real_distribution<>(0, 1)(random));
  }

  // Asks again after a while; false when it was tried often enough.
  bool retry(Job& job) {
    if (job.attempt + 1 >= options.attempts) return false;
    const Milliseconds wait = pause_after(job.attempt + 1);
    if (wait > options.max_wait) return false;
    ++job.attempt;
    ask_again(std::move(job), wait);
    return true;
  }

  // A service that has answered before may come back: all questions wait for it together. False when it has
  // been away for too long.
  bool sit_out(Job& job) {
    Party& to = party(job);
    const auto now = Clock::now();
    if (!to.down) to.down_since = now;
    to.down = true;
    if (job.outages == 0) job.away_since = now;
    const Milliseconds wait = pause_after(++job.outages);
    // Others may be answered all the while, by another machine of the same name.
    if (now - std::min(to.down_since, job.away_since) + wait > options.outage) return false;
    ask_again(std::move(job), wait);
    return true;
  }

  void reply(const Job& job, Answer answer) {
    ready.push_back({job.ticket, job.want, std::move(answer), job.requests});
  }

  // Goes on where a redirect leads; nothing is left of the job then.
  void follow(Job job, const Finished& f) {
    const auto to = origin_of(f.redirect);
    std::string refusal;
    if (!to)
      refusal = "a redirect that leads nowhere";
    else if (++job.hops > kMostHops)
      refusal = fmt::format("more than {} redirects", kMostHops);
    else if (judge_hop(party(job).origin, job.origin, *to) == Hop::refuse)
      refusal = fmt::format("a redirect to {}://{}, which is not followed", to->scheme, to->host);
    if (!refusal.empty()) return reply(job, failed(job.want, {Trouble::network, false, refusal}, job.url));
    if (const auto named = header(f.response, "x-repo-commit"); !named.empty()) job.commit = named;
    job.url = f.redirect;
    job.origin = *to;
    waiting.push_front(std::move(job));
  }

  void broken(Job job, const Failure& failure) {
    if (failure.unheard && ++job.unheard <= kMostUnheard) {
      waiting.push_front(std::move(job));
      return;
    }
    if (!again(job, failure)) reply(job, failed(job.want, failure, job.url));
  }

  // Asks again where that may help; false where it does not, or was done often enough.
  bool again(Job& job, const Failure& failure) {
    if (failure.trouble != Trouble::network) return false;
    if (!failure.unreachable) return retry(job);
    // Where nobody has answered yet, it is the network that is not there.
    if (!party(job).reached) return false;
    // An address that hangs, or another host that is away, says nothing about the service.
    const bool alone = failure.connected || job.origin != party(job).origin;
    return alone ? retry(job) : sit_out(job);
  }

  // The quota counts what is under way: every hop that was taken from it is given back here.
  std::optional<QuotaWindow> return_to_budget(const Job& job, const Finished& f) {
    const bool answered = !f.failure;
    auto told = answered && !job.bucket.empty() ? window_of(job.request.service, f.response) : std::nullopt;
    if (!job.bucket.empty()) budget.done(job.bucket, answered, told, Clock::now());
    if (told && is_cache_hop(job.url)) cache_hop_bucket = told->bucket;
    for (; !held.empty(); held.pop_back()) waiting.push_front(std::move(held.back()));
    return told;
  }

  // Somebody was asked and says nothing: whoever waits is told for whom.
  void tell_of_silence() {
    // What comes slowly comes all the same.
    if (std::exchange(bytes_seen, transport.bytes()) != transport.bytes()) silence.broken(Clock::now());
    if (sent.empty() || !silence.news(Clock::now()) || !options.notice) return;
    const Party& of = party(sent.begin()->second);
    options.notice({Notice::Kind::silent, of.name, of.origin.host, options.silence, options.transport.timeout,
                    of.token.empty()});
  }

  void done(Finished f) {
    silence.broken(Clock::now());
    const auto it = sent.find(f.id);
    Job job = std::move(it->second);
    sent.erase(it);
    const auto window = return_to_budget(job, f);
    if (f.failure) return broken(std::move(job), *f.failure);
    Party& by = party(job);
    by.reached = true;
    by.down = false;
    if (is_redirect(f.response.status)) return follow(std::move(job), f);
    if (!job.commit.empty()) f.response.headers.try_emplace("x-repo-commit", job.commit);
    if (job.token_sent && token_refused(job.request.service, f.response, f.body))
      return without_token(std::move(job));
    Answer answer = job.request.service == Service::github
                        ? github_answer(job.want, f.response, std::move(f.body))
                        : hub_answer(job.want, f.response, std::move(f.body), job.token_sent);
    answer.personal = job.token_sent;
    const bool limited = answer.trouble == Trouble::rate_limited;
    if (limited) {
      ++job.refused;
      if (const auto told = told_to_wait(window, f.response.retry_after_s))
        return wait_for_quota(std::move(job), *told);
    }
    if (!(limited || worth_retrying(f.response.status)) || !retry(job)) reply(job, std::move(answer));
  }

  static bool token_refused(Service service, const Response& r, std::string_view body) {
    return service == Service::github ? r.status == 401 : hub_refused_token(r, body);
  }

  // A stale token would break even what everybody may read: public data is asked for without it.
  void without_token(Job job) {
    Party& by = party(job);
    if (!by.token.empty() && options.notice)
      options.notice({Notice::Kind::token_refused, by.name, by.origin.host, {}, {}, true});
    by.token.clear();
    job.hops = 0;
    waiting.push_front(std::move(job));
  }

  Milliseconds wait_budget() const {
    Milliseconds out(1000);
    if (!later.empty()) out = std::min(out, until_then(later.begin()->first));
    if (!waiting.empty()) out = std::min(out, std::max(Milliseconds(1), until_then(pace.due())));
    if (!silence.told() && !sent.empty()) out = std::min(out, until_then(silence.due()));
    return out;
  }
};

Online::Online(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Online::~Online() = default;

Result<std::unique_ptr<Online>> Online::open(OnlineOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  struct Row {
    Service service;
    const Endpoint* endpoint;
    const char* name;
    const char* token_name;
    const char* fix;
  };
  for (const Row& row : {Row{Service::hub, &impl->options.hub, "the Hub", "HF_TOKEN",
                             "set HF_ENDPOINT or --endpoint to something like https://huggingface.co"},
                         Row{Service::github, &impl->options.github, "GitHub", "GITHUB_TOKEN",
                             "set GITHUB_API_URL to something like https://api.github.com"}}) {
    const auto origin = origin_of(row.endpoint->url);
    if (!origin || (origin->scheme != "https" && origin->scheme != "http"))
      return fail(Fault::usage, "not an http or https address", masked(row.endpoint->url), row.fix);
    // It would be sent to nobody, and stand in every report, log and cache.
    if (has_login(row.endpoint->url))
      return fail(Fault::usage, "an address with a user's name or password", masked(row.endpoint->url),
                  fmt::format("leave it out; a token is read from --token-file or {}", row.token_name));
    Party party{row.name, row.token_name, *origin, {}, false, {}, false, impl->options.max_wait, {}, {}};
    if (row.service == Service::hub)
      party.wait_budget = impl->options.max_wait_hub.value_or(party.wait_budget);
    // Never in the clear to another machine.
    if (origin->scheme == "https" || loopback(*origin)) party.token = row.endpoint->token;
    impl->parties.emplace(row.service, std::move(party));
  }
  return std::unique_ptr<Online>(new Online(std::move(impl)));
}

void Online::ask(std::size_t ticket, Want want, std::string etag) {
  impl_->add(ticket, std::move(want), std::move(etag));
}

bool Online::spent() const {
  return impl_->spent();
}

std::int64_t Online::requests() const {
  return impl_->requests;
}

const std::map<std::string, QuotaWindow>& Online::windows() const {
  return impl_->budget.windows();
}

std::optional<Reply> Online::answer(bool wait) {
  Impl& my = *impl_;
  while (my.ready.empty()) {
    my.start();
    if (!my.ready.empty()) break;
    if (my.spent() || (my.sent.empty() && my.later.empty() && my.waiting.empty())) return std::nullopt;
    if (auto finished = my.transport.wait(wait ? my.wait_budget() : Milliseconds(0))) {
      my.done(std::move(*finished));
    } else {
      my.tell_of_silence();
      if (!wait || my.options.transport.watch != nullptr) return std::nullopt;
    }
  }
  Reply reply = std::move(my.ready.front());
  my.ready.pop_front();
  return reply;
}

}  // namespace howopen::fetch
