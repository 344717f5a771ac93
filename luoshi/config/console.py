"""How the command line speaks: sentences on standard output, complaints with a next step on standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from traceback import format_exc

from luoshi.config.environment import data_folder
from luoshi.config.words import gettext as _
from luoshi.core.clock import SHANGHAI

BAD_INPUT = 2
FAILED = 1


class Stop(Exception):
    """The command ends here: what is wrong in one sentence, and what to do next."""

    def __init__(self, message: str, next_step: str = "", status: int = BAD_INPUT) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.status = status


def say(text: str = "") -> None:
    """One line for the reader, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(message: str, next_step: str = "") -> None:
    """What is wrong, and the next step below it."""
    sys.stderr.write(f"{message}\n")
    if next_step:
        sys.stderr.write(f"{next_step}\n")
    sys.stderr.flush()


def accept_narrow_terminals() -> None:
    """A terminal that lacks a character shows a mark in its place instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


class Progress:
    """How far something is. On a terminal one line that is written over; elsewhere a line every few seconds."""

    PAUSE = 0.1
    PAUSE_IN_FILES = 5.0

    def __init__(self, title: str) -> None:
        self._title = title
        self._live = sys.stdout.isatty()
        self._begun = self._told = time.monotonic()
        if self._live:
            self._write(f"\r{title} …")
        else:
            self._write(f"{title} …\n")

    def show(self, done: int, total: int) -> None:
        """Say that `done` of `total` steps are behind us."""
        moment = time.monotonic()
        if moment - self._told < (self.PAUSE if self._live else self.PAUSE_IN_FILES):
            return
        self._told = moment
        share = f"{self._title} … {100 * done // max(total, 1)} %"
        self._write(f"\r{share}" if self._live else f"{share}\n")

    def finish(self) -> None:
        """Say that it is done, and how long it took."""
        seconds = _("%(seconds).1f s") % {"seconds": time.monotonic() - self._begun}
        self._write(f"\r{self._title} … {seconds}\033[K\n" if self._live else f"{self._title} … {seconds}\n")

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """Show a piece of work that may take longer than a second."""
    shown = Progress(title)
    yield shown
    shown.finish()


def note_failure() -> Path:
    """Write the error at hand into the log of the data folder, or of the system's temporary folder; where it lies."""
    entry = f"--- {datetime.now(SHANGHAI).isoformat(timespec='seconds')} {' '.join(sys.argv)}\n{format_exc()}\n"
    for folder in (data_folder() / "logs", Path(gettempdir())):
        path = folder / "luoshi-errors.log"
        with suppress(OSError):
            if folder.parent.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
            with path.open("a", encoding="utf-8") as log:
                log.write(entry)
            return path
    return Path("-")
