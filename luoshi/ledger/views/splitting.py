"""Splitting an item among units: choose, look at the shares, do it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.errors import BadInput, Conflict
from luoshi.core.requests import actor_of, fresh_key
from luoshi.core.words import number_words
from luoshi.ledger.enums import Action, State
from luoshi.ledger.forms.splitting import ChooseUnitsForm, SharesForm, units_to_split_to
from luoshi.ledger.models import Item
from luoshi.ledger.permissions import require_side
from luoshi.ledger.services.steering import split_item
from luoshi.ledger.views.acts import version_of
from luoshi.ledger.views.items import visible_item
from luoshi.ledger.workflow import rule_for
from luoshi.organisations.tree import tree_of
from luoshi.outbox.idempotency import once


@signed_in
@once
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """GET without units asks for them, with units shows the shares; POST makes the parts."""
    actor = actor_of(request)
    item = visible_item(actor, pk)
    require_side(actor, item, Action.SPLIT)
    if request.method == "GET" and rule_for(item.track, item.state, Action.SPLIT) is None:
        raise BadInput(_("This is not possible now: the item is %(state)s.") % {"state": item.get_state_display()})
    taken = frozenset(item.children.exclude(state=State.TERMINATED).values_list("unit_id", flat=True))
    units = units_to_split_to(actor, tree_of(actor.tenant_id), taken | {item.unit_id})
    sent = request.POST if request.method == "POST" else request.GET
    choice = ChooseUnitsForm(units, data=sent if "unit" in sent or "kind" in sent else None)
    chosen = choice.chosen() if choice.is_bound else []
    target = item.targets.filter(is_primary=True).first()
    if request.method == "GET" or not chosen:
        if choice.is_bound and not chosen:
            choice.add_error(None, _("Choose at least one unit."))
        shares = SharesForm(chosen, target) if chosen else None
        return _show(request, item, choice, shares, status=200 if chosen or not choice.errors else 400)
    return _do(request, item, choice, SharesForm(chosen, target, data=request.POST))


def _do(request: HttpRequest, item: Item, choice: ChooseUnitsForm, shares: SharesForm) -> HttpResponse:
    if not shares.is_valid():
        return _show(request, item, choice, shares, status=400)
    actor = actor_of(request)
    try:
        parts = split_item(actor=actor, item=item, parts=shares.parts(), version=version_of(request))
    except (BadInput, Conflict) as error:
        shares.add_error(None, error.message)
        return _show(request, item, choice, shares, status=error.status)
    count = len(parts)
    messages.success(request, ngettext("%(n)d part is made.", "%(n)d parts are made.", count) % {"n": count})
    return redirect("ledger:item", item.pk)


def _show(
    request: HttpRequest, item: Item, choice: ChooseUnitsForm, shares: SharesForm | None, status: int
) -> HttpResponse:
    url = reverse("ledger:item", args=[item.pk])
    target = shares.target if shares else None
    total = shares.total() if shares else None
    context = {
        "item": item,
        "url": reverse("ledger:act", args=[item.pk, Action.SPLIT]),
        "choice": choice,
        "shares": shares,
        "wanted": number_words(target.value) if target else "",
        "measured_in": target.measured_in if target else "",
        "total": number_words(total) if total is not None else "",
        "differs": target is not None and total is not None and total != target.value,
        "key": request.POST.get("idempotency_key") or fresh_key(),
        "cancel": url,
        "back": url,
        "back_words": _("Item"),
    }
    return render(request, "ledger/split.html", context, status=status)
