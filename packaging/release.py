"""What all forms of a release are made of: the program, its papers, and writers whose bytes depend on nothing else.

  release = Release(root, binary, "x86_64"); files(release) -> {"bin/howopen": File(b"…", 0o755), …}
"""
import gzip
import io
import pathlib
import re
import subprocess
import tarfile
import tempfile
import typing


class File(typing.NamedTuple):
    data: bytes
    mode: int = 0o644
    link: str = ""  # then a symbolic link that leads there


class Release:
    def __init__(self, root, binary, library, machine, runner=()):
        self.root = pathlib.Path(root)
        self.binary = pathlib.Path(binary)
        self.library = pathlib.Path(library)  # libhowopen.so
        self.machine = machine  # as uname -m says it
        self.runner = list(runner)  # what runs a program of another machine
        self.version = re.search(r"project\(howopen VERSION (\S+)", self.text("CMakeLists.txt")).group(1)
        self.epoch = int(self.git("log", "-1", "--format=%ct"))
        self.commit = self.git("rev-parse", "HEAD")
        self.summary = "Audits how open an AI model is, with evidence"

    def text(self, name):
        return (self.root / name).read_text()

    def git(self, *words):
        return subprocess.run(["git", "-C", str(self.root), *words], check=True, capture_output=True,
                              text=True).stdout.strip()

    def run(self, *words):
        return subprocess.run([*self.runner, str(self.binary), *words], check=True, capture_output=True).stdout

    def pkg_config(self):
        """As CMake makes it where libraries are in lib."""
        given = {"CMAKE_INSTALL_LIBDIR": "lib", "CMAKE_INSTALL_INCLUDEDIR": "include", "PROJECT_VERSION": self.version,
                 "PROJECT_DESCRIPTION": self.summary, "up": "../../"}
        made = re.sub(r"@(\w+)@", lambda name: given[name.group(1)], self.text("cmake/howopen.pc.in"))
        # The static library is not in there.
        return "".join(line for line in made.splitlines(True) if not line.startswith("Libs.private")).encode()

    @property
    def name(self):
        """Of the archive; action/run.sh asks for the same."""
        return f"howopen-{self.version}-linux-{self.machine}"

    @property
    def debian_machine(self):
        return {"x86_64": "amd64", "aarch64": "arm64"}[self.machine]

    @property
    def node_machine(self):
        return {"x86_64": "x64", "aarch64": "arm64"}[self.machine]


def zipped(data):
    return gzip.compress(data, 9, mtime=0)


def files(release, parts):
    """By path below a prefix: program, library, man pages, completions, papers."""
    out = {"bin/howopen": File(release.binary.read_bytes(), 0o755), "lib/libhowopen.so.0": File(release.library.read_bytes()),
           "lib/libhowopen.so": File(b"", link="libhowopen.so.0"), "lib/pkgconfig/howopen.pc": File(release.pkg_config()),
           "include/howopen.h": File(release.text("include/howopen.h").encode())}
    with tempfile.TemporaryDirectory() as folder:
        release.run("man", "--output", folder)
        for page in sorted(pathlib.Path(folder).iterdir()):
            out[f"share/man/man1/{page.name}.gz"] = File(zipped(page.read_bytes()))
    out["share/bash-completion/completions/howopen"] = File(release.run("completion", "bash"))
    out["share/zsh/vendor-completions/_howopen"] = File(release.run("completion", "zsh"))
    out["share/fish/vendor_completions.d/howopen.fish"] = File(release.run("completion", "fish"))
    for paper in ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md"]:
        out[f"share/doc/howopen/{paper}"] = File(release.text(paper).encode())
    out["share/doc/howopen/THIRD-PARTY"] = File(parts.texts())
    for schema in sorted((release.root / "data/schema").glob("*.json")):
        out[f"share/howopen/schema/{schema.name}"] = File(schema.read_bytes())
    return out


def tar(entries, epoch, owner=None):
    """`entries` are {path: File}; folders on the way are added. `owner` are {path: uid} of those that are not root's."""
    owner = owner or {}
    folders = set()
    for path in entries:
        # By hand: pathlib would take the ./ away that dpkg wants before every name.
        steps = path.rstrip("/").split("/")[:-1]
        folders.update("/".join(steps[:n + 1]) + "/" for n in range(len(steps)))
    # A path that ends with a slash is a folder itself.
    every = {**{f: File(b"", 0o755) for f in folders}, **entries}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted(every):
            info = tarfile.TarInfo(path.rstrip("/"))
            info.type = tarfile.DIRTYPE if path.endswith("/") else tarfile.SYMTYPE if every[path].link else tarfile.REGTYPE
            info.linkname = every[path].link
            info.mode, info.mtime = every[path].mode, epoch
            info.uid = info.gid = owner.get(path, 0)
            if not info.uid:
                info.uname = info.gname = "root"
            info.size = len(every[path].data)
            archive.addfile(info, io.BytesIO(every[path].data))
    return out.getvalue()


def archive(release, tree):
    return {f"{release.name}.tar.gz": zipped(tar({f"{release.name}/{p}": f for p, f in tree.items()}, release.epoch))}
