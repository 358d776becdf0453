#!/usr/bin/env python3
"""howopen batch beside others that fetch the same files, and by itself over records and long inputs.

  batch_bench.py --howopen BIN [--models 1000] [--rounds 5]

Server on core 0, client on core 1, interleaved rounds; prints medians with the smallest and largest as ratios to
`curl -Z`, CPU seconds, peak memory, requests a model and what the server answered, by status.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

import hub_bench

REQUESTS = """
import sys, threading, queue, requests
base, ids = sys.argv[1], open(sys.argv[2]).read().split()
q = queue.Queue()
for i in ids: q.put(i)
def work():
    s = requests.Session()
    while True:
        try: m = q.get_nowait()
        except queue.Empty: return
        s.get(f"{base}/api/models/{m}").json()
        for f in ("README.md", "LICENSE"): s.get(f"{base}/{m}/resolve/main/{f}").content
threads = [threading.Thread(target=work) for _ in range(64)]
[t.start() for t in threads]; [t.join() for t in threads]
"""


def measured(words, env, **more):
    """Wall seconds, CPU seconds and peak megabytes of a program on core 1."""
    start = time.monotonic()
    child = subprocess.Popen(["taskset", "-c", "1", *map(str, words)], env=env, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode


def online(args, folder, env):
    ids = folder / "hub/ids.txt"
    base = "http://127.0.0.1:18080"
    urls = folder / "urls.txt"
    with urls.open("w") as out:
        for n, m in enumerate(ids.read_text().split()):
            for k, u in enumerate([f"api/models/{m}", f"{m}/resolve/main/README.md", f"{m}/resolve/main/LICENSE"]):
                out.write(f'url = "{base}/{u}"\noutput = "/dev/null"\n')
    programs = {
        "curl -Z, three files": ["curl", "-sZ", "--parallel-immediate", "--parallel-max", "64", "-K", urls],
        "howopen batch": [args.howopen, "batch", ids, "-j", "64", "--no-cache", "--no-progress"],
    }
    if subprocess.run([sys.executable, "-c", "import requests"], stderr=subprocess.DEVNULL).returncode == 0:
        programs["requests, 64 threads"] = [sys.executable, "-c", REQUESTS, base, ids]
    seen = {name: [] for name in programs}
    status = {name: {} for name in programs}
    hub_bench.statuses(folder)
    for _ in range(args.rounds):
        for name, words in programs.items():
            seen[name].append(measured(words, env))
            for code, n in hub_bench.statuses(folder).items():
                status[name][code] = status[name].get(code, 0) + n
    floor = statistics.median(t for t, *_ in seen["curl -Z, three files"])
    print(f"{args.models} models, 64 in flight, plain HTTP/1.1 on loopback, {args.rounds} rounds")
    for name, runs in seen.items():
        cpu, peak = statistics.median(r[1] for r in runs), max(r[2] for r in runs)
        per = sum(status[name].values()) / args.rounds / args.models
        print(hub_bench.row(name, [r[0] for r in runs], floor,
                            f"CPU {cpu:.2f} s, {peak:.0f} MB, {per:.2f} requests a model, {status[name]}"))


def records(args, folder, env):
    lines = [p.read_bytes() + b"\n" for p in sorted((folder / "hub/api").rglob("*.json"))]
    file = folder / "records.jsonl"
    file.write_bytes(b"".join(lines))
    runs = [measured([args.howopen, "batch", "--from-records", file, "--output", folder / f"r{i}"], env)
            for i in range(args.rounds)]
    cpu = [len(lines) / r[1] for r in runs]
    print(f"records of {sum(map(len, lines)) / len(lines):.0f} bytes, judged and written: {statistics.median(cpu):.0f} "
          f"({min(cpu):.0f} to {max(cpu):.0f}) a CPU second")
    for n in (1000, 10_000, 100_000):
        with file.open("wb") as out:
            for i in range(n):
                out.write(lines[i % len(lines)])
        seconds, _, peak, _ = measured([args.howopen, "batch", "--from-records", file, "--output", "/dev/null"], env)
        print(f"  {n:>7} records: {peak:5.1f} MB, {n / seconds:.0f} a second")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--howopen", required=True)
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    args.howopen = str(pathlib.Path(args.howopen).resolve())
    with hub_bench.hub(args.models) as folder:
        env = {"HF_ENDPOINT": "http://127.0.0.1:18080", "HOME": str(folder), "PATH": os.environ["PATH"],
               "GITHUB_API_URL": "http://127.0.0.1:9"}
        with hub_bench.serving(folder, ("taskset", "-c", "0")):
            online(args, folder, env)
        records(args, folder, env)


if __name__ == "__main__":
    main()
