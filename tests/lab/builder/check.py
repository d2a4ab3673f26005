"""nixpkgs' checks of an installed package: check.py NAME VERSION OWN_SITE_PACKAGES; $DEPS are the others'.

* metadata: the distribution is there under that name, and its version is the derivation's;
* run-time dependencies: every requirement whose marker holds is present and within its bounds;
* conflicts: no distribution twice in the closure.
"""

import importlib.metadata
import os
import sys

sys.path.insert(0, os.environ["PACKAGING"])
from packaging.requirements import Requirement  # noqa: E402
from packaging.utils import canonicalize_name  # noqa: E402
from packaging.version import Version  # noqa: E402


def main():
    name, version, own = sys.argv[1:4]
    paths = [own] + [path for path in os.environ["DEPS"].split(os.pathsep) if path]
    found, faults = {}, []
    for path in paths:
        for distribution in importlib.metadata.distributions(path=[path]):
            key = canonicalize_name(distribution.name)
            if key in found:
                faults.append(f"conflict: {key} is in the closure twice, {path} is the second")
            else:
                found[key] = distribution
    package = found.get(canonicalize_name(name))
    if package is None:
        sys.exit(f"metadata check: no distribution is called {name}")
    if Version(package.version) != Version(version):
        faults.append(f"metadata check: the wheel says {package.version}, the derivation {version}")
    for text in package.requires or []:
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        other = found.get(canonicalize_name(requirement.name))
        if other is None:
            faults.append(f"{requirement.name} not installed")
        elif not requirement.specifier.contains(other.version, prereleases=True):
            bounds = f"{requirement.name}{requirement.specifier}"
            faults.append(f"{bounds} not satisfied by version {other.version}")
    for fault in faults:
        print(f"{name}: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
