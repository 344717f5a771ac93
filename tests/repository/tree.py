"""What is in the repository: the files git knows or would take, read as text."""

import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "luoshi"


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file of the repository, ignored ones left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    paths = sorted({ROOT / name for name in listed.split("\0") if name})
    return tuple(path for path in paths if path.is_file())


def of_kind(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Our own files with one of the suffixes as (path inside the repository, text); vendored files are not ours."""
    for path in files():
        if path.suffix in suffixes and "vendor" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def is_test(path: str) -> bool:
    """Whether the path belongs to tests."""
    return "/tests/" in f"/{path}"


def module_of(path: str) -> str | None:
    """The module of `luoshi` a path belongs to."""
    parts = path.split("/")
    return parts[1] if parts[0] == "luoshi" and len(parts) > 2 else None


def line_of(text: str, position: int) -> int:
    """The line number of a position in a text, from 1."""
    return text.count("\n", 0, position) + 1
