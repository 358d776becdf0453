#!/usr/bin/env python3
"""Kills a batch at random, a hundred times, and goes on with it each time: in the end the file is the same, byte for
byte, as that of a batch nobody disturbed.

  kill_batch.py HOWOPEN [KILLS] [SEED]
"""
import http.server
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

howopen, kills = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(10**6)
r = random.Random(seed)
models = 600


class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        time.sleep(0.002)
        if path.startswith("/api/models/") and not path.endswith("7"):
            body = json.dumps({"id": path[12:], "sha": "d" * 40, "gated": False, "tags": ["license:mit"], "usedStorage": 1,
                               "cardData": {"license": "mit"}, "siblings": [{"rfilename": "README.md"},
                                                                            {"rfilename": "model.safetensors"}]}).encode()
            self.answer(200, body, "application/json")
        elif path.endswith("/README.md"):
            self.answer(200, b"# A model\n", "text/plain")
        else:
            self.answer(401, b'{"error":"Invalid username or password."}', "application/json")

    def answer(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Repo-Commit", "d" * 40)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # whoever was killed hangs up


server = Server(("127.0.0.1", 0), Hub)
threading.Thread(target=server.serve_forever, daemon=True).start()
folder = pathlib.Path(tempfile.mkdtemp(prefix="howopen-kill-"))
ids = folder / "ids.txt"
# Some are named twice.
names = [f"acme/m{i:04d}" for i in range(models)]
names += r.sample(names, 20)
ids.write_text("".join(n + "\n" for n in names))
env = {"HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "HOME": str(folder), "PATH": "/usr/bin:/bin",
       "GITHUB_API_URL": "http://127.0.0.1:9"}


def batch(out, *more):
    return [howopen, "batch", str(ids), "--output", str(folder / out), "--no-cache", "-j", "8", "-q", *more]


start = time.monotonic()
code = subprocess.run(batch("whole"), env=env).returncode
took = time.monotonic() - start
whole = (folder / "whole").read_bytes()
assert code == 3 and whole.count(b"\n") == len(names), code

landed = torn = rounds = 0
while landed < kills:
    rounds += 1
    out = folder / "killed"
    out.unlink(missing_ok=True)
    for _ in range(r.randrange(3, 12)):
        run = subprocess.Popen(batch("killed", "--resume"), env=env)
        time.sleep(r.uniform(0.005, took / 3))
        run.send_signal(signal.SIGKILL)
        if run.wait() == -signal.SIGKILL:
            landed += 1
        content = out.read_bytes() if out.exists() else b""
        torn += bool(content) and not content.endswith(b"\n")
        assert whole.startswith(content[:content.rfind(b"\n") + 1]), f"seed {seed}: a line is wrong"
        # Where no kill tears a line, one is torn by hand: a write may end anywhere.
        if content and r.random() < 0.3:
            out.write_bytes(content[:-r.randrange(1, min(len(content), 3000))])
    code = subprocess.run(batch("killed", "--resume"), env=env).returncode
    assert code == 3, f"seed {seed}: exit {code}"
    assert out.read_bytes() == whole, f"seed {seed}: not the same bytes"
print(f"{landed} kills in {rounds} batches of {len(names)} lines, {torn} torn lines found: the same bytes each time (seed {seed})")
