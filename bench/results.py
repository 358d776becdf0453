"""build/bench.json: the figures of one run of `./dev bench`, a part from each program."""
import json
import os
import pathlib
import platform
import subprocess
import time

import served

FILE = pathlib.Path(os.environ.get("HOWOPEN_BENCH_JSON", served.HERE.parent / "build/bench.json"))


def cpu_name() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def read() -> dict:
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def keep(part: str, figures, howopen: str = "") -> None:
    """Puts a part beside those that are there. Replaced whole, as the file may belong to root."""
    whole = read()
    whole.setdefault("date", time.strftime("%Y-%m-%d", time.gmtime()))
    whole.setdefault("machine", {"cpu": cpu_name(), "cores": os.cpu_count(), "system": platform.platform()})
    if howopen:
        whole.setdefault("howopen", subprocess.run([howopen, "--version"], capture_output=True, text=True,
                                                   check=True).stdout.split("\n", 1)[0])
    whole[part] = figures
    FILE.parent.mkdir(parents=True, exist_ok=True)
    new = FILE.with_suffix(".new")
    new.write_text(json.dumps(whole, indent=1) + "\n")
    os.replace(new, FILE)
