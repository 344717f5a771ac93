"""Which owners and term a duty takes from field lines, headings and table rows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .deadlines import Clock, find_deadline
from .duty_words import ADVERB_RUN, DEED_START
from .marks import mark_value
from .model import NO_DEADLINE, Deadline
from .scan import FieldBlock
from .spans import Span
from .structure import Node
from .tables import Row
from .units import Owners, parse_fields, split_list, split_owners

_LIST_RANK = 50
_NO_END = 10**9
_MEASURES = re.compile(r"(?:措施)?(?P<list>\d+(?:[、,，和]\d+)*)(?:项)?(?:[：:于在]|(?=\d{4}年))(?P<term>[^，,；;]+)")
_OTHERS = re.compile(r"(?:其余|其他|其它)(?:措施)?(?:于|在)?(?P<term>[^，,；;]+)")


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Field lines that stand together, with the blocks they speak for: those between the two, exclusive."""

    owners: Owners
    first: int
    last: int


def row_owners(row: Row) -> Owners:
    """Owners and term of a table row."""
    cells = row.cells
    lead_text = cells["lead"].text if "lead" in cells else ""
    labelled = parse_fields(lead_text) if "：" in lead_text else Owners()
    lead, assist = (labelled.lead, labelled.assist) if labelled.lead else split_owners(lead_text)
    more = split_list(cells["assist"].text) if "assist" in cells else ()
    if not lead and "person" in cells:
        lead = parse_fields("责任人：" + cells["person"].text).lead
    term = cells["deadline"].text if "deadline" in cells else labelled.term
    return Owners(lead, assist + tuple(u for u in more if u not in assist), term)


def group_fields(
    fields: Sequence[FieldBlock], nodes: Sequence[Node], taken: Sequence[tuple[int, int | None]]
) -> list[FieldGroup]:
    """Merge neighbouring field lines and find the reach of each group.

    ``taken`` lists block and node of every duty, in text order.
    """
    merged: list[tuple[FieldBlock, int, Owners]] = []
    for block in fields:
        if merged and merged[-1][1] == block.index - 1 and merged[-1][0].node == block.node:
            first, _, held = merged[-1]
            merged[-1] = (first, block.index, _both(held, block.owners))
        else:
            merged.append((block, block.index, block.owners))
    reach = _Reach(fields, nodes)
    spots = [reach.of(first) for first, _, _ in merged]
    blocks = sorted(block for block, _ in taken)
    groups: list[FieldGroup] = []
    for place, (first, last, owners) in enumerate(merged):
        low, high = reach.blocks(spots[place])
        if place and merged[place - 1][1] > low:
            low = merged[place - 1][1]
        before = bisect_left(blocks, first.index) > bisect_right(blocks, low)
        following = merged[place + 1][0].index if place + 1 < len(merged) else high
        span = (low, first.index) if before else (last, min(high, following))
        groups.append(FieldGroup(owners, *span))
    return groups


def _both(held: Owners, more: Owners) -> Owners:
    return Owners(held.lead or more.lead, held.assist or more.assist, held.term or more.term)


class _Reach:
    """The blocks a field line may speak for."""

    def __init__(self, fields: Sequence[FieldBlock], nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._owned = {block.node for block in fields}
        self._last: dict[int | None, int] = {}
        self._shared: set[int | None] = set()
        self._starts = [node.start for node in nodes]
        for index, node in enumerate(nodes):
            if not node.inline:
                if node.parent in self._last and self._last[node.parent] in self._owned:
                    self._shared.add(node.parent)
                self._last[node.parent] = index

    def of(self, block: FieldBlock) -> int | None:
        """Its own node, or the parent when it closes a list whose other members have no field line."""
        node = block.node
        if node is None or self._nodes[node].rank < _LIST_RANK:
            return node
        parent = self._nodes[node].parent
        closes = self._last.get(parent) == node and parent not in self._shared
        first_child = parent is not None and parent + 1 == node
        return parent if closes and parent is not None and not first_child else node

    def blocks(self, node: int | None) -> tuple[int, int]:
        """The blocks of a node: all with an index between the two, exclusive."""
        if node is None:
            return -1, _NO_END
        after = bisect_left(self._starts, self._nodes[node].end)
        while after < len(self._nodes) and self._nodes[after].block is None:
            after += 1
        own = self._nodes[node].block
        end = self._nodes[after].block if after < len(self._nodes) else _NO_END
        return (own or 0) - 1, _NO_END if end is None else end


class FieldFinder:
    """Finds the field lines that speak for a block."""

    def __init__(self, groups: Sequence[FieldGroup]) -> None:
        self._groups = sorted(groups, key=lambda group: group.first)
        self._firsts = [group.first for group in self._groups]

    def __call__(self, block: int) -> Owners:
        """What the nearest field lines say about a duty in ``block``."""
        for place in range(bisect_left(self._firsts, block) - 1, -1, -1)[:3]:
            if block < self._groups[place].last:
                return self._groups[place].owners
        return Owners()


def heading_owners(nodes: Sequence[Node], node: int | None, found: dict[int, Owners]) -> Owners:
    """The note in the nearest heading above."""
    while node is not None:
        if node in found:
            return found[node]
        node = nodes[node].parent
    return Owners()


def term_deadline(term: str, span: Span, mark: str, clock: Clock) -> Deadline:
    """The term of a field or cell for one duty; its offsets count in ``term``.

    「措施1、3于8月底前，其余9月21日」 is read by the number of the measure; 「6月底，长期坚持」 by the kind of act.
    """
    value = mark_value(mark) if mark else None
    if "措施" in term or "其余" in term:
        chosen = _of_measure(term, value)
        if chosen is not None:
            found = find_deadline(chosen, clock)
            shift = term.find(chosen)
            return Deadline(
                found.code, found.kind, found.precision, found.words, found.start + shift, found.end + shift
            )
    plain = re.sub(r"\s", "", term)
    dated = find_deadline(plain, clock, ("recurring", "fixed", "relative"))
    if dated.kind == "none":
        return find_deadline(plain, clock)
    lasting = find_deadline(plain, clock, ("open",))
    core = ADVERB_RUN.sub("", span.core.segment.text)
    if lasting.kind == "longterm" and not DEED_START.match(core):
        return lasting
    return dated if plain == term else Deadline(dated.code, dated.kind, dated.precision, dated.words, 0, 0)


def _of_measure(term: str, value: int | None) -> str | None:
    if value is not None:
        for hit in _MEASURES.finditer(term):
            if value in [int(number) for number in re.findall(r"\d+", hit["list"])]:
                return hit["term"]
    rest = _OTHERS.search(term)
    return rest["term"] if rest else None


def heading_deadline(nodes: Sequence[Node], node: int | None, clock: Clock) -> Deadline:
    """The window of a stage named in a heading above; its offsets are not carried (0, 0)."""
    while node is not None:
        this = nodes[node]
        bracketed = re.search(r"[（(]([^（）()]*\d[^（）()]*)[)）]", this.title)
        window = bracketed.group(1) if bracketed else this.mark if this.form == "month" else ""
        if this.block is not None and window:
            found = find_deadline(window, clock, ("fixed",))
            if found.kind in ("day", "range"):
                return Deadline(found.code, found.kind, found.precision, found.words, 0, 0)
        node = this.parent
    return NO_DEADLINE
