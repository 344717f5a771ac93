"""The words of the command line: our own catalogue read without Django, so that `luoshi read` starts at once."""

import functools
import gettext as catalogues
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"


def language() -> str:
    """The code of the language in which the command line speaks: Chinese unless LUOSHI_LANG asks for English."""
    return "en" if os.environ.get("LUOSHI_LANG", "").lower().startswith("en") else "zh-hans"


def gettext(message: str) -> str:
    """The message in the language of the command line."""
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for the count in the language of the command line; the count is filled in by the caller."""
    return _catalogue(language()).ngettext(singular, plural, count)


@functools.cache
def _catalogue(code: str) -> catalogues.NullTranslations:
    folder = {"en": "en", "zh-hans": "zh_Hans"}[code]
    return catalogues.translation("django", LOCALE, [folder], fallback=True)
