"""What every view of documents begins with: the document or draft of the address, as the actor may see it."""

from django.http import Http404, HttpRequest

from luoshi.core.actor import Actor
from luoshi.documents.models import Document, DocumentVersion, Draft
from luoshi.documents.permissions import require_working_on
from luoshi.documents.queries.lists import latest_version


def document_of(actor: Actor, document_id: int) -> Document:
    """The document; 404 when the actor does not see it."""
    found = Document.objects.visible_to(actor).select_related("unit").filter(pk=document_id).first()
    if found is None:
        raise Http404
    return found


def document_to_work_on(actor: Actor, document_id: int) -> tuple[Document, DocumentVersion]:
    """The document and its version in force; 403 for who sees it but does not work on it."""
    document = document_of(actor, document_id)
    require_working_on(actor, document)
    version = latest_version(document)
    version.document = document
    return document, version


def draft_of(actor: Actor, draft_id: int) -> Draft:
    """The draft with its document; 404 and 403 as for the document."""
    found = Draft.objects.select_related("version").defer("version__text").filter(pk=draft_id).first()
    if found is None:
        raise Http404
    found.version.document = document_of(actor, found.version.document_id)
    require_working_on(actor, found.version.document)
    return found


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for parts of the page."""
    return request.headers.get("HX-Request") == "true"
