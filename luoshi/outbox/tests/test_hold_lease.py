"""One holder at a time: competition, death, and clocks that jump."""

import secrets
from datetime import timedelta
from functools import partial

import pytest
from django.db.models import F
from django.db.models.functions import Now

from luoshi.outbox.leases import hold_lease, release_lease
from luoshi.outbox.models import Lease
from luoshi.outbox.tests.threads import at_once


def turn_clock(seconds: int) -> None:
    """Let the clock stand `seconds` later, as the lease sees it: its end comes that much nearer."""
    Lease.objects.update(until=F("until") - timedelta(seconds=seconds))


def test_one_holds_and_renews_and_the_other_waits(db: None) -> None:
    assert hold_lease("jobs", "a", 60) is True
    assert hold_lease("jobs", "b", 60) is False
    turn_clock(30)
    assert hold_lease("jobs", "a", 60) is True
    assert hold_lease("jobs", "b", 60) is False
    turn_clock(59)
    assert hold_lease("jobs", "b", 60) is False
    assert hold_lease("notices", "b", 60) is True


def test_a_lease_lasts_as_long_as_asked(db: None) -> None:
    hold_lease("jobs", "a", 60)

    assert Lease.objects.filter(until__gt=Now() + timedelta(seconds=55)).count() == 1
    assert Lease.objects.filter(until__lte=Now() + timedelta(seconds=60)).count() == 1


def test_the_lease_of_a_dead_holder_ends(db: None) -> None:
    hold_lease("jobs", "a", 60)
    turn_clock(61)

    assert hold_lease("jobs", "b", 60) is True
    assert hold_lease("jobs", "a", 60) is False


def test_a_clock_set_back_does_not_keep_a_dead_lease(db: None) -> None:
    hold_lease("jobs", "a", 60)
    turn_clock(-3600)

    assert hold_lease("jobs", "b", 60) is True
    assert hold_lease("jobs", "a", 60) is False


def test_a_released_lease_is_free_at_once(db: None) -> None:
    hold_lease("jobs", "a", 60)
    release_lease("jobs", "b")
    assert hold_lease("jobs", "b", 60) is False

    release_lease("jobs", "a")
    assert hold_lease("jobs", "b", 60) is True


@pytest.mark.parametrize("turn", range(10))
def test_of_eight_at_once_one_holds(committed: None, turn: int) -> None:
    def compete() -> list[bool]:
        return sorted(at_once([partial(hold_lease, "jobs", secrets.token_hex(4), 60) for _number in range(8)]))

    new = compete()
    turn_clock(61)
    expired = compete()
    release_lease("jobs", Lease.objects.get().holder)
    free = compete()

    assert new == expired == free == [False] * 7 + [True]
