"""What fits into the ledger, said before the database has to refuse it, and alike on both engines."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.core.errors import BadInput

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LARGEST = Decimal("999999999999.99")
CENT = Decimal("0.01")
LENGTHS = {"title": 200, "category": 60, "theme": 20, "due_words": 100, "metric": 60, "measured_in": 20}


def require_text(value: str, field: str) -> None:
    """Refuse text that is longer than its column or holds what no text holds."""
    longest = LENGTHS.get(field)
    if longest is not None and len(value) > longest:
        raise BadInput(_("This is too long: at most %(count)d characters.") % {"count": longest}, field)
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise BadInput(_("The text holds characters that cannot be kept; type it again."), field)


def require_day(value: date | None, field: str) -> None:
    """Refuse a day outside of the years anybody plans for."""
    if value is not None and not FIRST_DAY <= value <= LAST_DAY:
        raise BadInput(_("Give a day between 2000 and 2100."), field)


def require_amount(value: Decimal | None, field: str, *, negative: bool = False) -> None:
    """Refuse an amount that is no number, too large, finer than two decimals, or below zero unless it may be."""
    if value is None:
        return
    if not value.is_finite() or abs(value) > LARGEST or value != value.quantize(CENT):
        raise BadInput(_("Give an amount with at most twelve digits and two decimals."), field)
    if value < 0 and not negative:
        raise BadInput(_("An amount is not below zero."), field)
