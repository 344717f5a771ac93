"""Run a command against a PostgreSQL server made for it: ``with_postgres.py -- COMMAND …``.

The server is, in this order:

1. the one of ``LUOSHI_TEST_POSTGRES`` (``postgres://user:password@host:port``), whose user may create databases;
2. one on 127.0.0.1:5432 that lets ``postgres`` (or ``PGUSER``) in;
3. a throw-away cluster of the PostgreSQL installed here; on Debian as root PostgreSQL is installed for it.

When there is none of them the command is not run and the exit code is 1: the suite is never skipped in silence.
The command finds the address in ``LUOSHI_DATABASE``. Its database name is new for every run, so that two runs on one
server do not meet; whatever is left of it at the end is dropped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

NEXT_STEP = (
    "No PostgreSQL for the tests. Give a server whose user may create databases in LUOSHI_TEST_POSTGRES "
    "(postgres://user:password@host:5432), or install PostgreSQL (Debian: apt install postgresql)."
)


def may_create_databases(address: str) -> bool:
    """Whether a server answers at the address and its user may create databases."""
    try:
        with psycopg.connect(f"{address}/postgres", connect_timeout=3, autocommit=True) as connection:
            row = connection.execute("select rolcreatedb or rolsuper from pg_roles where rolname = current_user")
            return bool((row.fetchone() or [False])[0])
    except psycopg.OperationalError:
        return False


def programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest PostgreSQL installed here."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return folders[-1] if folders else None


def install_on_debian() -> None:
    """Install PostgreSQL with Debian's package manager, when this is Debian and we are root."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    print("Installing PostgreSQL for the tests …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def throw_away_cluster(folder: Path) -> Iterator[str]:
    """The address of a cluster that lives as long as the block. Nothing in it is worth an fsync."""
    # PostgreSQL refuses to run as root; Debian's package brings the user for it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="luoshi-postgres-") as home:
        if as_user:
            shutil.chown(home, "postgres", "postgres")
        data, port = f"{home}/data", free_port()
        initdb = [f"{folder}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=home)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
        control = [*as_user, f"{folder}/pg_ctl", "-D", data, "-w"]
        start = [*control, "-l", f"{home}/log", "-o", options, "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=home)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=home)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server to test on, without a database name."""
    given = os.environ.get("LUOSHI_TEST_POSTGRES", "").rstrip("/")
    if given:
        if not may_create_databases(given):
            raise SystemExit("LUOSHI_TEST_POSTGRES: no answer there, or its user may not create databases.")
        yield given
        return
    local = f"postgres://{os.environ.get('PGUSER', 'postgres')}@127.0.0.1:5432"
    if may_create_databases(local):
        yield local
        return
    if programs() is None:
        install_on_debian()
    folder = programs()
    if folder is None:
        raise SystemExit(NEXT_STEP)
    with throw_away_cluster(folder) as address:
        yield address


def drop_databases(address: str, name: str) -> None:
    """Drop what a run that was killed left behind: the databases of this run alone, known by their name."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        rows = connection.execute("select datname from pg_database where starts_with(datname, %s)", [f"test_{name}"])
        for (database,) in rows.fetchall():
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def main() -> int:
    """Run the command after ``--`` and return its exit code."""
    if sys.argv[1:2] != ["--"] or len(sys.argv) < 3:
        raise SystemExit("with_postgres.py -- COMMAND …")
    name = f"luoshi_{os.getpid()}"
    with server() as address:
        print(f"PostgreSQL for the tests: {address.rpartition('@')[2]}", flush=True)
        try:
            environment = os.environ | {"LUOSHI_DATABASE": f"{address}/{name}"}
            return subprocess.run(sys.argv[2:], check=False, env=environment).returncode
        finally:
            drop_databases(address, name)


if __name__ == "__main__":
    sys.exit(main())
