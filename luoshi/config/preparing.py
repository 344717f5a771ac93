"""What stands before every start: the data folder, Django, the tables, the mode of SQLite, the lights of the day."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luoshi.config import environment
from luoshi.config.console import BAD_INPUT, FAILED, Stop
from luoshi.config.words import gettext as _
from luoshi.config.words import language


def make_data_folder() -> Path:
    """The data folder, made for its owner alone when it is not there yet. What is written from now on is private."""
    folder = environment.data_folder()
    os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _no_folder(folder) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise _no_folder(folder)
    return folder


def require_installation() -> None:
    """Stop when nothing was ever started here: looking must not leave a folder and a secret behind."""
    folder = environment.data_folder()
    elsewhere = environment.text("LUOSHI_DATABASE") or environment.text("LUOSHI_SECRET")
    if not elsewhere and not (folder / "secret.key").exists():
        raise Stop(
            _("There is no database in %(folder)s yet.") % {"folder": folder},
            _("“luoshi up” makes one; LUOSHI_DATA names another folder."),
            BAD_INPUT,
        )


def _no_folder(folder: Path) -> Stop:
    return Stop(
        _("The data folder %(folder)s cannot be written to.") % {"folder": folder},
        _("Give this account the folder, or name another one in LUOSHI_DATA."),
    )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two starts on one folder follow one another; the second finds the work done."""
    handle = os.open(folder / "start.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def wake_django() -> None:
    """Load Django with our settings, and let it speak the language of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django  # noqa: PLC0415 – the command line starts without Django
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Stop(
            _("The settings cannot be used: %(error)s") % {"error": str(error).splitlines()[0]},
            _("Check LUOSHI_DATABASE; for PostgreSQL the driver must be installed too (docs/settings.md)."),
        ) from error
    translation.activate(language())


def require_sqlite_mode() -> None:
    """Refuse to work on a database whose journal this SQLite library cannot be trusted with."""
    from luoshi.config.checking import sqlite_mode_faults  # noqa: PLC0415

    for fault in sqlite_mode_faults():
        raise Stop(fault.message, fault.next_step, FAILED)


def turn_lights() -> None:
    """Bring the lights to this day; at midnight the worker does it."""
    from luoshi.ledger import tallies  # noqa: PLC0415

    tallies.turn_lights()


def collect_static() -> None:
    """Gather the static files under names that carry their hash, compressed, when they are not those of last time."""
    from luoshi.config.static_files import collect  # noqa: PLC0415

    collect()
