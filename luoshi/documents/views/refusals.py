"""How an act on drafts that was refused is told: on the page itself, with both texts when two clerks collided."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.core.errors import Conflict, LuoshiError
from luoshi.core.requests import actor_of
from luoshi.documents.forms import seen_of
from luoshi.documents.models import Draft
from luoshi.documents.queries.labels import sides_of
from luoshi.documents.queries.reading import reading_page
from luoshi.documents.views.finding import document_of, is_fragment

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
SAID = "X-Luoshi-Said"
"""Tells the script that the answer carries its own words."""
NOT_REPEATED = frozenset({"csrfmiddlewaretoken", "draft", "idempotency_key"})


def told_on_the_page(view: View[Rest]) -> View[Rest]:
    """Catch what an act refuses. A collision offers to send the same once more, now over the newer state."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Conflict as error:
            return _told(request, error, _collision(request, error))
        except LuoshiError as error:
            if not is_fragment(request):
                raise
            return _told(request, error, {})

    return gate


def _told(request: HttpRequest, error: LuoshiError, context: dict[str, Any]) -> HttpResponse:
    template = "documents/parts/refused.html" if is_fragment(request) else "documents/conflict.html"
    response = render(request, template, {"error": error, **context}, status=error.status)
    response[SAID] = "1"
    return response


def _collision(request: HttpRequest, error: Conflict) -> dict[str, Any]:
    """The drafts as they stand now, and what was sent, ready to be sent again over them."""
    drafts = list(_drafts_meant(request).select_related("version", "item").defer("version__text"))
    context: dict[str, Any] = {
        "sides": sides_of(error),
        "again_url": request.path,
        "again": [(name, value) for name in request.POST for value in _values(request, name)],
        "refs": [f"{draft.pk}.{draft.revision}" for draft in drafts],
    }
    if drafts:
        actor = actor_of(request)
        document = document_of(actor, drafts[0].version.document_id)
        page = reading_page(actor, document, drafts[0].version)
        context.update(page.figures(), changed=page.cards(drafts))
    return context


def _drafts_meant(request: HttpRequest) -> QuerySet[Draft]:
    """The draft of the address, or those named in the form that are of the document of the address: no others."""
    match = request.resolver_match
    if match is None:
        return Draft.objects.none()
    if match.view_name == "documents:draft_act":
        return Draft.objects.filter(pk=match.kwargs["pk"])
    ids = [seen.draft_id for seen in seen_of(request.POST.getlist("draft"))]
    return Draft.objects.filter(pk__in=ids, version__document_id=match.kwargs["pk"])


def _values(request: HttpRequest, name: str) -> list[str]:
    return [] if name in NOT_REPEATED else request.POST.getlist(name)
