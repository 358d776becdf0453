#!/usr/bin/env python3
"""Two hundred made stores of models on this machine, each with the answer that it was made to have: what a text or a base
restricts is never called open, whatever a head, a card or an annotation claims; where the claim is a free one, the
conflict is named; what is free is not called restricted. Stores made to do harm end without a crash, soon and in little
memory, show nothing of what lies outside of them, and are not called open for what was not read. A store of 50 models
and a file of 40 GB cost what their heads do.

  stores.py HOWOPEN [TEXTS]

TEXTS is a folder of license texts named by id, as tools/license_index takes; by default ../shared/licenses/texts beside
this tree. Stores whose text is not there are skipped, and that is said.
"""
import collections, itertools, json, os, pathlib, random, subprocess, sys, tempfile, threading, time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import made_stores as made  # noqa: E402
from made_stores import Store, write  # noqa: E402

howopen = os.path.abspath(sys.argv[1])
if len(sys.argv) > 2:
    made.texts = pathlib.Path(sys.argv[2])
r = random.Random(2022)
cleanup = tempfile.TemporaryDirectory(prefix="howopen-stores-")
scratch = pathlib.Path(cleanup.name)
ENV = {"PATH": "/usr/bin:/bin", "HOME": f"{scratch}/home", "HF_HOME": f"{scratch}/home/hf",
       "HOWOPEN_CACHE": f"{scratch}/home/answers",
       **{f"XDG_{x}_HOME": f"{scratch}/home/{x.lower()}" for x in ("CACHE", "CONFIG", "DATA", "STATE")}}
MOST_S, MOST_MB, FREE_CALLED_RESTRICTED = 20, 300, 2  # seconds of processors: the machine may have others to serve
PATIENCE_S = 180
OPEN = ("open-weights", "open-source-ai", "open-source-ai-open-data")
ORDER = ["open", "use-restricted", "non-commercial"]
CLASS = {"mit": "open", "apache-2.0": "open", "llama3.1": "use-restricted", "cc-by-nc-4.0": "non-commercial"}
LANGUAGE = {"meta-llama/Llama-3.1-8B": "use-restricted", "google/gemma-2-9b": "use-restricted",
            "Qwen/Qwen2.5-3B": "non-commercial", "mistralai/Mistral-7B-v0.1": "open", "Qwen/Qwen2.5-7B": "open"}
PICTURES = {"stabilityai/stable-diffusion-2-1": "use-restricted", "black-forest-labs/FLUX.1-dev": "non-commercial",
            "black-forest-labs/FLUX.1-schnell": "open"}
# Where a claim may stand, whether a text may stand beside it, where a base may be named.
SHAPES = {"gguf": (["head"], False, ["head"]), "safetensors": (["head"], True, ["card"]),
          "folder": (["card", "head"], True, ["card"]), "gguf folder": (["card", "head"], True, ["card", "head"]),
          "adapter": (["card", "head"], True, ["adapter"]), "diffusers": (["card", "head"], True, ["card"]),
          "ollama": (["head"], True, ["head"]), "docker model": (["head", "annotation"], True, ["head"]),
          "model-spec": (["config", "annotation", "card", "head"], True, ["card", "head"]),
          "modelkit": (["config", "card", "head"], True, ["card", "head"]),
          "oci-archive": (["head", "annotation"], True, ["head"]), "image": (["card", "head"], True, ["card"]),
          "tar": (["card", "head"], True, ["card"]), "gguf tar": (["head"], True, ["head"]),
          "lm studio": (["head"], True, ["head"]),
          "hub cache": (["card", "head"], True, ["card"])}
SEVERAL = {"ollama": "acme-tiny:v1", "docker model": ":v1", "model-spec": ":v1", "modelkit": ":v1", "oci-archive": ":v1",
           "image": "alpha"}  # what the reference of one among several says
HOW_MANY = {"trap": 60, "free": 70, "restricted": 45, "unclear": 25}
BASES = LANGUAGE | PICTURES
wrong = []


def check(good, what):
    if not good:
        wrong.append(what)
        print(f"   WRONG: {what}", flush=True)
    return good


def bound(s):
    """The classes, but for open, of all that speaks in a store."""
    said = {CLASS.get(s.claim), CLASS.get(s.text), BASES.get(s.base)}
    return sorted(said - {None, "open"}, key=ORDER.index)


def kind(s):
    free = CLASS.get(s.claim) == "open"
    return ("trap" if free else "restricted") if bound(s) else "free" if free or s.text else "unclear"


def strict(of_license):
    return of_license not in (None, "open")


def text_decides(s):
    """A tag stricter than the free text beside it: the text governs, and the difference is a finding. A head is no tag."""
    stricter = strict(CLASS.get(s.claim)) and CLASS.get(s.text) == "open"
    return s.at == "card" and stricter and not strict(BASES.get(s.base))


def expected(s):
    own = ["open"] * text_decides(s) if CLASS.get(s.claim) or s.text else ["none", "unknown"]
    return {"trap": bound(s)[-1:], "restricted": bound(s) + own, "free": ["open", "unknown"],
            "unclear": ["none", "unknown"]}[kind(s)]


def choose():
    """So many stores of each kind, evenly over the shapes."""
    pools = collections.defaultdict(list)
    for shape, (places, may_text, base_places) in SHAPES.items():
        claims = [(None, None), *itertools.product(places, [*CLASS, "other"])]
        based = [(None, None), *itertools.product(base_places, PICTURES if shape == "diffusers" else LANGUAGE)]
        for claim, text, base in itertools.product(claims, [None, *CLASS] if may_text else [None], based):
            store = Store(shape, *claim, text, *base)
            pools[kind(store), shape].append(store)
    for what, number in HOW_MANY.items():
        turns = itertools.zip_longest(*(r.sample(pools[what, shape], len(pools[what, shape])) for shape in SHAPES))
        yield from [s for turn in turns for s in turn if s][:number]


def run(*words, env=None, cwd=scratch):
    """Exit code, output, errors, seconds, seconds of processors, peak MB (not less than those of this script)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        child = subprocess.Popen([howopen, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=cwd,
                                 env=ENV | (env or {}))
        timer = threading.Timer(PATIENCE_S, child.kill)
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - begun
        for stream in (out, err):
            stream.seek(0)
        said = [stream.read().decode(errors="replace") for stream in (out, err)]
        return child.returncode, *said, took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def models_of(out):
    try:
        return json.loads(out)["models"]
    except (ValueError, KeyError):
        return []


def class_of(model):
    return ((model.get("license") or {}).get("effective") or {}).get("class")


def called_open(model):
    return class_of(model) == "open" or model["verdict"] in OPEN


def rules_of(model):
    named = model.get("findings", []) + (model.get("license") or {}).get("conflicts", [])
    return sorted({f["rule"] for f in named if "-vs-" in f["rule"]})


def conflict_named(s, rules):
    by_text, by_base = strict(CLASS.get(s.text)) or text_decides(s), strict(BASES.get(s.base))
    return any(by_text and rule.endswith("-vs-text") or by_base and rule.endswith("-vs-ancestor") for rule in rules)


def two_hundred():
    table, alone, skipped = collections.defaultdict(collections.Counter), {}, 0
    for number, s in enumerate(choose()):
        if s.text and made.license_text(s.text) is None:
            print(f"skipped: {s}: no such text in {made.texts}")
            skipped += 1
            continue
        place = scratch / "tree" / f"{number:03d}"
        place.mkdir(parents=True)
        other = Store("gguf", "head", "mit" if bound(s) else "cc-by-nc-4.0")
        ref, env = made.make(s, other, place)
        code, out, err, *_ = run("audit", ref, "--offline", "--json", env=env, cwd=place)
        found, row, what = models_of(out), table[s.shape], f"{number:03d} {s}"
        row["stores"] += 1
        if s.shape == "image":
            check(len(found) == 2, f"{what}: {len(found)} answers for two models")
            beside = [class_of(m) for m in found if "beta" in m["ref"]]
            check(beside == [CLASS[other.claim]], f"{what}: the model beside is {beside}, not {other.claim}")
            found = [m for m in found if "alpha" in m["ref"]]
        if len(found) != 1 or code not in (0, 3):
            check(False, f"{what}: {ref}: exit {code}, {len(found)} answers: {err.strip()[-200:]}")
            continue
        model = found[0]
        if "tar" not in s.shape:  # a bundle in a tree is a file like another
            alone[number] = s, class_of(model)
        row[kind(s)] += 1
        told = f"{what}: {class_of(model)}, {model['verdict']}, {' '.join(rules_of(model)) or 'no conflict'} ({ref})"
        if kind(s) == "free":
            row["unknown"] += class_of(model) == "unknown"
            if class_of(model) not in expected(s):
                row["free restricted"] += 1
                print(f"   free called restricted: {told}")
            continue
        row["called open"] += bool(bound(s)) and called_open(model) and not text_decides(s)
        right = class_of(model) in expected(s) and (text_decides(s) or model["verdict"] not in OPEN)
        check(right, f"{told}, and not {' or '.join(expected(s))}")
        if kind(s) == "trap" or text_decides(s):
            named = check(conflict_named(s, rules_of(model)), f"{told}: the conflict is not named")
            row["named"] += named and kind(s) == "trap"
    print(f"{'shape':14}{'stores':>8}{'restricted called open':>24}{'conflicts named':>17}{'free called restricted':>24}"
          f"{'free unknown':>14}")
    table["all"] = sum(list(table.values()), collections.Counter())
    for shape, row in table.items():
        print(f"{shape:14}{row['stores']:8}{row['called open']:14} of {row['trap'] + row['restricted']:<6}"
              f"{row['named']:11} of {row['trap']:<3}{row['free restricted']:16} of {row['free']:<5}{row['unknown']:11}")
    every = table["all"]
    check(every["free restricted"] <= FREE_CALLED_RESTRICTED, f"{every['free restricted']} free ones called restricted")
    check(skipped or every["trap"] == HOW_MANY["trap"], f"only {every['trap']} with a free claim over what is not were judged")
    in_the_tree(alone)


def in_the_tree(alone):
    """The same stores, found below one folder: one answer a model, the same as for each alone."""
    _, out, err, took, cpu, mb = run("audit", f"dir:{scratch}/tree", "--recursive", "--offline", "--json")
    found, differs = models_of(out), collections.defaultdict(list)
    for number, (s, was) in alone.items():
        here = [m for m in found if f"/{number:03d}/" in m["ref"] + "/"]
        classes = [class_of(m) for m in here if SEVERAL.get(s.shape, "") in m["ref"]]
        if classes != [was]:
            differs[s.shape].append(f"{number:03d}: {classes or 'no answer'}, alone {was}")
        for m in here:
            if bound(s) and not text_decides(s) and "other" not in m["ref"] and "beta" not in m["ref"]:
                check(not called_open(m), f"{number:03d} {s}, in the tree: {class_of(m)}, {m['verdict']}, {m['ref']}")
    for shape, how in differs.items():
        check(False, f"{shape}, in a tree: {len(how)} answered otherwise than alone: {'; '.join(how[:3])} …")
    print(f"a tree of {len(list((scratch / 'tree').iterdir()))} stores: {len(found)} answers, {took:.2f} s, {mb:.0f} MB")


def costs():
    store = scratch / "fifty"
    made.ollama({(f"acme-{n:02d}", "7b"): Store("ollama", "head", r.choice(list(CLASS)), r.choice([None, "apache-2.0"]))
                 for n in range(50)}, store)
    times = []
    for _ in range(6):
        code, out, err, took, cpu, mb = run("audit", "ollama:*", "--offline", "-o", "jsonl", env={"OLLAMA_MODELS": str(store)})
        times.append(took)
        lines = [line for line in out.splitlines() if json.loads(line).get("type") != "summary"]
        check(code in (0, 3) and len(lines) == 50, f"50 models of Ollama: exit {code}, {len(lines)} lines {err[-200:]}")
    print(f"50 models of Ollama: {times[0]:.3f} s, then {min(times[1:]):.3f} to {max(times[1:]):.3f} s, "
          f"{cpu:.3f} s of processors, {mb:.0f} MB")
    big = scratch / "big/big.gguf"
    write(big.parent, {big.name: made.gguf(Store("gguf", "head", "mit"))})
    os.truncate(big, 40 * 10**9)
    code, out, err, took, cpu, mb = run("audit", "./big.gguf", "--offline", "--json", cwd=big.parent)
    good = code in (0, 3) and len(models_of(out)) == 1 and cpu < 1 and mb < 100
    check(good, f"a file of 40 GB: exit {code}, {took:.1f} s, {mb:.0f} MB")
    print(f"a sparse GGUF of 40 GB: {took:.3f} s, {cpu:.3f} s of processors, {mb:.0f} MB")


def listing(folder):
    return sorted(f"{at}/{name}" for at, folders, files in os.walk(folder) for name in folders + files)


def hostile():
    slow, large, count = (0, ""), (0, ""), 0
    # Written by another program, since the memory that this one has would count for its children.
    written = subprocess.run([sys.executable, made.__file__.replace("made", "hostile"), scratch / "hostile", made.texts],
                             stdout=subprocess.PIPE, check=True, env=ENV).stdout
    for line in written.splitlines():
        what, ref, home, env = json.loads(line)
        home = pathlib.Path(home)
        before = listing(home.parent) + listing(home.parents[1] / "outside")
        for more in ([], ["--recursive"]) if ref.startswith("dir:") else ([],):
            said = f"{what}{' --recursive' if more else ''}"
            code, out, err, took, cpu, mb = run("audit", ref, *more, "--offline", "--json", env=env, cwd=home)
            count, slow, large = count + 1, max(slow, (cpu, said)), max(large, (mb, said))
            check(code in (0, 1, 2, 3), f"{said}: exit {code} {err.strip()[-200:]}")
            check(cpu < MOST_S and mb < MOST_MB, f"{said}: {took:.1f} s, {cpu:.1f} s of processors, {mb:.0f} MB")
            check("a-word-from-outside" not in out + err, f"{said}: shows what lies outside")
            for m in models_of(out):
                check(not called_open(m), f"{said}: called {m['verdict']}, {class_of(m)}")
            check(listing(home.parent) + listing(home.parents[1] / "outside") == before, f"{said}: files were written")
    print(f"{count} hostile stores: at most {slow[0]:.2f} s of processors ({slow[1]}), {large[0]:.0f} MB ({large[1]})")


two_hundred()
costs()
hostile()
print(f"{len(wrong)} wrong" + "".join(f"\n   {one}" for one in wrong))
sys.exit(1 if wrong else 0)
