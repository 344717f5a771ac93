"""Adding units, their other names, and people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.organisations.enums import OVERSEEING_ROLES, Role, UnitKind
from luoshi.organisations.tree import Branch

INDENT = "\u3000"


def unit_options(units: Sequence[Branch]) -> list[tuple[str, str]]:
    """Units as options, set in by their depth."""
    top = min((unit.depth for unit in units), default=0)
    return [(str(unit.id), INDENT * (unit.depth - top) + unit.label) for unit in units]


class UnitsForm(forms.Form):
    """Several units of one kind below one unit, one name a line."""

    parent = forms.TypedChoiceField(label=_("Below which unit"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"))
    names = forms.CharField(
        label=_("Names"),
        help_text=_("One name a line; paste the whole list at once."),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": "8"}),
    )

    def __init__(self, units: Sequence[Branch], **given: Any) -> None:
        super().__init__(**given)
        # Nothing is chosen beforehand: whoever pastes twelve villages would make twelve of whatever stands first.
        kinds = [(kind.value, kind.label) for kind in UnitKind if kind is not UnitKind.COUNTY]
        self.fields["kind"].choices = [("", gettext("Choose a kind")), *kinds]  # type: ignore[attr-defined]
        self.fields["parent"].choices = unit_options(units)  # type: ignore[attr-defined]

    def clean_names(self) -> list[str]:
        """The names without blank lines; each may stand once."""
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        for name in names:
            if len(name) > 100:
                raise forms.ValidationError(_("“%(name)s…” is too long for a name.") % {"name": name[:20]})
            if names.count(name) > 1:
                raise forms.ValidationError(_("“%(name)s” stands twice in the list.") % {"name": name})
        return names


class AliasForm(forms.Form):
    """Another name under which documents speak of a unit."""

    alias = forms.CharField(label=_("Other name"), max_length=100)


class PersonForm(forms.Form):
    """A person with a post, roles, and a sign-in name when he or she is to use the ledger."""

    name = forms.CharField(label=_("Name"), max_length=40)
    unit = forms.TypedChoiceField(label=_("Works in"), coerce=int)
    title = forms.CharField(label=_("Post"), required=False, max_length=60)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
    )
    grant_unit = forms.TypedChoiceField(
        label=_("Roles hold for"),
        help_text=_("And for everything below it. A clerk or leader of the town: the town."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Empty: the person cannot sign in, but can be named as handler."),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, units: Sequence[Branch], **given: Any) -> None:
        super().__init__(**given)
        options = unit_options(units)
        self.fields["unit"].choices = [("", gettext("Choose a unit")), *options]  # type: ignore[attr-defined]
        self.fields["grant_unit"].choices = [("", gettext("the unit above")), *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A clerk works in an office and is to reach the villages: how far is asked for, never assumed."""
        given = self.cleaned_data
        if not given.get("grant_unit") and OVERSEEING_ROLES & set(given.get("roles", ())):
            self.add_error("grant_unit", _("Choose the units this role holds for; for the whole town, the town."))
        return given
