"""Take the pictures of docs/pictures from the demonstration: ``python tools/pictures.py [FOLDER]``.

Builds a fresh demonstration, starts it, signs in as the people who use each screen, and photographs it in headless
Chromium. Run it after the screens have changed; the pictures show the township as of that day.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from playwright.sync_api import Browser, Page  # noqa: E402

from tests.browser import chromium  # noqa: E402

DESK, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True)
class Picture:
    """One picture: its file, who looks at which address, in which language, how large, after which keys and click."""

    name: str
    username: str
    path: str
    language: str = "zh-hans"
    size: tuple[int, int] = DESK
    press: tuple[str, ...] = ()
    click: str = ""


PICTURES = (
    Picture("reading.zh", "clerk", "/documents/2/", press=("j", "j", "j")),
    Picture("reading.en", "clerk", "/documents/2/", "en", press=("j", "j", "j")),
    Picture("coverage", "leader", "/documents/1/", click=".duty.late >> nth=0"),
    Picture("ledger", "clerk", "/ledger/"),
    Picture("item", "clerk", "/items/7/"),
    Picture("today", "clerk", "/"),
    Picture("phone", "head", "/", size=PHONE),
)


@contextmanager
def demonstration(folder: str) -> Iterator[str]:
    """A running demonstration; gives its address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    environment = {**os.environ, "LUOSHI_DATA": folder}
    command = [sys.executable, "-m", "luoshi.config.commandline", "demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"{address}/sign-in/", timeout=2).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


def sign_in(browser: Browser, address: str, picture: Picture) -> Page:
    """A page of the right size and language on which the person is signed in."""
    wide, high = picture.size
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        device_scale_factor=2 if picture.size == PHONE else 1,
        is_mobile=picture.size == PHONE,
    )
    context.add_cookies([{"name": "luoshi_language", "value": picture.language, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.click(f'button[name="username"][value="{picture.username}"]')
    page.wait_for_load_state("networkidle")
    return page


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> None:
    """Photograph one screen."""
    page = sign_in(browser, address, picture)
    answer = page.goto(address + picture.path)
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.path} does not answer {picture.username}: {answer and answer.status}")
    page.wait_for_load_state("networkidle")
    if picture.click:
        page.click(picture.click)
        page.wait_for_timeout(600)
    for key in picture.press:
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    path = folder / f"{picture.name}.png"
    page.screenshot(path=path)
    page.context.close()
    print(f"{path}: {path.stat().st_size // 1024} KB")


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, demonstration(data) as address, chromium() as browser:
        for picture in PICTURES:
            take(browser, address, picture, folder)


if __name__ == "__main__":
    main()
