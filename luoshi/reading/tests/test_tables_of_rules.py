"""Every rule finds its example and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from luoshi.reading.columns import HEADER_RULES
from luoshi.reading.deadlines import all_forms
from luoshi.reading.judge_rules import AGAINST, STANCE
from luoshi.reading.marks import FORMS, MarkForm
from luoshi.reading.noise_rules import INLINE_RULES, LINE_RULES
from luoshi.reading.rules import Rule

RULES = [*HEADER_RULES, *AGAINST, *STANCE, *INLINE_RULES, *LINE_RULES, *all_forms()]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_finds_its_example_and_not_its_counter(rule: Rule) -> None:
    squeeze = rule in LINE_RULES
    example = rule.example.replace(" ", "") if squeeze else rule.example
    counter = rule.counter.replace(" ", "") if squeeze else rule.counter
    assert rule.pattern.search(example)
    assert not rule.pattern.search(counter)


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_a_form_of_number_matches_its_example_and_not_its_counter(form: MarkForm) -> None:
    assert form.pattern.match(form.example)
    assert not form.pattern.match(form.counter)


def test_rule_names_are_unique_in_their_table() -> None:
    for table in (HEADER_RULES, AGAINST + STANCE, INLINE_RULES + LINE_RULES, all_forms()):
        names = [rule.name for rule in table]
        assert len(names) == len(set(names))
