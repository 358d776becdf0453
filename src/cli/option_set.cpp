// Words -> values, by the table of one command. CLI11 reads the words; this is the only file that knows it,
// and says what is wrong in words of our own.
//
//   -qj8 --depth=full a/b     ->  quiet, jobs 8, depth full, word a/b
//   --depht full              ->  error: unknown option: --depht, with a hint: did you mean --depth?
//   HOWOPEN_OFFLINE=maybe     ->  error: HOWOPEN_OFFLINE is neither yes nor no: maybe, with a hint: write 1
//   or 0

#include "cli/option_set.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

std::optional<int> whole(const std::string& s) {
  int value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (s.empty() || error != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return value;
}

// What a variable says about a flag.
std::optional<bool> truth(const std::string& value) {
  const std::string v = text::lower(value);
  if (v == "1" || v == "true" || v == "on" || v == "yes") return true;
  if (v == "0" || v == "false" || v == "off" || v == "no") return false;
  return std::nullopt;
}

constexpr const char* kNeither = "is neither yes nor no";

Error wrong(std::string what, const std::string& with, std::string fix) {
  return Error{Fault::usage, std::move(what), text::printable(with), std::move(fix)};
}

}  // namespace

std::string variable_of(const OptionLine& line) {
  const std::string& name = line.names.back();
  if (!name.starts_with("--")) return {};
  std::string out = "HOWOPEN_";
  for (const char c : name.substr(2))
    out += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

OptionSet::OptionSet(std::string command) : command_(std::move(command)) {}

void OptionSet::add(const char* names, std::string type, const char* help, Choices choices, bool repeats,
                    Taker taker) {
  OptionLine line{{}, std::move(type), help, group_, std::move(choices), repeats};
  const std::string all = names;
  for (std::size_t at = 0; at <= all.size();) {
    const std::size_t end = std::min(all.find(',', at), all.size());
    line.names.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  lines_.push_back(std::move(line));
  takers_.push_back(std::move(taker));
}

void OptionSet::flag(const char* names, bool& target, const char* help) {
  const auto variable = [&target](const std::string& v) -> std::string {
    const auto value = truth(v);
    if (value) target = *value;
    return value ? "" : kNeither;
  };
  const auto take = [&target](const std::string&) -> std::string {
    target = true;
    return {};
  };
  add(names, {}, help, {}, true, {false, take, variable});
}

void OptionSet::count(const char* names, int& target, const char* help) {
  const auto variable = [&target](const std::string& v) -> std::string {
    const auto times = v.size() == 1 ? whole(v) : std::nullopt;
    const auto value = truth(v);
    if (!times && !value) return kNeither;
    target = times ? *times : *value ? 1 : 0;
    return {};
  };
  const auto take = [&target](const std::string&) -> std::string {
    ++target;
    return {};
  };
  add(names, {}, help, {}, true, {false, take, variable});
}

void OptionSet::text(const char* names, std::string& target, const char* type, const char* help,
                     Choices choices) {
  const auto take = [&target](const std::string& v) -> std::string {
    target = v;
    return {};
  };
  add(names, type, help, std::move(choices), false, {true, take, take});
}

void OptionSet::number(const char* names, int& target, int least, int most, const char* help) {
  const auto take = [&target, least, most](const std::string& v) -> std::string {
    const auto value = whole(v);
    if (!value || *value < least || *value > most)
      return fmt::format("is not a number from {} to {}", least, most);
    target = *value;
    return {};
  };
  add(names, "N", help, {}, false, {true, take, take});
}

void OptionSet::list(const char* names, std::vector<std::string>& target, const char* type, const char* help,
                     Choices choices) {
  const auto take = [&target](const std::string& v) -> std::string {
    target.push_back(v);
    return {};
  };
  add(names, type, help, std::move(choices), true, {true, take, take});
}

std::optional<std::size_t> OptionSet::named(std::string_view name) const {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const auto& names = lines_[i].names;
    if (!lines_[i].is_word() && std::find(names.begin(), names.end(), name) != names.end()) return i;
  }
  return std::nullopt;
}

std::optional<Error> OptionSet::set(std::size_t option, std::string_view name, const std::string& value) {
  if (takers_[option].seen && !lines_[option].repeats)
    return wrong("given twice", std::string(name), "name it once");
  takers_[option].seen = true;
  const std::string bad = takers_[option].take(value);
  if (bad.empty()) return std::nullopt;
  return wrong(fmt::format("{} {}", name, bad), value, fmt::format("see howopen {} -h", command_));
}

// What CLI11 could not read, in our words: its own speak of its types.
Error OptionSet::misread(const CLI::Error& e, const std::string& rest) const {
  if (!rest.empty()) return unknown(rest);
  const std::string said = e.what();
  const std::string name = said.substr(0, said.find_first_of(": "));
  const auto option = named(name);
  if (option && takers_[*option].takes_value)
    return wrong("takes a value", name, fmt::format("{} {}", name, lines_[*option].type));
  return wrong(said.substr(0, said.find('\n')), {}, fmt::format("see howopen {} -h", command_));
}

std::optional<Error> OptionSet::read_words(const std::vector<std::string>& words) {
  CLI::App app;
  app.set_help_flag();
  std::vector<CLI::Option*> options;
  std::vector<std::vector<std::string>> values(lines_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::string names = fmt::format("{}", fmt::join(lines_[i].names, ","));
    if (!takers_[i].takes_value) {
      options.push_back(app.add_flag(names));
      continue;
    }
    if (lines_[i].is_word()) {
      options.push_back(nullptr);
      continue;
    }
    CLI::Option* option = app.add_option(names, values[i]);
    // One value at a time, or it would swallow the models behind it.
    option->type_size(1)->expected(1)->allow_extra_args(false)->multi_option_policy(
        CLI::MultiOptionPolicy::TakeAll);
    options.push_back(option);
  }
  std::vector<std::string> plain;  // words that stand for themselves
  app.add_option("words", plain);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& e) {
    const auto rest = app.remaining();
    return misread(e, rest.empty() ? std::string() : rest.front());
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::string& name = lines_[i].names.back();
    if (options[i] != nullptr && !takers_[i].takes_value)
      values[i].assign(options[i]->count(), std::string());
    for (const std::string& value : values[i]) {
      // What is an option itself is no value: one was left out.
      if (named(value)) return wrong("takes a value", name, fmt::format("{} {}", name, lines_[i].type));
      const bool equals = lines_[i].names.front().size() == 2 && value.starts_with('=');  // -o=json
      if (auto error = set(i, name, equals ? value.substr(1) : value)) return error;
    }
  }
  for (const std::string& word : plain) {
    const auto takes = [&](std::size_t i) {
      return lines_[i].is_word() && (lines_[i].repeats || !takers_[i].seen);
    };
    std::size_t i = 0;
    while (i < lines_.size() && !takes(i)) ++i;
    if (i == lines_.size()) return unknown(word);
    if (auto error = set(i, lines_[i].names.front(), word)) return error;
  }
  return std::nullopt;
}

std::optional<Error> OptionSet::read_environment() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::string name = variable_of(lines_[i]);
    const char* value = name.empty() || takers_[i].seen ? nullptr : std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') continue;
    takers_[i].from_environment = true;
    if (const std::string bad = takers_[i].take_variable(value); !bad.empty())
      return wrong(fmt::format("{} {}", name, bad), value,
                   bad == kNeither ? "write 1 or 0" : fmt::format("see howopen {} -h", command_));
  }
  return std::nullopt;
}

Error OptionSet::unknown(const std::string& word) const {
  std::vector<std::string> names = {"--help"};
  for (const OptionLine& line : lines_) {
    if (line.names.back().starts_with("--")) names.push_back(line.names.back());
  }
  const auto near = text::nearest(word, names);
  return wrong(word.starts_with("-") ? "unknown option" : "unexpected word", word,
               near ? fmt::format("did you mean {}?", *near) : fmt::format("see howopen {} -h", command_));
}

std::optional<Error> OptionSet::parse(const std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  short_help_ = std::find(words.begin(), end, "-h") != end;
  long_help_ = std::find(words.begin(), end, "--help") != end;
  if (wants_help()) return std::nullopt;
  for (auto word = words.begin(); word != end; ++word) {
    const std::size_t equals = word->find('=');
    const auto option = named(std::string_view(*word).substr(0, equals));
    if (option && equals != std::string::npos && !takers_[*option].takes_value)
      return wrong("takes no value", *word, fmt::format("write {}", word->substr(0, equals)));
  }
  if (auto error = read_words(words)) return error;
  return read_environment();
}

Error OptionSet::as_given(Error error) const {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!takers_[i].from_environment) continue;
    const std::string& name = lines_[i].names.back();
    if (error.where.starts_with(name + " ")) {
      error.where = variable_of(lines_[i]) + "=" + error.where.substr(name.size() + 1);
    } else if (error.where == name) {
      error.where = variable_of(lines_[i]);
    } else if (error.what.ends_with(" " + name)) {
      error.what = error.what.substr(0, error.what.size() - name.size()) + variable_of(lines_[i]);
    }
  }
  return error;
}

}  // namespace howopen::cli
