"""Makes every form of a release from the programs that were built: build/dist, with SHA256SUMS.

  dist.py --out build/dist --prefix build/static-libs/prefix x86_64=build/static/howopen

The same commit gives the same bytes, in whatever folder and whenever it is done.
"""
import argparse
import hashlib
import pathlib
import re
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


# What the library may need of the machine: the C library. Its loader is named on some machines.
NEEDED = re.compile(r"libc\.so\.6|libm\.so\.6|ld-linux-[\w-]+\.so\.\d")


def stripped(binary, strip):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "howopen"
        shutil.copy(binary, copy)
        subprocess.run([strip, "--strip-all", str(copy)], check=True)
        return copy.read_bytes()


def check(program, library):
    if b"ld-linux" in pathlib.Path(program).read_bytes()[:4096]:
        sys.exit(f"error: not linked statically; {program}")
    said = subprocess.run(["readelf", "-d", str(library)], check=True, capture_output=True, text=True).stdout
    for needed in re.findall(r"\(NEEDED\).*\[(.+)\]", said):
        if not NEEDED.fullmatch(needed):
            sys.exit(f"error: the library needs {needed}; {library}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--prefix", required=True, help="what packaging/static_libs.sh has made")
    options.add_argument("--strip", default="strip")
    options.add_argument("--runner", help="what runs a program of that machine here: qemu-aarch64-static")
    options.add_argument("programs", nargs="+", metavar="MACHINE=PROGRAM")
    given = options.parse_args()

    made = {}
    programs = dict(p.split("=", 1) for p in given.programs)
    linked = parts.Parts(given.prefix)
    for machine, program in sorted(programs.items()):
        with tempfile.TemporaryDirectory() as folder:
            binary, library = pathlib.Path(folder) / "howopen", pathlib.Path(folder) / "libhowopen.so"
            built = pathlib.Path(program).with_name("libhowopen.so")
            check(program, built)
            binary.write_bytes(stripped(program, given.strip))
            binary.chmod(0o755)
            library.write_bytes(stripped(built, given.strip))
            this = release.Release(ROOT, binary, library, machine, runner=[given.runner] if given.runner else [])
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
