"""Units and people: everybody reads, administrators add."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.actor import Actor
from luoshi.core.errors import BadInput
from luoshi.core.requests import actor_of, fresh_key
from luoshi.organisations.forms import AliasForm, PersonForm, UnitsForm
from luoshi.organisations.models import Unit
from luoshi.organisations.permissions import MANAGING_ROLES, require_managing
from luoshi.organisations.queries import unit_rows
from luoshi.organisations.services import (
    NewPerson,
    NewUnit,
    add_person,
    add_person_with_sign_in,
    add_units,
    name_unit_also,
)
from luoshi.organisations.tree import Branch, tree_of
from luoshi.outbox.idempotency import DONE, once


@signed_in
@require_GET
def show_units(request: HttpRequest) -> HttpResponse:
    """The tree of the tenant with other names and people."""
    actor = actor_of(request)
    managed = {unit.id for unit in _managed(actor)}
    context = {"rows": unit_rows(actor, managed), "manages": bool(managed)}
    return render(request, "organisations/units.html", context)


def _managed(actor: Actor) -> list[Branch]:
    units = tree_of(actor.tenant_id).units
    return [unit for unit in units if unit.open and actor.covers(unit.path, MANAGING_ROLES)]


def _units_to_manage(actor: Actor) -> list[Branch]:
    """Open units the actor manages; who manages none is refused with the reason."""
    managed = _managed(actor)
    if not managed:
        require_managing(actor, Unit.objects.of_tenant(actor.tenant_id).get(parent=None))
    return managed


def _unit(actor: Actor, pk: int) -> Unit:
    unit = Unit.objects.visible_to(actor).filter(pk=pk).first()
    if unit is None:
        raise Http404
    return unit


def _show(request: HttpRequest, title: str, button: str, form: UnitsForm | AliasForm | PersonForm) -> HttpResponse:
    back = reverse("organisations:units")
    context = {
        "title": title,
        "button": button,
        "form": form,
        "key": request.POST.get("idempotency_key") or fresh_key(),
        "cancel": back,
        "back": back,
        "back_words": _("Units"),
    }
    return render(request, "organisations/form.html", context, status=400 if form.errors else 200)


@signed_in
@once
@require_http_methods(["GET", "POST"])
def add_new_units(request: HttpRequest) -> HttpResponse:
    """Several units at once, below one unit."""
    actor = actor_of(request)
    form = UnitsForm(_units_to_manage(actor), data=request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        given = form.cleaned_data
        parent = _unit(actor, given["parent"])
        try:
            made = add_units(actor=actor, units=[NewUnit(parent, given["kind"], name) for name in given["names"]])
        except BadInput as error:
            form.add_error("names", error.message)
        else:
            count = len(made)
            messages.success(request, ngettext("%(n)d unit is added.", "%(n)d units are added.", count) % {"n": count})
            return redirect("organisations:units")
    return _show(request, _("Add units"), _("Add"), form)


@signed_in
@once
@require_http_methods(["GET", "POST"])
def add_other_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a unit, so that documents find it."""
    actor = actor_of(request)
    unit = _unit(actor, pk)
    require_managing(actor, unit)
    form = AliasForm(data=request.POST or None)
    if form.is_valid():
        try:
            name_unit_also(actor=actor, unit=unit, alias=form.cleaned_data["alias"])
        except BadInput as error:
            form.add_error("alias", error.message)
        else:
            messages.success(request, _("%(unit)s is found under that name too.") % {"unit": unit})
            return redirect("organisations:units")
    return _show(request, _("Another name for %(unit)s") % {"unit": unit}, _("Add"), form)


@never_cache
@signed_in
@once
@require_http_methods(["GET", "POST"])
def add_new_person(request: HttpRequest) -> HttpResponse:
    """A person; with a sign-in name the first password is shown once, on the page that answers."""
    actor = actor_of(request)
    form = PersonForm(_units_to_manage(actor), data=request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        try:
            return _add_person(request, actor, form)
        except BadInput as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    return _show(request, _("Add a person"), _("Add"), form)


def _add_person(request: HttpRequest, actor: Actor, form: PersonForm) -> HttpResponse:
    given = form.cleaned_data
    roles_over = _unit(actor, given["grant_unit"]) if given["grant_unit"] else None
    new = NewPerson(given["name"], _unit(actor, given["unit"]), given["title"], given["roles"], roles_over)
    if not given["username"].strip():
        person = add_person(actor=actor, new=new)
        messages.success(request, _("%(person)s is added.") % {"person": person})
        return redirect("organisations:units")
    person, password = add_person_with_sign_in(actor=actor, new=new, username=given["username"])
    context = {"person": person, "username": given["username"].strip(), "password": password}
    response = render(request, "organisations/first_password.html", context)
    # A repeat of the form must not show the password again: it is led to the list.
    response[DONE] = reverse("organisations:units")
    return response
