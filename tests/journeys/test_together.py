"""Two people at one thing, and one form sent twice."""

import re
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from luoshi.core.clock import today
from tests.journeys.conftest import People
from tests.journeys.steps import choose, draft_of, give, press, read_in, settle

pytestmark = pytest.mark.browser
NEWCOMERS = count(1)
SEND_TWICE = """async form => {
    const send = () => fetch(form.action, {method: "POST", body: new FormData(form)}).then(answer => answer.url);
    return Promise.all([send(), send()]);
}"""


@pytest.fixture
def second_clerk(enter: People) -> Page:
    """Another clerk, added by the administrator, in a browser of her own after her first sign-in."""
    administrator, username = enter("方可"), f"linxiao{next(NEWCOMERS)}"
    administrator.goto("/units/people/new/")
    administrator.get_by_label("姓名").fill("林晓")
    administrator.get_by_label("所在单位").select_option(label="党政办")
    administrator.get_by_label("办公室", exact=True).check()
    administrator.get_by_label("角色适用于").select_option(index=1)
    administrator.get_by_label("登录名").fill(username)
    administrator.get_by_role("button", name="添加").click()
    first = administrator.locator("dd .num").inner_text()
    page = enter()
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(first)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("现在的密码").fill(first)
    for name in ("new", "again"):
        page.locator(f"[name={name}]").fill("qinghe-banshi-2026")
    page.get_by_role("button", name="修改密码").click()
    page.wait_for_url("**/")
    return page


def fill_new_item(page: Page, title: str) -> None:
    """Fill in the form of a new item."""
    page.goto("/items/new/")
    page.locator("#id_title").fill(title)
    page.get_by_label("牵头单位").select_option(label="财政所")
    page.locator("#id_due_on").fill((today() + timedelta(days=30)).isoformat())


def registered(page: Page, title: str) -> int:
    """How many items of the title stand on the ledger."""
    page.goto(f"/ledger/?q={title}")
    return page.locator("tbody tr").count()


def amend(page: Page, title: str, reason: str) -> None:
    """Write a new title into an open form of amendment and send it."""
    page.locator("[name=title]").fill(title)
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name="修改").click()


def test_two_people_amend_one_item(enter: People, second_clerk: Page) -> None:
    clerk = enter("周敏")
    fill_new_item(clerk, "核对村级公章台账")
    clerk.get_by_role("button", name="立项并交办").click()
    item = clerk.url
    for page in (clerk, second_clerk):
        page.goto(f"{item}amend/")
    amend(clerk, "核对村级公章和合同章台账", "补上合同章")
    expect(clerk.locator("h1")).to_have_text("核对村级公章和合同章台账")

    amend(second_clerk, "核对并封存村级旧公章", "旧章要封存")
    theirs, yours = second_clerk.locator(".both .card").all()
    expect(theirs).to_contain_text("核对村级公章和合同章台账")
    expect(yours).to_contain_text("核对并封存村级旧公章")
    expect(second_clerk.locator("[name=reason]")).to_have_value("旧章要封存")
    amend(second_clerk, "核对村级公章和合同章台账，封存旧章", "旧章要封存")
    expect(second_clerk.locator("h1")).to_have_text("核对村级公章和合同章台账，封存旧章")
    for words in ("补上合同章", "旧章要封存"):
        expect(second_clerk.locator(".history")).to_contain_text(words)


def test_two_people_set_one_draft(enter: People, second_clerk: Page) -> None:
    clerk = enter("周敏")
    reading = read_in(clerk, "关于排查校车的通知\n一、排查\n各村要在明年3月底前完成校车停靠点排查9处。\n")
    second_clerk.goto(reading)
    for page in (clerk, second_clerk):
        choose(draft_of(page, "校车停靠点"))
    give(clerk, "应急办")
    second_clerk.keyboard.press("u")
    second_clerk.locator("dialog[open] input[name=lead]").fill("平安办")
    second_clerk.keyboard.press("Enter")
    both = second_clerk.locator("#messages table")
    expect(both).to_contain_text("应急办")
    expect(both).to_contain_text("平安办")
    second_clerk.get_by_role("button", name="改用我的").click()
    expect(draft_of(second_clerk, "校车停靠点")).to_have_attribute("data-lead", "平安办")
    clerk.reload()
    expect(draft_of(clerk, "校车停靠点")).to_have_attribute("data-lead", "平安办")


def test_a_form_sent_twice_makes_one_entry(enter: People) -> None:
    clerk = enter("周敏")
    fill_new_item(clerk, "清点应急水泵")
    addresses = clerk.locator("main form").evaluate(SEND_TWICE)
    assert addresses[0] == addresses[1]
    assert "/items/" in addresses[0]
    assert registered(clerk, "清点应急水泵") == 1


def test_pressed_twice_and_sent_again_after_going_back(enter: People) -> None:
    clerk = enter("周敏")
    fill_new_item(clerk, "检修村口路灯")
    clerk.get_by_role("button", name="只立项").dblclick()
    clerk.wait_for_url(re.compile(r"/items/\d+/$"))
    item = clerk.url
    clerk.go_back()
    expect(clerk.locator("#id_title")).to_have_value("检修村口路灯")
    clerk.get_by_role("button", name="只立项").click()
    clerk.wait_for_url(item)
    clerk.go_back()
    clerk.locator("#id_title").fill("检修村口路灯和广播")
    clerk.get_by_role("button", name="只立项").click()
    expect(clerk.locator("h1")).to_have_text("检修村口路灯和广播")
    assert registered(clerk, "检修村口路灯") == 2


def test_a_dispatch_sent_twice_makes_one(enter: People) -> None:
    clerk = enter("周敏")
    read_in(clerk, f"关于检修水闸的通知\n一、检修\n规建办要在{today().year + 1}年4月底前完成水闸检修7座。\n")
    choose(draft_of(clerk, "水闸"))
    press(clerk, "k")
    settle(clerk)
    clerk.goto(clerk.locator("#dispatch").get_attribute("href") or "")
    addresses = clerk.locator("main form").evaluate(SEND_TWICE)
    assert all(address.endswith("/coverage/") for address in addresses)
    assert registered(clerk, "水闸检修") == 1
