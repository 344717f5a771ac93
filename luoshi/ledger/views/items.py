"""The page of one item, and its files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi.core.access import signed_in
from luoshi.core.actor import Actor
from luoshi.core.requests import actor_of
from luoshi.files.services import serve
from luoshi.ledger.enums import Action
from luoshi.ledger.models import Attachment, Item
from luoshi.ledger.offers import Circle, Offer, offer, possible_acts, primary_of
from luoshi.ledger.permissions import is_own
from luoshi.ledger.queries.items import item_for_page, page_of


def visible_item(actor: Actor, pk: int) -> Item:
    """The item, or 404 for whoever may not know of it."""
    item = item_for_page(actor, pk)
    if item is None:
        raise Http404
    return item


@signed_in
@require_GET
def show_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what, whose, by when, from which sentence, how far, and what may be done now."""
    actor = actor_of(request)
    item = visible_item(actor, pk)
    page = page_of(actor, item)
    circle = Circle(item, actor, page.target, page.has_parts)
    possible = possible_acts(actor, item)
    primary = primary_of(actor, item, possible)
    offers = {action: offer(action, circle) for action in possible}
    report = offers[Action.PROGRESS] if primary == Action.PROGRESS and is_own(actor, item) else None
    if report is not None and report.form is not None and "amount" in report.form.fields:
        # There the unit stands beside the field.
        report.form.fields["amount"].help_text = ""
    others = [one for action, one in offers.items() if action != primary]
    context = {
        "item": page.item,
        "citations": page.citations,
        "parent": page.parent,
        "children": page.children,
        "progresses": page.progresses,
        "files": page.files,
        "history": page.history,
        "primary": offers[primary] if primary else None,
        "report": report,
        "acts": sorted(others, key=_place),
        "back": reverse("reports:today"),
        "back_words": _("Today"),
    }
    return render(request, "ledger/item.html", context)


SECOND = (Action.REPORT_DONE, Action.SEND_BACK, Action.RETURN, Action.REMIND)


def _place(one: Offer) -> tuple[bool, int]:
    """The likely acts first, the grave ones last; on a phone the first stands beside the primary."""
    return one.grave, SECOND.index(one.code) if one.code in SECOND else len(SECOND)


@signed_in
@require_GET
def show_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file of an item, as a download."""
    item = visible_item(actor_of(request), pk)
    attachment = Attachment.objects.filter(item=item, pk=file_pk).select_related("file").first()
    if attachment is None:
        raise Http404
    return serve(attachment.file)
