"""Putting an item on the ledger by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.errors import BadInput, NotAllowed
from luoshi.core.requests import actor_of, fresh_key
from luoshi.ledger.forms.registering import RegisterForm
from luoshi.ledger.models import Item
from luoshi.ledger.permissions import can_register
from luoshi.ledger.services.dispatching import dispatch_orders, register_item
from luoshi.organisations.tree import tree_of
from luoshi.outbox.idempotency import once


@signed_in
@once
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A form for one duty; sent with `then=dispatch` it goes out at once."""
    actor = actor_of(request)
    if not can_register(actor):
        raise NotAllowed(_("Only a clerk may register items."))
    form = RegisterForm(actor, tree_of(actor.tenant_id), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("then") == "dispatch":
                item = dispatch_orders(actor=actor, orders=[form.order()])[0]
            else:
                item = register_item(actor=actor, order=form.order())
        except BadInput as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _said(item))
            return redirect("ledger:item", item.pk)
    context = {
        "form": form,
        "key": request.POST.get("idempotency_key") or fresh_key(),
        "cancel": reverse("ledger:list"),
        "back": reverse("ledger:list"),
        "back_words": _("Ledger"),
    }
    return render(request, "ledger/register.html", context, status=400 if form.errors else 200)


def _said(item: Item) -> str:
    if item.number:
        return _("Dispatched as %(number)s.") % {"number": item.number}
    return _("Registered. It goes to nobody until it is dispatched.")
