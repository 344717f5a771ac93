"""Registering by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from luoshi.audit.queries import history_of
from luoshi.ledger.models import Item
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def given(cast: Cast, **more: Any) -> dict[str, Any]:
    """A duty of village A."""
    return {
        "title": "修缮村级活动室",
        "unit": cast.units["village_a"].pk,
        "track": "ordinary",
        "due_on": "2027-03-31",
        "comparison": ">=",
        **more,
    }


def test_a_clerk_registers(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in("clerk").post("/items/new/", given(cast))
    item = Item.objects.get()
    assert response["Location"] == f"/items/{item.pk}/"
    assert (item.title, item.state, item.number, item.due_on) == (
        "修缮村级活动室",
        "registered",
        None,
        date(2027, 3, 31),
    )
    event = history_of(cast.tenant.pk, "item", item.pk).get()
    assert (event.action, event.actor_id) == ("register", cast.people["clerk"].pk)


def test_it_goes_out_at_once_when_asked(cast: Cast, signed_in: SignIn) -> None:
    more = {"then": "dispatch", "value": "2", "measured_in": "间", "assisting": [cast.units["village_b"].pk]}
    signed_in("clerk").post("/items/new/", given(cast, **more))
    item = Item.objects.get()
    assert (item.state, item.number) == ("dispatched", "云岭-2026-0001")
    assert item.targets.get().value == 2
    assert item.assignments.get().unit_id == cast.units["village_b"].pk


def test_a_standing_duty_needs_no_day(cast: Cast, signed_in: SignIn) -> None:
    signed_in("clerk").post("/items/new/", given(cast, track="standing", due_on="", then="dispatch"))
    item = Item.objects.get()
    assert (item.track, item.state, item.due_on) == ("standing", "dispatched", None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "这个字段是必填项"),
        ({"due_on": "", "then": "dispatch"}, "还没有时限"),
        ({"internal_due_on": "2027-04-30"}, "内部时限不能晚于时限"),
        ({"value": "3"}, "请填写计量单位"),
        ({"measured_in": "间"}, "请填写数量"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, signed_in: SignIn, wrong: dict[str, str], said: str
) -> None:
    response = signed_in("clerk").post("/items/new/", given(cast, requirement="年底前可用", **wrong))
    html = response.content.decode()
    assert response.status_code == 400
    assert said in html
    assert "年底前可用" in html
    assert not Item.objects.exists()


def test_only_a_clerk_registers(cast: Cast, signed_in: SignIn) -> None:
    answers = {who: signed_in(who).get("/items/new/").status_code for who in ("clerk", "head_a", "leader", "auditor")}
    assert answers == {"clerk": 200, "head_a": 403, "leader": 403, "auditor": 403}
    assert signed_in("anonymous").get("/items/new/")["Location"] == "/sign-in/?next=%2Fitems%2Fnew%2F"
    assert signed_in("head_a").post("/items/new/", given(cast)).status_code == 403


def test_a_unit_of_another_tenant_is_no_choice(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in("clerk").post("/items/new/", given(cast, unit=cast.units["other"].pk)).status_code == 400
