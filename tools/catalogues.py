"""Compile the message catalogues (``luoshi/**/django.po`` to ``django.mo``).

Three callers share it: hatchling when it builds the wheel or the editable install, ``tools/messages.py compile``,
and the Makefile before anything is run. It needs polib and nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent


def catalogues(root: Path = ROOT) -> list[Path]:
    """Every catalogue of the package, in a stable order."""
    return sorted((root / "luoshi").glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Compile the catalogues that are newer than their compiled file and return the files written."""
    written = []
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Written beside and moved, so that a server that reads at this moment never sees half a file.
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the config type is hatchling's own affair
    """Runs before a wheel or an editable install is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile everything, so that users never need gettext."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    for path in compile_catalogues():
        sys.stdout.write(f"compiled {path.relative_to(ROOT)}\n")
