"""pythonRelaxDeps and pythonRemoveDeps on the METADATA of a wheel, by prefix as nixpkgs does it:
a name also hits every longer name that begins with it."""

import json
import os
import re
import sys
import zipfile


def changed(text, relax, remove):
    lines = []
    for line in text.splitlines():
        for name in [""] if relax is True else relax:
            pattern = name and re.escape(name) or r"[A-Za-z0-9._-]+"
            found = re.match(rf"Requires-Dist: ({pattern})\s*(\[[^\]]*\])?[^;]*(;.*)?", line, re.I)
            if found:
                parts = [found.group(1), found.group(2) or "", found.group(3) or ""]
                line = "Requires-Dist: " + parts[0] + parts[1] + (" " + parts[2] if parts[2] else "")
        removed = remove is True and line.startswith("Requires-Dist:")
        for name in [] if remove is True else remove:
            removed = removed or line.lower().startswith(f"requires-dist: {name}".lower())
        # The headers end at the first empty line.
        if not removed:
            lines.append(line)
    return "\n".join(lines) + "\n"


def main():
    wheel, relax, remove = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
    if not relax and not remove:
        return
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(wheel + ".new", "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.endswith(".dist-info/METADATA"):
                data = changed(data.decode(), relax, remove).encode()
            target.writestr(member, data)
    os.replace(wheel + ".new", wheel)


main()
