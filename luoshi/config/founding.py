"""The first start: founding the tenant and its first administrator by asking at the terminal."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getpass

from django.db import transaction

from luoshi.accounts.models import User
from luoshi.accounts.services import create_user, set_password
from luoshi.config.console import Stop, complain, say
from luoshi.config.words import gettext as _
from luoshi.core.errors import BadInput
from luoshi.organisations.enums import Role, UnitKind
from luoshi.organisations.models import Tenant, Unit
from luoshi.organisations.services import NewPerson, add_person, found_tenant

KINDS = (UnitKind.COUNTY, UnitKind.TOWN, UnitKind.VILLAGE)
FIRST_ROLES = (Role.SYSADMIN, Role.CLERK)
"""The first person runs the house and can lead an empty installation to its first dispatch."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What is asked for: the body that uses Luoshi, and who looks after it first."""

    kind: str
    name: str
    short_name: str
    person: str
    username: str
    password: str


def found_when_empty() -> None:
    """Ask for tenant and administrator when the database has none; stops when nobody can be asked."""
    if Tenant.objects.exists():
        return
    if not sys.stdin.isatty():
        raise Stop(
            _("This is the first start, and the first administrator must be asked for at a terminal."),
            _("Run “luoshi up” once by hand in a terminal; afterwards it starts without questions."),
        )
    say(_("First start. Six questions, then the site is ready."))
    found(ask_everything(Terminal(input, getpass)))
    say(_("Done. Sign in with the name and password you have just chosen."))


@transaction.atomic
def found(given: Founding) -> None:
    """Make the tenant and its first administrator, both or neither."""
    tenant = found_tenant(name=given.name, short_name=given.short_name, kind=given.kind)
    root = Unit.objects.get(tenant=tenant, parent=None)
    user = create_user(username=given.username, password=given.password)
    add_person(actor=None, new=NewPerson(given.person, root, roles=FIRST_ROLES, user=user))


@dataclass(frozen=True, slots=True)
class Terminal:
    """How a question is put: openly, and without showing what is typed."""

    ask: Callable[[str], str]
    ask_secretly: Callable[[str], str]


def ask_everything(terminal: Terminal) -> Founding:
    """All six answers; a wrong one is asked for again."""
    try:
        return Founding(
            kind=_ask_kind(terminal),
            name=_ask_text(terminal, _("Its full name (%(example)s): ") % {"example": "青禾镇"}, 100),
            short_name=_ask_text(
                terminal, _("Its short name, with which item numbers begin (%(example)s): ") % {"example": "青禾"}, 20
            ),
            person=_ask_text(terminal, _("Your name: "), 40),
            username=(username := _ask_text(terminal, _("Your sign-in name: "), 64)),
            password=_ask_password(terminal, username),
        )
    except EOFError as error:
        raise Stop(_("The questions were broken off; nothing was made."), _("Run “luoshi up” again.")) from error


def _ask_kind(terminal: Terminal) -> str:
    choices = "  ".join(f"{place} {kind.label}" for place, kind in enumerate(KINDS, start=1))
    while True:
        answer = terminal.ask(_("Who uses Luoshi? %(choices)s: ") % {"choices": choices}).strip()
        if answer in {"1", "2", "3"}:
            return KINDS[int(answer) - 1]
        complain(_("Answer 1, 2 or 3."))


def _ask_text(terminal: Terminal, question: str, longest: int) -> str:
    while True:
        answer = terminal.ask(question).strip()
        if 0 < len(answer) <= longest:
            return answer
        complain(_("Give 1 to %(longest)d characters.") % {"longest": longest})


def _ask_password(terminal: Terminal, username: str) -> str:
    while True:
        password = terminal.ask_secretly(_("A password of at least ten characters (not shown): "))
        try:
            set_password(user=User(username=username), password=password)
        except BadInput as error:
            complain(error.message)
            continue
        if terminal.ask_secretly(_("The same password again: ")) == password:
            return password
        complain(_("The two are not the same."))
