"""How high a row must be for its wrapped text: neither Excel nor WPS measures rows that a program has written."""

import unicodedata
from math import ceil

POINTS_A_LINE = 14.5
PADDING = 4.0
HIGHEST = 409.0
"""What a row may have at most, in points."""
CELL_PADDING = 0.8
WIDE = frozenset("WFA")
"""East Asian width classes that take two columns in a Chinese face, 。“ and … among them."""


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column of so many characters; a Chinese character takes two and a little."""
    room = max(1.0, width - CELL_PADDING)
    return sum(max(1, ceil(_extent(paragraph) / room)) for paragraph in text.split("\n")) if text else 1


def _extent(text: str) -> float:
    return sum(2.1 if unicodedata.east_asian_width(sign) in WIDE else 1.1 for sign in text)


def height_of(texts: list[tuple[str, float]], points_a_line: float = POINTS_A_LINE) -> float:
    """The height in points of a row with these texts in columns of these widths."""
    lines = max((lines_in(text, width) for text, width in texts), default=1)
    return min(HIGHEST, lines * points_a_line + PADDING)
