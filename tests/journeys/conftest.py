"""The real product for the journeys: `luoshi demo` in a process of its own, and a headless browser."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser import chromium

START_WITHIN = 120
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
People = Callable[..., Page]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demonstration, made afresh."""
    folder: Path = tmp_path_factory.mktemp("demo")
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    program = Path(sys.executable).with_name("luoshi")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [str(program), "demo", "--port", str(port)],
            env={**kept, "LUOSHI_DATA": str(folder / "data")},
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, folder / "log")
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(START_WITHIN * 5):
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(f"{address}/sign-in/", timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the demonstration did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the journeys of a file.

    Not for longer: while it runs there is an event loop, and Django refuses its database to whoever has one.
    """
    with chromium() as found:
        yield found


@pytest.fixture
def enter(browser: Browser, demo: str) -> Iterator[People]:
    """`enter("周敏")` is a page on which that person is signed in, with a browser of his or her own; `enter()` nobody.

    Anything the browser complains of (a script error, a refused style) fails the journey.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def come_in(name: str = "", *, phone: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=demo,
            viewport=PHONE if phone else DESK,
            java_script_enabled=scripts,
            locale="zh-CN",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{name}: {error}"))
        page.on(
            "console",
            lambda told: complaints.append(f"{name}: {told.text}") if "Content Security" in told.text else None,
        )
        page.goto("/")
        if name:
            page.get_by_role("button", name=f"以{name}的身份进入").click()
            page.wait_for_url("**/")
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert complaints == []
