"""Words of the one language that stand on a page of the other. What documents and people say is Chinese everywhere."""

import re
from functools import cache
from pathlib import Path

import polib
from playwright.sync_api import Page

PACKAGE = Path(__file__).resolve().parents[2] / "luoshi"
LATIN = re.compile(r"[A-Za-z]{3,}")
REQUEST = re.compile(r"[0-9a-f]{12}")
"""The number of a request on an error page."""
# Names that both languages know, and what demonstrations and browsers bring along.
KNOWN_LATIN = frozenset({"English", "Excel", "Word", "docx", "txt", "xlsx", "png", "jpg", "pdf", "Esc", "Luoshi"})
# Said in Chinese on purpose, or what a document says too: the beat of a recurring duty stands in its own words.
KNOWN_CHINESE = frozenset({"中文", "落实", "每日", "每周", "每月"})
SPOKEN = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.nodeType === 1) {
            for (const name of ["aria-label", "title", "placeholder", "alt"])
                if (node.getAttribute(name)) found.push(node.getAttribute(name));
            if (node.id === "words") found.push(...Object.values(node.dataset));
            continue;
        }
        const holder = node.parentElement;
        if (!node.data.trim() || holder.closest("script, style, noscript, [lang]:not(html), textarea")) continue;
        found.push(node.data);
    }
    return [document.title, ...found].map(text => text.trim()).filter(Boolean);
}"""


@cache
def chinese_words() -> frozenset[str]:
    """Every whole Chinese phrase of the catalogues."""
    found: set[str] = set()
    for path in PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            found.update([entry.msgstr, *entry.msgstr_plural.values()])
    return frozenset(words.strip() for words in found if len(words.strip()) > 1) - KNOWN_CHINESE


def untranslated(page: Page, language: str) -> list[str]:
    """What the page says in the other language."""
    spoken: list[str] = page.evaluate(SPOKEN)
    if language == "en":
        return [text for text in spoken if text in chinese_words() or re.fullmatch(r"(\d+年)?\d+月\d+日", text)]
    return [text for text in spoken if set(LATIN.findall(text)) - KNOWN_LATIN and not REQUEST.fullmatch(text)]
