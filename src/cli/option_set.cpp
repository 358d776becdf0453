// CLI11 behind OptionSet; the only file that knows it.
//
//   text("--depth", depth, "WHAT", …), words --depht full  ->  error: unknown option; --depht; did you mean
//   --depth?

#include "cli/option_set.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// "-j,--jobs" -> HOWOPEN_JOBS; "" for names without a long one.
std::string twin(std::string_view names) {
  const auto at = names.find("--");
  if (at == std::string_view::npos) return {};
  std::string out = "HOWOPEN_";
  for (const char c : names.substr(at + 2, names.find(',', at) - at - 2))
    out += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

CLI::Option* finish(CLI::Option* option, const char* names, const char* type = nullptr) {
  if (type != nullptr) option->type_name(type);
  if (const std::string name = twin(names); !name.empty()) option->envname(name);
  return option;
}

}  // namespace

struct OptionSet::Impl {
  Impl(const char* command, const char* help) : app(help, fmt::format("howopen {}", command)) {}
  CLI::App app;
  bool short_help = false;
  bool long_help = false;
};

OptionSet::OptionSet(const char* command, const char* help) : impl_(std::make_unique<Impl>(command, help)) {
  impl_->app.set_help_flag();
  impl_->app.add_flag("-h", impl_->short_help, "Show this help; --help says more");
  impl_->app.add_flag("--help", impl_->long_help, "")->group("");
}
OptionSet::~OptionSet() = default;

void OptionSet::flag(const char* names, bool& target, const char* help) {
  finish(impl_->app.add_flag(names, target, help), names);
}

void OptionSet::count(const char* names, int& target, const char* help) {
  finish(impl_->app.add_flag(names, target, help), names);
}

void OptionSet::text(const char* names, std::string& target, const char* type, const char* help) {
  finish(impl_->app.add_option(names, target, help), names, type);
}

void OptionSet::number(const char* names, int& target, int least, int most, const char* help) {
  finish(impl_->app.add_option(names, target, help), names, "N")->check(CLI::Range(least, most));
}

void OptionSet::list(const char* names, std::vector<std::string>& target, const char* type,
                     const char* help) {
  CLI::Option* option = finish(impl_->app.add_option(names, target, help), names, type);
  // An option that may be repeated takes one value at a time, or it would swallow the models behind it.
  if (names[0] == '-')
    option->type_size(1)->expected(1)->allow_extra_args(false)->multi_option_policy(
        CLI::MultiOptionPolicy::TakeAll);
}

std::optional<Error> OptionSet::parse(const std::vector<std::string>& words) {
  CLI::App& app = impl_->app;
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    return std::nullopt;
  } catch (const CLI::ParseError& e) {
    const std::string see = fmt::format("see {} -h", app.get_name());
    if (dynamic_cast<const CLI::ExtrasError*>(&e) == nullptr) {
      std::string what = e.what();
      std::replace(what.begin(), what.end(), '\n', ' ');
      return Error{Fault::usage, text::printable(what), {}, see};
    }
    const auto rest = app.remaining();
    const std::string first = rest.empty() ? std::string() : rest.front();
    std::vector<std::string> names;
    for (const CLI::Option* o : app.get_options()) {
      for (const std::string& name : o->get_lnames()) names.push_back("--" + name);
    }
    const auto near = text::nearest(first, names);
    return Error{Fault::usage, first.starts_with("-") ? "unknown option" : "unexpected word",
                 text::printable(first), near ? fmt::format("did you mean {}?", *near) : see};
  }
}

bool OptionSet::wants_help() const {
  return impl_->short_help || impl_->long_help;
}
bool OptionSet::wants_long_help() const {
  return impl_->long_help;
}
std::string OptionSet::help() const {
  return impl_->app.help();
}

std::string program_help(const char* about, const std::vector<CommandLine>& commands) {
  CLI::App app(about, "howopen");
  app.set_help_flag();
  for (const CommandLine& c : commands) app.add_subcommand(c.name, c.help);
  return app.help();
}

}  // namespace howopen::cli
