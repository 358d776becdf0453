"""Two npm packages: `howopen`, a few lines that start the program, and one with the program for each machine."""
import json

from release import File, tar, zipped


def described(release, name, more):
    return File(json.dumps({"name": name, "version": release.version, "description": release.summary,
                            "license": "Apache-2.0", **more}, indent=2).encode() + b"\n")


def pack(release, data):
    return zipped(tar({f"package/{path}": file for path, file in data.items()}, release.epoch))


def machine_package(release, tree):
    machine = release.node_machine
    papers = {name: tree[f"share/doc/howopen/{name}"] for name in ["LICENSE", "THIRD-PARTY"]}
    about = described(release, f"@howopen/linux-{machine}",
                      {"os": ["linux"], "cpu": [machine], "preferUnplugged": True})
    return {f"howopen-linux-{machine}-{release.version}.tgz":
            pack(release, {"package.json": about, "bin/howopen": tree["bin/howopen"], **papers})}


def main_package(release, tree, machines):
    about = described(release, "howopen",
                      {"bin": {"howopen": "bin/howopen.js"}, "engines": {"node": ">=16"},
                       "optionalDependencies": {f"@howopen/linux-{m}": release.version for m in machines}})
    script = File((release.root / "packaging/npm/howopen.js").read_bytes(), 0o755)
    readme = File(b"`npx howopen deepseek-ai/DeepSeek-R1` tells how open an AI model is and what may be done with it.\n")
    return {f"howopen-{release.version}.tgz":
            pack(release, {"package.json": about, "bin/howopen.js": script, "README.md": readme,
                           "LICENSE": tree["share/doc/howopen/LICENSE"]})}
