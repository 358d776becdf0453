#!/usr/bin/env python3
"""Many processes on one cache, killed at random: the cache stays whole, and the answers stay the same.

    cache_loop.py build/release/howopen [ROUNDS]

Each round starts eight audits over one cache folder and kills half of them (-9) at a random moment. At the end an
undisturbed audit over that cache must print what one without any cache prints, and no torn file may be read.
"""
import hashlib
import http.server
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

MODELS = [f"acme/m{i}" for i in range(12)]
MIT_LIKE = b"Permission is granted to anybody to use this model for any purpose.\n"


def blob(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def card(i):
    return f"---\nlicense: mit\n---\n# Model {i}\n\nTrained on {i + 1} trillion tokens.\n".encode()


CONFIG = b'{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}'


class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind, head=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in head:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path.split("?")[0]
        for i, model in enumerate(MODELS):
            sha = hashlib.sha1(model.encode()).hexdigest()
            files = {"README.md": card(i), "LICENSE": MIT_LIKE, "config.json": CONFIG}
            if path.startswith(f"/api/models/{model}") and (path == f"/api/models/{model}" or "/revision/" in path):
                siblings = [{"rfilename": n, "size": len(d), "blobId": blob(d)} for n, d in files.items()]
                siblings.append({"rfilename": "model.safetensors", "size": 1000, "blobId": "0" * 40, "lfs": {"sha256": "0" * 64, "size": 1000, "pointerSize": 130}})
                record = {"id": model, "modelId": model, "sha": sha, "private": False, "gated": False, "disabled": False, "tags": ["license:mit"], "siblings": siblings,
                          "config": {"model_type": "llama"}, "library_name": "transformers", "inferenceProviderMapping": []}
                return self.answer(200, json.dumps(record).encode(), "application/json", [("ETag", f'"{sha}"')])
            for name, data in files.items():
                if path == f"/{model}/resolve/{sha}/{name}" or path == f"/{model}/raw/{sha}/{name}":
                    return self.answer(200, data, "text/plain", [("ETag", f'"{blob(data)}"'), ("X-Repo-Commit", sha)])
        return self.answer(404, b'{"error": "not found"}', "application/json", [("X-Error-Code", "EntryNotFound")])


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # clients are killed in mid-request


def main():
    binary = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    random.seed(1)
    server = Server(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_CACHE_HOME": folder, "HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "NO_COLOR": "1"}
        command = [binary, "audit", *MODELS, "-o", "json"]
        expected = subprocess.run([*command, "--no-cache"], env=environment, capture_output=True, check=True).stdout
        killed = 0
        for n in range(rounds):
            running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(8)]
            time.sleep(random.uniform(0.0, 0.08))
            for p in running[::2]:
                if p.poll() is None:
                    p.send_signal(signal.SIGKILL)
                    killed += 1
            for i, p in enumerate(running):
                out = p.communicate()[0]
                if p.returncode == 0 and out != expected:
                    sys.exit(f"round {n}: process {i} printed something else")
                if p.returncode not in (0, -signal.SIGKILL):
                    sys.exit(f"round {n}: process {i} ended with {p.returncode}")
            # Now and then somebody prunes.
            if n % 10 == 9:
                subprocess.run([binary, "cache", "prune", "--max-size", "10k"], env=environment, check=True, stdout=subprocess.DEVNULL)
        last = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
        if last != expected:
            sys.exit("the cache answers something else")
        left = [f for _, _, files in os.walk(os.path.join(folder, "howopen")) for f in files]
        print(f"{rounds} rounds of 8 processes, {killed} killed: every answer as without a cache; {len(left)} files in it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
