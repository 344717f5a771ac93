"""Who may open which address: every URL the resolver knows × the cast × where the object stands.

An object stands with the unit below village A (`child`), with village A itself (`own`), with village B (`sibling`),
with the town above them (`parent`), with the county (`above`), or with another tenant (`other`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from luoshi.documents.models import Document, DocumentVersion, Draft
from luoshi.files.services import store
from luoshi.ledger.enums import Action, State
from luoshi.ledger.models import Attachment, Citation, Item, Verification
from luoshi.ledger.tallies import recount, shift_tallies
from luoshi.organisations.enums import Role, UnitKind
from luoshi.organisations.models import Grant, Person, Unit
from luoshi.organisations.services import NewPerson, NewUnit, add_person, add_units
from luoshi.organisations.tests.cast import MEMBERS, Cast

pytestmark = pytest.mark.django_db
EVERYBODY = (*MEMBERS, "anonymous")
PLACES = ("child", "own", "sibling", "parent", "above", "other")

# ---------------------------------------------------------------- who sees an object, by where it stands
TOWN = {"child", "own", "sibling", "parent"}
SEES: dict[str, set[str]] = {
    "clerk": TOWN,
    "leader": TOWN,
    "head_a": {"child", "own"},
    "member_a": {"child", "own"},
    "head_b": {"sibling"},
    "inspector": TOWN,
    "auditor": TOWN,
    "sysadmin": set(),
    "stranger": {"other"},
    "anonymous": set(),
}
# ---------------------------------------------------------------- who does what to an item he or she sees
CLERKS = {"clerk", "stranger"}
LEADERS = {"leader", "stranger"}
HEADS = {"head_a", "head_b"}
ALL_SEEING = set(MEMBERS) - {"sysadmin"}
UNITS_OWN = {"head_a", "member_a", "head_b"}
"""Before it is dispatched an item is unknown to the unit that is to do it."""
DOES: dict[Action, tuple[State, set[str]]] = {
    Action.DISPATCH: (State.REGISTERED, CLERKS),
    Action.ACCEPT: (State.DISPATCHED, HEADS | CLERKS),
    Action.RETURN: (State.DISPATCHED, HEADS | CLERKS),
    Action.REDISPATCH: (State.RETURNED, CLERKS),
    Action.SET_HANDLER: (State.ACCEPTED, HEADS | CLERKS),
    Action.PROGRESS: (State.IN_PROGRESS, HEADS | CLERKS | {"member_a"}),
    Action.AMEND: (State.DISPATCHED, CLERKS),
    Action.REMIND: (State.DISPATCHED, CLERKS | LEADERS),
    Action.REPORT_DONE: (State.IN_PROGRESS, HEADS | CLERKS),
    Action.SEND_BACK: (State.REPORTED, CLERKS | LEADERS | {"inspector"}),
    Action.VERIFY: (State.REPORTED, CLERKS | LEADERS | {"inspector"}),
    Action.CLOSE: (State.REPORTED, CLERKS | LEADERS | {"inspector"}),
    Action.REOPEN: (State.CLOSED, CLERKS | LEADERS),
    Action.SUSPEND: (State.IN_PROGRESS, CLERKS | LEADERS),
    Action.RESUME: (State.SUSPENDED, CLERKS | LEADERS),
    Action.TERMINATE: (State.DISPATCHED, CLERKS | LEADERS),
    Action.REVIEW: (State.IN_PROGRESS, HEADS | CLERKS | LEADERS),
    Action.SPLIT: (State.IN_PROGRESS, HEADS | CLERKS),
}


@dataclass(frozen=True, slots=True)
class Site:
    """The objects at one place."""

    unit: Unit
    clerk: Person
    document: Document
    draft: Draft
    items: dict[State, Item] = field(default_factory=dict)

    @property
    def item(self) -> Item:
        return self.items[State.DISPATCHED]


@pytest.fixture
def sites(cast: Cast) -> dict[str, Site]:
    """Every kind of object at every place."""
    below = NewUnit(cast.units["village_a"], UnitKind.GROUP, "一组")
    child = add_units(actor=cast.actor("sysadmin"), units=[below])[0]
    units = {
        "child": child,
        "own": cast.units["village_a"],
        "sibling": cast.units["village_b"],
        "parent": cast.units["town"],
        "above": cast.units["county"],
        "other": cast.units["other"],
    }
    clerks = {place: cast.people["stranger" if place == "other" else "clerk"] for place in PLACES}
    county = NewPerson("县督查", cast.units["county"], "", [Role.INSPECTOR])
    cast.people["checker"] = add_person(actor=cast.actor("sysadmin"), new=county)
    furnished = {place: _furnish(units[place], clerks[place], cast) for place in PLACES}
    shift_tallies(recount())
    return furnished


def _furnish(unit: Unit, clerk: Person, cast: Cast) -> Site:
    document = Document.objects.create(
        tenant=unit.tenant,
        unit=unit,
        title="讲话",
        created_by=clerk,
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )
    version = DocumentVersion.objects.create(
        document=document, text="各村改造茶园。", text_sha256="0" * 64, reader_version="1", read_at=timezone.now()
    )
    draft = Draft.objects.create(version=version, position=1, title="改造茶园")
    site = Site(unit, clerk, document, draft)
    checker = cast.people["stranger" if unit.tenant_id == cast.other_tenant.pk else "checker"]
    for state in dict.fromkeys(state for state, _who in DOES.values()):
        site.items[state] = _item(unit, clerk, state, checker)
    _standing(site)
    Citation.objects.create(item=site.item, source="document", source_id=version.pk, start=0, end=3, quote="各村改")
    return site


def _standing(site: Site) -> None:
    """A standing duty under way, for the acts that only those know."""
    site.items[State.ARCHIVED] = _item(site.unit, site.clerk, State.IN_PROGRESS, site.clerk, track="standing")


def _item(unit: Unit, clerk: Person, state: State, checker: Person, track: str = "ordinary") -> Item:
    item = Item.objects.create(
        tenant=unit.tenant,
        number=None if state == State.REGISTERED else f"{unit.pk}-{state}-{track}",
        title="改造茶园",
        unit=unit,
        track=track,
        due_on=date(2026, 6, 30),
        registered_by=clerk,
        registered_on=date(2026, 3, 2),
        dispatched_by=clerk,
        dispatched_on=date(2026, 3, 2),
    )
    if state == State.CLOSED:
        Item.objects.filter(pk=item.pk).update(state=State.REPORTED)
        Verification.objects.create(item=item, at=timezone.now(), verifier=checker, way="papers", result="passed")
    Item.objects.filter(pk=item.pk).update(state=state, suspended_from=State.IN_PROGRESS)
    item.refresh_from_db()
    return item


# ---------------------------------------------------------------- the addresses
Arguments = Callable[[Site], list[object]]


@dataclass(frozen=True, slots=True)
class Address:
    """One address: what stands in it, who may open it among those who see its object, and what he or she gets."""

    name: str
    allowed: set[str]
    arguments: Arguments | None = None
    method: str = "get"
    sees: dict[str, set[str]] | None = None
    answer: frozenset[int] = frozenset({200})
    label: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.label}".strip()


READERS = {
    name: SEES[name] if name in {"clerk", "leader", "inspector", "auditor", "stranger"} else set() for name in SEES
}
"""Documents are read by those who hold a reading grant over their office …"""
CITED = {name: READERS[name] | (SEES[name] if name in {"head_a", "member_a", "head_b"} else set()) for name in SEES}
"""… and by everybody who sees an item that cites them."""


def _document(site: Site) -> list[object]:
    return [site.document.pk]


def _draft(site: Site) -> list[object]:
    return [site.draft.pk]


def _item_page(site: Site) -> list[object]:
    return [site.item.pk]


def _act(action: Action) -> Arguments:
    state = State.ARCHIVED if action == Action.REVIEW else DOES[action][0]
    return lambda site: [site.items[state].pk, str(action)]


FORM = frozenset({200, 302, 400})
"""A form sent empty: done where nothing is asked, shown again with what is missing otherwise."""
ADDRESSES = [
    Address("reports:today", set(MEMBERS)),
    Address("accounts:password", set(MEMBERS)),
    Address("organisations:units", set(MEMBERS)),
    Address("organisations:add_units", {"sysadmin", "stranger"}),
    Address("organisations:add_person", {"sysadmin", "stranger"}),
    Address(
        "organisations:add_alias",
        {"sysadmin", "stranger"},
        lambda site: [site.unit.pk],
        sees={name: {"other"} if name == "stranger" else set(PLACES) - {"other"} for name in MEMBERS}
        | {"anonymous": set()},
    ),
    Address("documents:list", set(MEMBERS)),
    Address("documents:new", CLERKS),
    Address("documents:open", ALL_SEEING, _document, sees=CITED, answer=frozenset({302})),
    Address("documents:read", CLERKS, _document, sees=CITED),
    Address("documents:coverage", ALL_SEEING, _document, sees=CITED),
    Address("documents:file", ALL_SEEING, _document, sees=CITED, answer=frozenset({404})),
    Address("documents:add", CLERKS, _document, "post", CITED, FORM),
    Address("documents:dispatch", CLERKS, _document, sees=CITED),
    Address("documents:dispatch", CLERKS, _document, "post", CITED, FORM),
    Address("documents:drafts_act", CLERKS, lambda site: [site.document.pk, "keep"], "post", CITED, FORM),
    Address("documents:draft", CLERKS, _draft, sees=CITED),
    Address("documents:draft_act", CLERKS, lambda site: [site.draft.pk, "keep"], "post", CITED, FORM),
    Address("ledger:list", set(MEMBERS)),
    Address("ledger:register", CLERKS),
    Address("ledger:item", ALL_SEEING, _item_page),
    Address("ledger:file", ALL_SEEING, lambda site: [site.item.pk, _attached(site)]),
    Address("ledger:split", DOES[Action.SPLIT][1], lambda site: [site.items[State.IN_PROGRESS].pk]),
    Address("reports:responsibility_list", set(MEMBERS)),
    *(
        Address("ledger:act", who, _act(action), method, answer=FORM, label=str(action))
        for action, (_state, who) in DOES.items()
        if action != Action.SPLIT
        for method in ("get", "post")
    ),
]
FOR_ALL = {"accounts:sign_in", "accounts:sign_out", "accounts:language", "accounts:demo_sign_in"}
"""Addresses that ask for nobody: their own tests say what they do."""


def _attached(site: Site) -> int:
    stored = store(
        tenant_id=site.unit.tenant_id,
        uploaded_by_id=site.clerk.pk,
        name="材料.txt",
        data="照片说明".encode(),
        allowed=frozenset({"txt"}),
    )
    return Attachment.objects.create(item=site.item, file=stored).pk


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or ""
            yield from _names(pattern.url_patterns, f"{prefix}{inner}:" if inner else prefix)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_address_stands_in_the_matrix() -> None:
    known = set(_names(get_resolver().url_patterns))
    assert known == {address.name for address in ADDRESSES} | FOR_ALL


def test_every_act_of_the_workflow_stands_in_the_matrix() -> None:
    from luoshi.ledger.workflow import TABLE

    assert {action for _track, _state, action in TABLE} == set(DOES)


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_who_may_open_it(
    address: Address, sites: dict[str, Site], signed_in: Callable[[str], Client], cast: Cast
) -> None:
    wrong = []
    for who in EVERYBODY:
        browser = signed_in(who)
        for place in PLACES if address.arguments else ("own",):
            url = reverse(address.name, args=address.arguments(sites[place]) if address.arguments else [])
            with transaction.atomic():
                got = getattr(browser, address.method)(url).status_code
                transaction.set_rollback(True)
            wanted = _wanted(address, who, place)
            if got not in wanted:
                wrong.append(f"{who} at {place}: {got}, not {sorted(wanted)}")
    assert wrong == []


def _wanted(address: Address, who: str, place: str) -> frozenset[int]:
    if who == "anonymous":
        return frozenset({302})
    sees = (address.sees or SEES)[who]
    if address.label == "dispatch" and who in UNITS_OWN:
        sees = set()
    if address.arguments and place not in sees:
        return frozenset({404})
    return address.answer if who in address.allowed else frozenset({403})


def test_a_grant_of_yesterday_opens_nothing(cast: Cast, sites: dict[str, Site]) -> None:
    Grant.objects.filter(person=cast.people["head_a"], role=Role.HEAD).update(ends_on=date(2021, 1, 1))
    browser = Client()
    browser.force_login(cast.user("head_a"))
    assert browser.get(reverse("ledger:item", args=[sites["own"].item.pk])).status_code == 404
