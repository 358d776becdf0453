#!/usr/bin/env python3
"""How much memory a batch takes: the same for a thousand lines and for a million, and with one slow answer in its way.

  long_batch.py HOWOPEN [MOST]      MOST: the longest input of records, 1000000 by default
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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import loopback_hub  # noqa: E402

howopen = os.path.abspath(sys.argv[1])
most = int(sys.argv[2]) if len(sys.argv) > 2 else 10**6
scratch = tempfile.TemporaryDirectory(prefix="howopen-long-")
folder = pathlib.Path(scratch.name)
wrong = []


def check(good, what):
    if not good:
        wrong.append(what)
        print(f"   WRONG: {what}", flush=True)


def records():
    """So many records of 4 to 5 kB as fill some megabytes; they are given again and again, each time with its number."""
    r = random.Random(1)
    for i in range(997):
        answers = loopback_hub.model("acme/m@@@@@@@@", i, f"acme/base{i % 7}" if i % 4 == 1 else None)
        record = json.loads(next(iter(answers.values())).body)
        size = r.randrange(4000, 5000)
        n = 0
        while len(json.dumps(record)) < size:
            record["siblings"].append({"rfilename": f"model-{n:05d}-of-00099.safetensors", "size": 10**9, "blobId": f"{n:040x}"})
            n += 1
        yield json.dumps(record).encode() + b"\n"


def field_mb(pid, name):
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return 0.0


class Peak(threading.Thread):
    """The most memory that a process had. (What wait4() tells would count this script's own memory before exec.)"""

    def __init__(self, child):
        super().__init__(daemon=True)
        self.child, self.mb = child, 0.0
        self.start()

    def run(self):
        while self.child.poll() is None:
            self.mb = max(self.mb, field_mb(self.child.pid, "VmHWM"))
            time.sleep(0.01)


def over_records():
    pieces = [line.split(b"@@@@@@@@") for line in records()]
    mean = sum(len(b"00000000".join(p)) for p in pieces) / len(pieces)
    print(f"records of {mean:.0f} bytes through a pipe, output to /dev/null:")
    peaks, n = [], 1000
    while n <= most:
        start = time.monotonic()
        child = subprocess.Popen([howopen, "batch", "--from-records", "-", "-q"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                 env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
        peak = Peak(child)
        for at in range(0, n, 250):
            child.stdin.write(b"".join((b"%08d" % i).join(pieces[i % len(pieces)]) for i in range(at, at + 250)))
        child.stdin.close()
        peak.join()
        seconds = time.monotonic() - start
        # Records alone do not tell everything: some models stay undetermined.
        check(child.returncode == 3, f"{n} records: exit {child.returncode}")
        peaks.append(peak.mb)
        print(f"  {n:>8} records: {peak.mb:5.1f} MB, {seconds:6.1f} s, {n / seconds:.0f} a second", flush=True)
        n *= 10
    spread = max(peaks) / min(peaks) - 1
    check(spread <= 0.10, f"memory grows by {100 * spread:.0f} %")
    print(f"  the largest is {100 * spread:.1f} % above the smallest")


def online(models, slow_at, *more):
    """A batch over standard input; how far it had read, and what it had asked for, while the slow answer was awaited."""
    names, answers = loopback_hub.world(models)
    hub = loopback_hub.Hub(answers).start()
    slow_path = None
    if slow_at is not None:
        slow_path = f"/api/models/{names[slow_at]}"
        hub.times = {slow_path: 20}
    given = [0, 0]  # lines, bytes
    seen = {"read": 0, "asked": 0, "memory": 0.0, "stood": 0}
    child = subprocess.Popen([howopen, "batch", "-", "--no-cache", "-q", *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             env={"HF_ENDPOINT": hub.url, "GITHUB_API_URL": "http://127.0.0.1:9", "HOME": str(folder),
                                  "PATH": "/usr/bin:/bin"})
    peak = Peak(child)
    # Lines as long as a list may have, so that what is read ahead shows: a pipe holds 64 kB, some 60 of them.
    fill = b" " * 1000

    def feed():
        for name in names:
            child.stdin.write(name.encode() + fill + b"\n")
            given[0] += 1
        child.stdin.close()

    def watch():
        while slow_path is not None and not hub.times_asked[slow_path]:
            time.sleep(0.01)
        began = time.monotonic()
        last, moved = None, began
        while slow_path is not None and time.monotonic() < began + 19:
            here = (given[0], len(hub.log))
            if here != last:
                last, moved = here, time.monotonic()
            time.sleep(0.1)
        if slow_path is not None:
            seen.update(read=given[0], asked=len({s.path for s in hub.log if s.path.startswith("/api/models/acme/m")}),
                        memory=field_mb(child.pid, "VmRSS"), stood=began + 19 - moved)

    refs = []

    def take():
        for line in child.stdout:
            refs.append(line[line.index(b'"ref":"') + 7:].split(b'"', 1)[0].decode())

    threads = [threading.Thread(target=work) for work in (feed, watch, take)]
    for thread in threads:
        thread.start()
    threads[0].join()
    threads[2].join()
    threads[1].join()
    peak.join()
    check(child.returncode == 3, f"{models} models: exit {child.returncode}")
    check(len(refs) == models, f"{len(refs)} lines for {models} models")
    check(more or refs == names, "not in the order of the input")
    return peak.mb, seen


def over_the_network(models):
    print(f"{models} models over loopback, lines of a kilobyte through a pipe:")
    quiet, _ = online(models, None)
    peak, seen = online(models, models // 2)
    behind, read = seen["asked"] - models // 2, seen["read"] - models // 2
    print(f"  none slow: {quiet:.1f} MB")
    print(f"  line {models // 2} takes 20 s: {peak:.1f} MB; behind it {behind} models had been asked for and {read} lines taken from the "
          f"pipe's writer; both stood still for {seen['stood']:.0f} of 19 s, at {seen['memory']:.1f} MB")
    # 16 models for each request in flight, and what a pipe and a buffer hold of lines of a kilobyte.
    check(behind <= 16 * 32 + 1, f"{behind} models were started behind the slow one")
    check(read <= 16 * 32 + 200, f"{read} lines were read behind the slow one")
    check(peak <= quiet + 10, f"{peak - quiet:.1f} MB more than with no slow line")
    check(seen["stood"] > 10, "it went on reading")


over_records()
over_the_network(20_000)
if wrong:
    sys.exit(f"{len(wrong)} things are wrong")
print("memory does not grow with the input")
