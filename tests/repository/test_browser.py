"""The browser of the journeys starts here, draws Chinese and finds barriers."""

import pytest

from tests.browser import barriers, chromium

pytestmark = pytest.mark.browser


def test_the_browser_shows_a_page_and_axe_finds_its_barriers() -> None:
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True, locale="zh-CN").new_page()
        page.set_content('<html lang="zh-Hans"><title>落实</title><main><h1>落实</h1><img src="data:,"></main></html>')
        assert page.locator("h1").inner_text() == "落实"
        assert barriers(page) == ['image-alt: <img src="data:,">']
