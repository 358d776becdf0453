"""Stores of models as programs keep them on a disk, made from a few words: which license is claimed and where, which text
stands beside it, which base is named. There are no weights in them, and nothing of them was copied from anywhere.
"""
import dataclasses, gzip, hashlib, io, json, pathlib, random, struct, tarfile

TREE = pathlib.Path(__file__).resolve().parents[2]
FILES = {"mit": "MIT", "llama3.1": "LicenseRef-Llama-3.1", "cc-by-nc-4.0": "CC-BY-NC-4.0"}
SPDX = {"mit": "MIT", "apache-2.0": "Apache-2.0", "cc-by-nc-4.0": "CC-BY-NC-4.0"}
MANIFEST, INDEX = "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json"
IMAGE = "application/vnd.oci.image.config.v1+json"
r = random.Random(22)
texts = TREE.parent / "shared/licenses/texts"


@dataclasses.dataclass(frozen=True)
class Store:
    shape: str
    at: str | None = None  # where the claim stands
    claim: str | None = None
    text: str | None = None
    base_at: str | None = None
    base: str | None = None

    def __str__(self):
        return (f"{self.shape}: claim {self.claim or 'none'}" + (f" ({self.at})" if self.at else "") +
                f", text {self.text or 'none'}, base {self.base or 'none'}" + (f" ({self.base_at})" if self.base else ""))


def license_text(name):
    path = TREE / "LICENSE" if name == "apache-2.0" else texts / f"{FILES[name]}.txt"
    return path.read_text().replace("<year> <copyright holders>", "2025 Acme").encode() if path.exists() else None


def as_bytes(data):
    return data if isinstance(data, bytes) else json.dumps(data).encode()


def write(place, files):
    for name, data in files.items():
        path = pathlib.Path(place) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(data))


# Heads and folders.
def pair(key, value):
    """A key of GGUF with a string or a number of 32 bits."""
    key = key.encode()
    body = struct.pack("<II", 4, value) if isinstance(value, int) else struct.pack("<IQ", 8, len(value)) + value.encode()
    return struct.pack("<Q", len(key)) + key + body


def gguf_of(pairs, count=None):
    return (b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs) if count is None else count) +
            b"".join(p if isinstance(p, bytes) else pair(*p) for p in pairs))


def gguf(s, name="Acme Tiny"):
    pairs = [("general.architecture", r.choice(["llama", "qwen2", "gemma2", "phi3"])), ("general.name", name)]
    if s.at == "head":
        pairs.append(("general.license", s.claim))
    if s.base_at == "head":
        owner, base = s.base.split("/")
        pairs += [("general.base_model.count", 1), ("general.base_model.0.name", base),
                  ("general.base_model.0.organization", owner),
                  ("general.base_model.0.repo_url", f"https://huggingface.co/{s.base}")]
    return gguf_of(pairs) + bytes(2000)


def safetensors_of(head, length=None, size=4):
    return struct.pack("<Q", len(head) if length is None else length) + head + bytes(size)


def safetensors(s):
    meta = {"format": "pt"} | ({"license": s.claim} if s.at == "head" else {})
    head = as_bytes({"__metadata__": meta, "w": {"dtype": "F32", "shape": [1000], "data_offsets": [0, 4000]}})
    return safetensors_of(head, size=4000)  # a smaller file would be taken for a pointer to one


def card(s):
    front = ([f"license: {s.claim}"] if s.at == "card" else []) + ([f"base_model: {s.base}"] if s.base_at == "card" else [])
    return "\n".join(["---", *front, "tags:", "- text", "---", "# Acme Tiny", "", "A small model.", ""]).encode()


def folder(s, kind):
    """The files of a folder, of which the first is the weights' or says what they are."""
    if kind == "gguf":
        out = {"tiny.Q4_K_M.gguf": gguf(s)}
    elif kind == "safetensors":
        out = {"tiny.safetensors": safetensors(s)}
    elif kind == "adapter":
        base = {"base_model_name_or_path": s.base} if s.base_at == "adapter" else {}
        out = {"adapter_config.json": {"peft_type": "LORA", "r": 8} | base, "adapter_model.safetensors": safetensors(s)}
    elif kind == "diffusers":
        out = {"model_index.json": {"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"],
                                    "vae": ["diffusers", "AutoencoderKL"]}}
        for part in ("unet", "vae"):
            out |= {f"{part}/config.json": {}, f"{part}/diffusion_pytorch_model.safetensors": safetensors(s)}
    else:
        out = {"config.json": {"model_type": r.choice(["llama", "mistral", "qwen2", "gemma2"]), "hidden_size": 8},
               "model.safetensors": safetensors(s)}
    if "card" in (s.at, s.base_at) or kind not in ("gguf", "safetensors"):
        out["README.md"] = card(s)
    if s.text:
        out[r.choice(["LICENSE", "LICENSE.txt", "LICENSE.md"])] = license_text(s.text)
    return {name: as_bytes(data) for name, data in out.items()}


# Archives, registries' layouts, Ollama.
def tar(files, zipped=False):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            t.addfile(entry, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0) if zipped else out.getvalue()


def blob(data, kind, blobs, join="/", **more):
    """A descriptor of data, which is kept in blobs."""
    data = as_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    blobs[f"blobs/sha256{join}{digest}"] = data
    return {"mediaType": kind, "digest": f"sha256:{digest}", "size": len(data), **more}


def manifest(config_kind, config, layers, blobs, notes=None, **more):
    described = [blob(data, kind, blobs, **({"annotations": said} if said else {})) for kind, data, said in layers]
    return {"schemaVersion": 2, "mediaType": MANIFEST, "config": blob(config, config_kind, blobs), "layers": described,
            **({"annotations": notes} if notes else {}), **more}


def layout(manifests, blobs):
    tagged = [blob(m, MANIFEST, blobs, annotations={"org.opencontainers.image.ref.name": tag}) for tag, m in manifests.items()]
    return {name: as_bytes(data) for name, data in {
        **blobs, "oci-layout": {"imageLayoutVersion": "1.0.0"},
        "index.json": {"schemaVersion": 2, "mediaType": INDEX, "manifests": tagged}}.items()}


def artifact(s, shape, blobs):
    """A manifest of a model as Docker, the model-spec of the CNCF or KitOps writes it."""
    notes = {"org.opencontainers.image.licenses": SPDX.get(s.claim, s.claim)} if s.at == "annotation" else None
    if shape == "docker model":
        layers = [("application/vnd.docker.ai.gguf.v3", gguf(s), None)]
        layers += [("application/vnd.docker.ai.license", license_text(s.text), None)] if s.text else []
        config = {"config": {"format": "gguf", "architecture": "llama", "size": "1 MB"}}
        return manifest("application/vnd.docker.ai.model.config.v0.1+json", config, layers, blobs, notes)
    files = folder(s, "gguf")
    if shape == "model-spec":
        says = {"licenses": [SPDX.get(s.claim, s.claim)]} if s.at == "config" else {}
        config = {"descriptor": {"name": "acme-tiny"} | says, "config": {"format": "gguf"},
                  "modelfs": {"type": "layers", "diffIds": []}}
        zipped = r.random() < 0.5
        layers = [(f"application/vnd.cncf.model.{'weight' if name.endswith('gguf') else 'doc'}.v1.tar" + "+gzip" * zipped,
                   tar({name: data}, zipped), {"org.cncf.model.filepath": name}) for name, data in files.items()]
        return manifest("application/vnd.cncf.model.config.v1+json", config, layers, blobs, notes,
                        artifactType="application/vnd.cncf.model.manifest.v1+json")
    says = {"license": s.claim} if s.at == "config" else {}
    config = {"manifestVersion": "1.0", "package": {"name": "acme-tiny"} | says,
              "model": {"name": "tiny", "path": "tiny.Q4_K_M.gguf"},
              "docs": [{"path": name} for name in files if not name.endswith("gguf")]}
    layers = [(f"application/vnd.kitops.modelkit.{'model' if name.endswith('gguf') else 'docs'}.v1.tar+gzip",
               tar({name: data}, True), None) for name, data in files.items()]
    return manifest("application/vnd.kitops.modelkit.config.v1+json", config, layers, blobs, notes)


def ollama(models, store):
    for (name, tag), s in models.items():
        blobs = {}
        layers = [("model", gguf(s, name)), ("template", b"{{ .Prompt }}"), ("params", b'{"stop":["<|end|>"]}')]
        layers += [("license", license_text(s.text))] if s.text else []
        found = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                 "config": blob({"model_format": "gguf"}, "application/vnd.docker.container.image.v1+json", blobs, "-"),
                 "layers": [blob(data, f"application/vnd.ollama.image.{kind}", blobs, "-") for kind, data in layers]}
        write(store, {**blobs, f"manifests/registry.ollama.ai/library/{name}/{tag}": found})


def make(s, other, place):
    """Writes a store, and where its kind holds several models, another beside it. A reference to it; the environment's part."""
    kinds = {"folder": "folder", "gguf folder": "gguf", "adapter": "adapter", "diffusers": "diffusers"}
    if s.shape in ("gguf", "safetensors"):
        files = folder(s, s.shape)
        write(place, files)
        name = next(iter(files))
        return (r.choice([f"./{name}", f"file:{place}/{name}"]) if len(files) == 1 else f"dir:{place}"), {}
    if s.shape in kinds:
        write(place / "tiny", folder(s, kinds[s.shape]))
        return r.choice(["./tiny", "./tiny/", f"dir:{place}/tiny"]), {}
    if s.shape == "lm studio":
        files = folder(s, "gguf")
        home = place / ".lmstudio/models/acme/tiny-GGUF"
        write(home, files)
        return (f"dir:{home}" if len(files) > 1 else r.choice([f"dir:{home}", f"file:{home}/{next(iter(files))}"])), {}
    if s.shape == "hub cache":
        home, commit = place / "hub/models--acme--tiny", "0123456789abcdef0123456789abcdef01234567"
        write(home, {"refs/main": commit.encode()})
        (home / "snapshots" / commit).mkdir(parents=True)
        for name, data in folder(s, "folder").items():
            digest = hashlib.sha256(data).hexdigest()
            write(home / "blobs", {digest: data})
            (home / "snapshots" / commit / name).symlink_to(f"../../blobs/{digest}")
        return f"dir:{home}/snapshots/{commit}", {}
    if s.shape in ("tar", "gguf tar"):
        files = folder(s, "folder" if s.shape == "tar" else "gguf")
        write(place, {"tiny.tar.gz": tar({f"tiny/{name}": data for name, data in files.items()}, True)})
        return f"tar:{place}/tiny.tar.gz", {}
    if s.shape == "ollama":
        ollama({("acme-tiny", "v1"): s, ("acme-tiny", "other"): other}, place / "store")
        named = ("ollama:acme-tiny:v1", {"OLLAMA_MODELS": f"{place}/store"})
        return r.choice([named, (f"ollama:acme-tiny:v1@{place}/store", {})])
    blobs = {}
    if s.shape == "image":
        files = {f"opt/models/{name}/{n}": data for name, one in (("alpha", s), ("beta", other))
                 for n, data in folder(one, "folder").items()}
        layer = ("application/vnd.oci.image.layer.v1.tar+gzip", tar(files, True), None)
        images = {"v1": manifest(IMAGE, {"architecture": "amd64", "os": "linux"}, [layer], blobs)}
    else:
        shape = s.shape if s.shape != "oci-archive" else "docker model" if s.at == "annotation" else \
            r.choice(["docker model", "model-spec", "modelkit"])
        images = {"v1": artifact(s, shape, blobs), "other": artifact(other, "docker model", blobs)}
    if s.shape == "oci-archive":
        write(place, {"tiny.tar": tar(layout(images, blobs))})
        return f"oci-archive:{place}/tiny.tar:v1", {}
    write(place / "layout", layout(images, blobs))
    return f"oci:{place}/layout:v1", {}
