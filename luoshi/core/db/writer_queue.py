"""Writers to one SQLite file queue on a kernel file lock before they begin.

SQLite itself waits by sleeping and retrying, so under load some writers starve. The kernel wakes
the waiters of `flock` in the order in which they came, and releases the lock of a process that dies.
"""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows runs only the reading command, which has no database
    fcntl = None  # type: ignore[assignment]


class WriterQueue:
    """One place in the queue: held from before BEGIN IMMEDIATE to after COMMIT or ROLLBACK."""

    def __init__(self, database: str) -> None:
        self._path = Path(f"{database}.queue")
        self._handle: int | None = None

    def enter(self) -> None:
        """Wait for the turn; entering twice is one turn."""
        if self._handle is not None or fcntl is None:
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def leave(self) -> None:
        """Let the next writer in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
