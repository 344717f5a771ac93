"""How every act on drafts runs: permission, lock, what was seen, rows, one event, in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.audit.services import Happening, record_event
from luoshi.core.actor import Actor
from luoshi.core.clock import now
from luoshi.core.errors import BadInput, Conflict
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import Document, DocumentVersion, Draft, DraftSpan, DraftUnit
from luoshi.documents.permissions import require_working_on
from luoshi.organisations.tree import Tree, tree_of

FINAL = frozenset({DraftState.DISPATCHED, DraftState.MERGED})


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft as the person had it before the eyes; without a revision it is taken as it stands."""

    draft_id: int
    revision: int | None = None


@dataclass(slots=True)
class Edit:
    """An act under way on locked drafts; `body` becomes the particulars of its event.

    `drafts` are the ones the act is about, in the order of the text; `rows` all of the version.
    `touched` are to be saved, `recut` says that drafts came or went, so the list is to be drawn anew.
    """

    actor: Actor
    document: Document
    version: DocumentVersion
    tree: Tree
    rows: list[Draft]
    drafts: list[Draft]
    body: dict[str, Any] = field(default_factory=dict)
    touched: dict[int, Draft] = field(default_factory=dict)
    recut: bool = False
    before: dict[int, dict[str, Any]] = field(default_factory=dict)

    def touch(self, draft: Draft) -> None:
        """Note that a draft has changed."""
        self.touched[draft.pk] = draft


Describe = Callable[[Edit, Draft], tuple[Mapping[str, str], Mapping[str, str]]]
"""What stands there now and what this person wants, by field, in words; equal values are no conflict."""


@contextmanager
def editing(*, actor: Actor, seen: Sequence[Seen], action: str, wanted: Describe | None = None) -> Iterator[Edit]:
    """Lock the document and check who acts on what; on leaving, save what was touched and write the one event.

    Raises 404 for drafts the actor does not see or of several documents, Conflict when somebody else was faster.
    """
    with transaction.atomic():
        edit = _opened(actor, seen)
        _refuse_stale(edit, seen, wanted)
        yield edit
        _finish(edit, action)


def _opened(actor: Actor, seen: Sequence[Seen]) -> Edit:
    if not seen:
        raise BadInput(_("Choose at least one draft."))
    ids = {one.draft_id for one in seen}
    versions = list(Draft.objects.filter(pk__in=ids).values_list("version_id", "version__document_id").distinct())
    if len(versions) != 1:
        raise Http404
    version_id, document_id = versions[0]
    document = locked_document(actor, document_id)
    rows = list(Draft.objects.filter(version_id=version_id).select_related("item").order_by("position", "pk"))
    drafts = [draft for draft in rows if draft.pk in ids]
    if len(drafts) != len(ids):
        raise Http404
    # The text of the version is not needed by most acts; whoever cuts it fetches it.
    version = DocumentVersion.objects.defer("text").get(pk=version_id)
    version.document = document
    before = {draft.pk: _values(draft) for draft in rows}
    return Edit(actor, document, version, tree_of(actor.tenant_id), rows, drafts, before=before)


def locked_document(actor: Actor, document_id: int) -> Document:
    """The document, locked: work on its drafts goes one after the other. 404 when not visible, 403 when not theirs."""
    if not Document.objects.visible_to(actor).filter(pk=document_id).exists():
        raise Http404
    document = Document.objects.select_for_update(of=("self",)).select_related("unit").get(pk=document_id)
    require_working_on(actor, document)
    return document


def _refuse_stale(edit: Edit, seen: Sequence[Seen], wanted: Describe | None) -> None:
    known = {one.draft_id: one.revision for one in seen}
    stale = [draft for draft in edit.drafts if known[draft.pk] not in (None, draft.revision)]
    for draft in stale:
        theirs, yours = wanted(edit, draft) if wanted else ({}, {})
        if not yours or any(theirs.get(name) != text for name, text in yours.items()):
            words = _("Somebody changed “%(title)s” in the meantime. Both are below; nothing of yours is lost.")
            raise Conflict(words % {"title": draft.title}, theirs={**summary_of(edit, draft), **theirs}, yours=yours)


def summary_of(edit: Edit, draft: Draft) -> dict[str, str]:
    """What a draft says now, in words, for the one who did not see the change."""
    lead = edit.tree.unit(draft.lead_unit_id) if draft.lead_unit_id else None
    return {
        "state": str(draft.get_state_display()),
        "title": draft.title,
        "lead": lead.label if lead else "",
        "due": draft.due_on.isoformat() if draft.due_on else draft.due_words,
    }


def require_changeable(draft: Draft) -> None:
    """Refuse to change what stands on the ledger already or went into another draft."""
    if draft.state == DraftState.DISPATCHED:
        raise BadInput(_("“%(title)s” is dispatched; change the item on the ledger.") % {"title": draft.title})
    if draft.state == DraftState.MERGED:
        raise BadInput(_("“%(title)s” was merged; undo the merge first.") % {"title": draft.title})


def keep_if_open(draft: Draft) -> None:
    """Whoever sets an owner or a day means to keep the draft."""
    if draft.state in {DraftState.OPEN, DraftState.DISCARDED}:
        draft.state = DraftState.KEPT


SAVED = (
    *("state", "title", "kind", "lead_unit_id", "lead_words", "targets", "merged_into_id", "before_merge", "revision"),
    *("due_on", "due_precision", "due_words", "due_code", "due_estimated"),
)


def _values(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in SAVED}


def _finish(edit: Edit, action: str) -> None:
    if not edit.touched:
        return
    for draft in edit.touched.values():
        draft.revision += 1
    # Only what changed is written: a bulk update of every column of many rows costs more than the act itself.
    names = [
        name.removesuffix("_id")
        for name in SAVED
        if any(getattr(draft, name) != edit.before[key][name] for key, draft in edit.touched.items())
    ]
    Draft.objects.bulk_update(edit.touched.values(), names, batch_size=100)
    edit.document.changed_at = now()
    edit.document.save(update_fields=["changed_at"])
    subjects = [("document", edit.document.pk), *(("draft", key) for key in edit.touched)]
    record_event(tenant_id=edit.actor.tenant_id, actor=edit.actor, happening=Happening(action, subjects, edit.body))


def units_of(drafts: Sequence[Draft], role: str) -> dict[int, list[DraftUnit]]:
    """The units of each draft in a role, in the order in which they were given."""
    found: dict[int, list[DraftUnit]] = {draft.pk: [] for draft in drafts}
    for row in DraftUnit.objects.filter(draft__in=drafts, role=role).order_by("pk"):
        found[row.draft_id].append(row)
    return found


def replace_units(drafts: Sequence[Draft], role: DraftUnitRole, rows: Sequence[DraftUnit]) -> None:
    """Put the given rows in the place of those held by the drafts in that role."""
    DraftUnit.objects.filter(draft__in=drafts, role=role).delete()
    DraftUnit.objects.bulk_create(rows, batch_size=500)


def spans_of(drafts: Sequence[Draft]) -> dict[int, list[tuple[int, int]]]:
    """The stretches of text each draft cites, in the order of the text."""
    found: dict[int, list[tuple[int, int]]] = {draft.pk: [] for draft in drafts}
    rows = DraftSpan.objects.filter(draft__in=drafts).order_by("start", "end")
    for draft_id, start, end in rows.values_list("draft_id", "start", "end"):
        found[draft_id].append((start, end))
    return found
