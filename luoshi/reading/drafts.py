"""Spans of duties to draft items: owners, term, targets, kind, theme and title. What is not said stays empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .deadlines import Clock, find_deadline
from .duty_words import ADVERB_RUN, DEED_START, SOFT_START
from .judgement import SOFT
from .model import NO_DEADLINE, Deadline, DraftItem, Target
from .owners import FieldFinder, heading_deadline, heading_owners, row_owners, term_deadline
from .scan import Scan
from .spans import Span
from .structure import Node
from .tables import Row
from .targets import find_targets
from .themes import theme_of
from .units import Owners, subject_of

_OFTEN = re.compile(r"定期|不定期|随时|经常")
_KEEP = re.compile(
    r"落实[^，]{0,30}(?:制度|责任制|机制)|(?:建立|健全|完善)[^，]{0,24}机制|对[^，]{2,20}(?:早发现|及时)"
)
_SERIES = ("次", "场", "期", "场次")
_TITLE_LENGTH = 30
_NUMERAL = "0-9０-９〇一二三四五六七八九十两"
# A head that names a time and ends like one: 镇内 and 干部日常 only look alike.
_DATE_HEAD = re.compile(
    rf"^(?=[^，]{{0,14}}(?:[{_NUMERAL}]个?[年月日天周]|[年月]底|季度|半年|全年|年内|节|国庆|七一|元旦|中秋|汛期|假|开学|工作日))"
    rf"[^，]{{0,14}}(?:之?前|[年月]底|[年月日天周]内|[年月]末|季度末?|上半年|下半年|全年|[{_NUMERAL}][日月])[，,]?"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All a draft may draw on beside its own words."""

    text: str
    nodes: Sequence[Node]
    scan: Scan
    fields: FieldFinder
    clock: Clock


def make_draft(span: Span, around: Surroundings, row: Row | None, offset: int) -> DraftItem:
    """One draft. ``offset`` is added to node indexes to make indexes into ``Reading.clauses``."""
    node = span.stretch.node
    given = _given_owners(span, around, row)
    own = find_deadline(span.view, around.clock)
    deadline = _placed_own(own, span) if own.kind != "none" else _governing(span)
    if deadline.kind == "none":
        deadline = _given_deadline(span, around, given, row)
    targets = find_targets(span.view, deadline.kind == "recurring")
    if not targets and row is not None and "target" in row.cells and row.task is not row.cells["target"]:
        targets = find_targets(row.cells["target"].text, False)
    lead, assist = _owners(span, around, given)
    heading = "".join(around.nodes[n].title for n in _path(around.nodes, node))
    return DraftItem(
        span.start, span.end, _title(span), lead, assist, deadline, targets, _kind(span, deadline, targets),
        theme_of(span.view, heading), None if node is None else node + offset, span.core.verdict.reason,
    )  # fmt: skip


def _path(nodes: Sequence[Node], node: int | None) -> list[int]:
    path: list[int] = []
    while node is not None:
        path.append(node)
        node = nodes[node].parent
    return path


def _given_owners(span: Span, around: Surroundings, row: Row | None) -> Owners:
    """Owners and term that stand beside the duty: its note, its row, its field lines."""
    if row is not None:
        return row_owners(row)
    if span.stretch.owners:
        return span.stretch.owners
    return around.fields(span.stretch.index)


def _owners(span: Span, around: Surroundings, given: Owners) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assist = given.assist
    said = [member.verdict for member in span.members if member.verdict.assist]
    if said:
        assist += tuple(unit for unit in said[0].assist if unit not in assist)
    if given.lead:
        return given.lead, assist
    named = next((member.verdict.lead for member in span.members if member.verdict.lead), ())
    if not named:
        carried = span.members[0].carried
        named = carried if len(carried) == 1 else ()
    above = heading_owners(around.nodes, span.stretch.node, around.scan.heading_owners)
    if named and not (above.lead and named[0].startswith("每")):
        return named, tuple(unit for unit in assist if unit not in named)
    return above.lead, assist or above.assist


def _placed_own(own: Deadline, span: Span) -> Deadline:
    base = span.members[0].segment.start
    start, end = span.stretch.block.span(base + own.start, base + own.end)
    return replace(own, start=start, end=end)


def _governing(span: Span) -> Deadline:
    """The day with which the sentence opens, when it opened before this duty."""
    found = span.members[0].governed
    if found.kind == "none":
        return NO_DEADLINE
    start, end = span.stretch.block.span(found.start, found.end)
    return replace(found, start=start, end=end)


def _given_deadline(span: Span, around: Surroundings, given: Owners, row: Row | None) -> Deadline:
    node = span.stretch.node
    if given.term:
        mark = around.nodes[node].mark if node is not None else ""
        found = term_deadline(given.term, span, mark, around.clock)
        if found.kind != "none":
            return _placed_term(found, given.term, span, around, row)
    return _placed_heading(heading_deadline(around.nodes, node, around.clock), span, around)


def _placed_term(found: Deadline, term: str, span: Span, around: Surroundings, row: Row | None) -> Deadline:
    """Offsets of a term's words in the document, looked for near the duty."""
    if row is not None and "deadline" in row.cells:
        base = around.text.find(found.words, row.cells["deadline"].start, row.cells["deadline"].end)
    else:
        near = around.text.find(term, span.start)
        near = near if near >= 0 else around.text.rfind(term, 0, span.start)
        base = around.text.find(found.words, near, near + len(term)) if near >= 0 else -1
    if base < 0:
        return replace(found, start=span.start, end=span.start)
    return replace(found, start=base, end=base + len(found.words))


def _placed_heading(found: Deadline, span: Span, around: Surroundings) -> Deadline:
    if found.kind == "none":
        return NO_DEADLINE
    base = around.text.rfind(found.words, 0, span.start)
    return replace(found, start=max(base, 0), end=max(base, 0) + len(found.words))


def _kind(span: Span, deadline: Deadline, targets: Sequence[Target]) -> str:
    view = span.view
    core = ADVERB_RUN.sub("", span.core.segment.text)
    if deadline.kind == "recurring" or _OFTEN.search(view):
        return "recurring"
    if any(t.unit in _SERIES and t.value.isdigit() and int(t.value) >= 4 for t in targets):
        return "recurring"
    if deadline.code.startswith("E:+"):
        return "recurring"
    if deadline.kind == "longterm":
        return "standing"
    if deadline.kind in ("day", "range") or targets:
        return "once"
    if span.core.verdict.strength == SOFT or _KEEP.search(view):
        return "standing"
    return "standing" if SOFT_START.match(core) and not DEED_START.match(core) else "once"


def _title(span: Span) -> str:
    """The deed in short: the core segment without subject, date and adverbs, at most thirty characters."""
    text = span.core.segment.text
    _, _, begin = subject_of(text)
    short = _DATE_HEAD.sub("", text[begin:]) or text[begin:]
    short = ADVERB_RUN.sub("", short) or short
    return (short if len(short) >= 4 else text)[:_TITLE_LENGTH]
