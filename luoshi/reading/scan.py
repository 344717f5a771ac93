"""Paragraphs and task cells to judged segments: headings, labels, notes and field lines are set aside first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .blocks import Block
from .deadlines import Clock
from .judged import Judged
from .judgement import LEAD_IN, NONE, Verdict, judge
from .model import NO_DEADLINE, Deadline
from .profile import Profile, section_mode
from .review import spread
from .segments import Segment, cut_segments
from .structure import Node
from .units import FIELD_LINE, INLINE_FIELDS, NOTE, Owners, names_office, parse_fields, subject_of

_PROBLEM_LABEL = re.compile(r"(?:问题|表现|短板|不足|原因(?:分析)?|情况|背景|现状|成效|进展)$")
_WORK_LABEL = re.compile(r"(?:措施|任务|目标|要求|安排|做法|内容|举措|计划|步骤|方式|打算|方法|职责|重点|工作)$")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十](?:是要|是|要)|[（(]?\d{1,2}[)）.、．](?!\d)|[①-⑳]|[“\"‘·●◆■★▪•—\-]+)"
)
_DATED = re.compile(r"(?:[0-9一二三四五六七八九十]月(?:[0-9]{1,2}日)?|年)(?:底前?|前|内)")
_SECTION_RANK = 40
_OFFICE_LENGTH = 14
_QUOTE_CUE = re.compile(r"(?:强调|要求|指出|部署|明确|提出)$")


@dataclass(slots=True)
class Stretch:
    """Segments of one block that belong to one node. ``owners`` come from a note behind them."""

    block: Block
    index: int
    node: int | None
    judged: list[Judged] = field(default_factory=list)
    owners: Owners = field(default_factory=Owners)


@dataclass(slots=True)
class FieldBlock:
    """A field line and where it stands."""

    index: int
    node: int | None
    owners: Owners
    text: str


@dataclass(slots=True)
class Scan:
    """All that was found in the paragraphs, in text order."""

    stretches: list[Stretch] = field(default_factory=list)
    fields: list[FieldBlock] = field(default_factory=list)
    heading_owners: dict[int, Owners] = field(default_factory=dict)
    headings: list[tuple[int, int, int | None]] = field(default_factory=list)
    asides: list[tuple[int, int, str]] = field(default_factory=list)


class Scanner:
    """Walks the blocks once; ``mode`` remembers a label such as 「问题：」 until the next label or node."""

    def __init__(self, nodes: Sequence[Node], clock: Clock, profile: Profile) -> None:
        self.nodes, self.clock, self.profile = nodes, clock, profile
        self.scan = Scan()
        self._starts = [node.start for node in nodes]
        self._modes = [section_mode(nodes, index) for index in range(len(nodes))]
        self._mode = ""
        self._mode_node: int | None = None
        self._office: tuple[str, ...] = ()

    def node_at(self, place: int) -> int | None:
        """The innermost node in which ``place`` lies."""
        index: int | None = bisect_right(self._starts, place) - 1
        while index is not None and index >= 0:
            if self.nodes[index].end > place:
                return index
            index = self.nodes[index].parent
        return None

    def read_block(self, index: int, block: Block, text: str) -> None:
        """Add what ``block`` holds; ``text`` is the document."""
        node = self.node_at(block.start)
        if FIELD_LINE.match(block.view.lstrip("*>-#")) and len(block.view) < 300:
            raw = text[block.start : block.end]
            self.scan.fields.append(FieldBlock(index, self._line_node(node), parse_fields(raw), raw))
            self.scan.asides.append((block.start, block.end, "field-line"))
            return
        if node is not None and self.nodes[node].start == block.start and self.nodes[node].rank <= _SECTION_RANK:
            self._office = ()
        if len(block.view) <= _OFFICE_LENGTH and names_office(block.view.rstrip("：:")):
            self._office = (block.view.rstrip("：:"),)
            self.scan.asides.append((block.start, block.end, "office-heading"))
            return
        note = NOTE.fullmatch(block.view.rstrip("。"))
        if note:
            self.scan.fields.append(FieldBlock(index, self._line_node(node), parse_fields(note.group()), block.view))
            self.scan.asides.append((block.start, block.end, "owner-note"))
            return
        for start, end, owner in self._regions(block):
            self._read_region(block, index, start, end, owner)

    def read_cell(self, block: Block, node: int) -> Stretch | None:
        """The stretch of a task cell; notes and labels are read as in a paragraph."""
        before = len(self.scan.stretches)
        self._mode = ""
        self._read_stretch(block, -1, (0, len(block.view)), node, Owners())
        return self.scan.stretches[-1] if len(self.scan.stretches) > before else None

    def _line_node(self, node: int | None) -> int | None:
        while node is not None and self.nodes[node].inline:
            node = self.nodes[node].parent
        return node

    def _regions(self, block: Block) -> Iterator[tuple[int, int, int | None]]:
        """View ranges of the block by innermost node."""
        inside = [
            number
            for number in range(bisect_right(self._starts, block.start - 1), bisect_right(self._starts, block.end - 1))
            if self.nodes[number].block is not None
        ]
        cuts = [(self._view_place(block, self.nodes[number].start), number) for number in inside]
        first = cuts[0][0] if cuts else len(block.view)
        if first > 0:
            yield 0, first, self.node_at(block.start - 1) if cuts else self.node_at(block.start)
        for place, (start, number) in enumerate(cuts):
            yield start, cuts[place + 1][0] if place + 1 < len(cuts) else len(block.view), number

    @staticmethod
    def _view_place(block: Block, offset: int) -> int:
        if block.offsets is None:
            return offset - block.start
        return bisect_right(block.offsets, offset - 1)

    def _read_region(self, block: Block, index: int, start: int, end: int, node: int | None) -> None:
        if node is not None and self.nodes[node].block == index and self.nodes[node].start >= block.at(start):
            start = self._skip_heading(block, start, end, node)
        if node != self._mode_node and not (node is not None and self.nodes[node].inline):
            self._mode, self._mode_node = "", node
        position = start
        for note in NOTE.finditer(block.view, start, end):
            if note.start() == start and note.end() >= end - 1 and node is not None:
                self.scan.heading_owners.setdefault(node, parse_fields(note.group()))
            self._read_span(block, index, (position, note.start()), node, parse_fields(note.group()))
            self._aside(block, note.start(), note.end(), "owner-note")
            position = note.end()
        self._read_span(block, index, (position, end), node, Owners())

    def _read_span(self, block: Block, index: int, span: tuple[int, int], node: int | None, owners: Owners) -> None:
        """A stretch; fields written behind its last sentence (「。责任单位：…」) speak for it."""
        fields = INLINE_FIELDS.search(block.view, *span)
        if fields and not owners:
            owners = parse_fields(block.view[fields.start() : span[1]])
            self._aside(block, fields.start(), span[1], "field-line")
            span = (span[0], fields.start())
        self._read_stretch(block, index, span, node, owners)

    def _aside(self, block: Block, start: int, end: int, reason: str) -> None:
        first, last = block.span(start, end)
        self.scan.asides.append((first, last, reason))

    def _skip_heading(self, block: Block, start: int, end: int, node: int) -> int:
        """Past the heading of ``node``; a heading without anything below it is content, only its mark is skipped."""
        this = self.nodes[node]
        stop = self._view_place(block, this.head_end)
        leaf = stop >= end and (not self._has_content(node) or self._only_heads_a_table(node, block.view[start:stop]))
        mark_end = start + len(re.match(r"#*", block.view[start:]).group()) + len(this.mark)  # type: ignore[union-attr]
        if leaf or stop <= mark_end:
            return min(mark_end, end)
        owners = self._heading_owners(block.view[mark_end:stop])
        if owners:
            self.scan.heading_owners[node] = owners
        self.scan.headings.append((*block.span(start, stop), node))
        return stop

    @staticmethod
    def _heading_owners(view: str) -> Owners:
        note = NOTE.search(view)
        return parse_fields(note.group()) if note else Owners()

    def _only_heads_a_table(self, node: int, view: str) -> bool:
        """A numbered duty with a day that merely stands last before a table is no heading of the table."""
        end, place = self.nodes[node].end, node + 1
        if not _DATED.search(view) or place >= len(self.nodes) or self.nodes[place].start >= end:
            return False
        while place < len(self.nodes) and self.nodes[place].start < end:
            if self.nodes[place].form not in {"row", "group"}:
                return False
            place += 1
        return True

    def _has_content(self, node: int) -> bool:
        this = self.nodes[node]
        return this.end > this.head_end + 1

    def _read_stretch(self, block: Block, index: int, span: tuple[int, int], node: int | None, owners: Owners) -> None:
        stretch = Stretch(block, index, node, owners=owners)
        section = self._modes[node] if node is not None else ""
        base = carried = self._office
        governed = NO_DEADLINE
        sentence, quoted = -1, False
        for segment in cut_segments(block.view, *span):
            _strip_ordinal(segment)
            if not segment.text:
                continue
            if segment.sentence != sentence:
                sentence, quoted = segment.sentence, False
                carried, governed = base, NO_DEADLINE
            verdict = self._verdict(segment, section, quoted)
            quoted = quoted or bool(_QUOTE_CUE.search(segment.text))
            own = verdict.lead or subject_of(segment.text)[0]
            if segment.stop in ("：", ":") and names_office(segment.text):
                base = (segment.text,)
            carried = own or (base if segment.stop in ("：", ":") else carried)
            governed = _governing(segment, verdict, governed)
            stretch.judged.append(Judged(segment, verdict, carried, governed))
            if segment.stop in ("；", ";"):
                governed = NO_DEADLINE
        spread(stretch.judged)
        if stretch.judged:
            self.scan.stretches.append(stretch)

    def _verdict(self, segment: Segment, section: str, quoted: bool) -> Verdict:
        text = segment.text
        if segment.stop in ("：", ":"):
            if _PROBLEM_LABEL.search(text) and len(text) <= 16:
                self._mode = "problem"
            elif _WORK_LABEL.search(text) and len(text) <= 16:
                self._mode = "work"
            return Verdict(NONE, "context", "label")
        if self._mode == "problem" or (section == "problem" and self._mode != "work"):
            return Verdict(NONE, "context", "problem-section")
        verdict = judge(text, self.clock, self.profile.strict or section == "principle")
        reason = self.profile.bars(text, verdict, quoted, section)
        if reason and verdict.strength not in (NONE, LEAD_IN):
            return Verdict(NONE, "context", reason, verdict.deadline, verdict.lead)
        return verdict


def _governing(segment: Segment, verdict: Verdict, held: Deadline) -> Deadline:
    """The day that opens a sentence holds for its later segments (春节前栽树, 安路灯); offsets count in the view."""
    found = verdict.deadline
    if found.kind == "none":
        return NO_DEADLINE if verdict.lead else held
    opens = found.start == 0 or segment.text[: found.start].endswith(("要", "在", "于", "力争", "确保"))
    if not opens or found.kind not in ("day", "range", "event") or found.code.startswith("E:+"):
        return NO_DEADLINE
    return replace(found, start=segment.start + found.start, end=segment.start + found.end)


def _strip_ordinal(segment: Segment) -> None:
    hit = _ORDINAL.match(segment.text)
    if hit:
        segment.start += hit.end()
        segment.text = segment.text[hit.end() :]
