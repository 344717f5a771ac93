"""The child side of the sandbox: sets its limits before anything foreign is touched, runs one function, answers."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from typing import IO, Any

_OPEN_FILES = 64


def main(_: list[str]) -> None:
    """Read the question from standard input, answer on standard output, leave at once."""
    source = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)
        head = json.loads(source.readline(2**20))
        limit(head["memory"], head["cpu"], head["wall"])
        _reply(answer, head, source)
    os._exit(0)


def limit(memory_bytes: int, cpu_seconds: int, wall_seconds: int) -> None:
    """Lower the limits of this process for good; where the platform has none, nothing happens."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:  # pragma: no cover - Windows
        return
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))
    # Should the parent die, the child ends by itself.
    signal.alarm(wall_seconds)


def _reply(answer: IO[bytes], head: dict[str, Any], source: IO[bytes]) -> None:
    try:
        module, _, name = head["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        result = {"result": function(source.read(), head["arguments"])}
        shown = json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except MemoryError:
        shown = b'{"code": "memory", "message": "The file needs more memory than a file may."}'
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to be told
        shown = json.dumps(_refusal(error)).encode()
    answer.write(shown)
    answer.flush()


def _refusal(error: Exception) -> dict[str, str]:
    reason = getattr(error, "code", None)
    if isinstance(reason, str) and reason:
        return {"code": "refused", "reason": reason, "message": str(error)}
    return {"code": "crashed", "message": f"The reader failed: {type(error).__name__}."}
