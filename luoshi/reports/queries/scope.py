"""What a ledger list was asked for, in words: printed over the list, so that the paper says what it shows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.words import day_words
from luoshi.ledger.enums import Light, State
from luoshi.ledger.forms.filters import FilterForm
from luoshi.ledger.models import Item
from luoshi.ledger.queries.lists import Asked
from luoshi.organisations.models import Tenant
from luoshi.organisations.tree import tree_of


def source_titles(actor: Actor, form: FilterForm) -> list[str]:
    """Titles of the papers to which the list was narrowed."""
    found = []
    for source in form.sources:
        wanted = form.cleaned_data.get(source.name)
        if wanted and source.choices:
            found += [label for key, label in source.choices(actor) if key == wanted]
    return found


def title_of(actor: Actor, titles: list[str]) -> str:
    """The title of the list: of the one paper it is about, else of the tenant."""
    name = titles[0] if len(titles) == 1 else Tenant.objects.values_list("name", flat=True).get(pk=actor.tenant_id)
    words = _("Responsibility list of “%(name)s”") if len(titles) == 1 else _("Responsibility list of %(name)s")
    return words % {"name": name}


def scope_words(actor: Actor, asked: Asked, titles: list[str]) -> str:
    """Every condition in words; the whole ledger when there is none."""
    return _("; ").join(_conditions(actor, asked, titles)) or _("the whole ledger")


def _conditions(actor: Actor, asked: Asked, titles: list[str]) -> Iterator[str]:
    yield from (_("from “%(title)s”") % {"title": title} for title in titles)
    unit = tree_of(actor.tenant_id).unit(asked.unit_id) if asked.unit_id else None
    if unit is not None:
        yield _("%(unit)s and all below it") % {"unit": unit.label}
    if asked.states:
        yield _(", ").join(str(State(state).label) for state in asked.states)
    if asked.light:
        yield str(Light(asked.light).label)
    if asked.due_from:
        yield _("due from %(day)s") % {"day": day_words(asked.due_from)}
    if asked.due_to:
        yield _("due until %(day)s") % {"day": day_words(asked.due_to)}
    if asked.text:
        yield _("with “%(words)s”") % {"words": asked.text}
    if asked.parent_id:
        parent = Item.objects.visible_to(actor).filter(pk=asked.parent_id).first()
        yield _("parts of %(item)s") % {"item": parent or ""}
    if asked.top:
        yield _("without parts")
    if asked.desk:
        yield desk_words(asked.desk)


def desk_words(desk: str) -> str:
    """A part of Today in words."""
    words = {"waiting": _("what waits for me"), "watching": _("what I wait for"), "soon": _("what comes soon")}
    return words[desk]
