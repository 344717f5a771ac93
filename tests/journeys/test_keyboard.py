"""Deciding on drafts without a mouse, and how many acts it takes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import People
from tests.journeys.steps import choose, dispatch_kept, draft_of, give, press, read_in, set_day

pytestmark = pytest.mark.browser
SIX = """关于抓好冬季重点工作的通知
一、重点工作
（一）修缮村级仓库6座，更换门锁30把。
（二）疏浚灌溉渠道8公里。
（三）新建公共厕所4座。
（四）添置消防水泵5台。
（五）栽植行道树700株。
"""
THINGS = ("水闸", "渠道", "路灯", "公厕", "桥涵", "泵站", "凉亭", "护栏", "晒场", "书屋")
VERBS = (("检修", "座"), ("新建", "处"), ("改造", "处"), ("验收", "处"))
FORTY = "关于全年工程任务的通知\n一、工程任务\n" + "".join(
    f"（{number}）{verb}{thing}{number + 1}{unit}。\n"
    for number, (thing, verb, unit) in enumerate(((t, v, u) for v, u in VERBS for t in THINGS), start=1)
)


def titles(page: Page) -> list[str]:
    """The titles of the cards as they stand."""
    return [text.split(" 已保留")[0].strip() for text in page.locator("article.draft h3").all_inner_texts()]


def selected(page: Page) -> int:
    """The place of the selected card among all."""
    looks = page.locator("article.draft").evaluate_all("all => all.map(one => one.classList.contains('selected'))")
    assert looks.count(True) == 1
    return int(looks.index(True))


def choose_from_to(page: Page, first: int, last: int) -> int:
    """Tick the cards from one place to another; how many acts that took."""
    cards = page.locator("article.draft")
    choose(cards.nth(first))
    page.keyboard.press("x")
    choose(cards.nth(last))
    page.keyboard.press("Shift+X")
    expect(page.locator("#picked")).to_have_text(f"已选 {last - first + 1} 条")
    return 2


def test_moving_keeping_and_discarding(enter: People) -> None:
    page = enter("周敏")
    read_in(page, SIX)
    assert (len(titles(page)), selected(page)) == (6, 0)
    for key, place in (("ArrowDown", 1), ("j", 2), ("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", 0)):
        page.keyboard.press(key)
        assert selected(page) == place
    press(page, "k")
    assert selected(page) == 1
    press(page, "d")
    assert selected(page) == 2
    looks = page.locator("article.draft").evaluate_all("all => all.map(one => one.dataset.look)")
    assert looks == ["unset", "dropped", "unset", "unset", "unset", "unset"]
    expect(page.locator("article.draft").first).to_contain_text("已保留")
    page.keyboard.press("ArrowUp")
    press(page, "k")
    expect(page.locator("article.draft.dropped")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_contain_text("从上次选中的一直选到这里")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_merging_and_cutting(enter: People) -> None:
    page = enter("周敏")
    read_in(page, SIX)
    page.keyboard.press("j")
    press(page, "m")
    assert titles(page)[:2] == ["修缮村级仓库6座", "疏浚灌溉渠道8公里"]
    marks = page.locator("mark.duty.selected")
    expect(marks).to_have_count(2)
    page.locator("article.draft.selected").get_by_role("button", name="撤销合并").focus()
    press(page, "Enter")
    assert len(titles(page)) == 6
    choose(draft_of(page, "疏浚灌溉渠道"))
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"/drafts/\d+/#split$"))
    page.locator("#split").get_by_role("radio").nth(3).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/read/#d-\d+$"))
    expect(page.locator("article.draft")).to_have_count(7)


def test_an_act_for_several(enter: People) -> None:
    page = enter("周敏")
    read_in(page, SIX)
    choose_from_to(page, 1, 3)
    give(page, "规建办")
    expect(page.locator("#picked")).to_have_text("已选 3 条")
    set_day(page, "2027-08-31")
    press(page, "k")
    expect(page.locator("#picked")).to_be_hidden()
    leads = page.locator("article.draft").evaluate_all("all => all.map(one => one.dataset.lead + one.dataset.due)")
    assert leads == ["", *["规建办2027-08-31"] * 3, "", ""]
    expect(page.locator("article.draft", has_text="已保留")).to_have_count(3)
    expect(page.locator("#dispatch")).to_have_text("交办 3 条…")


def test_a_standing_duty_lacks_no_day_and_may_get_one(enter: People) -> None:
    page = enter("周敏")
    read_in(page, "关于环境整治的通知\n一、整治\n（一）保洁工作要长期坚持。\n（二）疏浚灌溉渠道8公里。\n")
    card = draft_of(page, "保洁")
    expect(card.locator(".chips")).to_have_text(re.compile(r"^\s*长期坚持 · 不设灯\s*未定牵头\s*$"))
    expect(page.locator(".count .left")).to_have_text("还缺 3 处")
    choose(card)
    set_day(page, "2027-08-31")
    expect(card.locator(".chips")).to_have_text(re.compile(r"^\s*未定牵头\s*时限2027年8月31日\s*$"))


def test_forty_drafts_take_few_acts(enter: People) -> None:
    """At most 120 acts were allowed; ten drafts of one unit and one day take five."""
    page = enter("周敏")
    read_in(page, FORTY)
    expect(page.locator(".count .left")).to_have_text("还缺 80 处")
    acts = 0
    for number, unit in enumerate(("规建办", "农业农村办", "石桥村", "柳湾村")):
        acts += choose_from_to(page, number * 10, number * 10 + 9)
        give(page, unit)
        set_day(page, "2027-08-31")
        press(page, "k")
        acts += 3
    expect(page.locator(".count .left")).to_have_text("都已定好")
    dispatch_kept(page)
    assert acts + 2 == 22
    expect(page.locator(".tally")).to_contain_text("40 件要办")
