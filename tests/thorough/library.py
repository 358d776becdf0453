#!/usr/bin/env python3
"""Installs the library in an empty prefix and uses it as others do: pkg-config, static and shared, and find_package. The
wheel's module with what `./dev dist` has made, where that is there.

  library.py build/release/howopen
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/howopen").resolve().parent
failures = 0

MAIN = r"""
#include <howopen.h>
#include <stdio.h>
#include <string.h>
int main(void) {
  char *json = howopen_license_json("x", 1, NULL);
  int wrong = strstr(json, "\"file\": \"text\"") == NULL;
  howopen_free(json);
  return wrong;
}
"""

PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(uses LANGUAGES C CXX)
find_package(howopen 0.1 REQUIRED)
foreach(kind howopen static)
  add_executable(with_${kind} main.c)
  target_link_libraries(with_${kind} PRIVATE howopen::${kind})
endforeach()
"""


def run(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)


def expect(ran, what, true=True):
    global failures
    if ran.returncode != 0 or not true:
        failures += 1
        print(f"  FAILED  {what}\n{ran.args}: exit {ran.returncode}\n{(ran.stdout + ran.stderr)[-1500:]}")
    else:
        print(f"  {what}")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    prefix = folder / "prefix"
    expect(run("cmake", "--install", BUILD, "--prefix", prefix, "--component", "library"), "installed")
    (folder / "main.c").write_text(MAIN)
    (folder / "CMakeLists.txt").write_text(PROJECT)
    pkg = next(prefix.rglob("howopen.pc")).parent
    env = {**os.environ, "PKG_CONFIG_PATH": str(pkg), "LD_LIBRARY_PATH": str(pkg.parent)}

    def flags(*more):
        return run("pkg-config", *more, "howopen", env=env).stdout.split()

    expect(run("cc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "main.c", "-o", "shared", *flags("--cflags", "--libs"), cwd=folder),
           "C99, shared, pkg-config")
    expect(run(folder / "shared", env=env), "runs")
    expect(run("c++", "-x", "c++", "-std=c++11", "-Wall", "-Werror", "main.c", "-o", "cpp", *flags("--cflags", "--libs"), cwd=folder),
           "C++11, shared, pkg-config")
    expect(run(folder / "cpp", env=env), "runs")
    static = [str(pkg.parent / "libhowopen.a") if f == "-lhowopen" else f for f in flags("--static", "--libs")]
    expect(run("cc", "main.c", "-o", "static", *flags("--cflags"), *static, cwd=folder), "C, static, pkg-config")
    expect(run(folder / "static"), "runs")
    expect(run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}"), "find_package")
    expect(run("cmake", "--build", folder / "build"), "CMake, shared and static")
    for kind in ["howopen", "static"]:
        expect(run(folder / f"build/with_{kind}"), f"runs: {kind}")

    wheels = sorted((ROOT / "build/dist").glob("*.whl"))
    if wheels:
        run(sys.executable, "-m", "venv", folder / "venv")
        expect(run(folder / "venv/bin/pip", "install", "--no-index", "--disable-pip-version-check", wheels[0]), "wheel")
        code = ("import howopen, sys\n"
                "assert howopen.license(open(sys.argv[1]).read())['concluded'] == 'Apache-2.0'\n"
                "assert howopen.audit(sys.argv[2])['models']\n"
                "assert 'curl' not in open('/proc/self/maps').read()\n")
        expect(run(folder / "venv/bin/python", "-c", code, ROOT / "LICENSE", ROOT / "tests/golden/several/snapshot.json",
                   env={"PATH": "/usr/bin:/bin"}), "import howopen, from the wheel")
        library = next((folder / "venv").rglob("libhowopen.so"))
        needed = sorted(line.split()[0] for line in run("ldd", library).stdout.splitlines())
        print("  the wheel's library needs " + ", ".join(needed))
        if not shutil.which("objdump"):
            print("  skipped versions of glibc: no objdump")
        else:
            versions = {w for line in run("objdump", "-T", library).stdout.splitlines() for w in line.replace("(", " ").replace(")", " ").split()
                        if w.startswith("GLIBC_2")}
            newest = max(versions, key=lambda v: [int(n) for n in v[6:].split(".")])
            print(f"  and at least {newest.replace('_', ' ')}")
    else:
        print("  skipped the wheel: no build/dist")

print(f"{failures} failures")
sys.exit(1 if failures else 0)
