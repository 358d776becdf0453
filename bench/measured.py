"""Programs side by side: interleaved rounds, medians with the smallest and largest, and what it all took."""
import collections
import dataclasses
import os
import pathlib
import statistics
import subprocess
import sys
from typing import Callable, Optional

import served

USAGE = served.HERE / "usage.py"
CORES = os.cpu_count() or 1
ONE_CORE = str(min(1, CORES - 1))
ALL_CORES = ",".join(map(str, range(CORES)))


@dataclasses.dataclass
class Program:
    name: str
    words: Callable[[int], list]  # of a round, from 0
    lines: Optional[int] = None   # how many it must write: whoever writes fewer has not done the work
    exits: tuple = (0,)
    before: Callable[[], None] = lambda: None  # not measured


@dataclasses.dataclass
class Run:
    wall: float
    cpu: float
    rss: float
    code: int


def spread(values) -> list:
    """Median, smallest, largest."""
    return [statistics.median(values), min(values), max(values)]


def ratio(values, base) -> list:
    """Ratio of the medians; the smallest and largest ratio of two that ran in the same round."""
    each = [v / b for v, b in zip(values, base)]
    return [statistics.median(values) / statistics.median(base), min(each), max(each)]


def brief(three, digits=2) -> str:
    return f"{three[0]:.{digits}f} ({three[1]:.{digits}f} to {three[2]:.{digits}f})"


def run(words, folder: pathlib.Path, env: dict, cores: str = ONE_CORE, prefix=(), stdin=subprocess.DEVNULL) -> Run:
    """One program, its output in folder/stdout."""
    report = folder / "usage"
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        subprocess.run([*prefix, sys.executable, "-I", "-S", USAGE, report, cores, *map(str, words)], env=env,
                       stdin=stdin, stdout=out, stderr=err, check=True)
    wall, cpu, rss, code = report.read_text().split()
    return Run(float(wall), float(cpu), float(rss), int(code))


def count_lines(path: pathlib.Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def check(program: Program, done: Run, folder: pathlib.Path) -> None:
    """A program that failed early looks fast: it is shown."""
    if done.code not in program.exits:
        print(f"  WRONG: {program.name}: exit {done.code}: {(folder / 'stderr').read_text(errors='replace')[-300:]}")
    if program.lines is not None and (n := count_lines(folder / "stdout")) != program.lines:
        print(f"  WRONG: {program.name}: {n} lines in place of {program.lines}")


def compare(programs, rounds: int, models: int, folder: pathlib.Path, env: dict, log: bool = True, **how) -> list:
    """Rows of figures, one a program; the first program is the measure of the others. Wall time is compared where
    a server's log is read, CPU time elsewhere."""
    runs = {p.name: [] for p in programs}
    asked = {p.name: collections.Counter() for p in programs}
    programs[0].before()
    run(programs[0].words(0), folder, env, **how)  # whoever comes first would warm the server for the others
    if log:
        served.statuses(folder)
    for n in range(rounds):
        for p in programs:
            p.before()
            done = run(p.words(n), folder, env, **how)
            check(p, done, folder)
            runs[p.name].append(done)
            if log:
                asked[p.name] += served.statuses(folder)
    what = "wall" if log else "cpu"
    times = {name: [getattr(r, what) for r in of] for name, of in runs.items()}
    base = times[programs[0].name]
    return [{"program": p.name, "ratio": ratio(times[p.name], base), "ratio_of": what,
             "seconds": spread([r.wall for r in runs[p.name]]), "cpu_seconds": spread([r.cpu for r in runs[p.name]]),
             "rss_mb": max(r.rss for r in runs[p.name]), "rounds": times[p.name],
             **({"requests_per_model": sum(asked[p.name].values()) / rounds / models,
                 "statuses": dict(sorted(asked[p.name].items()))} if log else {})} for p in programs]


def show(rows: list) -> None:
    base = rows[0]["program"]
    for r in rows:
        line = (f"  {r['program']:<32} {brief(r['ratio']):>26} x {base}   wall {brief(r['seconds'], 3)} s   "
                f"CPU {r['cpu_seconds'][0]:.2f} s   {r['rss_mb']:.0f} MB")
        if "statuses" in r:
            line += f"   {r['requests_per_model']:.2f} requests a model, {r['statuses']}"
        print(line, flush=True)
