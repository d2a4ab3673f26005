"""What the laboratory's scripts share: the Python to build with, the cache, running Nix."""

import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def find_python(version="3.13"):
    """A bare CPython with pip: $FLOXWRIGHT_PYTHON, python3.13 on PATH, or pyenv's."""
    candidates = [os.environ.get("FLOXWRIGHT_PYTHON"), shutil.which(f"python{version}")]
    root = pathlib.Path(os.environ.get("PYENV_ROOT", pathlib.Path.home() / ".pyenv"))
    candidates += sorted(map(str, root.glob(f"versions/{version}.*/bin/python{version}")))
    probe = "import sys, pip; print(sys.executable, '%d.%d' % sys.version_info[:2])"
    for candidate in filter(None, candidates):
        answer = subprocess.run([candidate, "-c", probe], capture_output=True, text=True)
        if answer.returncode == 0:
            executable, found = answer.stdout.split()
            if found == version:
                return executable
    sys.exit(f"no Python {version} with pip: set FLOXWRIGHT_PYTHON to one")


def pip_packaging():
    """The `packaging` library inside this Python's pip."""
    try:
        packaging = importlib.import_module("pip._vendor.packaging")
        for module in ("requirements", "utils", "version"):
            importlib.import_module(f"pip._vendor.packaging.{module}")
    except ImportError:
        sys.exit("this Python has no pip: run the script with one that has")
    return packaging


def write_table(path, table):
    """One line for each entry, sorted, so that differences can be read."""
    lines = [f" {json.dumps(key)}: {json.dumps(table[key], sort_keys=True)}" for key in sorted(table)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def cache():
    """The directory that holds the Nix store and the downloads."""
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"))
    path = pathlib.Path(os.environ.get("FLOXWRIGHT_LAB_CACHE") or default / "floxwright-lab")
    path.mkdir(parents=True, exist_ok=True)
    return path.resolve()
