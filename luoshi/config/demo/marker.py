"""How a demonstration is told from a real installation: a file in its folder and a mark inside its database.

Both are needed for one-click sign-in. The mark stands in the header of the SQLite file, where only `luoshi demo`
writes it and only into a database it has made itself; a marker file copied beside a real database opens nothing.
"""

import os
from pathlib import Path

MARKER = "demo.marker"
DATABASE = "luoshi.sqlite3"
APPLICATION_ID = 0x4C53444D
"""`PRAGMA application_id` of a demonstration, "LSDM"; a real database has 0."""
PLACE_IN_HEADER = slice(68, 72)


def holds_demo(folder: Path) -> bool:
    """Whether the folder holds a demonstration that `luoshi demo` made, and the process works on it."""
    return not os.environ.get("LUOSHI_DATABASE") and (folder / MARKER).is_file() and bears_mark(folder / DATABASE)


def bears_mark(database: Path) -> bool:
    """Whether the SQLite file carries the mark of a demonstration."""
    try:
        with database.open("rb") as file:
            header = file.read(PLACE_IN_HEADER.stop)
    except OSError:
        return False
    return header[PLACE_IN_HEADER] == APPLICATION_ID.to_bytes(4, "big")
