"""``luoshi read FILE``: a document to a list of draft duties, without a server and without a database.

Imports no Django. Files are opened in the sandbox. Exit code 2 and one sentence with a next step for bad input.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from luoshi.config import read_output
from luoshi.config.read_words import say
from luoshi.files.sandbox import SandboxError, run_limited
from luoshi.reading.decode import MAX_BYTES
from luoshi.reading.model import Reading

_READER = "luoshi.reading.read:read_as_dict"
_PATIENCE_SECONDS = 1.0
_OUTPUTS = (".xlsx", ".json", ".md")


class InputRefused(Exception):
    """Something the user can put right; the text is the sentence to show."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputRefused(say("usage", detail=message))


def run_read(argv: list[str]) -> int:
    """Run the command with the words after ``read``; returns the exit code (0 done, 2 bad input)."""
    target: Path | None = None
    try:
        options = _parse(argv)
        source = Path(options.file)
        target = Path(options.output) if options.output else None
        _check_target(source, target)
        reading = _read(source)
        if target is None:
            sys.stdout.write(read_output.summary(reading, options.explain))
        else:
            read_output.write_atomically(target, read_output.render(reading, source.stem, target.suffix.lower()))
            _tell(say("written", count=len(reading.drafts), name=str(target)))
    except InputRefused as refused:
        _tell(str(refused))
        return 2
    except BrokenPipeError:
        sys.stdout = None  # the reader of our output has gone; there is nobody left to tell
        return 0
    except OSError as error:
        _tell(say("cannot-write", name=str(target or ""), detail=error.strerror or ""))
        return 2
    except KeyboardInterrupt:
        _tell(say("stopped"))
        return 130
    return 0


def _tell(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = _Parser(prog="luoshi read", description=say("description"))
    parser.add_argument("file", metavar="FILE", help=say("help-file"))
    parser.add_argument("-o", "--output", metavar="OUT", help=say("help-output"))
    parser.add_argument("--explain", action="store_true", help=say("help-explain"))
    return parser.parse_args(argv)


def _check_target(source: Path, target: Path | None) -> None:
    if target is None:
        return
    if target.suffix.lower() not in _OUTPUTS:
        raise InputRefused(say("output-kind", name=target.name))
    if target.is_dir():
        raise InputRefused(say("output-folder", name=str(target)))
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise InputRefused(say("output-place", name=str(target.parent)))
    if target.exists() and source.exists() and target.samefile(source):
        raise InputRefused(say("same-file", name=target.name))


def _read(source: Path) -> Reading:
    data = _bytes_of(source)
    waiting = threading.Timer(_PATIENCE_SECONDS, lambda: _tell(say("working", name=source.name)))
    waiting.daemon = True
    waiting.start()
    try:
        found: dict[str, Any] = run_limited(_READER, data, {"filename": source.name}, output_bytes=512 * 2**20)
    except SandboxError as error:
        raise InputRefused(_refusal(error, source.name)) from error
    finally:
        waiting.cancel()
    found.pop("reader_version", None)
    return Reading.from_dict(found)


def _bytes_of(source: Path) -> bytes:
    if source.is_dir():
        raise InputRefused(say("folder", name=str(source)))
    try:
        if source.stat().st_size > MAX_BYTES:
            raise InputRefused(say("too_large", name=source.name))
        return source.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused(say("missing", name=str(source))) from error
    except OSError as error:
        raise InputRefused(say("unreadable", name=str(source))) from error


def _refusal(error: SandboxError, name: str) -> str:
    code = error.reason if error.code == "refused" else error.code
    return say(code if code in read_output.REFUSALS else "crashed", name=name)
