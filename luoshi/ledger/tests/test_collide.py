"""Two people at one item: the second sees both texts and loses nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from luoshi.ledger.models import Item
from luoshi.ledger.services.steering import amend_item
from luoshi.ledger.tests.making import accepted, reported
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_both_texts_stand_side_by_side(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast)
    amend_item(
        actor=cast.actor("clerk"), item=item, changes={"title": "改造老茶园"}, reason="口径", version=item.version
    )
    sent = {
        "title": "改造低产茶园",
        "measure": "先试点",
        "due_on": "2026-06-30",
        "reason": "补",
        "version": item.version,
    }
    response = signed_in("clerk").post(f"/items/{item.pk}/amend/", sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "改造老茶园" in html
    assert "先试点" in html
    assert f'name="version" value="{item.version + 1}"' in html
    assert Item.objects.get().measure == ""


def test_sent_again_from_that_page_it_goes_through(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast)
    sent = {"title": "改造低产茶园", "measure": "先试点", "due_on": "2026-06-30", "reason": "补"}
    answer = signed_in("clerk").post(f"/items/{item.pk}/amend/", {**sent, "version": item.version})
    assert answer.status_code == 302
    assert Item.objects.get().measure == "先试点"


def test_an_act_on_an_item_that_moved_on_keeps_the_text(cast: Cast, signed_in: SignIn) -> None:
    item = reported(cast)
    first = {"way": "papers", "version": item.version}
    assert signed_in("leader").post(f"/items/{item.pk}/close/", first).status_code == 302
    second = {"way": "on_site", "note": "现场看过三组", "version": item.version}
    response = signed_in("inspector").post(f"/items/{item.pk}/close/", second)
    assert response.status_code == 409
    assert "现场看过三组" in response.content.decode()
    assert "已办结" in response.content.decode()
