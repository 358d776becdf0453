// Learns data/binding_words.txt: which words make a sentence of a card one that binds.
//
//   binding_words tests/reading/sentences.tsv CARDS… > data/binding_words.txt
//
// The table has a line a sentence: `binds` or `harmless`, a category, the sentence. CARDS are folders of
// model cards (*.md); what they say outside talk of licenses counts as harmless, unless it was labelled. A
// quarter of both, by a hash, is not learned from but counted: from it comes the threshold, and what is
// printed on stderr. The same input gives the same bytes.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "howopen/catalog.h"
#include "reading/binding.h"
#include "reading/prose.h"
#include "text/digest.h"
#include "text/front_matter.h"
#include "text/markdown.h"
#include "text/utf8.h"

namespace {

namespace reading = howopen::reading;
namespace text = howopen::text;
using howopen::reading::Cue;

constexpr double kPenalty = 1;        // on the square of the weights
constexpr double kWeightOfBinds = 3;  // a sentence that binds is rare among the real ones
constexpr int kRounds = 4000;
constexpr double kSmallest = 0.12;       // weights below are left out
constexpr double kCloseAlarms = 0.09;    // at most of the harmless sentences that were labelled
constexpr double kFalseAlarms = 0.0075;  // of the sentences of cards that were not learned from

struct Example {
  std::string sentence;  // in lower case
  bool binds = false;
  bool held = false;
  bool labelled = false;
  std::string language = {};
};

bool held(std::string_view name) {
  return text::sha256(name)[0] < '4';  // of sixteen digits the first four
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void add_labelled(const std::string& file, std::vector<Example>& out, std::set<std::string>& known) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t one = line.find('\t');
    const std::size_t two = one == std::string::npos ? one : line.find('\t', one + 1);
    if (two == std::string::npos) continue;
    const std::string sentence = line.substr(two + 1);
    const bool named = two > one + 3 && line[one + 3] == ':';
    Example e{text::lower(sentence), line.starts_with("binds"), held(sentence), true,
              named ? line.substr(one + 1, 2) : "en"};
    if (known.insert(e.sentence).second) out.push_back(std::move(e));
  }
}

// Sentences that the reader would weigh.
void add_card(const std::filesystem::path& path, const reading::Lexicon& lexicon, std::vector<Example>& out,
              std::set<std::string>& known) {
  const std::string card = read(path);
  const text::CardParts parts = text::split_card(card);
  const text::Markdown markdown = text::read_markdown(parts.body, parts.body_line);
  const reading::Prose prose(markdown);
  const bool is_held = held(path.filename().string() + path.parent_path().filename().string());
  std::vector<reading::Cues> sections(markdown.blocks.size());
  for (std::size_t i = 0; i < markdown.blocks.size(); ++i) {
    const text::Block& b = markdown.blocks[i];
    const std::string_view lower = prose.block(i);
    if (b.kind == text::Block::Kind::code) continue;
    if (b.kind == text::Block::Kind::heading) {
      for (const reading::Hit& h : lexicon.find(reading::tokens(lower), lower)) sections[i].add(h.cue);
      continue;
    }
    const reading::Cues nearest = b.section < sections.size() ? sections[b.section] : reading::Cues();
    if (nearest.has(Cue::license_section)) continue;
    for (const reading::Sentence& s : reading::sentences(lower, b.text)) {
      const auto words = reading::tokens(s.text);
      const reading::Sense sense = reading::understand(words, s.text, lexicon);
      if (!sense.terms.empty() || sense.cues.any(Cue::talk, Cue::states, Cue::prohibition)) continue;
      if (!reading::may_bind(nearest) || !reading::can_be_weighed(sense, s.text)) continue;
      if (known.emplace(s.text).second) out.push_back({std::string(s.text), false, is_held, false});
    }
  }
}

struct Learned {
  std::vector<double> weights;
  double bias = 0;
};

struct Matrix {
  std::vector<std::vector<std::uint32_t>> rows;
  std::vector<double> target, weight;
};

double dot(const std::vector<std::uint32_t>& row, const Learned& l) {
  double sum = l.bias;
  for (const std::uint32_t f : row) sum += l.weights[f];
  return sum;
}

// Logistic regression by accelerated gradients, each weight with a step of its own.
Learned learn(const Matrix& m, std::size_t features) {
  Learned at{std::vector<double>(features), 0};
  Learned ahead = at;
  // The curvature along one weight is at most a quarter of the sum over its rows of their sizes.
  std::vector<double> curvature(features, kPenalty);
  double bias_curvature = 1e-9;
  for (std::size_t i = 0; i < m.rows.size(); ++i) {
    const double c = m.weight[i] * (static_cast<double>(m.rows[i].size()) + 1) / 4;
    for (const std::uint32_t f : m.rows[i]) curvature[f] += c;
    bias_curvature += c;
  }
  double t = 1;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> gradient(features);
    double bias_gradient = 0;
    for (std::size_t i = 0; i < m.rows.size(); ++i) {
      const double p = 1 / (1 + std::exp(-dot(m.rows[i], ahead)));
      const double g = m.weight[i] * (p - m.target[i]);
      for (const std::uint32_t f : m.rows[i]) gradient[f] += g;
      bias_gradient += g;
    }
    const double next_t = (1 + std::sqrt(1 + 4 * t * t)) / 2;
    const double speed = (t - 1) / next_t;
    Learned next = ahead;
    for (std::size_t f = 0; f < features; ++f)
      next.weights[f] -= (gradient[f] + kPenalty * ahead.weights[f]) / curvature[f];
    next.bias -= bias_gradient / bias_curvature;
    ahead.bias = next.bias + speed * (next.bias - at.bias);
    for (std::size_t f = 0; f < features; ++f)
      ahead.weights[f] = next.weights[f] + speed * (next.weights[f] - at.weights[f]);
    at = std::move(next);
    t = next_t;
  }
  return at;
}

Learned rounded(Learned l) {
  for (double& w : l.weights) w = std::abs(w) < kSmallest ? 0 : std::round(w * 20) / 20;
  l.bias = std::round(l.bias * 20) / 20;
  return l;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: binding_words SENTENCES.tsv CARDS… > data/binding_words.txt\n");
    return 2;
  }
  const howopen::Catalog catalog = std::move(*howopen::Catalog::load());
  const reading::Lexicon& lexicon = reading::lexicon(catalog);
  std::vector<Example> examples;
  std::set<std::string> known;
  add_labelled(argv[1], examples, known);
  for (int i = 2; i < argc; ++i) {
    std::vector<std::filesystem::path> cards;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (entry.path().extension() == ".md") cards.push_back(entry.path());
    }
    std::sort(cards.begin(), cards.end());
    for (const auto& card : cards) add_card(card, lexicon, examples, known);
  }

  // Features that at least two of the examples have, by what they are written as.
  std::map<std::string, std::uint32_t> names;
  std::map<std::string, int> seen;
  const auto features = [&](const Example& e) {
    std::vector<std::string> out;
    const auto words = reading::tokens(e.sentence);
    const auto word = [&](std::uint32_t i) -> std::string {
      const std::string s = e.sentence.substr(words[i].begin, words[i].end - words[i].begin);
      if (s.find_first_not_of("0123456789") == std::string::npos) return "0";
      return s.find_first_of(" \t\n") == std::string::npos && reading::word_of(s) == words[i].word ? s : "";
    };
    const reading::Sense sense = reading::understand(words, e.sentence, lexicon);
    for (const reading::Feature& f : reading::features_of(sense, e.sentence)) {
      if (f.kind == reading::Feature::Kind::cue) {
        out.push_back("c\t" + std::string(howopen::word(f.of)));
        continue;
      }
      std::string name = word(f.from);
      if (name.empty()) continue;
      if (f.kind == reading::Feature::Kind::beginning) name = std::string(reading::beginning_of(name));
      if (f.to != f.from) {
        const std::string second = word(f.to);
        if (second.empty()) continue;
        name += " " + second;
      }
      out.push_back(std::string(1, static_cast<char>(f.kind)) + "\t" + name);
    }
    return out;
  };
  std::vector<std::vector<std::string>> written;
  for (const Example& e : examples) {
    written.push_back(features(e));
    const std::set<std::string> once(written.back().begin(), written.back().end());
    if (!e.held) {
      for (const std::string& f : once) ++seen[f];
    }
  }
  for (const auto& [name, count] : seen) {
    if (count > 1) names.emplace(name, static_cast<std::uint32_t>(names.size()));
  }
  Matrix m;
  std::vector<std::vector<std::uint32_t>> rows;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    std::vector<std::uint32_t> row;
    for (const std::string& f : written[i]) {
      if (const auto found = names.find(f); found != names.end()) row.push_back(found->second);
    }
    if (!examples[i].held) {
      m.rows.push_back(row);
      m.target.push_back(examples[i].binds ? 1 : 0);
      m.weight.push_back(examples[i].binds ? kWeightOfBinds : 1);
    }
    rows.push_back(std::move(row));
  }
  Learned l = rounded(learn(m, names.size()));

  std::vector<double> real;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].held && !examples[i].labelled) real.push_back(dot(rows[i], l));
  }
  // What other thresholds would give, on what was not learned from.
  for (double t = -1; t <= 2; t += 0.5) {
    int binds = 0, found = 0, harmless = 0, alarms = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (!examples[i].labelled || !examples[i].held) continue;
      (examples[i].binds ? binds : harmless) += 1;
      if (dot(rows[i], l) > t) (examples[i].binds ? found : alarms) += 1;
    }
    const auto above = std::count_if(real.begin(), real.end(), [&](double w) { return w > t; });
    fmt::print(
        stderr,
        "threshold {:4.1f}: {:.2f} of those that bind, {:.3f} of harmless, {:.4f} of cards' sentences\n", t,
        static_cast<double>(found) / binds, static_cast<double>(alarms) / harmless,
        static_cast<double>(above) / static_cast<double>(real.size()));
  }
  std::sort(real.rbegin(), real.rend());
  if (real.empty()) {
    fmt::print(stderr, "no sentence of a card was left to count\n");
    return 2;
  }
  std::vector<double> close;  // harmless ones that were written to look like terms
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].held && examples[i].labelled && !examples[i].binds) close.push_back(dot(rows[i], l));
  }
  std::sort(close.rbegin(), close.rend());
  const double threshold =
      std::max(real[static_cast<std::size_t>(kFalseAlarms * static_cast<double>(real.size()))],
               close[static_cast<std::size_t>(kCloseAlarms * static_cast<double>(close.size()))]);
  std::string figures;
  for (const bool part : {false, true}) {
    int binds = 0, found = 0, harmless = 0, alarms = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (!examples[i].labelled || examples[i].held != part) continue;
      const bool above = dot(rows[i], l) > threshold;
      (examples[i].binds ? binds : harmless) += 1;
      if (above) (examples[i].binds ? found : alarms) += 1;
    }
    figures += fmt::format("# {}: {} of {} that bind found, {} of {} harmless ones called binding\n",
                           part ? "not learned from" : "learned from", found, binds, alarms, harmless);
  }
  figures += fmt::format(
      "# of {} sentences of cards that were not learned from, {:.1f} % are called binding\n", real.size(),
      100.0 *
          static_cast<double>(
              std::count_if(real.begin(), real.end(), [&](double w) { return w > threshold; })) /
          static_cast<double>(real.size()));
  fmt::print(stderr, "{}", figures);
  // Languages by themselves: a category begins with theirs, "fr:fee"; without one it is English.
  std::map<std::string, std::array<int, 4>> languages;  // bind, found, harmless, alarms
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!examples[i].labelled || !examples[i].held) continue;
    auto& n = languages[examples[i].language];
    const std::size_t at = examples[i].binds ? 0 : 2;
    ++n[at];
    if (dot(rows[i], l) > threshold) ++n[at + 1];
  }
  for (const auto& [language, n] : languages)
    fmt::print(stderr, "{}: {} of {} found, {} of {} harmless ones\n", language, n[1], n[0], n[3], n[2]);
  // It was counted: now all of it is learned from.
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!examples[i].held) continue;
    m.rows.push_back(rows[i]);
    m.target.push_back(examples[i].binds ? 1 : 0);
    m.weight.push_back(examples[i].binds ? kWeightOfBinds : 1);
  }
  l = rounded(learn(m, names.size()));
  fmt::print(stderr, "{} sentences of cards, {} of them held\n",
             std::count_if(examples.begin(), examples.end(), [](const Example& e) { return !e.labelled; }),
             real.size());

  fmt::print("# Words and what they weigh in a sentence of a card, in hundredths: src/reading/binding.h.\n");
  fmt::print("# Learned by tools/binding_words.cpp; do not edit, label sentences instead.\n");
  fmt::print("# As of 2026-11-28. Where three quarters are learned from and one is not:\n{}", figures);
  fmt::print("{}\tbias\n{}\tthreshold\n", std::lround(l.bias * 100), std::lround(threshold * 100));
  for (const auto& [name, index] : names) {
    if (const double w = l.weights[index]; w != 0) fmt::print("{}\t{}\n", std::lround(w * 100), name);
  }
  return 0;
}
