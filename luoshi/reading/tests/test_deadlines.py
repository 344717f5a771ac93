"""Terms: text to code, with the year of the document; nothing is guessed."""

from __future__ import annotations

import pytest

from luoshi.reading.deadlines import Clock, find_deadline

CODES = [
    ("6月底前完成", "2026-06-30"),
    ("2月底前完成", "2026-02-28"),
    ("年底前建成", "2026-12-31"),
    ("年内完成", "2026-12-31"),
    ("上半年完成", "2026-06-30"),
    ("三季度举办", "2026-09-30"),
    ("一季度末前完成", "2026-03-31"),
    ("3月上旬完成", "2026-03-10"),
    ("3月中旬完成", "2026-03-20"),
    ("2月下旬完成", "2026-02-28"),
    ("2027年12月31日前完成", "2027-12-31"),
    ("二〇二六年六月三十日前", "2026-06-30"),
    ("2026.6.30前完成", "2026-06-30"),
    ("11月10H前完成", "2026-11-10"),
    ("5月20日—5月31日开展", "2026-05-20/2026-05-31"),
    ("5月30日一6月4日排查", "2026-05-30/2026-06-04"),
    ("6月1日至10日开展", "2026-06-01/2026-06-10"),
    ("4月至6月开展", "2026-04-01/2026-06-30"),
    ("11月至次年2月", "2026-11-01/2027-02-28"),
    ("次年3月底前", "2027-03-31"),
    ("到2028年建成", "2028-12-31"),
    ("“十五五”期间建成", "2026-01-01/2030-12-31"),
    ("国庆前完成", "2026-10-01"),
    ("每月25日前报送", "R:monthly@25"),
    ("每季度抽查1次", "R:quarterly*1"),
    ("每季度首月20日前报送", "R:quarterly@20"),
    ("每半年组织一次", "R:halfyearly*1"),
    ("每两个月调度一次", "R:bimonthly*1"),
    ("每两周集体备课", "R:biweekly"),
    ("每周五上报", "R:weekly@5"),
    ("每天巡查不少于2次", "R:daily*2"),
    ("按季度通报进展", "R:quarterly"),
    ("5个工作日内办结", "E:+5wd"),
    ("24小时内上报", "E:+24h"),
    ("三十日内整改", "E:+30d"),
    ("汛期前完成清淤", "E:汛期前"),
    ("立行立改", "N:immediate"),
    ("长期坚持", "N:longterm"),
    ("每村储备3名", "none"),
    ("2020年度考核责任书", "none"),
    ("适时召开", "none"),
    ("八小时之内的管理", "none"),
    ("2月30日前完成", "none"),
    ("13月完成", "none"),
]


@pytest.mark.parametrize(("text", "code"), CODES)
def test_a_term_becomes_its_code(text: str, code: str) -> None:
    assert find_deadline(text, Clock(2026)).code == code


def test_the_words_and_their_place_are_kept() -> None:
    found = find_deadline("各村要在6月底前完成", Clock(2026))
    assert (found.words, found.start, found.end) == ("6月底前", 4, 8)
    assert (found.kind, found.precision) == ("day", "month")


def test_without_a_year_the_words_wait_for_a_person() -> None:
    found = find_deadline("6月底前完成", Clock(None))
    assert (found.code, found.kind) == ("E:6月底前", "event")


def test_a_day_before_the_document_is_asked_for() -> None:
    found = find_deadline("1月底前完成", Clock(2026, "2026-03-01"))
    assert (found.code, found.kind) == ("E:1月底前", "event")


def test_the_end_of_the_month_is_that_of_the_document() -> None:
    assert find_deadline("本月底前完成", Clock(2026, "2026-03-10")).code == "2026-03-31"
    assert find_deadline("本月底前完成", Clock(2026)).code == "none"


def test_a_school_year_turns_in_august() -> None:
    school = Clock(2024, None, 8)
    assert find_deadline("9月底前", school).code == "2024-09-30"
    assert find_deadline("5月底前", school).code == "2025-05-31"
