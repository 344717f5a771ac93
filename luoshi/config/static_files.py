"""Static files under names that carry their hash, compressed once: a browser fetches each of them a single time."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = "collected"


def collect() -> bool:
    """Gather and compress them into STATIC_ROOT, unless they lie there already; whether anything was done.

    Settings look for the result when a process starts, so the processes started afterwards use it.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = _stamp()
    if (root / STAMP).is_file() and (root / STAMP).read_text() == stamp:
        return False
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o700, parents=True)
    storage = CompressedManifestStaticFilesStorage(location=root)
    paths = {}
    for path, source in _sources():
        with source.open(path) as file:
            storage.save(path, file)
        paths[path] = (storage, path)
    for _name, _processed, error in storage.post_process(paths):
        if isinstance(error, Exception):
            raise error
    (root / STAMP).write_text(stamp)
    return True


def _sources() -> Iterator[tuple[str, Storage]]:
    for finder in get_finders():
        yield from finder.list([])


def _stamp() -> str:
    """Changes when any static file does, and with the place of the installation."""
    lines = []
    for path, source in _sources():
        facts = Path(source.path(path)).stat()
        lines.append(f"{source.path(path)} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
