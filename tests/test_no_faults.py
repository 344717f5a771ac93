"""No address answers with a fault of ours: whatever is sent, a page or a plain refusal comes back.

Every form of the site, filled as a person fills it and then bent in a seeded way: control characters, lone
surrogates, numbers that no column holds, days that no calendar has, rows of another tenant, lists for one value.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from luoshi.documents.enums import DraftState
from luoshi.documents.models import Document, Draft
from luoshi.documents.services.dispatching import dispatch_drafts
from luoshi.documents.services.drafting import Assigned, assign_drafts, keep_drafts
from luoshi.documents.tests.speech import draft_on, drafts_of, read_speech, seen, version_of
from luoshi.ledger.enums import Action, Comparison
from luoshi.ledger.models import Item
from luoshi.ledger.services.handling import accept_item
from luoshi.organisations.tests.cast import MEMBERS, Cast

pytestmark = pytest.mark.django_db
SEED = 20261123
TIMES = 4
"""So often each form is sent, each time to the database as it was before."""
FORM = "application/x-www-form-urlencoded"
LETTERS: tuple[bytes, ...] = (
    *(b"", b" ", b"\x00", b"a\x00b", b"\xed\xa0\x80", b"\xff\xfe", b"\r\nX-Evil: 1", b"x" * 70_000),
    *(
        text.encode()
        for text in ("\U0001f375茶", "\u202e\u200b", "每" * 400, "<script>alert(1)</script>", "=1+1", "{{ 7 }}")
    ),
    *(b"%s%n", b"../../etc/passwd", b"//evil.example/", b"javascript:alert(1)", b"[]", b"null", b"all", b"on"),
)
NUMBERS: tuple[bytes, ...] = (
    *(b"-1", b"0", b"1.5", b"NaN", b"-Infinity", b"1e999", b"1e-999", b"9" * 25, b"9" * 5000, b"9999999999999999.999"),
    *(text.encode() for text in ("²", "１２", "٣", "1-99999999999999999999", "12.", ".3", "1.99999999999999999999")),
    *(b"9223372036854775807", b"9223372036854775808", b"2147483648", b"65536"),
)
DAYS: tuple[bytes, ...] = (
    *(b"0001-01-01", b"9999-12-31", b"2026-02-30", b"10000-01-01", b"26-1-1"),
    *(
        text.encode()
        for text in (
            "每季度末",
            "9999年12月31日前",
            "99999个月内",
            "9999个工作日内",
            "9999年内",
            "每月31日",
            "２０２６年２月３０日",
        )
    ),
)
BENT = (*LETTERS, *NUMBERS, *DAYS)
Fields = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Form:
    """One address with what a person would send there."""

    url: str
    fields: Mapping[str, Sequence[object] | object]
    method: str = "POST"

    def filled(self) -> Fields:
        found: Fields = []
        for name, value in self.fields.items():
            several = value if isinstance(value, list | tuple) else [value]
            found += [(name, str(one).encode()) for one in several]
        return found


def _forms(cast: Cast, document: Document, drafts: list[Draft], items: list[Item]) -> list[Form]:
    units, asked = [cast.units["village_a"].pk], _conditions(cast, document, items[0])
    pages: list[tuple[str, dict[str, object]]] = [
        ("/", {}),
        ("/sign-in/", {"next": "/"}),
        ("/units/", {}),
        ("/documents/", {"page": 1}),
        (f"/documents/{document.pk}/coverage/", {"at": drafts[0].position, "show": "kept"}),
        (f"/documents/{document.pk}/read/", {}),
        (f"/documents/drafts/{drafts[0].pk}/", {}),
        ("/ledger/", asked),
        (reverse("reports:responsibility_list"), asked),
        *((f"/items/{item.pk}/split/", {"unit": units, "kind": ["village"]}) for item in items),
    ]
    return [
        *(Form(url, fields, "GET") for url, fields in pages),
        *_forms_of_places(cast),
        *_forms_of_documents(cast, document, drafts),
        *_forms_of_items(cast, items),
    ]


def _conditions(cast: Cast, document: Document, item: Item) -> dict[str, object]:
    given = {
        "q": "茶园",
        "unit": cast.units["town"].pk,
        "due_from": "2026-01-01",
        "due_to": "2027-01-01",
        "sort": "late",
    }
    more = {"state": "dispatched,accepted", "light": "green", "desk": "waiting", "top": 1, "parent": item.pk, "page": 1}
    return {**given, **more, "document": document.pk}


def _forms_of_places(cast: Cast) -> list[Form]:
    town = cast.units["town"].pk
    person = {"name": "新人", "unit": town, "title": "干事", "roles": ["clerk"], "grant_unit": town, "username": "new"}
    return [
        Form("/sign-in/", {"username": "clerk", "password": "x", "next": "/"}),
        Form("/language/", {"language": "en", "next": "/"}),
        Form("/password/", {"old": "x", "new": "a-long-new-one", "again": "a-long-new-one", "next": "/"}),
        Form("/units/new/", {"parent": town, "kind": "village", "names": "东坪村\n西坪村", "idempotency_key": "k"}),
        Form(f"/units/{town}/names/new/", {"alias": "青禾", "idempotency_key": "k"}),
        Form("/units/people/new/", {**person, "idempotency_key": "k"}),
    ]


def _forms_of_documents(cast: Cast, document: Document, drafts: list[Draft]) -> list[Form]:
    a, b, other = cast.units["village_a"].pk, cast.units["village_b"].pk, cast.units["other"].pk
    refs = [f"{draft.pk}.{draft.revision}" for draft in drafts]
    target = {f"targets-0-{name}": value for name, value in _target().items()}
    acts: dict[str, dict[str, object]] = {
        "decide": {"act": "merge"},
        "merge": {},
        "assign": {"lead": "石桥村", "split": [a, b, other], "assist": [a], "whole": 1},
        "due": {"due_day": "2026-12-31", "due_words": "每季度末"},
        "title": {"title": "改造茶园"},
        "kind": {"kind": "standing"},
        "split": {"at": drafts[0].position + 9},
        "targets": {"targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 0, **target},
        "shares": {f"share_{a}": "250", f"share_{b}": "250"},
    }
    many = [
        Form(f"/documents/{document.pk}/drafts/{act}/", {"draft": refs[1:3], **given}) for act, given in acts.items()
    ]
    one = [
        Form(f"/documents/drafts/{draft.pk}/{act}/", {"draft": ref, **given})
        for draft, ref in zip(drafts, refs, strict=True)
        for act, given in acts.items()
        if draft.state != DraftState.DISPATCHED
    ]
    new = {"text": "讲话\n石桥村6月底前改造茶园500亩。", "not_classified": "on", "again": 1, "idempotency_key": "k"}
    return [
        *many,
        *one[:18],
        Form("/documents/new/", new),
        Form(f"/documents/{document.pk}/sentences/", {"sentence": ["0-9", "10-20"]}),
        Form(f"/documents/{document.pk}/dispatch/", {"mark": "-".join(refs), "idempotency_key": "k"}),
    ]


def _target() -> dict[str, object]:
    return {"metric": "茶园", "comparison": Comparison.AT_LEAST, "value": "500", "unit": "亩", "words": "500亩"}


def _forms_of_items(cast: Cast, items: list[Item]) -> list[Form]:
    given = {
        "happened": "开工",
        "amount": "5",
        "reason": "另有安排",
        "words": "请办理",
        "way": "papers",
        "note": "属实",
        "title": "改造茶园",
        "due_on": "2026-12-31",
        "internal_due_on": "2026-12-20",
        "report_beat": "monthly",
        "problem": "缺水",
        "next_step": "引水",
        "requirement": "五百亩",
        "measure": "验收单",
        "category": "农业",
        "verifier_unit_id": cast.units["inspection_office"].pk,
        "unit": cast.units["village_b"].pk,
        "handler": cast.people["member_a"].pk,
        "on_behalf_of": cast.people["head_a"].pk,
        "next": "/",
    }
    acts = [
        Form(f"/items/{item.pk}/{act}/", {**given, "version": item.version, "idempotency_key": "k"})
        for item in items
        for act in Action.values
    ]
    villages = [cast.units["village_a"].pk, cast.units["village_b"].pk]
    parts = {"unit": villages, "idempotency_key": "k", **{f"share_{pk}": "250" for pk in villages}}
    order = {
        "track": "ordinary",
        "metric": "茶园",
        "comparison": Comparison.AT_LEAST,
        "value": "500",
        "measured_in": "亩",
    }
    whole = {
        **given,
        **order,
        "assisting": [cast.units["village_b"].pk],
        "verifier": "",
        "then": "dispatch",
        "idempotency_key": "k",
    }
    return [
        *acts,
        *(Form(f"/items/{item.pk}/split/", {**parts, "version": item.version}) for item in items),
        Form("/items/new/", {**whole, "unit": cast.units["village_a"].pk}),
    ]


def bend(fields: Fields, chance: random.Random) -> Fields:
    """The fields with one, two or many of them changed, doubled, left out or put under another name."""
    found = list(fields)
    for _turn in range(chance.choice((0, 1, 1, 1, 2, 2, 8))):
        if not found:
            found.append((chance.choice(("draft", "page", "at", "next")), chance.choice(BENT)))
            continue
        place = chance.randrange(len(found))
        name, value = found[place]
        turn = chance.randrange(10)
        if turn < 7:
            found[place] = (name, chance.choice(BENT))
        elif turn == 7:
            found.append((name, chance.choice((value, *NUMBERS))))
        elif turn == 8:
            found.pop(place)
        else:
            found[place] = (chance.choice([one for one, _value in found]), value)
    return found


def _sent(browser: Client, form: Form, fields: Fields, chance: random.Random) -> int:
    """Send the fields as raw bytes, sometimes as htmx does or with a file; the status of the answer."""
    body = "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in fields)
    extra = chance.choice(({}, {}, {"HX-Request": "true"}, {"Referer": "http://testserver/ledger/?a=%00"}))
    if form.method == "GET":
        return browser.get(f"{form.url}?{body}", headers=extra).status_code
    if chance.random() < 0.15:
        plain: dict[str, list[object]] = {}
        for name, value in fields:
            plain.setdefault(name, []).append(value.decode(errors="replace"))
        return browser.post(
            form.url, {**plain, chance.choice(("file", "files")): _upload(chance)}, headers=extra
        ).status_code
    return browser.post(form.url, body, FORM, headers=extra).status_code


def _upload(chance: random.Random) -> SimpleUploadedFile:
    name = chance.choice(
        ("a.txt", "a.docx", "a.xlsx", "a.svg", ".txt", "a\u202etxt.exe", "%00.md", "x" * 300 + ".txt", "a.jpg")
    )
    data = chance.choice(
        (
            b"",
            b"\x00" * 50,
            b"PK\x03\x04broken",
            b"<svg onload=alert(1)>",
            "讲话\n石桥村负责。".encode("gb18030"),
            b"\xff\xd8\xff",
        )
    )
    return SimpleUploadedFile(name, data)


@pytest.fixture
def site(cast: Cast) -> list[Form]:
    """A document half dispatched, items of it in two states, and every form that leads there."""
    clerk = cast.actor("clerk")
    document = read_speech(clerk)
    villages = (cast.units["village_a"].pk, cast.units["village_b"].pk)
    assign_drafts(actor=clerk, seen=seen(draft_on(document, "公开一次集体收支")), assigned=Assigned(parts=villages))
    tea = draft_on(document, "茶园改造")
    assign_drafts(actor=clerk, seen=seen(tea), assigned=Assigned(lead=villages[0], assisting=(), parts=()))
    items = dispatch_drafts(actor=clerk, version=version_of(document))
    led = next(item for item in items if item.unit_id == villages[0] and item.parent_id is None)
    accept_item(actor=cast.actor("head_a"), item=led)
    rest = [draft for draft in drafts_of(document) if draft.state != DraftState.DISPATCHED]
    keep_drafts(actor=clerk, seen=seen(rest[0]))
    assign_drafts(actor=clerk, seen=seen(rest[1]), assigned=Assigned(parts=villages))
    fresh = [draft for draft in drafts_of(document) if draft.state != DraftState.DISPATCHED]
    return _forms(cast, document, fresh, [led, next(item for item in items if item.parent_id)])


def test_no_request_ends_in_a_fault(site: list[Form], signed_in: Callable[[str], Client]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - chance, no secret
    browsers = {name: signed_in(name) for name in MEMBERS}
    faults: list[str] = []
    for form in site:
        for _time in range(TIMES):
            who = "clerk" if chance.random() < 0.7 else chance.choice(MEMBERS)
            fields = bend(form.filled(), chance)
            try:
                with transaction.atomic():
                    _sent(browsers[who], form, fields, chance)
                    transaction.set_rollback(True)
            except Exception as error:  # noqa: BLE001 - whatever escapes a view is what is looked for
                faults.append(
                    f"{who} {form.method} {form.url} {[(name, value[:40]) for name, value in fields]}: {error!r}"
                )
    assert faults == []
