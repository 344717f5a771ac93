"""Whole documents of our own: what is found, whose it is, by when, and what is left alone."""

from __future__ import annotations

from luoshi.reading.model import Reading
from luoshi.reading.read import read_text
from luoshi.reading.tests import samples
from luoshi.reading.tests.tiles import check_tiles


def rows(reading: Reading) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    return [(reading.text[d.start : d.end], d.lead, d.assist, d.deadline.code) for d in reading.drafts]


def test_a_table_with_one_cell_a_line() -> None:
    reading = read_text(samples.STACKED)
    assert rows(reading) == [
        ("完成集镇污水管网改造3.2公里", ("镇建设办",), ("各村",), "2025-09-30"),
        ("新建村级养老服务站2个", ("镇民政办",), ("卫生院",), "2025-11-30"),
        ("各责任单位要于每月20日前将进展情况报镇督查办", ("各责任单位",), (), "R:monthly@20"),
    ]
    assert (reading.dated_on, reading.issuer) == ("2025-02-10", "镇督查办")


def test_a_pipe_table_with_merged_cells_and_a_sum() -> None:
    assert rows(read_text(samples.PIPES)) == [
        ("小区绿化补种", ("物业办",), ("各小区",), "2024-04-01/2024-06-30"),
        ("楼道堆物清理", ("物业办",), (), "N:longterm"),
        ("今年完成图书角改造3处", ("文体中心",), (), "2024-08-31"),
    ]


def test_problems_and_done_measures_are_no_duties() -> None:
    assert rows(read_text(samples.RECTIFY)) == [
        ("建立干部包村联户制度，每名干部每月下村不少于4天", ("镇党政办",), (), "R:monthly"),
        ("11月10H前完成独居老人走访1遍", ("镇党政办",), (), "2023-11-10"),
        ("清运垃圾50吨", ("镇环保办",), (), "N:immediate"),
        ("落实门前三包，由镇环保办牵头、各村配合", ("镇环保办",), ("各村",), "N:immediate"),
    ]


def test_the_window_of_a_stage_reaches_its_duties() -> None:
    found = {words: code for words, _, _, code in rows(read_text(samples.PLAN))}
    assert found["召开动员大会"] == "2024-03-01/2024-03-15"
    assert found["对照清单逐项排查，建立问题台账"] == "2024-03-16/2024-10-31"
    assert found["对查出的隐患5个工作日内整改完毕"] == "E:+5wd"


def test_levels_follow_the_form_of_the_number() -> None:
    found = [(c.level, c.mark) for c in read_text(samples.PLAN).clauses if c.level]
    assert found == [
        (1, "一、"),
        (1, "二、"),
        (2, "1、"),
        (2, "2、"),
        (3, "2.1"),
        (3, "2.2"),
        (1, "三、"),
        (2, "（一）"),
        (2, "（二）"),
    ]


def test_news_counts_quoted_orders_only() -> None:
    assert rows(read_text(samples.NEWS_WITH_ORDERS)) == [
        ("3月底前完成备耕物资储备", ("各村",), (), "E:3月底前"),
    ]


def test_reports_and_essays_hold_no_duty() -> None:
    assert rows(read_text(samples.NEWS_OF_RESULTS)) == []
    assert rows(read_text(samples.ESSAY)) == []


def test_a_speech_keeps_duties_and_leaves_the_rest() -> None:
    reading = read_text(samples.SPEECH)
    assert rows(reading) == [
        ("各乡镇要在4月底前完成水毁渠道修复", ("各乡镇",), (), "E:4月底前"),
        ("县水利局每周通报一次进度", ("县水利局",), (), "R:weekly*1"),
        ("要层层签订防汛责任书", (), (), "none"),
    ]
    noise = [reading.text[p.start : p.end].strip() for p in reading.pieces if p.detail == "ad"]
    assert noise == ["更多讲话材料请关注公众号“某某笔杆子”", "扫码加入会员群，资料免费下载"]
    assert [p.detail for p in reading.pieces if p.detail in ("salutation", "closing")] == ["salutation", "closing"]


def test_a_page_mark_inside_a_sentence_stays_inside() -> None:
    text = "一、任务\n镇水利站要在6月底前完成全镇二十座小型水库的除险加固和运行管\n第 2 页 共 5 页\n理，并建立台账。\n"
    reading = read_text("2024年工作方案\n" + text)
    assert [d.deadline.code for d in reading.drafts] == ["2024-06-30"]
    check_tiles(reading)
    assert "第 2 页 共 5 页" in reading.text[reading.drafts[0].start : reading.drafts[0].end]


def test_an_office_on_a_line_of_its_own_leads_what_follows() -> None:
    text = "2022年责任分工\n镇纪委\n10月底前完成12个村检查；全年召开警示大会2次。\n镇财政所\n规范村级财务，按月公开。\n"
    found = rows(read_text(text))
    assert [(lead, code) for _, lead, _, code in found] == [
        (("镇纪委",), "2022-10-31"),
        (("镇纪委",), "2022-12-31"),
        (("镇财政所",), "R:monthly"),
    ]


def test_the_day_that_opens_a_sentence_holds_for_the_rest() -> None:
    text = "2023年工作计划\n6月底前栽植月季1000株，安装路灯40盏。拆除旧房10处。\n"
    assert [code for *_, code in rows(read_text(text))] == ["2023-06-30", "2023-06-30", "none"]


def test_letters_read_for_digits_are_mended_in_figures() -> None:
    text = "2023年整治方案\n各村要在5月IO日前排查隐患不少于1O处。\n"
    reading = read_text(text)
    assert [(d.deadline.code, d.targets[0].value) for d in reading.drafts] == [("2023-05-10", "10")]
    assert reading.text == text


def test_nothing_is_invented() -> None:
    reading = read_text("工作要求\n要开展隐患排查，建立台账。")
    assert [(d.lead, d.assist, d.deadline.code, d.targets) for d in reading.drafts] == [((), (), "none", ())]
