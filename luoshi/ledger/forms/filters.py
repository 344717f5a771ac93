"""The conditions of the list, as they stand in the query string."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.core.actor import Actor
from luoshi.ledger.enums import Light, State
from luoshi.ledger.forms.fields import DayField, unit_choices
from luoshi.ledger.queries.lists import Asked, reach_of
from luoshi.ledger.queries.waiting import DESKS
from luoshi.ledger.sources import Source, sources
from luoshi.organisations.tree import Branch, Tree

SORTS = (
    ("due", _("Due day, earliest first")),
    ("late", _("Due day, latest first")),
    ("number", _("Number")),
    ("state", _("State")),
)


class FilterForm(forms.Form):
    """What the reader can set; every wrong value is left out, so that an old address still shows a list."""

    q = forms.CharField(label=_("Words in title or number"), required=False, max_length=60)
    unit = forms.TypedChoiceField(label=_("Unit and all below it"), required=False, coerce=int, empty_value=None)
    due_from = DayField(label=_("Due from"), required=False)
    due_to = DayField(label=_("Due until"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    state = forms.CharField(required=False, widget=forms.HiddenInput)
    light = forms.ChoiceField(required=False, choices=Light.choices, widget=forms.HiddenInput)
    desk = forms.ChoiceField(required=False, choices=[(name, name) for name in DESKS], widget=forms.HiddenInput)
    top = forms.BooleanField(required=False, widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, tree: Tree, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.actor, self.sources = actor, sources()
        self.fields["unit"].choices = unit_choices(self._units(tree), gettext("All"))  # type: ignore[attr-defined]
        for source in self.sources:
            self.fields[source.name] = self._source_field(source)

    def _units(self, tree: Tree) -> Sequence[Branch]:
        reach = reach_of(self.actor, tree)
        return [unit for unit in tree.units if unit.id in reach]

    def _source_field(self, source: Source) -> forms.Field:
        options: dict[str, Any] = {"required": False, "min_value": 1, "max_value": 2**53}
        if source.choices is None:
            return forms.IntegerField(widget=forms.HiddenInput, **options)
        listed = [("", gettext("All")), *((str(key), label) for key, label in source.choices(self.actor))]
        return forms.IntegerField(
            label=str(source.label or source.name), widget=forms.Select(choices=listed), **options
        )

    def asked(self) -> Asked:
        """The conditions that make sense."""
        self.is_valid()
        given = self.cleaned_data
        wanted = given.get("state", "").split(",")
        cited = tuple(
            (source.name, tuple(source.ids(self.actor, given[source.name])))
            for source in self.sources
            if given.get(source.name)
        )
        return Asked(
            unit_id=given.get("unit"),
            states=tuple(state for state in wanted if state in State.values),
            light=given.get("light", ""),
            cited=cited,
            due_from=given.get("due_from"),
            due_to=given.get("due_to"),
            text=given.get("q", "").strip(),
            parent_id=given.get("parent"),
            top=bool(given.get("top")),
            desk=given.get("desk", ""),
            sort=given.get("sort") or "due",
        )
