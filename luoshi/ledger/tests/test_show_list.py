"""The ledger as a list: conditions, counts, rows, pages."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.ledger.models import Assignment, Item
from luoshi.ledger.orders import Due, NewCitation, Order
from luoshi.ledger.services.dispatching import dispatch_orders, register_item
from luoshi.ledger.tests.making import JUNE, accepted, closed, dispatched, shared_out
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def titles(client: Client, query: str = "") -> list[str]:
    """Titles of the rows shown, in their order."""
    response = client.get(f"/ledger/{query}")
    assert response.status_code == 200
    return [row.title for row in response.context["page"].object_list]


def counts(client: Client, query: str = "") -> dict[str, str]:
    """Chip → count."""
    filters = client.get(f"/ledger/{query}").context["filters"]
    return {chip.label: chip.count for chip in filters}


def many(cast: Cast, count: int, unit: str = "village_a") -> list[Item]:
    """So many items of one unit, due one after the other."""
    orders = [
        Order(f"事项{place:03d}", cast.units[unit].pk, Due(date(2027, 1, 1 + place % 28))) for place in range(count)
    ]
    return dispatch_orders(actor=cast.actor("clerk"), orders=orders)


def test_everybody_sees_his_own(cast: Cast, signed_in: SignIn) -> None:
    dispatched(cast, title="甲"), dispatched(cast, unit="village_b", title="乙")
    assert titles(signed_in("clerk")) == ["甲", "乙"]
    assert titles(signed_in("head_a")) == ["甲"]
    assert titles(signed_in("stranger")) == []
    assert titles(signed_in("sysadmin")) == []
    assert signed_in("anonymous").get("/ledger/")["Location"] == "/sign-in/?next=%2Fledger%2F"


def test_parts_stand_below_their_parent(cast: Cast, signed_in: SignIn) -> None:
    shared_out(cast)
    assert titles(signed_in("clerk")) == ["改造低产茶园", "石桥村 300 亩", "柳湾村 200 亩"]
    assert titles(signed_in("clerk"), f"?unit={cast.units['village_a'].pk}") == ["改造低产茶园"]
    assert titles(signed_in("head_b")) == ["改造低产茶园"]


def test_a_part_does_not_stand_twice_for_whom_its_parent_is_shown_to(cast: Cast, signed_in: SignIn) -> None:
    parent = shared_out(cast)[0]
    Assignment.objects.create(item=parent, unit=cast.units["village_b"])
    assert titles(signed_in("head_b")) == ["改造低产茶园", "柳湾村 200 亩"]
    assert titles(signed_in("head_b"), "?top=1") == ["改造低产茶园"]


@pytest.mark.parametrize("query", ["", "?state=registered", "?unit=VILLAGE"])
def test_what_is_not_dispatched_yet_is_not_counted_for_the_unit(cast: Cast, signed_in: SignIn, query: str) -> None:
    dispatched(cast)
    register_item(actor=cast.actor("clerk"), order=Order("甲", cast.units["village_a"].pk, JUNE))
    query = query.replace("VILLAGE", str(cast.units["village_a"].pk))
    told = counts(signed_in("head_a"), query)
    assert (told["全部"], told.get("已立项", "0")) == ("1", "0")
    assert counts(signed_in("clerk"), query)["全部"] == "2"


def test_of_many_parts_five_are_shown(cast: Cast, signed_in: SignIn) -> None:
    parent = shared_out(cast)[0]
    Item.objects.filter(pk=parent.pk).update(children_numbered=14)
    rows = signed_in("clerk").get("/ledger/").context["page"].object_list
    assert "另有 12 个分项" in rows[0].more_words
    assert rows[0].more_url == f"/ledger/?parent={rows[0].id}"


@time_machine.travel("2026-07-02 09:00:00+08:00", tick=False)
def test_chips_count_what_they_show(cast: Cast, signed_in: SignIn) -> None:
    dispatched(cast), accepted(cast), closed(cast)
    dispatched(cast, unit="village_b", due=Due(date(2026, 12, 31)))
    client = signed_in("clerk")
    assert counts(client) == {
        "全部": "4",
        "逾期": "2",
        "将到期": "0",
        "待签收": "2",
        "办理中": "1",
        "待核验": "0",
        "已办结": "1",
    }
    assert len(titles(client, "?light=red")) == 2
    assert len(titles(client, "?state=accepted,in_progress")) == 1
    assert counts(client, f"?unit={cast.units['village_b'].pk}")["全部"] == "1"
    assert counts(client, "?q=茶园")["逾期"] == "2"


def test_conditions_meet(cast: Cast, signed_in: SignIn) -> None:
    dispatched(cast, title="修桥", due=Due(date(2027, 3, 1))), dispatched(cast, title="修路", due=Due(date(2027, 4, 1)))
    client = signed_in("clerk")
    assert titles(client, "?q=桥") == ["修桥"]
    assert titles(client, "?q=0002") == ["修路"]
    assert titles(client, "?due_from=2027-03-15") == ["修路"]
    assert titles(client, "?due_to=2027-03-15&q=修") == ["修桥"]
    assert titles(client, "?sort=late&q=修") == ["修路", "修桥"]
    assert titles(client, "?state=nonsense&unit=x&parent=y&page=z&due_from=q") == ["修桥", "修路"]


def test_a_document_is_asked_for_by_its_source(cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.ledger import sources

    monkeypatch.setattr(sources, "_SOURCES", {})
    sources.register_source("letter", lambda _actor, _id, _start: "/letters/", rows=lambda _actor, key: [key * 10])
    cited = Order(
        "引用的", cast.units["village_a"].pk, JUNE, citations=[NewCitation("letter", 70, 0, 4, "讲话 一", "改造茶园")]
    )
    dispatch_orders(actor=cast.actor("clerk"), orders=[cited, Order("别的", cast.units["village_a"].pk, JUNE)])
    assert titles(signed_in("clerk"), "?letter=7") == ["引用的"]
    row = signed_in("clerk").get("/ledger/?letter=7").context["page"].object_list[0]
    assert row.source_words == "讲话 一 “改造茶园”"
    assert 'href="/letters/"' in signed_in("clerk").get(row.url).content.decode()


def test_undated_items_come_last_and_pages_join(cast: Cast, signed_in: SignIn) -> None:
    many(cast, 60)
    dispatch_orders(
        actor=cast.actor("clerk"),
        orders=[Order("长期", cast.units["village_a"].pk, track="standing", kind="standing")],
    )
    client = signed_in("head_a")
    first, second = titles(client), titles(client, "?page=2")
    assert (len(first), len(second), second[-1]) == (50, 11, "长期")
    assert len({*first, *second}) == 61


@pytest.mark.parametrize("who", ["clerk", "head_a"])
def test_thirty_rows_take_as_many_queries_as_one(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(who)
    many(cast, 1)
    few = _queries(client)
    many(cast, 29)
    assert _queries(client) == few


def _queries(client: Client) -> int:
    client.get("/ledger/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/ledger/").status_code == 200
    return len(queries)


def test_an_empty_ledger_says_how_it_fills(cast: Cast, signed_in: SignIn) -> None:
    assert "台账还是空的" in signed_in("clerk").get("/ledger/").content.decode()
    assert "没有符合条件的事项" in signed_in("clerk").get("/ledger/?q=x").content.decode()
