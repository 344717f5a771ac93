"""Judged segments to spans of duties: where one begins, what it takes along, where it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .duty_words import DEED_ANYWHERE
from .judged import Judged
from .judgement import LEAD_IN, NONE, SOFT, STRONG, WEAK
from .scan import Stretch

_MEANS = re.compile(r"^(?:并|组织|引导|动员|邀请|发动|采取|运用|带动)")
_ELLIPTIC = re.compile(
    r"(?:规范|收回|验收|到位|销号|完成|见效|清零|办结|投用|竣工|整改|入库|开工|投产|"
    r"达标|上报|兑现|建成|落实|公开|结束|转化)$"
)
_RULE_MADE = re.compile(r"(?:制度|机制|办法|方案|台账|清单|体系)$")
_ATTACHABLE = ("no-deed", "state-of-mind", "preposition", "date-only", "paired")
_MORE = re.compile(r"^(?:并)?新增")
_BUILT = re.compile(r"新建|改建|扩建|建成|建设|改造")
_SHORT = 6


@dataclass(slots=True)
class Span:
    """A duty: its judged segments in order, all of one stretch."""

    stretch: Stretch
    members: list[Judged] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Offset in the document."""
        return self.stretch.block.at(self.members[0].segment.start)

    @property
    def end(self) -> int:
        """Offset in the document, exclusive."""
        last = self.members[-1].segment
        return self.stretch.block.span(last.start, last.end)[1]

    @property
    def view(self) -> str:
        """The clean text."""
        return self.stretch.block.view[self.members[0].segment.start : self.members[-1].segment.end]

    @property
    def core(self) -> Judged:
        """The segment that makes it a duty."""
        return next((m for m in self.members if m.verdict.strength in (STRONG, SOFT, WEAK)), self.members[0])


def cut_spans(stretch: Stretch, strict: bool) -> Iterator[Span]:
    """The duties of a stretch. ``strict`` drops duties shown by a plain verb only."""
    current: Span | None = None
    waiting: list[Judged] = []
    sentence = -1
    for judged in stretch.judged:
        if judged.segment.sentence != sentence:
            sentence = judged.segment.sentence
            if current is not None:
                yield current
            current, waiting = None, []
        strength = judged.verdict.strength
        opens = strength in (STRONG, SOFT) or (strength == WEAK and not strict and current is None)
        if current is not None and _joins(current, judged):
            current.members.append(judged)
        elif opens:
            if current is not None:
                yield current
            current, waiting = Span(stretch, [*waiting, judged]), []
        elif current is not None and strength == WEAK:
            current.members.append(judged)
        else:
            if current is not None:
                yield current
            current = None
            waiting = [*waiting, judged] if strength == LEAD_IN else []
        if judged.segment.stop in "；;" and judged.segment.stop:
            if current is not None:
                yield current
            current, waiting = None, []
    if current is not None:
        yield current


def _joins(current: Span, judged: Judged) -> bool:
    """Whether a segment goes on with the duty before it rather than opening its own."""
    verdict, text = judged.verdict, judged.segment.text
    if verdict.strength == LEAD_IN:
        return verdict.reason == "owner-phrase" or (verdict.reason == "date-only" and _same_act(current, judged))
    if verdict.strength == NONE:
        return verdict.result and verdict.reason in _ATTACHABLE
    made = _RULE_MADE.search(current.members[-1].segment.text) and not current.core.verdict.deadline.words
    if made and verdict.deadline.kind == "recurring" and (not verdict.lead or verdict.lead[0].startswith("每")):
        return True
    if verdict.lead and verdict.lead != current.core.verdict.lead:
        return False
    if verdict.deadline.kind != "none":
        return _same_act(current, judged)
    if verdict.measured:
        return _same_measure(current, judged)
    if verdict.result or _MEANS.match(text) or len(text) <= _SHORT:
        return True
    return len(current.view) <= _SHORT and current.core.verdict.deadline.kind == "none"


def _same_measure(current: Span, judged: Judged) -> bool:
    """A measure of the deed before it (覆盖率达到100%); a bare measure after a bare measure stands for itself."""
    text = judged.segment.text
    if current.core.verdict.reason == "measured" and not _acts(current) and not _acts_text(text):
        return text.startswith("其中")
    return judged.verdict.result or bool(_MORE.match(text) and _BUILT.search(current.view))


def _acts(span: Span) -> bool:
    return _acts_text(span.core.segment.text)


def _acts_text(text: str) -> bool:
    """Whether a deed is named; a bare measure (增长8%以上) has none, and each such measure stands for itself."""
    return bool(DEED_ANYWHERE.search(text))


def _same_act(current: Span, judged: Judged) -> bool:
    """A dated segment without an object of its own dates the act before it."""
    before, verdict, text = current.core.verdict, judged.verdict, judged.segment.text
    if before.deadline.kind != "none" or verdict.deadline.kind == "recurring":
        return False
    rest = text.replace(verdict.deadline.words, "").strip("前内底要力争确保")
    return len(rest) <= 6 or (len(rest) <= 9 and bool(_ELLIPTIC.search(rest)))
