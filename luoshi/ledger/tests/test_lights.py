"""Lights: their turning days, and that Python and SQL say the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.enums import Light
from luoshi.ledger.lights import expected_percent, first_day_above, light_expression, light_on
from luoshi.ledger.models import Item, Tally
from luoshi.ledger.orders import Due
from luoshi.ledger.services.handling import Report, report_progress
from luoshi.ledger.tallies import recount, tally_faults, turn_lights
from luoshi.ledger.tests.making import accepted, closed, dispatched, reported, shared_out, with_target
from luoshi.organisations.tests.cast import Cast

MARCH = "2026-03-02 09:00:00+08:00"


@pytest.mark.django_db
@time_machine.travel("2026-06-16 09:00:00+08:00", tick=False)
def test_a_short_item_turns_yellow_on_its_last_three_working_days(cast: Cast) -> None:
    item = dispatched(cast, due=Due(date(2026, 6, 30)))
    assert item.yellow_from == date(2026, 6, 26)


@pytest.mark.django_db
@time_machine.travel(MARCH, tick=False)
def test_the_internal_day_drives_yellow_and_the_outer_day_red(cast: Cast) -> None:
    item = dispatched(cast, due=Due(date(2026, 6, 30), internal_on=date(2026, 6, 18)))
    assert (item.yellow_from, item.red_from) == (date(2026, 6, 4), date(2026, 7, 1))


@pytest.mark.django_db
def test_pace_turns_yellow_then_red_when_nothing_is_done(cast: Cast) -> None:
    with time_machine.travel(MARCH, tick=False):
        item = accepted(cast, with_target(cast))
    assert (item.pace_yellow_from, item.pace_red_from) == (date(2026, 3, 15), date(2026, 4, 8))
    with time_machine.travel("2026-04-10 09:00:00+08:00", tick=False):
        report_progress(actor=cast.actor("head_a"), item=item, report=Report("补上", Decimal(200)))
    item.refresh_from_db()
    assert (item.light, item.percent) == ("green", Decimal("40.00"))


@pytest.mark.django_db
def test_the_flip_of_the_day_moves_lights_and_tallies(cast: Cast) -> None:
    with time_machine.travel(MARCH, tick=False):
        dispatched(cast)
        closed(cast, dispatched(cast, title="已办"))
        reported(cast, dispatched(cast, title="已报"))
        shared_out(cast)
    for day in ("2026-06-20", "2026-07-01"):
        with time_machine.travel(f"{day} 00:05:00+08:00", tick=False):
            turn_lights()
        assert tally_faults() == {}
    assert {(item.state, item.light) for item in Item.objects.all()} == {
        ("dispatched", "red"),
        ("closed", "green"),
        ("reported", "red"),
        ("accepted", "red"),
    }
    with time_machine.travel("2026-07-01 00:06:00+08:00", tick=False):
        assert turn_lights() == 0


@pytest.mark.django_db
def test_a_wrong_tally_is_named(cast: Cast) -> None:
    dispatched(cast)
    Tally.objects.update(count=5)
    (cell, pair), *rest = tally_faults().items()
    assert (cell[0], pair, rest) == (cast.units["village_a"].pk, (5, 1), [])
    assert recount() == {cell: 1}


@pytest.mark.django_db
def test_python_and_sql_agree_on_every_combination(cast: Cast) -> None:
    item = dispatched(cast)
    day = date(2026, 1, 3)
    around = [None, day - timedelta(days=1), day, day + timedelta(days=1)]
    for red in around:
        for yellow in around:
            for pace_yellow, pace_red in ((None, None), (day, None), (day, day)):
                Item.objects.filter(pk=item.pk).update(
                    red_from=red, yellow_from=yellow, pace_yellow_from=pace_yellow, pace_red_from=pace_red
                )
                row = Item.objects.annotate(fresh=light_expression(day)).get()
                assert light_on(row, day) == Light(getattr(row, "fresh"))  # noqa: B009 - annotated, unknown to the checker


@given(
    days=st.lists(st.integers(1, 40), min_size=1, max_size=4),
    values=st.lists(st.integers(0, 100), min_size=3, max_size=3),
    percent=st.integers(0, 130),
)
def test_the_first_day_above_is_the_first(days: list[int], values: list[int], percent: int) -> None:
    start, line = date(2026, 1, 1), [(date(2026, 1, 1), Decimal(0))]
    for step, value in zip(days, [*sorted(values), 100][-len(days) :], strict=True):
        line.append((line[-1][0] + timedelta(days=step), Decimal(value)))
    found = first_day_above(line, Decimal(percent))
    day = start
    while day <= line[-1][0]:
        here = expected_percent(line, day)
        assert here is not None
        if here > percent:
            assert found == day
            return
        day += timedelta(days=1)
    assert found is None
