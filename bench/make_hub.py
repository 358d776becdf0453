#!/usr/bin/env python3
"""Writes a Hub of N made-up models as files, for a web server to serve: records as ?blobs=true gives them, cards,
licenses, configurations.

  make_hub.py OUT N TEXTS     TEXTS: a folder of license texts named by SPDX id; without it every model is Apache-2.0

Shares follow what is common on the Hub: nine of ten licenses are the same few texts, byte for byte; some have a
holder's name of their own. The same seed gives the same Hub.
"""
import hashlib
import json
import pathlib
import random
import sys

out, n = pathlib.Path(sys.argv[1]), int(sys.argv[2])
here = pathlib.Path(__file__).resolve().parent
texts = {"apache-2.0": ("apache-2.0", (here.parent / "LICENSE").read_text())}
if len(sys.argv) > 3:
    folder = pathlib.Path(sys.argv[3])
    for tag, spdx in [("mit", "MIT"), ("cc-by-4.0", "CC-BY-4.0"), ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
                      ("gpl-3.0", "GPL-3.0-only"), ("bsd-3-clause", "BSD-3-Clause"), ("cc0-1.0", "CC0-1.0"),
                      ("mpl-2.0", "MPL-2.0"), ("other", "LicenseRef-DeepSeek-Model-1.0"),
                      ("llama3.1", "LicenseRef-Llama-3.1")]:
        path = folder / f"{spdx}.txt"
        if path.exists():
            texts[tag] = (tag, path.read_text(errors="replace"))
weights = {"apache-2.0": 45, "mit": 25, "cc-by-4.0": 5, "cc-by-nc-4.0": 8, "gpl-3.0": 3, "bsd-3-clause": 2,
           "cc0-1.0": 1, "mpl-2.0": 1, "other": 5, "llama3.1": 5}
tags = [t for t in weights if t in texts]
words = ("model training data weights tokens tuned evaluation benchmark instruct tensor transformer attention layers "
         "context length usage batch bias results safety checkpoint precision inference card sample code load").split()
r = random.Random(11)


def blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def write(path: pathlib.Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


ids = []
for i in range(n):
    org = f"org{i % max(1, n // 40):05d}"
    name = f"model-{i:06d}-{r.choice(['7B', '13B', '0.5B', 'instruct', 'chat'])}"
    model = f"{org}/{name}"
    ids.append(model)
    sha = hashlib.sha1(model.encode()).hexdigest()
    tag = r.choices(tags, [weights[t] for t in tags])[0]
    _, license_text = texts[tag]
    if r.random() < 0.1:  # a holder's own copy
        license_text = f"Copyright (c) 2025 Holder {i}\n\n" + license_text
    paragraphs = "\n\n".join(
        "## " + " ".join(r.choices(words, k=3)) + "\n\n" + " ".join(r.choices(words, k=r.randrange(60, 160))) + "."
        for _ in range(r.randrange(3, 12)))
    card = (f"---\nlicense: {tag}\nlanguage:\n- en\nlibrary_name: transformers\npipeline_tag: text-generation\n---\n"
            f"# {name}\n\nThe weights are released under the license in LICENSE.\n\n{paragraphs}\n").encode()
    config = json.dumps({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096,
                         "vocab_size": 32000 + i}, indent=2).encode()
    files = {"README.md": card, "LICENSE": license_text.encode(), "config.json": config,
             "tokenizer_config.json": b"{}", ".gitattributes": b"*.safetensors filter=lfs\n"}
    siblings = [{"rfilename": p, "size": len(c), "blobId": blob(c)} for p, c in sorted(files.items())]
    shards = r.choice([1, 2, 4, 8, 16])
    for k in range(1, shards + 1):
        path = "model.safetensors" if shards == 1 else f"model-{k:05d}-of-{shards:05d}.safetensors"
        digest = hashlib.sha256(f"{model}{k}".encode()).hexdigest()
        siblings.append({"rfilename": path, "size": 4_900_000_000, "blobId": digest[:40],
                         "lfs": {"sha256": digest, "size": 4_900_000_000, "pointerSize": 135}})
    record = {"_id": sha[:24], "id": model, "private": False, "pipeline_tag": "text-generation",
              "library_name": "transformers", "tags": ["transformers", "safetensors", "llama", "text-generation", "en",
                                                       f"license:{tag}", "region:us"],
              "downloads": r.randrange(10**6), "likes": r.randrange(2000), "modelId": model, "author": org, "sha": "1" * 40,
              "lastModified": "2026-01-02T03:04:05.000Z", "gated": False, "disabled": False,
              "widgetData": [{"text": "My name is Julien and I like to"}], "model-index": None,
              "config": {"architectures": ["LlamaForCausalLM"], "model_type": "llama",
                         "tokenizer_config": {"chat_template": "{% for m in messages %}" + "x" * r.randrange(200, 2500)}},
              "cardData": {"license": tag, "language": ["en"], "library_name": "transformers",
                           "pipeline_tag": "text-generation"},
              "transformersInfo": {"auto_model": "AutoModelForCausalLM"}, "siblings": siblings,
              "spaces": [f"user{k}/space-{k}" for k in range(r.randrange(0, 40))],
              "createdAt": "2025-01-02T03:04:05.000Z",
              "safetensors": {"parameters": {"BF16": 7_000_000_000 + i}, "total": 7_000_000_000 + i},
              "usedStorage": 14_000_000_000 + i}
    write(out / "api/models" / f"{model}.json", json.dumps(record, separators=(",", ":")).encode())
    for path, content in files.items():
        write(out / "raw" / model / path, content)
(out / "ids.txt").write_text("\n".join(ids) + "\n")
