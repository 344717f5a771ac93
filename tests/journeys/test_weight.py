"""What a page weighs on the line, as the server sends it, and what it forbids the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.journeys.conftest import DESK

pytestmark = pytest.mark.browser
FIRST = 80 * 1024
NEXT = 25 * 1024
SCREENS = (
    "/",
    "/documents/",
    "/documents/new/",
    "/documents/1/coverage/",
    "/documents/2/read/",
    "/documents/2/dispatch/",
    "/ledger/",
    "/items/7/",
    "/items/new/",
    "/units/",
)
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


class Scale:
    """Counts the bytes that come over the line, and notes whom the browser asks."""

    def __init__(self, line: CDPSession, page: Page) -> None:
        self.page, self.bytes = page, 0
        self.hosts: set[str] = set()
        line.send("Network.enable")
        line.on("Network.loadingFinished", self._count)
        page.on("request", lambda request: self.hosts.add("/".join(request.url.split("/")[:3])))

    def _count(self, told: dict[str, float]) -> None:
        self.bytes += int(told["encodedDataLength"])

    def weigh(self, address: str) -> int:
        """Open an address; the bytes it cost, headers included."""
        self.bytes = 0
        self.page.goto(address, wait_until="networkidle")
        return self.bytes


@pytest.fixture
def cold(browser: Browser, demo: str) -> Iterator[Scale]:
    """A browser that has seen nothing yet but a sign-in of the clerk, its cache emptied again."""
    context = browser.new_context(base_url=demo, viewport=DESK)
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_role("button", name="以周敏的身份进入").click()
    page.wait_for_url("**/")
    line = context.new_cdp_session(page)
    line.send("Network.clearBrowserCache")
    yield Scale(line, page)
    context.close()


def test_the_first_page_is_light(cold: Scale, demo: str) -> None:
    weights = {}
    for address in SCREENS:
        cold.page.context.new_cdp_session(cold.page).send("Network.clearBrowserCache")
        weights[address] = cold.weigh(address)
    assert {address: weight for address, weight in weights.items() if weight > FIRST} == {}
    assert min(weights.values()) > NEXT, "nothing was loaded anew, so nothing was measured"
    assert cold.hosts == {demo}


def test_the_next_pages_are_lighter(cold: Scale) -> None:
    cold.weigh("/documents/2/read/")  # brings every script and style along
    weights = {address: cold.weigh(address) for address in SCREENS}
    assert {address: weight for address, weight in weights.items() if weight > NEXT} == {}
    assert min(weights.values()) > 1000


def test_pages_bind_the_browser(cold: Scale) -> None:
    for address in (*SCREENS, "/nowhere/", "/sign-in/"):
        answer = cold.page.goto(address)
        assert answer is not None
        headers = answer.headers
        assert set(headers["content-security-policy"].split("; ")) == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
