"""A .docx to text: paragraphs as lines, automatic numbers visible, tables as pipe rows, heading levels apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .docx_numbering import Numbering, Style, read_numbering, read_styles
from .docx_package import open_package, read_part, walk_xml
from .errors import ReadingError

_SKIPPED = {"del", "moveFrom", "Fallback", "pict", "instrText", "delText"}
_LINE_END = re.compile(r"[。；;！？!?：:，,、）)]$")


def docx_text(data: bytes) -> tuple[str, dict[int, int]]:
    """The text of a Word file, and the heading level (1 widest) of each styled paragraph by its start.

    Raises ReadingError: empty, damaged, encrypted, too_large, unsupported.
    """
    package = open_package(data)
    body = read_part(package, "word/document.xml")
    if body is None:
        raise ReadingError("damaged", "The file is no Word document: its main part is missing.")
    numbering = read_numbering(read_part(package, "word/numbering.xml"))
    walker = _Walker(numbering, read_styles(read_part(package, "word/styles.xml")))
    walk_xml(body, walker.start, walker.end, walker.text)
    text = "\n".join(walker.lines)
    if not text.strip():
        raise ReadingError("empty", "The Word file holds no text.")
    return text, walker.headings


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    number: str = ""
    level: int | None = None
    heading: int = 0


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    merged: bool = False


class _Walker:
    """Handlers over word/document.xml; holds one paragraph and the open tables at a time."""

    def __init__(self, numbering: Numbering, styles: dict[str, Style]) -> None:
        self.lines: list[str] = []
        self.headings: dict[int, int] = {}
        self._numbering, self._styles = numbering, styles
        self._length = 0
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._skip = 0
        self._in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skip or name in _SKIPPED:
            self._skip += 1
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "tbl":
            self._tables.append(_Table())
        elif name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif name == "tc" and self._tables:
            self._tables[-1].cell, self._tables[-1].merged = [], False
        elif name == "vMerge" and self._tables:
            self._tables[-1].merged = attributes.get("val", "continue") == "continue"
        elif self._paragraphs:
            self._paragraph_part(self._paragraphs[-1], name, attributes)

    def _paragraph_part(self, paragraph: _Paragraph, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "t":
            self._in_text = True
        elif name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.number = value
        elif name == "ilvl":
            paragraph.level = int(value) if value.isdigit() and len(value) < 3 else None
        elif name == "outlineLvl" and value.isdigit() and int(value) < 9:
            paragraph.heading = int(value) + 1
        elif name == "tab" and not attributes:
            paragraph.parts.append(" ")
        elif name in ("br", "cr") and attributes.get("type") != "page":
            paragraph.parts.append("\n")
        elif name == "noBreakHyphen":
            paragraph.parts.append("-")

    def end(self, name: str) -> None:
        if self._skip:
            self._skip -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p" and self._paragraphs:
            self._close_paragraph(self._paragraphs.pop())
        elif name == "tc" and self._tables and self._tables[-1].rows:
            table = self._tables[-1]
            table.rows[-1].append("" if table.merged else _cell_text(table.cell))
        elif name == "tbl" and self._tables:
            self._close_table(self._tables.pop())

    def text(self, data: str) -> None:
        if self._in_text and not self._skip and self._paragraphs:
            self._paragraphs[-1].parts.append(data)

    def _close_paragraph(self, paragraph: _Paragraph) -> None:
        style = self._styles.get(paragraph.style, Style())
        number = paragraph.number or style.number
        level = paragraph.level if paragraph.level is not None else style.level
        words = "".join(paragraph.parts).replace("\xa0", " ")
        mark = self._numbering.mark(number, level) if number and number != "0" and words.strip() else ""
        shown = mark + words.strip() if mark else words.rstrip()
        if self._tables:
            self._tables[-1].cell.append(shown)
            return
        heading = paragraph.heading or style.heading
        if heading and shown.strip() and len(shown) <= 80:
            self.headings[self._length + len(shown) - len(shown.lstrip())] = heading
        self._add_line(shown)

    def _close_table(self, table: _Table) -> None:
        for row in table.rows:
            if len(row) == 1:
                lines = row
            else:
                lines = ["| " + " | ".join(cell.replace("|", "｜") for cell in row) + " |"] if any(row) else []
            for line in lines:
                if self._tables:
                    self._tables[-1].cell.append(line.strip("| "))
                else:
                    self._add_line(line)

    def _add_line(self, line: str) -> None:
        self.lines.append(line)
        self._length += len(line) + 1


def _cell_text(paragraphs: list[str]) -> str:
    """Paragraphs of a cell on one line; 「；」 parts those that end without a mark."""
    joined = ""
    for paragraph in (re.sub(r"\s+", " ", part).strip() for part in paragraphs):
        if not paragraph:
            continue
        bare = joined and not _LINE_END.search(joined) and len(joined) > 6 and len(paragraph) > 6
        joined += ("；" if bare else " " if joined else "") + paragraph
    return joined
