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


sys.path.insert(0, str(HERE.parent / "nix"))
sys.dont_write_bytecode = True
import nixrun  # noqa: E402

# Nix as an ordinary program: no daemon, no build users, no other stores.
OPTIONS = ["--option", "build-users-group", "", "--option", "sandbox", "false"]
OPTIONS += ["--option", "substitute", "false", "--option", "builders", ""]


def nix_environment():
    """The variables that give Nix a store of its own inside the cache."""
    root = cache()
    places = {"STORE": "nix/store", "STATE": "nix/var/nix", "LOG": "nix/var/log", "CONF": "nix/etc"}
    own = {f"NIX_{name}_DIR": str(root / place) for name, place in places.items()}
    own |= {"NIX_USER_CONF_FILES": "/dev/null", "NIX_REMOTE": "", "NIX_PATH": ""}
    own["FLOXWRIGHT_LAB_DOWNLOADS"] = str(root / "downloads")
    return {**os.environ, **own}


def build(repository, attr, release="", link=None):
    """Builds one package of a repository; a completed process whose stdout is the path."""
    with nixrun.as_flox_sees(repository) as tree:
        command = ["nix-build", str(HERE / "build.nix"), "--max-jobs", str(os.cpu_count() or 1)]
        command += ["--argstr", "directory", str(tree / ".flox" / "pkgs"), "--argstr", "attr", attr]
        command += ["--argstr", "hostPython", find_python(), "--argstr", "release", release]
        command += ["--out-link", str(link)] if link else ["--no-out-link"]
        return subprocess.run(
            command + OPTIONS,
            env=nix_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
