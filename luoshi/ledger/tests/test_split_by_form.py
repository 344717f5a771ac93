"""Splitting through its page: choose, look at the shares, do it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from luoshi.audit.queries import history_of
from luoshi.ledger.models import Item
from luoshi.ledger.orders import Order
from luoshi.ledger.services.dispatching import dispatch_orders
from luoshi.ledger.services.handling import accept_item
from luoshi.ledger.tests.making import GOAL, JUNE, accepted
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def town_item(cast: Cast) -> Item:
    """An item of the Party office with 500 亩 to be reached, accepted by the clerk's own office."""
    order = Order("改造低产茶园", cast.units["party_office"].pk, JUNE, targets=[GOAL])
    item = dispatch_orders(actor=cast.actor("clerk"), orders=[order])[0]
    return accept_item(actor=cast.actor("clerk"), item=item)


def test_units_are_offered_one_by_one_and_by_kind(cast: Cast, signed_in: SignIn) -> None:
    html = signed_in("clerk").get(f"/items/{town_item(cast).pk}/split/").content.decode()
    assert "全部村（社区）" in html
    assert "石桥村" in html
    assert "云岭县" not in html


def test_shares_are_divided_and_shown(cast: Cast, signed_in: SignIn) -> None:
    item, client = town_item(cast), signed_in("clerk")
    html = client.get(f"/items/{item.pk}/split/?kind=village").content.decode()
    assert html.count('value="250"') == 2
    assert "500 亩" in html
    assert client.get(f"/items/{item.pk}/split/?kind=branch&unit=").status_code == 400


def test_parts_are_made_with_the_shares_given(cast: Cast, signed_in: SignIn) -> None:
    item = town_item(cast)
    a, b = cast.units["village_a"].pk, cast.units["village_b"].pk
    sent = {"unit": [a, b], f"share_{a}": "300", f"share_{b}": "200", "version": item.version}
    response = signed_in("clerk").post(f"/items/{item.pk}/split/", sent)
    assert response["Location"] == f"/items/{item.pk}/"
    parts = Item.objects.filter(parent=item).order_by("child_ordinal")
    assert [(part.unit_id, part.targets.get().value) for part in parts] == [(a, Decimal(300)), (b, Decimal(200))]
    event = history_of(cast.tenant.pk, "item", item.pk).last()
    assert event is not None
    assert event.action == "split"


def test_a_sum_that_differs_is_said_and_what_was_typed_stays(cast: Cast, signed_in: SignIn) -> None:
    item = town_item(cast)
    a, b = cast.units["village_a"].pk, cast.units["village_b"].pk
    sent = {"unit": [a, b], f"share_{a}": "x", f"share_{b}": "123", "version": item.version}
    response = signed_in("clerk").post(f"/items/{item.pk}/split/", sent)
    assert response.status_code == 400
    assert 'value="123"' in response.content.decode()
    assert not Item.objects.filter(parent=item).exists()


def test_a_unit_has_one_part_only(cast: Cast, signed_in: SignIn) -> None:
    item, client = town_item(cast), signed_in("clerk")
    a = cast.units["village_a"].pk
    assert client.post(f"/items/{item.pk}/split/", {"unit": a, f"share_{a}": "500"}).status_code == 302
    assert f'value="{a}"' not in client.get(f"/items/{item.pk}/split/").content.decode()
    assert client.post(f"/items/{item.pk}/split/", {"unit": a}).status_code == 400


def test_others_are_refused(cast: Cast, signed_in: SignIn) -> None:
    url = f"/items/{accepted(cast).pk}/split/"
    answers = {who: signed_in(who).get(url).status_code for who in ("stranger", "sysadmin", "auditor", "member_a")}
    assert answers == {"stranger": 404, "sysadmin": 404, "auditor": 403, "member_a": 403}
    assert signed_in("anonymous").get(url)["Location"].startswith("/sign-in/")


def test_a_stale_split_is_told(cast: Cast, signed_in: SignIn) -> None:
    item = town_item(cast)
    a = cast.units["village_a"].pk
    sent = {"unit": a, f"share_{a}": "500", "version": item.version - 1}
    response = signed_in("clerk").post(f"/items/{item.pk}/split/", sent)
    assert response.status_code == 409
    assert "刚被别人改动" in response.content.decode()
