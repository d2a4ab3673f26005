"""Part of the bare interpreter, as in nixpkgs: a program of an environment says through three
variables where it lives. They are consumed, so no child process inherits them."""

import os
import site
import sys

for entry in filter(None, os.environ.pop("NIX_PYTHONPATH", "").split(os.pathsep)):
    site.addsitedir(entry)

executable = os.environ.pop("NIX_PYTHONEXECUTABLE", None)
if executable:
    sys.executable = executable

prefix = os.environ.pop("NIX_PYTHONPREFIX", None)
if prefix:
    sys.prefix = sys.exec_prefix = prefix
    site.PREFIXES.insert(0, prefix)
