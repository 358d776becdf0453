#!/usr/bin/env python3
"""The library gives the bytes of the command line: from C, and from Python by the module of the wheel.

  same_bytes.py HOWOPEN LIBHOWOPEN C_PROGRAM
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
howopen, library, c_program = sys.argv[1:4]
failures = 0


def expect(true, what):
    global failures
    if not true:
        failures += 1
        print(f"FAILED: {what}", file=sys.stderr)


def printed(*words):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    return subprocess.run([str(w) for w in words], capture_output=True, env=env)


def same(what, module, command, given, options=None):
    """`command` of the command line, the C function and the Python function of the same name."""
    name, *words = command
    by_command = printed(howopen, name, *words, "--json")
    by_c = printed(c_program, name, given, *([json.dumps(options)] if options else []))
    expect(by_command.stdout and by_c.stdout == by_command.stdout, f"{what}: C")
    function = getattr(module, name + "_json")
    argument = given.read_bytes() if name == "license" else given
    by_python = function(argument, **(options or {}))
    expect(by_python.encode() == by_command.stdout, f"{what}: Python")
    return json.loads(by_python)


def error_of(call):
    try:
        call()
    except Exception as error:  # of any kind: that it is howopen's is what is looked at
        return error
    return None


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    shutil.copytree(ROOT / "packaging/python/howopen", folder / "howopen")
    shutil.copy(library, folder / "howopen/libhowopen.so")
    sys.path.insert(0, name)
    import howopen as module

    for snapshot in sorted(ROOT.glob("tests/golden/*/snapshot.json")):
        same(snapshot.parent.name, module, ["audit", "--replay", snapshot], snapshot, {"path": str(snapshot)})
        facts = snapshot.with_name("facts.json")
        if facts.exists() and snapshot.parent.name != "several":  # those are a list, for the tests alone
            same(f"{snapshot.parent.name}, facts", module, ["audit", "--replay", facts], facts, {"path": str(facts)})
    several = ROOT / "tests/golden/several/snapshot.json"
    one = json.loads(several.read_text())["models"][0]["id"]
    report = same("one of several", module, ["audit", one, "--replay", several], several, {"models": [one]})
    expect([m["id"] for m in report["models"]] == [one], "one of several")
    same("for a use", module, ["audit", "--replay", several, "--for", "product,host", "--users", "5k", "--as", "company",
                               "--revenue", "20M-USD", "--in", "EU", "--field", "medical", "--context", "8192",
                               "--depth", "full"], several,
         {"for": "product,host", "users": "5k", "as": "company", "revenue": "20M-USD", "in": "EU", "field": ["medical"],
          "context": 8192, "depth": "full"})
    expect(module.audit(several, for_="product") == module.audit(several.read_bytes(), **{"for": "product"}), "for_")

    texts = [ROOT / "LICENSE", ROOT / "README.md", *sorted(pathlib.Path("/usr/share/common-licenses").glob("*"))]
    for text in texts:
        same(text.name, module, ["license", text], text, {"path": str(text)})
    same("with differences", module, ["license", ROOT / "LICENSE", "--diff"], ROOT / "LICENSE",
         {"path": str(ROOT / "LICENSE"), "diff": True})
    expect(module.license((ROOT / "LICENSE").read_text())["concluded"] == "Apache-2.0", "license() gives a dict")

    tree = folder / "tree"
    tree.mkdir()
    (tree / "app.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-R1")\nx = load(model)\n')
    (tree / "big.py").write_text("#" * (40 << 20))
    for source in [tree, ROOT / "docs", ROOT / "tests/scan"]:
        same(str(source), module, ["scan", source], source)
    same("what is less certain", module, ["scan", ROOT / "tests/scan", "--min-confidence", "low"], ROOT / "tests/scan",
         {"confidence": "low"})

    # The words of the command line, and its code.
    broken = folder / "broken.json"
    broken.write_text('{"howopen": "snapshot"}')
    for command, call in [
            (["audit", "--replay", broken], lambda: module.audit(broken)),
            (["scan", folder / "none"], lambda: module.scan(folder / "none")),
            (["audit", "no model/x", "--replay", several], lambda: module.audit(several, models=["no model/x"]))]:
        said, error = printed(howopen, *command), error_of(call)
        expect(isinstance(error, module.Error), f"{command}: an error")
        expect(said.stderr.decode() == f"{error}\n" and said.returncode == error.exit, f"{command}: {said.stderr}, {error!r}")
    expect(isinstance(error_of(lambda: module.audit(folder / "none")), module.Error), "no such snapshot")
    expect(isinstance(error_of(lambda: module.scan("a\0b")), module.Error), "NUL in a name")

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(lambda _: module.audit_json(several), range(32)))
    expect(len(answers) == 1, "several threads")

    symbols = printed("nm", "-D", "--defined-only", library).stdout.decode().split("\n")
    functions = sorted(line.split()[-1].split("@")[0] for line in symbols if " T " in line)
    expect(functions == ["howopen_audit_json", "howopen_free", "howopen_license_json", "howopen_scan_json",
                         "howopen_version"], f"nothing else is exported: {functions}")
    needed = printed("ldd", library).stdout.decode()
    expect("curl" not in needed and "ssl" not in needed, "no library for a network")

sys.exit(1 if failures else 0)
