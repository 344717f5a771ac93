"""One draft on a page of its own, and sentences the reader left out; both work without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.requests import actor_of
from luoshi.documents.forms import SentencesForm
from luoshi.documents.models import DocumentVersion
from luoshi.documents.queries.drafts import LIVE, gather_drafts
from luoshi.documents.queries.one_draft import draft_page
from luoshi.documents.queries.reading import head_of
from luoshi.documents.queries.text import layout_of, untouched
from luoshi.documents.services.cutting import add_drafts
from luoshi.documents.views.finding import document_to_work_on, draft_of
from luoshi.organisations.tree import tree_of


@require_GET
@signed_in
def show_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one draft, with a form for each part of it."""
    actor = actor_of(request)
    return render(request, "documents/draft.html", draft_page(actor, draft_of(actor, pk)))


@require_http_methods(["GET", "POST"])
@signed_in
def add_sentences(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences on which no draft stands; those ticked become drafts."""
    actor = actor_of(request)
    document, version = document_to_work_on(actor, pk)
    layout = layout_of(version)
    drafts = gather_drafts(version.pk, tree_of(actor.tenant_id), layout.text)
    left = untouched(layout.sentences, drafts.marks(LIVE))
    if request.method == "POST":
        chosen = SentencesForm(left, data=request.POST).given
        added = add_drafts(actor=actor, version=DocumentVersion.objects.get(pk=version.pk), spans=chosen)
        return redirect(f"{reverse('documents:read', args=[pk])}#d-{added[0].pk}")
    sentences = [(f"{start}-{end}", layout.text[start:end].strip()) for start, end in left]
    context = {"document": head_of(document, layout), "sentences": sentences}
    return render(request, "documents/sentences.html", context)
