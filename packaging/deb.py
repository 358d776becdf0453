"""A Debian package: an ar archive of two tar archives."""
import email.utils
import hashlib
import lzma
import re
import textwrap

from release import File, tar, zipped

MAINTAINER = "The howopen authors <howopen@example.org>"

DESCRIPTION = """\
 howopen tells which of the components of an AI model on the Hugging Face Hub
 (weights, inference code, training code, training data, API access) are there,
 what its license and the licenses of everything it was made from permit, and
 what it is therefore called. Every status comes with the place where it was
 seen.
 .
 In continuous integration it holds the models that a source tree uses to a
 policy. It is one program, linked statically."""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: howopen

Files: *
Copyright: 2026 The howopen authors
License: Apache-2.0
 On Debian systems the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
 .
 Libraries are linked into the program; their licenses are in
 /usr/share/doc/howopen/THIRD-PARTY.
"""

# What lintian says of this package, and why it stays.
OVERRIDES = """\
# One file that runs on every distribution is what the package is for.
howopen: statically-linked-binary
# For the same reason; the libraries are those of Debian, with their versions in THIRD-PARTY.
howopen: embedded-library *
# It is no library: a program that is static and loads at any address looks like one.
howopen: shared-library-lacks-prerequisites *
"""


def changelog(release):
    """CHANGELOG.md in Debian's form: the newest version, dated by its commit."""
    lines = release.text("CHANGELOG.md").split("\n## ")[1].splitlines()[1:]
    points = [re.sub(r"[`*]", "", line)[2:] for line in lines if line.startswith("- ")]
    entries = "\n".join(textwrap.fill(p, 78, initial_indent="  * ", subsequent_indent="    ") for p in points)
    date = email.utils.formatdate(release.epoch, usegmt=False).replace("-0000", "+0000")
    return f"howopen ({release.version}) unstable; urgency=medium\n\n{entries}\n\n -- {MAINTAINER}  {date}\n"


def ar(members, epoch):
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{epoch:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode() + data
        out += b"\n" if len(data) % 2 else b""
    return out


def package(release, tree):
    # The library would be a package of its own.
    data = {f"usr/{path}": file for path, file in tree.items() if not path.startswith(("lib/", "include/"))}
    doc = "usr/share/doc/howopen"
    # Debian has the text of its own license already, and a changelog in its own form.
    del data[f"{doc}/LICENSE"]
    del data[f"{doc}/CHANGELOG.md"]
    data[f"{doc}/copyright"] = File(COPYRIGHT.encode())
    data[f"{doc}/changelog.gz"] = File(zipped(changelog(release).encode()))
    data["usr/share/lintian/overrides/howopen"] = File(OVERRIDES.encode())
    size = sum((len(file.data) + 1023) // 1024 for file in data.values())
    control = (f"Package: howopen\nVersion: {release.version}\nArchitecture: {release.debian_machine}\n"
               f"Maintainer: {MAINTAINER}\nInstalled-Size: {size}\nRecommends: ca-certificates\nSection: utils\n"
               f"Priority: optional\nDescription: {release.summary[0].lower()}{release.summary[1:]}\n{DESCRIPTION}\n")
    sums = "".join(f"{hashlib.md5(file.data).hexdigest()}  {path}\n" for path, file in sorted(data.items()))
    members = [("debian-binary", b"2.0\n")]
    for name, entries in [("control", {"control": File(control.encode()), "md5sums": File(sums.encode())}),
                          ("data", data)]:
        packed = tar({f"./{p}": f for p, f in entries.items()}, release.epoch)
        members.append((f"{name}.tar.xz", lzma.compress(packed, preset=6)))
    return {f"howopen_{release.version}_{release.debian_machine}.deb": ar(members, release.epoch)}
