"""The bytes on disk: one file per content, under `LUOSHI_FILES/ab/cd/<sha256>`, written once."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

PIECE = 1 << 20


def path_of(sha256: str) -> Path:
    """Where content of this hash lies; it may not exist."""
    return Path(settings.LUOSHI_FILES) / sha256[:2] / sha256[2:4] / sha256


def put(data: bytes) -> str:
    """Write the content unless it is there whole already; returns its SHA-256 in hexadecimal.

    When this returns, the bytes and their name survive a power cut. A damaged file of the same hash is replaced.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if hash_of(path) == sha256:
        return sha256
    _make_folder(path.parent)
    handle, fresh = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return sha256


def hash_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces; empty when there is none."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def _make_folder(folder: Path) -> None:
    """Make the folder and note its name in every new parent, so that the path itself survives."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
