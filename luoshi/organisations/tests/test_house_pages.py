"""Units and people through their pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from luoshi.accounts.models import User
from luoshi.audit.queries import history_of
from luoshi.organisations.models import Grant, Person, Post, Unit, UnitAlias
from luoshi.organisations.tests.cast import Cast
from luoshi.organisations.tree import tree_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_everybody_reads_the_own_house(cast: Cast, signed_in: SignIn) -> None:
    html = signed_in("member_a").get("/units/").content.decode()
    assert "柳湾村" in html
    assert "周敏" in html
    assert "/units/new/" not in html
    assert "东岭县" not in html
    assert "柳湾村" not in signed_in("stranger").get("/units/").content.decode()
    assert signed_in("anonymous").get("/units/")["Location"] == "/sign-in/?next=%2Funits%2F"


def test_several_units_are_pasted_at_once(cast: Cast, signed_in: SignIn) -> None:
    sent = {"parent": cast.units["town"].pk, "kind": "village", "names": "松岭村\n\n 上坪村 \n"}
    assert signed_in("sysadmin").post("/units/new/", sent)["Location"] == "/units/"
    made = Unit.objects.filter(name__in=["松岭村", "上坪村"]).order_by("pk")
    assert [(unit.name, unit.kind, unit.parent_id) for unit in made] == [
        ("松岭村", "village", cast.units["town"].pk),
        ("上坪村", "village", cast.units["town"].pk),
    ]
    event = history_of(cast.tenant.pk, "unit", made[0].pk).get()
    assert (event.action, event.actor_id) == ("add_units", cast.people["sysadmin"].pk)


@pytest.mark.parametrize(
    ("names", "said"), [("", "必填"), ("石桥村", "已有"), ("新村\n新村", "出现了两次"), ("村" * 101, "太长")]
)
def test_a_wrong_list_is_refused_whole(cast: Cast, signed_in: SignIn, names: str, said: str) -> None:
    sent = {"parent": cast.units["town"].pk, "kind": "village", "names": f"{names}"}
    before = Unit.objects.count()
    response = signed_in("sysadmin").post("/units/new/", sent)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert Unit.objects.count() == before


def test_the_kind_of_new_units_is_chosen_by_hand(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in("sysadmin")
    assert '<option value="" selected>请选择类型</option>' in client.get("/units/new/").content.decode()
    before = Unit.objects.count()
    for kind in ("", "county"):
        sent = {"parent": cast.units["town"].pk, "kind": kind, "names": "松岭村"}
        assert client.post("/units/new/", sent).status_code == 400
    assert Unit.objects.count() == before


def test_another_name_is_found_at_once(cast: Cast, signed_in: SignIn) -> None:
    village = cast.units["village_a"]
    assert tree_of(cast.tenant.pk).find("石桥") is None
    url = f"/units/{village.pk}/names/new/"
    assert signed_in("sysadmin").post(url, {"alias": "石桥"})["Location"] == "/units/"
    found = tree_of(cast.tenant.pk).find("石桥")
    assert found is not None
    assert found.id == village.pk
    assert UnitAlias.objects.get().unit_id == village.pk
    assert (
        signed_in("sysadmin").post(f"/units/{cast.units['village_b'].pk}/names/new/", {"alias": "石桥"}).status_code
        == 400
    )
    assert signed_in("stranger").post(url, {"alias": "桥"}).status_code == 404


def person(cast: Cast, **more: Any) -> dict[str, Any]:
    """A new head of village B."""
    return {"name": "钱新", "unit": cast.units["village_b"].pk, "title": "村支书", "roles": ["head"], **more}


def test_a_person_gets_a_password_once_and_changes_it(cast: Cast, signed_in: SignIn) -> None:
    client, sent = signed_in("sysadmin"), person(cast, username="qianxin", idempotency_key="k1")
    response = client.post("/units/people/new/", sent)
    found = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", response.content.decode())
    assert found is not None
    user = authenticate(username="qianxin", password=found.group(0))
    assert isinstance(user, User)
    assert user.must_change_password is True
    assert (Post.objects.get(person__user=user).title, Grant.objects.get(person__user=user).role) == ("村支书", "head")
    assert "no-store" in response["Cache-Control"]
    again = client.post("/units/people/new/", sent)
    assert (again.status_code, again["Location"]) == (302, "/units/")
    assert Person.objects.filter(name="钱新").count() == 1


def test_a_person_without_sign_in_can_still_be_named(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in("sysadmin").post("/units/people/new/", person(cast, roles=[]))["Location"] == "/units/"
    made = Person.objects.get(name="钱新")
    assert (made.user_id, made.grants.count()) == (None, 0)
    assert history_of(cast.tenant.pk, "person", made.pk).get().action == "add_person"


def test_how_far_a_role_of_oversight_holds_is_asked_for(cast: Cast, signed_in: SignIn) -> None:
    client, sent = signed_in("sysadmin"), person(cast, roles=["clerk"])
    response = client.post("/units/people/new/", sent)
    assert response.status_code == 400
    assert "请选择角色的适用范围" in response.content.decode()
    assert client.post("/units/people/new/", {**sent, "grant_unit": cast.units["town"].pk}).status_code == 302
    assert Grant.objects.get(person__name="钱新").unit_id == cast.units["town"].pk


def test_a_taken_name_is_refused_and_nothing_is_added(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in("sysadmin").post("/units/people/new/", person(cast, username="clerk"))
    assert response.status_code == 400
    assert "已被使用" in response.content.decode()
    assert "村支书" in response.content.decode()
    assert not Person.objects.filter(name="钱新").exists()


@pytest.mark.parametrize("url", ["/units/new/", "/units/people/new/", "/units/{}/names/new/"])
def test_only_administrators_add(cast: Cast, signed_in: SignIn, url: str) -> None:
    url = url.format(cast.units["village_a"].pk)
    answers = {who: signed_in(who).get(url).status_code for who in ("sysadmin", "clerk", "leader", "head_a", "auditor")}
    assert answers == {"sysadmin": 200, "clerk": 403, "leader": 403, "head_a": 403, "auditor": 403}
    assert signed_in("clerk").post(url, {"alias": "x"}).status_code == 403
    assert signed_in("anonymous").get(url)["Location"].startswith("/sign-in/")


def test_units_of_another_tenant_are_no_choice(cast: Cast, signed_in: SignIn) -> None:
    other = cast.units["other"].pk
    sent = {"parent": other, "kind": "village", "names": "新村"}
    assert signed_in("sysadmin").post("/units/new/", sent).status_code == 400
    assert signed_in("sysadmin").post("/units/people/new/", person(cast, unit=other)).status_code == 400
