"""The identifier beside licensee and Debian's licensecheck, on the same files in one run.

  python3 bench/license_peers.py --bench build/release/bench/license_bench [--most 1000] FOLDER…

Needs the packages ruby-licensee and licensecheck. Times are per file, without the start of a program: licensee is asked
by a script of its own language, licensecheck for all files at once.
"""

import argparse
import os
import re
import subprocess
import time

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
    out = []
    for folder in folders:
        for directory, _, names in os.walk(folder):
            out += [os.path.join(directory, n) for n in names if re.match(r"(?i)(licen[cs]e|copying)", n) or n.endswith(".txt")]
    return sorted(f for f in out if os.path.isfile(f) and 0 < os.path.getsize(f) < 1_000_000)[:most]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--bench", required=True)
    p.add_argument("--most", type=int, default=1000)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("folders", nargs="+")
    a = p.parse_args()
    files = files_in(a.folders, a.most)
    sizes = sum(os.path.getsize(f) for f in files)
    print(f"{len(files)} files, {sizes / len(files):.0f} bytes on average")

    def ours():
        said = subprocess.run([a.bench, *files], capture_output=True, text=True, check=True).stderr
        return float(re.search(r"mean ([0-9.]+)", said)[1]) / 1e6

    def licensee():
        said = subprocess.run(["ruby", "-e", LICENSEE], input="\n".join(files), capture_output=True, text=True, check=True)
        return float(said.stderr.split()[-1]) / len(files)

    def licensecheck():
        start = time.monotonic()
        subprocess.run(["licensecheck", "--shortname-scheme", "spdx", "-m", "--lines", "0", "-c", ".*", *files],
                       capture_output=True, check=True)
        return (time.monotonic() - start) / len(files)

    times = {f.__name__: [] for f in (ours, licensee, licensecheck)}
    for round_ in range(a.rounds):
        for f in (ours, licensee) + ((licensecheck,) if round_ == 0 else ()):
            times[f.__name__].append(f())
    base = sorted(times["ours"])[len(times["ours"]) // 2]
    for name, all_ in times.items():
        middle = sorted(all_)[len(all_) // 2]
        print(f"{name:13} {middle * 1e6:10.0f} µs a file   {middle / base:8.1f} ×   ({min(all_) * 1e6:.0f} to {max(all_) * 1e6:.0f})")


if __name__ == "__main__":
    main()
