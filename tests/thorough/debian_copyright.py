#!/usr/bin/env python3
"""debian_copyright.py HOWOPEN: licenses of Debian's machine-readable copyright files, which say what they are.

Each paragraph `License: NAME` with a text is asked for by itself. Free licenses that are called restricted may be 1 in
100, and no text of a license that is not free may be called open. Skips where there are fewer than 300 files.
"""
import collections, glob, json, os, re, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

FREE = re.compile(
    r"^(GPL|LGPL|AGPL|GFDL|FDL|BSD|MIT|Expat|X11|ISC|Apache|Artistic|MPL|EPL|CDDL|Zlib|PSF|Python|CC0|CC-BY-(SA-)?\d|"
    r"public-domain|Boost|BSL-1|OFL|Unicode|curl|OpenSSL|FTL|Ruby|Perl|WTFPL|Unlicense|0BSD|NTP|HPND|ICU|libpng|IJG|"
    r"Beerware|JasPer|NCSA|TCL|W3C|permissive|FSF|GAP|Autoconf|Bison|UPL)", re.I)
NOT_FREE = re.compile(r"(CC-BY-NC|CC-BY-ND|-NC-|non-?free|non-?commercial|proprietary)", re.I)
RESTRICTED = ("use-restricted", "non-commercial", "proprietary")


def paragraphs():
    seen = set()
    for path in sorted(glob.glob("/usr/share/doc/*/copyright")):
        try:
            text = open(path, encoding="utf8").read()
        except (OSError, UnicodeDecodeError):
            continue
        if "Format:" not in text[:400]:
            continue
        for part in re.split(r"\n\s*\n", text):
            m = re.search(r"^License:[ \t]*(.*)\n((?:[ \t].*\n?)+)", part, re.M)
            if not m:
                continue
            body = "\n".join("" if line.strip() == "." else line[1:] for line in m.group(2).split("\n"))
            if len(body) >= 20 and (m.group(1), body) not in seen:
                seen.add((m.group(1), body))
                yield m.group(1).strip(), body


def main():
    howopen = os.path.abspath(sys.argv[1])
    if len(glob.glob("/usr/share/doc/*/copyright")) < 300:
        print("skipped: fewer than 300 copyright files here")
        return 0
    rows = list(paragraphs())

    def ask(body):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf8") as f:
            f.write(body)
            f.flush()
            out = subprocess.run([howopen, "license", f.name, "-o", "json"], capture_output=True, text=True)
        return json.loads(out.stdout)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, [body for _, body in rows]))
    table = collections.Counter()
    false_alarms, too_open = [], []
    for (name, _), a in zip(rows, answers):
        kind = "not free" if NOT_FREE.search(name) else "free" if FREE.match(name) else "other"
        table[kind, a["class"]] += 1
        if kind == "free" and a["class"] in RESTRICTED:
            false_alarms.append(name)
        if kind == "not free" and a["class"] == "open":
            too_open.append(name)
    free = sum(n for (kind, _), n in table.items() if kind == "free")
    for (kind, cls), n in sorted(table.items()):
        print(f"{kind:9} {cls:26} {n:5}")
    print(f"free called restricted: {len(false_alarms)} of {free}: {', '.join(false_alarms)}")
    print(f"not free called open: {len(too_open)}: {', '.join(too_open)}")
    return 1 if len(false_alarms) * 100 > free or too_open else 0


sys.exit(main())
