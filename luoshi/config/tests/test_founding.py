"""The first administrator by prompt."""

from collections.abc import Callable

import pytest

from luoshi.audit.services import verify_chain
from luoshi.config.console import Stop
from luoshi.config.founding import Founding, Terminal, ask_everything, found
from luoshi.core.errors import BadInput
from luoshi.ledger.orders import Order
from luoshi.ledger.services.dispatching import register_item
from luoshi.organisations.models import Tenant, Unit
from luoshi.organisations.queries import actor_for, actor_of_person

pytestmark = pytest.mark.django_db
GIVEN = Founding("town", "青禾镇", "青禾", "周敏", "zhoumin", "Tea-garden-2026")


def answering(*answers: str) -> Callable[[str], str]:
    """Gives one answer after the other, then breaks off like Ctrl+D."""
    left = iter(answers)

    def answer(_question: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return answer


def test_wrong_answers_are_asked_for_again(capsys: pytest.CaptureFixture[str]) -> None:
    secrets = ("short", GIVEN.password, "another-2026", GIVEN.password, GIVEN.password)
    terminal = Terminal(answering("7", "2", " ", "青禾镇", "青禾", "周敏", "zhoumin"), answering(*secrets))
    assert ask_everything(terminal) == GIVEN
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_breaking_off_leaves_nothing() -> None:
    with pytest.raises(Stop):
        ask_everything(Terminal(answering("2", "青禾镇"), answering()))
    assert not Tenant.objects.exists()


def test_the_first_person_leads_to_the_first_dispatch() -> None:
    found(GIVEN)
    root = Unit.objects.get()
    person = Tenant.objects.get().people.get()
    actor = actor_of_person(person)
    assert (root.kind, root.name, person.user.username if person.user else "") == ("town", "青禾镇", "zhoumin")
    assert sorted(grant.role for grant in actor.grants) == ["clerk", "sysadmin"]
    assert actor_for(person.user_id or 0) == actor
    assert register_item(actor=actor, order=Order("清扫村道", root.pk)).state == "registered"
    assert verify_chain(root.tenant_id) is None


def test_a_weak_password_makes_nothing() -> None:
    with pytest.raises(BadInput):
        found(Founding("town", "青禾镇", "青禾", "周敏", "zhoumin", "zhoumin"))
    assert not Tenant.objects.exists()
