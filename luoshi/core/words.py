"""Days and numbers as people write them, in the reader's language, as plain text."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import pgettext

from luoshi.core.clock import today


def day_words(day: date) -> str:
    """A day without the year in this year: 9 May, 5月9日."""
    shown = pgettext("a day of this year", "j M")
    if day.year != today().year:
        shown = pgettext("a day of another year", "j M Y")
    return date_format(day, shown, use_l10n=False)


def number_words(number: Decimal) -> str:
    """A number without the zeros that say nothing: 300, 12.5."""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
