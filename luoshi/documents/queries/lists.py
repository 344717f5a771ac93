"""Which documents there are, with what is left to decide in each."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from luoshi.core.actor import Actor
from luoshi.documents.enums import DraftState
from luoshi.documents.models import Document, DocumentVersion
from luoshi.documents.permissions import can_work_on


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the list; the figures of drafts are only for who works on them."""

    document: Document
    may_work: bool
    open: int
    kept: int
    dispatched: int


def documents_of(actor: Actor) -> QuerySet[Document]:
    """The documents the actor may read, newest first, with their figures."""
    state = "versions__drafts__state"
    return (
        Document.objects.visible_to(actor)
        .select_related("unit", "created_by")
        .annotate(
            open=Count("versions__drafts", filter=Q(**{state: DraftState.OPEN})),
            kept=Count("versions__drafts", filter=Q(**{state: DraftState.KEPT})),
            dispatched=Count("versions__drafts", filter=Q(**{state: DraftState.DISPATCHED})),
        )
        .order_by("-created_at", "-pk")
    )


def rows_of(actor: Actor, documents: list[Document]) -> list[DocumentRow]:
    """The rows of one page of the list."""
    return [
        DocumentRow(
            one,
            can_work_on(actor, one),
            getattr(one, "open", 0),
            getattr(one, "kept", 0),
            getattr(one, "dispatched", 0),
        )
        for one in documents
    ]


def latest_version(document: Document) -> DocumentVersion:
    """The version in force; its text is left in the database until it is asked for."""
    return DocumentVersion.objects.defer("text").filter(document=document).order_by("-ordinal")[:1].get()
