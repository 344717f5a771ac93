"""Everything that can be done is reached by the Tab key, in the order in which it stands, and one sees where one is."""

from itertools import groupby
from typing import TypedDict

import pytest

from tests.journeys.conftest import People

pytestmark = pytest.mark.browser
SCREENS = (
    "/",
    "/documents/new/",
    "/documents/1/coverage/",
    "/documents/2/dispatch/",
    "/ledger/",
    "/items/7/",
    "/items/new/",
)
NUMBERED = """() => {
    const wanted = "a[href], button:enabled, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    let count = 0;
    const groups = new Set();
    for (const one of document.querySelectorAll(wanted)) {
        if (!one.checkVisibility({visibilityProperty: true})) continue;
        if (one.type === "radio") { if (groups.has(one.name)) continue; groups.add(one.name); }
        one.dataset.stop = String(count++);
    }
    document.activeElement.blur();
    return count;
}"""
WHERE = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {stop: Number(one.dataset.stop ?? -1), html: one.outerHTML.slice(0, 120),
            // A day has stops of its own inside; the browser itself marks the last, its calendar.
            seen: inside && (one.type === "date" || style.outlineStyle === "solid" && style.outlineWidth === "2px")};
}"""


class Stop(TypedDict):
    """Where the focus stands: the number given, the element, and whether one sees it."""

    stop: int
    html: str
    seen: bool


def test_tab_reaches_everything_in_order(enter: People) -> None:
    page = enter("周敏")
    for address in SCREENS:
        page.goto(address)
        count = page.evaluate(NUMBERED)
        stops: list[Stop] = []
        while len({one["stop"] for one in stops}) < count and len(stops) < count + 20:
            page.keyboard.press("Tab")
            stops.append(page.evaluate(WHERE))
        assert [one["html"] for one in stops if not one["seen"]] == [], address
        assert [stop for stop, _same in groupby(one["stop"] for one in stops)] == list(range(count)), address


def test_on_the_reading_screen_the_card_with_the_focus_opens(enter: People) -> None:
    page = enter("周敏")
    page.goto("/documents/2/read/")
    page.locator("article.draft h3 a").first.focus()
    for _press in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(WHERE)["seen"]
        assert page.evaluate("document.activeElement.closest('article.draft').classList.contains('selected')")


def test_the_first_stop_skips_to_the_content(enter: People) -> None:
    page = enter("周敏")
    page.goto("/ledger/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_dialog_takes_and_gives_back_the_focus(enter: People) -> None:
    page = enter("周敏")
    page.goto("/items/7/")
    link = page.locator("a[data-dialog]").first
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert link.evaluate("one => one === document.activeElement")
