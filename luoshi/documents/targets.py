"""Measures of success as a draft keeps them: dictionaries of metric, comparison, value, unit and words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from luoshi.core.errors import BadInput
from luoshi.ledger.enums import Comparison
from luoshi.ledger.orders import NewTarget, adds_up

SIGNS = {Comparison.AT_LEAST: "≥", Comparison.AT_MOST: "≤", Comparison.EXACTLY: "="}
LARGEST = Decimal(10) ** 13
"""The ledger keeps sixteen digits, two of them behind the point."""


def value_of(target: Mapping[str, str]) -> str:
    """A target as shown: ≥ 500 亩."""
    sign = SIGNS.get(Comparison(target["comparison"]), "=")
    return f"{sign} {target['value']} {target['unit']}".strip()


def number_of(text: str) -> Decimal | None:
    """A decimal of the size the ledger can keep, or None."""
    try:
        value = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < LARGEST else None


def bounds_of(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range such as 2-3, or None."""
    low, dash, high = text.partition("-")
    first, last = number_of(low), number_of(high)
    return (first, last) if dash and first is not None and last is not None else None


def readable_target(given: Mapping[str, str]) -> dict[str, str]:
    """A target as a clerk typed it. Raises BadInput when its value is no number and no range."""
    target = {name: given.get(name, "").strip() for name in ("metric", "comparison", "value", "unit", "words")}
    if target["comparison"] not in Comparison.values:
        raise BadInput(_("Choose at least, at most or exactly."), "comparison")
    if number_of(target["value"]) is None and bounds_of(target["value"]) is None:
        raise BadInput(_("The target needs a number, or a range such as 2-3."), "value")
    return target


def divisible(targets: Sequence[Mapping[str, str]]) -> Decimal | None:
    """The value of the first target when it is an amount that units can share; a rate or a limit holds for each."""
    if not targets:
        return None
    first = targets[0]
    if not adds_up(first["comparison"], first["unit"]):
        return None
    return number_of(first["value"])


def new_targets(targets: Sequence[Mapping[str, str]]) -> list[NewTarget]:
    """The targets for the ledger; a range becomes its two ends. What is no number stays in the text alone."""
    made: list[NewTarget] = []
    for target in targets:
        value, bounds = number_of(target["value"]), bounds_of(target["value"])
        if bounds:
            made.append(NewTarget(target["metric"], Comparison.AT_LEAST, bounds[0], target["unit"]))
            made.append(NewTarget(target["metric"], Comparison.AT_MOST, bounds[1], target["unit"]))
        elif value is not None:
            made.append(NewTarget(target["metric"], target["comparison"], value, target["unit"]))
    return made
