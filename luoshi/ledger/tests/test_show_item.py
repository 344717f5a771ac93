"""The page of one item, for who may see it."""

from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.ledger.models import Item
from luoshi.ledger.tests.making import accepted, closed, dispatched, in_progress, reported, shared_out
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def page(client: Client, item: Item) -> str:
    """The page as text."""
    response = client.get(f"/items/{item.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_whose_and_by_when(cast: Cast, signed_in: SignIn) -> None:
    html = page(signed_in("clerk"), dispatched(cast))
    assert "改造低产茶园" in html
    assert "石桥村" in html
    assert "云岭-2026-0001" in html
    assert "6月底前" in html


@pytest.mark.parametrize("who", ["stranger", "head_b", "sysadmin"])
def test_who_may_not_see_it_finds_nothing(cast: Cast, signed_in: SignIn, who: str) -> None:
    assert signed_in(who).get(f"/items/{dispatched(cast).pk}/").status_code == 404


def test_nobody_is_sent_to_sign_in(cast: Cast, signed_in: SignIn) -> None:
    item = dispatched(cast)
    response = signed_in("anonymous").get(f"/items/{item.pk}/")
    assert response["Location"] == f"/sign-in/?next=%2Fitems%2F{item.pk}%2F"


def test_the_head_reports_in_three_fields(cast: Cast, signed_in: SignIn) -> None:
    html = page(signed_in("head_a"), accepted(cast))
    assert 'id="report"' in html
    assert f'data-keep="item-{Item.objects.get().pk}"' in html
    assert 'name="amount"' in html
    assert 'name="on_behalf_of"' not in html


def test_a_reader_is_offered_no_act(cast: Cast, signed_in: SignIn) -> None:
    assert "<dialog" not in page(signed_in("auditor"), in_progress(cast))


@pytest.mark.parametrize(("who", "offered"), [("inspector", True), ("leader", True), ("head_a", False)])
def test_who_took_part_is_not_offered_to_verify(cast: Cast, signed_in: SignIn, who: str, offered: bool) -> None:
    assert ("act-close" in page(signed_in(who), reported(cast))) is offered


def test_a_part_shows_its_parent_and_never_its_siblings(cast: Cast, signed_in: SignIn) -> None:
    parent, part_a, part_b = shared_out(cast)
    html = page(signed_in("head_a"), part_a)
    assert "改造低产茶园" in html
    assert "柳湾村" not in html
    assert f"/items/{parent.pk}/" not in html
    assert f"/items/{part_b.pk}/" not in html


def test_a_parent_shows_its_parts_and_their_history(cast: Cast, signed_in: SignIn) -> None:
    parent, part_a, _part_b = shared_out(cast)
    in_progress(cast, part_a)
    html = page(signed_in("clerk"), parent)
    assert "石桥村 300 亩" in html
    assert "柳湾村 200 亩" in html
    assert "石桥村：签收" in html


def test_the_history_tells_the_words_given(cast: Cast, signed_in: SignIn) -> None:
    html = page(signed_in("clerk"), reported(cast))
    assert "已开工" in html
    assert "全部完成" in html
    assert "李春山" in html


def test_a_page_takes_few_queries(cast: Cast, signed_in: SignIn) -> None:
    item, client = in_progress(cast), signed_in("inspector")
    client.get(f"/items/{item.pk}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/items/{item.pk}/")
    # Five for who asks, ten for the page. Where somebody may verify, it is asked besides whether he or she took part.
    assert len(queries) == 15


def test_a_closed_item_says_who_verified_it(cast: Cast, signed_in: SignIn) -> None:
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False):
        item = closed(cast)
        page = signed_in("head_a").get(f"/items/{item.pk}/").content.decode()
    assert "王建国，3月2日，查阅材料" in page
