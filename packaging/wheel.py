"""A Python wheel that brings the program, which `pip install` puts where programs of the environment are, and the library
with a module that loads it."""
import base64
import hashlib
import io
import time
import zipfile

from release import File

PAGE = """\
`howopen org/name` tells how open an AI model is and what may be done with it, with evidence for every word.

    pip install howopen
    howopen deepseek-ai/DeepSeek-R1

As a module, without a process and without a network:

    import howopen
    howopen.license(open("LICENSE").read())["concluded"]
    howopen.audit("snapshot.json")   # howopen fetch deepseek-ai/DeepSeek-R1 --output snapshot.json
    howopen.scan("src")["references"]

The program runs on any Linux; the module needs glibc 2.35 or newer.
"""


def tags(machine):
    # The program needs no library at all: any Linux of this machine, glibc or musl. The module, which needs a newer
    # glibc than these say, tells so where it cannot load its library.
    return [f"manylinux_2_17_{machine}", f"manylinux2014_{machine}", f"musllinux_1_1_{machine}"]


def wheel(release, tree):
    version = release.version
    info = f"howopen-{version}.dist-info"
    metadata = (f"Metadata-Version: 2.1\nName: howopen\nVersion: {version}\nSummary: {release.summary}\n"
                "License: Apache-2.0\nRequires-Python: >=3.8\nDescription-Content-Type: text/markdown\n"
                "Classifier: License :: OSI Approved :: Apache Software License\n"
                "Classifier: Environment :: Console\nClassifier: Operating System :: POSIX :: Linux\n"
                f"License-File: LICENSE\nLicense-File: THIRD-PARTY\n\n{PAGE}")
    about = f"Wheel-Version: 1.0\nGenerator: howopen\nRoot-Is-Purelib: false\n"
    about += "".join(f"Tag: py3-none-{tag}\n" for tag in tags(release.machine))
    data = {f"howopen-{version}.data/scripts/howopen": tree["bin/howopen"],
            f"{info}/METADATA": File(metadata.encode()), f"{info}/WHEEL": File(about.encode())}
    data["howopen/libhowopen.so"] = tree["lib/libhowopen.so.0"]
    for source in sorted((release.root / "packaging/python/howopen").glob("*.py")):
        data[f"howopen/{source.name}"] = File(source.read_bytes())
    for paper in ["LICENSE", "THIRD-PARTY"]:
        data[f"{info}/licenses/{paper}"] = tree[f"share/doc/howopen/{paper}"]
    record = ""
    for path, file in sorted(data.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.data).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(file.data)}\n"
    data[f"{info}/RECORD"] = File((record + f"{info}/RECORD,,\n").encode())

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # The record comes last, as the specification asks.
        for path in sorted(data, key=lambda p: (p.endswith("/RECORD"), p)):
            entry = zipfile.ZipInfo(path, time.gmtime(release.epoch)[:6])
            entry.create_system = 3
            entry.external_attr = (0o100000 | data[path].mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data[path].data, compresslevel=9)
    return {f"howopen-{version}-py3-none-{'.'.join(tags(release.machine))}.whl": out.getvalue()}
