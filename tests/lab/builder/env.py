"""withPackages: one prefix with the interpreter and every package: env.py PYTHON_PREFIX SITE_PACKAGES; $roots.

A forest of links. Two packages must not bring the same file, unless it is the same byte for byte:
nixpkgs' rule. The interpreter of the prefix finds its own lib; the programs run on it, because
they are started with the three variables that the interpreter's sitecustomize reads.
"""

import filecmp
import os
import pathlib
import shlex
import sys

PROGRAM = """#!/bin/bash
export NIX_PYTHONPREFIX={out}
export NIX_PYTHONEXECUTABLE={out}/bin/python3.13
export NIX_PYTHONPATH={out}/{site}
export PYTHONNOUSERSITE=true
exec {program} "$@"
"""


def same(one, other):
    """Whether both are files with the same contents."""
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def link(sources, target):
    """One link where one source has the name, or all are the same; else a directory of links."""
    if all(map(same, sources[1:], sources)):
        target.symlink_to(sources[0])
        return
    if not all(source.is_dir() for source in sources):
        sys.exit("conflict: two packages bring the same file: " + ", ".join(map(str, sources)))
    target.mkdir()
    names = {}
    for source in sources:
        for entry in sorted(source.iterdir()):
            names.setdefault(entry.name, []).append(entry)
    for name, entries in sorted(names.items()):
        # Compiled files of a shared directory are not worth a conflict.
        if name == "__pycache__":
            continue
        link(entries, target / name)


def main():
    python, site = pathlib.Path(sys.argv[1]), sys.argv[2]
    out = pathlib.Path(os.environ["out"])
    roots = [pathlib.Path(root) for root in os.environ["roots"].split()]
    names = {}
    for root in [python, *roots]:
        for entry in sorted((root / site).iterdir()):
            if entry.name != "__pycache__":
                names.setdefault(entry.name, []).append(entry)
    (out / site).mkdir(parents=True)
    for name, entries in sorted(names.items()):
        link(entries, out / site / name)

    (out / "bin").mkdir()
    base = (python / "bin" / "python3.13").resolve()
    (out / "pyvenv.cfg").write_text(f"home = {base.parent}\n", encoding="utf-8")
    (out / "bin" / "python3.13").symlink_to(base)
    for name in ("python", "python3"):
        (out / "bin" / name).symlink_to("python3.13")
    for root in roots:
        for program in sorted((root / "bin").glob("[!.]*")):
            text = PROGRAM.format(
                out=shlex.quote(str(out)), site=site, program=shlex.quote(str(program))
            )
            with open(out / "bin" / program.name, "x", encoding="utf-8") as file:
                file.write(text)
            (out / "bin" / program.name).chmod(0o755)


main()
