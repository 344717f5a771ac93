"""Faults are shown as pages that say how to go on."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from luoshi.core.views import bad_request, forbidden, server_error
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_what_is_not_there_has_a_page_with_its_number(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in("clerk").get("/nowhere/")
    assert response.status_code == 404
    assert response["X-Request-Id"] in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_a_lost_session_says_that_the_text_is_still_there(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.user("clerk"))
    response = client.post("/items/new/", {"title": "写了很久"})
    assert response.status_code == 403
    assert "内容还在" in response.content.decode()
    assert "表单没有提交" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/ledger/", "/nowhere/", "/sign-in/"])
def test_no_browser_keeps_a_page(cast: Cast, signed_in: SignIn, address: str) -> None:
    assert "no-store" in signed_in("clerk").get(address)["Cache-Control"]


def test_the_reason_of_a_refusal_stands_on_its_page(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in("head_a").get("/items/new/")
    assert response.status_code == 403
    assert "只有办公室人员可以立项" in response.content.decode()
    assert response["X-Request-Id"] in response.content.decode()


@pytest.mark.parametrize("sent", [{"draft": ["1"] * 6000}, {"text": "讲" * 20_000_000}], ids=["fields", "bytes"])
def test_what_is_too_much_at_once_is_said(cast: Cast, signed_in: SignIn, sent: dict[str, object]) -> None:
    response = signed_in("clerk").post("/documents/new/", sent)
    assert (response.status_code, "分几次提交" in response.content.decode()) == (400, True)


def test_each_fault_has_its_status(rf: RequestFactory) -> None:
    request = rf.get("/")
    answers = [bad_request(request, ValueError()), forbidden(request, ValueError()), server_error(request)]
    assert [answer.status_code for answer in answers] == [400, 403, 500]


def test_a_cookie_no_database_takes_is_dropped(cast: Cast) -> None:
    client = Client()
    client.cookies.load({"sessionid": "aaaa\0"})
    assert client.get("/").status_code == 302
