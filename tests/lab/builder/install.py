"""Installs one wheel into $out: install.py WHEEL PYTHON SITE_PACKAGES [NEW_NAME].

With NEW_NAME the distribution is known under that name alone, as nixpkgs' own build of it is.
"""

import compileall
import configparser
import os
import pathlib
import py_compile
import re
import shutil
import sys
import tempfile
import zipfile

PROGRAM = """#!{python}
import sys
from {module} import {first}
if __name__ == "__main__":
    sys.exit({function}())
"""


def merge(source, target):
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target, dirs_exist_ok=True)


def programs(info):
    file = info / "entry_points.txt"
    parser = configparser.ConfigParser(delimiters=("=",), strict=False)
    parser.optionxform = str
    if file.exists():
        parser.read(file, encoding="utf-8")
    return dict(parser["console_scripts"]) if "console_scripts" in parser else {}


def rename(info, name):
    metadata = info / "METADATA"
    text = metadata.read_text(encoding="utf-8")
    text = re.sub(r"^Name: .*$", f"Name: {name}", text, count=1, flags=re.M)
    metadata.write_text(text, encoding="utf-8")
    info.rename(info.with_name(f"{name}-{info.name.rsplit('-', 2)[-2]}.dist-info"))


def main():
    wheel, python, packages = sys.argv[1:4]
    out = pathlib.Path(os.environ["out"])
    site = out / packages
    site.mkdir(parents=True)
    (out / "bin").mkdir()
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        archive.extractall(scratch)
        places = {"purelib": site, "platlib": site, "scripts": out / "bin", "data": out}
        for data in pathlib.Path(scratch).glob("*.data"):
            for part in data.iterdir():
                merge(part, places.get(part.name, out / "share" / part.name))
            shutil.rmtree(data)
        merge(scratch, site)
    (info,) = site.glob("*.dist-info")
    for name, target in programs(info).items():
        module, _, function = target.split("[")[0].strip().partition(":")
        text = PROGRAM.format(
            python=python, module=module, function=function, first=function.split(".")[0]
        )
        (out / "bin" / name).write_text(text, encoding="utf-8")
    for file in (out / "bin").iterdir():
        if file.read_bytes().startswith(b"#!python"):
            rest = file.read_text(encoding="utf-8").split("\n", 1)[1]
            file.write_text(f"#!{python}\n{rest}", encoding="utf-8")
        file.chmod(0o755)
    if not any((out / "bin").iterdir()):
        (out / "bin").rmdir()
    if len(sys.argv) > 4:
        rename(info, sys.argv[4])
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(site, quiet=2, invalidation_mode=mode)


main()
