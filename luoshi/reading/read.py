"""The passes in order: decode → lines and noise → structure → judged segments → spans → drafts and pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from .blocks import Block, join_lines, make_block
from .deadlines import Clock
from .decode import MAX_BYTES, canonical, decode_text
from .drafts import Surroundings, make_draft
from .errors import ReadingError
from .front import Frame, read_frame
from .lines import Line, mark_noise, split_lines
from .model import Clause, DraftItem, Reading
from .owners import FieldFinder, group_fields
from .pieces import draft_tiles, gather_tiles, segment_tiles, tile_text
from .profile import genre_of
from .scan import Scan, Scanner, Stretch
from .spans import Span, cut_spans
from .structure import Node, build_tree
from .tables import Row, find_tables

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text", "")
KNOWN_SUFFIXES = (".txt", ".md", ".docx")


def read(data: bytes, filename: str) -> Reading:
    """Read a file by its name's suffix (.txt, .md, .docx).

    Raises ReadingError with code empty, unsupported, damaged, encrypted, too_large or binary.
    """
    if not data:
        raise ReadingError("empty", "The file is empty.")
    if len(data) > MAX_BYTES:
        raise ReadingError("too_large", f"The file is larger than {MAX_BYTES // 2**20} MB.")
    suffix = PurePath(filename).suffix.lower()
    if suffix == ".docx":
        from .docx_read import docx_text  # noqa: PLC0415 - most readings need no XML

        text, styles = docx_text(data)
        return _read(text, styles)
    if suffix not in TEXT_SUFFIXES:
        raise ReadingError("unsupported", f"Files of type {suffix} cannot be read; use {', '.join(KNOWN_SUFFIXES)}.")
    return _read(decode_text(data), {})


def read_text(text: str) -> Reading:
    """Read pasted text; raises ReadingError ``empty`` when it holds nothing but white space."""
    if not text.strip("\ufeff \t\r\n"):
        raise ReadingError("empty", "The text is empty.")
    return _read(canonical(text), {})


def read_as_dict(data: bytes, arguments: dict[str, str]) -> dict[str, Any]:
    """``read`` for the sandbox: arguments ``filename``; answers ``Reading.to_dict``."""
    return read(data, arguments.get("filename", "")).to_dict()


def _read(text: str, styles: dict[int, int]) -> Reading:
    lines = split_lines(text)
    mark_noise(lines)
    rows = find_tables(lines)
    frame = read_frame(text, lines)
    clock = Clock(frame.year, frame.dated_on, _school_turn(frame.title))
    blocks = join_lines(text, lines)
    nodes = build_tree(blocks, rows, styles)
    profile = genre_of(frame.title, text, nodes)
    scanner = Scanner(nodes, clock, profile)
    for index, block in enumerate(blocks):
        scanner.read_block(index, block, text)
    spans: list[tuple[Span, Row | None]] = [
        (span, None) for stretch in scanner.scan.stretches for span in _stretch_spans(stretch, nodes, profile.strict)
    ]
    spans += _row_spans(text, rows, nodes, scanner)
    clauses = _clauses(frame, nodes)
    drafts = _drafts(text, spans, scanner, len(clauses) - len(nodes))
    pieces = tile_text(len(text), _tiles(lines, blocks, scanner.scan, nodes, (rows, drafts)), clauses)
    return Reading(
        text, frame.title, frame.number, frame.issuer, frame.dated_on, frame.year, clauses, pieces, tuple(drafts)
    )


def _school_turn(title: str) -> int | None:
    return (
        8 if re.search(r"20\d{2}(?:年)?[—\-~至]{1,2}20\d{2}学?年?(?:度)?.{0,6}学", title) or "学年" in title else None
    )


def _tiles(
    lines: Sequence[Line], blocks: Sequence[Block], scan: Scan, nodes: Sequence[Node],
    found: tuple[Sequence[Row], Sequence[DraftItem]],
) -> list[Any]:  # fmt: skip
    rows, drafts = found
    return [*gather_tiles(lines, blocks, scan, nodes, rows), *draft_tiles(drafts), *segment_tiles(scan, drafts)]


def _stretch_spans(stretch: Stretch, nodes: Sequence[Node], strict: bool) -> list[Span]:
    """The duties of a paragraph; a numbered line of a month's schedule is one even without a verb."""
    spans = list(cut_spans(stretch, strict))
    parent = nodes[stretch.node].parent if stretch.node is not None else None
    if not spans and parent is not None and nodes[parent].form == "month" and stretch.judged[0].verdict.kind != "past":
        return [Span(stretch, list(stretch.judged))]
    return spans


def _row_spans(
    text: str, rows: Sequence[Row], nodes: Sequence[Node], scanner: Scanner
) -> list[tuple[Span, Row | None]]:
    """The duties of task cells; a cell without a verb is a duty as a whole."""
    by_start = {node.start: index for index, node in enumerate(nodes) if node.form == "row"}
    found: list[tuple[Span, Row | None]] = []
    for row in rows:
        if row.task is None or row.start not in by_start or row.task.end <= row.task.start:
            continue
        block = make_block(text, row.task.start, row.task.end)
        stretch = scanner.read_cell(block, by_start[row.start])
        if stretch is None:
            continue
        spans = list(cut_spans(stretch, False))
        if not spans and all(member.verdict.kind != "past" for member in stretch.judged):
            spans = [Span(stretch, list(stretch.judged))]
        found += [(span, row) for span in spans]
    return found


def _drafts(text: str, spans: list[tuple[Span, Row | None]], scanner: Scanner, offset: int) -> list[DraftItem]:
    taken = [(span.stretch.index, span.stretch.node) for span, row in spans if row is None]
    groups = group_fields(scanner.scan.fields, scanner.nodes, taken)
    around = Surroundings(text, scanner.nodes, scanner.scan, FieldFinder(groups), scanner.clock)
    drafts = [make_draft(span, around, row, offset) for span, row in spans]
    return sorted(drafts, key=lambda draft: draft.start)


def _clauses(frame: Frame, nodes: Sequence[Node]) -> tuple[Clause, ...]:
    head: list[Clause] = []
    first, last = frame.title_span
    if last > first:
        head = [Clause(0, first, last, frame.title, "")]
    found = [Clause(n.level, n.start, n.end, n.title, n.mark) for n in nodes]
    return (*head, *found)
