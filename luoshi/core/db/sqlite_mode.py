"""Which journal an SQLite library may be trusted with (docs/decisions/0002).

Before 3.51.3, except 3.44.6 and 3.50.7, a write that overlaps a checkpoint of the write-ahead log
can lose committed data. Such a library keeps a rollback journal.
"""

import sqlite3
from pathlib import Path

FIXED_FROM = (3, 51, 3)
FIXED_BRANCHES = ((3, 44, 6), (3, 50, 7))
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
WRITE_VERSION = 18
"""Place in the file's header: 1 for a rollback journal, 2 for the write-ahead log."""
Version = tuple[int, ...]


def write_ahead_log_is_safe(version: Version) -> bool:
    """Whether this SQLite library is free of the WAL-reset fault."""
    return version >= FIXED_FROM or version in FIXED_BRANCHES


def wanted_mode(version: Version = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """The pair (journal_mode, synchronous) this library is to be run with."""
    return ("wal", "FULL") if write_ahead_log_is_safe(version) else ("truncate", "EXTRA")


def first_statements(version: Version = sqlite3.sqlite_version_info) -> str:
    """What every new connection says first."""
    journal, synchronous = wanted_mode(version)
    pragmas = (
        f"journal_mode={journal}",
        f"synchronous={synchronous}",
        "temp_store=MEMORY",
        "recursive_triggers=ON",
    )
    return " ".join(f"PRAGMA {pragma};" for pragma in pragmas)


def mode_in_file(path: Path) -> str:
    """What the file itself notes, read without opening the database: `wal`, or `rollback` for every other journal."""
    with path.open("rb") as file:
        header = file.read(WRITE_VERSION + 1)
    return "wal" if header[WRITE_VERSION:] == b"\x02" else "rollback"


def mode_in_force(connection: sqlite3.Connection) -> tuple[str, str]:
    """The pair (journal_mode, synchronous) under which an open connection really works."""
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    return str(journal), SYNCHRONOUS[synchronous]
