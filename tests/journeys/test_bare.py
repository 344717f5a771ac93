"""Without scripts, and where the line is down."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from luoshi.core.clock import today
from tests.journeys.conftest import People
from tests.journeys.steps import accept, draft_of, read_in

pytestmark = pytest.mark.browser
WEAK = "信号弱：已存在本机"


def test_the_story_without_scripts(enter: People) -> None:
    clerk = enter("周敏", scripts=False)
    reading = read_in(clerk, "关于清理机耕路的通知\n一、清理\n要清理机耕路40公里。\n")
    draft_of(clerk, "机耕路").get_by_role("button", name="保留").click()
    _set_on_its_page(clerk)
    expect(draft_of(clerk, "机耕路")).to_contain_text("已保留")
    clerk.goto(reading.replace("/read/", "/dispatch/"))
    clerk.get_by_role("button", name="交办").click()
    expect(clerk.locator(".tally")).to_contain_text("1 件要办")
    clerk.locator("a.duty", has_text="机耕路").click()
    clerk.get_by_role("link", name="打开事项").click()

    village = enter("李春山", phone=True, scripts=False)
    village.goto(clerk.url)
    village.get_by_role("link", name="签收").last.click()
    village.get_by_role("button", name="签收").click()
    village.get_by_label("办了什么").first.fill("清理了石桥段。")
    village.get_by_label("上次填报后又完成多少").first.fill("15")
    village.locator(".bar").get_by_role("button", name="报进度").click()
    expect(village.locator("main")).to_contain_text("15 / 40 公里")


def _set_on_its_page(clerk: Page) -> None:
    """Unit and day on the draft's own page, where the chips lead."""
    draft_of(clerk, "机耕路").get_by_role("link", name="未定牵头").click()
    clerk.get_by_label("牵头单位").fill("石桥村")
    clerk.locator("#lead").get_by_role("button", name="定下").click()
    draft_of(clerk, "机耕路").get_by_role("link", name="未定时限").click()
    clerk.get_by_label("日期").fill((today() + timedelta(days=90)).isoformat())
    clerk.get_by_role("button", name="定时限").click()


@pytest.fixture
def village(enter: People) -> Page:
    """The village's phone on the page of an accepted item of its own."""
    clerk = enter("周敏")
    clerk.goto("/items/new/")
    clerk.locator("#id_title").fill("巡护河道")
    clerk.get_by_label("牵头单位").select_option(label="石桥村")
    clerk.locator("#id_due_on").fill((today() + timedelta(days=30)).isoformat())
    clerk.get_by_role("button", name="立项并交办").click()
    page = enter("李春山", phone=True)
    page.goto(clerk.url)
    accept(page)
    return page


def report(page: Page, words: str) -> None:
    """Fill in what happened and press the button at the bottom."""
    page.locator("#report").get_by_label("办了什么").fill(words)
    page.locator(".bar").get_by_role("button", name="报进度").click()


def entries(page: Page, words: str) -> int:
    """How many reports of these words the item has."""
    page.goto(page.url)
    return page.locator("h2", has_text="进度").locator("+ ul > li", has_text=words).count()


def test_the_line_is_down_and_comes_back(village: Page) -> None:
    village.context.set_offline(offline=True)
    report(village, "上午巡河两公里，水面干净。")
    expect(village.locator("p[data-kept]")).to_contain_text(WEAK)
    village.context.set_offline(offline=False)
    expect(village.locator(".message.success")).to_have_text("进度已记入台账。")
    assert entries(village, "上午巡河两公里") == 1


def test_the_answer_is_lost_on_the_way(village: Page) -> None:
    arrived: list[int] = []

    def lose(route: Route) -> None:
        arrived.append(route.fetch(max_redirects=0).status)
        route.abort()

    village.route("**/progress/", lose, times=1)
    report(village, "下午捞起水葫芦三担。")
    expect(village.locator("p[data-kept]")).to_contain_text(WEAK)
    assert arrived == [302]
    village.evaluate("window.dispatchEvent(new Event('online'))")
    expect(village.locator("p[data-kept]")).to_be_hidden()
    assert entries(village, "下午捞起水葫芦三担") == 1


def test_words_survive_a_closed_page(village: Page) -> None:
    village.context.set_offline(offline=True)
    report(village, "傍晚再巡一遍。")
    expect(village.locator("p[data-kept]")).to_contain_text(WEAK)
    item = village.url
    village.close()
    again = village.context.new_page()
    again.context.set_offline(offline=False)
    again.goto(item)
    expect(again.locator(".message.success")).to_have_text(re.compile("进度已记入台账"))
    assert entries(again, "傍晚再巡一遍") == 1
