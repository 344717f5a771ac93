"""Numbers inside a paragraph: 一是…；二是…。 and 1.…。2.…。 are nodes; 一是人心，二是耐心 is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .marks import INLINE_FORMS, mark_value, match_mark

_PLACE = re.compile(r"(?:^|[。；;：:！!])(?=[一二三四五六七八九十第首其再最（(\d①-⑳])")
_INLINE_NAMES = {form.name for form in INLINE_FORMS}
_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a paragraph's view at ``start``; ``value`` is the number it stands for."""

    form: str
    rank: int
    mark: str
    start: int
    value: int | None
    inline: bool


def inline_marks(view: str, first: Found | None) -> list[Found]:
    """The inline numbers of a paragraph that form a list; ``first`` is the number the paragraph opens with."""
    body = first.start + len(first.mark) if first else 0
    candidates = [found for found in _candidates(view, body) if first is None or found.start >= body]
    kept: list[Found] = []
    for name in dict.fromkeys(found.form for found in candidates):
        same = [found for found in candidates if found.form == name]
        opener = first.value if first is not None and first.form == name else None
        kept += _sequence(same, opener)
    return sorted(kept, key=lambda found: found.start)


def _candidates(view: str, body: int) -> Iterator[Found]:
    for count, place in enumerate(_PLACE.finditer(view, body)):
        if count > len(view) // 8 + _LIMIT:
            return
        start = place.end()
        hit = match_mark(view, start)
        if hit is not None and hit[0].name in _INLINE_NAMES:
            form, mark = hit
            yield Found(form.name, form.rank, mark, start, mark_value(mark), True)
    if body:
        hit = match_mark(view, body)
        if hit is not None and hit[0].name in _INLINE_NAMES:
            yield Found(hit[0].name, hit[0].rank, hit[1], body, mark_value(hit[1]), True)


def _sequence(same: list[Found], opener: int | None) -> list[Found]:
    """The members that count up from 1 (or from the paragraph's own number); a single one is no list."""
    kept: list[Found] = []
    expected = opener + 1 if opener is not None else 1
    for found in sorted(same, key=lambda member: member.start):
        value = found.value
        if value is None:
            value = expected if kept or opener is not None else None
        if value is not None and (value == expected or (kept and expected <= value <= expected + 1)):
            kept.append(found)
            expected = value + 1
        elif value == 1 and len(kept) >= 2:
            kept.append(found)
            expected = 2
    return kept if len(kept) >= (1 if opener is not None else 2) else []
