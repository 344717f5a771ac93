"""The shapes of every screen: a state is symbol, word and colour; a bar carries its tick; unset is said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from luoshi.core.clock import rehearse
from luoshi.core.templatetags import luoshi as draw


@dataclass
class Thing:
    state: str = "in_progress"
    light: str = "none"
    kind: str = "once"
    finished_late: bool = False
    light_words: str = ""
    progress_percent: int | None = None
    expected_percent: int | None = None
    progress_words: str = ""

    def get_state_display(self) -> str:
        return self.state

    def get_light_display(self) -> str:
        return self.light


@pytest.mark.parametrize(
    ("thing", "look"),
    [
        (Thing(), ("in_progress", "run")),
        (Thing("dispatched"), ("dispatched", "quiet")),
        (Thing("dispatched", "red"), ("late", "late")),
        (Thing("reported", "yellow"), ("soon", "due")),
        (Thing("closed", "red"), ("closed", "ok")),
        (Thing("suspended", "red"), ("suspended", "quiet")),
        (Thing(kind="standing"), ("standing", "quiet")),
        (Thing("terminated", kind="standing"), ("terminated", "quiet")),
    ],
)
def test_look_follows_the_light_while_work_is_awaited(thing: Thing, look: tuple[str, str]) -> None:
    assert draw.look_of(thing) == look


def test_a_late_item_says_how_late_and_its_state() -> None:
    html = draw.state(Thing("dispatched", "red", light_words="逾期 9 天"))
    assert "symbols.svg#late" in html
    assert "<span>逾期 9 天</span><small>dispatched</small>" in html


def test_an_item_finished_late_is_closed_with_a_mark() -> None:
    with translation.override("zh-hans"):
        assert "<span>closed</span><small>超期办结</small>" in draw.state(Thing("closed", finished_late=True))


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("zh-hans", date(2026, 6, 30), "6月30日"),
        ("zh-hans", date(2027, 6, 30), "2027年6月30日"),
        ("en", date(2026, 6, 30), "30 Jun"),
        ("en", date(2027, 6, 30), "30 Jun 2027"),
        ("en", datetime(2026, 6, 29, 17, tzinfo=UTC), "30 Jun"),
    ],
)
def test_a_day_is_said_without_its_year_in_this_year(language: str, value: date, shown: str) -> None:
    with translation.override(language), rehearse(datetime(2026, 5, 9, 4, tzinfo=UTC)):
        html = draw.day(value)
    assert html.endswith(f">{shown}</time>")
    assert f'datetime="{value.year}-06-30"' in html


def test_an_unset_day_is_said_and_nothing_invented() -> None:
    assert draw.day(None, "未定时限") == '<span class="missing">未定时限</span>'


def test_a_bar_shows_done_and_where_the_pace_line_stands() -> None:
    html = draw.progress(Thing(progress_percent=21, expected_percent=34, progress_words="105 / 500 亩"))
    assert '<rect class="done" width="21%"' in html
    assert '<rect class="pace" x="34%"' in html
    assert '<span class="num">105 / 500 亩</span>' in html


def test_without_a_figure_no_bar_is_drawn() -> None:
    assert draw.progress(Thing()) == ""
    assert "<svg" not in draw.progress(Thing(progress_words="5月8日报办结"))


def test_what_people_wrote_is_escaped() -> None:
    assert draw.quote("<b>", "<i>") == (
        '<blockquote class="quote" lang="zh-Hans">&lt;b&gt;<cite>&lt;i&gt;</cite></blockquote>'
    )


def test_a_band_is_cut_by_counts() -> None:
    html = draw.shares([("ok", 1), ("late", 3)])
    assert '<rect class="ok" x="0.00%" width="24.70%"' in html
    assert '<rect class="late" x="25.00%" width="74.70%"' in html


@pytest.mark.parametrize("status", sorted(draw.ERRORS))
def test_an_error_page_says_what_to_do_next_and_its_number(status: int) -> None:
    request = RequestFactory().get("/")
    page = engines["django"].get_template("core/error.html")
    with translation.override("zh-hans"):
        html = page.render({"status": status, "request_id": "r-1"}, request)
        words = draw.error_words(status)
    with translation.override("en"):
        assert draw.error_words(status) != words
    assert f"<h1>{words['title']}</h1>\n<p>{words['text']}</p>" in html
    assert '<span class="num">r-1</span>' in html


class Report(forms.Form):
    happened = forms.CharField(label="办了什么", help_text="一两句即可", widget=forms.Textarea)
    amount = forms.DecimalField(label="完成多少", required=False)


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    form = Report({})
    with translation.override("zh-hans"):
        html = form["happened"].as_field_group()
    assert '<label for="id_happened">办了什么 <small>必填</small></label>' in html
    assert '<div class="help" id="id_happened_helptext">一两句即可</div>' in html
    assert '<div class="errors" id="id_happened_error">' in html
    assert 'aria-describedby="id_happened_helptext id_happened_error"' in html


def test_what_may_stay_empty_bears_no_mark() -> None:
    assert '<label for="id_amount">完成多少</label>' in Report()["amount"].as_field_group()
