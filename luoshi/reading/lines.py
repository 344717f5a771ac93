"""Lines of the text, and which of them are noise (advertising, site chrome, page marks, watermarks)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .noise_rules import CONTENT_END, LINE_RULES
from .rules import first_rule

_SPACE = re.compile(r"\s+")
_LONGEST_NOISE_LINE = 160
_TAIL_LINE = 60
_ADVERTS_KEPT = 20_000
_NUMBERED = re.compile(
    r"^(?:#+\s*)?(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[)）]|"
    r"\d+[.、．]|第[一二三四五六七八九十]+)"
)
_DATE_LINE = re.compile(r"^[（(]?(?:\d{4}|[二〇○零一三四五六七八九xX×*]{4})年.{1,6}月.{1,4}[)）]?$")
_UNIT_LINE = re.compile(
    r"^(?:中共|中国共产党)?[\u4e00-\u9fff]{2,20}(?:党委|委员会|政府|办公室|支部|公司|学校|小学|中学|局|办|村|街道)$"
)


@dataclass(slots=True)
class Line:
    """One line without outer white space. ``noise`` is a noise kind or empty; later passes fill ``role``."""

    start: int
    end: int
    text: str
    noise: str = ""
    reason: str = ""
    role: str = ""

    @property
    def squeezed(self) -> str:
        """The line without any white space."""
        return _SPACE.sub("", self.text)


def split_lines(text: str) -> list[Line]:
    """All lines of ``text`` that hold something."""
    found: list[Line] = []
    position = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(stripped), stripped))
        position += len(raw) + 1
    return found


def mark_noise(lines: list[Line]) -> None:
    """Set ``noise`` and ``reason`` on the lines that are no part of the document."""
    for line in lines:
        if len(line.text) <= _LONGEST_NOISE_LINE and not line.text.startswith("|"):
            hit = first_rule(LINE_RULES, line.squeezed)
            if hit is not None:
                line.noise, line.reason = hit.verdict, hit.name
    _mark_repeats(lines)
    _mark_tail(lines)
    _mark_head(lines)


def _mark_repeats(lines: list[Line]) -> None:
    """A short line between advertising that stands in the text more than once is a brand, not a heading."""
    if not any(line.noise == "ad" for line in lines):
        return
    counts = Counter(line.squeezed for line in lines if len(line.text) <= 20)
    joined = _adverts(lines)
    for line in lines:
        short = line.squeezed
        plain = not line.noise and 3 <= len(short) <= 20 and counts[short] > 1 and not CONTENT_END.search(short)
        if plain and short in joined and not _NUMBERED.match(short):
            line.noise, line.reason = "ad", "repeated-brand"


def _adverts(lines: list[Line]) -> str:
    """The different advertising lines, run together; enough of them to know a brand by."""
    return "".join(dict.fromkeys(line.squeezed for line in lines if line.noise == "ad"))[:_ADVERTS_KEPT]


def _is_frame(line: Line) -> bool:
    """Whether a line may belong to a block of advertising at the end of a page."""
    if line.noise:
        return True
    short = line.squeezed
    if _NUMBERED.match(short) or _DATE_LINE.match(short) or _UNIT_LINE.match(short) or line.text.startswith("|"):
        return False
    return len(short) <= _TAIL_LINE and not short.endswith(("。", "；"))


def _mark_tail(lines: list[Line]) -> None:
    """After the last sentence, everything from the first advertisement on is advertising."""
    first = len(lines)
    while first > 0 and _is_frame(lines[first - 1]):
        first -= 1
    seen = False
    for line in lines[first:]:
        seen = seen or line.noise == "ad"
        if seen and not line.noise:
            line.noise, line.reason = "ad", "after-advertising"


def _mark_head(lines: list[Line]) -> None:
    """Before the first real line, a short line whose words the advertising repeats is a brand."""
    adverts = _adverts(lines)
    for line in lines[:12]:
        if line.noise:
            continue
        short = line.squeezed
        if not (3 <= len(short) <= 12 and short in adverts):
            break
        line.noise, line.reason = "ad", "brand-at-head"
