#!/usr/bin/env python3
"""howopen batch beside others that get the same files of the same models, with as many requests in flight.

  batch_bench.py --howopen BIN [--delayline BIN] [--models 1000] [--rounds 5]

Three times: on loopback with the client held to one core; the same with the client free on all cores; with 50 ms
there and back and TLS, for which the delayline is needed, and root. Others that are not installed are left out, and
that is said.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys

import measured
import results
import served
from measured import Program

IN_FLIGHT = 64
HUB_JS = "@huggingface/hub@2.17.5"
JQ = '{id, gated, license: .cardData.license, weights: any(.siblings[]; .rfilename | endswith(".safetensors"))}'
CURL_AND_JQ = 'cd "$1"; filter=$2; shift 2; "$@"; cat ./*.record | jq -c "$filter"'


def install_hub_js(folder: pathlib.Path) -> str:
    """Where the script for node is, beside the library that it imports; or why there is none."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node or npm is missing"
    place = folder / "npm"
    place.mkdir()
    try:
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", HUB_JS], cwd=place, check=True,
                       timeout=180)
    except (subprocess.SubprocessError, OSError) as error:
        return f"npm install fails: {error}"
    shutil.copy(served.HERE / "peer_hub.mjs", place)
    return ""


def missing(folder: pathlib.Path) -> dict:
    """Of the others: which cannot run here, and why."""
    out = {}
    if not shutil.which("jq"):
        out["curl -Z + jq"] = "jq is missing"
    if subprocess.run([sys.executable, "-c", "import requests"], stderr=subprocess.DEVNULL).returncode:
        out["requests, 64 threads"] = "Python's requests is missing"
    if why := install_hub_js(folder):
        out["@huggingface/hub"] = why
    return out


def urls(folder: pathlib.Path, base: str, keep: bool) -> pathlib.Path:
    """A configuration for curl: all files of all models, thrown away or kept in folder/got."""
    got = folder / "got"
    path = folder / ("urls-kept" if keep else "urls")
    with path.open("w") as out:
        for n, model in enumerate((folder / "hub/ids.txt").read_text().split()):
            for kind, url in (("record", f"api/models/{model}"), ("card", f"{model}/resolve/main/README.md"),
                              ("license", f"{model}/resolve/main/LICENSE")):
                out.write(f'url = "{base}/{url}"\noutput = "{got / f"{n:06}.{kind}" if keep else "/dev/null"}"\n')
    return path


def empty(folder: pathlib.Path) -> None:
    """A new folder for what is kept: to write over files costs more than to write them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def programs(args, folder: pathlib.Path, base: str) -> list:
    """curl alone comes first: it only fetches, and is what the others are measured by."""
    ids, n = folder / "hub/ids.txt", str(IN_FLIGHT)
    curl = ["curl", "-sSfZ", "--parallel-immediate", "--parallel-max", n, "-K"]
    kept = urls(folder, base, keep=True)
    jq = ["sh", "-ec", CURL_AND_JQ, "sh", folder / "got", JQ, *curl, kept]
    every = [
        ("curl -Z", [*curl, urls(folder, base, keep=False)], None),
        ("howopen batch", [args.howopen, "batch", ids, "-j", n, "--no-cache", "--no-progress"], args.models),
        ("curl -Z + jq", jq, args.models),
        ("requests, 64 threads", [sys.executable, served.HERE / "peer_requests.py", base, ids, n], args.models),
        ("@huggingface/hub", ["node", folder / "npm/peer_hub.mjs", base, ids, n], args.models),
    ]
    return [Program(name, lambda _, words=words: words, lines, before=lambda: empty(folder / "got"))
            for name, words, lines in every if name not in args.missing]


def beside_howopen(rows: list) -> list:
    """How many times as long the others take as howopen."""
    ours = next(r for r in rows if r["program"] == "howopen batch")
    for r in rows:
        r["times_howopen"] = measured.ratio(r["rounds"], ours["rounds"])
    return rows


def near(args, folder, cores):
    with served.serving(folder):
        return measured.compare(programs(args, folder, served.LOOPBACK), args.rounds, args.models, folder,
                                served.environment(folder, served.LOOPBACK), cores=cores)


def far(args, folder):
    with served.distance(args.delayline) as (here, there), served.serving(folder, there):
        return measured.compare(programs(args, folder, served.FAR), args.rounds, args.models, folder,
                                served.environment(folder, served.FAR), prefix=here)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--howopen", required=True)
    parser.add_argument("--delayline")
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    args.howopen = str(pathlib.Path(args.howopen).resolve())
    settings = {"one core": ("loopback, HTTP/1.1, the client on one core", lambda f: near(args, f, measured.ONE_CORE)),
                "all cores": ("loopback, HTTP/1.1, the client on all cores, the server on one of them",
                              lambda f: near(args, f, measured.ALL_CORES))}
    if args.delayline:
        settings["50 ms"] = ("50 ms round trip, TLS 1.3, HTTP/2 where a client has it, the client on one core",
                             lambda f: far(args, f))
    with served.hub(args.models) as folder:
        args.missing = missing(folder)
        for name, why in args.missing.items():
            print(f"SKIPPED: {name}: {why}")
        figures = {"models": args.models, "in_flight": IN_FLIGHT, "rounds": args.rounds, "skipped": args.missing,
                   "settings": {}}
        for name, (words, measure) in settings.items():
            print(f"{args.models} models, {IN_FLIGHT} in flight, {args.rounds} rounds: {words}")
            rows = beside_howopen(measure(folder))
            measured.show(rows)
            figures["settings"][name] = {"what": words, "rows": rows}
        results.keep("batch", figures, args.howopen)


if __name__ == "__main__":
    main()
