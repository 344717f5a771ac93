"""From drafts to the ledger: everything is named before anything leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.errors import BadInput
from luoshi.core.requests import actor_of, fresh_key
from luoshi.documents.models import Document, DocumentVersion
from luoshi.documents.queries.dispatching import dispatch_page
from luoshi.documents.services.dispatching import dispatch_drafts
from luoshi.documents.views.finding import document_to_work_on
from luoshi.documents.views.refusals import told_on_the_page
from luoshi.outbox.idempotency import once


@require_http_methods(["GET", "POST"])
@signed_in
@told_on_the_page
def dispatch_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be dispatched and what stands in the way; a POST does it."""
    document, version = document_to_work_on(actor_of(request), pk)
    if request.method == "GET":
        return _shown(request, document, version)
    try:
        return _dispatch(request, version)
    except BadInput as error:
        return _shown(request, document, version, error)


@once
def _dispatch(request: HttpRequest, version: DocumentVersion) -> HttpResponse:
    items = dispatch_drafts(actor=actor_of(request), version=version, mark=request.POST.get("mark") or None)
    heads = sum(item.parent_id is None for item in items)
    words = ngettext("%(count)d item is dispatched.", "%(count)d items are dispatched.", heads)
    messages.success(request, words % {"count": heads})
    return redirect("documents:coverage", version.document_id)


def _shown(
    request: HttpRequest, document: Document, version: DocumentVersion, error: BadInput | None = None
) -> HttpResponse:
    page = dispatch_page(actor_of(request), document, version)
    context = {**page, "key": fresh_key(), "error": error}
    return render(request, "documents/dispatch.html", context, status=error.status if error else 200)
