"""Signing in and out, with the language and the first password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from luoshi.accounts.models import User
from luoshi.accounts.services import create_user
from luoshi.audit.queries import history_of
from luoshi.organisations.tests.cast import Cast

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

pytestmark = pytest.mark.django_db
PASSWORD = "shiqiao-cun-2026"


@pytest.fixture
def clerk(cast: Cast) -> User:
    """The clerk with a password."""
    user = cast.user("clerk")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, next_url: str = "", password: str = PASSWORD) -> _MonkeyPatchedWSGIResponse:
    """Send the form."""
    sent = {"username": "clerk", "password": password, "next": next_url}
    return client.post("/sign-in/", sent)


def test_name_and_password_let_in(clerk: User, client: Client) -> None:
    assert sign_in(client)["Location"] == "/"
    assert client.get("/ledger/").status_code == 200


@pytest.mark.parametrize(
    ("wished", "goal"),
    [("/items/new/", "/items/new/"), ("https://x.example/", "/"), ("//x", "/"), ("ledger", "/"), ("a\x00b", "/")],
)
def test_it_goes_on_where_one_wanted_to_on_this_site_only(clerk: User, client: Client, wished: str, goal: str) -> None:
    assert sign_in(client, wished)["Location"] == goal


@pytest.mark.parametrize(("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("stranger", "")])
def test_what_was_wrong_is_not_told(clerk: User, client: Client, username: str, password: str) -> None:
    response = client.post("/sign-in/", {"username": username, "password": password or "x"})
    assert response.status_code == 400
    assert "登录名或密码不对" in response.content.decode()
    assert client.get("/ledger/").status_code == 302


def test_signing_out_asks_for_a_form(clerk: User, client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/ledger/").status_code == 302


def test_the_language_stays_with_the_person(clerk: User, client: Client) -> None:
    sign_in(client)
    response = client.post("/language/", {"language": "en", "next": "/ledger/"})
    assert (response["Location"], User.objects.get(pk=clerk.pk).language) == ("/ledger/", "en")
    assert "The ledger is empty" in client.get("/ledger/").content.decode()
    elsewhere = Client()
    sign_in(elsewhere)
    assert elsewhere.cookies["luoshi_language"].value == "en"


def test_a_language_we_do_not_speak_is_refused(client: Client) -> None:
    assert client.post("/language/", {"language": "xx"}).status_code == 400
    assert client.post("/language/", {"language": "en", "next": "//x"})["Location"] == "/"


def test_a_first_password_is_changed_before_anything(cast: Cast, client: Client) -> None:
    person = cast.people["head_b"]
    person.user = create_user(username="fresh", password=PASSWORD, must_change_password=True)
    person.save()
    answer = client.post("/sign-in/", {"username": "fresh", "password": PASSWORD, "next": "/ledger/"})
    assert answer["Location"] == "/password/?next=%2Fledger%2F"
    assert client.get("/ledger/")["Location"] == "/password/?next=%2Fledger%2F"
    sent = {"old": PASSWORD, "new": "liuwan-cun-2027", "again": "liuwan-cun-2027", "next": "/ledger/"}
    assert client.post("/password/", sent)["Location"] == "/ledger/"
    assert client.get("/ledger/").status_code == 200
    assert history_of(cast.tenant.pk, "user", person.user.pk).get().action == "change_password"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "liuwan-cun-2027", "liuwan-cun-2027", "现在的密码不对"),
        (PASSWORD, "liuwan-cun-2027", "liuwan-cun-2028", "两次输入的新密码不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与现在的密码相同"),
        (PASSWORD, "short", "short", "密码至少要有 10 个字符"),
        (PASSWORD, "8264917350", "8264917350", "密码只包含数字"),
    ],
)
def test_a_wrong_change_is_refused(clerk: User, client: Client, old: str, new: str, again: str, said: str) -> None:
    sign_in(client)
    response = client.post("/password/", {"old": old, "new": new, "again": again})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert User.objects.get(pk=clerk.pk).check_password(PASSWORD)


def test_nobody_changes_no_password(client: Client) -> None:
    assert client.get("/password/")["Location"] == "/sign-in/?next=%2Fpassword%2F"
