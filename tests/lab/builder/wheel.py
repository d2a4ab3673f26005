"""Builds the wheel of the project in the current directory into the directory given.

PEP 517 in this process, and sys.path holds the declared build-system and nothing else: the
backend and every requirement of the build must be among it ($BUILD_PATH), as `build` checks it.
"""

import importlib
import importlib.metadata
import os
import pathlib
import re
import site
import sys
import tomllib

LEGACY = {"requires": ["setuptools"], "build-backend": "setuptools.build_meta:__legacy__"}


def present(paths):
    found = {}
    for distribution in importlib.metadata.distributions(path=paths):
        found[re.sub(r"[-_.]+", "-", distribution.name).lower()] = distribution.version
    return found


def missing(texts, found):
    from packaging.requirements import Requirement

    for text in texts:
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        version = found.get(re.sub(r"[-_.]+", "-", requirement.name).lower())
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"{text} (present: {version})"


def main():
    target = os.path.abspath(sys.argv[1])
    paths = [path for path in os.environ["BUILD_PATH"].split(os.pathsep) if path]
    project = pathlib.Path("pyproject.toml")
    table = tomllib.loads(project.read_text(encoding="utf-8")) if project.exists() else {}
    system = {**LEGACY, **table.get("build-system", {})}
    if "build-backend" not in table.get("build-system", {}):
        system["build-backend"] = LEGACY["build-backend"]

    found = present(paths)
    # `packaging` for this check only: the backend must not see it.
    sys.path.insert(0, os.environ["PACKAGING"])
    absent = list(missing(system["requires"], found))
    sys.path.pop(0)
    for name in [name for name in sys.modules if name.split(".")[0] == "packaging"]:
        del sys.modules[name]
    if absent:
        sys.exit("build-system: missing " + ", ".join(absent))

    for path in paths:
        site.addsitedir(path)
    for path in reversed(system.get("backend-path", [])):
        sys.path.insert(0, os.path.abspath(path))
    name, _, attribute = system["build-backend"].partition(":")
    backend = importlib.import_module(name)
    for part in filter(None, attribute.split(".")):
        backend = getattr(backend, part)
    asked = getattr(backend, "get_requires_for_build_wheel", lambda: [])()
    sys.path.insert(0, os.environ["PACKAGING"])
    absent = list(missing(asked, found))
    sys.path.pop(0)
    if absent:
        sys.exit("build-system: missing " + ", ".join(absent))
    print("wheel:", backend.build_wheel(target))


main()
