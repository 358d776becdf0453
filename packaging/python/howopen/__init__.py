"""howopen: how open an AI model is, with evidence. The program comes with this package; find_howopen() says where."""
import os
import sys
import sysconfig


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
