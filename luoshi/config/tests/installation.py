"""Our own command in a folder of its own, as people run it: for tests of the command line."""

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUILD = "from luoshi.config.demo import command as c; c.insulate(); c.prepare_demo(c.preparing.make_data_folder())"


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder with what may be done to it from outside."""

    folder: Path
    language: str = "en"

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a command on this folder, without the settings of whoever runs the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
        return {**kept, "LUOSHI_DATA": str(self.folder), "LUOSHI_LANG": self.language}

    def luoshi(self, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run `luoshi` with these words, with nothing at standard input."""
        command = [sys.executable, "-m", "luoshi.config.commandline", *words]
        return self._run(command, settings)

    def python(self, code: str) -> "subprocess.CompletedProcess[str]":
        """Run some Python of ours on the folder."""
        return self._run([sys.executable, "-c", code], {})

    def _run(self, command: list[str], settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            env={**self.environment, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start `luoshi` and leave it running."""
        command = [sys.executable, "-m", "luoshi.config.commandline", *words]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def copy_to(self, folder: Path) -> "Installation":
        """The same installation elsewhere, to be damaged."""
        return Installation(Path(shutil.copytree(self.folder, folder)), self.language)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database answers, past the product."""
        with closing(sqlite3.connect(self.folder / "luoshi.sqlite3")) as connection:
            return list(connection.execute(sql))

    def damage(self, *statements: str) -> None:
        """Change the database past the product."""
        with closing(sqlite3.connect(self.folder / "luoshi.sqlite3", isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)


@dataclass(frozen=True, slots=True)
class Received:
    """What came over the line: the text, and how many bytes it took compressed."""

    text: str
    size: int


def page(address: str, seconds: float = 20) -> Received:
    """The page at an address as soon as somebody answers."""
    until = time.monotonic() + seconds
    asking = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 – our own address
    while True:
        try:
            with urllib.request.urlopen(asking, timeout=2) as answer:  # noqa: S310
                raw = answer.read()
                plain = gzip.decompress(raw) if answer.headers["Content-Encoding"] == "gzip" else raw
                return Received(plain.decode(), len(raw))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
