"""How drafts cite the text: merging, undoing a merge, cutting one in two, and making one of a missed sentence."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.audit.services import Happening, record_event
from luoshi.core.actor import Actor
from luoshi.core.clock import now
from luoshi.core.errors import BadInput
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import Clause, DocumentVersion, Draft, DraftSpan, DraftUnit
from luoshi.documents.services.editing import (
    FINAL,
    Edit,
    Seen,
    editing,
    locked_document,
    require_changeable,
    spans_of,
    units_of,
)

EDGES = " \t\r\n\u3000，,；;、。．.：:！!？?"
FILLED = ("lead_unit_id", "due_on", "due_precision", "due_words", "due_code", "due_estimated", "lead_words")
"""What a draft takes over from one merged into it when it has none itself."""


def merge_with_previous(*, actor: Actor, seen: Seen) -> Edit:
    """Merge a draft into the one before it that is neither discarded nor gone."""
    with editing(actor=actor, seen=[seen], action="merge_drafts") as edit:
        draft = edit.drafts[0]
        closed = {*FINAL, DraftState.DISCARDED}
        before = [row for row in edit.rows[: edit.rows.index(draft)] if row.state not in closed]
        if not before:
            raise BadInput(_("There is no draft before this one to merge with."))
        _merge(edit, before[-1], [draft])
    return edit


def merge_drafts(*, actor: Actor, seen: Sequence[Seen]) -> Edit:
    """Merge several into the first of them in the order of the text; it cites all their sentences."""
    with editing(actor=actor, seen=seen, action="merge_drafts") as edit:
        if len(edit.drafts) < 2:
            raise BadInput(_("Choose at least two drafts to merge."))
        _merge(edit, edit.drafts[0], edit.drafts[1:])
    return edit


def _merge(edit: Edit, into: Draft, others: Sequence[Draft]) -> None:
    for draft in (into, *others):
        require_changeable(draft)
    spans = spans_of([into, *others])
    held = set(spans[into.pk])
    added: list[tuple[int, int]] = []
    for draft in others:
        fresh = [span for span in spans[draft.pk] if span not in held]
        held.update(fresh)
        added += fresh
        kept: dict[str, Any] = {"state": draft.state, "spans": fresh, "filled": _fill(into, draft)}
        kept["targets"] = [target for target in draft.targets if target not in into.targets]
        into.targets = [*into.targets, *kept["targets"]]
        kept["parts"] = _take_parts(into, draft) if "lead_unit_id" in kept["filled"] else []
        draft.before_merge = kept
        draft.state, draft.merged_into = DraftState.MERGED, into
        edit.touch(draft)
    if any(draft.before_merge["state"] == DraftState.KEPT for draft in others) and into.state != DraftState.KEPT:
        into.state = DraftState.KEPT
    DraftSpan.objects.bulk_create(DraftSpan(draft=into, start=start, end=end) for start, end in added)
    edit.touch(into)
    edit.body.update(into=into.pk, merged=[draft.pk for draft in others])
    edit.recut = True


def _fill(into: Draft, draft: Draft) -> dict[str, Any]:
    """Give `into` the owner and the day that only the other sentence names; returns what it had before."""
    before: dict[str, Any] = {}
    if into.lead_unit_id is None and draft.lead_unit_id is not None:
        before.update({"lead_unit_id": None, "lead_words": into.lead_words})
        into.lead_unit_id, into.lead_words = draft.lead_unit_id, draft.lead_words
    if into.due_on is None and draft.due_on is not None:
        before.update({name: getattr(into, name) for name in FILLED if name.startswith("due_")})
        for name in before:
            if name.startswith("due_"):
                setattr(into, name, getattr(draft, name))
    return before


def _take_parts(into: Draft, draft: Draft) -> list[int]:
    """With a lead that shares its duty out come the parts; returns their units."""
    parts = units_of([draft], DraftUnitRole.PART)[draft.pk]
    DraftUnit.objects.bulk_create(
        DraftUnit(draft=into, unit_id=part.unit_id, role=DraftUnitRole.PART, share=part.share) for part in parts
    )
    return [part.unit_id for part in parts]


def undo_merge(*, actor: Actor, seen: Seen) -> Edit:
    """Give back every draft that was merged into this one, as it was, with its own sentence."""
    with editing(actor=actor, seen=[seen], action="undo_merge") as edit:
        into = edit.drafts[0]
        require_changeable(into)
        merged = [row for row in edit.rows if row.merged_into_id == into.pk]
        if not merged:
            raise BadInput(_("Nothing was merged into this draft."))
        for draft in reversed(merged):
            _give_back(into, draft, draft.before_merge)
            draft.state = draft.before_merge.get("state", DraftState.OPEN)
            draft.merged_into, draft.before_merge = None, {}
            edit.touch(draft)
        edit.touch(into)
        edit.body.update(into=into.pk, merged=[draft.pk for draft in merged])
        edit.recut = True
    return edit


def _give_back(into: Draft, draft: Draft, kept: Mapping[str, Any]) -> None:
    """Take from `into` what it had from `draft`, unless somebody changed it since."""
    for start, end in kept.get("spans", ()):
        into.spans.filter(start=start, end=end).delete()
    for name, before in kept.get("filled", {}).items():
        if getattr(into, name) == getattr(draft, name):
            setattr(into, name, before)
    into.units.filter(role=DraftUnitRole.PART, unit_id__in=kept.get("parts", ())).delete()
    taken = kept.get("targets", [])
    into.targets = [target for target in into.targets if target not in taken]


def split_draft(*, actor: Actor, seen: Seen, at: int) -> Edit:
    """Cut a draft in two before the character `at` (code points of the text); the second half is a draft of its own."""
    with editing(actor=actor, seen=[seen], action="split_draft") as edit:
        draft = edit.drafts[0]
        require_changeable(draft)
        if any(row.merged_into_id == draft.pk for row in edit.rows):
            raise BadInput(_("This draft was merged; undo the merge instead of cutting it."), "at")
        text = DocumentVersion.objects.values_list("text", flat=True).get(pk=edit.version.pk)
        spans = spans_of([draft])[draft.pk]
        first = trimmed(text, [(start, min(end, at)) for start, end in spans if start < at])
        second = trimmed(text, [(max(start, at), end) for start, end in spans if end > at])
        if not first or not second:
            raise BadInput(_("Choose a place inside the sentence."), "at")
        _cut(edit, draft, text, (first, second))
        edit.body.update(at=at)
        edit.recut = True
    return edit


Spans = list[tuple[int, int]]


def _cut(edit: Edit, draft: Draft, text: str, halves: tuple[Spans, Spans]) -> None:
    first, second = (quote_of(text, spans) for spans in halves)
    later = [target for target in draft.targets if target["words"] in second and target["words"] not in first]
    new = Draft(
        version_id=draft.version_id,
        clause_id=draft.clause_id,
        position=halves[1][0][0],
        state=draft.state,
        title=second[:200],
        kind=draft.kind,
        theme=draft.theme,
        reason=draft.reason,
        lead_words=draft.lead_words,
        assist_words=draft.assist_words,
        lead_unit_id=draft.lead_unit_id,
        due_on=draft.due_on,
        due_precision=draft.due_precision,
        due_words=draft.due_words,
        due_code=draft.due_code,
        due_estimated=draft.due_estimated,
        targets=later,
    )
    new.save()
    # A title that came from the sentence follows it; one that a person wrote stays.
    if draft.title in quote_of(text, spans_of([draft])[draft.pk]) and draft.title not in first:
        draft.title = first[:200]
    draft.targets = [target for target in draft.targets if target not in later]
    draft.spans.all().delete()
    DraftSpan.objects.bulk_create(
        DraftSpan(draft=owner, start=start, end=end)
        for owner, spans in ((draft, halves[0]), (new, halves[1]))
        for start, end in spans
    )
    _copy_units(draft, new)
    edit.rows.append(new)
    edit.touch(draft)
    edit.body.update(draft=draft.pk, new=new.pk)


def _copy_units(draft: Draft, new: Draft) -> None:
    """The second half is for the same units; shares were of the target that stayed with the first."""
    DraftUnit.objects.bulk_create(
        DraftUnit(draft=new, unit_id=row.unit_id, role=row.role)
        for role in DraftUnitRole
        for row in units_of([draft], role)[draft.pk]
    )


def trimmed(text: str, spans: Spans) -> Spans:
    """The stretches without blanks and punctuation at their edges; empty ones are left out."""
    found: Spans = []
    for start, end in spans:
        while start < end and text[start] in EDGES:
            start += 1  # noqa: PLW2901 – the edge moves in
        while end > start and text[end - 1] in EDGES:
            end -= 1  # noqa: PLW2901
        if start < end:
            found.append((start, end))
    return found


def quote_of(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The characters a draft cites, stretches apart by an ellipsis."""
    return "……".join(text[start:end] for start, end in spans)


@transaction.atomic
def add_drafts(*, actor: Actor, version: DocumentVersion, spans: Sequence[tuple[int, int]]) -> list[Draft]:
    """Make drafts of sentences that the reader left out; they are kept, for a person chose them."""
    document = locked_document(actor, version.document_id)
    chosen = trimmed(version.text, [span for span in spans if 0 <= span[0] < span[1] <= len(version.text)])
    if not chosen:
        raise BadInput(_("Choose at least one sentence."), "sentence")
    held = set(DraftSpan.objects.filter(draft__version=version).values_list("start", "end"))
    if held.intersection(chosen):
        raise BadInput(_("There is a draft of this sentence already."), "sentence")
    clauses = list(Clause.objects.filter(version=version).order_by("level"))
    drafts = [_added(version, clauses, span) for span in dict.fromkeys(chosen)]
    Draft.objects.bulk_create(drafts)
    DraftSpan.objects.bulk_create(
        DraftSpan(draft=draft, start=start, end=end)
        for draft, (start, end) in zip(drafts, dict.fromkeys(chosen), strict=True)
    )
    document.changed_at = now()
    document.save(update_fields=["changed_at"])
    subjects = [("document", document.pk), *(("draft", draft.pk) for draft in drafts)]
    body = {"titles": [draft.title for draft in drafts]}
    record_event(tenant_id=actor.tenant_id, actor=actor, happening=Happening("add_drafts", subjects, body))
    return drafts


def _added(version: DocumentVersion, clauses: Sequence[Clause], span: tuple[int, int]) -> Draft:
    """An unsaved draft of a stretch of text, in the innermost clause around it."""
    start, end = span
    around = [clause for clause in clauses if clause.start <= start and end <= clause.end]
    return Draft(
        version=version,
        clause=around[-1] if around else None,
        position=start,
        state=DraftState.KEPT,
        title=re.sub(r"\s+", " ", version.text[start:end])[:200],
        reason="added",
    )
