#!/usr/bin/env python3
"""A batch over a thousand snapshots, among them twenty with cards of 2 MiB that somebody wrote to make it slow or large: it
goes through, with a line for each and in little memory, and ends when it is told to.

  hostile_batch.py HOWOPEN [SEED]
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import hostile

howopen = os.path.abspath(sys.argv[1])
seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
r = random.Random(seed)

MODELS, MOST_MB, PATIENCE_S, STOPS = 1000, 200, 2.0, 10
LATEST_S = 6  # of a signal, however long the batch takes
SLACK_S = 0.2  # for the machine: howopen itself ends by force after 2 s
LONGEST = 2 << 20
# The families of cards that cost most, by growth.py.
WORST = ["links without text", "datasets", "names of its kin", "a table of links", "bare addresses", "autolinks",
         "a clause without end", "text in another script", "footnotes", "repositories", "backticks and lines",
         "images within links", "comments without end", "a paragraph that may be a heading", "list markers in a line",
         "papers", "headings of HTML", "tables of HTML", "links", "licenses in one sentence"]
wrong = []


def check(good, what):
    if not good:
        wrong.append(what)
        print(f"   WRONG: {what}", flush=True)


def cut(text, most):
    return text.encode()[:most].decode("utf-8", "ignore")


scratch = tempfile.TemporaryDirectory(prefix="howopen-hostile-")
folder = pathlib.Path(scratch.name) / "snapshots"
folder.mkdir()
bodies = hostile.cards()
places = dict(zip(r.sample(range(MODELS), len(WORST)), WORST))
for i in range(MODELS):
    name = f"acme/m{i:04d}-7b"
    if i in places:
        card = hostile.card_of("") + cut(bodies[places[i]](LONGEST), LONGEST - 100)
    else:
        card = hostile.card_of(f"A model of our own, the {i}th, fine-tuned from [base](https://huggingface.co/acme/base-{i % 9}b).\n\n"
                               "## License\n\nThe weights are released under the MIT License.\n")
    (folder / f"{i:04d}.json").write_text(hostile.snapshot(name, card))
env = {"HOME": scratch.name, "PATH": "/usr/bin:/bin", "HF_ENDPOINT": "http://127.0.0.1:9", "GITHUB_API_URL": "http://127.0.0.1:9"}
out = pathlib.Path(scratch.name) / "out"


def start():
    with out.open("wb") as o:
        return subprocess.Popen([howopen, "batch", "--replay", str(folder), "-q"], stdout=o, stderr=subprocess.DEVNULL, env=env)


def ended(child):
    """Exit code, peak memory in MB (not less than that of this script, from which the child began)."""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


begun = time.monotonic()
code, mb, cpu = ended(start())
took = time.monotonic() - begun
lines = out.read_bytes().splitlines()
check(code in (0, 3), f"exit {code}")
check(len(lines) == MODELS, f"{len(lines)} lines for {MODELS} models")
check(len({json.loads(line)["id"] for line in lines}) == MODELS, "a model has no line of its own")
check(mb < MOST_MB, f"{mb:.0f} MB")
print(f"{MODELS} snapshots, {len(places)} of them hostile: exit {code}, {len(lines)} lines, {took:.1f} s ({cpu:.1f} s of processors), "
      f"at most {mb:.0f} MB", flush=True)

waits = []
for _ in range(STOPS):
    child = start()
    moment = r.uniform(0.02, min(took * 0.95, LATEST_S))
    time.sleep(moment)
    child.send_signal(signal.SIGTERM)
    sent = time.monotonic()
    code, mb, _ = ended(child)
    waits.append(time.monotonic() - sent)
    check(code in (128 + signal.SIGTERM, -signal.SIGTERM, 0, 3), f"exit {code} after SIGTERM at {moment:.2f} s")
    check(waits[-1] < PATIENCE_S + SLACK_S, f"{waits[-1]:.2f} s to end after SIGTERM at {moment:.2f} s")
    check(mb < MOST_MB, f"{mb:.0f} MB")
    done = out.read_bytes().splitlines(keepends=True)
    for line in done[:-1]:
        json.loads(line)
    print(f"   SIGTERM at {moment:5.2f} s: exit {code} {waits[-1]:.3f} s later, {len(done)} lines", flush=True)
print(f"{STOPS} times SIGTERM: ended within {max(waits):.2f} s; {len(wrong)} wrong (seed {seed})")
sys.exit(1 if wrong else 0)
