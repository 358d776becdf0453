// The inputs of a batch, each as one function that gives the next model.
//
//   acme/m@v1                             ->  Task{acme/m at v1}
//   {"id":"acme/m","revision":"v1"}       ->  the same
//   a line of prose                       ->  Task{…, problem "not the name of a model"}: it still gets its
//   line

#include "run/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>

#include "fetch/http.h"
#include "fetch/replay.h"
#include "files/file_io.h"
#include "files/lines.h"
#include "files/local.h"
#include "run/look.h"
#include "run/options.h"
#include "run/ref.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameLine = 64u << 10;  // of a list; ids have at most 200 bytes
constexpr std::size_t kShown = 200;           // of a line that names no model

Task no_model(std::string_view line, std::string problem) {
  Task task;
  task.model.text = text::printable(line.substr(0, kShown));
  task.problem = std::move(problem);
  return task;
}

// A list may have blank lines and remarks; they are no models and get no line.
bool remark(std::string_view line) {
  return line.empty() || line.front() == '#';
}

Result<Feed> feed_of(const std::string& path, std::size_t most, int stop,
                     std::function<Task(std::string)> read, bool remarks) {
  TRY(files::Lines opened, files::Lines::open(path, most, stop));
  const auto lines = std::make_shared<files::Lines>(std::move(opened));
  const auto number = std::make_shared<std::size_t>(0);
  Feed feed;
  feed.file = lines->file();
  feed.total = lines->total();
  feed.read = [lines] { return lines->taken(); };
  feed.next = [lines, number, read = std::move(read), remarks](bool wait) -> Result<Fed> {
    std::string line;
    for (;;) {
      switch (lines->next(line, wait)) {
        case files::Lines::Got::blocked:
          return Blocked{};
        case files::Lines::Got::end:
          return Ended{};
        case files::Lines::Got::failed:
          return fail(Fault::usage, "cannot be read", lines->name());
        case files::Lines::Got::line:
          break;
      }
      ++*number;
      if (*number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      const std::string_view content = text::trim(line);
      if (content.empty() || (remarks && remark(content))) continue;
      Task task = lines->cut() ? no_model(content, "a line too long to be read") : read(std::string(content));
      task.line = *number;
      return task;
    }
  };
  return feed;
}

}  // namespace

Facts facts_of_no_model(const Task& task) {
  Facts facts;
  facts.ref = facts.id = facts.asked = task.model.text;
  facts.repository = {Unseen::not_asked, "the input"};
  facts.lookup_errors.push_back(
      {Trouble::parse, task.problem, fmt::format("line {} of the input", task.line), false});
  return facts;
}

Task read_task(std::string_view line, const std::string& endpoint) {
  std::string named(line);
  if (line.starts_with('{')) {
    const auto json = text::parse_json(line);
    if (!json) return no_model(line, "not JSON");
    const std::string_view id = (*json)["id"].string_or((*json)["ref"].string_or(""));
    if (id.empty()) return no_model(line, "the object has no id");
    const std::string_view revision = (*json)["revision"].string_or("");
    named = revision.empty() ? std::string(id) : fmt::format("{}@{}", id, revision);
  }
  // What a scan or another machine wrote names no file of this one.
  if (!line.starts_with('{') && files::names_local(named) && !files::line_names_local(named))
    return no_model(named, "a list names models; write dir: or file: before a path outside ./");
  if (!line.starts_with('{') && files::line_names_local(named)) {
    Task task;
    task.model = files::local_ref(named);
    return task;
  }
  auto model = parse_ref(named, endpoint);
  if (!model)
    return no_model(named,
                    model.error().what + ": " + text::printable(std::string_view(named).substr(0, kShown)));
  Task task;
  task.model = std::move(*model);
  return task;
}

Task read_record_task(std::string line) {
  const std::string_view id = id_in_record(line);
  if (id.empty()) return no_model(line, "not a record of a model");
  Task task;
  task.model = {std::string(id), std::string(id), {}};
  Answer answer;
  answer.outcome = Outcome::got;
  answer.id = id;
  answer.where = "api/models/" + std::string(id);
  Want want{Topic::model, std::string(id), "", "", ""};
  answer.body = std::move(line);
  auto known = std::make_shared<Snapshot>();
  known->emplace(std::move(want), std::move(answer));
  task.known = std::move(known);
  return task;
}

Result<Feed> feed_lines(const std::string& path, const std::string& endpoint, int stop) {
  return feed_of(
      path, kNameLine, stop, [endpoint](const std::string& line) { return read_task(line, endpoint); }, true);
}

Result<Feed> feed_records(const std::string& path, int stop) {
  return feed_of(path, limits::kRecord, stop, read_record_task, false);
}

Result<Feed> feed_snapshots(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return fail(Fault::usage, "no such folder", "--replay " + folder);
  const auto names = std::make_shared<std::deque<std::string>>();
  fs::directory_iterator files(folder, error);
  for (; !error && files != fs::directory_iterator(); files.increment(error)) {
    std::error_code ignored;
    if (files->path().extension() == ".json" && files->is_regular_file(ignored))
      names->push_back(files->path().string());
  }
  std::sort(names->begin(), names->end());
  if (names->empty()) return fail(Fault::usage, "no snapshots in there", folder, "howopen fetch makes them");
  const auto tasks = std::make_shared<std::deque<Task>>();
  Feed feed;
  feed.next = [names, tasks](bool) -> Result<Fed> {
    while (tasks->empty()) {
      if (names->empty()) return Ended{};
      const std::string path = std::move(names->front());
      names->pop_front();
      TRY(const std::string json, files::read_file(path, limits::kSavedFile));
      TRY(Bundle bundle, fetch::load_bundle(json, path));
      const auto known = std::make_shared<const Snapshot>(std::move(bundle.answers));
      for (ModelRef& model : bundle.models) tasks->push_back({0, std::move(model), known, {}});
    }
    Task task = std::move(tasks->front());
    tasks->pop_front();
    return task;
  };
  return feed;
}

std::string listing_query(const BatchPlan& plan, Items items) {
  std::string out;
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{}={}&", key, fetch::encode(value, true));
  };
  add("author", plan.author);
  add("search", plan.search);
  for (const std::string& filter : plan.filters) add("filter", filter);
  // A stable order, or pages would tell of some models twice and of others never.
  out += "sort=createdAt&limit=1000";
  if (items == Items::names) return out + "&expand=sha";
  if (items == Items::states) {
    for (const char* field : {"disabled", "gated", "inferenceProviderMapping", "private", "sha"})
      out += fmt::format("&expand={}", field);
    return out;
  }
  for (const char* field :
       {"author", "baseModels", "cardData", "config", "disabled", "gated", "gguf", "inference",
        "inferenceProviderMapping", "library_name", "pipeline_tag", "private", "safetensors", "sha",
        "siblings", "tags", "transformersInfo", "usedStorage"})
    out += fmt::format("&expand={}", field);
  return out;
}

Feed feed_listing(InFlightWindow& window, std::string query, bool records) {
  struct Pages {
    std::string next;  // query of the page to ask for, "" for none
    bool asked = false;
    int count = 0;
    std::deque<Task> tasks;
    std::optional<Error> error;
  };
  constexpr int kMostPages = 100'000;
  constexpr std::size_t kAhead = 200;  // models that are left when the next page is asked for
  const auto pages = std::make_shared<Pages>();
  pages->next = std::move(query);
  const auto take = [pages, records](const Answer& page) {
    pages->asked = false;
    const std::string asked = std::exchange(pages->next, {});
    auto items = page.outcome == Outcome::got ? split_listing(page) : std::nullopt;
    if (!items) {
      pages->error = Error{Fault::unanswered,
                           page.outcome == Outcome::got ? "the listing is not what was asked for"
                                                        : "the listing could not be had: " + page.message,
                           page.where, "try again; --resume goes on where an --output ends"};
      return;
    }
    for (auto& [want, answer] : *items) {
      Task task;
      task.model = {want.id, want.id, {}};
      if (records) {
        auto known = std::make_shared<Snapshot>();
        known->emplace(std::move(want), std::move(answer));
        task.known = std::move(known);
      }
      pages->tasks.push_back(std::move(task));
    }
    if (page.next != asked && ++pages->count < kMostPages) pages->next = page.next;
  };
  Feed feed;
  feed.next = [pages, take, &window](bool) -> Result<Fed> {
    if (pages->tasks.size() <= kAhead && !pages->next.empty() && !pages->asked) {
      pages->asked = true;
      window.ask_aside({Topic::listing, "", "", pages->next, ""}, take);
    }
    if (!pages->tasks.empty()) {
      Task task = std::move(pages->tasks.front());
      pages->tasks.pop_front();
      return task;
    }
    if (pages->error) return tl::unexpected<Error>(*pages->error);
    return pages->asked ? Fed(Blocked{false}) : Fed(Ended{});
  };
  return feed;
}

Result<std::vector<std::string>> names_in_collection(const Answer& answer) {
  const bool got = answer.outcome == Outcome::got;
  auto names = got ? models_in_collection(answer.body) : std::nullopt;
  if (names) return std::move(*names);
  return fail(
      Fault::unanswered,
      got ? "the collection is not what was asked for" : "the collection could not be had: " + answer.message,
      answer.where, "its name is the end of its address: owner/title-0123456789abcdef01234567");
}

Feed feed_collection(InFlightWindow& window, const std::string& slug) {
  struct Pending {
    bool asked = false;
    bool answered = false;
    std::deque<Task> tasks;
    std::optional<Error> error;
  };
  const auto items = std::make_shared<Pending>();
  const auto take = [items](const Answer& answer) {
    items->answered = true;
    auto names = names_in_collection(answer);
    if (!names) {
      items->error = names.error();
      return;
    }
    for (const std::string& name : *names) items->tasks.push_back({0, {name, name, {}}, nullptr, {}});
  };
  Feed feed;
  feed.next = [items, take, &window, slug](bool) -> Result<Fed> {
    if (!std::exchange(items->asked, true)) window.ask_aside({Topic::collection, slug, "", "", ""}, take);
    if (items->error) return tl::unexpected<Error>(*items->error);
    if (!items->answered) return Blocked{false};
    if (items->tasks.empty()) return Ended{};
    Task task = std::move(items->tasks.front());
    items->tasks.pop_front();
    return task;
  };
  return feed;
}

}  // namespace howopen::run
