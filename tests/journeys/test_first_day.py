"""An empty installation leads to its first dispatch.

The page is drawn before the browser starts: Django refuses its database to whoever has an event loop.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Route, expect

from tests.browser import barriers, chromium
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.words import untranslated

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
STATIC = Path(__file__).resolve().parents[2] / "luoshi" / "core" / "static"
SITE = "http://luoshi.test"


TITLES = {"zh-hans": "四步完成第一次交办", "en": "To the first dispatch"}


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("name", ["sysadmin", "clerk"])
def test_the_way_to_the_first_dispatch(signed_in: Callable[[str], Client], name: str, language: str) -> None:
    client = signed_in(name)
    client.cookies["luoshi_language"] = language
    html = client.get("/").content.decode()
    with chromium() as browser:
        page = browser.new_page()
        page.route("**/*", lambda route: answer(route, html))
        for window in (DESK, PHONE):
            page.set_viewport_size(window)
            page.goto(SITE)
            expect(page.locator("h2").first).to_have_text(TITLES[language])
            assert barriers(page) + untranslated(page, language) == []
            assert page.evaluate("document.documentElement.scrollWidth") == window["width"]


def answer(route: Route, html: str) -> None:
    """The page for the first address, and what it brings along."""
    path = route.request.url.removeprefix(SITE)
    if path == "/":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(path=STATIC / path.removeprefix("/static/"))
