"""Measures: number, unit and comparison; ages, dates and rates of repetition are none."""

from __future__ import annotations

import pytest

from luoshi.reading.targets import find_targets

CASES = [
    ("新建公园4处", [("=", "4", "处")]),
    ("合格率不低于95%", [(">=", "95", "%")]),
    ("覆盖率达到100%", [("=", "100", "%")]),
    ("达到60万元以上", [(">=", "60", "万元")]),
    ("事故控制在3起以内", [("<=", "3", "起")]),
    ("改造管道5.8km", [("=", "5.8", "km")]),
    ("发放补贴1,320元", [("=", "1320", "元")]),
    ("完成八百亩栽植", [("=", "800", "亩")]),
    ("百分之八十的村完成", [("=", "80", "%")]),
    ("撰写心得200-1000字", [("=", "200-1000", "字")]),
    ("每个小组至少办好两件", [(">=", "2", "件")]),
    ("实现行政村全覆盖", [("=", "100", "%")]),
    ("35岁以下党员", []),
    ("第3个百日行动", []),
    ("5个工作日内办结", []),
    ("两个责任清单", []),
    ("2024年工作", []),
    ("24小时值班制度", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_measure_is_read_exactly(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(t.comparison, t.value, t.unit) for t in find_targets(text, recurring=False)] == expected


def test_a_rule_of_repetition_keeps_its_count_to_itself() -> None:
    assert find_targets("每季度抽查2次", recurring=True) == ()
