"""Stores that somebody made to crash, fill or mislead their reader. None may be called open: what they claim freely stands
beside what cannot be read, or lies outside of them. SECRET stands only in files outside.

  hostile_stores.py PLACE TEXTS     writes them; a line of JSON each: what it is, a reference, where to ask from, environment
"""
import functools, gzip, json, os, pathlib, random, struct, sys, tarfile, zlib

import made_stores as made
from made_stores import IMAGE, INDEX, MANIFEST, as_bytes, blob, gguf_of, layout, manifest, pair, safetensors_of, write

SECRET = "a-word-from-outside"
HUGE = 1 << 63
FREE_CARD = b"---\nlicense: mit\n---\n# Acme Tiny\n"
PLAIN = gguf_of([("general.architecture", "llama")]) + bytes(2000)
FREE = ("general.license", "mit")
DEPTH = 10 << 20
NESTED = b'{"a":' * (DEPTH // 5)
LAYER = "application/vnd.oci.image.layer.v1.tar"


def long_string(length):
    return struct.pack("<Q", length)


def gguf_heads():
    """What the head is, its bytes, the size of the file if it is more than these."""
    yield "a key of 2^63 bytes", gguf_of([FREE, long_string(HUGE)]), 0
    yield "a value of 2^63 bytes", gguf_of([FREE, long_string(4) + b"name" + struct.pack("<IQ", 8, HUGE) + b"x"]), 0
    yield "a string of 2^64 - 1 bytes", gguf_of([FREE, long_string(4) + b"name" + struct.pack("<IQ", 8, 2**64 - 1) + b"x"]), 0
    yield "2^63 keys", gguf_of([FREE], HUGE), 0
    yield "2^63 keys and 2 GB of zeros", gguf_of([FREE], HUGE), 2 << 30
    yield "2^64 - 1 tensors and keys", b"GGUF" + struct.pack("<IQQ", 3, 2**64 - 1, 2**64 - 1) + pair(*FREE), 0
    array = long_string(1) + b"a" + struct.pack("<I", 9)
    yield "an array of 2^62 strings", gguf_of([FREE, array + struct.pack("<IQ", 8, 1 << 62)], 2), 1 << 30
    yield "an array of 2^61 numbers of 8 bytes", gguf_of([FREE, array + struct.pack("<IQ", 10, 1 << 61)], 2), 1 << 20
    yield "arrays in arrays without end", gguf_of([FREE, array + struct.pack("<IQ", 9, 1) * 1_000_000], 2), 0
    yield "a type that is none", gguf_of([FREE, long_string(1) + b"a" + struct.pack("<I", 99)], 3), 0
    yield "a million keys that say nothing", gguf_of([pair(f"k{n}", n) for n in range(1_000_000)] + [long_string(HUGE)]), 0
    base = ("general.base_model.0.repo_url", "https://huggingface.co/meta-llama/Llama-3.1-8B")
    yield "a head that is cut", gguf_of([FREE, base])[:-20], 0
    yield "version 2^32 - 1", b"GGUF" + struct.pack("<IQQ", 2**32 - 1, 0, 1) + pair(*FREE), 0
    yield "nothing but the magic", b"GGUF", 0


def safetensors_heads():
    said = b'{"__metadata__":{"license":"mit"},'
    yield "a header of 100 MB", safetensors_of(said + b" " * 1000, 100 << 20), 200 << 20
    yield "a header of 100 MB that is cut", safetensors_of(said, 100 << 20), 0
    yield "a header of 2^63 bytes", safetensors_of(said, HUGE), 0
    yield "a header of 2^64 - 1 bytes", safetensors_of(said, 2**64 - 1), 0
    yield "10 MB of nested lists", safetensors_of(said + b'"w":' + b"[" * DEPTH), 0
    yield "10 MB of nested objects", safetensors_of(said + b'"w":' + b'{"a":' * (DEPTH // 5)), 0


def member(name, data=b"", size=None, kind=tarfile.REGTYPE, link=""):
    """An entry of a tar, which may say that it is of another size than it is."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.type, entry.linkname = len(data) if size is None else size, kind, link
    return entry.tobuf(tarfile.GNU_FORMAT) + data + bytes(-len(data) % 512)


MODEL = member("m/tiny.gguf", PLAIN)
END = bytes(1024)


def bomb(before, size=1 << 30):
    """gzip of some bytes and as many zeros, made a MB at a time."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([packer.compress(before), *(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)), packer.flush()])


def tars(outside):
    free = member("m/README.md", FREE_CARD)
    text = made.license_text("apache-2.0")
    yield "a card and a text at absolute paths", MODEL + member("/n/README.md", FREE_CARD) + member("/LICENSE", text)
    yield "a card at ../", MODEL + member("../README.md", FREE_CARD) + member("m/../../README.md", FREE_CARD)
    yield "a card at the path of one outside", MODEL + member(f"{outside}/README.md", FREE_CARD)
    yield "a card that is a link out", MODEL + member("m/README.md", kind=tarfile.SYMTYPE, link=f"{outside}/README.md")
    yield "a card that is a hard link out", MODEL + member("m/README.md", kind=tarfile.LNKTYPE, link=f"{outside}/README.md")
    yield "a link out and a card in it", (MODEL + member("m/sub", kind=tarfile.SYMTYPE, link=str(outside)) +
                                         member("m/sub/README.md", FREE_CARD))
    yield "a text that is a link out", MODEL + free + member("m/LICENSE", kind=tarfile.SYMTYPE, link=f"{outside}/LICENSE")
    yield "a card of 2^60 bytes", MODEL + member("m/README.md", FREE_CARD, 1 << 60)
    yield "weights of 2^60 bytes and a free card", free + member("m/tiny.gguf", PLAIN, 1 << 60)
    yield "a text of 2^60 bytes and a free card", MODEL + free + member("m/LICENSE", b"MIT", 1 << 60)
    yield "a card of 2^63 bytes and more", MODEL + member("m/README.md", FREE_CARD, 2**70)
    yield "a name of 2^60 bytes", MODEL + member("././@LongLink", b"m/x", 1 << 60, tarfile.GNUTYPE_LONGNAME)
    yield "a pax header of 2^60 bytes", MODEL + member("p", b"11 path=m/x\n", 1 << 60, tarfile.XHDTYPE)
    yield "a pax header that says 2^60", (MODEL + member("p", b"28 size=1152921504606846976\n", kind=tarfile.XHDTYPE) +
                                         member("m/README.md", FREE_CARD))
    yield "200,000 entries", MODEL + b"".join(member(f"m/{n}") for n in range(200_000))
    deep = member("././@LongLink", b"a/" * 100_000 + b"x\0", kind=tarfile.GNUTYPE_LONGNAME)
    yield "a path 100,000 folders deep", MODEL + deep + member("x")


@functools.cache
def bombs():
    return list(packed())


def packed():
    yield "a GB of zeros", bomb(b"")
    yield "a text of a GB and a free card", bomb(MODEL + member("m/README.md", FREE_CARD) + member("m/LICENSE", size=1 << 30))
    yield "a card of a GB", bomb(MODEL + member("m/README.md", size=1 << 30))
    yield "weights of a GB", bomb(member("m/tiny.gguf", size=1 << 30))
    noise = random.Random(7).randbytes(4096)
    yield "a gzip that is cut", gzip.compress(MODEL + member("m/README.md", FREE_CARD) + member("m/LICENSE", noise))[:-3000]


def folders(outside):
    """What is amiss, the files, the links, the pipes."""
    card, out = {"README.md": FREE_CARD}, lambda name: {name: outside / name}
    model = {"tiny.gguf": PLAIN}
    yield "a card that lies outside", model, out("README.md"), []
    yield "a text that lies outside", model, out("LICENSE"), []
    yield "a text that lies outside, and a free card", model | card, out("LICENSE"), []
    yield "weights that lie outside", {}, out("tiny.gguf"), []
    yield "a configuration that lies outside", {"model.safetensors": safetensors_of(b"{}")}, out("config.json"), []
    yield "a folder that lies outside", model, {"sub": outside}, []
    yield "a folder that holds itself", model, {"sub": "."}, []
    yield "a card that is a link to itself", model, {"README.md": "README.md"}, []
    yield "a text that is a link to itself, and a free card", model | card, {"LICENSE": "LICENSE"}, []
    yield "a card without end", model, {"README.md": "/dev/zero"}, []
    yield "weights without end", {}, {"tiny.gguf": "/dev/zero"}, []
    yield "a text without end, and a free card", model | card, {"LICENSE": "/dev/zero"}, []
    yield "a card that is a pipe", model, {}, ["README.md"]
    yield "weights that are a pipe", {}, {}, ["tiny.gguf"]
    yield "a text that is a pipe, and a free card", model | card, {}, ["LICENSE"]
    yield "a card that is a folder", model | {"README.md/README.md": FREE_CARD}, {}, []
    yield "a configuration of 10 MB of nesting", {"config.json": NESTED, "model.safetensors": safetensors_of(b"{}")}, {}, []
    adapter = {"adapter_config.json": NESTED, "adapter_model.safetensors": safetensors_of(b"{}")}
    yield "an adapter's configuration of 10 MB of nesting, and a free card", card | adapter, {}, []
    yield "a pipeline of 10 MB of nesting", {"model_index.json": NESTED, "unet/x.safetensors": safetensors_of(b"{}")}, {}, []
    nested = {"README.md": b"---\nlicense: mit\nx: " + b"[" * (1 << 20) + b"\n---\n"}
    yield "a front matter of a MB of nesting", model | nested, {}, []
    yield "a text of 10 MB, and a free card", model | card | {"LICENSE": b"You may not use it. " * (DEPTH // 20)}, {}, []


def layouts(outside):
    """What is amiss, the files, the links. The tag is v1."""
    def image(layer, kind=LAYER, before=(), config={}, **more):
        blobs = {}
        return layout({"v1": manifest(IMAGE, config, [*before, (kind, layer, None)], blobs, **more)}, blobs)

    def index(found, **files):
        said = {"annotations": {"org.opencontainers.image.ref.name": "v1"}}
        return {"oci-layout": as_bytes({"imageLayoutVersion": "1.0.0"}), **files,
                "index.json": as_bytes({"schemaVersion": 2, "mediaType": INDEX, "manifests": [found | said]})}

    itself = {"mediaType": INDEX, "digest": "sha256:" + "a" * 64, "size": 300}
    loop = {"blobs/sha256/" + "a" * 64: as_bytes({"schemaVersion": 2, "mediaType": INDEX, "manifests": [itself]})}
    yield "an index that names itself", index(itself) | loop, {}
    blobs = {}
    link = blob({"schemaVersion": 2, "mediaType": INDEX, "manifests": []}, INDEX, blobs)
    for _ in range(5000):
        link = blob({"schemaVersion": 2, "mediaType": INDEX, "manifests": [link, link]}, INDEX, blobs)
    yield "5,000 indexes, each twice in the next", index(link) | blobs, {}
    for kind in (MANIFEST, INDEX):
        away = {"mediaType": kind, "digest": "sha256:../../../outside/config.json", "size": 10}
        yield "a digest that leads out", index(away), {}
    yield "an index of 10 MB of nesting", index(itself) | {"index.json": NESTED}, {}
    blobs = {}
    yield "a manifest of 10 MB of nesting", index(blob(NESTED, MANIFEST, blobs)) | blobs, {}
    yield "a configuration of 10 MB of nesting", image(MODEL + END, config=NESTED), {}
    blobs = {}
    gguf = blob(PLAIN, "application/vnd.docker.ai.gguf.v3", blobs)
    same = {"schemaVersion": 2, "mediaType": MANIFEST, "config": blob({}, IMAGE, blobs), "layers": [gguf] * 50_000}
    yield "50,000 times the same layer", index(blob(same, MANIFEST, blobs)) | blobs, {}
    away = gguf | {"digest": "sha256:../../../outside/tiny.gguf"}
    yield "a layer's digest that leads out", index(blob(same | {"layers": [away]}, MANIFEST, blobs)) | blobs, {}
    sized = [gguf | {"size": size} for size in (-1, 1 << 62, 1e300, "x")]
    yield "sizes that are none", index(blob(same | {"layers": sized}, MANIFEST, blobs)) | blobs, {}
    blobs = {}
    weights = "blobs/sha256/" + gguf["digest"][7:]
    gone = gguf | {"digest": "sha256:" + "b" * 64, "mediaType": "application/vnd.docker.ai.license"}
    free = blob(same | {"config": blob({}, IMAGE, blobs), "layers": [gguf, gone],
                        "annotations": {"org.opencontainers.image.licenses": "MIT"}}, MANIFEST, blobs)
    yield "a text that is not there, and a free annotation", index(free) | blobs | {weights: PLAIN}, {}
    linked = index(blob(same | {"layers": [gguf]}, MANIFEST, blobs)) | blobs
    yield "a layer that lies outside", linked, {weights: outside / "tiny.gguf"}
    for what, data in tars(outside):
        yield f"a layer with {what}", image(data + END), {}
    for what, data in bombs():
        yield f"a layer, {what}", image(data, LAYER + "+gzip"), {}


def ollamas(outside):
    """What is amiss, the files, the links, the reference's name."""
    def store(layers, digest=None):
        blobs = {}
        found = [blob(data, f"application/vnd.ollama.image.{kind}", blobs, "-") for kind, data in layers]
        config = blob({}, "application/vnd.docker.container.image.v1+json", blobs, "-")
        found = [one | {"digest": digest or one["digest"]} for one in found]
        return blobs, {"schemaVersion": 2, "config": config, "layers": found}

    def at(found, blobs, name="library/tiny/v1"):
        return {f"manifests/registry.ollama.ai/{name}": as_bytes(found), **blobs}

    blobs, found = store([("model", PLAIN)])
    free, head = store([("model", gguf_of([FREE]) + bytes(2000)), ("license", b"You may not use it.")])
    yield "a manifest of 10 MB of nesting", at(NESTED, blobs), {}, "tiny:v1"
    for digest in ("sha256:../../../outside/tiny.gguf", "sha256-../../../outside/tiny.gguf", f"sha256:{outside}/tiny.gguf"):
        yield f"a digest that leads out, {digest[:10]}", at(store([("model", PLAIN)], digest)[1], blobs), {}, "tiny:v1"
    yield "a name that leads out", at(found, blobs), {}, "../../../../outside:README.md"
    yield "a tag that leads out", at(found, blobs), {}, "tiny:../../../../../outside/README.md"
    model = "blobs/" + found["layers"][0]["digest"].replace(":", "-")
    yield "weights that lie outside", at(found, blobs), {model: outside / "tiny.gguf"}, "tiny:v1"
    linked = {"manifests/registry.ollama.ai/library/tiny/v1": outside / "config.json"}
    yield "a manifest that lies outside", blobs, linked, "tiny:v1"
    text = "blobs/" + head["layers"][1]["digest"].replace(":", "-")
    yield "a text that is not there, and a free head", at(head, {k: v for k, v in free.items() if k != text}), {}, "tiny:v1"
    yield "a text that lies outside, and a free head", at(head, free), {text: outside / "LICENSE"}, "tiny:v1"
    long = store([("model", gguf_of([FREE]) + bytes(2000)), ("license", b"You may not. " * 800_000)])
    yield "a text of 10 MB, and a free head", at(*reversed(long)), {}, "tiny:v1"
    yield "50,000 layers", at(found | {"layers": found["layers"] * 50_000}, blobs), {}, "tiny:v1"
    yield "layers that are none", at(found | {"layers": [None, 1, "x", [], {}, {"digest": 7}]}, blobs), {}, "tiny:v1"


def write_all(place):
    """Every hostile store, written under place: what it is, a reference, where to ask from, the environment's part."""
    outside = place / "outside"
    text = (made.license_text("mit") or made.license_text("apache-2.0")).replace(b"2025 Acme", SECRET.encode())
    write(outside, {"README.md": FREE_CARD + SECRET.encode(), "LICENSE": text,
                    "tiny.gguf": gguf_of([FREE, ("general.name", SECRET)]) + bytes(2000),
                    "config.json": {"model_type": SECRET}})
    number = 0

    def fresh(files, links=(), pipes=()):
        nonlocal number
        number += 1
        home = place / f"{number:03d}" / "s"
        home.mkdir(parents=True)
        write(home, files)
        for name, to in dict(links).items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).unlink(missing_ok=True)
            (home / name).symlink_to(to)
        for name in pipes:
            os.mkfifo(home / name)
        return home

    for heads, name in ((gguf_heads(), "tiny.gguf"), (safetensors_heads(), "tiny.safetensors")):
        for what, data, size in heads:
            home = fresh({name: data})
            os.truncate(home / name, max(size, len(data)))
            yield f"{name[5:]}: {what}", f"./{name}", home, {}
    for what, files, links, pipes in folders(outside):
        home = fresh(files, links, pipes)
        yield f"folder: {what}", f"dir:{home}", home, {}
    for what, data in tars(outside):
        home = fresh({"x.tar": data + END})
        yield f"tar: {what}", f"tar:{home}/x.tar", home, {}
    for what, data in bombs():
        home = fresh({"x.tar.gz": data})
        yield f"tar.gz: {what}", f"tar:{home}/x.tar.gz", home, {}
    for what, files, links in layouts(outside):
        home = fresh(files, links)
        yield f"oci: {what}", f"oci:{home}:v1", home, {}
    for what, files, links, name in ollamas(outside):
        home = fresh(files, links)
        yield f"ollama: {what}", f"ollama:{name}", home, {"OLLAMA_MODELS": str(home)}
    commit = "0123456789abcdef0123456789abcdef01234567"
    home = fresh({"models--a--b/refs/main": commit.encode(), f"models--a--b/snapshots/{commit}/tiny.gguf": PLAIN},
                 {f"models--a--b/snapshots/{commit}/README.md": outside / "README.md"})
    yield "hub cache: a card that lies outside", f"dir:{home}/models--a--b/snapshots/{commit}", home, {}


if __name__ == "__main__":
    made.texts = pathlib.Path(sys.argv[2])
    for what, ref, home, env in write_all(pathlib.Path(sys.argv[1])):
        print(json.dumps([what, ref, str(home), env]))
