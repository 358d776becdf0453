#!/usr/bin/env python3
"""Kills (-9) whatever writes a file, at random moments, a hundred times each: lock, waive, init, fetch, batch and runs
that fill the cache. What was there stays as it was or is wholly new, and a later run works.

  kill_files.py HOWOPEN [SEED] [KILLS] [PART …]     parts: lock waive init fetch batch cache together

A run that nobody disturbs tells how long it takes; kills come between 0 and 1.2 times of that, evenly. Some more are
aimed: they come within one and a half milliseconds after the run has made a temporary file.
"""
import collections
import ctypes
import json
import os
import pathlib
import random
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from loopback_hub import Hub, world  # noqa: E402

howopen = os.path.abspath(sys.argv[1])
numbers = [int(a) for a in sys.argv[2:] if a.isdigit()]
seed = numbers[0] if numbers else random.randrange(10**6)
kills = numbers[1] if len(numbers) > 1 else 100
parts = [a for a in sys.argv[2:] if not a.isdigit()]
aimed = kills // 10
r = random.Random(seed)

names, answers = world(120)
for path, answer in list(answers.items()):
    if path.startswith("/api/models/") and answer.status == 200:
        answers[f"{path}/revision/{json.loads(answer.body)['sha']}"] = answer
hub = Hub(answers).start()
top = pathlib.Path(tempfile.mkdtemp(prefix="howopen-kill-"))
# Neither missing nor renamed nor gated, and none that leads to GitHub, which says how many ms it was away.
good = [n for i, n in enumerate(names) if i % 20 not in (7, 13) and i % 10 != 5 and i % 50 != 11]
first, second = good[:10], good[6:16]

wrong, told = [], []
libc = ctypes.CDLL(None, use_errno=True)


def check(holds, what):
    if not holds:
        wrong.append(what)
        print(f"WRONG {what}", flush=True)
    return holds


def environment(cache=None):
    return {"HF_ENDPOINT": hub.url, "HOME": str(top), "PATH": "/usr/bin:/bin", "GITHUB_API_URL": "http://127.0.0.1:9",
            "HOWOPEN_BY": "legal@acme.example", "HOWOPEN_CACHE": str(cache or top / "cache"), "NO_COLOR": "1"}


def run(folder, *words, cache=None, umask=0o022):
    """An undisturbed run: (exit code, standard output, standard error)."""
    done = subprocess.run([howopen, *words], cwd=folder, env=environment(cache), capture_output=True, umask=umask,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def begin(folder, words, cache=None, umask=0o022):
    return subprocess.Popen([howopen, *words], cwd=folder, env=environment(cache), umask=umask,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Watch:
    """Waits until a file is made in a folder."""

    def __init__(self, folder):
        self.fd = libc.inotify_init()
        assert libc.inotify_add_watch(self.fd, os.fsencode(folder), 0x100) > 0

    def wait(self, seconds):
        if select.select([self.fd], [], [], seconds)[0]:
            os.read(self.fd, 65536)

    def close(self):
        os.close(self.fd)


class Files:
    """All files of a folder, each with its mode, before a run; and whether they are as they were after it."""

    def __init__(self, folder):
        self.folder, self.files = folder, self.look(folder)

    @staticmethod
    def look(folder):
        return {p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mode)
                for p in sorted(folder.rglob("*")) if p.is_file()}

    def after(self, what, target, new):
        """`new` says what may stand in the target now. Returns "old" or "new", and the number of new leftovers."""
        now = self.look(self.folder)
        old = self.files.get(target)
        for path, content in self.files.items():
            if path != target:
                check(now.get(path) == content, f"{what}: {path} is not as it was")
        left = 0
        for path in now.keys() - self.files.keys() - {target}:
            ours = re.fullmatch(rf"\.{re.escape(target)}\.[A-Za-z0-9]{{6}}", path)
            check(ours, f"{what}: a file nobody asked for: {path}")
            left += 1
        if old == now.get(target):
            return "old", left
        if target not in now:
            check(False, f"{what}: {target} is gone")
            return "gone", left
        content, mode = now[target]
        check(new(content), f"{what}: {target} is neither as it was nor wholly new: {len(content)} bytes")
        check(not old or old[1] == mode, f"{what}: {target} has another mode")
        return "new", left


def storm(what, variants, seen, more_kills=aimed):
    """Kills runs until enough kills have landed. A variant is (prepare, words, codes): prepare() -> (folder, folder to
    watch, cache, umask); codes are those a run that ends may have. seen(variant, context, code) looks afterwards."""
    took = {}
    for v in variants:
        times = []
        for _ in range(3):
            folder, _, cache, umask = v.prepare()
            start = time.monotonic()
            code = run(folder, *v.words(), cache=cache, umask=umask)
            times.append(time.monotonic() - start)
            check(code[0] in v.codes, f"{what}: undisturbed, exit {code[0]}: {code[2][:300]}")
        took[v] = statistics.median(times)
    landed, runs = [0, 0], 0
    began = time.monotonic()
    while landed[0] < kills or landed[1] < more_kills:
        if runs > 20 * (kills + more_kills):
            check(False, f"{what}: kills do not land")
            break
        runs += 1
        aim = landed[0] >= kills
        v = r.choice([v for v in variants if v.made] if aim else variants)
        context = v.prepare()
        folder, watched, cache, umask = context
        v.before()
        watch = Watch(watched) if aim else None
        process = begin(folder, v.words(), cache, umask)
        if aim:
            for _ in range(r.choice(v.made)):
                watch.wait(2 * took[v])
            time.sleep(r.uniform(0, 0.0015))
            watch.close()
        else:
            time.sleep(r.uniform(0, 1.2 * took[v]))
        process.send_signal(signal.SIGKILL)
        code = process.wait()
        landed[aim] += code == -signal.SIGKILL
        check(code in (*v.codes, -signal.SIGKILL), f"{what}: exit {code}")
        seen(v, context, code, f"{what} #{runs}{' aimed' if aim else ''}")
    line = (f"{what}: {landed[0]} kills and {landed[1]} aimed ones in {runs} runs of "
            f"{', '.join(f'{1000 * t:.0f}' for t in took.values())} ms")
    return line, time.monotonic() - began


class Variant:
    def __init__(self, prepare, words, codes=(0,), made=(1,), new=None, before=lambda: None):
        self.prepare, self.codes, self.made, self.new, self.before = prepare, codes, made, new, before
        self.words = words if callable(words) else lambda: words


def tell(line, seconds, counts):
    words = ", ".join(f"{n} {k}" for k, n in sorted(counts.items()))
    told.append(f"{line}: {words} ({seconds:.0f} s)")
    print(told[-1], flush=True)


def tree(folder, models):
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text("from transformers import AutoModel\n" +
                                   "".join(f'AutoModel.from_pretrained("{m}")\n' for m in models))


def references(folder):
    code, out, _ = run(folder, "scan", ".", "-o", "json")
    return code, out


WAIVER = ["--until", "2099-12-31", "--reason"]


def lock():
    folder = top / "lock"
    tree(folder, first)
    assert run(folder, "init")[0] == 0
    for m in first[:5]:
        assert run(folder, "waive", m, "license.ask", *WAIVER, "asked")[0] == 0
    file = folder / "howopen.lock"

    def whole(*words, models, before):
        tree(folder, models)
        file.unlink(missing_ok=True)
        if before:
            file.write_bytes(before)
        code, _, error = run(folder, "lock", *words)
        assert code == 0, error
        return file.read_bytes()

    a = whole(models=first, before=None)
    b = whole(models=second, before=None)
    more = whole(second[-1], models=first, before=a)
    model = tomllib.loads(a.decode())["model"][3]
    stale = a.replace(model["revision"].encode(), b"1" * 40)
    assert a not in (b, more, stale) and whole("--update", model["id"], models=first, before=stale) == a
    meant = {}

    def locked(content):
        file.write_bytes(content)
        return run(folder, "drift", "-q"), run(folder, "gate", ".", "--locked", "-q")

    def prepared(models, before):
        def prepare():
            tree(folder, models)
            file.unlink(missing_ok=True)
            if before:
                file.write_bytes(before)
                file.chmod(0o640)
            return folder, folder, None, 0o022
        return prepare

    variants = [Variant(prepared(second, a), ["lock"], new=b), Variant(prepared(first, None), ["lock"], new=a),
                Variant(prepared(first, a), ["lock", second[-1]], new=more),
                Variant(prepared(first, stale), ["lock", "--update", model["id"]], new=a),
                Variant(prepared(second, a), ["lock", "--no-cache"], new=b)]
    tree(folder, first)
    for content in (a, b, more, stale):
        meant[content] = locked(content)
        check(meant[content][0][0] in (0, 1, 3), f"lock: drift ends with {meant[content][0][0]}")
    counts, look = collections.Counter(), {}
    for v in variants:
        v.before = lambda: look.update(files=Files(folder))

    def seen(v, _, code, what):
        state, left = look["files"].after(what, file.name, lambda content: content == v.new)
        counts[f"{state} locks"] += 1
        counts["temporary files left"] += left
        check(code != 0 or file.read_bytes() == v.new, f"{what}: ended, and the lock is not the new one")
        if file.exists() and code != 0:
            tree(folder, first)
            drift, gate = meant.get(file.read_bytes(), (None, None))
            check(run(folder, "drift", "-q") == drift, f"{what}: the lock is read as something else by drift")
            if r.random() < 0.2:
                check(run(folder, "gate", ".", "--locked", "-q") == gate, f"{what}: … by gate --locked")

    line, seconds = storm("lock", variants, seen)
    # With all that is left lying around.
    check(whole(models=first, before=b) == a, "lock: a later run writes something else")
    for leftover in folder.glob(".howopen.lock.*"):
        check(leftover.read_bytes() in (a, b, more) or a.startswith(leftover.read_bytes())
              or b.startswith(leftover.read_bytes()) or more.startswith(leftover.read_bytes()),
              f"lock: {leftover.name} holds something else")
    there = references(folder)
    for leftover in folder.glob(".howopen.lock.*"):
        leftover.unlink()
    check(there == references(folder), "lock: a leftover counts as a source")
    tell(line, seconds, counts)


def waive():
    folder = top / "waive"
    tree(folder, first)
    assert run(folder, "init", "--full")[0] == 0
    file = folder / "howopen.toml"
    for k in range(5):
        assert run(folder, "waive", first[k], "license.ask", *WAIVER, f"before {k}")[0] == 0
    file.write_bytes(file.read_bytes() + "# Ende — ohne Zeilenende".encode())
    file.chmod(0o640)
    counts, look, number = collections.Counter(), {}, [0]

    def words():
        return ["waive", f"acme/w{number[0]}", r.choice(["license.ask", "revision.pinned", "weights.safe-format"]),
                *WAIVER, f'Grund "{number[0]}"\tÄ']

    def prepare():
        number[0] += 1
        return folder, folder, None, 0o022

    def waivers(content):
        return tomllib.loads(content.decode())["waiver"]

    def wholly_new(content):
        before = look["files"].files[file.name][0]
        try:
            now = waivers(content)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            return False
        return (content.startswith(before) and now[:-1] == waivers(before) and now[-1]["model"] == f"acme/w{number[0]}"
                and now[-1]["reason"] == f'Grund "{number[0]}"\tÄ' and now[-1]["by"] == "legal@acme.example")

    def seen(_, __, code, what):
        state, left = look["files"].after(what, file.name, wholly_new)
        counts[f"{state} policies"] += 1
        counts["temporary files left"] += left
        check(code != 0 or state == "new", f"{what}: ended, and the waiver is not there")
        if code == 0:
            return
        done = run(folder, "policy", "check")
        if not check(done[0] == 0, f"{what}: policy check ends with {done[0]}: {done[2][:300]}"):
            file.write_bytes(look["files"].files[file.name][0])
            return
        shown = json.loads(run(folder, "policy", "show", "-o", "json")[1])["values"]
        check(sum(v["key"] == "waiver" for v in shown) == len(waivers(file.read_bytes())), f"{what}: waivers shown")

    variant = Variant(prepare, words, before=lambda: look.update(files=Files(folder)))
    line, seconds = storm("waive", [variant], seen)
    number[0] += 1
    look["files"] = Files(folder)
    done = run(folder, *words())
    check(done[0] == 0 and wholly_new(file.read_bytes()), f"waive: a later run does not work: {done[2][:300]}")
    counts["waivers in the file"] = len(waivers(file.read_bytes()))
    check(all(w["reason"] == f"before {k}" for k, w in enumerate(waivers(file.read_bytes())[:5])), "waive: the first")
    tell(line, seconds, counts)


def init():
    folder = top / "init"
    tree(folder, first)
    file = folder / "howopen.toml"
    kinds = {}
    for words in (("init",), ("init", "--full", "--preset", "osaid"), ("init", "--preset", "mof")):
        file.unlink(missing_ok=True)
        assert run(folder, *words)[0] == 0
        kinds[words] = file.read_bytes()
    counts, look = collections.Counter(), {}

    def empty():
        file.unlink(missing_ok=True)
        return folder, folder, None, 0o022

    def full():
        file.write_bytes(kinds["init",])
        return folder, folder, None, 0o022

    def seen(v, _, code, what):
        state, left = look["files"].after(what, file.name, lambda content: content == v.new)
        counts[f"{'no' if not file.exists() else state} policies"] += 1
        counts["temporary files left"] += left
        if file.exists():
            done = run(folder, "policy", "check")
            check(done[0] == 0, f"{what}: policy check ends with {done[0]}: {done[2][:300]}")
        else:
            check(code != 0, f"{what}: ended, and there is no policy")
            done = run(folder, *v.words())
            check(done[0] == 0 and file.read_bytes() == v.new, f"{what}: a later init does not work: {done[2][:300]}")

    variants = [Variant(empty, list(w), new=content) for w, content in kinds.items()]
    variants.append(Variant(full, ["init"], codes=(2,), made=(), new=None))
    for v in variants:
        v.before = lambda: look.update(files=Files(folder))
    line, seconds = storm("init", variants, seen)
    there = references(folder)
    for leftover in folder.glob(".howopen.toml.*"):
        leftover.unlink()
    check(there == references(folder), "init: a leftover counts as a source")
    tell(line, seconds, counts)


def saved(content):
    """A snapshot without the addresses of its answers: a content that several models have is asked of any one."""
    try:
        bundle = json.loads(content)
    except ValueError:
        return None
    for answer in bundle["answers"]:
        answer.pop("where", None), answer.pop("commit", None)
    return json.dumps(bundle)


def fetch():
    folder = top / "fetch"
    folder.mkdir()
    file = folder / "saved.json"
    whole, judged, batched = {}, {}, {}
    for models in (first, second):
        file.unlink(missing_ok=True)
        code, _, error = run(folder, "fetch", *models, "--output", file.name)
        assert code == 0, error
        whole[models[0]] = file.read_bytes()
        content = saved(whole[models[0]])
        judged[content] = run(folder, "audit", "--replay", file.name, "-o", "json")
        batched[content] = run(folder, "batch", "--replay", ".", "-q")
        assert judged[content][0] == 0 and len(json.loads(judged[content][1])["models"]) == len(models)
    counts, look = collections.Counter(), {}

    def prepared(before):
        def prepare():
            file.unlink(missing_ok=True)
            if before:
                file.write_bytes(before)
                file.chmod(0o600)
            return folder, folder, None, 0o022
        return prepare

    variants = [Variant(prepared(before), ["fetch", *models, "--output", file.name, *more], new=saved(whole[models[0]]))
                for before, models, more in ((None, first, []), (whole[first[0]], second, []),
                                             (whole[second[0]], first, ["--no-cache"]))]
    for v in variants:
        v.before = lambda: look.update(files=Files(folder))

    def seen(v, _, code, what):
        state, left = look["files"].after(what, file.name, lambda content: saved(content) == v.new)
        counts[f"{state} snapshots"] += 1
        counts["temporary files left"] += left
        check(code != 0 or saved(file.read_bytes()) == v.new, f"{what}: ended, and the snapshot is not the new one")
        if file.exists() and code != 0:
            content = saved(file.read_bytes())
            check(run(folder, "audit", "--replay", file.name, "-o", "json") == judged.get(content),
                  f"{what}: the snapshot is judged as something else")
            if left:
                check(run(folder, "batch", "--replay", ".", "-q") == batched.get(content),
                      f"{what}: a batch over the folder takes the leftover for real")

    line, seconds = storm("fetch", variants, seen)
    done = run(folder, "fetch", *first, "--output", file.name)
    check(done[0] == 0 and saved(file.read_bytes()) == saved(whole[first[0]]),
          f"fetch: a later run does not work: {done[2][:300]}")
    tell(line, seconds, counts)


def batch():
    folder = top / "batch"
    folder.mkdir()
    listed = names + r.sample(names, 10)  # some are named twice
    (folder / "ids.txt").write_text("".join(n + "\n" for n in listed))
    cache = top / "batch-cache"

    def words(file, *more):
        return ["batch", "ids.txt", "--output", file, "-j", "8", "-q", *more]

    start = time.monotonic()
    code, _, error = run(folder, *words("whole", "--no-cache"))
    took = time.monotonic() - start
    assert code == 3, error
    whole = (folder / "whole").read_bytes()
    lines = whole.splitlines(keepends=True)
    asked = collections.Counter(listed)
    assert collections.Counter(json.loads(line)["ref"] for line in lines) == asked
    good_lines, file = set(lines), folder / "killed"
    landed = rounds = 0
    counts = collections.Counter()
    began = time.monotonic()
    while landed < kills:
        rounds += 1
        file.unlink(missing_ok=True)
        shutil.rmtree(cache, ignore_errors=True)
        more = [*r.choice([[], ["--unordered"]]), *r.choice([[], [], ["--no-cache"]])]
        what = f"batch #{rounds} {' '.join(more)}"
        kept = b""
        for _ in range(r.randrange(3, 8)):
            process = begin(folder, words(file.name, "--resume", *more), cache)
            time.sleep(r.uniform(0, 1.2 * took))
            process.send_signal(signal.SIGKILL)
            code = process.wait()
            landed += code == -signal.SIGKILL
            check(code in (3, -signal.SIGKILL), f"{what}: exit {code}")
            content = file.read_bytes() if file.exists() else b""
            check(content.startswith(kept), f"{what}: whole lines of before are gone")
            kept, torn = content[:content.rfind(b"\n") + 1], content[content.rfind(b"\n") + 1:]
            check(all(line in good_lines for line in kept.splitlines(keepends=True)), f"{what}: a line is wrong")
            check("--unordered" in more or whole.startswith(kept), f"{what}: lines out of order")
            counts["torn lines found"] += bool(torn)
            check(sorted(p.name for p in folder.iterdir()) in (["ids.txt", "killed", "whole"], ["ids.txt", "whole"]),
                  f"{what}: another file in the folder")
            # Where no kill tears a line, one is torn by hand: a write may end anywhere.
            if content and not torn and r.random() < 0.3:
                file.write_bytes(content[:-r.randrange(1, min(len(content), 20000))])
                kept = file.read_bytes()
                kept = kept[:kept.rfind(b"\n") + 1]
                counts["torn by hand"] += 1
        code, _, error = run(folder, *words(file.name, "--resume", *more), cache=cache)
        check(code == 3, f"{what}: the last run ends with {code}: {error[:300]}")
        content = file.read_bytes()
        got = collections.Counter(json.loads(line)["ref"] for line in content.splitlines())
        check(got == asked, f"{what}: not every model exactly once: {asked - got} missing, {got - asked} too many")
        same = sorted(content.splitlines(keepends=True)) == sorted(lines) if "--unordered" in more else content == whole
        check(same, f"{what}: other lines than a batch nobody disturbed")
        counts["temporary files left in caches"] += sum(1 for _ in cache.glob("tmp/*"))
    tell(f"batch: {landed} kills in {rounds} batches of {len(listed)} lines, {1000 * took:.0f} ms each",
         time.monotonic() - began, counts)


def entries(cache):
    return {p.relative_to(cache).as_posix(): p.read_bytes()
            for kind in ("answers", "blobs") for p in (cache / kind).rglob("*") if p.is_file()}


def says_none(model):
    words = json.dumps(model)
    told = ("could-not-look", "not asked", "could not be looked at")
    return bool(model["errors"]) or model["verdict"] == "undetermined" or any(w in words for w in told)


def but_the_base(model):
    """Of a base by the same publisher, whose license binds nothing, a note may be missing."""
    findings = [f for f in model["findings"] if f["rule"] != "license.relicensed-by-owner"]
    return {**model, "findings": findings}


def cache():
    folder = top / "reports"
    folder.mkdir()
    report, kept, copy = folder / "report.json", top / "killed-cache", top / "copied-cache"
    models = first

    def audit(name, cache, *more, umask=0o022):
        code, out, error = run(folder, "audit", *models, "-o", f"json={name}", *more, cache=cache, umask=umask)
        content = (folder / name).read_bytes()
        (folder / name).unlink()
        return code, content, error

    whole_cache = top / "whole-cache"
    code, online, error = audit("whole.json", whole_cache)
    assert code == 0, error
    code, offline, error = audit("whole.json", whole_cache, "--offline")
    assert code == 0 and not error, error
    whole = entries(whole_cache)
    offline_models = {m["id"]: m for m in json.loads(offline)["models"]}
    assert len(whole) > 20 and not any(says_none(m) for m in offline_models.values())
    old = b'{"old": "report"}\n'
    counts, look, told_before = collections.Counter(), {}, [0]

    def prepare(fresh):
        def do():
            # Two of three begin with no cache; the others go on with what a kill has left.
            if fresh:
                shutil.rmtree(kept, ignore_errors=True)
                told_before[0] = 0
            kept.exists() or kept.mkdir(0o700)
            (kept / "tmp").mkdir(exist_ok=True)
            if fresh and r.random() < 0.5:
                shutil.rmtree(kept)
            report.write_bytes(old)
            report.chmod(0o600)
            return folder, (kept / "tmp") if kept.exists() else folder, kept, r.choice([0o022, 0o002])
        return do

    def believed(code, content, error, what):
        """Offline: each model as from a whole cache, or it says what could not be seen."""
        check(code in (0, 3), f"{what}: offline, exit {code}: {error[:300]}")
        check("cache is not used" not in error, f"{what}: {error[:300]}")
        for m in json.loads(content)["models"]:
            then = offline_models[m["id"]]
            kind = "same" if m == then else "with gaps told" if says_none(m) else "but for the note of a base"
            counts[f"models offline, {kind}"] += 1
            check(says_none(m) or but_the_base(m) == but_the_base(then),
                  f"{what}: {m['id']} is judged as something else and says nothing of it")

    def seen(v, context, code, what):
        state, left = look["files"].after(what, report.name, lambda content: content == online)
        counts[f"{state} reports"] += 1
        counts["temporary files left"] += left
        check(code != 0 or state == "new", f"{what}: ended, and the report is not there")
        now = entries(kept)
        for name, content in now.items():
            check(whole.get(name) == content, f"{what}: {name} in the cache is not whole")
        temporaries = sum(1 for _ in kept.glob("tmp/*"))
        counts["temporary files left in caches"] += max(0, temporaries - told_before[0])
        told_before[0] = temporaries
        counts["whole caches" if len(now) == len(whole) else "caches with a part" if now else "empty caches"] += 1
        if code == 0:
            return
        believed(*audit("off.json", kept, "--offline"), what)
        # A power cut does more than a kill: entries are cut short, or their ends are zeros.
        if now and code != 0 and r.random() < 0.25:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(kept, copy)
            cut = r.sample(sorted(now), min(len(now), r.randrange(1, 8)))
            for name in cut:
                at = r.choice([0, r.randrange(len(now[name])), len(now[name]) - 1])
                zeros = b"\0" * (len(now[name]) - at) if r.random() < 0.3 else b""
                (copy / name).write_bytes(now[name][:at] + zeros)
            counts["entries cut by hand"] += len(cut)
            with_cuts = audit("off.json", copy, "--offline")
            believed(*with_cuts, f"{what}, cut by hand")
            shutil.rmtree(copy)
            shutil.copytree(kept, copy)
            for name in cut:
                (copy / name).unlink()
            check(audit("off.json", copy, "--offline") == with_cuts, f"{what}: a cut entry is not as a missing one")
            for name in cut:
                (copy / name).write_bytes(now[name][:r.randrange(len(now[name]))])
            # And a run with a network makes it whole again.
            code, content, error = audit("on.json", copy, umask=0o002)
            check(code == 0 and content == online and not error,
                  f"{what}: a later run says something else: {error[:300]}")
            check(entries(copy) == whole, f"{what}: a later run does not make the cache whole")
            check(audit("off.json", copy, "--offline") == (0, offline, ""), f"{what}: offline after a later run")

    words = ["audit", *models, "-o", f"json={report.name}"]
    writes = len(whole)
    variants = [Variant(prepare(True), words, made=range(1, writes)),
                Variant(prepare(True), words, made=range(1, writes)),
                Variant(prepare(False), words, made=range(1, 4))]
    for v in variants:
        v.before = lambda: look.update(files=Files(folder))
    line, seconds = storm("cache", variants, seen)
    code, content, error = audit("on.json", kept)
    check(code == 0 and content == online and not error, f"cache: a later run says something else: {error[:300]}")
    check(run(folder, "cache", "ls", cache=kept)[0] == 0, "cache: ls")
    pruned = run(folder, "cache", "prune", "--all", cache=kept)
    check(pruned[0] == 0, f"cache: prune ends with {pruned[0]}")
    tell(line, seconds, counts)


def together():
    began = time.monotonic()
    folder = top / "together"
    counts = collections.Counter()

    def many(commands, some_killed=False):
        running = [begin(folder, c) for c in commands]
        for p in running:
            if some_killed and r.random() < 0.3:
                time.sleep(r.uniform(0, 0.02))
                p.send_signal(signal.SIGKILL)
        return [p.wait(60) for p in running]

    for number in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        tree(folder, first)
        file = folder / "howopen.toml"
        codes = many([["init", "--preset", p] for p in ["permissive", "osaid", "mof", "report"] * 5])
        check(sorted(codes) == [0] + [2] * 19, f"together: init ends with {codes}")
        check(run(folder, "policy", "check")[0] == 0, "together: the policy of 20 is broken")
        killed = number >= 1
        codes = many([["waive", f"acme/t{k}", "license.ask", *WAIVER, f"of {k}"] for k in range(20)], killed)
        there = [w["reason"] for w in tomllib.loads(file.read_text()).get("waiver", [])]
        check(run(folder, "policy", "check")[0] == 0, "together: the policy with waivers is broken")
        check(len(there) == len(set(there)), f"together: a waiver is there twice: {there}")
        check(all(f"of {k}" in there for k, code in enumerate(codes) if code == 0), f"together: waivers lost: {there}")
        check(all(code in (0, -signal.SIGKILL) if killed else code == 0 for code in codes), f"together: waive: {codes}")
        check(killed or len(there) == 20, f"together: {len(there)} waivers of 20")
        counts["waivers of 20 at once" + (", some killed" if killed else "")] += len(there)
        (folder / "howopen.lock").unlink(missing_ok=True)
        codes = many([["lock", m] for m in good[:20]], killed)
        lock_file = folder / "howopen.lock"
        locked = [m["id"] for m in tomllib.loads(lock_file.read_text())["model"]] if lock_file.exists() else []
        check(len(locked) == len(set(locked)), f"together: locked twice: {locked}")
        check(all(m in locked for m, code in zip(good, codes) if code == 0), f"together: locks lost: {locked}")
        check(killed or (set(codes) == {0} and len(locked) == 20), f"together: lock: {codes}")
        counts["locks of 20 at once" + (", some killed" if killed else "")] += len(locked)
    tell("together: 3 rounds", time.monotonic() - began, counts)


everything = [lock, waive, init, fetch, batch, cache, together]
print(f"seed {seed}", flush=True)
start = time.monotonic()
for part in everything:
    if not parts or part.__name__ in parts:
        part()
hub.stop()
if wrong:
    sys.exit(f"{len(wrong)} things are wrong (seed {seed}); see {top}")
shutil.rmtree(top)
print(f"nothing was lost in {time.monotonic() - start:.0f} s (seed {seed})")
