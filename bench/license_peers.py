"""The identifier beside licensee and Debian's licensecheck, on the same files in one run.

  python3 bench/license_peers.py --bench build/release/bench/license_bench [--most 500] [--rounds 3] [FOLDER…]

Needs the packages ruby-licensee and licensecheck; which of them is missing is said. Times are per file. licensee is
asked by a script of its own language, so that its start does not count; licensecheck for all files at once.
"""

import argparse
import os
import re
import shutil
import subprocess
import time

import measured
import results
import served

LICENSEE = """
require 'licensee'
t = Process.clock_gettime(Process::CLOCK_MONOTONIC)
ARGF.each_line(chomp: true) do |path|
  file = Licensee::ProjectFiles::LicenseFile.new(File.binread(path).force_encoding('utf-8').scrub, File.basename(path))
  file.license
end
STDERR.puts Process.clock_gettime(Process::CLOCK_MONOTONIC) - t
"""


def files_in(folders, most):
    """License files of the folders; of too many every so many, so that all kinds are among them."""
    out = []
    for folder in folders:
        for directory, _, names in os.walk(folder):
            out += [os.path.join(directory, n) for n in names
                    if re.match(r"(?i)(licen[cs]e|copying)", n) or n.endswith(".txt")]
    out = sorted(f for f in out if os.path.isfile(f) and 0 < os.path.getsize(f) < 1_000_000)
    return [out[i * len(out) // most] for i in range(most)] if len(out) > most else out


def ours(bench, files):
    said = subprocess.run([bench, *files], capture_output=True, text=True, check=True).stderr
    return float(re.search(r"mean ([0-9.]+)", said)[1]) / 1e6


def licensee(_, files):
    said = subprocess.run(["ruby", "-e", LICENSEE], input="\n".join(files), capture_output=True, text=True, check=True)
    return float(said.stderr.split()[-1]) / len(files)


def licensecheck(_, files):
    start = time.monotonic()
    subprocess.run(["licensecheck", "--shortname-scheme", "spdx", "-m", "--lines", "0", "-c", ".*", *files],
                   capture_output=True, check=True)
    return (time.monotonic() - start) / len(files)


def present():
    """Who can take part."""
    out = {"howopen": ours}
    asked = ["ruby", "-e", "require 'licensee'"]
    if shutil.which("ruby") and subprocess.run(asked, stderr=subprocess.DEVNULL).returncode == 0:
        out["licensee"] = licensee
    else:
        print("SKIPPED: licensee is missing")
    if shutil.which("licensecheck"):
        out["licensecheck"] = licensecheck
    else:
        print("SKIPPED: licensecheck is missing")
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--bench", required=True)
    p.add_argument("--most", type=int, default=500)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("folders", nargs="*", default=[served.TEXTS, served.TEXTS.parent / "cases"])
    a = p.parse_args()
    files = files_in(a.folders, a.most)
    if not files:
        print("SKIPPED: license identification: no license texts in", *a.folders)
        return
    size = sum(os.path.getsize(f) for f in files) / len(files)
    print(f"license identification: {len(files)} files, {size:.0f} bytes on average, {a.rounds} rounds")
    identifiers = present()
    times = {name: [] for name in identifiers}
    for _ in range(a.rounds):
        for name, identify in identifiers.items():
            times[name].append(identify(a.bench, files))
    rows = [{"program": name, "ratio": measured.ratio(of, times["howopen"]),
             "microseconds_per_file": measured.spread([t * 1e6 for t in of])} for name, of in times.items()]
    for r in rows:
        print(f"  {r['program']:<13} {measured.brief(r['ratio'], 1):>24} x howopen   "
              f"{measured.brief(r['microseconds_per_file'], 0)} µs a file")
    results.keep("licenses", {"files": len(files), "bytes_per_file": size, "rounds": a.rounds, "rows": rows})


if __name__ == "__main__":
    main()
