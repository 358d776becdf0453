"""What is linked into the program: which libraries, of which version, under which license.

Versions and texts are those of the machine that builds; a part that is not there is an error.
"""
import json
import pathlib
import subprocess
import uuid

# Debian's package (of those that packaging/static_libs.sh builds, the source), name, license in SPDX's words.
BUILT = [
    ("curl", "curl", "curl"),
    ("fmtlib", "fmt", "MIT"),
    ("nghttp2", "nghttp2", "MIT"),
    ("simdjson", "simdjson", "Apache-2.0"),
]
DEBIAN = [
    ("libc6-dev", "glibc", "LGPL-2.1-or-later"),
    ("libexpected-dev", "tl-expected", "CC0-1.0"),
    ("libjemalloc-dev", "jemalloc", "BSD-2-Clause"),
    ("libssl-dev", "openssl", "Apache-2.0"),
    ("libstdc++-12-dev", "libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("libtomlplusplus-dev", "tomlplusplus", "MIT"),
    ("libyaml-dev", "libyaml", "MIT"),
    ("nlohmann-json3-dev", "nlohmann-json", "MIT"),
    ("zlib1g-dev", "zlib", "Zlib"),
]


class Parts:
    def __init__(self, prefix):
        prefix = pathlib.Path(prefix)
        # Of another machine: packages that were unpacked beside the prefix; the compiler's own libraries are installed.
        self.debs = {deb.name.split("_")[0]: deb for deb in prefix.parent.glob("debs/*.deb")}
        unpacked = prefix.parent / "sysroot/usr/share/doc"
        built = dict(line.split() for line in (prefix / "versions").read_text().splitlines())
        self.parts = []
        for package, name, license_id in BUILT:
            self.parts.append((package, name, built[package], license_id, (prefix / f"{package}.copyright").read_text()))
        for package, name, license_id in DEBIAN:
            docs = unpacked if package in self.debs else pathlib.Path("/usr/share/doc")
            version = self.version(package)
            text = (docs / package / "copyright").read_text()
            self.parts.append((package, name, version, license_id, text))
        self.parts.sort(key=lambda part: part[1])

    def version(self, package):
        asked = ["dpkg-query", "-W", "-f", "${Version}", package]
        if package in self.debs:
            asked = ["dpkg-deb", "-f", str(self.debs[package]), "Version"]
        elif self.debs:
            asked[-1] += "-arm64-cross"
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()

    def texts(self):
        out = "Parts that are linked into howopen, with their licenses. Sources: https://snapshot.debian.org\n"
        for package, name, version, license_id, text in self.parts:
            out += f"\n{'=' * 80}\n{name} ({package} {version}): {license_id}\n{'=' * 80}\n\n{text}"
        return out.encode()

    def bom(self, release, binary_sha256):
        """CycloneDX 1.6. The serial number follows from the program, so that the same program has the same one."""
        components = [{"type": "library", "bom-ref": name, "name": name, "version": version,
                       "licenses": [{"expression": license_id}],
                       "purl": f"pkg:deb/debian/{package}@{version.replace(':', '%3A').replace('+', '%2B')}"}
                      for package, name, version, license_id, _ in self.parts]
        me = {"type": "application", "bom-ref": "howopen", "name": "howopen", "version": release.version,
              "licenses": [{"license": {"id": "Apache-2.0"}}],
              "hashes": [{"alg": "SHA-256", "content": binary_sha256}],
              "properties": [{"name": "howopen:commit", "value": release.commit}]}
        document = {"bomFormat": "CycloneDX", "specVersion": "1.6",
                    "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, binary_sha256)}", "version": 1,
                    "metadata": {"component": me}, "components": components,
                    "dependencies": [{"ref": "howopen", "dependsOn": [c["bom-ref"] for c in components]}]}
        return json.dumps(document, indent=2).encode() + b"\n"
