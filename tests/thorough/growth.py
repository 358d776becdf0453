#!/usr/bin/env python3
"""Time and memory against size, for inputs that somebody writes to break howopen: each family of hostile.py at five sizes
that double. It fails where a doubling costs more than 3.2 times the time (quadratic shows as 4) or 3 times the memory, and
where the process dies, takes more than 20 s or tells of a bug of its own.

  growth.py HOWOPEN [WORDS…]      WORDS: only families whose kind or name holds one of them

Seconds are of the processor, of user and system together, the better of two runs, less what an empty input takes. Times
below 0.05 s and memory below 64 MB say nothing. (A child begins with the size of this script: less than that is not told.)
An x behind a line: the input was refused at all sizes (exit 2).
"""
import concurrent.futures
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import hostile

STEPS = 5
NOISE_S, GROWTH_S = 0.05, 3.2
NOISE_MB, GROWTH_MB = 64, 3
LIMIT_S, ENOUGH_S = 20, 3  # a run is ended after; beyond this no further size is tried
MOST_MB = 6000
EMPTY = {}  # seconds of an empty input, by kind


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MB << 20, MOST_MB << 20))


def run(howopen, words, home):
    """Seconds, MB, exit code (negative: a signal)."""
    env = {"HOME": home, "PATH": "/usr/bin:/bin", "HF_ENDPOINT": "http://127.0.0.1:9", "NO_COLOR": "1"}
    with open(os.path.join(home, "err"), "wb") as err:
        child = subprocess.Popen([howopen, *words], stdout=subprocess.DEVNULL, stderr=err, stdin=subprocess.DEVNULL, env=env,
                                 cwd=home, preexec_fn=limits)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode


def input_of(folder, make):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return make(pathlib.Path(folder))


def measure(howopen, index):
    """One family: (seconds, MB, exit code) by size, and what is wrong."""
    kind, _, make = hostile.families()[index]
    sizes = [hostile.DOUBLED[kind] << i for i in range(STEPS)]
    rows, wrong = [], []
    with tempfile.TemporaryDirectory(prefix="howopen-growth-") as home:
        folder = os.path.join(home, "in")
        if kind not in EMPTY:
            words = input_of(folder, lambda d: hostile.nothing(kind, d))
            EMPTY[kind] = min(run(howopen, words, home)[0] for _ in range(5))
        empty = EMPTY[kind]

        def at(size, runs):
            words = input_of(folder, lambda d: make(size, d))
            best = None
            for _ in range(runs):
                seconds, mb, code = run(howopen, words, home)
                if best is None or (seconds - empty, mb) < best[:2]:
                    best = (max(0.0, seconds - empty), mb, code)
                # The second could not say more of what is below the noise already, and nothing else of what is far above.
                if code < 0 or code == 70 or seconds - empty < NOISE_S or seconds > 2:
                    break
            return best

        def grows(a, b):
            said = []
            if b[0] > GROWTH_S * max(a[0], NOISE_S):
                said.append(f"{b[0] / max(a[0], NOISE_S):.1f} times the time")
            if b[1] > GROWTH_MB * max(a[1], NOISE_MB):
                said.append(f"{b[1] / max(a[1], NOISE_MB):.1f} times the memory")
            return said

        for i, size in enumerate(sizes):
            rows.append(at(size, 2))
            seconds, _, code = rows[-1]
            if code < 0:
                late = -code in (signal.SIGXCPU, signal.SIGKILL)
                wrong.append(f"{size >> 10} kB: " + (f"not done after {LIMIT_S} s" if late else f"died of signal {-code}"))
                break
            if code == 70:
                wrong.append(f"{size >> 10} kB: exit 70, a bug")
                break
            # A neighbor's noise is no growth: measured again before it is believed.
            if i > 0 and grows(rows[-2], rows[-1]):
                again = [at(size // 2, 3), at(size, 3)] if seconds < 2 else rows[-2:]
                rows[-2:] = [max(a, b) for a, b in zip(rows[-2:-1], again[:1])] + [min(rows[-1], again[1])]
                for said in grows(*rows[-2:]):
                    wrong.append(f"{size >> 10} kB: {said} of the half")
            if seconds > ENOUGH_S:
                break
    return rows, wrong


def main():
    howopen = os.path.abspath(sys.argv[1])
    wanted = [w.lower() for w in sys.argv[2:]]
    all_of_them = hostile.families()
    chosen = [i for i, (kind, name, _) in enumerate(all_of_them)
              if not wanted or any(w in f"{kind} {name}".lower() for w in wanted)]
    start = time.monotonic()
    costs, bad, kind_before, counts = [], [], None, {}
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        for i, (rows, wrong) in zip(chosen, pool.map(measure, [howopen] * len(chosen), chosen)):
            kind, name, _ = all_of_them[i]
            counts[kind] = counts.get(kind, 0) + 1
            sizes = [hostile.DOUBLED[kind] << k for k in range(STEPS)]
            if kind != kind_before:
                kind_before = kind
                print(f"\n{kind:42}" + "".join(f"{str(s >> 10) + ' kB':>15}" for s in sizes) + "\n"
                      + " " * 42 + "".join(f"{'s':>8}{'MB':>7}" for _ in sizes))
            refused = all(code == 2 for _, _, code in rows)
            cells = "".join(f"{seconds:8.3f}{mb:7.0f}" for seconds, mb, _ in rows)
            print(f"{name[:41]:42}{cells}{'  x' if refused else ''}{'  WRONG: ' + '; '.join(wrong) if wrong else ''}", flush=True)
            last = len(rows) - 1
            more = (rows[last][1] - rows[0][1]) / ((sizes[last] - sizes[0]) / 2**20) if last > 0 else 0
            costs.append((rows[last][0] / sizes[last] * 2**20, more, f"{kind}: {name}"))
            bad += [f"{kind}: {name}: {w}" for w in wrong]
    print("\nslowest for their size:      " + "\n                             ".join(
        f"{seconds:8.3f} s/MB  {name}" for seconds, _, name in sorted(costs, reverse=True)[:10]))
    print("largest for their size:      " + "\n                             ".join(
        f"{mb:8.0f} MB/MB {name}" for _, mb, name in sorted(costs, key=lambda c: -c[1])[:10]))
    print(f"\n{len(chosen)} families (" + ", ".join(f"{n} {kind}" for kind, n in counts.items())
          + f") in {time.monotonic() - start:.0f} s; {len(bad)} wrong")
    for b in bad:
        print(f"WRONG {b}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
