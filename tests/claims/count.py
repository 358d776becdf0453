#!/usr/bin/env python3
"""Counts what the reader claims of cards against labels of what they say.

    count.py CLAIMS_DUMP CARDS      CARDS: a folder with cards/, cards-2024.tar.zst and hub-2022-sample.tar.zst, which
                                    are not in this repository, or a list of lines "id <tab> file"

Labels (tests/claims/*.tsv) name card, line, claim, subject, what, value; no sentence. `work` was looked at while the
reader was written, `held` was not: a card is in one of them by a hash of its id. Prints precision and recall a half.
"""
import collections, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def labels(half):
    out = collections.defaultdict(list)
    with open(os.path.join(HERE, half + ".tsv"), encoding="utf8") as f:
        for line in f:
            card, at, claim, subject, what, value = line.rstrip("\n").split("\t")
            out[card.split(":", 1)[1]].append((int(at), claim, subject, what, value))
    return out


def plain(license_id):
    s = license_id.lower().replace("licenseref-family-", "").replace("licenseref-", "").replace("-only", "").replace("-or-later", "")
    return re.sub(r"[^a-z0-9]", "", s)


def same_license(label, mine):
    a, b = plain(label), plain(mine)
    if label.startswith("?") or label in ("", "?"):
        return True  # named or referred to: any claim at the place will do
    return a == b or a.startswith(b) or b.startswith(a) or ("rail" in a and "rail" in b) or ("llama" in a and "llama" in b)


def count(mine, truth, match):
    hit_mine = sum(any(match(t, m) for t in truth) for m in mine)
    hit_truth = sum(any(match(t, m) for m in mine) for t in truth)
    return hit_mine, len(mine), hit_truth, len(truth)


# Where a folder keeps the cards: set of a label -> archive, file in it.
ARCHIVES = {"c24": ("cards-2024.tar.zst", lambda c: f"cards-2024/{c.replace('/', '__')}.md"),
            "h22": ("hub-2022-sample.tar.zst", lambda c: f"models/{c}/README.md")}


def cards_in(folder, work):
    wanted = collections.defaultdict(dict)
    with open(os.path.join(HERE, "card_files.tsv"), encoding="utf8") as f:
        single = dict(line.rstrip("\n").split("\t") for line in f)
    out = {}
    for half in ("work", "held"):
        with open(os.path.join(HERE, half + "_cards.tsv"), encoding="utf8") as f:
            for line in f:
                kind, card = line.split("\t")[0].split(":", 1)
                if kind in ARCHIVES:
                    wanted[kind][card] = ARCHIVES[kind][1](card)
                else:
                    out[card] = os.path.join(folder, "cards", single[card])
    for kind, files in wanted.items():
        archive = os.path.join(folder, ARCHIVES[kind][0])
        subprocess.run(["tar", "--zstd", "-xf", archive, "-C", work, *files.values()], check=True)
        out.update({card: os.path.join(work, path) for card, path in files.items()})
    return {card: path for card, path in out.items() if os.path.exists(path)}


def main():
    dump, index = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as work:
        run(dump, index, work)


def run(dump, index, work):
    show = "-v" in sys.argv
    # Long cards were labelled as far as they were shown.
    until = {c: int(n) for c, n in (l.split("\t") for l in open(os.path.join(HERE, "until.tsv"), encoding="utf8"))}
    if os.path.isdir(index):
        files = cards_in(index, work)
    else:
        files = dict(l.rstrip("\n").split("\t")[:2] for l in open(index, encoding="utf8"))
    print(f"{len(files)} cards with labels")
    for half in ("work", "held"):
        truth = labels(half)
        cards = [c for c in truth if c in files]
        args = [a for c in cards for a in (files[c], c)]
        lines = []
        for i in range(0, len(args), 200):
            lines += subprocess.run([dump] + args[i:i + 200], capture_output=True, text=True, errors="replace").stdout.splitlines()
        claims = collections.defaultdict(list)
        for l in lines:
            card, at, claim, subject, what, value = l.split("\t")[:6]
            if int(at) <= until.get(card, 1 << 30): claims[card].append((int(at), claim, subject, what, value))
        total = collections.defaultdict(lambda: [0, 0, 0, 0])

        def tally(name, card, mine, true, match):
            r = count(mine, true, match)
            for k in range(4):
                total[name][k] += r[k]
            if show and half == "work":
                for m in mine:
                    if not any(match(t, m) for t in true): print("EXTRA ", name, card, *m, sep="\t")
                for t in true:
                    if not any(match(t, m) for m in mine): print("MISSED", name, card, *t, sep="\t")

        near = lambda t, m: abs(t[0] - m[0]) <= 3
        for card in cards:
            mine, true = claims[card], truth[card]
            ours = [m for m in mine if m[2] in ("this", "family")]
            of_this = [t for t in true if t[2] == "this" and t[3] != "data"]
            # A term of a license's name may be labelled as either.
            tally("licensed", card, [m for m in ours if m[1] == "licensed"], [t for t in of_this if t[1] == "licensed" and t[4] != "?"],
                  lambda t, m: near(t, m) and same_license(t[4], m[4]))
            tally("restricted", card, [m for m in ours if m[1] == "restricted"], [t for t in of_this if t[1] == "restricted"], near)
            # What makes the class a range: claimed, or seen and not understood.
            tally("told", card, [], [t for t in of_this if t[1] == "restricted"], near)
            told = [m for m in ours if m[1] in ("restricted", "unread") or (m[1] == "licensed" and not m[4].startswith(("Apache", "MIT", "BSD")))]
            total["told"][2] += sum(any(near(t, m) for m in told) for t in of_this if t[1] == "restricted")
            bases = [t for t in true if t[1] == "made_from" and t[2] == "this" and t[3] not in ("scratch", "part") and "/" in t[4]]
            named = [t for t in true if t[1] == "made_from" and t[2] in ("this", "base")]
            found = [m for m in ours if m[1] == "made_from" and m[3] != "scratch"]
            r = [0, 0, 0, 0]
            same = lambda t, m: t[4].lower() == m[4].lower() or ("/" not in m[4] and near(t, m)) or (near(t, m) and "/" not in t[4])
            tally("origin", card, found, named, same)
            total["origin"][2] -= sum(any(same(t, m) for m in found) for t in named)
            total["origin"][3] -= len(named)
            total["origin"][2] += sum(any(same(t, m) for m in found) for t in bases)
            total["origin"][3] += len(bases)
        for name, (a, b, c, d) in total.items():
            print(f"{half:5} {name:11} precision {a}/{b} = {a / max(1, b):.3f}  recall {c}/{d} = {c / max(1, d):.3f}")


main()
