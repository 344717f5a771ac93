"""Headless Chromium for the journeys, and axe to look for barriers on a page."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).resolve().parent / "vendor" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = (
    "No Chromium for the browser journeys: run make setup (Debian: apt install chromium fonts-noto-cjk), "
    "or give its path in LUOSHI_TEST_BROWSER."
)


def program() -> str:
    """The path of the browser; a test that needs one fails when there is none."""
    found = os.environ.get("LUOSHI_TEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(MISSING, pytrace=False)
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser. In a container one is often root, and there Chromium starts only without its sandbox."""
    arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


def barriers(page: Page) -> list[str]:
    """What axe finds on the page as `rule: element` lines; its context must be opened with `bypass_csp`."""
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads(page.evaluate("async () => JSON.stringify(await axe.run(document))"))
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
