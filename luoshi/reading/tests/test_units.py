"""Owners: notes, lists and subjects; a verb inside means it is no unit."""

from __future__ import annotations

import pytest

from luoshi.reading.units import parse_fields, split_owners, subject_of


@pytest.mark.parametrize(
    ("text", "lead", "assist"),
    [
        ("（牵头单位：镇农办；配合单位：镇财政所、各村）", ("镇农办",), ("镇财政所", "各村")),
        ("（责任单位：镇农办、镇水利站，各村配合）", ("镇农办", "镇水利站"), ("各村",)),
        ("责任单位：镇农办、各村", ("镇农办",), ("各村",)),
        ("（由镇农办牵头，各村配合）", ("镇农办",), ("各村",)),
        ("（县农业局负责）", ("县农业局",), ()),
        ("责任人：财政所所长", ("财政所",), ()),
        ("责任领导：王某某", (), ()),
    ],
)
def test_a_note_gives_lead_and_assisting_units(text: str, lead: tuple[str, ...], assist: tuple[str, ...]) -> None:
    found = parse_fields(text)
    assert (found.lead, found.assist) == (lead, assist)


def test_a_field_line_carries_its_term() -> None:
    found = parse_fields("责任领导：王某   责任单位：镇农办   整改时限：9月15日")
    assert (found.lead, found.term) == (("镇农办",), "9月15日")


def test_a_marked_leader_leads() -> None:
    assert split_owners("应急科（牵头）、各社区") == (("应急科",), ("各社区",))


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("各村要在年底前完成", ("各村",)),
        ("镇水利站负责清淤", ("镇水利站",)),
        ("宣传办和各村要排查", ("宣传办", "各村")),
        ("各级党组织书记要带头", ("各级党组织书记",)),
        ("安全部每月检查", ("安全部",)),
        ("镇经管站要核对账目", ("镇经管站",)),
        ("经县委研究同意", ()),
        ("班主任要家访", ("班主任",)),
        ("整治后进基层支部要见效", ()),
        ("加强基层党组织建设", ()),
        ("成立防汛指挥部", ()),
    ],
)
def test_the_subject_is_a_unit_or_nothing(text: str, lead: tuple[str, ...]) -> None:
    assert subject_of(text)[0] == lead


def test_with_another_unit() -> None:
    assert subject_of("文旅办会同消防站每季度检查")[:2] == (("文旅办",), ("消防站",))


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("农业农村办公室要会同各村完成沟渠清淤", ("各村",)),
        ("派出所联合平安办开展巡逻", ("平安办",)),
        ("要会同各村开展排查", ("各村",)),
    ],
)
def test_who_is_taken_along_assists(text: str, others: tuple[str, ...]) -> None:
    assert subject_of(text)[1] == others
