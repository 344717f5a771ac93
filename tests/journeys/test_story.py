"""The whole story in a real browser: from a speech on the screen to a closed item and a printed list."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from luoshi.config.demo.texts import speech
from luoshi.core.clock import today
from tests.journeys.conftest import People
from tests.journeys.steps import PNG, accept, choose, dispatch_kept, draft_of, duty, give, press, read_in, set_day

pytestmark = pytest.mark.browser
SHEDS = "建成标准化育苗棚20个"
FILM = "建设废旧农膜回收点24个"


def test_from_the_speech_to_a_closed_item(enter: People) -> None:
    clerk = enter("周敏")
    reading = read_in(clerk, speech(today() + timedelta(days=1)))
    day = (today() + timedelta(days=60)).isoformat()
    _decide_by_keyboard(clerk, day)
    _is_still_there(enter("周敏"), reading, day)
    dispatch_kept(clerk)

    village = enter("李春山", phone=True)
    village.get_by_role("link", name=f"签收：{SHEDS}").last.click()
    item = village.url
    _accept_and_report(village)

    clerk.goto(item)
    expect(clerk.get_by_role("link", name="核验办结")).to_be_visible()
    clerk.go_back()
    inspector = enter("王建国")
    inspector.goto(item)
    _close(inspector)

    clerk.reload()
    duty(clerk, "育苗棚").click()
    expect(duty(clerk, "育苗棚")).to_have_class("duty ok")
    expect(duty(clerk, "育苗棚")).to_have_attribute("aria-current", "true")
    beside = clerk.get_by_role("complementary")
    expect(beside).to_contain_text("已办结")
    beside.get_by_role("link", name="打开事项").click()
    clerk.wait_for_url(item)
    _print(clerk)


def _decide_by_keyboard(clerk: Page, day: str) -> None:
    """The sentence selects its card, the card its sentence; then unit, day and decision without a mouse."""
    clerk.locator("mark.duty", has_text="育苗棚").first.click()
    card = draft_of(clerk, SHEDS)
    expect(card).to_have_class(re.compile(r"\bselected\b"))
    choose(clerk.locator("article.draft").first)
    choose(card)
    expect(clerk.locator("mark.duty.selected")).to_contain_text("育苗棚20个")
    give(clerk, "石桥村")
    set_day(clerk, day)
    choose(card)
    press(clerk, "k")


def _is_still_there(page: Page, reading: str, day: str) -> None:
    """Another browser of the same person, as after a closed one."""
    page.goto(reading)
    card = draft_of(page, SHEDS)
    expect(card).to_have_attribute("data-lead", "石桥村")
    expect(card).to_have_attribute("data-due", day)
    expect(card.get_by_text("已保留")).to_be_visible()


def _accept_and_report(village: Page) -> None:
    accept(village)
    report = village.locator("#report")
    report.get_by_label("办了什么").fill("二十个育苗棚全部搭好，已通水通电。")
    report.get_by_label("上次填报后又完成多少").fill("20")
    report.get_by_label("附件").set_input_files({"name": "现场.png", "mimeType": "image/png", "buffer": PNG})
    village.locator(".bar").get_by_role("button", name="报进度").click()
    expect(village.locator("main")).to_contain_text("20 / 20 个")
    expect(village.get_by_role("link", name="现场.png").first).to_be_visible()
    expect(village.get_by_role("link", name="核验办结")).to_have_count(0)
    village.locator("a[data-dialog=act-report_done]:visible").first.click()
    dialog = village.locator("dialog[open]")
    dialog.get_by_label("办了什么").fill("全部完成，请镇里核验。")
    dialog.get_by_role("button", name="报办结").click()
    expect(village.locator("main")).to_contain_text("待核验")
    expect(village.get_by_role("link", name="核验办结")).to_have_count(0)


def _close(inspector: Page) -> None:
    inspector.get_by_role("link", name="核验办结").click()
    dialog = inspector.locator("dialog[open]")
    dialog.get_by_label("实地查看").check()
    dialog.get_by_role("button", name="核验办结").click()
    expect(inspector.locator(".state.ok").first).to_contain_text("已办结")


def _print(clerk: Page) -> None:
    number = clerk.locator("main .num").first.inner_text()
    clerk.goto("/ledger/")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="任务分解表（Excel）").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    row = next(row for row in sheet.iter_rows(values_only=True) if any(number in str(cell) for cell in row))
    said = " ".join(str(cell) for cell in row if cell is not None)
    for words in (SHEDS, "石桥村", "已办结"):
        assert words in said


def test_a_duty_goes_to_all_villages(enter: People) -> None:
    clerk = enter("周敏")
    sentence = f"各村要在{today().year + 1}年5月底前{FILM}。"
    reading = read_in(clerk, f"在农业面源污染治理会上的讲话\n同志们：\n一、抓好回收\n{sentence}\n")
    choose(draft_of(clerk, FILM))
    clerk.keyboard.press("a")
    clerk.locator("dialog[open]").get_by_label("全部村（12 个）").check()
    clerk.locator("dialog[open] input[name=lead]").fill("农业农村办")
    press(clerk, "Enter")
    expect(draft_of(clerk, FILM)).to_contain_text("农业农村办 → 12 个村各一条")
    press(clerk, "k")
    dispatch_kept(clerk)
    expect(clerk.locator("main .tally")).to_contain_text("1 件要办")

    clerk.goto(reading.replace("/read/", "/coverage/"))
    duty(clerk, "废旧农膜").click()
    clerk.get_by_role("link", name="打开事项").first.click()
    parts = clerk.locator("h2", has_text="分解").locator("+ ul > li")
    expect(parts).to_have_count(12)
    assert parts.locator(".num").all_inner_texts() == ["0 / 2 个"] * 12
    clerk.goto("/ledger/?q=废旧农膜")
    expect(clerk.locator("tbody tr")).to_have_count(13)
