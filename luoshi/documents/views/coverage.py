"""What became of a document."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi.core.access import signed_in
from luoshi.core.clock import today
from luoshi.core.requests import actor_of
from luoshi.core.words import day_words
from luoshi.documents.permissions import can_work_on
from luoshi.documents.queries.coverage import coverage_of
from luoshi.documents.queries.lists import latest_version
from luoshi.documents.queries.reading import head_of
from luoshi.documents.views.finding import document_of, is_fragment


@require_GET
@signed_in
def show_coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """The text by live state; beside it the sentence around character `?at=`, or with `?show=kept` what is left."""
    actor = actor_of(request)
    document = document_of(actor, pk)
    coverage = coverage_of(actor, document, latest_version(document))
    asked = request.GET.get("at", "")
    at = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    shown = coverage.not_dispatched() if request.GET.get("show") == "kept" else coverage.sentence(at)
    context: dict[str, Any] = {"sentence": shown, "may_work": can_work_on(actor, document)}
    if is_fragment(request):
        return render(request, "documents/parts/sentence.html", context)
    head = head_of(document, coverage.layout)
    head.about = " · ".join((head.about, _("today is %(day)s") % {"day": day_words(today())}))
    context.update(document=head, pk=pk, line=coverage.line(), blocks=coverage.blocks(at))
    return render(request, "documents/coverage.html", context)
