"""One click signs in: in a demonstration, from this machine, as one of its people; elsewhere there is no such page."""

import pytest
from django.conf import LazySettings
from django.test import Client

from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


def people() -> list[dict[str, str]]:
    """Whom the demonstration of these tests offers."""
    return [{"name": "周敏", "role": "办公室", "username": "clerk"}]


@pytest.fixture
def demonstration(settings: LazySettings) -> None:
    """Settings as in a database that the demonstration made."""
    settings.LUOSHI_DEMO = True
    settings.LUOSHI_DEMO_PEOPLE = f"{__name__}.people"


def test_one_click_signs_in(cast: Cast, demonstration: None, client: Client) -> None:
    assert "周敏" in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"username": "clerk"})["Location"] == "/"
    assert client.get("/ledger/").status_code == 200


def test_not_outside_of_a_demonstration(cast: Cast, settings: LazySettings, client: Client) -> None:
    settings.LUOSHI_DEMO = False
    assert client.post("/sign-in/demo/", {"username": "clerk"}).status_code == 404
    assert "/sign-in/demo/" not in client.get("/sign-in/").content.decode()


def test_not_from_another_machine(cast: Cast, demonstration: None, client: Client) -> None:
    assert client.post("/sign-in/demo/", {"username": "clerk"}, REMOTE_ADDR="192.168.1.7").status_code == 404
    assert client.get("/ledger/").status_code == 302


def test_not_as_anybody_else(cast: Cast, demonstration: None, client: Client) -> None:
    assert client.post("/sign-in/demo/", {"username": "sysadmin"}).status_code == 404
    assert client.get("/sign-in/demo/").status_code == 405
