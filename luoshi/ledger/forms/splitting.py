"""Splitting an item: first to whom, then how much each."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.actor import Actor
from luoshi.ledger.forms.fields import unit_choices
from luoshi.ledger.models import Target
from luoshi.ledger.orders import Part, adds_up, divided
from luoshi.ledger.permissions import DOER_ROLES
from luoshi.organisations.enums import Role, UnitKind
from luoshi.organisations.tree import Branch, Tree

SPLITTING_ROLES = frozenset({Role.CLERK, *DOER_ROLES})


def units_to_split_to(actor: Actor, tree: Tree, taken: frozenset[int]) -> list[Branch]:
    """Open units below the actor that have no part of the item yet; the actor's whole tenant is no part."""
    return [
        unit
        for unit in tree.units
        if unit.open and unit.parent_id and unit.id not in taken and actor.covers(unit.path, SPLITTING_ROLES)
    ]


class ChooseUnitsForm(forms.Form):
    """Single units, and all units of a kind at once. Sent by GET: choosing changes nothing."""

    kind = forms.MultipleChoiceField(label=_("All at once"), required=False, widget=forms.CheckboxSelectMultiple)
    unit = forms.MultipleChoiceField(label=_("Or one by one"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, units: Sequence[Branch], **given: Any) -> None:
        super().__init__(**given)
        self.units = units
        kinds = {unit.kind for unit in units}
        every = [(kind.value, _("All: %(kind)s") % {"kind": kind.label}) for kind in UnitKind if kind in kinds]
        self.fields["kind"] = _ticks(_("All at once"), every)
        self.fields["unit"] = _ticks(_("Or one by one"), unit_choices(units))

    def chosen(self) -> list[Branch]:
        """The units ticked, alone or by kind, in tree order; none when the form is wrong."""
        if not self.is_valid():
            return []
        kinds, ids = set(self.cleaned_data["kind"]), set(self.cleaned_data["unit"])
        return [unit for unit in self.units if unit.kind in kinds or str(unit.id) in ids]


def _ticks(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.MultipleChoiceField:  # noqa: ANN401 - a lazy text
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    )


class SharesForm(forms.Form):
    """The chosen units with their shares of the primary target, which may be changed."""

    def __init__(self, units: Sequence[Branch], target: Target | None, **given: Any) -> None:
        super().__init__(**given)
        shared = target is not None and adds_up(target.comparison, target.measured_in)
        self.units, self.target = units, target if shared else None
        if self.target is None or not units:
            return
        for unit, share in zip(units, divided(self.target.value, len(units)), strict=True):
            self.fields[f"share_{unit.id}"] = forms.DecimalField(
                label=unit.label,
                initial=share,
                min_value=Decimal(0),
                max_digits=16,
                decimal_places=2,
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "data-share": ""}),
            )

    def parts(self) -> list[Part]:
        """What the service is asked for."""
        return [Part(unit.id, self.cleaned_data.get(f"share_{unit.id}")) for unit in self.units]

    def total(self) -> Decimal | None:
        """Sum of the shares as they stand in the form; None without a target or while one of them is no number."""
        if self.target is None:
            return None
        if not self.is_bound:
            return self.target.value
        shares = [getattr(self, "cleaned_data", {}).get(name) for name in self.fields]
        return None if None in shares else sum((share for share in shares if share is not None), Decimal(0))
