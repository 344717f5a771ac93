"""Which owners and term a duty takes from field lines, headings and table rows."""

from __future__ import annotations

import re
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

_MEASURES = re.compile(r"(?:措施)?(?P<list>\d+(?:[、,，和]\d+)*)(?:项)?(?:[：:于在]|(?=\d{4}年))(?P<term>[^，,；;]+)")
_OTHERS = re.compile(r"(?:其余|其他|其它)(?:措施)?(?:于|在)?(?P<term>[^，,；;]+)")


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Field lines that stand together, with the blocks of duties they speak for."""

    owners: Owners
    first: int
    last: int
    nodes: frozenset[int]


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
    fields: Sequence[FieldBlock], nodes: Sequence[Node], taken: dict[int | None, list[int]]
) -> list[FieldGroup]:
    """Merge neighbouring field lines and find the reach of each group.

    ``taken`` lists the blocks that hold duties, by line-level node.
    """
    merged: list[tuple[list[FieldBlock], Owners]] = []
    for block in fields:
        if merged and merged[-1][0][-1].index == block.index - 1 and merged[-1][0][-1].node == block.node:
            before = merged[-1][1]
            both = Owners(
                before.lead or block.owners.lead, before.assist or block.owners.assist, before.term or block.owners.term
            )
            merged[-1] = ([*merged[-1][0], block], both)
        else:
            merged.append(([block], block.owners))
    groups: list[FieldGroup] = []
    for place, (members, owners) in enumerate(merged):
        node = _reach(members[0], fields, nodes)
        under = _subtree(node, nodes)
        before_edge = max(
            (m[0][-1].index for m in merged[:place] if m[0][0].node in under or m[0][0].node == node), default=-1
        )
        after_edge = min(
            (m[0][0].index for m in merged[place + 1 :] if m[0][0].node in under or m[0][0].node == node), default=10**9
        )
        blocks = [b for key in under | {node} for b in taken.get(key, [])]
        first, last = before_edge, members[0].index
        if not any(first < b < last for b in blocks):
            first, last = members[-1].index, after_edge
        groups.append(FieldGroup(owners, first, last, frozenset(n for n in under | {node} if n is not None)))
    return groups


def _reach(block: FieldBlock, fields: Sequence[FieldBlock], nodes: Sequence[Node]) -> int | None:
    """The node a field line speaks for: its own, or the parent when it closes a list whose members have none."""
    node = block.node
    if node is None or nodes[node].rank < 50:
        return node
    parent = nodes[node].parent
    siblings = [n for n, other in enumerate(nodes) if other.parent == parent and n != node]
    owned = {other.node for other in fields}
    is_last = all(nodes[n].start < nodes[node].start for n in siblings)
    return parent if siblings and is_last and parent is not None and not owned & set(siblings) else node


def _subtree(node: int | None, nodes: Sequence[Node]) -> set[int | None]:
    if node is None:
        return {None}
    found: set[int | None] = {node}
    for index in range(node + 1, len(nodes)):
        if nodes[index].start >= nodes[node].end:
            break
        found.add(index)
    return found


def field_for(groups: Sequence[FieldGroup], block: int, node: int | None) -> Owners:
    """What the field lines say about a duty in ``block`` under ``node``."""
    for group in groups:
        if group.first < block < group.last and (node in group.nodes or (node is None and not group.nodes)):
            return group.owners
    for group in groups:
        if block == group.first or block == group.last:
            return group.owners
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
