"""What the ledger may ask about documents: where a sentence stands, and which documents there are."""

from collections.abc import Sequence

from django.urls import reverse

from luoshi.core.actor import Actor
from luoshi.documents.models import Document, DocumentVersion

OFFERED = 200


def link(actor: Actor, version_id: int, start: int) -> str | None:
    """The address of the cited sentence on the coverage page; None when the actor may not read the document."""
    visible = Document.objects.visible_to(actor)
    found = DocumentVersion.objects.filter(pk=version_id, document__in=visible).values_list("document_id", flat=True)
    document_id = found.first()
    return f"{reverse('documents:coverage', args=[document_id])}?at={start}#aside" if document_id else None


def version_ids(actor: Actor, document_id: int) -> list[int]:
    """The versions of a document the actor may read."""
    visible = Document.objects.visible_to(actor).filter(pk=document_id)
    return list(DocumentVersion.objects.filter(document__in=visible).values_list("pk", flat=True))


def choices(actor: Actor) -> Sequence[tuple[int, str]]:
    """The documents by which the actor may filter the ledger, newest first."""
    return list(Document.objects.visible_to(actor).order_by("-pk").values_list("pk", "title")[:OFFERED])
