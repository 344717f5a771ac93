"""The frozen text of a document as blocks to be drawn: every character stands in exactly one of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from django.utils.translation import ngettext

from luoshi.documents.enums import PieceKind
from luoshi.documents.models import Clause, DocumentVersion, Piece

NOISE = frozenset({"ad", "nav", "page", "watermark"})
SENTENCE = re.compile(r"[^。！？!?；;\n]*[^。！？!?；;\s][^。！？!?；;\n]*[。！？!?；;]*[”’」』）)]*")
HEADING_LENGTH = 60
BEYOND = 1 << 40
"""More characters than any text has."""


@dataclass(slots=True)
class Run:
    """Consecutive characters on which the same duty stands, or none (`mark` None)."""

    start: int
    end: int
    mark: int | None = None


@dataclass(slots=True)
class Shape:
    """A block before the duties are laid on it: a line of the text, or several of advertising."""

    kind: str
    start: int
    end: int
    level: int = 0
    lines: int = 1


@dataclass(frozen=True)
class Layout:
    """A text as blocks, with what is needed to lay duties on it."""

    text: str
    shapes: list[Shape]
    chapters: int = 0
    boilerplate: tuple[tuple[int, int], ...] = ()

    @cached_property
    def has_title(self) -> bool:
        """Whether the title is one of the blocks."""
        return any(shape.kind == "title" for shape in self.shapes)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences of the text: titles, headings and boilerplate (advertising, salutation, closing) left out."""
        found = [
            (shape.start + one.start(), shape.start + one.end())
            for shape in self.shapes
            if shape.kind == "body"
            for one in SENTENCE.finditer(self.text[shape.start : shape.end])
        ]
        return [span for span in found if not lies_in(self.boilerplate, span[0])]


def lay_out(text: str, clauses: Sequence[Clause], pieces: Sequence[Piece]) -> Layout:
    """Cut the text into lines and say of each what it is; consecutive lines of advertising are one block."""
    noise = [(one.start, one.end) for one in pieces if one.kind == PieceKind.BOILERPLATE and one.detail in NOISE]
    headings = {clause.start: clause for clause in clauses}
    shapes: list[Shape] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            _add(shapes, _shape_of(text, (start, end), headings, noise))
        start = end + 1
    boilerplate = tuple((one.start, one.end) for one in pieces if one.kind == PieceKind.BOILERPLATE)
    return Layout(text, shapes, sum(clause.level == 1 for clause in clauses), boilerplate)


def _add(shapes: list[Shape], shape: Shape) -> None:
    last = shapes[-1] if shapes else None
    if last is not None and last.kind == shape.kind == "boilerplate":
        last.end, last.lines = shape.end, last.lines + 1
    else:
        shapes.append(shape)


def _shape_of(text: str, line: tuple[int, int], headings: dict[int, Clause], noise: list[tuple[int, int]]) -> Shape:
    start, end = line
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    if lies_in(noise, first):
        return Shape("boilerplate", start, end)
    clause = headings.get(first) or headings.get(start)
    if clause is None:
        return Shape("body", start, end)
    if clause.level == 0:
        return Shape("title", start, end)
    shown = text[first:end].strip()
    whole = shown.endswith(clause.title.strip()) if clause.title else False
    if whole and len(shown) <= HEADING_LENGTH and not shown.endswith(("。", "；", "，")):
        return Shape("heading", start, end, min(clause.level, 4))
    return Shape("body", start, end)


def lies_in(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a character lies in one of the spans (sorted, without overlap)."""
    place = bisect_right(spans, (at, BEYOND)) - 1
    return place >= 0 and spans[place][0] <= at < spans[place][1]


def runs_of(shape: Shape, marks: Sequence[tuple[int, int, int]]) -> list[Run]:
    """Cut a block at the edges of the duties on it. `marks` are (start, end, id) by start; the first to claim keeps."""
    runs: list[Run] = []
    at = shape.start
    for start, end, mark in marks:
        first, last = max(start, at), min(end, shape.end)
        if first >= last:
            continue
        if first > at:
            runs.append(Run(at, first))
        runs.append(Run(first, last, mark))
        at = last
    if at < shape.end:
        runs.append(Run(at, shape.end))
    return runs


def deal_out(shapes: Sequence[Shape], marks: Sequence[tuple[int, int, int]]) -> Iterator[tuple[Shape, list[Run]]]:
    """Every block with its runs; `marks` (start, end, id) in the order of their start. One walk over both."""
    first = 0
    for shape in shapes:
        while first < len(marks) and marks[first][1] <= shape.start:
            first += 1
        beyond = bisect_left(marks, (shape.end, 0, 0), lo=first)
        yield shape, runs_of(shape, marks[first:beyond])


@lru_cache(maxsize=16)
def _laid_out(version_id: int, _sha256: str) -> Layout:
    """A version is frozen, so its layout may be remembered; the hash guards against another database."""
    text = DocumentVersion.objects.values_list("text", flat=True).get(pk=version_id)
    clauses = list(Clause.objects.filter(version_id=version_id).order_by("ordinal"))
    pieces = list(Piece.objects.filter(version_id=version_id, kind=PieceKind.BOILERPLATE).order_by("ordinal"))
    return lay_out(text, clauses, pieces)


def layout_of(version: DocumentVersion) -> Layout:
    """The layout of a version; its text need not be loaded."""
    return _laid_out(version.pk, version.text_sha256)


def untouched(sentences: Sequence[tuple[int, int]], marks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The sentences on which no mark stands; both in the order of the text."""
    left: list[tuple[int, int]] = []
    first = 0
    for start, end in sentences:
        while first < len(marks) and marks[first][1] <= start:
            first += 1
        if not any(mark[0] < end and mark[1] > start for mark in islice(marks, first, first + 20)):
            left.append((start, end))
    return left


def noise_note(lines: int) -> str:
    """What stands in the place of advertising."""
    words = ngettext(
        "Recognised as advertising, not registered · %(count)d line",
        "Recognised as advertising, not registered · %(count)d lines",
        lines,
    )
    return words % {"count": lines}
