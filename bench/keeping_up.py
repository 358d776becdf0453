#!/usr/bin/env python3
"""A day of the whole Hub: millions of models made from their numbers, one in a hundred of them changed since yesterday,
and quotas as the Hub has them, thirty times as fast.

  keeping_up.py HOWOPEN [MODELS] [SPEED]      2500000 models; SPEED: how much faster the Hub's clock goes, 0: no quotas

Yesterday's results are written by this script: lines with the members that a run looks at, not the whole of them.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "support"))
import listed_hub  # noqa: E402

howopen = os.path.abspath(sys.argv[1])
models = int(sys.argv[2]) if len(sys.argv) > 2 else 2_500_000
speed = int(sys.argv[3]) if len(sys.argv) > 3 else 30
WINDOW_S = 300
QUOTAS = {"anonymous": {"api": 500, "resolvers": 3000}, "a free token": {"api": 1000, "resolvers": 5000}}

scratch = tempfile.TemporaryDirectory(prefix="howopen-keeping-up-")
folder = pathlib.Path(scratch.name)
hub = listed_hub.ListedHub(models, based=10).start()
env = {"HF_ENDPOINT": hub.url, "GITHUB_API_URL": "http://127.0.0.1:9", "HOME": str(folder), "PATH": "/usr/bin:/bin"}


def yesterday():
    """What judges is taken from a line that the program makes."""
    one = subprocess.run([howopen, "batch", "-", "-q"], input=hub.name(0) + "\n", capture_output=True, text=True, env=env).stdout
    line = json.loads(one)
    basis = {k: line["basis"][k] for k in ("tool", "catalog", "options")}
    words = json.dumps({"verdict": line["verdict"], "license": {"effective": line["license"]["effective"]},
                        "components": {k: {"status": v["status"]} for k, v in line["components"].items()}, "errors": []},
                       separators=(",", ":"))[1:-1]
    rest = '{"topic":"model","id":"%s","revision":null,"path":null,"state":"%s"}'
    with open(folder / "yesterday", "w") as out:
        for i in hub.order:
            rests = [rest % (hub.name(k), hub.sha(k)) for k in (i, hub.base(i)) if k is not None]
            out.write('{"schema_version":"1.0.0","ref":"%s",%s,"basis":{"tool":"%s","catalog":"%s","options":"%s","rests_on":[%s]}}\n'
                      % (hub.name(i), words, basis["tool"], basis["catalog"], basis["options"], ",".join(rests)))


def peak_mb(child):
    most = 0
    while child.poll() is None:
        try:
            for line in pathlib.Path(f"/proc/{child.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    most = max(most, int(line.split()[1]) / 1024)
        except OSError:
            pass
        time.sleep(0.05)
    return most


began = time.monotonic()
yesterday()
print(f"{models} models; yesterday's results: {(folder / 'yesterday').stat().st_size / 1e6:.0f} MB, written in "
      f"{time.monotonic() - began:.0f} s", flush=True)
r = random.Random(7)
changed = [i for i in r.sample(range(models), models // 100) if i % 10 != 0]  # not the bases: each changes nine more
for i in changed:
    hub.version[i] = 1
for whose, quotas in QUOTAS.items():
    if speed:
        hub.forget()
        hub.quotas = {bucket: (most, WINDOW_S / speed) for bucket, most in quotas.items()}
    at = len(hub.log)
    start = time.monotonic()
    child = subprocess.Popen([howopen, "batch", "--all", "--update", str(folder / "yesterday"), "--output", str(folder / whose),
                              "--no-cache", "--no-progress"], stderr=subprocess.PIPE, text=True, env=env)
    said = []
    reader = threading.Thread(target=lambda: said.extend(child.stderr))
    reader.start()
    mb = peak_mb(child)
    reader.join()
    seconds = time.monotonic() - start
    log = [s for s in hub.log[at:] if s.status != 429]
    api = sum(s.bucket == "api" for s in log)
    files = len(log) - api
    pages = sum(s.path == "/api/models" for s in log)
    paper = max(api / quotas["api"], files / quotas["resolvers"]) * WINDOW_S / 3600
    print(f"{whose}: exit {child.returncode}, {pages} pages, {api - pages} records, {files} files, {len(hub.log) - at - len(log)} refused; "
          f"on paper {paper:.1f} h, simulated {seconds * speed / 3600:.1f} h ({seconds:.0f} s here), {mb:.0f} MB", flush=True)
    print("  " + "  ".join(line for line in said if line.startswith(("update:", "error:"))).rstrip(), flush=True)
    if not speed:
        break
