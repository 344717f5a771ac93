"""A copy of the database before its tables change."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection

from luoshi.config.console import FAILED, Stop, progress, say
from luoshi.config.words import gettext as _
from luoshi.core.clock import SHANGHAI

PAGES_AT_ONCE = 2000


def back_up(folder: Path) -> Path:
    """Copy the whole database into the folder and say where it lies. Stops when that cannot be done."""
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(SHANGHAI).strftime("%Y%m%d-%H%M%S")
    if connection.vendor == "sqlite":
        path = folder / f"luoshi-{stamp}.sqlite3"
        _copy_sqlite(Path(connection.settings_dict["NAME"]), path)
    else:
        path = folder / f"luoshi-{stamp}.dump"
        _dump_postgresql(path)
    say(_("Backup: %(path)s") % {"path": path})
    return path


def _copy_sqlite(source: Path, path: Path) -> None:
    """Through SQLite's own backup, which is right even while others write; the copy is examined before it counts."""
    with progress(_("Backing up the database")) as shown:
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(path)) as copy:
            original.backup(
                copy, pages=PAGES_AT_ONCE, progress=lambda _state, left, total: shown.show(total - left, total)
            )
            (answer,) = copy.execute("PRAGMA quick_check").fetchone()
        path.chmod(0o600)
    if answer != "ok":
        path.unlink()
        raise Stop(
            _("The database is damaged, so nothing was changed: %(answer)s") % {"answer": answer},
            _("Put back the last good backup, or ask for help before going on."),
            FAILED,
        )


def _dump_postgresql(path: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise _no_dump(_("pg_dump was not found."))
    given = connection.settings_dict
    command = [program, "--format=custom", f"--file={path}", f"--dbname={given['NAME']}"]
    command += [
        f"--{option}={given[name]}"
        for name, option in (("HOST", "host"), ("PORT", "port"), ("USER", "username"))
        if given[name]
    ]
    environment = {**os.environ, "PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else dict(os.environ)
    with progress(_("Backing up the database")):
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603 – our own words
    if done.returncode:
        path.unlink(missing_ok=True)
        raise _no_dump(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pg_dump")


def _no_dump(reason: str) -> Stop:
    return Stop(
        _("The tables must change, and no backup could be made first: %(reason)s") % {"reason": reason},
        _("Install PostgreSQL's client programs, or make a backup yourself and run “luoshi up --backup-made”."),
        FAILED,
    )
