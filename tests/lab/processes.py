"""Starting servers and ending them, always by their ids."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, probe, seconds, process=None, log=None):
    """The first true answer of the probe; an error with the log when the time is over."""
    end, last = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            break
        try:
            answer = probe()
            if answer:
                return answer
        except OSError as error:
            last = str(error)
        time.sleep(0.2)
    tail = pathlib.Path(log).read_text(errors="replace")[-4000:] if log else ""
    ended = process is not None and process.poll() is not None
    reason = f"the process ended with {process.returncode}" if ended else f"not within {seconds} s"
    raise RuntimeError(f"{what}: {reason}\n{last}\n{tail}")


def parents():
    """process id -> id of its parent, of all processes."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text().rsplit(")", 1)[1].split()
            found[int(entry.parent.name)] = int(fields[1])
    return found


def descendants(root):
    family, known = [root], parents()
    for process in family:
        family.extend(child for child, parent in known.items() if parent == process)
    return family[1:]


def end(process, first=signal.SIGINT, seconds=20):
    """Asks the process to end, then kills what is left of it and of its children."""
    children = descendants(process.pid)
    if process.poll() is None:
        process.send_signal(first)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            children += descendants(process.pid)
            process.kill()
            process.wait()
    left = time.monotonic() + 5
    while any(map(alive, children)) and time.monotonic() < left:
        time.sleep(0.1)
    for child in filter(alive, children):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def alive(process):
    with contextlib.suppress(OSError):
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z"
    return False


@contextlib.contextmanager
def server(command, log, first=signal.SIGINT, **options):
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options
        )
    try:
        yield process
    finally:
        end(process, first)
