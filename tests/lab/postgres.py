"""A PostgreSQL server of our own: temporary data, 127.0.0.1, an unprivileged user when we are root."""

import contextlib
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile

import processes

USER, PASSWORD, DATABASE = "dagster", "laboratory", "dagster"


def binaries():
    named = os.environ.get("FLOXWRIGHT_POSTGRES_BIN")
    if named:
        return pathlib.Path(named)
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    onpath = shutil.which("postgres")
    found += [pathlib.Path(onpath).resolve()] if onpath else []
    for program in reversed(found):
        if (program.parent / "initdb").exists() and (program.parent / "psql").exists():
            return program.parent
    sys.exit("no PostgreSQL: set FLOXWRIGHT_POSTGRES_BIN to the directory of its programs")


def unprivileged():
    """Options of subprocess that drop root's rights, and the user's entry."""
    if os.geteuid() != 0:
        return {}, None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}, entry
    sys.exit("root may not run PostgreSQL, and there is no user postgres or nobody")


class Server:
    def __init__(self, bin_directory, port):
        self.bin, self.port = bin_directory, port

    def variables(self):
        address = f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{DATABASE}"
        return {
            "DAGSTER_PG_HOST": "127.0.0.1",
            "DAGSTER_PG_PORT": str(self.port),
            "DAGSTER_PG_USERNAME": USER,
            "DAGSTER_PG_PASSWORD": PASSWORD,
            "DAGSTER_PG_DB": DATABASE,
            "DAGSTER_PG_URL": address,
        }

    def dagster_yaml(self):
        return f"""storage:
  postgres:
    postgres_db:
      scheme: postgresql+psycopg2
      hostname: 127.0.0.1
      port: {self.port}
      db_name: {DATABASE}
      username: {USER}
      password:
        env: DAGSTER_PG_PASSWORD
telemetry:
  enabled: false
"""

    def ask(self, question, database=DATABASE):
        command = [self.bin / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        command += ["-d", database, "-tAc", question]
        environment = {**os.environ, "PGPASSWORD": PASSWORD}
        answer = subprocess.run(command, env=environment, capture_output=True, text=True)
        if answer.returncode != 0:
            raise OSError(answer.stderr)
        return answer.stdout.strip()


@contextlib.contextmanager
def running(port=None):
    programs, (rights, entry) = binaries(), unprivileged()
    found = Server(programs, port or processes.free_port())
    with tempfile.TemporaryDirectory(prefix="floxwright-pg-") as scratch:
        place = pathlib.Path(scratch)
        password = place / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if entry:
            for path in (place, password):
                os.chown(path, entry.pw_uid, entry.pw_gid)
        prepare = [programs / "initdb", "-D", place / "data", "-U", USER, "-A", "scram-sha-256"]
        prepare += ["--pwfile", password, "--no-sync", "-E", "UTF8"]
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL, cwd=place, **rights)
        command = [programs / "postgres", "-D", place / "data", "-h", "127.0.0.1"]
        command += ["-p", str(found.port), "-k", place, "-F"]
        log = os.path.join(tempfile.gettempdir(), f"floxwright-pg-{os.getpid()}.log")
        try:
            with processes.server(command, log, cwd=place, **rights) as process:
                ready = lambda: found.ask("select 1", "postgres")  # noqa: E731
                processes.wait_for("PostgreSQL", ready, 30, process, log)
                found.ask(f"create database {DATABASE}", "postgres")
                yield found
        finally:
            os.unlink(log)
