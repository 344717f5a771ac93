"""The title of a draft: the deed without its date, and nothing of the deed lost with it."""

import pytest

from luoshi.reading.read import read_text


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("6月底前完成茶园改造500亩", "完成茶园改造500亩"),
        ("10个工作日内摸清独居老人底数", "摸清独居老人底数"),
        ("国庆前完成沿街立面整治", "完成沿街立面整治"),
        ("加强干部日常监督管理", "加强干部日常监督管理"),
        ("开展镇内的督导工作", "开展镇内的督导工作"),
    ],
)
def test_only_a_date_is_taken_off_the_head(sentence: str, title: str) -> None:
    reading = read_text(f"2026年工作要点\n一、重点任务\n（一）要办的事。{sentence}。\n")
    assert [draft.title for draft in reading.drafts] == [title]


def test_a_duty_with_a_day_before_a_table_is_no_heading() -> None:
    reading = read_text(
        "青禾镇2026年工作方案\n一、重点任务\n1. 柳湾村6月底前完成清淤3公里\n2. 石桥村7月底前完成茶园改造200亩\n\n"
        "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 新建公厕2座 | 规建办 |\n"
    )
    assert [draft.title for draft in reading.drafts] == ["完成清淤3公里", "完成茶园改造200亩", "新建公厕2座"]
