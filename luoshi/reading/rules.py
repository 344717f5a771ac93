"""The shape of a rule in the tables of this package: a name, a pattern, one text it must find and one it must not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """``verdict`` is what the rule says when ``pattern`` is found; the tests run ``example`` and ``counter``."""

    name: str
    verdict: str
    pattern: re.Pattern[str]
    example: str
    counter: str


def rule(name: str, verdict: str, pattern: str, example: str, counter: str) -> Rule:
    """A rule from the text of its pattern."""
    return Rule(name, verdict, re.compile(pattern), example, counter)


def words(table: str) -> str:
    """A pattern that finds any word of a whitespace-separated table, longest first."""
    return "(?:" + "|".join(sorted({re.escape(w) for w in table.split()}, key=lambda w: (-len(w), w))) + ")"


def first_rule(rules: Iterable[Rule], text: str) -> Rule | None:
    """The first rule whose pattern is found in ``text``."""
    for candidate in rules:
        if candidate.pattern.search(text):
            return candidate
    return None
