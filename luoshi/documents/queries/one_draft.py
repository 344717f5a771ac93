"""One draft with everything its own page offers."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from luoshi.calendars.services import add_working_days
from luoshi.core.actor import Actor
from luoshi.core.words import day_words, number_words
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.forms import DueForm, KindForm, SharesForm, TargetFormSet, TitleForm
from luoshi.documents.models import Document, Draft
from luoshi.documents.queries.drafts import Drafts, card_of, gather_drafts
from luoshi.documents.queries.reading import head_of, unit_choices
from luoshi.documents.queries.text import layout_of
from luoshi.documents.services.cutting import EDGES
from luoshi.documents.targets import divisible
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.queries import settings_of
from luoshi.organisations.tree import tree_of

AT_ONCE = "N:immediate"
BREAK = re.compile(r"[，,；;、。：:！!？?]+|\s+")
AROUND = 14


def draft_page(actor: Actor, draft: Draft) -> dict[str, Any]:
    """Everything on the draft's own page (draft.html)."""
    version, document = draft.version, draft.version.document
    layout = layout_of(version)
    drafts = gather_drafts(version.pk, tree_of(actor.tenant_id), layout.text)
    draft = next(row for row in drafts.rows if row.pk == draft.pk)
    card = card_of(drafts, draft)
    return {
        "document": head_of(document, layout),
        "draft": card,
        "fixed": draft.state in {DraftState.DISPATCHED, DraftState.MERGED},
        "back": f"{reverse('documents:read', args=[document.pk])}#d-{draft.pk}",
        "back_words": document.title,
        "act_urls": {
            name: reverse("documents:draft_act", args=[draft.pk, name])
            for name in ("decide", "assign", "due", "title", "kind", "split", "targets", "shares")
        },
        "title_form": TitleForm(initial={"title": draft.title}, auto_id="title_%s"),
        "kind_form": KindForm(initial={"kind": draft.kind}, auto_id="kind_%s"),
        "due_form": DueForm(initial={"due_day": draft.due_on}, auto_id="due_%s"),
        "offers": list(offers_of(draft, document)),
        "targets": TargetFormSet(prefix="targets", initial=draft.targets),
        "places": list(places_to_cut(layout.text, drafts.spans[draft.pk])) if not card.merged else [],
        **_units(actor, drafts, draft),
    }


def _units(actor: Actor, drafts: Drafts, draft: Draft) -> dict[str, Any]:
    """Units with what is ticked, and the shares of those that have a part."""
    choices = unit_choices(actor)
    rows = drafts.units[draft.pk]
    assisting = {row.unit_id for row in rows if row.role == DraftUnitRole.ASSIST}
    parts = [row for row in rows if row.role == DraftUnitRole.PART]
    shared = {row.unit_id for row in parts}
    labels = dict(choices)
    shares = [(row.unit_id, labels.get(row.unit_id, str(row.unit_id)), row.share) for row in parts]
    value = divisible(draft.targets)
    total = sum((share for _id, _label, share in shares if share is not None), Decimal(0))
    tree = drafts.tree
    return {
        "units": [(key, label, key in assisting) for key, label in choices],
        "villages": [
            (key, label, key in shared)
            for key, label in choices
            if key in shared or ((unit := tree.unit(key)) and unit.kind == UnitKind.VILLAGE)
        ],
        "shares_form": SharesForm(shares, auto_id="shares_%s") if shares and value is not None else None,
        "shares_sum": number_words(total),
        "shares_of": number_words(value) if value is not None else "",
        "shares_differ": value is not None and total != value,
    }


def offers_of(draft: Draft, document: Document) -> Iterator[tuple[str, str]]:
    """Days that may be meant, as (ISO day, words): offered, never filled in."""
    if draft.due_code == AT_ONCE and document.dated_on is not None:
        count = settings_of(document.tenant_id).immediate_within_days
        day = add_working_days(document.dated_on, count, document.tenant_id)
        yield day.isoformat(), day_words(day)


def places_to_cut(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str, str]]:
    """Where a sentence may be cut: (offset, words before, words after), after each mark; else between characters."""
    found = [(start, end, place) for start, end in spans for place in _marks(text, start, end)]
    if not found:
        found = [(start, end, place) for start, end in spans for place in range(start + 1, min(end, start + 80))]
    for start, end, place in found:
        before, after = text[max(start, place - AROUND) : place], text[place : min(end, place + AROUND)]
        if before.strip(EDGES) and after.strip(EDGES):
            yield place, before, after


def _marks(text: str, start: int, end: int) -> Iterator[int]:
    for found in BREAK.finditer(text, start, end):
        if start < found.end() < end:
            yield found.end()
