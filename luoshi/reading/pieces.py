"""Tiles: every character of the text belongs to exactly one piece."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .blocks import Block
from .lines import Line
from .model import Clause, DraftItem, Piece
from .scan import Scan
from .structure import Node
from .tables import Row

_ROLE_DETAIL = {"cover": "cover", "salutation": "salutation", "closing": "closing", "signature": "signature"}


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """A claim on the text from ``start`` on; ``rank`` settles who wins at the same place (larger wins)."""

    start: int
    rank: int
    end: int
    kind: str
    reason: str
    detail: str = ""


def tile_text(length: int, tiles: Iterable[Tile], clauses: Sequence[Clause]) -> tuple[Piece, ...]:
    """Pieces from 0 to ``length`` without gap or overlap; a gap goes to the piece before it."""
    ordered = _without_overlap(sorted(tiles))
    if not ordered:
        return (Piece(0, length, "context", "nothing-found", None),) if length else ()
    find = _ClauseFinder(clauses)
    pieces: list[Piece] = []
    for place, tile in enumerate(ordered):
        start = tile.start if place else 0
        end = ordered[place + 1].start if place + 1 < len(ordered) else length
        pieces.append(Piece(start, end, tile.kind, tile.reason, find(tile.start), tile.detail))
    return tuple(pieces)


def _without_overlap(ordered: list[Tile]) -> list[Tile]:
    """Noise marks cut the piece they stand in; what follows them goes on as that piece."""
    kept: list[Tile] = []
    for tile in ordered:
        if kept and tile.start < kept[-1].end:
            before = kept[-1]
            if tile.start < before.start:
                continue  # the same mark, found in the line and as a line
            if tile.kind != "boilerplate" or before.kind == "boilerplate":
                if tile.start == before.start and tile.rank > before.rank:
                    kept[-1] = tile
                continue
            if tile.start == before.start:
                kept.pop()
            kept.append(tile)
            if tile.end < before.end:
                kept.append(Tile(tile.end, before.rank, before.end, before.kind, before.reason, before.detail))
            continue
        kept.append(tile)
    return kept


class _ClauseFinder:
    """The innermost clause at a place, by walking up from the last clause that starts before it."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        self._starts = [clause.start for clause in clauses]

    def __call__(self, place: int) -> int | None:
        index = bisect_right(self._starts, place) - 1
        steps = 0
        while index >= 0 and steps < 400:
            if self._clauses[index].end > place:
                return index
            index -= 1
            steps += 1
        return None


def gather_tiles(
    lines: Sequence[Line], blocks: Sequence[Block], scan: Scan, nodes: Sequence[Node], rows: Sequence[Row]
) -> Iterator[Tile]:
    """Every claim but that of the drafts."""
    yield from _line_tiles(lines)
    for block in blocks:
        for start, end, kind, name in block.noise:
            yield Tile(start, 9, end, "boilerplate", name, kind)
    for start, end, _ in scan.headings:
        yield Tile(start, 3, end, "context", "heading")
    for start, end, reason in scan.asides:
        yield Tile(start, 3, end, "context", reason)
    for node in nodes:
        if node.block is not None:
            yield Tile(node.start, 0, node.start + 1, "context", "number-mark")
    for row in rows:
        for role, cell in row.cells.items():
            if row.start <= cell.start < row.end and cell.end > cell.start:
                yield Tile(cell.start, 1, cell.start + 1, "context", f"cell-{role}")


def _line_tiles(lines: Sequence[Line]) -> Iterator[Tile]:
    for line in lines:
        if line.noise:
            yield Tile(line.start, 9, line.end, "boilerplate", line.reason, line.noise)
        elif line.role in _ROLE_DETAIL:
            yield Tile(line.start, 8, line.end, "boilerplate", line.role, _ROLE_DETAIL[line.role])
        elif line.role == "title":
            yield Tile(line.start, 8, line.end, "context", "title")
        elif line.role == "table":
            yield Tile(line.start, 0, line.start + 1, "context", "table")


def draft_tiles(drafts: Iterable[DraftItem]) -> Iterator[Tile]:
    """The claims of the duties."""
    for draft in drafts:
        kind = "standing" if draft.kind == "standing" else "deliverable"
        yield Tile(draft.start, 5, draft.end, kind, draft.reason)


def segment_tiles(scan: Scan, drafts: Sequence[DraftItem]) -> Iterator[Tile]:
    """The claims of judged segments outside every duty."""
    starts = sorted((draft.start, draft.end) for draft in drafts)
    keys = [start for start, _ in starts]
    for stretch in scan.stretches:
        for judged in stretch.judged:
            start, end = stretch.block.span(judged.segment.start, judged.segment.end)
            place = bisect_right(keys, start) - 1
            if place >= 0 and starts[place][1] > start:
                continue
            kind = judged.verdict.kind
            kind = kind if kind in ("exhortation", "context") else "exhortation" if kind == "deliverable" else "context"
            yield Tile(start, 2, end, kind, judged.verdict.reason)
