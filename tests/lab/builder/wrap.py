"""Wraps the programs of a package as nixpkgs does: wrap.py PYTHON_PREFIX.

The program adds its own closure to sys.path and keeps the bare interpreter, so a child that is
started with sys.executable sees none of it. The wrapper in front of it puts the bin directories
of the interpreter and of the closure first in PATH, and exports no PYTHONPATH.
"""

import os
import pathlib
import shlex
import sys

WRAPPER = """#!/bin/bash
export PATH={path}${{PATH:+:$PATH}}
export PYTHONNOUSERSITE=true
exec -a "$0" {program} "$@"
"""


def main():
    python = pathlib.Path(sys.argv[1])
    out = pathlib.Path(os.environ["out"])
    sites = os.environ["WRAP_SITES"].split(os.pathsep)
    prefixes = [path.split("/lib/python")[0] for path in sites]
    bins = [f"{prefix}/bin" for prefix in [python, *prefixes] if os.path.isdir(f"{prefix}/bin")]
    if not (out / "bin").is_dir():
        return
    for file in sorted((out / "bin").iterdir()):
        first, _, rest = file.read_bytes().partition(b"\n")
        if b"python" not in first:
            continue
        setup = f"import site, sys; sys.argv[0] = {str(file)!r}; "
        setup += f"[site.addsitedir(path) for path in {sites!r}]\n"
        hidden = file.with_name(f".{file.name}-wrapped")
        shebang = f"#!{python}/bin/python3.13\n"
        hidden.write_bytes(shebang.encode() + setup.encode() + rest)
        hidden.chmod(0o755)
        text = WRAPPER.format(path=shlex.quote(":".join(bins)), program=shlex.quote(str(hidden)))
        file.write_text(text, encoding="utf-8")


main()
