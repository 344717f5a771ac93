"""Steps that several journeys take: reading a text in, deciding on drafts by keyboard, dispatching."""

import re

from playwright.sync_api import Locator, Page, expect

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""The smallest picture there is, as evidence."""


def read_in(page: Page, text: str) -> str:
    """Paste a text, once more when it was read in before, and come to its drafts; the address of the screen."""
    page.goto("/documents/new/")
    _paste(page, text)
    if page.get_by_label("仍要再读入一次").count():
        page.get_by_label("仍要再读入一次").check()
        _paste(page, text)
    expect(page.locator("article.draft").first).to_be_visible()
    page.wait_for_load_state()  # a key pressed before the script runs is lost
    return page.url


def _paste(page: Page, text: str) -> None:
    page.get_by_label("或粘贴文字").fill(text)
    page.get_by_label("不含涉密内容").check()
    page.get_by_role("button", name="读入").click()


def draft_of(page: Page, words: str) -> Locator:
    """The card whose title or sentence holds the words."""
    return page.locator("article.draft", has_text=words).first


def choose(card: Locator) -> None:
    """Select a card by a click beside its text."""
    card.click(position={"x": 5, "y": 5})
    expect(card).to_have_class(re.compile(r"\bselected\b"))


def press(page: Page, key: str) -> None:
    """Press a key and wait until its act is answered and drawn."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.press(key)
    assert answer.value.ok, answer.value.text()
    settle(page)


def settle(page: Page) -> None:
    """Wait until htmx has drawn the answer and no dialog stands open."""
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def give(page: Page, unit: str) -> None:
    """Set the lead unit of the selected drafts by keyboard."""
    page.keyboard.press("u")
    page.locator("dialog[open] input[name=lead]").fill(unit)
    press(page, "Enter")


def set_day(page: Page, day: str) -> None:
    """Set the day of the selected drafts by keyboard."""
    page.keyboard.press("t")
    page.locator("dialog[open] input[name=due_day]").fill(day)
    press(page, "Enter")


def dispatch_kept(page: Page) -> None:
    """From the reading screen through the confirmation to the coverage."""
    page.locator("#dispatch").click()
    page.wait_for_url("**/dispatch/")
    page.get_by_role("button", name="交办").click()
    page.wait_for_url("**/coverage/")


def duty(page: Page, words: str) -> Locator:
    """The marked sentence that holds the words, on the coverage."""
    return page.locator("a.duty", has_text=words).first


def accept(page: Page) -> None:
    """The lead unit accepts the item on whose page it stands; on a phone by the bar at the bottom."""
    page.locator("a[data-dialog=act-accept]:visible").first.click()
    page.locator("dialog[open]").get_by_role("button", name="签收").click()
    expect(page.locator(".message.success")).to_have_text("已签收。")
