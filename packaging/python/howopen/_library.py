"""The functions of howopen.h. The library lies beside this file; it is loaded when it is first asked."""
import ctypes
import json
import os
import threading

_PLACE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libhowopen.so")
_lock = threading.Lock()
_loaded = None


class Error(Exception):
    """What the command line would say. `exit` is the code it would end with: 2 for a wrong argument, 70 for a bug."""

    def __init__(self, message, exit=2, what="", where=None, fix=None):
        super().__init__(message)
        self.exit, self.what, self.where, self.fix = exit, what, where, fix


def _library():
    global _loaded
    with _lock:
        if _loaded is None:
            try:
                loaded = ctypes.CDLL(_PLACE)
            except OSError as error:
                raise Error("error: the library of howopen cannot be loaded; %s; it needs glibc, while the program runs "
                            "anywhere: python -m howopen" % error, 70) from error
            text, size = ctypes.c_char_p, ctypes.c_size_t
            for name, arguments in [("audit", [text, size, text]), ("license", [text, size, text]), ("scan", [text, text])]:
                function = getattr(loaded, "howopen_%s_json" % name)
                function.argtypes, function.restype = arguments, ctypes.c_void_p
            loaded.howopen_free.argtypes, loaded.howopen_free.restype = [ctypes.c_void_p], None
            loaded.howopen_version.restype = ctypes.c_char_p
            _loaded = loaded
        return _loaded


def _ask(name, data, options):
    """The report as text. The interpreter's lock is not held meanwhile, so several threads are served at once."""
    library = _library()
    # for_, in_ and as_: without the underscore they are words of Python.
    options = {name[:-1] if name.endswith("_") else name: value for name, value in options.items()}
    options = json.dumps(options).encode() if options else None
    given = (data, options) if name == "scan" else (data, len(data), options)
    answer = getattr(library, "howopen_%s_json" % name)(*given)
    try:
        text = ctypes.string_at(answer).decode()
    finally:
        library.howopen_free(answer)
    if text.startswith('{\n  "error": '):
        error = json.loads(text)["error"]
        raise Error(error["message"], error["exit"], error["what"], error["where"], error["fix"])
    return text


def version():
    """Of the library: "0.1.0"."""
    return _library().howopen_version().decode()


def audit_json(snapshot, **options):
    """`howopen audit --replay FILE --json`. `snapshot` is a path, or the content as bytes."""
    if not isinstance(snapshot, (bytes, bytearray)):
        path = os.fspath(snapshot)
        options.setdefault("path", os.fsdecode(path))
        try:
            with open(path, "rb") as file:
                snapshot = file.read()
        except OSError as error:
            raise Error("error: cannot be read: %s; %s" % (error.strerror, os.fsdecode(path))) from error
    return _ask("audit", bytes(snapshot), options)


def license_json(text, **options):
    """`howopen license FILE --json`. `text` is str or bytes."""
    return _ask("license", text.encode() if isinstance(text, str) else bytes(text), options)


def scan_json(folder=".", **options):
    """`howopen scan FOLDER --json`."""
    folder = os.fsencode(folder)
    if b"\0" in folder:
        raise Error("error: no folder has a NUL in its name")
    return _ask("scan", folder, options)


def audit(snapshot, **options):
    """The report as a dict. Options are those of howopen.h: models=["org/name"], depth="full", for_="product"."""
    return json.loads(audit_json(snapshot, **options))


def license(text, **options):
    """The report as a dict: ["concluded"] is an SPDX expression or None."""
    return json.loads(license_json(text, **options))


def scan(folder=".", **options):
    """The report as a dict: ["references"], ["unresolved"], ["skipped"]."""
    return json.loads(scan_json(folder, **options))
