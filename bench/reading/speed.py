# ruff: noqa: INP001 - a script beside the package, not in it
"""How fast the reader is, as ratios against a floor measured in the same run.

    python bench/reading/speed.py [MEGABYTES]

The floor is what any reader must do at least: a few plain regex passes over the same text. Ratios travel between
machines, seconds do not. Prints size, seconds, megabytes a second, ratio to the floor, and peak memory.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Callable
from functools import partial

from luoshi.reading.read import read_text
from luoshi.reading.tests import samples

FLOOR = tuple(
    re.compile(pattern)
    for pattern in (
        r"[^，。；！？\n]+",
        r"\d+(?:\.\d+)?",
        r"\d{1,2}月(?:底|\d{1,2}日)?前?",
        r"[\u4e00-\u9fff]{1,8}(?:办|局|村)",
    )
)
DOCUMENTS = tuple(value for name, value in sorted(vars(samples).items()) if name.isupper())


def text_of(size: int) -> str:
    """A text of about ``size`` bytes, its figures varied so that no cache flatters the reader."""
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    parts: list[str] = []
    length = 0
    while length < size:
        part = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), chance.choice(DOCUMENTS))
        parts.append(part)
        length += len(part.encode())
    return "".join(parts)


def best_of(act: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        found.append(time.perf_counter() - started)
    return min(found)


def floor(text: str) -> None:
    """A few plain passes over the text."""
    for pattern in FLOOR:
        for _ in pattern.finditer(text):
            pass


def main(arguments: list[str]) -> None:
    """Print one line for each size."""
    largest = float(arguments[0]) if arguments else 1.0
    for share in (0.01, 0.1, 0.5, 1.0):
        size = int(largest * share * 1_000_000)
        text = text_of(size)
        least, taken = best_of(partial(floor, text)), best_of(partial(read_text, text))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        megabytes = len(text.encode()) / 1e6
        line = f"{megabytes:7.3f} MB  {taken:7.3f} s  {megabytes / taken:6.2f} MB/s  {taken / least:6.1f} x floor"
        sys.stdout.write(f"{line}  peak {peak:.0f} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
