"""A paragraph's view cut at commas, semicolons, colons and full stops, never inside brackets, titles or figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STOPS = re.compile(r"[，,；;。！!？?：:（(）)《》]")
_OPEN, _CLOSE = "（(《", "）)》"
_BRACKET_LIMIT = 160


@dataclass(slots=True)
class Segment:
    """A piece of a view between two stops. ``stop`` is the mark after it; ``sentence`` counts within the block."""

    start: int
    end: int
    text: str
    stop: str
    sentence: int


def cut_segments(view: str, start: int, end: int) -> Iterator[Segment]:
    """Segments of ``view[start:end]``; empty ones are left out."""
    sentence = 0
    first = start
    depth = 0
    opened = start
    for hit in _STOPS.finditer(view, start, end):
        mark, place = hit.group(), hit.start()
        if depth and place - opened > _BRACKET_LIMIT:
            depth = 0
        if mark in _OPEN:
            opened = place if not depth else opened
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif (not depth or mark == "。") and not _in_figure(view, place):
            depth = 0
            if place > first:
                yield Segment(first, place, view[first:place], mark, sentence)
            first = place + 1
            sentence += mark in "。！!？?"
    if end > first:
        yield Segment(first, end, view[first:end], "", sentence)


def _in_figure(view: str, place: int) -> bool:
    """Whether the mark at ``place`` stands between digits, as in 1,320 or 9:00."""
    if view[place] not in ",，:：" or not 0 < place < len(view) - 1:
        return False
    if not (view[place - 1].isdigit() and view[place + 1].isdigit()):
        return False
    return view[place] in ":：" or bool(re.match(r"\d{3}(?!\d)", view[place + 1 : place + 5]))
