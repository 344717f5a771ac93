"""What a clerk decides about drafts: to register or not, who, by when, how much, of what kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.errors import BadInput
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import Draft, DraftUnit
from luoshi.documents.permissions import WORKING_ROLES
from luoshi.documents.resolving import Term, put_term
from luoshi.documents.services.editing import (
    Describe,
    Edit,
    Seen,
    editing,
    keep_if_open,
    replace_units,
    require_changeable,
    units_of,
)
from luoshi.documents.targets import divisible, readable_target, value_of
from luoshi.ledger.enums import Kind, Precision
from luoshi.ledger.orders import divided

Given = Mapping[str, str]


def _says(name: str, words: str, now_there: str = "") -> Describe:
    """What this person wants with one field, beside what stands there (an attribute of the draft)."""

    def describe(_edit: Edit, draft: Draft) -> tuple[Given, Given]:
        stands = getattr(draft, now_there or name)
        return {name: "" if stands is None else str(stands)}, {name: words}

    return describe


def _decide(actor: Actor, seen: Sequence[Seen], action: str, state: DraftState, froms: set[str]) -> Edit:
    with editing(actor=actor, seen=seen, action=action, wanted=_says("state", str(state))) as edit:
        for draft in edit.drafts:
            require_changeable(draft)
            if draft.state in froms:
                draft.state = state
                edit.touch(draft)
    return edit


def keep_drafts(*, actor: Actor, seen: Sequence[Seen]) -> Edit:
    """Mean to register them."""
    return _decide(actor, seen, "keep_drafts", DraftState.KEPT, {DraftState.OPEN, DraftState.DISCARDED})


def discard_drafts(*, actor: Actor, seen: Sequence[Seen]) -> Edit:
    """Not register them; they stay on the page and can be restored."""
    return _decide(actor, seen, "discard_drafts", DraftState.DISCARDED, {DraftState.OPEN, DraftState.KEPT})


def restore_drafts(*, actor: Actor, seen: Sequence[Seen]) -> Edit:
    """Take discarded ones back in, undecided."""
    return _decide(actor, seen, "restore_drafts", DraftState.OPEN, {DraftState.DISCARDED, DraftState.KEPT})


def set_title(*, actor: Actor, seen: Seen, title: str) -> Edit:
    """Say it in the clerk's words; the sentence cited stays what it is."""
    wanted = " ".join(title.split())[:200]
    if not wanted:
        raise BadInput(_("Give the draft a title."), "title")
    with editing(actor=actor, seen=[seen], action="title_draft", wanted=_says("title", wanted)) as edit:
        draft = edit.drafts[0]
        require_changeable(draft)
        edit.body["from"], edit.body["to"] = draft.title, wanted
        draft.title = wanted
        edit.touch(draft)
    return edit


def set_kind(*, actor: Actor, seen: Sequence[Seen], kind: str) -> Edit:
    """Once, recurring or standing; a standing duty needs no day, so its day is laid aside and its words stay."""
    if kind not in Kind.values:
        raise BadInput(_("Choose once, recurring or standing."), "kind")
    with editing(actor=actor, seen=seen, action="set_draft_kind", wanted=_says("kind", kind)) as edit:
        edit.body["kind"] = kind
        for draft in edit.drafts:
            require_changeable(draft)
            draft.kind = kind
            if kind == Kind.STANDING:
                draft.due_on, draft.due_estimated = None, False
            keep_if_open(draft)
            edit.touch(draft)
    return edit


def set_day(*, actor: Actor, seen: Sequence[Seen], day: date | None) -> Edit:
    """Set the due day by hand, or take it away with None; the words of the document stay beside it."""
    words = day.isoformat() if day else ""
    with editing(actor=actor, seen=seen, action="set_draft_day", wanted=_says("due", words, "due_on")) as edit:
        edit.body["day"] = words
        for draft in edit.drafts:
            require_changeable(draft)
            draft.due_on, draft.due_estimated = day, False
            draft.due_precision = Precision.DAY if day else draft.due_precision
            draft.due_code = words if day else ""
            if day:
                _no_longer_standing(draft)
                keep_if_open(draft)
            edit.touch(draft)
    return edit


def set_term(*, actor: Actor, seen: Sequence[Seen], term: Term) -> Edit:
    """Set the day by a term in words (6月底前, 每季度末), read and resolved already."""
    words = term.on.isoformat() if term.on else ""
    with editing(actor=actor, seen=seen, action="set_draft_day", wanted=_says("due", words, "due_on")) as edit:
        edit.body.update(day=words, words=term.words, code=term.code)
        for draft in edit.drafts:
            require_changeable(draft)
            put_term(draft, term)
            _no_longer_standing(draft)
            if term.code.startswith("R:"):
                draft.kind = Kind.RECURRING
            keep_if_open(draft)
            edit.touch(draft)
    return edit


def _no_longer_standing(draft: Draft) -> None:
    """What has a day is to be done by then."""
    if draft.kind == Kind.STANDING:
        draft.kind = Kind.ONCE


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who does it. None leaves a field as it is; `lead` 0 and empty tuples clear it.

    With `parts` each of those units gets a part under the lead, which is the office of the document if nobody else.
    """

    lead: int | None = None
    assisting: tuple[int, ...] | None = None
    parts: tuple[int, ...] | None = None


def assign_drafts(*, actor: Actor, seen: Sequence[Seen], assigned: Assigned) -> Edit:
    """Set lead, assisting units and parts of one or many drafts; setting a lead or parts keeps them."""

    def wanted(edit: Edit, draft: Draft) -> tuple[Given, Given]:
        if assigned.lead is None:
            return {}, {"assisting": _names(edit, assigned.assisting), "parts": _names(edit, assigned.parts)}
        return {"lead": _names(edit, (draft.lead_unit_id or 0,))}, {"lead": _names(edit, (assigned.lead,))}

    with editing(actor=actor, seen=seen, action="assign_drafts", wanted=wanted) as edit:
        _check_units(edit, assigned)
        for draft in edit.drafts:
            require_changeable(draft)
            _set_lead(edit, draft, assigned)
            edit.touch(draft)
        _set_assisting(edit, assigned)
        _set_parts(edit, assigned)
        edit.body["lead"] = _names(edit, (assigned.lead or 0,))
        edit.body["assisting"] = _names(edit, assigned.assisting)
        edit.body["parts"] = _names(edit, assigned.parts)
    return edit


def _names(edit: Edit, unit_ids: Sequence[int] | None) -> str:
    found = (edit.tree.unit(unit_id) for unit_id in unit_ids or ())
    return "、".join(unit.label for unit in found if unit)


def _check_units(edit: Edit, assigned: Assigned) -> None:
    """Only open units to which this clerk may dispatch: else the dispatch would fail later, and the work be lost."""
    for unit_id in {assigned.lead or 0, *(assigned.assisting or ()), *(assigned.parts or ())} - {0}:
        unit = edit.tree.unit(unit_id)
        if unit is None or not unit.open:
            raise BadInput(_("This unit does not exist or is closed."), "lead")
        if not edit.actor.covers(unit.path, WORKING_ROLES):
            raise BadInput(_("You cannot dispatch to %(unit)s: it is not below your office.") % {"unit": unit.label})


def _set_lead(edit: Edit, draft: Draft, assigned: Assigned) -> None:
    if assigned.lead is not None:
        draft.lead_unit_id = assigned.lead or None
    if assigned.parts and draft.lead_unit_id is None:
        draft.lead_unit_id = edit.document.unit_id
    if assigned.lead or assigned.parts:
        keep_if_open(draft)


def _set_assisting(edit: Edit, assigned: Assigned) -> None:
    """A lead unit does not assist itself; whoever becomes the lead stops assisting."""
    leads = {draft.pk: draft.lead_unit_id for draft in edit.drafts}
    if assigned.assisting is None:
        held = DraftUnit.objects.filter(draft__in=edit.drafts, role=DraftUnitRole.ASSIST)
        held.filter(pk__in=[row.pk for row in held if row.unit_id == leads[row.draft_id]]).delete()
        return
    rows = [
        DraftUnit(draft=draft, unit_id=unit_id, role=DraftUnitRole.ASSIST)
        for draft in edit.drafts
        for unit_id in dict.fromkeys(assigned.assisting)
        if unit_id != leads[draft.pk]
    ]
    replace_units(edit.drafts, DraftUnitRole.ASSIST, rows)


def _set_parts(edit: Edit, assigned: Assigned) -> None:
    if assigned.parts is None:
        return
    units = tuple(dict.fromkeys(assigned.parts))
    rows = [row for draft in edit.drafts for row in parts_of(draft, units)]
    replace_units(edit.drafts, DraftUnitRole.PART, rows)


def parts_of(draft: Draft, unit_ids: Sequence[int]) -> list[DraftUnit]:
    """Unsaved parts for the units, with an even share of the draft's first target where it can be divided."""
    value = divisible(draft.targets)
    shares = divided(value, len(unit_ids)) if value is not None and unit_ids else [None] * len(unit_ids)
    return [
        DraftUnit(draft=draft, unit_id=unit_id, role=DraftUnitRole.PART, share=share)
        for unit_id, share in zip(unit_ids, shares, strict=True)
    ]


def set_shares(*, actor: Actor, seen: Seen, shares: Mapping[int, Decimal]) -> Edit:
    """Say how much of the target falls to each unit; the sum is shown and need not be the target."""
    if any(share < 0 for share in shares.values()):
        raise BadInput(_("A share cannot be less than nothing."), "shares")
    words = "、".join(f"{share:f}" for share in shares.values())
    with editing(actor=actor, seen=[seen], action="share_draft", wanted=lambda *_: ({}, {"shares": words})) as edit:
        draft = edit.drafts[0]
        require_changeable(draft)
        parts = units_of([draft], DraftUnitRole.PART)[draft.pk]
        for part in parts:
            part.share = shares.get(part.unit_id, part.share)
        DraftUnit.objects.bulk_update(parts, ["share"])
        edit.body["shares"] = {str(part.unit_id): str(part.share) for part in parts}
        edit.touch(draft)
    return edit


def set_targets(*, actor: Actor, seen: Seen, targets: Sequence[Mapping[str, str]]) -> Edit:
    """Replace the measures of success; when the first one changed its value, shares are divided anew."""
    wanted = [readable_target(target) for target in targets]
    words = "；".join(value_of(target) for target in wanted)
    with editing(actor=actor, seen=[seen], action="target_draft", wanted=lambda *_: ({}, {"targets": words})) as edit:
        draft = edit.drafts[0]
        require_changeable(draft)
        before = divisible(draft.targets)
        edit.body["from"], edit.body["to"] = draft.targets, wanted
        draft.targets = wanted
        if divisible(wanted) != before:
            held = units_of([draft], DraftUnitRole.PART)[draft.pk]
            replace_units([draft], DraftUnitRole.PART, parts_of(draft, [part.unit_id for part in held]))
        edit.touch(draft)
    return edit
