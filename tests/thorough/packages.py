#!/usr/bin/env python3
"""Installs every form that `./dev dist` makes where nothing else is, and uses it as a user would: an answer without a
network, a gate, TLS to a Hub of this machine. Needs root for empty roots (chroot); what cannot be tried is said.

  packages.py              makes build/dist first, where it is not there
  packages.py --twice      builds it once more in another folder as well: the same bytes?
"""
import hashlib
import json
import os
import pathlib
import pty
import shutil
import ssl
import subprocess
import sys
import tarfile
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
from loopback_hub import Hub, world  # noqa: E402

DIST = ROOT / "build/dist"
MIRROR = "http://deb.debian.org/debian"
failures, skipped = [], []


def run(*words, env=None, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, errors="replace", env=env, **more)


def expect(true, what, ran=None):
    if not true:
        failures.append(what)
        print(f"  FAILED  {what}" + (f"\n{ran.args}: exit {ran.returncode}\n{(ran.stdout + ran.stderr)[-1500:]}" if ran else ""))


def skip(what):
    skipped.append(what)
    print(f"  skipped {what}")


def only(pattern):
    found = sorted(DIST.glob(pattern))
    assert len(found) == 1, f"{pattern}: {found}"
    return found[0]


def certificate(folder):
    made = run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=loopback",
               "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "ca.pem")
    assert made.returncode == 0, made.stderr
    return folder / "ca.pem", folder / "key.pem"


class Machine:
    """Where a form was installed: a root (for chroot) or this machine, and the words that start it."""

    def __init__(self, name, words, root=None, user=None, env=None):
        self.name, self.words, self.root, self.user, self.env = name, words, root, user, env or {}

    def howopen(self, *words, **env):
        given = {"HOME": "/tmp", "PATH": "/usr/bin:/bin", **self.env, **env}
        if self.root is None:
            return run(*self.words, *words, env={**given, "PATH": os.environ["PATH"]})
        user = ["--userspec", self.user] if self.user else []
        return run("/usr/sbin/chroot", *user, self.root, *self.words, *words, env=given)

    def put(self, path, data):
        place = (self.root or pathlib.Path("/")) / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        os.chmod(place, 0o644)
        return place


def use(machine, hub, ca, work):
    """What somebody who has just installed it does."""
    print(machine.name)
    began = time.monotonic()
    r = machine.howopen("--version")
    took = time.monotonic() - began
    expect(r.stdout.startswith("howopen 0."), f"{machine.name}: --version", r)
    r = machine.howopen("audit", "deepseek-ai/DeepSeek-R1", "--offline", "-q")
    expect(r.stdout == "deepseek-ai/DeepSeek-R1\topen-weights\n", f"{machine.name}: audit without a network", r)
    tree = work if machine.root is None else pathlib.Path("/tree")
    machine.put(f"{tree}/app.py", b'm = AutoModel.from_pretrained("deepseek-ai/DeepSeek-R1")\n')
    r = machine.howopen("gate", tree, "--offline", "--no-policy", "--no-cache")
    expect(r.returncode == 0 and "1 pass" in r.stderr, f"{machine.name}: gate passes", r)
    r = machine.howopen("gate", tree, "--offline", "--no-policy", "--no-cache", "-D", "data.published")
    expect(r.returncode == 1, f"{machine.name}: gate denies", r)
    r = machine.howopen("audit", "--jsn")
    expect(r.returncode == 2 and "did you mean --json?" in r.stderr, f"{machine.name}: wrong usage", r)
    trusted = ca if machine.root is None else pathlib.Path("/ca.pem")
    machine.put(str(trusted), ca.read_bytes())
    asked = len(hub.log)
    r = machine.howopen("audit", "acme/m00001", "-q", "--no-cache", SSL_CERT_FILE=str(trusted), HF_ENDPOINT=hub.url)
    expect(r.stdout.startswith("acme/m00001\t"), f"{machine.name}: TLS to the Hub", r)
    expect(len(hub.log) > asked, f"{machine.name}: the Hub was asked")
    print(f"  started in {took * 1000:.0f} ms")


def certificate_places(machine, hub, ca):
    """Each distribution keeps its certificates elsewhere; a machine may have none."""
    ask = lambda: machine.howopen("audit", "acme/m00001", "--no-cache", HF_ENDPOINT=hub.url)  # noqa: E731
    shutil.rmtree(machine.root / "etc", ignore_errors=True)
    r = ask()
    expect(r.returncode == 3 and "no certificates" in r.stdout + r.stderr and "ca-certificates" in r.stdout + r.stderr,
           "no certificates: said", r)
    for place in ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                  "/etc/ssl/cert.pem"]:
        shutil.rmtree(machine.root / "etc", ignore_errors=True)
        machine.put(place, ca.read_bytes())
        r = ask()
        expect(r.returncode == 0, f"certificates at {place}", r)


def archive(folder):
    with tarfile.open(only("*-linux-x86_64.tar.gz")) as packed:
        packed.extractall(folder, filter="data") if hasattr(tarfile, "data_filter") else packed.extractall(folder)
    top = next(folder.iterdir())
    for path in ["share/man/man1/howopen.1.gz", "share/man/man1/howopen-gate.1.gz", "share/doc/howopen/LICENSE",
                 "share/bash-completion/completions/howopen", "share/zsh/vendor-completions/_howopen",
                 "share/fish/vendor_completions.d/howopen.fish", "lib/libhowopen.so", "lib/pkgconfig/howopen.pc",
                 "include/howopen.h"]:
        expect((top / path).is_file(), f"archive holds {path}")
    return Machine("archive, in an empty root", [f"/{top.name}/bin/howopen"], folder)


def debian(folder):
    package = only("*.deb")
    said = run("lintian", "--tag-display-limit", "0", package) if shutil.which("lintian") else None
    if said:
        expect(said.returncode == 0 and not said.stdout, "lintian says nothing", said)
    else:
        skip("lintian: it is not there")
    if not shutil.which("debootstrap"):
        skip("a fresh Debian: no debootstrap")
        run("dpkg-deb", "-x", package, folder)
        return Machine(".deb, unpacked", ["/usr/bin/howopen"], folder)
    made = run("debootstrap", "--variant=minbase", "bookworm", folder, MIRROR)
    if made.returncode != 0:
        skip("a fresh Debian: debootstrap got nothing\n" + made.stdout[-500:])
        run("dpkg-deb", "-x", package, folder)
        return Machine(".deb, unpacked", ["/usr/bin/howopen"], folder)
    shutil.copy(package, folder / "howopen.deb")
    began = time.monotonic()
    installed = run("/usr/sbin/chroot", folder, "dpkg", "-i", "/howopen.deb")
    print(f".deb installs in {time.monotonic() - began:.1f} s")
    expect(installed.returncode == 0, "dpkg -i in a fresh Debian", installed)
    return Machine(".deb, in a fresh Debian", ["/usr/bin/howopen"], folder)


def wheel(folder):
    run(sys.executable, "-m", "venv", folder)
    began = time.monotonic()
    r = run(folder / "bin/pip", "install", "--no-index", "--disable-pip-version-check", only("*.whl"))
    print(f"wheel installs in {time.monotonic() - began:.1f} s")
    expect(r.returncode == 0, "pip install", r)
    # The module, in the same bytes as the program beside it.
    snapshot = ROOT / "tests/golden/several/snapshot.json"
    for call, words in [(f"howopen.audit_json({str(snapshot)!r})", ["audit", "--replay", snapshot]),
                        (f"howopen.license_json(open('LICENSE').read(), path='LICENSE')", ["license", "LICENSE"]),
                        ("howopen.scan_json('docs')", ["scan", "docs"])]:
        r = run(folder / "bin/python", "-c", f"import howopen, sys; sys.stdout.write({call})", cwd=ROOT)
        by_program = run(folder / "bin/howopen", *words, "--json", cwd=ROOT, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
        expect(r.returncode == 0 and r.stdout and r.stdout == by_program.stdout, f"the module: {call}", r)
    return [Machine("wheel, in a venv", [folder / "bin/howopen"]),
            Machine("wheel, python -m howopen", [folder / "bin/python", "-m", "howopen"])]


def npm(folder):
    if not shutil.which("npm"):
        return skip("npm packages: no npm")
    began = time.monotonic()
    r = run("npm", "install", "--offline", "--no-audit", "--no-fund", "--prefix", folder, only("howopen-linux-x64-*.tgz"),
            only("howopen-[0-9]*[0-9].tgz"), cwd=folder)
    print(f"npm packages install in {time.monotonic() - began:.1f} s")
    expect(r.returncode == 0, "npm install", r)
    return Machine("npm, in a prefix", [folder / "node_modules/.bin/howopen"])


def image(folder):
    """Unpacked as a runtime does, each part held to its digest."""
    with tarfile.open(only("*.oci.tar")) as packed:
        read = lambda name: packed.extractfile(name).read()  # noqa: E731

        def blob(part):
            data = read("blobs/sha256/" + part["digest"].split(":")[1])
            expect(hashlib.sha256(data).hexdigest() == part["digest"].split(":")[1], "digest of a part of the image")
            expect(len(data) == part["size"], "size of a part of the image")
            return data

        manifest = json.loads(blob(json.loads(read("index.json"))["manifests"][0]))
        config = json.loads(blob(manifest["config"]))
        layer = folder / "layer.tar.gz"
        layer.write_bytes(blob(manifest["layers"][0]))
    root = folder / "root"
    root.mkdir()
    run("tar", "-xzpf", layer, "-C", root)
    settings = config["config"]
    expect(settings["User"] == "65532:65532", "the image's user is nobody's")
    expect(settings["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0", "labels of the image")
    env = dict(v.split("=", 1) for v in settings["Env"])
    machine = Machine("image, as its user", settings["Entrypoint"], root, settings["User"], env)
    r = machine.howopen("cache", "path")
    expect(r.stdout == "/home/howopen/.cache/howopen\n", "the image's user has a cache", r)
    if shutil.which("skopeo"):
        r = run("skopeo", "inspect", f"oci-archive:{only('*.oci.tar')}")
        expect(r.returncode == 0, "skopeo inspect", r)
    else:
        skip("skopeo inspect: no skopeo")
    return machine


def action(folder):
    """action/run.sh fetches what dist made, by the name it made."""
    version = only("*-linux-x86_64.tar.gz").name.split("-")[1]
    for place in [f"download/v{version}", "latest/download"]:
        (folder / "releases" / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / "releases" / place).symlink_to(DIST)
    (folder / "tree").mkdir()
    (folder / "tree/app.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-R1")\n')
    for wanted in [version, "latest"]:
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "RUNNER_TEMP": str(folder), "INPUT_VERSION": wanted,
               "HOWOPEN_RELEASES": f"file://{folder}/releases", "INPUT_ARGS": "--offline ."}
        r = run("sh", ROOT / "action/run.sh", cwd=folder / "tree", env=env)
        expect(r.returncode == 0 and "1 pass" in r.stderr, f"the action, version: {wanted}", r)


def arm64(folder):
    """What `./dev dist-arm64` made, under qemu-user: the program, and the library in a program of C."""
    made = ROOT / "build/dist-arm64"
    if not made.is_dir():
        return skip("aarch64: no build/dist-arm64 (./dev dist-arm64)")
    qemu = shutil.which("qemu-aarch64-static")
    if not qemu:
        return skip("aarch64: no qemu-aarch64-static")
    r = run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=made)
    expect(r.returncode == 0, "SHA256SUMS of aarch64", r)
    with tarfile.open(next(made.glob("*-linux-aarch64.tar.gz"))) as packed:
        packed.extractall(folder, filter="data") if hasattr(tarfile, "data_filter") else packed.extractall(folder)
    top = next(folder.iterdir())
    env = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    r = run(qemu, top / "bin/howopen", "audit", "deepseek-ai/DeepSeek-R1", "--offline", "-q", env=env)
    expect(r.stdout == "deepseek-ai/DeepSeek-R1\topen-weights\n", "aarch64: audit without a network", r)
    snapshot = ROOT / "tests/golden/several/snapshot.json"
    r = run(qemu, top / "bin/howopen", "audit", "--replay", snapshot, "--json", env=env)
    here = run(DIST / "hf-howopen", "audit", "--replay", snapshot, "--json", env=env)
    expect(r.stdout and r.stdout == here.stdout, "aarch64: the bytes of x86_64", r)
    if not shutil.which("aarch64-linux-gnu-gcc"):
        return skip("aarch64, the library: no cross compiler")
    r = run("aarch64-linux-gnu-gcc", "-std=gnu11", f"-I{top}/include", f'-DHOWOPEN_LICENSE="{ROOT}/LICENSE"',
            f'-DHOWOPEN_EXPECTED_VERSION="{top.name.split("-")[1]}"', ROOT / "tests/library/library_test.c", "-o", folder / "c",
            f"-L{top}/lib", "-lhowopen", "-lpthread")
    expect(r.returncode == 0, "aarch64: a program of C is linked", r)
    r = run(qemu, "-L", "/usr/aarch64-linux-gnu", "-E", f"LD_LIBRARY_PATH={top}/lib", folder / "c", env=env)
    expect(r.returncode == 0, "aarch64: the library from C", r)


def zsh(folder):
    """TAB in a real zsh."""
    if not shutil.which("zsh"):
        return skip("completion in zsh: no zsh")
    place = folder / "functions"
    place.mkdir()
    top = f"{only('*-linux-x86_64.tar.gz').name.removesuffix('.tar.gz')}/share/zsh/vendor-completions/_howopen"
    with tarfile.open(only("*-linux-x86_64.tar.gz")) as packed:
        (place / "_howopen").write_bytes(packed.extractfile(top).read())
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="dumb", HOME=str(folder))
        os.execvp("zsh", ["zsh", "-f", "-i"])
    seen = b""

    def until(what, seconds=20):
        nonlocal seen
        os.set_blocking(terminal, False)
        end = time.monotonic() + seconds
        while what not in seen and time.monotonic() < end:
            try:
                seen += os.read(terminal, 4096)
            except (BlockingIOError, OSError):
                time.sleep(0.02)
        found, seen = what in seen, b""
        return found

    os.write(terminal, f"PS1=; fpath=({place} $fpath); autoload -U compinit; compinit -D -u; print rea''dy\n".encode())
    expect(until(b"ready\r"), "zsh starts")
    for typed, wanted in [(b"howopen gat\t", b"howopen gate "), (b"howopen audit --dept\t", b"--depth "),
                          (b"howopen audit --depth fu\t", b"full "), (b"howopen cache pru\t", b"prune ")]:
        os.write(terminal, typed)
        expect(until(wanted), f"zsh completes {typed.decode().strip()}")
        os.write(terminal, b"\x15\n")
    os.close(terminal)
    os.waitpid(pid, 0)


def twice(folder):
    """Two builds in two folders."""
    other = folder / "elsewhere"
    run("git", "clone", "-q", ROOT, other)
    made = run("./dev", "dist", cwd=other)
    expect(made.returncode == 0, "dist in another folder", made)
    expect((other / "build/dist/SHA256SUMS").read_bytes() == (DIST / "SHA256SUMS").read_bytes(), "the same bytes twice")


def main():
    if not DIST.is_dir():
        subprocess.run([ROOT / "dev", "dist"], check=True)
    r = run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=DIST)
    expect(r.returncode == 0, "SHA256SUMS", r)
    hub = Hub(world(20)[1])
    hub.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory(prefix="howopen-packages-") as name:
        base = pathlib.Path(name)
        base.chmod(0o755)
        ca, key = certificate(base)
        hub.tls.load_cert_chain(ca, key)
        hub.start()

        def folder(of):
            made = base / of
            made.mkdir()
            return made

        work = folder("work")
        machines = [*wheel(folder("venv")), npm(folder("npm")), Machine("hf-howopen", [DIST / "hf-howopen"])]
        if os.geteuid() == 0:
            empty = archive(folder("archive"))
            machines += [empty, debian(folder("debian")), image(folder("image"))]
        else:
            skip("archive, .deb and image: an empty root needs root")
        for machine in machines:
            if machine:
                use(machine, hub, ca, work)
        if os.geteuid() == 0:
            certificate_places(empty, hub, ca)
        action(folder("action"))
        zsh(folder("zsh"))
        arm64(folder("arm64"))
        if "--twice" in sys.argv:
            twice(folder("twice"))
    hub.stop()
    print(f"{len(failures)} failures, {len(skipped)} skipped")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
