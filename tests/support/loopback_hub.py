"""A Hub on loopback for checks that take longer: it answers, keeps quotas, cuts connections, dies and comes back, and
writes down every request with its time.

  hub = Hub(world(1000)); hub.start(); … HF_ENDPOINT=hub.url …; hub.log
"""
import asyncio
import collections
import hashlib
import json
import math
import random
import socket
import struct
import threading
import time

Seen = collections.namedtuple("Seen", "at path status bucket")
Answer = collections.namedtuple("Answer", "status head body")

UNTOLD = 8  # requests that may be on their way before an answer has told of a window
LICENSES = ["mit", "apache-2.0", "llama3.1", "other", "cc-by-nc-4.0", "gemma"]
TEXTS = {
    "mit": "MIT License\n\nCopyright (c) 2025 Acme\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n",
    "other": "You may use this model for research. You may not sell it.\n",
}


def git_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def plain(status, body, kind="application/json", **head):
    return Answer(status, {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in head.items()}}, body)


NOT_FOUND = plain(404, b'{"error":"Entry not found"}', X_Error_Code="EntryNotFound")
MISSING = plain(401, b'{"error":"Invalid username or password."}', X_Error_Message="Invalid username or password.")
GATED = plain(401, b'{"error":"Access to model is restricted."}', X_Error_Code="GatedRepo",
              X_Error_Message="Access to model is restricted.")


def model(name, i, base=None):
    """The files and the record of a model, as paths with answers. Which kind it is follows from its number."""
    sha = hashlib.sha1(name.encode()).hexdigest()
    license_id = LICENSES[i % len(LICENSES)]
    words = " ".join(f"Step {k} of the recipe of {name}." for k in range(i % 40))
    card = f"---\nlicense: {license_id}\n" + (f"base_model: {base}\n" if base else "")
    card += f"---\n# {name}\n\nTrained on {i + 1} billion tokens. {words}\n"
    if i % 50 == 11:
        card += "Code: https://github.com/acme/train\n"
    files = {"README.md": card.encode(), "config.json": b'{"model_type":"llama","architectures":["LlamaForCausalLM"]}'}
    if license_id in TEXTS:
        files["LICENSE"] = (TEXTS[license_id] + f"\nModel {i}.\n").encode()
    siblings = [{"rfilename": n, "size": len(d), "blobId": git_id(d)} for n, d in files.items()]
    siblings.append({"rfilename": "model.safetensors", "size": 1000 + i, "blobId": "0" * 40,
                     "lfs": {"sha256": "0" * 64, "size": 1000 + i, "pointerSize": 130}})
    card_data = {"license": license_id, **({"base_model": base} if base else {})}
    record = {"_id": sha[:24], "id": name, "modelId": name, "sha": sha, "private": False, "disabled": False,
              "gated": "manual" if i % 10 == 5 else False, "tags": [f"license:{license_id}"], "cardData": card_data,
              "library_name": "transformers", "config": {"model_type": "llama"}, "siblings": siblings,
              "usedStorage": 1000 + i, "inferenceProviderMapping": []}
    out = {f"/api/models/{name}": plain(200, json.dumps(record).encode(), ETag=f'"{sha}"')}
    for path, data in files.items():
        answer = GATED if i % 10 == 5 else plain(200, data, "text/plain", ETag=f'"{git_id(data)}"', X_Repo_Commit=sha)
        for revision in (sha, "main"):
            here = f"/{name}/resolve/{revision}/{path}"
            if i % 5 == 0 and path == "README.md":
                there = f"/api/resolve-cache/models/{name}/{sha}/{path}"
                out[here] = plain(307, b"", "text/plain", Location=there, X_Repo_Commit=sha)
                out[there] = answer
            else:
                out[here] = answer
    return out


def world(models):
    """So many ids, and what the Hub knows of them: most are whole, some missing, renamed, gated or finetuned."""
    answers, names = {}, []
    for k in range(7):
        answers.update(model(f"acme/base{k}", 6 * k))
    for i in range(models):
        name = f"acme/m{i:05d}"
        names.append(name)
        if i % 20 == 7:
            answers[f"/api/models/{name}"] = MISSING
        elif i % 20 == 13:
            answers[f"/api/models/{name}"] = plain(307, b"", "text/plain", Location=f"/api/models/acme/new{i:05d}")
            answers.update(model(f"acme/new{i:05d}", i))
        else:
            answers.update(model(name, i, f"acme/base{i % 7}" if i % 4 == 1 else None))
    return names, answers


def bucket_of(path):
    # The Hub's own cache of small files counts as files do.
    return "api" if path.startswith("/api/") and not path.startswith("/api/resolve-cache/") else "resolvers"


class Connection(asyncio.Protocol):
    def __init__(self, hub):
        self.hub, self.buffer, self.transport = hub, b"", None

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.hub.connections.add(self)

    def connection_lost(self, _):
        self.hub.connections.discard(self)

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.hub.asked(self, head.split(b" ", 2)[1].decode().split("?")[0])

    def reset(self):
        # Zero seconds to linger: the other side gets a reset, not an end.
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


class Hub:
    def __init__(self, answers, delay=0.0):
        self.answers, self.delay = answers, delay
        self.quotas = {}  # by bucket: (requests, seconds)
        self.taken = []  # what somebody else has taken of the first windows of each bucket, then nothing
        self.hurdle = None  # (path, number of this request for it) -> Answer, "hang", "reset", "head", "body" or None
        self.times = {}  # by path: seconds that its answer takes
        self.log = []
        self.times_asked = collections.Counter()
        self.connections = set()
        self.windows = {}  # by bucket: (began, used)
        self.window_count = collections.Counter()
        self.first_told = {}  # by bucket and window: when its first answer was sent
        self.port = None
        self.server = None
        self.tls = None  # an ssl.SSLContext: it speaks https
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    @property
    def url(self):
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def start(self):
        async def work():
            listening = socket.create_server(("127.0.0.1", self.port or 0), backlog=512)
            self.port = listening.getsockname()[1]
            self.server = await self.loop.create_server(lambda: Connection(self), sock=listening, ssl=self.tls)
        self._call(work())
        return self

    def stop(self):
        """Nobody listens any more, and every connection is reset."""
        async def work():
            self.server.close()
            for connection in list(self.connections):
                connection.reset()
        self._call(work())

    def forget(self):
        """A new scene: nothing was asked yet."""
        self.log, self.times_asked = [], collections.Counter()
        self.quotas, self.taken, self.hurdle, self.times, self.delay = {}, [], None, {}, 0.0
        self.windows, self.window_count, self.first_told = {}, collections.Counter(), {}

    def asked(self, connection, path):
        now = time.monotonic()
        bucket = bucket_of(path)
        self.times_asked[path] += 1
        told, over = self._count(bucket, now)
        met = self.hurdle(path, self.times_asked[path]) if self.hurdle else None
        answer = self.answers.get(path, NOT_FOUND)
        if over:
            answer = plain(429, b'{"error":"Too Many Requests"}')
        elif isinstance(met, Answer):
            answer = met
        elif met:
            self.log.append(Seen(now, path, met, bucket))
            if met != "hang":
                self._cut(connection, met, answer)
            return
        self.log.append(Seen(now, path, answer.status, bucket))
        wait = self.times.get(path, self.delay)
        if wait:
            self.loop.call_later(wait, self._send, connection, answer, told, bucket)
        else:
            self._send(connection, answer, told, bucket)

    def _count(self, bucket, now):
        if bucket not in self.quotas:
            return {}, False
        most, seconds = self.quotas[bucket]
        began, used = self.windows.get(bucket, (-1e9, 0))
        if now >= began + seconds:
            k = self.window_count[bucket]
            began, used = now, self.taken[k] if k < len(self.taken) else 0
            self.window_count[bucket] += 1
        over = used >= most
        self.windows[bucket] = (began, used if over else used + 1)
        left = most - self.windows[bucket][1]
        told = {"RateLimit": f'"{bucket}";r={left};t={math.floor(began + seconds - now)}',
                "RateLimit-Policy": f'"fixed window";"{bucket}";q={most};w={seconds}'}
        return told, over

    @staticmethod
    def _bytes(answer, told):
        head = {**answer.head, **told, "Content-Length": len(answer.body)}
        lines = "".join(f"{k}: {v}\r\n" for k, v in head.items())
        return f"HTTP/1.1 {answer.status} Answer\r\n{lines}\r\n".encode(), answer.body

    def _send(self, connection, answer, told, bucket):
        if connection.transport.is_closing():
            return
        head, body = self._bytes(answer, told)
        connection.transport.write(head + body)
        if bucket in self.windows:
            self.first_told.setdefault((bucket, self.windows[bucket][0]), time.monotonic())

    def _cut(self, connection, where, answer):
        head, body = self._bytes(answer, {})
        if where == "head":
            connection.transport.write(head[:len(head) // 2])
        elif where == "body":
            connection.transport.write(head + body[:len(body) // 2])
        connection.reset()

    def beyond(self, bucket):
        """Requests that were refused for the quota, by what could have been known: (before any answer told of it, at
        the begin of a later window before its first answer, after that)."""
        first = later = after = 0
        begins = sorted(began for (b, began) in self.first_told if b == bucket)
        seen = [s for s in self.log if s.bucket == bucket]
        for number, begin in enumerate(begins):
            end = begins[number + 1] if number + 1 < len(begins) else math.inf
            here = [s for s in seen if begin <= s.at < end]
            # What was sent before the first answer: so many as are on their way at once, whenever they arrive.
            told = self.first_told[bucket, begin]
            for k, s in enumerate(here):
                if s.status != 429:
                    continue
                if k >= UNTOLD and s.at > told + 0.005:
                    after += 1
                elif number == 0:
                    first += 1
                else:
                    later += 1
        return first, later, after


def chance(seed, *words):
    """The same number from 0 to 1 for the same words, whatever the order in which things happen."""
    return random.Random(f"{seed} {words}").random()
