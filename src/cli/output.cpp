// One run, several reports.
//
//   -o text -o sarif=howopen.sarif  ->  the text on standard output, the other in a file, whole or not at all

#include "cli/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "cli/terminal.h"
#include "files/environment.h"
#include "files/file_io.h"
#include "files/places.h"
#include "files/streams.h"
#include "run/options.h"
#include "text/limits.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

bool has(const Common& common, Format format) {
  return std::any_of(common.outputs.begin(), common.outputs.end(),
                     [&](const Output& o) { return o.format == format; });
}

// Columns and colours of the terminal have no place in a file.
Style file_style(const Common& common) {
  Style style;
  style.quiet = common.quiet;
  style.verbosity = common.verbosity;
  style.show_waived = common.show_waived;
  style.notes = common.notes;
  style.sort = common.sort;
  style.columns = common.columns;
  return style;
}

// The files that findings stand in, as far as they can be read from here.
void read_lines(std::span<const Verdict> verdicts, GateSummary& gate) {
  const auto take = [&](const std::string& path) {
    if (path.empty() || gate.line_hashes.contains(path)) return;
    if (const auto content = files::read_file(path, limits::kRecord))
      gate.line_hashes.emplace(path, line_hashes(*content));
  };
  for (const Verdict& v : verdicts) {
    if (!v.uses.empty()) take(v.uses.front().file);
    for (const Finding& f : v.findings) {
      if (v.uses.empty() && f.policy && f.policy->line > 0) take(f.policy->file);
    }
  }
}

// Files of findings as the repository's top sees them, wherever the gate was run.
void name_from_root(std::vector<Verdict>& verdicts, GateSummary& gate, const files::FromRoot& from_root) {
  const auto name = [&](std::string& file) {
    std::error_code error;
    if (!file.empty() && fs::exists(file, error)) file = from_root(file);
  };
  const auto finding = [&](Finding& f) {
    if (f.policy) name(f.policy->file);
    for (Evidence& e : f.evidence) {
      const std::size_t colon = e.where.find(':');
      std::string file = e.where.substr(0, colon);
      name(file);
      if (colon != std::string::npos) e.where.replace(0, colon, file);
    }
  };
  for (Verdict& v : verdicts) {
    for (Use& use : v.uses) name(use.file);
    std::for_each(v.findings.begin(), v.findings.end(), finding);
  }
  name(gate.policy);
  for (Notice& n : gate.notices) name(n.place.file);
  for (TreeFinding& t : gate.tree) {
    finding(t.finding);
    for (Use& use : t.places) name(use.file);
  }
  std::map<std::string, std::vector<std::string>> hashes;
  for (auto& [file, lines] : gate.line_hashes) {
    std::string from = file;
    name(from);
    hashes.emplace(std::move(from), std::move(lines));
  }
  gate.line_hashes = std::move(hashes);
}

// The runner shows it on the page of the job. It is no part of the report that was asked for, so a failure is
// told and no more.
void append_summary(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate) {
  const std::string path = files::variable("GITHUB_STEP_SUMMARY");
  if (path.empty()) return;
  std::error_code error;
  const auto there = fs::file_size(path, error);
  const std::size_t used = error ? 0 : static_cast<std::size_t>(there);
  if (used + 10'000 > kJobSummary) {
    files::write_err("warning: the job summary is full; nothing was added to it\n");
    return;
  }
  std::ofstream out(path, std::ios::binary | std::ios::app);
  out << job_summary(verdicts, catalog, gate, kJobSummary - used) << "\n";
  out.close();
  if (!out) files::write_err("warning: the job summary cannot be written; GITHUB_STEP_SUMMARY\n");
}

}  // namespace

Result<void> check_outputs(const Common& common) {
  for (const Output& o : common.outputs) {
    if (o.file.empty()) continue;
    if (auto possible = files::can_be_written(o.file); !possible) {
      possible.error().where = "-o " + o.file;
      return possible;
    }
  }
  return {};
}

Result<void> emit(const Common& common, const std::function<std::string(Format, const Style&)>& rendered) {
  for (const Output& o : common.outputs) {
    if (o.file.empty()) continue;
    TRY([[maybe_unused]] const bool written,
        files::write_file(o.file, rendered(o.format, file_style(common))));
  }
  for (const Output& o : common.outputs) {
    if (o.file.empty() && !files::write_out(rendered(o.format, style_of(common))))
      return fail(Fault::usage, "the output cannot be written", "standard output");
  }
  return {};
}

Result<void> emit_report(const Common& common, std::span<const Verdict> verdicts, const Catalog& catalog,
                         const GateSummary* gate) {
  GateSummary named;
  std::vector<Verdict> placed;
  if (gate != nullptr) {
    named = *gate;
    if (has(common, Format::sarif)) read_lines(verdicts, named);
    gate = &named;
    if (const files::FromRoot from_root; from_root.moves()) {
      placed.assign(verdicts.begin(), verdicts.end());
      name_from_root(placed, named, from_root);
      verdicts = placed;
    }
  }
  for (const Output& o : common.outputs) {
    if (is_badge(o.format) && gate == nullptr && verdicts.size() != 1)
      return fail(Fault::usage, "a badge shows one model", fmt::format("-o {}", word(o.format)),
                  "name one model\nhowopen site makes badges of many");
    for (const std::string& what : left_out(verdicts, o.format)) files::write_err("warning: " + what + "\n");
  }
  auto done = emit(common, [&](Format format, const Style& style) {
    return render(verdicts, format, style, catalog, gate);
  });
  if (done && has(common, Format::github)) append_summary(verdicts, catalog, gate);
  return done;
}

}  // namespace howopen::cli
