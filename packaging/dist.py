"""Makes every form of a release from the programs that were built: build/dist, with SHA256SUMS.

  dist.py --out build/dist --prefix build/static-libs/prefix x86_64=build/static/howopen

The same commit gives the same bytes, in whatever folder and whenever it is done.
"""
import argparse
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

import deb
import image
import npm
import parts
import release
import wheel

ROOT = pathlib.Path(__file__).resolve().parents[1]


def certificates():
    """The bundle of Debian's package, made from its parts: that of this machine may hold what its owner added."""
    folder = pathlib.Path("/usr/share/ca-certificates/mozilla")
    found = sorted(folder.glob("*.crt"))
    if not found:
        sys.exit(f"error: no certificates in {folder}; install the package ca-certificates")
    return b"".join(f.read_bytes() for f in found)


def stripped(binary, strip):
    if b"ld-linux" in pathlib.Path(binary).read_bytes()[:4096]:
        sys.exit(f"error: not linked statically; {binary}")
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "howopen"
        shutil.copy(binary, copy)
        subprocess.run([strip, "--strip-all", str(copy)], check=True)
        return copy.read_bytes()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--prefix", required=True, help="what packaging/static_libs.sh has made")
    options.add_argument("--strip", default="strip")
    options.add_argument("programs", nargs="+", metavar="MACHINE=PROGRAM")
    given = options.parse_args()

    made = {}
    programs = dict(p.split("=", 1) for p in given.programs)
    linked = parts.Parts(given.prefix)
    for machine, program in sorted(programs.items()):
        with tempfile.TemporaryDirectory() as folder:
            binary = pathlib.Path(folder) / "howopen"
            binary.write_bytes(stripped(program, given.strip))
            binary.chmod(0o755)
            this = release.Release(ROOT, binary, machine)
            tree = release.files(this, linked)
            made.update(release.archive(this, tree))
            made.update(deb.package(this, tree))
            made.update(wheel.wheel(this, tree))
            made.update(npm.machine_package(this, tree))
            made.update(image.image(this, tree, certificates()))
            if machine == "x86_64":
                made["hf-howopen"] = tree["bin/howopen"].data
                made[f"howopen-{this.version}.cdx.json"] = linked.bom(this, hashlib.sha256(tree["bin/howopen"].data).hexdigest())
                made.update(npm.main_package(this, tree, ["x64"]))

    if given.out.exists():
        shutil.rmtree(given.out)
    given.out.mkdir(parents=True)
    sums = ""
    for name, data in sorted(made.items()):
        (given.out / name).write_bytes(data)
        if name == "hf-howopen":
            (given.out / name).chmod(0o755)
        sums += f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        print(f"{len(data) / 1e6:6.1f} MB  {name}", file=sys.stderr)
    (given.out / "SHA256SUMS").write_text(sums)


if __name__ == "__main__":
    main()
