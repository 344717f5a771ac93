"""Today: what waits for whom, who waits for what, what comes soon."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.ledger.models import Item
from luoshi.ledger.orders import Due, Order
from luoshi.ledger.services.dispatching import dispatch_orders
from luoshi.ledger.services.handling import Report, accept_item, report_done, return_item
from luoshi.ledger.services.steering import remind
from luoshi.ledger.services.verifying import Check, close_item, send_back
from luoshi.ledger.tallies import turn_lights
from luoshi.ledger.tests.making import JUNE, accepted, dispatched, reported, shared_out
from luoshi.organisations.models import Grant
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def part(client: Client, name: str) -> list[tuple[str, str]]:
    """(verb, title) of the lines of a part."""
    response = client.get("/")
    assert response.status_code == 200
    found: Any = response.context[name]
    assert found.count == len(found.rows)
    return [(line.verb, line.title) for line in found.rows]


def test_a_head_is_to_accept_and_does_so_here(cast: Cast, signed_in: SignIn) -> None:
    item, client = dispatched(cast), signed_in("head_a")
    assert part(client, "waiting") == [("签收", "改造低产茶园")]
    line = client.get("/").context["waiting"].rows[0]
    assert client.post(line.act.url, {"idempotency_key": line.act.key, "next": "/"})["Location"] == "/"
    assert Item.objects.get(pk=item.pk).state == "accepted"
    assert part(signed_in("head_b"), "waiting") == []


@time_machine.travel("2026-06-20 09:00:00+08:00", tick=False)
def test_work_due_soon_waits_for_its_doers(cast: Cast, signed_in: SignIn) -> None:
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False):
        accepted(cast)
    turn_lights()
    assert part(signed_in("head_a"), "waiting") == [("报进度", "改造低产茶园")]
    assert part(signed_in("member_a"), "waiting") == [("报进度", "改造低产茶园")]
    assert part(signed_in("head_a"), "soon") == []
    assert part(signed_in("leader"), "soon") == [("", "改造低产茶园")]


def test_a_report_waits_for_those_who_may_verify(cast: Cast, signed_in: SignIn) -> None:
    reported(cast)
    for who in ("leader", "inspector", "clerk"):
        assert part(signed_in(who), "waiting") == [("核验", "改造低产茶园")]
    for who in ("head_a", "member_a", "auditor", "sysadmin", "stranger"):
        assert part(signed_in(who), "waiting") == []


def test_what_was_sent_back_waits_again(cast: Cast, signed_in: SignIn) -> None:
    send_back(actor=cast.actor("inspector"), item=reported(cast), reason="还差三户", check=Check("on_site"))
    assert part(signed_in("head_a"), "waiting") == [("退回重办", "改造低产茶园")]


def test_what_a_unit_returned_waits_for_the_office(cast: Cast, signed_in: SignIn) -> None:
    return_item(actor=cast.actor("head_a"), item=dispatched(cast), reason="不归我们管")
    assert part(signed_in("clerk"), "waiting") == [("退回", "改造低产茶园")]
    assert part(signed_in("leader"), "waiting") == []


@time_machine.travel("2026-07-02 09:00:00+08:00", tick=False)
def test_the_office_waits_for_the_late_ones_first(cast: Cast, signed_in: SignIn) -> None:
    later = Due(date(2026, 12, 31))
    dispatched(cast, title="不急", due=later), dispatched(cast, title="急")
    assert part(signed_in("clerk"), "watching") == [("", "急"), ("", "不急")]
    assert part(signed_in("leader"), "watching") == []


def test_a_reminder_is_offered_once_a_day(cast: Cast, signed_in: SignIn) -> None:
    item, client = dispatched(cast), signed_in("clerk")
    assert client.get("/").context["watching"].rows[0].act.url == f"/items/{item.pk}/remind/"
    remind(actor=cast.actor("clerk"), item=item)
    assert client.get("/").context["watching"].rows[0].act is None


def test_a_parent_stands_back_behind_its_parts(cast: Cast, signed_in: SignIn) -> None:
    shared_out(cast)
    assert len(part(signed_in("clerk"), "watching")) == 2


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-10-01", "今天放假"), ("2026-05-09", "今天调休上班"), ("2026-11-23", "")],
)
def test_the_head_of_the_day(cast: Cast, signed_in: SignIn, moment: str, said: str) -> None:
    with time_machine.travel(f"{moment} 09:00:00+08:00", tick=False):
        context = signed_in("clerk").get("/").context
        assert context["day_note"].startswith(said)
        assert bool(context["day_note"]) is bool(said)


def test_ten_are_shown_and_the_rest_is_linked(cast: Cast, signed_in: SignIn) -> None:
    orders = [Order(f"事项{place}", cast.units["village_a"].pk, JUNE) for place in range(13)]
    dispatch_orders(actor=cast.actor("clerk"), orders=orders)
    client = signed_in("head_a")
    waiting = client.get("/").context["waiting"]
    assert (len(waiting.rows), waiting.count, waiting.all_url) == (10, 13, "/ledger/?desk=waiting")
    assert client.get(waiting.all_url).context["page"].paginator.count == 13


@pytest.mark.parametrize("who", ["clerk", "head_a", "leader"])
def test_ten_rows_take_as_many_queries_as_one(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(who)
    dispatched(cast)
    few = _queries(client)
    orders = [Order(f"事项{place}", cast.units["village_a"].pk, JUNE) for place in range(9)]
    dispatch_orders(actor=cast.actor("clerk"), orders=orders)
    assert _queries(client) == few


def _queries(client: Client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


def test_nobody_is_sent_to_sign_in(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in("anonymous").get("/")["Location"] == "/sign-in/?next=%2F"


def test_an_empty_house_leads_to_the_first_dispatch(cast: Cast, signed_in: SignIn) -> None:
    steps = signed_in("clerk").get("/").context["steps"]
    assert [(step.done, step.current, bool(step.url)) for step in steps] == [
        (True, False, False),
        (True, False, False),
        (False, True, True),
        (False, False, True),
    ]
    assert "由办公室来做" in signed_in("sysadmin").get("/").content.decode()
    assert [step.current for step in signed_in("stranger").get("/").context["steps"]] == [True, False, False, False]
    dispatched(cast)
    assert signed_in("clerk").get("/").context["steps"] == []


def test_who_did_a_part_is_not_asked_to_verify_the_whole(cast: Cast, signed_in: SignIn) -> None:
    parent, part_a, part_b = shared_out(cast)
    for item, head in ((part_a, "head_a"), (part_b, "head_b")):
        accept_item(actor=cast.actor(head), item=item)
        report_done(actor=cast.actor(head), item=item, report=Report("完成"))
        close_item(actor=cast.actor("leader"), item=item, check=Check("papers"))
    done = Report("全部完成", on_behalf_of=cast.people["clerk"])
    report_done(actor=cast.actor("clerk"), item=parent, report=done)
    Grant.objects.create(
        person=cast.people["head_a"], unit=cast.units["town"], role="inspector", starts_on=date(2020, 1, 1)
    )
    assert part(signed_in("head_a"), "waiting") == []
    assert part(signed_in("inspector"), "waiting") == [("核验", "改造低产茶园")]
