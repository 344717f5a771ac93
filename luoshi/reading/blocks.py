"""Lines joined into paragraphs, each with a clean view: no white space, half-width digits, page marks taken out."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from .lines import Line
from .marks import starts_with_mark
from .noise_rules import INLINE_RULES
from .units import FIELD_LINE

_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF05: 0x25, 0xFF1A: 0xFF1A, 0xFE5A: 0xFF09}
_WASTE = re.compile(r"\s+")
_TERMINAL = re.compile(r"[。！？!?；;：:…）)】”》|]$")
_INLINE_HINT = re.compile(r"页|公众号|文库|会员|下载|仅供学习|[QＱ][QＱ]|微信号|www\.|网址|版权")
_MAX_HEADING = 45
_FULL_LINE = 28
_INSIDE = re.compile(r"[，。；]")


@dataclass(slots=True)
class Block:
    """A paragraph. ``view`` is its clean text; ``at`` turns a place in the view into a place in the document."""

    start: int
    end: int
    view: str
    offsets: array[int] | None
    noise: list[tuple[int, int, str, str]] = field(default_factory=list)

    def at(self, index: int) -> int:
        """Offset in the document of the view's character ``index``."""
        return self.start + index if self.offsets is None else self.offsets[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the document of the view's characters from ``start`` to ``end`` (exclusive, not empty)."""
        return self.at(start), self.at(end - 1) + 1


_LETTERS = re.compile(r"[IlO]")
_MISREAD = re.compile(r"(?<![A-Za-z\d])(?:[IlO]*\d[\dIlO]*|I[O0]+)(?![A-Za-z])")
_TO_DIGITS = str.maketrans("IlO", "110")


def _mend_digits(view: str) -> str:
    """Letters that a scanner read for digits, inside figures only: IO日 → 10日."""
    if not _LETTERS.search(view):
        return view
    return _MISREAD.sub(lambda hit: hit.group().translate(_TO_DIGITS), view)


def make_block(text: str, start: int, end: int) -> Block:
    """The block of ``text[start:end]``."""
    raw = text[start:end]
    gaps = [(m.start(), m.end()) for m in _WASTE.finditer(raw)]
    noise: list[tuple[int, int, str, str]] = []
    if _INLINE_HINT.search(raw):
        for inline in INLINE_RULES:
            for hit in inline.pattern.finditer(raw):
                noise.append((start + hit.start(), start + hit.end(), inline.verdict, inline.name))
                gaps.append((hit.start(), hit.end()))
    if not gaps:
        return Block(start, end, _mend_digits(raw.translate(_WIDE)), None)
    return _with_gaps(raw, start, end, sorted(gaps), noise)


def _with_gaps(
    raw: str, start: int, end: int, gaps: list[tuple[int, int]], noise: list[tuple[int, int, str, str]]
) -> Block:
    offsets: array[int] = array("I")
    parts: list[str] = []
    position = 0
    for first, last in [*gaps, (len(raw), len(raw))]:
        if first > position:
            parts.append(raw[position:first])
            offsets.extend(range(start + position, start + first))
        position = max(position, last)
    return Block(start, end, _mend_digits("".join(parts).translate(_WIDE)), offsets, noise)


def join_lines(text: str, lines: list[Line]) -> list[Block]:
    """Paragraphs of the lines that are neither noise nor claimed by another pass; wrapped lines are joined."""
    width = _wrap_width(lines)
    blocks: list[Block] = []
    first: Line | None = None
    last: Line | None = None
    broken = False
    for line in lines:
        if line.noise:
            broken = broken or line.noise == "page"
            continue
        if line.role:
            blocks += _closed(text, first, last)
            first = last = None
            continue
        if last is not None and _continues(last, line, width, broken):
            last = line
        else:
            blocks += _closed(text, first, last)
            first = last = line
        broken = False
    blocks += _closed(text, first, last)
    return [block for block in blocks if block.view]


def _closed(text: str, first: Line | None, last: Line | None) -> list[Block]:
    return [] if first is None or last is None else [make_block(text, first.start, last.end)]


def _wrap_width(lines: list[Line]) -> int:
    """The usual width of lines broken by a page layout, or 0 when the text is not broken that way."""
    plain = [line for line in lines if not line.noise and not line.role and len(line.text) >= 12]
    broken = [len(line.text) for line in plain if len(line.text) <= 60 and not _TERMINAL.search(line.text)]
    if len(broken) < 6 or len(broken) * 2 < len(plain):
        return 0
    return sorted(broken)[len(broken) * 3 // 4]


def _continues(last: Line, line: Line, width: int, broken: bool) -> bool:
    if _TERMINAL.search(last.text) or starts_with_mark(line.squeezed) or line.text.startswith(("#", "|", ">")):
        return False
    if FIELD_LINE.match(line.squeezed):
        return False
    if len(last.text) >= _FULL_LINE and _INSIDE.search(last.text):
        return True
    if width and len(last.text) >= width * 3 // 4:
        return True
    return broken and len(last.text) > _MAX_HEADING // 2
