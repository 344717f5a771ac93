"""The same form sent twice makes one entry."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from luoshi.core.clock import rehearse
from luoshi.core.errors import BadInput
from luoshi.outbox.idempotency import once
from luoshi.outbox.models import IdempotencyKey, Notice
from luoshi.outbox.services import forget_old_keys, queue_notice
from luoshi.outbox.tests.threads import at_once

View = Callable[[HttpRequest], HttpResponse]


def sent(key: str = "k-1", user_id: int | None = 5, method: str = "post", htmx: bool = False) -> HttpRequest:
    headers = {"HX-Request": "true"} if htmx else {}
    send = getattr(RequestFactory(headers=headers), method)
    request: HttpRequest = send("/items/3/report?x=1", {"idempotency_key": key})
    request.user = SimpleNamespace(pk=user_id)  # type: ignore[assignment]  # all that `once` asks of a user
    return request


def entering(answer: Callable[[], HttpResponse], pause: float = 0) -> View:
    """A view that makes one entry and then answers."""

    @once
    def view(_request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            queue_notice(tenant_id=1, person_id=2, kind="told", subject=("item", 3))
        time.sleep(pause)
        return answer()

    return view


def to_item() -> HttpResponse:
    return HttpResponseRedirect("/items/3")


def done(value: str) -> HttpResponse:
    return HttpResponse("fragment", headers={"X-Luoshi-Done": value})


def test_a_repeat_is_led_to_the_earlier_answer(db: None) -> None:
    view = entering(to_item)

    answers = [view(sent()), view(sent())]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/items/3")] * 2
    assert Notice.objects.count() == 1
    assert list(IdempotencyKey.objects.values_list("user_id", "key", "result_url")) == [(5, "k-1", "/items/3")]


@pytest.mark.parametrize(
    ("answer", "url"),
    [
        (lambda: done("yes"), "/items/3/report?x=1"),
        (lambda: done("/items/3"), "/items/3"),
        (lambda: HttpResponse(headers={"HX-Redirect": "/items/3"}), "/items/3"),
    ],
)
def test_a_repeat_by_htmx_is_led_there_by_htmx(db: None, answer: Callable[[], HttpResponse], url: str) -> None:
    view = entering(answer)
    view(sent(htmx=True))

    repeated = view(sent(htmx=True))

    assert (repeated.status_code, repeated["HX-Redirect"]) == (200, url)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("status", [200, 400, 403, 409, 422, 304])
def test_an_answer_that_is_not_done_leaves_nothing(db: None, status: int) -> None:
    answer = entering(lambda: HttpResponse("look again", status=status))(sent())

    assert (answer.status_code, answer.content) == (status, b"look again")
    assert not Notice.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_a_corrected_form_may_keep_its_key(db: None) -> None:
    entering(HttpResponse)(sent())
    entering(to_item)(sent())

    assert Notice.objects.count() == 1


def test_an_error_leaves_nothing(db: None) -> None:
    def fail() -> HttpResponse:
        raise BadInput("no")

    with pytest.raises(BadInput):
        entering(fail)(sent())

    assert not Notice.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize(
    "pair",
    [
        (sent("k-1"), sent("k-2")),
        (sent(user_id=5), sent(user_id=6)),
        (sent(""), sent("")),
        (sent(user_id=None), sent(user_id=None)),
        (sent(method="get"), sent(method="get")),
    ],
    ids=["other key", "other user", "no key", "nobody", "get"],
)
def test_what_is_not_the_same_form_is_carried_out(db: None, pair: tuple[HttpRequest, HttpRequest]) -> None:
    view = entering(to_item)

    for request in pair:
        view(request)

    assert Notice.objects.count() == 2


@pytest.mark.parametrize("key", ["k" * 65, "a b", "a\0b", "键"])
def test_a_key_that_is_none_is_refused(db: None, key: str) -> None:
    with pytest.raises(BadInput):
        entering(to_item)(sent(key))

    assert not Notice.objects.exists()


def test_eight_at_once_make_one_entry(committed: None) -> None:
    view = entering(to_item, pause=0.1)

    answers = at_once([lambda: view(sent())] * 8)

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/items/3")] * 8
    assert Notice.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_when_the_first_fails_the_second_at_once_goes_ahead(committed: None) -> None:
    refused = entering(lambda: HttpResponse(status=422), pause=0.2)
    taken = entering(to_item)

    answers = at_once([lambda: refused(sent()), lambda: taken(sent())])

    assert [answer.status_code for answer in answers] in ([422, 302], [302, 302])
    assert Notice.objects.count() == 1


def test_keys_are_forgotten_after_seven_days(db: None) -> None:
    moment = datetime(2026, 11, 23, 3, 10, tzinfo=UTC)
    for key, age in (("old", timedelta(days=7, seconds=1)), ("young", timedelta(days=7))):
        IdempotencyKey.objects.create(user_id=5, key=key, created_at=moment - age, result_url="/")

    with rehearse(moment):
        forget_old_keys()

    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["young"]
