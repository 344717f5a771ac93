"""Every act through its address: who may, who may not, what is asked for, what is written."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luoshi.audit.queries import history_of
from luoshi.ledger.enums import Action
from luoshi.ledger.models import Item, Progress
from luoshi.ledger.orders import Due, Order
from luoshi.ledger.services.dispatching import dispatch_orders, register_item
from luoshi.ledger.services.handling import accept_item, return_item
from luoshi.ledger.services.steering import suspend_item
from luoshi.ledger.tests.making import accepted, closed, dispatched, in_progress, reported, with_target
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
Make = Callable[[Cast], Item]
DUE = Due(date(2027, 6, 30))


def registered(cast: Cast) -> Item:
    """An item not yet dispatched."""
    return register_item(actor=cast.actor("clerk"), order=Order("修桥", cast.units["village_a"].pk, DUE))


def returned(cast: Cast) -> Item:
    """An item the unit sent back to the office."""
    return return_item(actor=cast.actor("head_a"), item=dispatched(cast), reason="不归我们管")


def suspended(cast: Cast) -> Item:
    """An item at rest."""
    return suspend_item(actor=cast.actor("leader"), item=accepted(cast), reason="等资金")


def standing(cast: Cast) -> Item:
    """A standing duty that its unit accepted."""
    order = Order("管好集体资金", cast.units["village_a"].pk, track="standing", kind="standing")
    item = dispatch_orders(actor=cast.actor("clerk"), orders=[order])[0]
    return accept_item(actor=cast.actor("head_a"), item=item)


def amendment(_cast: Cast) -> dict[str, Any]:
    """The order with another title."""
    return {"title": "改造低产茶园五百亩", "due_on": "2026-06-30", "reason": "数字写清楚"}


CASES: dict[str, tuple[Make, str, Callable[[Cast], dict[str, Any]], str]] = {
    "dispatch": (registered, "clerk", lambda _cast: {}, "dispatched"),
    "accept": (dispatched, "head_a", lambda _cast: {}, "accepted"),
    "return": (dispatched, "head_a", lambda _cast: {"reason": "不归我们管"}, "returned"),
    "redispatch": (
        returned,
        "clerk",
        lambda cast: {"reason": "归柳湾村", "unit": cast.units["village_b"].pk},
        "dispatched",
    ),
    "set_handler": (accepted, "head_a", lambda cast: {"handler": cast.people["member_a"].pk}, "accepted"),
    "progress": (accepted, "member_a", lambda _cast: {"happened": "开工了", "amount": "30"}, "in_progress"),
    "report_done": (in_progress, "head_a", lambda _cast: {"happened": "都做完了"}, "reported"),
    "verify": (reported, "inspector", lambda _cast: {"way": "on_site", "note": "看过现场"}, "reported"),
    "close": (reported, "leader", lambda _cast: {"way": "papers"}, "closed"),
    "send_back": (reported, "inspector", lambda _cast: {"way": "on_site", "reason": "还差三户"}, "in_progress"),
    "reopen": (closed, "leader", lambda _cast: {"reason": "反弹"}, "in_progress"),
    "suspend": (accepted, "leader", lambda _cast: {"reason": "等资金"}, "suspended"),
    "resume": (suspended, "leader", lambda _cast: {"reason": "资金到位"}, "accepted"),
    "terminate": (accepted, "leader", lambda _cast: {"reason": "政策变了"}, "terminated"),
    "amend": (accepted, "clerk", amendment, "accepted"),
    "remind": (accepted, "clerk", lambda _cast: {"words": "请抓紧"}, "accepted"),
    "review": (standing, "head_a", lambda _cast: {"happened": "制度健全"}, "in_progress"),
}
ACTS = sorted(CASES)
ASKING = sorted(set(ACTS) - {"dispatch", "accept", "remind"})


@pytest.mark.parametrize("act", ACTS)
def test_it_is_done_and_written_down(cast: Cast, signed_in: SignIn, act: str) -> None:
    make, who, given, state = CASES[act]
    item = make(cast)
    response = signed_in(who).post(f"/items/{item.pk}/{act}/", {**given(cast), "version": item.version})
    assert (response.status_code, response["Location"]) == (302, f"/items/{item.pk}/")
    assert Item.objects.get(pk=item.pk).state == state
    event = history_of(cast.tenant.pk, "item", item.pk).last()
    assert event is not None
    assert (event.action, event.actor_id) == (act, cast.people[who].pk)


@pytest.mark.parametrize("act", ACTS)
def test_its_form_is_shown(cast: Cast, signed_in: SignIn, act: str) -> None:
    make, who, given, _state = CASES[act]
    item = make(cast)
    html = signed_in(who).get(f"/items/{item.pk}/{act}/").content.decode()
    assert f'action="/items/{item.pk}/{act}/"' in html
    assert "idempotency_key" in html
    assert [name for name in given(cast) if f'name="{name}"' not in html] == []


@pytest.mark.parametrize("act", ACTS)
def test_others_are_refused(cast: Cast, signed_in: SignIn, act: str) -> None:
    make, _who, given, _state = CASES[act]
    item = make(cast)
    before = Item.objects.get(pk=item.pk).version
    url = f"/items/{item.pk}/{act}/"
    answers = {who: signed_in(who).post(url, given(cast)).status_code for who in ("stranger", "sysadmin", "auditor")}
    assert answers == {"stranger": 404, "sysadmin": 404, "auditor": 403}
    assert signed_in("anonymous").post(url, given(cast))["Location"].startswith("/sign-in/?next=")
    assert Item.objects.get(pk=item.pk).version == before


@pytest.mark.parametrize("act", ASKING)
def test_what_is_missing_is_said_in_the_form(cast: Cast, signed_in: SignIn, act: str) -> None:
    make, who, _given, _state = CASES[act]
    item = make(cast)
    response = signed_in(who).post(f"/items/{item.pk}/{act}/", {"version": item.version})
    assert response.status_code == 400
    assert 'class="errors"' in response.content.decode()
    assert Item.objects.get(pk=item.pk).version == item.version


def test_an_act_the_ledger_does_not_know_is_no_page(cast: Cast, signed_in: SignIn) -> None:
    item = dispatched(cast)
    assert signed_in("clerk").get(f"/items/{item.pk}/dance/").status_code == 404
    assert signed_in("clerk").get(f"/items/{item.pk}/review/").status_code == 404


def test_every_act_of_the_table_has_its_form() -> None:
    from luoshi.ledger.views.doing import DOING
    from luoshi.ledger.workflow import TABLE

    assert {action for _track, _state, action in TABLE} - set(DOING) == {Action.SPLIT}


def test_an_act_out_of_its_time_says_where_the_item_stands(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in("leader").get(f"/items/{accepted(cast).pk}/close/")
    assert response.status_code == 400
    assert "已签收" in response.content.decode()


def test_what_was_typed_stays_when_the_service_refuses(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast, with_target(cast))
    sent = {"happened": "改种了三组的茶园", "amount": "-5"}
    response = signed_in("head_a").post(f"/items/{item.pk}/progress/", sent)
    assert response.status_code == 400
    assert "改种了三组的茶园" in response.content.decode()
    assert not Progress.objects.exists()


def test_the_same_form_twice_makes_one_entry(cast: Cast, signed_in: SignIn) -> None:
    item, client = accepted(cast, with_target(cast)), signed_in("head_a")
    sent = {"happened": "改种四十二亩", "amount": "42", "idempotency_key": "k1"}
    answers = [client.post(f"/items/{item.pk}/progress/", sent).status_code for _time in range(2)]
    assert answers == [302, 302]
    assert [report.amount for report in Progress.objects.all()] == [Decimal(42)]


def test_an_act_leads_back_to_where_it_stood_on_this_site_only(cast: Cast, signed_in: SignIn) -> None:
    item, client = dispatched(cast), signed_in("clerk")
    answer = client.post(f"/items/{item.pk}/remind/", {"next": "//elsewhere.example/"})
    assert answer["Location"] == f"/items/{item.pk}/"
    answer = signed_in("head_a").post(f"/items/{item.pk}/accept/", {"next": "/"})
    assert answer["Location"] == "/"
