"""What reaches the office by phone is entered for somebody of the lead unit."""

from collections.abc import Callable

import pytest
from django.test import Client

from luoshi.ledger.models import Item, Progress
from luoshi.ledger.tests.making import accepted, dispatched
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_the_office_is_asked_for_whom(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast)
    html = signed_in("clerk").get(f"/items/{item.pk}/progress/").content.decode()
    assert 'name="on_behalf_of"' in html
    assert "李春山" in html
    assert "孙柳" not in html
    answer = signed_in("clerk").post(f"/items/{item.pk}/progress/", {"happened": "电话报：已开工"})
    assert answer.status_code == 400
    assert not Progress.objects.exists()


def test_the_one_entered_for_counts_as_reporter(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast)
    sent = {"happened": "电话报：已开工", "on_behalf_of": cast.people["head_a"].pk}
    signed_in("clerk").post(f"/items/{item.pk}/progress/", sent)
    report = Progress.objects.get()
    assert (report.author.name, report.on_behalf_of_id) == ("周敏", cast.people["head_a"].pk)
    html = signed_in("leader").get(f"/items/{item.pk}/").content.decode()
    assert "周敏代李春山" in html


def test_somebody_of_another_unit_is_no_choice(cast: Cast, signed_in: SignIn) -> None:
    item = dispatched(cast)
    sent = {"on_behalf_of": cast.people["head_b"].pk}
    assert signed_in("clerk").post(f"/items/{item.pk}/accept/", sent).status_code == 400
    assert Item.objects.get().state == "dispatched"


def test_who_is_of_the_unit_is_not_asked(cast: Cast, signed_in: SignIn) -> None:
    html = signed_in("member_a").get(f"/items/{accepted(cast).pk}/progress/").content.decode()
    assert 'name="on_behalf_of"' not in html
