#!/usr/bin/env python3
"""Bad weather for a batch: quotas, a Hub that dies, connections cut, a full disk, signals. Whatever happens, each model
has exactly one line, in the order of the input, and what the Hub could answer is answered as on a quiet day.

  storm.py HOWOPEN [SEED] [SCENE…]

The Hub is a server on loopback; what it saw is in its own log, and the checks are about that log and the bytes written.
"""
import bisect
import collections
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import loopback_hub  # noqa: E402
from loopback_hub import chance, plain  # noqa: E402

howopen = os.path.abspath(sys.argv[1])
seed = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else random.randrange(10**6)
wanted = [a for a in sys.argv[2:] if not a.isdigit()]
r = random.Random(seed)

MODELS = 600
names, answers = loopback_hub.world(MODELS)
names[100:100] = ["gpt-4", "some prose", names[3]]  # asked of nobody, no model, and one that is named twice
hub = loopback_hub.Hub(answers).start()
scratch = tempfile.TemporaryDirectory(prefix="howopen-storm-")
folder = pathlib.Path(scratch.name)
ids = folder / "ids.txt"
ids.write_text("".join(n + "\n" for n in names))
env = {"HF_ENDPOINT": hub.url, "GITHUB_API_URL": "http://127.0.0.1:9", "HOME": str(folder), "PATH": "/usr/bin:/bin"}
scenes, wrong = {}, []


def scene(work):
    scenes[work.__name__] = work
    return work


def check(good, what):
    if not good:
        wrong.append(what)
        print(f"   WRONG: {what}", flush=True)


def batch(out, *more, cache=False):
    return [howopen, "batch", str(ids), "--output", str(folder / out), *([] if cache else ["--no-cache"]), *more]


def run(*words, **more):
    """Exit code, seconds, what was said on stderr."""
    start = time.monotonic()
    done = subprocess.run(batch(*words), env=env, stderr=subprocess.PIPE, timeout=600, **more)
    return done.returncode, time.monotonic() - start, done.stderr.decode()


def lines(name):
    text = (folder / name).read_bytes()
    check(not text or text.endswith(b"\n"), f"{name}: a torn line")
    return text.splitlines(keepends=True)


def kinds(line):
    return {e["kind"] for e in json.loads(line)["errors"]}


def same(name, excused=None):
    """Compares with the quiet day; lines that differ must have an error of the excused kind. How many differ."""
    got = lines(name)
    check(len(got) == len(names), f"{name}: {len(got)} lines for {len(names)} models")
    differ = [(here, model) for here, quiet, model in zip(got, whole, names) if here != quiet]
    moved = [model for here, model in differ if json.loads(here)["ref"] != model]
    check(not moved, f"{name}: {len(moved)} lines are not in their place, the first of {moved[:1]}")
    lost = [(model, kinds(here)) for here, model in differ if excused not in kinds(here)]
    check(not lost, f"{name}: {len(lost)} lines are not as on the quiet day, the first of {lost[:1]}")
    return len(differ)


def saw():
    count = collections.Counter(str(s.status) for s in hub.log)
    return f"{len(hub.log)} requests: " + ", ".join(f"{n} × {status}" for status, n in sorted(count.items()))


def when(condition, then):
    """Does something once, as soon as a condition holds."""
    def work():
        while not condition():
            time.sleep(0.002)
        then()
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def quota_figures(shared=False):
    """What went beyond the quotas. Where nobody else takes of them, a later window is known by the earlier one."""
    first, later, after = map(sum, zip(*(hub.beyond(bucket) for bucket in hub.quotas)))
    check(after == 0, f"{after} requests beyond a quota after an answer had told of it")
    check(shared or later == 0, f"{later} requests beyond a quota that an earlier window had told of")
    return f"beyond the quotas: {first} before the first answer, {later} at the begin of a later window, {after} after that"


@scene
def quota_storm():
    """100 requests every 3 s of each kind, 429 beyond."""
    hub.quotas = {"api": (100, 3), "resolvers": (100, 3)}
    hub.delay = 0.02
    code, seconds, _ = run("quota")
    check(code == 3, f"exit {code}")
    print(f"   {seconds:.0f} s; {saw()}; {quota_figures()}; {same('quota')} lines differ")


@scene
def quota_shared():
    """Somebody else has taken 97 of 100 of the first windows: the first requests meet a quota nobody has told of."""
    hub.quotas = {"api": (100, 2), "resolvers": (100, 2)}
    hub.taken = [97, 97, 95, 99]
    hub.delay = 0.02
    code, seconds, _ = run("shared", "-j", "64")
    check(code == 3, f"exit {code}")
    print(f"   {seconds:.0f} s; {saw()}; {quota_figures(shared=True)}; {same('shared')} lines differ")


@scene
def quota_tiny():
    """5 requests a second for 64 models under way: most of them wait many times."""
    hub.quotas = {"api": (5, 1), "resolvers": (5, 1)}
    few = folder / "few.txt"
    few.write_text("".join(n + "\n" for n in names[:90]))
    done = subprocess.run([howopen, "batch", few, "--output", folder / "tiny", "--no-cache", "-j", "64", "-q"], env=env)
    check(done.returncode == 3, f"exit {done.returncode}")
    got = lines("tiny")
    limited = sum("rate-limited" in kinds(line) for line in got)
    check(limited == 0, f"{limited} of 90 lines gave up on a quota within --max-wait")
    check(len(got) == 90, f"{len(got)} lines")
    print(f"   {saw()}; {quota_figures()}; {sum(a != b for a, b in zip(got, whole))} lines differ")


@scene
def quota_of_others():
    """429 of somebody in front of the Hub, at random: with Retry-After, and with nothing at all."""
    def met(path, n):
        x = chance(seed, path, n)
        if x < 0.02:
            return plain(429, b"slow down", "text/plain", Retry_After="1")
        return plain(429, b"slow down", "text/plain") if x < 0.04 else None
    hub.hurdle = met
    code, seconds, _ = run("others")
    check(code == 3, f"exit {code}")
    print(f"   {seconds:.0f} s; {saw()}; {same('others')} lines differ")


@scene
def quota_beyond_patience():
    """--max-wait 5s where some 40 s would be needed: it ends, and says which lines are without an answer."""
    hub.quotas = {"api": (100, 3), "resolvers": (100, 3)}
    hub.delay = 0.02
    code, seconds, _ = run("impatient", "--max-wait", "5s")
    check(code == 3, f"exit {code}")
    check(seconds < 15, f"{seconds:.0f} s")
    differ = same("impatient", "rate-limited")
    check(differ > 0, "nothing gave up")
    print(f"   {seconds:.0f} s; {saw()}; {quota_figures()}; {differ} lines rate-limited, the others the same")


def dies(after, away):
    def work():
        hub.stop()
        if away is not None:
            time.sleep(away)
            hub.start()
    hub.delay = 0.02
    return when(lambda: len(hub.log) >= after, work)


@scene
def dead_for_30_s():
    """Nobody listens for 30 s, every connection is reset; then it is back."""
    back = dies(400, 30)
    code, seconds, _ = run("dead")
    back.join()
    check(code == 3, f"exit {code}")
    check(seconds > 30, f"{seconds:.0f} s")
    print(f"   {seconds:.0f} s; {saw()}; {same('dead')} lines differ")


@scene
def comes_back_unwell():
    """Away for 20 s; then whatever stands in front of it is back a moment before it: a 503 to each first request."""
    unwell = [False]
    met = collections.Counter()

    def hurdle(path, _):
        if not unwell[0]:
            return None
        met[path] += 1
        return plain(503, b"no backend", "text/plain") if met[path] == 1 and time.monotonic() < unwell[0] else None
    hub.hurdle = hurdle

    def work():
        hub.stop()
        time.sleep(20)
        unwell[0] = time.monotonic() + 10
        hub.start()
    hub.delay = 0.02
    back = when(lambda: len(hub.log) >= 400, work)
    code, seconds, _ = run("unwell")
    back.join()
    check(code == 3, f"exit {code}")
    print(f"   {seconds:.0f} s; {saw()}; {same('unwell')} lines differ")


@scene
def dead_for_ever():
    """It never comes back, --max-wait 15s: the batch ends, and every line that is left says network."""
    dies(400, None)
    code, seconds, _ = run("gone", "--max-wait", "15s")
    hub.start()
    check(code == 3, f"exit {code}")
    check(15 <= seconds < 60, f"{seconds:.0f} s")
    differ = same("gone", "network")
    check(differ > MODELS // 2, f"only {differ} lines differ")
    left = [line for line, quiet in zip(lines("gone"), whole) if line != quiet]
    undetermined = sum(json.loads(line)["verdict"] == "undetermined" for line in left)
    log = saw()
    # What is in the file is not asked again: all lines are there.
    before = (folder / "gone").read_bytes()
    hub.log = []
    again, _, said = run("gone", "--resume")
    check(again == 3 and not hub.log and (folder / "gone").read_bytes() == before, "--resume asked again")
    # Taken out, they are asked again; the others keep their lines.
    keep = [line for line, quiet in zip(lines("gone"), whole) if "network" not in kinds(line) or line == quiet]
    (folder / "gone").write_bytes(b"".join(keep))
    last, _, _ = run("gone", "--resume", "--unordered")
    check(last == 3 and sorted(lines("gone")) == sorted(whole), "not the same lines after --resume --unordered")
    print(f"   {seconds:.0f} s; {log}; {differ} lines with a network error, {undetermined} of them undetermined; --resume "
          f"asks nothing and keeps them; taken out and resumed with --unordered: the same lines")


@scene
def one_hangs():
    """One record never comes, all others do; 2 s of patience each."""
    hub.hurdle = lambda path, _: "hang" if path == "/api/models/acme/m00050" else None
    code, seconds, _ = run("hangs", "--timeout", "2s", "--max-wait", "30s")
    check(code == 3, f"exit {code}")
    differ = same("hangs", "network")
    check(differ == 1, f"{differ} lines differ")
    asked = hub.times_asked["/api/models/acme/m00050"]
    check(asked <= 4, f"asked {asked} times with --retries 3")
    print(f"   {seconds:.0f} s; {saw()}; the record was asked for {asked} times; {differ} line differs")


@scene
def resets():
    """5 % of the requests are cut: before the answer, in its head, in its body."""
    def met(path, n):
        x = chance(seed, path, n)
        return ("reset", "head", "body")[int(x * 60)] if x < 0.05 else None
    hub.hurdle = met
    code, seconds, _ = run("resets")
    check(code == 3, f"exit {code}")
    # Four times in a row at one question: then it is fair to give up.
    unlucky = [p for p, n in hub.times_asked.items() if n >= 4 and all(met(p, k) for k in range(1, 5))]
    differ = same("resets", "network" if unlucky else None)
    print(f"   {seconds:.0f} s; {saw()}; {differ} lines differ, {len(unlucky)} questions were cut four times")


def no_room(name, limit):
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    code, _, said = run(name, preexec_fn=small if limit else None)
    written = (folder / name).read_bytes()
    check(code == 2, f"exit {code}")
    check(str(folder / name) in said and "cannot be written" in said, f"it says {said!r}")
    check(b"".join(whole).startswith(written) and written.endswith(b"\n"), "what was written is not whole lines")
    return written.count(b"\n"), said.strip().splitlines()[0]


@scene
def disk_full():
    """A limit on the size of the file, in the middle of a line; a disk of 1 MB; and /dev/full."""
    size = sum(map(len, whole))
    n, said = no_room("limited", size // 3 + 7)
    code, _, _ = run("limited", "--resume")
    check(code == 3, f"exit {code}")
    print(f"   file limit: {n} lines, then exit 2, {said!r}; resumed: {same('limited')} lines differ")
    disk = folder / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk],
                                                   stderr=subprocess.DEVNULL).returncode == 0
    if mounted:
        try:
            n, said = no_room("disk/r", None)
            subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
            code, _, _ = run("disk/r", "--resume")
            check(code == 3, f"exit {code}")
            print(f"   a disk of 1 MB: {n} lines, then exit 2, {said!r}; room made, resumed: {same('disk/r')} lines differ")
        finally:
            subprocess.run(["umount", disk], check=True)
    else:
        print("   SKIPPED: a disk of 1 MB (a tmpfs needs root)")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([howopen, "batch", ids, "--no-cache"], env=env, stdout=full, stderr=subprocess.PIPE)
    said = done.stderr.decode()
    check(done.returncode == 2 and "standard output" in said, f"/dev/full: exit {done.returncode}, {said!r}")


@scene
def pace():
    """--max-rps 50."""
    code, seconds, _ = run("paced", "--max-rps", "50")
    check(code == 3, f"exit {code}")
    at = [s.at for s in hub.log]
    # 50 gaps of 20 ms are a second, so 51 requests can fall into one; one more is what a server that is late adds.
    most = max(bisect.bisect_right(at, t + 1) - i for i, t in enumerate(at))
    gaps = sorted(b - a for a, b in zip(at, at[1:]))
    rate = (len(at) - 1) / (at[-1] - at[0])
    check(rate <= 50.05, f"{rate:.2f} a second on average")
    check(most <= 53, f"{most} requests within a second")
    print(f"   {seconds:.0f} s; {saw()}; {rate:.2f} a second on average, at most {most} within any second, median gap "
          f"{gaps[len(gaps) // 2] * 1000:.1f} ms; {same('paced')} lines differ")


@scene
def so_many_and_no_more():
    """--quota N: the server never sees more; going on with it ends with the same bytes, through cut connections too."""
    rounds, most, seen = 0, 137, []
    while True:
        hub.log = []
        code, _, said = run("some", "--quota", str(most), "--resume")
        rounds += 1
        seen.append(len(hub.log))
        check(code == 3, f"exit {code}")
        check(b"".join(whole).startswith((folder / "some").read_bytes()), "not a part of the quiet day")
        if "used up" not in said or rounds > 100:
            break
    check(max(seen) <= most, f"{max(seen)} requests of {most}")
    print(f"   --quota {most}: {rounds} runs, at most {max(seen)} and {sum(seen)} requests in all; {same('some')} lines differ")
    hub.forget()
    hub.hurdle = lambda path, n: "reset" if chance(seed, path, n) < 0.2 else None
    code, _, _ = run("cut", "--quota", str(most))
    check(len(hub.log) <= most, f"with connections cut: {len(hub.log)} requests of {most}")
    print(f"   with a fifth of the connections cut before an answer: {saw()}")


def signalled(out, pause, number, *more):
    """How long it took to end after a signal that came after a pause; nothing when it had ended by itself."""
    child = subprocess.Popen(batch(out, "-q", "--resume", *more, cache=True), env=env)
    try:
        child.wait(pause)
    except subprocess.TimeoutExpired:
        child.send_signal(number)
        start = time.monotonic()
        code = child.wait(60)
        took = time.monotonic() - start
        if code == 3:
            return None
        check(code == -number, f"signal {number}: exit {code}")
        return took
    return None


@scene
def signals():
    """SIGINT and SIGTERM at random moments; then --resume."""
    took, ended, parts = [], 0, set()
    for k in range(12):
        out, more = f"signal{k}", ["--unordered"] if k % 3 == 2 else []
        hub.delay = 0.003
        for _ in range(r.randrange(2, 7)):
            seconds = signalled(out, r.uniform(0.01, 0.25), r.choice([signal.SIGINT, signal.SIGTERM]), *more)
            ended += seconds is None
            took += [] if seconds is None else [seconds]
            there = lines(out) if (folder / out).exists() else []
            parts.add(len(there))
            if not more:
                check(there == whole[:len(there)], f"{out}: not the first lines of the quiet day")
        code, _, _ = run(out, "--resume", *more)
        check(code == 3, f"exit {code}")
        got = lines(out)
        check(sorted(got) == sorted(whole) if more else got == whole, f"{out}: not the same bytes")
        subprocess.run([howopen, "cache", "prune", "--max-size", "1k"], env=env, stdout=subprocess.DEVNULL)
    print(f"   12 batches, {len(took)} signals ({ended} came too late), files of {len(parts)} sizes between {min(parts)} and "
          f"{max(parts)} lines, at most {max(took) * 1000:.0f} ms until the end; the same bytes each time")
    # While it waits: for a quota, for a Hub that is away, for an answer that does not come.
    waits = {}
    hub.forget()
    hub.quotas = {"api": (20, 30), "resolvers": (20, 30)}
    waits["for a quota"] = signalled("waiting", 1, signal.SIGINT)
    hub.forget()
    dies(100, None)
    waits["for a Hub that is away"] = signalled("away", 3, signal.SIGTERM)
    hub.start()
    hub.forget()
    hub.hurdle = lambda path, n: "hang" if n == 1 and path.endswith("5") else None
    waits["for an answer"] = signalled("hang", 1, signal.SIGINT)
    for what, seconds in waits.items():
        check(seconds is not None and seconds < 1, f"{what}: {seconds} s until the end")
    for out in ("waiting", "away", "hang"):
        hub.forget()
        run(out, "--resume")
        check(lines(out) == whole, f"{out}: not the same bytes")
    print("   while it waits: " + ", ".join(f"{what} {1000 * (s or -1):.0f} ms" for what, s in waits.items()) + "; resumed: the same bytes")


print(f"seed {seed}; {len(names)} lines of input")
code, seconds, _ = run("quiet")
whole = lines("quiet")
if code != 3 or [json.loads(line)["ref"] for line in whole] != names:
    sys.exit(f"a quiet day: exit {code}, {len(whole)} lines")
print(f"a quiet day: {seconds:.1f} s; {saw()}; {sum(map(len, whole))} bytes")
for name, work in scenes.items():
    if wanted and name not in wanted:
        continue
    print(f"{name}: {work.__doc__}", flush=True)
    hub.forget()
    work()
if wrong:
    sys.exit(f"{len(wrong)} things are wrong (seed {seed})")
print(f"nothing was lost (seed {seed})")
