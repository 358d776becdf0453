#!/usr/bin/env python3
"""howopen beside others that fetch the same files from the same server, interleaved in one run.

  hub_bench.py one  --howopen BIN --delayline BIN [--rounds 7]
      one audit, cold, at a true 50 ms round trip with TLS, beside `curl -Z` and, where they are installed, others

Prints medians with the smallest and largest, as ratios to curl; status counts from the server's log, since a fast 404
looks like a fast success. Needs root for network namespaces, and nginx with its Lua module.
"""
import argparse
import contextlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TEXTS = HERE.parent.parent / "shared/licenses/texts"


def sh(*words, **more):
    return subprocess.run([str(w) for w in words], check=True, **more)


@contextlib.contextmanager
def hub(models: int):
    """A folder with the Hub of make_hub.py, and nginx serving it, in the namespace `far` if there is one."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="howopen-bench-"))
    try:
        make = [HERE / "make_hub.py", folder / "hub", models] + ([TEXTS] if TEXTS.exists() else [])
        sh(sys.executable, *make)
        sh("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
           "-keyout", folder / "server.key", "-out", folder / "server.pem", "-subj", "/CN=hub.test", "-addext",
           "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:10.99.0.2", stderr=subprocess.DEVNULL)
        conf = (HERE / "nginx.conf.in").read_text().replace("@DIR@", str(folder))
        (folder / "nginx.conf").write_text(conf)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(folder: pathlib.Path, prefix=()):
    server = subprocess.Popen([*prefix, "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
                              stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def distance(delayline: str):
    for name in ("near", "far"):
        sh("ip", "netns", "add", name)
    line = None
    try:
        line = subprocess.Popen([delayline, "25", "near", "10.99.0.1", "far", "10.99.0.2"], stdout=subprocess.PIPE, text=True)
        if line.stdout.readline().strip() != "up":
            raise SystemExit("the line with a delay did not come up")
        yield
    finally:
        if line:
            line.kill()
            line.wait()
        for name in ("near", "far"):
            sh("ip", "netns", "del", name)


def statuses(folder: pathlib.Path) -> dict:
    """What the server answered since the last call, by status."""
    time.sleep(1.2)  # the log is written once a second
    log = folder / "access.log"
    counts: dict = {}
    for line in log.read_text().splitlines() if log.exists() else []:
        counts[line.split()[0]] = counts.get(line.split()[0], 0) + 1
    if log.exists():
        os.truncate(log, 0)
    return counts


def row(name: str, times: list, base: float, more: str = "") -> str:
    median = statistics.median(times)
    return f"{name:<34} {median:7.3f} s ({min(times):.3f} to {max(times):.3f})  {median / base:5.2f} x curl  {more}"


def one(args) -> None:
    with hub(args.rounds) as folder, distance(args.delayline), serving(folder, ("ip", "netns", "exec", "far")):
        ids = (folder / "hub/ids.txt").read_text().split()
        base = "https://10.99.0.2:18443"
        near = ["ip", "netns", "exec", "near"]
        env = {**os.environ, "SSL_CERT_FILE": str(folder / "server.pem"), "HF_ENDPOINT": base,
               "XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)}
        env.pop("SSL_CERT_DIR", None)

        def howopen(model):
            return [args.howopen, "audit", model, "--json", "--no-cache"]

        def curl(model):
            urls = [f"{base}/api/models/{model}", f"{base}/{model}/resolve/main/README.md", f"{base}/{model}/resolve/main/LICENSE"]
            words = ["curl", "-sfZ", "--parallel-immediate", "--cacert", str(folder / "server.pem")]
            for n, url in enumerate(urls):
                words += ["-o", str(folder / f"out{n}"), url]
            return words

        programs = {"curl -Z, three files": curl, "howopen audit, cold": howopen}
        times = {name: [] for name in programs}
        seen = {name: {} for name in programs}
        for model in ids:
            for name, words in programs.items():
                start = time.monotonic()
                done = subprocess.run([*near, *words(model)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                times[name].append(time.monotonic() - start)
                if done.returncode:
                    print(name, done.stderr.decode()[:300])
                for status, n in statuses(folder).items():
                    seen[name][status] = seen[name].get(status, 0) + n
        floor = statistics.median(times["curl -Z, three files"])
        print(f"one audit, 50 ms round trip, TLS 1.3, HTTP/2, {args.rounds} models, a new process each")
        for name in programs:
            per = sum(seen[name].values()) / len(ids)
            print(row(name, times[name], floor, f"{per:.1f} requests a model, statuses {seen[name]}"))
        print("for comparison, not run here: huggingface_hub 1.28.0 and @huggingface/hub 2.17.5 take 5 requests a model")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["one"])
    parser.add_argument("--howopen", required=True)
    parser.add_argument("--delayline")
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    {"one": one}[args.what](args)


if __name__ == "__main__":
    main()
