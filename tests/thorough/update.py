#!/usr/bin/env python3
"""Results kept up to date with a Hub of which one model in a hundred changed: how many requests that takes, and whether
the file is the one that a whole run makes.

  update.py HOWOPEN [MODELS]      MODELS: 100000 by default
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import listed_hub  # noqa: E402

howopen = os.path.abspath(sys.argv[1])
models = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
scratch = tempfile.TemporaryDirectory(prefix="howopen-update-")
folder = pathlib.Path(scratch.name)
wrong = []


def check(good, what):
    if not good:
        wrong.append(what)
        print(f"   WRONG: {what}", flush=True)


def run(hub, out, *more, cache="cache"):
    began = len(hub.log)
    start = time.monotonic()
    done = subprocess.run([howopen, "batch", *more, "--output", str(folder / out)], stderr=subprocess.PIPE, text=True,
                          env={"HF_ENDPOINT": hub.url, "GITHUB_API_URL": "http://127.0.0.1:9", "HOME": str(folder),
                               "HOWOPEN_CACHE": str(folder / cache), "PATH": "/usr/bin:/bin"})
    lines = [line for line in done.stderr.splitlines() if line.startswith(("update:", "warning:", "error:"))]
    paths = [seen.path for seen in hub.log[began:]]
    print(f"  {out}: exit {done.returncode}, {len(paths)} requests, {paths.count('/api/models')} of them pages, "
          f"{time.monotonic() - start:.1f} s" + "".join("\n    " + line for line in lines), flush=True)
    check(done.returncode in (0, 3), done.stderr[-2000:])
    return paths


def same(a, b):
    check(subprocess.run(["cmp", str(folder / a), str(folder / b)]).returncode == 0, f"{a} and {b} differ")


r = random.Random(5)
print(f"{models} models, one page for each {listed_hub.PAGE}:")
hub = listed_hub.ListedHub(models).start()
run(hub, "first", "--all", "--store", str(folder / "store"))
changed = r.sample(range(models), models // 100)
for i in changed:
    hub.version[i] = 1
paths = run(hub, "updated", "--all", "--update", str(folder / "first"), "--store", str(folder / "store"))
most = -(-models // listed_hub.PAGE) + 2 * len(changed)
check(len(paths) <= most, f"{len(paths)} requests, {most} at most")
run(hub, "whole", "--all")
same("updated", "whole")

paths = run(hub, "other", "--all", "--update", str(folder / "updated"), "--store", str(folder / "store"), "--for", "product")
check(len(paths) <= -(-models // listed_hub.PAGE), "other options took more than the pages")
run(hub, "other-whole", "--all", "--for", "product")
same("other", "other-whole")
stored = sum(f.stat().st_size for f in (folder / "store").rglob("*") if f.is_file())
blocks = sum(f.stat().st_blocks * 512 for f in (folder / "store").rglob("*") if f.is_file())
print(f"  the store: {stored / models:.0f} bytes a model, {blocks / models:.0f} on this disk")

few = min(models, 5000)
print(f"{few} models with bases and datasets; some are changed, gated, new, gone:")
hub.stop()
hub = listed_hub.ListedHub(few, based=10, with_data=9).start()
run(hub, "first2", "--all", cache="cache2")
for day in range(3):
    for i in r.sample(range(few), few // 100):
        hub.version[i] = hub.version.get(i, 0) + 1
    for i in r.sample(range(few), 20):
        hub.gates[i] = r.choice(["auto", "manual", False])
    hub.data_version[r.randrange(100)] = day + 1
    hub.order = [few + day] + [i for i in hub.order if i % 997 != day]
    before = "first2" if day == 0 else f"kept{day - 1}"
    run(hub, f"kept{day}", "--all", "--update", str(folder / before), cache="cache2")
    run(hub, f"all{day}", "--all", cache="cache3")
    whole = (folder / f"all{day}").read_bytes()
    kept = (folder / f"kept{day}").read_bytes()
    check(kept.startswith(whole), f"day {day}: other lines than a whole run")
    # What is gone from the listing is said behind it.
    gone = kept[len(whole):].count(b"\n")
    check(gone == sum(1 for i in range(few) if i % 997 <= day), f"day {day}: {gone} lines of models that are gone")
if wrong:
    sys.exit(f"{len(wrong)} things are wrong")
print("the same bytes each time")
