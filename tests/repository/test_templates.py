"""Templates: nothing inline, every word translatable."""

import re
from html.parser import HTMLParser

from tests.repository.tree import line_of, of_kind

INLINE = {
    "a style element": re.compile(r"<style\b"),
    "a style attribute": re.compile(r"(?<![\w-])style\s*="),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "an event attribute": re.compile(r"(?<![\w-])on[a-z]+\s*=\s*[\"']"),
    "hx-on, which evaluates a string": re.compile(r"\bhx-on\b"),
    "an expression for htmx to evaluate": re.compile(r"\bhx-(vals|headers|vars)\s*=\s*[\"'](js|javascript):"),
    "a javascript: address": re.compile(r"javascript:"),
}
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
# A block that fills an attribute, by its name: {% block main_class %}.
ATTRIBUTE_BLOCK = re.compile(r"{%\s*block\s+\w*(?:class|attributes|id)\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]+")
SHOWN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "aria-description", "label", "summary"}
# Names that are the same in every language.
NAMES = {"Luoshi", "落实", "中文", "简体中文", "English", "Excel", "Word", "xlsx", "docx", "txt", "md"}


class ShownText(HTMLParser):
    """Collects the words that a reader sees: text, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += WORD.findall(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value:
                self.words += WORD.findall(value)


def blank(match: re.Match[str]) -> str:
    """White space of the same number of lines."""
    return " " + "\n" * match.group(0).count("\n")


def test_nothing_is_inline() -> None:
    found = [
        f"{path}:{line_of(text, match.start())}: {what}"
        for path, source in of_kind(".html")
        for text in [COMMENT.sub(blank, source)]
        for what, pattern in INLINE.items()
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_every_word_is_translatable() -> None:
    found = []
    for path, source in of_kind(".html"):
        parser = ShownText()
        text = ATTRIBUTE_BLOCK.sub(blank, COMMENT.sub(blank, source))
        parser.feed(TAG.sub(blank, TRANSLATED.sub(blank, text)))
        found += [f"{path}: {word}" for word in parser.words if word not in NAMES]
    assert found == []
