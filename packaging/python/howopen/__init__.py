"""howopen: how open an AI model is, with evidence.

    howopen.license(text)       what a license text is and what it grants
    howopen.audit("snap.json")  verdicts on the models of a saved snapshot (howopen fetch REF --output snap.json)
    howopen.scan("src")         which models a source tree names

They ask nobody and answer with the JSON report of the command line, as a dict; audit_json(), license_json() and
scan_json() give its text. The program comes with this package, too; find_howopen() says where.
"""
import os
import sys
import sysconfig

from howopen._library import Error, audit, audit_json, license, license_json, scan, scan_json, version

__all__ = ["Error", "audit", "audit_json", "find_howopen", "license", "license_json", "scan", "scan_json", "version"]


def find_howopen():
    """Path of the program; FileNotFoundError where it was taken away."""
    name = "howopen" + (sysconfig.get_config_var("EXE") or "")
    beside = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    places = [
        sysconfig.get_path("scripts"),
        # pip install --user, and --target.
        sysconfig.get_path("scripts", scheme=sysconfig.get_preferred_scheme("user"))
        if hasattr(sysconfig, "get_preferred_scheme") else None,
        os.path.join(beside, "bin"),
        os.path.dirname(sys.executable),
    ]
    for place in places:
        if place and os.path.isfile(os.path.join(place, name)):
            return os.path.join(place, name)
    raise FileNotFoundError("howopen is in none of: " + ", ".join(p for p in places if p))
