#!/usr/bin/env python3
"""count.py [-v] HOWOPEN LABELS TREES: precision and recall of `howopen scan` against labels.tsv.

Trees are packages unpacked below TREES/NAME@VERSION: `npm pack NAME@VERSION` (its folder npm-NAME), Debian's binary
packages (deb-NAME). Labels name place, id and role, no text; they were made before the tool was run.

Halves: first byte of sha256("tree/path"), even = work, odd = held. -v lists errors of the work half, never of held.
"""
import collections, csv, hashlib, json, os, subprocess, sys

GOOD, WANT = {"model", "ollama", "api"}, {"model", "ollama"}

def forms(i):
    i = i.lower()
    return {i, i.split("@")[0], i.split("@")[0].split(":")[0]}

def same(a, b):
    """Revision and tag cut; a bare name equals the last part of a full id (gpt2, openai-community/gpt2)."""
    for x in forms(a):
        for y in forms(b):
            if x == y or ("/" in x) != ("/" in y) and x.rsplit("/", 1)[-1] == y.rsplit("/", 1)[-1]:
                return True
    return False

def main():
    args = [a for a in sys.argv[1:] if a != "-v"]
    if len(args) != 3:
        sys.exit(__doc__)
    tool, labels, trees = args
    lab = collections.defaultdict(list)
    for r in csv.DictReader(open(labels, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        lab[r["tree"], r["path"], int(r["line"])].append(r)
    rep, unres = collections.defaultdict(dict), collections.defaultdict(set)
    for t in sorted({k[0] for k in lab}):
        p = subprocess.run([tool, "scan", os.path.join(trees, t), "-o", "json"],
                           capture_output=True, text=True)
        try:
            doc = json.loads(p.stdout)
            refs = doc["references"]
        except (ValueError, KeyError) as e:
            sys.exit(f"{t}: exit {p.returncode}, no references: {e}: {p.stderr[:300]}")
        for x in refs:
            rep[t, x["file"], x["line"]].setdefault(x["id"], x)
        for x in doc.get("unresolved", []):
            unres[t, x["file"], x["line"]].add(x["text"])
    n = collections.Counter()
    out = []
    for k, ls in sorted(lab.items()):
        half = "held" if hashlib.sha256(f"{k[0]}/{k[1]}".encode()).digest()[0] & 1 else "work"
        got = rep.get(k, {})
        for i, x in got.items():
            hit = [l for l in ls if same(l["id"], i)]
            ok = any(l["label"] in GOOD for l in hit)
            role = (hit or ls)[0]["role"]
            for r in (role, "all"):
                n[half, r, "rep"] += 1
                n[half, r, "right"] += ok
            if not ok:
                out.append((half, "wrong", role, k, i, x.get("form"),
                            "/".join(sorted({l["label"] for l in hit or ls})) + ("" if hit else ", other id")))
        for l in ls:
            n[half, l["label"], "n"] += 1
            n[half, l["label"], "ref"] += any(same(l["id"], i) for i in got)
            n[half, l["label"], "un"] += any(same(l["id"], i) for i in unres.get(k, ()))
            if l["label"] in WANT:
                ok = any(same(l["id"], i) for i in got)
                for r in (l["role"], "all"):
                    n[half, r, "want"] += 1
                    n[half, r, "found"] += ok
                if not ok:
                    out.append((half, "miss", l["role"], k, l["id"], "", l["label"]))
    pc = lambda a, b: f"{a:4}/{b:<4} {100 * a / b:5.1f}%" if b else f"{a:4}/{b:<4}     -"
    print(f"{'half':5}{'role':10}{'precision':>17}{'recall':>19}")
    for half in ("work", "held"):
        for r in ("code", "config", "command", "test", "document", "comment", "all"):
            print(f"{half:5}{r:10}  {pc(n[half, r, 'right'], n[half, r, 'rep'])}    {pc(n[half, r, 'found'], n[half, r, 'want'])}")
    print("by label, whatever the role: reported as a reference / listed under unresolved / labelled")
    for half in ("work", "held"):
        print(f"{half:5}" + "  ".join(f"{l} {n[half, l, 'ref']}/{n[half, l, 'un']}/{n[half, l, 'n']}"
                                      for l in ("model", "ollama", "api", "placeholder", "not")))
    if "-v" in sys.argv:
        for half, kind, role, k, i, form, why in out:
            if half == "work":
                print(f"{kind:6}{role:9} {i}  [{why}{', ' + form if form else ''}]  {k[0]}/{k[1]}:{k[2]}")

main()
