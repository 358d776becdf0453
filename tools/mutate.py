#!/usr/bin/env python3
"""Puts one small fault at a time into the source and asks the tests whether they notice.

  mutate.py [--count 300] [--seed 1] [--rooms text,license,…] [--jobs 2] [--out FILE]

The faults: a condition turned round, a statement left out, a bound moved by one, a comparison or a connective changed,
two returns swapped. Which ones are tried depends on the seed and the source alone. The work is done in a copy of what
is committed, in build/mutate. A mutant that does not compile is replaced by another; one that no test notices is
printed with its place, for somebody to read: some change nothing that anybody could see.
"""
import argparse
import collections
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOMS = ["text", "license", "reading", "facts", "judge", "gate", "scan", "fetch"]
# Fast ones first. What they share with ./dev test is their source; what needs a folder beside this one skips itself.
PROGRAMS = ["golden_test", "accuracy_test", "data_test", "unit_test", "hub_test"]
SECONDS = {"hub_test": 1500}

STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
SWAPS = [("==", "!="), ("!=", "=="), ("<=", "<"), (">=", ">"), ("<", "<="), (">", ">="), ("&&", "||"), ("||", "&&"),
         ("+ 1", "+ 2"), ("- 1", "- 2"), ("return true;", "return false;"), ("return false;", "return true;")]


def blanked(line):
    """The line with what stands in strings and comments replaced, so that columns stay."""
    line = STRING.sub(lambda m: "_" * len(m[0]), line)
    at = line.find("//")
    return line if at < 0 else line[:at]


def operators(code):
    """Places of operators with what to put there; templates and shifts are left alone."""
    for old, new in SWAPS:
        for m in re.finditer(re.escape(old), code):
            before, after = code[:m.start()], code[m.end():]
            if old[0].isalpha():
                yield m.start(), old, new
            elif before.endswith(" ") and after.startswith(" ") or old in ("+ 1", "- 1") and not after[:1].isdigit():
                yield m.start(), old, new


def faults_of(path):
    """(line from 0, new line, kind), in the order of the file."""
    out = []
    lines = path.read_text().splitlines()
    depth_comment = False
    for n, line in enumerate(lines):
        if "/*" in line:
            depth_comment = True
        if depth_comment:
            depth_comment = "*/" not in line
            continue
        code = blanked(line)
        if not code.strip() or code.lstrip().startswith(("#", "template", "using", "static_assert")):
            continue
        for at, old, new in operators(code):
            out.append((n, line[:at] + new + line[at + len(old):], f"{old} -> {new}"))
        m = re.match(r"(\s*)((?:\} else )?)if \((.*)\)( \{|( [^{]*;))?$", code)
        if m and m[3].count("(") == m[3].count(")") and ";" not in m[3] and " = " not in m[3]:
            start, end = m.start(3), m.end(3)
            out.append((n, line[:start] + "!(" + line[start:end] + ")" + line[end:], "condition turned round"))
        # A call or an assignment on a line of its own; a declaration would not compile without it.
        if re.match(r"\s+[a-z_][\w.\->\[\]]*(\(.*\)| [+|]?= .*);$", code) and code.count("(") == code.count(")") \
                and not re.match(r"\s+(return|break|continue|throw|delete|case|if|else|for)\b", code) \
                and lines[n - 1].rstrip().endswith((";", "{", "}", ":")):
            out.append((n, re.match(r"\s*", line)[0] + ";", "statement left out"))
    return out


def sh(words, **more):
    return subprocess.run(words, capture_output=True, text=True, **more)


class Copy:
    """What is committed, built without the optimizer's long work and file by file."""

    def __init__(self, jobs):
        self.tree = ROOT / "build/mutate/tree"
        self.build = ROOT / "build/mutate/build"
        self.jobs = str(jobs)
        self.refresh()
        # Several sources as one: ten times faster to begin with, a few seconds slower for each fault.
        made = sh(["cmake", "-G", "Ninja", "-S", self.tree, "-B", self.build, "-DCMAKE_BUILD_TYPE=Release",
                   "-DCMAKE_CXX_FLAGS_RELEASE=-O1", "-DHOWOPEN_UNITY=ON", "-DHOWOPEN_TESTS=ON"])
        if made.returncode or not self.compile():
            sys.exit("error: the source does not build as it is\n" + made.stderr)
        # What fails or skips without a fault tells nothing about one.
        for program in PROGRAMS:
            if self.notices(program):
                sys.exit(f"error: {program} fails as it is")

    def refresh(self):
        """The tree becomes what is committed; what is the same keeps its time, so that it is not compiled again."""
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        wanted = set()
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for member in tar:
                if not member.isfile():
                    continue
                place, body = self.tree / member.name, tar.extractfile(member).read()
                wanted.add(place)
                if not place.is_file() or place.read_bytes() != body:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(body)
                    place.chmod(member.mode)
        for place in [p for p in self.tree.rglob("*") if p.is_file() and p not in wanted]:
            place.unlink()

    def compile(self):
        return sh(["cmake", "--build", self.build, "-j", self.jobs, "--target", "howopen", *PROGRAMS]).returncode == 0

    def notices(self, program):
        """Whether a test of it fails, or does not end."""
        words = [self.build / "tests" / program, "--gtest_brief=1", "--gtest_fail_fast"]
        try:
            return sh(words, cwd=self.tree, timeout=SECONDS.get(program, 150)).returncode != 0
        except subprocess.TimeoutExpired:
            return True


def tried(copy, path, fault):
    """The program whose test noticed, "" for none, None for what does not compile."""
    n, new, _ = fault
    place = copy.tree / path
    whole = place.read_text()
    lines = whole.splitlines()
    lines[n] = new
    place.write_text("\n".join(lines) + "\n")
    try:
        if not copy.compile():
            return None
        return next((program for program in PROGRAMS if copy.notices(program)), "")
    finally:
        place.write_text(whole)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--count", type=int, default=300)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--rooms", default=",".join(ROOMS))
    p.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    p.add_argument("--out")
    a = p.parse_args()
    rooms = a.rooms.split(",")
    drawn = {}
    for room in rooms:
        every = [(path.relative_to(ROOT), fault) for path in sorted((ROOT / "src" / room).glob("*.cpp"))
                 for fault in faults_of(path)]
        random.Random(f"{a.seed} {room}").shuffle(every)
        drawn[room] = every
        print(f"{room}: {len(every)} faults to choose from", file=sys.stderr)
    copy = Copy(a.jobs)
    results = []
    for i in range(a.count):
        room = rooms[i % len(rooms)]
        while drawn[room]:
            path, fault = drawn[room].pop()
            by = tried(copy, path, fault)
            if by is None:
                continue
            results.append({"room": room, "path": str(path), "line": fault[0] + 1, "fault": fault[2],
                            "new": fault[1].strip(), "noticed_by": by})
            if not by:
                print(f"survives {path}:{fault[0] + 1}: {fault[2]}\n    {fault[1].strip()}", flush=True)
            if a.out:
                pathlib.Path(a.out).write_text(json.dumps(results, indent=1) + "\n")
            break
    total, alive = collections.Counter(), collections.Counter()
    for r in results:
        total[r["room"]] += 1
        alive[r["room"]] += not r["noticed_by"]
    for room in rooms:
        print(f"{room:<8} {alive[room]:3} of {total[room]:3} survive")
    print(f"all      {sum(alive.values()):3} of {sum(total.values()):3} survive")


if __name__ == "__main__":
    main()
