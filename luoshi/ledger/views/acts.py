"""Every act on an item: GET shows its form, POST does it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.errors import BadInput, Conflict
from luoshi.core.requests import actor_of, is_page_here
from luoshi.ledger.enums import Action
from luoshi.ledger.models import Item
from luoshi.ledger.offers import Circle, Offer, circle_of, is_known, offer
from luoshi.ledger.permissions import require_side
from luoshi.ledger.queries.changes import LABELS, value_words
from luoshi.ledger.views.doing import DOING, Given, carry_out
from luoshi.ledger.views.items import visible_item
from luoshi.ledger.workflow import rule_for
from luoshi.outbox.idempotency import once

DONE = {
    Action.DISPATCH: gettext_lazy("Dispatched."),
    Action.REDISPATCH: gettext_lazy("Dispatched again."),
    Action.ACCEPT: gettext_lazy("Accepted."),
    Action.RETURN: gettext_lazy("Returned to the office."),
    Action.SET_HANDLER: gettext_lazy("The handler is set."),
    Action.PROGRESS: gettext_lazy("Progress is on the ledger."),
    Action.AMEND: gettext_lazy("Amended."),
    Action.REMIND: gettext_lazy("The reminder is on its way."),
    Action.REPORT_DONE: gettext_lazy("Reported done; it waits for verification."),
    Action.SEND_BACK: gettext_lazy("Sent back."),
    Action.VERIFY: gettext_lazy("Verified."),
    Action.CLOSE: gettext_lazy("Verified and closed."),
    Action.REOPEN: gettext_lazy("Reopened."),
    Action.SUSPEND: gettext_lazy("Suspended."),
    Action.RESUME: gettext_lazy("Resumed."),
    Action.TERMINATE: gettext_lazy("Terminated; it stays on the ledger with its reason."),
    Action.REVIEW: gettext_lazy("The review is on the ledger."),
}


@signed_in
@once
@require_http_methods(["GET", "POST"])
def act_on_item(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One act of the workflow on one item."""
    actor = actor_of(request)
    item = visible_item(actor, pk)
    if action not in Action.values or Action(action) not in DOING or not is_known(item.track, Action(action)):
        raise Http404
    act = Action(action)
    require_side(actor, item, act)
    circle = circle_of(actor, item)
    if request.method == "GET":
        return _ask(request, circle, act)
    return _do(request, circle, act)


def _ask(request: HttpRequest, circle: Circle, act: Action) -> HttpResponse:
    if rule_for(circle.item.track, circle.item.state, act) is None:
        now = circle.item.get_state_display()
        raise BadInput(_("This is not possible now: the item is %(state)s.") % {"state": now})
    return show_form(request, circle.item, offer(act, circle))


def _do(request: HttpRequest, circle: Circle, act: Action) -> HttpResponse:
    asked = offer(act, circle, data=request.POST, files=request.FILES)
    form = asked.form
    if form is not None and not form.is_valid():
        return show_form(request, circle.item, _again(request, asked), status=400)
    cleaned = form.cleaned_data if form is not None else {}
    in_percent = form is not None and form.setting.in_percent
    given = Given(circle.actor, circle.item, cleaned, version_of(request), in_percent)
    try:
        carry_out(act, given)
    except Conflict as conflict:
        return show_form(request, circle.item, _again(request, asked), status=409, conflict=_labelled(conflict))
    except BadInput as error:
        if form is None:
            raise
        form.refuse(error.message, error.field)
        return show_form(request, circle.item, _again(request, asked), status=400)
    messages.success(request, DONE[act])
    return redirect(goal_of(request, circle.item))


def _labelled(conflict: Conflict) -> Conflict:
    """The two sides with the names of the fields, as people read them."""
    sides = (
        {name: f"{LABELS.get(name, name)}: {value_words(name, value)}" for name, value in side.items()}
        for side in (conflict.theirs, conflict.yours)
    )
    return Conflict(conflict.message, theirs=next(sides), yours=next(sides))


def _again(request: HttpRequest, asked: Offer) -> Offer:
    """The form with what was typed. Its key stays, for nothing was done; a browser never gives chosen files back."""
    asked.key = request.POST.get("idempotency_key") or asked.key
    if request.FILES and asked.form is not None:
        asked.form.add_error(None, _("Choose the files again before you send."))
    return asked


def version_of(request: HttpRequest) -> int | None:
    """The version of the item that the person looked at."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def goal_of(request: HttpRequest, item: Item) -> str:
    """Back to where the form stood when it says so and it is this site, else the item."""
    wished = request.POST.get("next", "")
    return wished if is_page_here(request, wished) else reverse("ledger:item", args=[item.pk])


def show_form(request: HttpRequest, item: Item, act: Offer, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one act, or only its dialog for htmx."""
    fragment = request.headers.get("HX-Request") == "true" and status == 200
    url = reverse("ledger:item", args=[item.pk])
    context = {
        "act": act,
        "cancel": url,
        "subject": f"{item.number or ''} {item.title}".strip(),
        "back": url,
        "back_words": _("Item"),
        **more,
    }
    return render(request, "core/parts/act_dialog.html" if fragment else "core/act.html", context, status=status)
