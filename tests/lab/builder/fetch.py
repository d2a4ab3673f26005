"""Builder of a fixed-output derivation: puts one file into $out; Nix then verifies its hash.

$file of the project $project by the package index that pip is configured for, or $url. What was
fetched once is kept in $FLOXWRIGHT_LAB_DOWNLOADS.
"""

import hashlib
import html
import os
import pathlib
import re
import shutil
import sys
import tempfile
import urllib.parse

from pip._internal.commands import create_command


def client_and_index():
    command = create_command("download")
    options, _ = command.parse_args(["nothing"])
    return command._build_session(options), options.index_url.rstrip("/")


def link_of(client, index, project, file):
    page_url = f"{index}/{project}/"
    page = client.get(page_url, headers={"Accept": "text/html"})
    page.raise_for_status()
    for href in re.findall(r'href="([^"]+)"', page.text):
        link = urllib.parse.urljoin(page_url, html.unescape(href))
        path, _, fragment = link.partition("#")
        if urllib.parse.unquote(path.rsplit("/", 1)[1]) == file:
            return path, fragment.removeprefix("sha256=")
    sys.exit(f"the index has no file {file} of {project}")


def download(target):
    client, index = client_and_index()
    link, digest = os.environ.get("url"), ""
    if not link:
        link, digest = link_of(client, index, os.environ["project"], os.environ["file"])
    answer = client.get(link)
    answer.raise_for_status()
    if digest and hashlib.sha256(answer.content).hexdigest() != digest:
        sys.exit(f"{link}: broken download")
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(answer.content)
    os.replace(file.name, target)


def main():
    kept = pathlib.Path(os.environ["FLOXWRIGHT_LAB_DOWNLOADS"])
    kept.mkdir(parents=True, exist_ok=True)
    address = os.environ.get("url", "")
    prefix = hashlib.sha256(address.encode()).hexdigest()[:8] + "-" if address else ""
    target = kept / (prefix + os.environ["file"])
    if not target.exists():
        download(target)
    shutil.copyfile(target, os.environ["out"])


main()
