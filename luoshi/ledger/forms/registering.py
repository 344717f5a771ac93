"""Registering an item by hand."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.core.actor import Actor
from luoshi.ledger.enums import Comparison, Kind, Track
from luoshi.ledger.forms.fields import DayField, text_area, unit_choices
from luoshi.ledger.orders import Due, NewTarget, Order
from luoshi.ledger.queries.changes import LABELS
from luoshi.organisations.enums import Role
from luoshi.organisations.tree import Tree


class RegisterForm(forms.Form):
    """One duty: what, whose, by when, how measured. Nothing is filled in beforehand."""

    title = forms.CharField(label=LABELS["title"], max_length=200)
    unit = forms.TypedChoiceField(label=_("Lead unit"), coerce=int)
    track = forms.ChoiceField(
        label=_("Kind"),
        choices=[(Track.ORDINARY, _("With a due day")), (Track.STANDING, Track.STANDING.label)],
        initial=Track.ORDINARY,
        widget=forms.RadioSelect,
    )
    due_on = DayField(label=LABELS["due_on"], required=False, help_text=_("Asked for when it is dispatched."))
    internal_due_on = DayField(
        label=LABELS["internal_due_on"], required=False, help_text=_("An earlier day of your own.")
    )
    requirement = forms.CharField(label=LABELS["requirement"], required=False, widget=text_area())
    measure = forms.CharField(label=LABELS["measure"], required=False, widget=text_area(2))
    category = forms.CharField(label=LABELS["category"], required=False, max_length=60)
    metric = forms.CharField(label=_("What is counted"), required=False, max_length=60)
    comparison = forms.ChoiceField(label=_("How much"), required=False, choices=Comparison.choices)
    value = forms.DecimalField(label=_("Amount"), required=False, min_value=0, max_digits=16, decimal_places=2)
    measured_in = forms.CharField(label=_("Unit of measurement"), required=False, max_length=20)
    assisting = forms.TypedMultipleChoiceField(
        label=_("Assisting units"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
    )
    verifier = forms.TypedChoiceField(label=LABELS["verifier_unit_id"], required=False, coerce=int, empty_value=None)

    def __init__(self, actor: Actor, tree: Tree, **given: Any) -> None:
        super().__init__(**given)
        below = [unit for unit in tree.units if unit.open and actor.covers(unit.path, {Role.CLERK})]
        options = unit_choices(below)
        self.fields["unit"].choices = [("", _("Choose a unit")), *options]  # type: ignore[attr-defined]
        self.fields["assisting"].choices = options  # type: ignore[attr-defined]
        self.fields["verifier"].choices = unit_choices(tree.units, gettext("Not fixed"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A target has an amount, and an amount says of what."""
        cleaned = super().clean() or {}
        if cleaned.get("value") is None and (cleaned.get("metric") or cleaned.get("measured_in")):
            self.add_error("value", _("Say how much, or leave the measure empty."))
        if cleaned.get("value") is not None and not cleaned.get("measured_in"):
            self.add_error("measured_in", _("Say in what it is measured."))
        return cleaned

    def order(self) -> Order:
        """The order the services take; call it on a valid form."""
        given = self.cleaned_data
        value: Decimal | None = given["value"]
        targets = []
        if value is not None:
            targets = [NewTarget(given["metric"], given["comparison"], value, given["measured_in"])]
        standing = given["track"] == Track.STANDING
        return Order(
            title=given["title"],
            unit_id=given["unit"],
            due=Due(given["due_on"], internal_on=given["internal_due_on"]),
            requirement=given["requirement"],
            measure=given["measure"],
            category=given["category"],
            track=given["track"],
            kind=Kind.STANDING if standing else Kind.ONCE,
            assisting=given["assisting"],
            targets=targets,
            verifier_unit_id=given["verifier"],
        )
