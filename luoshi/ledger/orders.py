"""What is to be put on the ledger, as plain values: feeders fill these in, `services.dispatching` writes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from luoshi.ledger.enums import Comparison, Kind, Track


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A measure of success; the first of an order is its primary one. `value` is at least 0."""

    metric: str
    comparison: str
    value: Decimal
    measured_in: str = ""


@dataclass(frozen=True, slots=True)
class NewCitation:
    """Characters `start` to `end` (code points, end exclusive) of the frozen text (source, source_id)."""

    source: str
    source_id: int
    start: int
    end: int
    label: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due day with the precision and the words it came from (codes of the deadline grammar)."""

    on: date | None = None
    precision: str = ""
    words: str = ""
    code: str = ""
    internal_on: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part of an order, with its share of the primary target when that is divided."""

    unit_id: int
    share: Decimal | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One duty to be registered or dispatched: led by `unit_id`, or shared out to `parts` under that lead."""

    title: str
    unit_id: int
    due: Due = field(default_factory=Due)
    requirement: str = ""
    measure: str = ""
    category: str = ""
    note: str = ""
    theme: str = ""
    track: str = Track.ORDINARY
    kind: str = Kind.ONCE
    assisting: Sequence[int] = ()
    targets: Sequence[NewTarget] = ()
    citations: Sequence[NewCitation] = ()
    parts: Sequence[Part] = ()
    lead_leader_id: int | None = None
    verifier_unit_id: int | None = None


RATES = frozenset({"%", "％", "‰", "百分点", "个百分点"})
"""Measures that hold for each part as they hold for the whole."""


def adds_up(comparison: str, measured_in: str) -> bool:
    """Whether a target is an amount that parts share and that their results sum to; a rate or a limit is not."""
    return comparison != Comparison.AT_MOST and measured_in not in RATES


def shared_evenly(order: Order) -> Order:
    """The order with its primary target divided among parts of which none has a share of its own."""
    if not order.parts or not order.targets or any(part.share is not None for part in order.parts):
        return order
    target = order.targets[0]
    if not adds_up(target.comparison, target.measured_in):
        return order
    shares = divided(target.value, len(order.parts))
    return replace(order, parts=[replace(part, share=share) for part, share in zip(order.parts, shares, strict=True)])


def divided(value: Decimal, count: int) -> list[Decimal]:
    """A target shared out evenly to whole numbers where it is whole; the first shares take what is left over."""
    step = Decimal(1) if value == value.to_integral_value() else Decimal("0.01")
    share = (value / count).quantize(step, rounding="ROUND_DOWN")
    left = int((value - share * count) / step)
    return [share + step if place < left else share for place in range(count)]
