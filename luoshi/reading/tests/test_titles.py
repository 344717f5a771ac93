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
