#!/usr/bin/env python3
"""history and bisect against a Hub on loopback that counts: 300 commits of which three change something, requests and
audits within what they promise, the same bytes twice, and a commit list that the Hub refuses.

  history.py HOWOPEN
"""
import hashlib
import json
import math
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import loopback_hub  # noqa: E402
from loopback_hub import git_id, plain  # noqa: E402

COMMITS = 300
CHANGES = {0: "mit", 40: "apache-2.0", 170: "cc-by-nc-4.0", 290: "other"}  # license from that commit on
NAME = "acme/long"


def commit(n):
    return hashlib.sha1(f"commit {n}".encode()).hexdigest()


def world():
    answers, listed = {}, []
    for n in range(COMMITS):
        sha, since = commit(n), max(c for c in CHANGES if c <= n)
        license_id = CHANGES[since]
        files = {"README.md": f"---\nlicense: {license_id}\n---\n# Long\n\nTrained on 9 billion tokens.\n".encode(),
                 "config.json": b'{"model_type":"llama","architectures":["LlamaForCausalLM"]}'}
        siblings = [{"rfilename": f, "size": len(d), "blobId": git_id(d)} for f, d in files.items()]
        siblings.append({"rfilename": "model.safetensors", "size": 1000, "blobId": "0" * 40,
                         "lfs": {"sha256": "1" * 64, "size": 1000, "pointerSize": 130}})
        record = {"_id": sha[:24], "id": NAME, "modelId": NAME, "sha": sha, "private": False, "disabled": False,
                  "gated": False, "tags": [], "cardData": {"license": license_id}, "library_name": "transformers",
                  "config": {"model_type": "llama"}, "siblings": siblings, "inferenceProviderMapping": []}
        for path in {f"/api/models/{NAME}/revision/{sha}"} | ({f"/api/models/{NAME}"} if n == COMMITS - 1 else set()):
            answers[path] = plain(200, json.dumps(record).encode(), ETag=f'"{sha}"')
        for f, d in files.items():
            answers[f"/{NAME}/resolve/{sha}/{f}"] = plain(200, d, "text/plain", ETag=f'"{git_id(d)}"', X_Repo_Commit=sha)
        listed.append({"id": sha, "title": f"step {n}", "message": "", "authors": [], "date": "2025-01-01T00:00:00.000Z"})
    answers[f"/api/models/{NAME}/commits/main"] = plain(200, json.dumps(listed[::-1]).encode())
    return answers


def main():
    howopen, failed = str(pathlib.Path(sys.argv[1]).resolve()), []
    hub = loopback_hub.Hub(world()).start()

    def check(what, ok, told=""):
        print(f"  {'ok  ' if ok else 'FAIL'} {what} {told}".rstrip())
        if not ok:
            failed.append(what)

    def run(*words):
        with tempfile.TemporaryDirectory() as home:
            before = len(hub.log)
            ran = subprocess.run([howopen, *words], capture_output=True, text=True,
                                 env={"HOME": home, "LANG": "C.UTF-8", "HF_ENDPOINT": hub.url, "HOWOPEN_CACHE": home + "/c"})
            return ran, [s.path for s in hub.log[before:]]

    ran, asked = run("history", NAME, "--json")
    out = json.loads(ran.stdout)
    found = [c["commit"] for c in out["changes"]]
    check("all changes, newest first", found == [commit(n) for n in sorted(CHANGES, reverse=True)], str(out["changes"])[:300])
    most = 3 + 3 * math.ceil(math.log2(COMMITS))
    check("few requests", len(asked) <= most, f"{len(asked)} of at most {most}")
    check("the same bytes twice", run("history", NAME, "--json")[0].stdout == ran.stdout)
    out = json.loads(run("history", NAME, "--all", "--json")[0].stdout)
    check("--all sees the same", [c["commit"] for c in out["changes"]] == found and out["looked_at"] == COMMITS)
    for topic in ("license", "verdict"):
        ran, _ = run("bisect", NAME, topic, "--json")
        out = json.loads(ran.stdout)
        n = [i for i in range(COMMITS) if commit(i) == out["first"]["commit"]][0]
        check(f"bisect {topic}: a commit that changed it", n in CHANGES, f"commit {n}, {out['audits']} audits")
        check(f"bisect {topic}: few audits", out["audits"] <= math.ceil(math.log2(COMMITS)) + 2)
    del hub.answers[f"/api/models/{NAME}/commits/main"]
    ran, _ = run("history", NAME)
    check("a list that is not there is an error with a place", ran.returncode in (2, 3) and NAME in ran.stderr, ran.stderr)
    hub.stop()
    if failed:
        sys.exit("failed: " + "; ".join(failed))


main()
