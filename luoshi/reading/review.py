"""What a sentence as a whole does to its segments: reports of the past and sentences about importance hold no duty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from .judgement import LEAD_IN, NONE, SOFT, STRONG, WEAK

if TYPE_CHECKING:
    from .judged import Judged

_REVIEW_OPENS = re.compile(
    r"^(?:一年来|过去的?一年|刚刚过去的|去年以来|今年以来|近年来|上年度?|去年|回顾|\d{4}年以来|几年来|五年来)"
)
_TURN = re.compile(r"^(?:今年|明年|下一步|下步|接下来|下面|当前|要|20\d\d年(?:要|是))|必须|要(?!求|点|素)")
_PAST = ("past",)


def spread(judged: list[Judged]) -> None:
    """Take back verdicts that the rest of the sentence or the opening of the paragraph refutes."""
    review = bool(judged) and bool(_REVIEW_OPENS.match(judged[0].segment.text))
    for sentence in _sentences(judged):
        text = "".join(member.segment.text for member in sentence)
        told = any(member.verdict.kind in _PAST for member in sentence)
        review = review and not any(_TURN.search(member.segment.text) for member in sentence)
        if told or review:
            _drop(sentence, "past-sentence")
        if any(member.verdict.reason in ("meaning", "let-slogan") for member in sentence) and len(text) < 120:
            _drop_soft(sentence)


def _sentences(judged: list[Judged]) -> Iterator[list[Judged]]:
    for _, members in groupby(judged, key=lambda member: member.segment.sentence):
        yield list(members)


def _drop(sentence: list[Judged], reason: str) -> None:
    """Undated segments without 要 in a sentence about the past."""
    for member in sentence:
        verdict = member.verdict
        lasting = verdict.deadline.kind in ("none", "longterm") and not _TURN.search(member.segment.text)
        if verdict.strength in (STRONG, SOFT, WEAK, LEAD_IN) and lasting:
            member.verdict = replace(verdict, strength=NONE, kind="context", reason=reason, result=False)


def _drop_soft(sentence: list[Judged]) -> None:
    """Plain care before a statement of importance: 做好这项工作，意义重大."""
    for place, member in enumerate(sentence[:-1]):
        verdict, after = member.verdict, sentence[place + 1].verdict
        soft = verdict.strength in (SOFT, WEAK) and not verdict.lead and verdict.deadline.kind == "none"
        if soft and after.reason == "meaning":
            member.verdict = replace(verdict, strength=NONE, kind="context", reason="importance")
