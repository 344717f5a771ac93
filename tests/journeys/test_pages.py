"""Every screen, in both languages, on a desk and on a phone: no barrier, nothing cut off, nothing untranslated."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import barriers
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.words import untranslated

pytestmark = pytest.mark.browser
SIZES = {"desk": (DESK, 720), "phone": (PHONE, 320)}
"""The window, and the width at which it must still hold: the desk at 200 %, the smallest phone."""
SPEECH, PLAN = 1, 2
"""Documents of the demonstration: the first is dispatched, of the second a part is decided."""
SCREENS = {
    "": ["/sign-in/"],
    "周敏": [
        "/",
        "/documents/",
        "/documents/new/",
        f"/documents/{PLAN}/read/",
        f"/documents/{PLAN}/dispatch/",
        f"/documents/{PLAN}/sentences/",
        f"/documents/{SPEECH}/coverage/",
        "/ledger/",
        "/ledger/?light=red&state=in_progress",
        "/ledger/?q=没有这样的事项",
        "/items/new/",
        "/units/",
        "/nowhere/",
        "/units/new/",
        "/password/",
    ],
    "李春山": ["/", "/ledger/", "/documents/", "/items/new/"],
    "王建国": ["/", f"/documents/{SPEECH}/coverage/"],
    "方可": ["/", "/units/", "/units/new/", "/units/people/new/", "/units/2/names/new/"],
}
"""By address; those that hang on a sentence, a draft or an item follow below."""
FOLLOWED = {
    "周敏": [
        (f"/documents/{SPEECH}/coverage/", "a.duty.ok"),
        (f"/documents/{PLAN}/read/", "article.draft h3 a"),
        ("/ledger/?state=registered", "td.name a"),
        ("/ledger/?state=returned", "td.name a"),
        ("/ledger/?state=in_progress", "td.name a"),
        ("/ledger/?state=reported", "td.name a"),
        ("/ledger/?state=closed", "td.name a"),
        ("/ledger/?state=suspended", "td.name a"),
    ],
    "李春山": [("/ledger/?state=in_progress", "td.name a")],
    "王建国": [("/ledger/?state=reported", "td.name a")],
}


@pytest.fixture(params=list(product(("zh-hans", "en"), SIZES)), ids="-".join)
def seat(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator["Seat"]:
    """A browser of one language and size in which everybody may sit down."""
    language, size = request.param
    found = Seat(browser, demo, language, size)
    yield found
    found.context.close()


class Seat:
    """One window, with what was found wrong in it."""

    def __init__(self, browser: Browser, demo: str, language: str, size: str) -> None:
        self.language, (self.window, self.narrow) = language, SIZES[size]
        self.context = browser.new_context(base_url=demo, viewport=self.window, bypass_csp=True)
        self.context.set_default_timeout(10_000)
        self.context.add_cookies([{"name": "luoshi_language", "value": language, "url": demo}])
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.seen: set[str] = set()

    def sit_down(self, name: str) -> Page:
        """Sign in as somebody else."""
        self.context.clear_cookies(name="sessionid")
        self.page.goto("/sign-in/")
        if name:
            self.page.locator("li", has_text=name).get_by_role("button").click()
            self.page.wait_for_url("**/")
        return self.page

    def look(self, where: str = "") -> None:
        """Look for barriers, for what is cut off and for words of the other language."""
        place = f"{self.page.url.partition('//')[2].partition('/')[2]} {where}"
        self.wrong += [f"{place}: {barrier}" for barrier in barriers(self.page)]
        self.wrong += [f"{place}: untranslated {text!r}" for text in untranslated(self.page, self.language)]
        for width in (self.window["width"], self.narrow):
            self.page.set_viewport_size({"width": width, "height": self.window["height"]})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.wrong.append(f"{place}: {wide} px wide at {width} px")
        self.page.set_viewport_size(self.window)

    def look_into_dialogs(self) -> None:
        """The same for every dialog, opened one after the other."""
        for name in self.page.locator("dialog").evaluate_all("all => all.map(one => one.id)"):
            self.page.evaluate("id => document.getElementById(id).showModal()", name)
            self.look(name)
            self.page.evaluate("id => document.getElementById(id).close()", name)


def test_every_screen(seat: Seat) -> None:
    for name, addresses in SCREENS.items():
        page = seat.sit_down(name)
        for address in addresses:
            page.goto(address)
            seat.look()
            if "read" in address:
                seat.look_into_dialogs()
    assert "\n".join(seat.wrong) == ""


def test_every_item_and_act(seat: Seat) -> None:
    for name, ways in FOLLOWED.items():
        page = seat.sit_down(name)
        for address, link in ways:
            page.goto(address)
            page.goto(page.locator(link).first.get_attribute("href") or "")
            seat.look()
            if re.search(r"/items/\d+/$", page.url):
                _look_at_acts(seat)
    assert "\n".join(seat.wrong) == ""


def _look_at_acts(seat: Seat) -> None:
    """Every act of the item not seen before: as a dialog when it has one, and as a page of its own."""
    links = seat.page.locator("a[data-dialog]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for address in dict.fromkeys(links):
        act = address.rstrip("/").rpartition("/")[2]
        if act in seat.seen:
            continue
        seat.seen.add(act)
        seat.page.evaluate("id => { const it = document.getElementById(id); if (it) it.showModal() }", f"act-{act}")
        seat.look(f"dialog {act}")
        seat.page.goto(address)
        seat.look()
        seat.page.go_back()
