"""Automatic numbering of Word: the visible mark of each numbered paragraph, from numbering.xml and styles.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .docx_package import walk_xml

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MAX_LEVEL = 9


@dataclass(slots=True)
class Level:
    """One level of a list: number format, pattern such as 「%1、」, first value."""

    format: str = "decimal"
    pattern: str = ""
    first: int = 1


@dataclass(slots=True)
class Style:
    """What a paragraph style adds: its parent, a list, a heading level (1 is widest, 0 none)."""

    parent: str = ""
    number: str = ""
    level: int = 0
    heading: int = 0


@dataclass(slots=True)
class Numbering:
    """Lists by id, and the running counters of one document."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    def mark(self, number: str, level: int) -> str:
        """The visible mark of the next paragraph of this list, or an empty string."""
        base = self.lists.get(number)
        levels = self.abstract.get(base or "", {})
        if base is None or level not in levels or not 0 <= level < _MAX_LEVEL:
            return ""
        counters = self.counters.setdefault(base, [None] * _MAX_LEVEL)
        if number not in self.started:
            self.started.add(number)
            if (number, level) in self.starts:
                counters[level] = None
        held = counters[level]
        first = self.starts.get((number, level), levels[level].first)
        counters[level] = first if held is None else held + 1
        counters[level + 1 :] = [None] * (_MAX_LEVEL - level - 1)
        return self._shown(levels, counters, level)

    @staticmethod
    def _shown(levels: dict[int, Level], counters: list[int | None], level: int) -> str:
        this = levels[level]
        if this.format == "bullet":
            return "●"
        if this.format == "none" or not this.pattern:
            return ""

        def put(hit: re.Match[str]) -> str:
            place = int(hit.group(1)) - 1
            other = levels.get(place, Level())
            value = counters[place] if 0 <= place < _MAX_LEVEL else None
            return shown_number(other.first if value is None else value, other.format)

        shown = re.sub(r"%(\d)", put, this.pattern)
        return shown + "." if shown[-1:].isalnum() and shown[-1:].isascii() else shown


def shown_number(value: int, form: str) -> str:
    """``value`` as Word shows it in a number format."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                "taiwaneseCountingThousand", "ideographTraditionalCounting", "koreanCounting"):  # fmt: skip
        return _counting(value, _HAN, "十百")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counting(value, _FORMAL, "拾佰")
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_HAN[int(digit)] for digit in str(value))
    if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form == "ideographTraditional" and 1 <= value <= 10:
        return _STEMS[value - 1]
    if form in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + value - 1)
    return str(value)


def _counting(value: int, digits: str, powers: str) -> str:
    """1 to 999 in characters: 10 is 十, 21 is 二十一, 105 is 一百〇五."""
    if not 0 < value < 1000:
        return str(value)
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    shown = digits[hundreds] + powers[1] if hundreds else ""
    if tens:
        shown += ("" if tens == 1 and not hundreds else digits[tens]) + powers[0]
    elif hundreds and ones:
        shown += digits[0]
    return shown + (digits[ones] if ones else "")


class _NumberingReader:
    """Handlers that fill a Numbering from numbering.xml."""

    def __init__(self) -> None:
        self.found = Numbering()
        self._abstract = self._list = ""
        self._level: int | None = None
        self._override: int | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._abstract = attributes.get("abstractNumId", "")
            self.found.abstract[self._abstract] = {}
        elif name == "num":
            self._list, self._abstract = attributes.get("numId", ""), ""
        elif name == "abstractNumId":
            self.found.lists[self._list] = value
        elif name == "lvl":
            self._level = _number(attributes.get("ilvl"))
            if self._abstract and self._level is not None:
                self.found.abstract[self._abstract][self._level] = Level()
        elif name == "lvlOverride":
            self._override = _number(attributes.get("ilvl"))
        elif name == "startOverride" and self._override is not None:
            self.found.starts[self._list, self._override] = _number(value) or 1
        else:
            self._level_property(name, value)

    def _level_property(self, name: str, value: str) -> None:
        if not self._abstract or self._level is None:
            return
        level = self.found.abstract[self._abstract].setdefault(self._level, Level())
        if name == "numFmt":
            level.format = value
        elif name == "lvlText":
            level.pattern = value
        elif name == "start":
            level.first = _number(value) or 1

    def end(self, name: str) -> None:
        if name == "lvl":
            self._level = None


class _StyleReader:
    """Handlers that fill styles from styles.xml."""

    def __init__(self) -> None:
        self.found: dict[str, Style] = {}
        self._style: Style | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._style = self.found.setdefault(attributes.get("styleId", ""), Style())
        elif self._style is None:
            return
        elif name == "basedOn":
            self._style.parent = value
        elif name == "numId":
            self._style.number = value
        elif name == "ilvl":
            self._style.level = _number(value) or 0
        elif name == "outlineLvl":
            self._style.heading = (_number(value) or 0) + 1
        elif name == "name" and not self._style.heading:
            hit = re.match(r"(?i)(?:heading|标题)\s*([1-9])$", value)
            self._style.heading = int(hit.group(1)) if hit else 0

    def end(self, name: str) -> None:
        if name == "style":
            self._style = None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() and len(text) < 7 else None


def read_numbering(data: bytes | None) -> Numbering:
    """Lists of word/numbering.xml; none without the part."""
    reader = _NumberingReader()
    if data is not None:
        walk_xml(data, reader.start, reader.end, lambda _: None)
    return reader.found


def read_styles(data: bytes | None) -> dict[str, Style]:
    """Styles of word/styles.xml with what they inherit filled in."""
    reader = _StyleReader()
    if data is not None:
        walk_xml(data, reader.start, reader.end, lambda _: None)
    styles = reader.found
    for style in styles.values():
        seen, parent = 0, styles.get(style.parent)
        while parent is not None and seen < 12:
            style.number = style.number or parent.number
            style.heading = style.heading or parent.heading
            parent, seen = styles.get(parent.parent), seen + 1
    return styles
