"""What the scripts of tests/nix and tests/lab share: a repository as Flox sees it, running Nix."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

@contextlib.contextmanager
def as_flox_sees(repository):
    """A copy of the files that git tracks, with their present contents; without git, the directory."""
    repository = pathlib.Path(repository).resolve()
    if not (repository / ".flox" / "pkgs").is_dir():
        sys.exit(f"{repository} has no .flox/pkgs")
    if not (repository / ".git").exists():
        yield repository
        return
    command = ["git", "-C", str(repository), "ls-files", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory(prefix="floxwright-tracked-") as scratch:
        for name in filter(None, os.fsdecode(listed).split("\0")):
            source, target = repository / name, pathlib.Path(scratch, name)
            if not source.is_symlink() and not source.is_file():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
        yield pathlib.Path(scratch)


def evaluate(file, arguments):
    """`nix-instantiate --eval --json` of a file, over a store that is never written."""
    command = ["nix-instantiate", "--eval", "--strict", "--json", "--show-trace"]
    command += ["--store", "dummy://", str(file)]
    for name, value in arguments.items():
        command += ["--argstr", name, str(value)]
    return subprocess.run(command, capture_output=True, text=True)
