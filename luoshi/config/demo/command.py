"""`luoshi demo`: a township to try on this machine, made once and started in a moment afterwards."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import rmtree

from luoshi.config import environment, migrating, preparing
from luoshi.config.console import Stop, progress, say
from luoshi.config.demo.marker import APPLICATION_ID, DATABASE, MARKER, bears_mark
from luoshi.config.serving import require_free, serve
from luoshi.config.words import gettext as _

FOLDER = "~/.local/share/luoshi-demo"
ONLY_HERE = "127.0.0.1"


def run_demo(*, port: int | None) -> int:
    """Make the demonstration when it is not there yet, and serve it to this machine alone."""
    insulate()
    folder = preparing.make_data_folder()
    refuse_real_data(folder)
    number = port or environment.number("LUOSHI_PORT")
    require_free(ONLY_HERE, number)
    with preparing.alone(folder):
        prepare_demo(folder)
    return serve(ONLY_HERE, number)


def insulate() -> None:
    """Whatever is set for a real installation: the demonstration has its own folder and SQLite, and is not shared."""
    os.environ.setdefault("LUOSHI_DATA", FOLDER)
    for name in ("LUOSHI_DATABASE", "LUOSHI_ORIGINS", "LUOSHI_TLS", "LUOSHI_DEBUG"):
        os.environ.pop(name, None)
    os.environ.update(LUOSHI_BIND=ONLY_HERE, LUOSHI_HOSTS="127.0.0.1,localhost")


def refuse_real_data(folder: Path) -> None:
    """Stop when the folder holds a database that this command did not make."""
    database = folder / DATABASE
    if database.exists() and not bears_mark(database):
        raise Stop(
            _("The folder %(folder)s holds a real installation.") % {"folder": folder},
            _("Name another folder in LUOSHI_DATA, or leave it unset to use %(folder)s.") % {"folder": FOLDER},
        )


def prepare_demo(folder: Path) -> None:
    """Build the demonstration, or bring one of an earlier day or version up to date."""
    fresh = not (folder / MARKER).exists()
    if fresh:
        _clear(folder)
    preparing.wake_django()
    migrating.migrate(backup_made=fresh)
    preparing.require_sqlite_mode()
    if fresh:
        from luoshi.config.demo.building import build  # noqa: PLC0415 – models exist only now

        with progress(_("Building the township")) as shown:
            build(shown)
        (folder / MARKER).write_text("luoshi demo\n")
    else:
        preparing.turn_lights()
    preparing.collect_static()
    say(_("The demonstration lies in %(folder)s; delete the folder to begin anew.") % {"folder": folder})


def _clear(folder: Path) -> None:
    """Remove what a broken-off build left, and mark the new file as a demonstration before anything is in it."""
    database = folder / DATABASE
    for name in (DATABASE, f"{DATABASE}-journal", f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}.queue"):
        (folder / name).unlink(missing_ok=True)
    rmtree(folder / "files", ignore_errors=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("VACUUM")
