"""Foreign files are opened in a child process with limits on memory, time and writing; it leaves nothing behind.

Standard library only, and no Django: the command line uses it too. Where the platform has no ``resource`` module
(Windows) only the wall time and the size of the answer are limited.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

_FUNCTION = re.compile(r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")
_ROOT = str(Path(__file__).resolve().parents[2])
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from luoshi.files.sandbox_child import main; main(sys.argv[2:])"
_GRACE_SECONDS = 2.0
_CHUNK = 2**16
_KEPT_VARIABLES = ("SYSTEMROOT", "LUOSHI_LANG", "LD_LIBRARY_PATH")


class SandboxError(Exception):
    """The child gave no answer.

    ``code`` is ``memory``, ``time``, ``crashed`` or ``refused``. With ``refused`` the function itself declined the
    input: ``reason`` is the ``code`` of its error (for instance ``encrypted``) and ``message`` its words.
    """

    def __init__(self, code: str, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason


def run_limited(  # noqa: PLR0913 - what is run, and its four limits by name
    function: str,
    payload: bytes,
    arguments: dict[str, str],
    *,
    memory_bytes: int = 512 * 2**20,
    cpu_seconds: int = 10,
    wall_seconds: float = 20,
    output_bytes: int = 64 * 2**20,
) -> dict[str, Any]:
    """Run ``package.module:function(payload, arguments)`` in a limited child and return its dict.

    The function takes bytes and a dict of strings and returns something JSON can carry. Raises SandboxError, and
    ValueError for a function name of the wrong shape.
    """
    if not _FUNCTION.match(function):
        raise ValueError(f"{function!r} does not name a function as package.module:function")
    head = json.dumps(
        {
            "function": function,
            "arguments": arguments,
            "memory": memory_bytes,
            "cpu": cpu_seconds,
            "wall": int(wall_seconds + 2 * _GRACE_SECONDS),
        }
    ).encode()
    child = _start()
    try:
        answer = _converse(child, head + b"\n" + payload, wall_seconds, output_bytes)
    finally:
        _end(child)
    return _answer(child.returncode, answer)


def _start() -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    command = [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, _ROOT]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _converse(child: subprocess.Popen[bytes], sent: bytes, wall_seconds: float, output_bytes: int) -> bytes:
    """Send the question, collect the answer; raises SandboxError when it is late or too long."""
    if child.stdin is None or child.stdout is None:
        raise SandboxError("crashed", "The reader could not be started.")
    answer = bytearray()
    writer = threading.Thread(target=_write, args=(child.stdin, sent), daemon=True)
    reader = threading.Thread(target=_read, args=(child.stdout, answer, output_bytes), daemon=True)
    writer.start()
    reader.start()
    reader.join(wall_seconds)
    if reader.is_alive():
        raise SandboxError("time", "The file took too long to read.")
    if len(answer) > output_bytes:
        raise SandboxError("crashed", "Reading the file produced an unreasonable amount of output.")
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_GRACE_SECONDS)
    return bytes(answer)


def _write(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError):
        stream.write(data)
    with contextlib.suppress(OSError):
        stream.close()


def _read(stream: IO[bytes], answer: bytearray, limit: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        while len(answer) <= limit and (chunk := stream.read1(_CHUNK)):  # type: ignore[attr-defined]
            answer.extend(chunk)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child and everything it started, and reap it."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:  # pragma: no cover - Windows
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _answer(returncode: int, answer: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answer) if answer else {}
    except ValueError:
        found = {}
    if isinstance(found, dict) and "result" in found:
        result: dict[str, Any] = found["result"]
        return result
    if isinstance(found, dict) and "code" in found:
        raise SandboxError(str(found["code"]), str(found.get("message", "")), str(found.get("reason", "")))
    if -returncode in (getattr(signal, "SIGXCPU", None), getattr(signal, "SIGALRM", None)):
        raise SandboxError("time", "The file took too long to read.")
    raise SandboxError("crashed", "The reader stopped without an answer.")
