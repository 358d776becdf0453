"""The made-up Hub of make_hub.py behind nginx, on loopback or at a distance, and what it was asked."""
import collections
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
TEXTS = SHARED / "licenses/texts"
LOOPBACK = "http://127.0.0.1:18080"
FAR = "https://10.99.0.2:18443"


def sh(*words, **more):
    return subprocess.run([str(w) for w in words], check=True, **more)


def in_memory():
    """Where files cost no disk: thousands of small ones, written and removed again, make a disk's journal the measure
    of everything. None, the usual place, where memory is short."""
    shm = pathlib.Path("/dev/shm")
    return shm if shm.is_dir() and shutil.disk_usage(shm).free > 2 << 30 else None


@contextlib.contextmanager
def folder_with_server():
    """A folder for one run with all that nginx needs, and hub/ still empty."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="howopen-bench-", dir=in_memory()))
    try:
        sh("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
           "-keyout", folder / "server.key", "-out", folder / "server.pem", "-subj", "/CN=hub.test", "-addext",
           "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:10.99.0.2", stderr=subprocess.DEVNULL)
        conf = (HERE / "nginx.conf.in").read_text().replace("@DIR@", str(folder))
        (folder / "nginx.conf").write_text(conf)
        (folder / "hub").mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def hub(models: int):
    """The same, with so many made-up models."""
    with folder_with_server() as folder:
        sh(sys.executable, HERE / "make_hub.py", folder / "hub", models, *([TEXTS] if TEXTS.exists() else []))
        yield folder


@contextlib.contextmanager
def serving(folder: pathlib.Path, prefix=("taskset", "-c", "0")):
    """nginx on core 0, in a network namespace if the prefix says so. It must be ours: a server of somebody else at
    the same port would answer every question with 404, and quickly."""
    words = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    server = subprocess.Popen([*prefix, *words], stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(0.5)
        if server.poll() is not None:
            raise SystemExit("nginx does not start: " + server.stderr.read().strip())
        yield
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def distance(delayline: str):
    """Two network namespaces with 25 ms each way between them: gives the prefixes for commands here and there."""
    names = [f"{name}-{os.getpid()}" for name in ("near", "far")]
    for name in names:
        sh("ip", "netns", "add", name)
    line = None
    try:
        # Beside the server: the other core is the client's alone.
        line = subprocess.Popen(["taskset", "-c", "0", delayline, "25", names[0], "10.99.0.1", names[1], "10.99.0.2"],
                                stdout=subprocess.PIPE, text=True)
        if line.stdout.readline().strip() != "up":
            raise SystemExit("the line with a delay did not come up")
        yield [["ip", "netns", "exec", name] for name in names]
    finally:
        if line:
            line.kill()
            line.wait()
        for name in names:
            sh("ip", "netns", "del", name)


def environment(folder: pathlib.Path, base: str) -> dict:
    """For every program alike: the Hub is ours, the certificate too, nothing is kept, GitHub is out of reach."""
    pem = str(folder / "server.pem")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"),
           "HF_ENDPOINT": base, "GITHUB_API_URL": "http://127.0.0.1:9"}
    if base.startswith("https"):
        env |= {"SSL_CERT_FILE": pem, "REQUESTS_CA_BUNDLE": pem, "NODE_EXTRA_CA_CERTS": pem}
    return env


def statuses(folder: pathlib.Path) -> collections.Counter:
    """What the server answered since the last call, by status."""
    time.sleep(0.4)  # the log is written ten times a second
    log = folder / "access.log"
    if not log.exists():
        return collections.Counter()
    counts = collections.Counter(line.split(" ", 1)[0] for line in log.read_text().splitlines())
    os.truncate(log, 0)
    return counts
