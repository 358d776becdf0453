"""A Hub of any number of models, made from their numbers when they are asked for: pages of listings, records, cards,
license texts, datasets. `version` says which of them have changed.

  hub = ListedHub(100_000); hub.start(); … howopen batch --all …; hub.version[7] = 1; hub.order.remove(9)
"""
import hashlib
import json
import pathlib
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from loopback_hub import Connection, Hub, MISSING, NOT_FOUND, TEXTS, git_id, plain  # noqa: E402

PAGE = 1000
ORG = 40  # models of an author


class Asking(Connection):
    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.hub.target = head.split(b" ", 2)[1].decode()
            self.hub.asked(self, self.hub.target.split("?")[0])


class Made:
    """Looks like a dictionary of answers by path."""

    def __init__(self, hub):
        self.hub = hub

    def get(self, path, otherwise):
        return self.hub.answer(path) or otherwise


class ListedHub(Hub):
    def __init__(self, models, based=0, with_data=0):
        super().__init__(None)
        self.answers = Made(self)
        self.models = models
        self.based = based  # one in so many is made from another
        self.with_data = with_data  # one in so many names a dataset
        self.version = {}  # of models that are not at their first
        self.gates = {}
        self.order = range(models - 1, -1, -1)  # newest first
        self.gone = set()
        self.data_version = {}
        self.target = ""

    def start(self):
        async def work():
            import socket
            listening = socket.create_server(("127.0.0.1", self.port or 0), backlog=512)
            self.port = listening.getsockname()[1]
            self.server = await self.loop.create_server(lambda: Asking(self), sock=listening)
        self._call(work())
        return self

    @staticmethod
    def name(i):
        return f"org{i // ORG:06d}/m{i:07d}"

    def sha(self, i):
        return hashlib.sha1(b"%d %d" % (i, self.version.get(i, 0))).hexdigest()

    def base(self, i):
        return i - i % self.based if self.based and i % self.based else None

    def license(self, i):
        return ["mit", "apache-2.0", "other"][(i + self.version.get(i, 0)) % 3]

    def files(self, i):
        card = f"---\nlicense: {self.license(i)}\n"
        if self.base(i) is not None:
            card += f"base_model: {self.name(self.base(i))}\n"
        if self.with_data and i % self.with_data == 3:
            card += f"datasets: [data/d{i % 100}]\n"
        card += f"---\n# {self.name(i)}\n\nTrained on {i + 1} billion tokens, in version {self.version.get(i, 0)}.\n"
        out = {"README.md": card.encode()}
        if self.license(i) in TEXTS:
            out["LICENSE"] = TEXTS[self.license(i)].encode()
        return out

    def state(self, i):
        return {"id": self.name(i), "sha": self.sha(i), "private": False, "disabled": False,
                "gated": self.gates.get(i, False)}

    def record(self, i):
        siblings = [{"rfilename": n, "size": len(d), "blobId": git_id(d)} for n, d in self.files(i).items()]
        siblings.append({"rfilename": "model.safetensors", "size": 1000 + i, "blobId": "0" * 40,
                         "lfs": {"sha256": "0" * 64, "size": 1000 + i, "pointerSize": 130}})
        return {**self.state(i), "_id": self.sha(i)[:24], "tags": [f"license:{self.license(i)}"],
                "cardData": {"license": self.license(i)}, "library_name": "transformers",
                "config": {"model_type": "llama"}, "siblings": siblings, "usedStorage": 1000 + i}

    def page(self):
        query = urllib.parse.parse_qs(self.target.partition("?")[2])
        author = query.get("author", [None])[0]
        shown = [i for i in self.order if self.name(i).startswith(author + "/")] if author else self.order
        at = int(query.get("cursor", ["0"])[0])
        make = self.record if "siblings" in query.get("expand", []) else self.state
        body = json.dumps([make(i) for i in shown[at:at + PAGE]]).encode()
        head = {}
        if at + PAGE < len(shown):
            link = self.target.partition("?")[2].partition("&cursor=")[0] + f"&cursor={at + PAGE}"
            head["Link"] = f'<https://huggingface.co/api/models?{link}>; rel="next"'
        return plain(200, body, **head)

    def number(self, name):
        i = int(name.rpartition("/m")[2]) if "/m" in name else -1
        return i if 0 <= i and self.name(i) == name and i not in self.gone else None

    def answer(self, path):
        if path == "/api/models":
            return self.page()
        if path.startswith("/api/models/"):
            i = self.number(path[len("/api/models/"):])
            return MISSING if i is None else plain(200, json.dumps(self.record(i)).encode(), ETag=f'"{self.sha(i)}"')
        if path.startswith("/api/datasets/data/d"):
            k = int(path.rpartition("/d")[2])
            record = {"id": f"data/d{k}", "gated": False, "private": False, "siblings": [{"rfilename": "a.parquet"}],
                      "usedStorage": 1000 + self.data_version.get(k, 0)}
            return plain(200, json.dumps(record).encode())
        if "/resolve/" in path:
            name, _, rest = path[1:].partition("/resolve/")
            i = self.number(name)
            data = None if i is None else self.files(i).get(rest.partition("/")[2])
            if data is not None:
                return plain(200, data, "text/plain", ETag=f'"{git_id(data)}"', X_Repo_Commit=self.sha(i))
        return NOT_FOUND
