"""Style sheets, scripts and vendored files: Chromium 86 and newer, from this server alone, byte for byte."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.repository.tree import PACKAGE, ROOT, line_of, of_kind

# What came after Chromium 86, with the version that brought it. Left out is what an older browser skips without harm
# (accent-color, text-wrap, scrollbar-color, scrollbar-gutter, thickness of underlines): nothing may depend on it.
NEWER_CSS = {
    ":is() 88": r":is\(",
    ":where() 88": r":where\(",
    ":not() with a list 88": r":not\([^()]*,",
    ":has() 105": r":has\(",
    ":dir() 120": r":dir\(",
    ":user-valid 119": r":user-(in)?valid",
    "inset 87": r"(?<![\w-])inset(-block|-inline)?\s*:",
    "logical margin and padding shorthands 87": r"(?<![\w-])(margin|padding)-(inline|block)\s*:",
    "logical border shorthands 87": r"(?<![\w-])border-(inline|block)(-color|-style|-width)?\s*:",
    "logical corners 89": r"border-(start|end)-(start|end)-radius",
    "aspect-ratio 88": r"(?<![\w-])aspect-ratio\s*:",
    "overflow: clip 90": r"overflow(-[xy])?\s*:\s*clip",
    "field-sizing 123": r"field-sizing",
    "@layer 99": r"@layer\b",
    "@container 105": r"@container\b|container-type",
    "@scope 118": r"@scope\b",
    "@starting-style 117": r"@starting-style",
    "media ranges 104": r"@media[^{]*[<>]",
    "nesting 112": r"(?m)^\s*&",
    "color-mix() 111": r"color-mix\(",
    "oklch(), lab() 111": r"\b(oklch|oklab|lch|lab|hwb|color)\(",
    "light-dark() 123": r"light-dark\(",
    "dvh, svh, lvh 108": r"\d(d|s|l)v(h|w|min|max|b|i)\b",
    "translate, rotate, scale as properties 104": r"(?m)^\s*(translate|rotate|scale)\s*:",
    "mask without prefix 120": r"(?<![\w-])mask(-image|-size)?\s*:",
    "subgrid 117": r"\bsubgrid\b",
    "round(), mod() 125": r":\s*(round|mod|rem)\(",
    "print-color-adjust without prefix 136": r"(?<!-webkit-)print-color-adjust\s*:",
}
NEWER_JS = {
    ".at() 92": r"\.at\(",
    "Object.hasOwn 93": r"Object\.hasOwn\b",
    "structuredClone 98": r"\bstructuredClone\(",
    "findLast 97": r"\.findLast(Index)?\(",
    "toSorted and kin 110": r"\.(toSorted|toReversed|toSpliced)\(",
    "groupBy 117": r"\b(Object|Map)\.groupBy\(",
    "fromAsync 121": r"\bfromAsync\(",
    "withResolvers 119": r"withResolvers\(",
    "crypto.randomUUID 92": r"\brandomUUID\(",
    "AbortSignal.timeout, any 103": r"AbortSignal\.(timeout|any)\(",
    "static blocks 94": r"\bstatic\s*{",
    "#x in object 91": r"#\w+\s+in\s",
    "error cause 93": r"\bcause\s*:",
    "regular expression flags d and v 90": r"/[gimsuy]*[dv][gimsuy]*\.(exec|test)\(",
    "showPicker 99": r"\.showPicker\(",
    "popover 114": r"\.(show|hide|toggle)Popover\(",
    "checkVisibility 105": r"\.checkVisibility\(",
    "URL.canParse 120": r"URL\.canParse\(",
    "Intl.Segmenter 87": r"Intl\.Segmenter\b",
    "view transitions 111": r"startViewTransition",
    "set methods 122": r"\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(",
    "scrollend 114": r"scrollend",
    "top-level await 89": r"(?m)^await\b",
}
NEWER_HTML = {
    "inert 102": r"<[^>]*\sinert\b",
    "popover 114": r"\spopover(target)?\b\s*[=>]",
    "search element 118": r"<search\b",
    "until-found 102": r"until-found",
    "invoker commands 135": r"\scommandfor\s*=",
}
COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//.*$)|<!--.*?-->|{#.*?#}", re.DOTALL)
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE)
VENDOR_ROW = re.compile(r"^\| `([^`]+)` \|.*?\((.*?)\).*`([0-9a-f]{64})` \|$", re.MULTILINE)


def blank(match: re.Match[str]) -> str:
    """The lines of a comment without its words."""
    return "\n" * match.group(0).count("\n")


@pytest.mark.parametrize(
    ("suffix", "newer"), [(".css", NEWER_CSS), (".js", NEWER_JS), (".html", NEWER_HTML)], ids=["css", "js", "html"]
)
def test_nothing_is_newer_than_chromium_86(suffix: str, newer: dict[str, str]) -> None:
    found = [
        f"{path}:{line_of(text, match.start())}: {what}"
        for path, source in of_kind(suffix)
        for text in [COMMENT.sub(blank, source)]
        for what, pattern in newer.items()
        for match in re.finditer(pattern, text)
    ]
    assert found == []


def test_no_outside_host_at_run_time() -> None:
    found = [
        f"{path}:{line_of(text, match.start())}: {match.group(0)}"
        for path, source in of_kind(".css", ".js", ".html")
        for text in [COMMENT.sub(blank, source)]
        for match in OUTSIDE.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("folder", [PACKAGE / "core/static/vendor", ROOT / "tests/vendor"], ids=["product", "tests"])
def test_vendored_files_are_as_published(folder: Path) -> None:
    rows = VENDOR_ROW.findall((folder / "VENDORED.md").read_text(encoding="utf-8"))
    assert rows
    licences = {name for _, names, _ in rows for name in re.findall(r"`([^`]+)`", names)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert {name: found.get(name) for name, _, _ in rows} == {name: digest for name, _, digest in rows}
    assert set(found) == {name for name, _, _ in rows} | licences | {"VENDORED.md"}
