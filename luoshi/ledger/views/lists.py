"""The ledger as a list. The query string is its saved state: every figure elsewhere links to it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from luoshi.core.access import signed_in
from luoshi.core.actor import Actor
from luoshi.core.requests import actor_of
from luoshi.ledger.enums import WORKING, Light, State
from luoshi.ledger.forms.filters import FilterForm
from luoshi.ledger.models import Item
from luoshi.ledger.permissions import can_register
from luoshi.ledger.queries.lists import Asked, Cell, Ordered, counts_of, items_asked_for, parts_below, topmost
from luoshi.ledger.queries.rows import Row, rows_of
from luoshi.organisations.enums import SEEING_ROLES
from luoshi.organisations.tree import Tree, tree_of

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Chip:
    """A quick condition with how many it shows."""

    label: str
    count: str
    url: str
    current: bool


@signed_in
@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The ledger: conditions, counts, one page of rows."""
    actor = actor_of(request)
    tree = tree_of(actor.tenant_id)
    form = FilterForm(actor, tree, request.GET)
    asked = form.asked()
    cells, capped = counts_of(actor, asked)
    page = _page(actor, tree, asked, request.GET.get("page", "1"), None if capped else cells)
    total = _count(cells, (), "")
    context = {
        "scope_words": f"{_place_words(actor, tree, asked)}{_count_words(page, asked, total, capped=capped)}",
        "filters": _chips(request.GET, asked, cells, capped=capped),
        "more_form": form,
        "more_on": bool(asked.unit_id or asked.cited or asked.due_from or asked.due_to or asked.text),
        "clear_url": reverse("ledger:list"),
        "page": page,
        "query": _query(request.GET, page=None),
        "acts": _acts(actor, request.GET, total),
        "empty": _empty(actor, asked),
    }
    return render(request, "ledger/list.html", context)


def _page(actor: Actor, tree: Tree, asked: Asked, wanted: str, cells: Counter[Cell] | None) -> "Page[Row]":
    items = items_asked_for(actor, asked)
    if asked.whole:
        items = topmost(actor, items)
    # Parents and their parts are counted together, so only a plain list knows its length beforehand.
    known = None if cells is None or asked.whole else _count(cells, asked.states, asked.light)
    ordered = cast("Sequence[Item]", Ordered(items, asked.sort, known))
    found: Page[Item] = Paginator(ordered, PER_PAGE).get_page(wanted)
    heads = list(found.object_list)
    below = parts_below(actor, heads) if asked.whole else {}
    found.object_list = _rows(heads, below, tree)  # type: ignore[assignment]
    return found  # type: ignore[return-value]


def _rows(heads: Sequence[Item], below: dict[int, list[Item]], tree: Tree) -> list[Row]:
    parts = [part for some in below.values() for part in some]
    drawn = {row.id: row for row in (*rows_of(heads, tree), *rows_of(parts, tree, below=True))} if below else {}
    if not below:
        return rows_of(heads, tree)
    rows = []
    for head in heads:
        row = drawn[head.pk]
        shown = below.get(head.pk, ())
        hidden = head.children_numbered - len(shown)
        if shown and hidden > 0:
            row.more_words = ngettext("and %(n)d more part", "and %(n)d more parts", hidden) % {"n": hidden}
            row.more_url = f"{reverse('ledger:list')}?parent={head.pk}"
        rows.append(row)
        rows.extend(drawn[part.pk] for part in shown)
    return rows


def _count(cells: Counter[Cell], states: Iterable[str], light: str) -> int:
    wanted = set(states)
    return sum(
        count
        for (state, its_light), count in cells.items()
        if (not wanted or state in wanted) and (not light or its_light == light)
    )


CHIPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("all", (), ""),
    ("late", (), Light.RED),
    ("soon", (), Light.YELLOW),
    ("dispatched", (State.DISPATCHED,), ""),
    ("working", tuple(sorted(WORKING)), ""),
    ("reported", (State.REPORTED,), ""),
    ("closed", (State.CLOSED,), ""),
    ("registered", (State.REGISTERED,), ""),
    ("returned", (State.RETURNED,), ""),
    ("suspended", (State.SUSPENDED,), ""),
    ("terminated", (State.TERMINATED,), ""),
)
SELDOM = frozenset({"registered", "returned", "suspended", "terminated"})
"""Shown only when there are any."""


def _chips(query: QueryDict, asked: Asked, cells: Counter[Cell], *, capped: bool) -> list[Chip]:
    words = {"all": _("All"), "late": _("Late"), "soon": _("Due soon"), "working": _("In progress")}
    chips = []
    for name, states, light in CHIPS:
        count = _count(cells, states, light)
        current = set(states) == set(asked.states) and light == asked.light
        if name in SELDOM and not count and not current:
            continue
        chips.append(
            Chip(
                label=words.get(name) or str(State(name).label),
                count=f"{count:,}+" if capped else f"{count:,}",
                url=f"?{_query(query, state=','.join(states) or None, light=light or None, page=None)}",
                current=current,
            )
        )
    return chips


def _query(query: QueryDict, **changed: str | None) -> str:
    """The query string with some conditions set or left out, ending in & when not empty."""
    kept = query.copy()
    for name, value in changed.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = value
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return f"{kept.urlencode()}&" if kept else ""


def _place_words(actor: Actor, tree: Tree, asked: Asked) -> str:
    """The unit asked for, else the one the reader's grants stand on, with how many stand below it."""
    tops = sorted(actor.seats(SEEING_ROLES), key=lambda unit_id: len(tree.under(unit_id)))
    unit = tree.unit(asked.unit_id or (tops[-1] if tops else 0))
    if unit is None:
        return ""
    below = len(tree.under(unit.id)) - 1
    if not below:
        return _("%(unit)s · ") % {"unit": unit.label}
    words = ngettext("%(unit)s and %(below)d unit below it · ", "%(unit)s and %(below)d units below it · ", below)
    return words % {"unit": unit.label, "below": below}


def _count_words(page: "Page[Row]", asked: Asked, total: int, *, capped: bool) -> str:
    """How many in all; where parts are drawn below their parents, both are counted apart."""
    heads = page.paginator.count
    if asked.whole and not capped and total > heads:
        words = _("%(heads)s items and %(parts)s parts of them")
        return words % {"heads": f"{heads:,}", "parts": f"{total - heads:,}"}
    count = f"{total:,}+" if capped else f"{total:,}"
    return ngettext("%(count)s item", "%(count)s items", total) % {"count": count}


def _acts(actor: Actor, query: QueryDict, total: int) -> list[dict[str, object]]:
    acts: list[dict[str, object]] = []
    if total:
        url = f"{reverse('reports:responsibility_list')}?{_query(query, page=None)}".rstrip("?&")
        acts.append({"label": _("Responsibility list (Excel)"), "url": url})
    if can_register(actor):
        acts.append({"label": _("Register an item"), "url": reverse("ledger:register"), "primary": True})
    return acts


def _empty(actor: Actor, asked: Asked) -> dict[str, str]:
    if not asked.whole:
        return {
            "title": _("Nothing fits these conditions"),
            "text": _("Take one of them away, or begin anew."),
            "url": reverse("ledger:list"),
            "act": _("Show everything"),
        }
    text = _("Items come from documents, or are registered by hand. What is dispatched to your unit stands here.")
    url, act = (reverse("ledger:register"), _("Register an item")) if can_register(actor) else ("", "")
    return {"title": _("The ledger is empty"), "text": text, "url": url, "act": act}
