"""The ledger as a list: what is asked for, which items answer, and how many there are of each sort."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from luoshi.core.actor import Actor
from luoshi.core.db.search import ids_matching
from luoshi.ledger.enums import Light, State
from luoshi.ledger.models import Assignment, Citation, Item, Tally
from luoshi.ledger.models.item import ItemQuerySet
from luoshi.ledger.queries.waiting import desk_of
from luoshi.ledger.words import WORD_INDEX
from luoshi.organisations.enums import OVERSEEING_ROLES, SEEING_ROLES
from luoshi.organisations.tree import Tree, tree_of

PARTS_SHOWN = 5
CAP = 1000
Cell = tuple[str, str]
"""State and light."""
ALERT_FIRST = Case(When(light=Light.RED, then=Value(0)), When(light=Light.YELLOW, then=Value(1)), default=Value(2))


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of a list; the query string is their only memory."""

    unit_id: int | None = None
    states: tuple[str, ...] = ()
    light: str = ""
    cited: tuple[tuple[str, tuple[int, ...]], ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    parent_id: int | None = None
    top: bool = False
    desk: str = ""
    sort: str = "due"

    @property
    def only_place(self) -> bool:
        """Whether nothing but a unit, a state and a light is asked for, so that the kept counts answer."""
        return not (self.cited or self.due_from or self.due_to or self.text or self.parent_id or self.top or self.desk)

    @property
    def whole(self) -> bool:
        """Whether nothing narrows the list: parents then stand with their parts below them."""
        return self.only_place and not (self.unit_id or self.states or self.light)


def reach_of(actor: Actor, tree: Tree) -> frozenset[int]:
    """Units whose items the actor sees by a grant."""
    return tree.under_all(actor.seats(SEEING_ROLES))


def sees_all(actor: Actor, tree: Tree) -> bool:
    """Whether a grant on the root shows the actor the whole tenant."""
    return tree.root.id in actor.seats(SEEING_ROLES)


def items_asked_for(actor: Actor, asked: Asked) -> ItemQuerySet:
    """The visible items that meet every condition, unordered."""
    found = narrowed(actor, asked)
    if asked.states:
        found = found.filter(state__in=asked.states)
    if asked.light:
        found = found.filter(light=asked.light)
    return found


def narrowed(actor: Actor, asked: Asked) -> ItemQuerySet:
    """The visible items that meet every condition but state and light."""
    found = desk_of(actor, asked.desk) if asked.desk else Item.objects.visible_to(actor)
    if asked.unit_id:
        found = found.filter(unit_id__in=tree_of(actor.tenant_id).under(asked.unit_id))
    for source, ids in asked.cited:
        found = found.filter(pk__in=Citation.objects.filter(source=source, source_id__in=ids).values("item_id"))
    if asked.due_from:
        found = found.filter(due_on__gte=asked.due_from)
    if asked.due_to:
        found = found.filter(due_on__lte=asked.due_to)
    if asked.parent_id:
        found = found.filter(parent_id=asked.parent_id)
    if asked.top:
        found = topmost(actor, found)
    if asked.text:
        found = found.filter(pk__in=ids_matching(WORD_INDEX, asked.text) or ())
    return found


def topmost(actor: Actor, items: ItemQuerySet) -> ItemQuerySet:
    """Items without a parent that the actor sees: by a grant, as handler, or by a seat in an assisting unit of it."""
    tree = tree_of(actor.tenant_id)
    if sees_all(actor, tree):
        return items.filter(parent__isnull=True)
    reach = reach_of(actor, tree)
    assisted = Assignment.objects.filter(unit_id__in=reach | actor.posts).values("item_id")
    shown = Q(parent__unit_id__in=reach) | Q(parent__handler_id=actor.person_id) | Q(parent_id__in=assisted)
    return items.filter(Q(parent__isnull=True) | ~shown)


def counts_of(actor: Actor, asked: Asked) -> tuple[Counter[Cell], bool]:
    """How many items of each state and light, without asking for state and light; and whether counting stopped early.

    From the tallies when a place is asked for and grants show all of it, else by looking at the first 1,000.
    """
    tree = tree_of(actor.tenant_id)
    units = _units_counted(actor, tree, asked)
    if units is not None:
        return _known_of(actor, tree, units), False
    cells = narrowed(actor, asked).order_by().values_list("state", "light")[: CAP + 1]
    seen: list[Cell] = [(state, light) for state, light in cells]
    return Counter(seen), len(seen) > CAP


def _units_counted(actor: Actor, tree: Tree, asked: Asked) -> Collection[int] | None:
    if not asked.only_place:
        return None
    if asked.unit_id:
        units = tree.under(asked.unit_id)
        return units if units <= reach_of(actor, tree) else None
    return tree.under(tree.root.id) if sees_all(actor, tree) else None


def _known_of(actor: Actor, tree: Tree, units: Collection[int]) -> Counter[Cell]:
    """Kept counts without what is registered for units that are not to know of it before it is dispatched."""
    offices = tree.under_all(actor.seats(OVERSEEING_ROLES))
    found = tallied([unit_id for unit_id in units if unit_id not in offices])
    for cell in [cell for cell in found if cell[0] == State.REGISTERED]:
        del found[cell]
    return found + tallied([unit_id for unit_id in units if unit_id in offices])


def tallied(unit_ids: Collection[int]) -> Counter[Cell]:
    """Kept counts of a set of units by state and light."""
    found: Counter[Cell] = Counter()
    for state, light, count in Tally.objects.filter(unit_id__in=unit_ids).values_list("state", "light", "count"):
        found[(state, light)] += count
    return found


ORDERS: dict[str, tuple[str, ...]] = {
    "number": ("number", "id"),
    "state": ("state", "due_on", "id"),
    "late": ("-due_on", "-id"),
}


@dataclass(slots=True)
class Ordered:
    """A list in the order asked for, to be sliced by a pager; `total` when it is known already.

    By due day, dated items come before undated ones: as two plain walks along an index, because the engines
    disagree where a NULL belongs and neither sorts it to the end by an index.
    """

    items: ItemQuerySet
    sort: str
    total: int | None = None
    _dated: int | None = field(default=None, init=False)

    def count(self) -> int:
        """How many there are."""
        if self.total is None:
            self.total = self.items.count()
        return self.total

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[Item]:
        if self.sort in ORDERS:
            return list(self.items.order_by(*ORDERS[self.sort])[wanted])
        start, stop = wanted.start or 0, wanted.stop
        dated = self.items.filter(due_on__isnull=False)
        found = list(dated.order_by("due_on", "id")[start:stop])
        missing = stop - start - len(found)
        if missing > 0:
            first = max(0, start - (len(found) + start if found else dated.count()))
            undated = self.items.filter(due_on__isnull=True).order_by("id")
            found.extend(undated[first : first + missing])
        return found


def parts_below(actor: Actor, parents: Sequence[Item]) -> dict[int, list[Item]]:
    """For each parent its visible parts, the pressing ones first, at most five; a link leads to all."""
    ids = [parent.pk for parent in parents if parent.children_numbered]
    if not ids:
        return {}
    place = Window(RowNumber(), partition_by=[F("parent_id")], order_by=[ALERT_FIRST, F("child_ordinal")])
    parts = Item.objects.visible_to(actor).filter(parent_id__in=ids).annotate(place=place)
    found: dict[int, list[Item]] = {}
    for part in parts.filter(place__lte=PARTS_SHOWN).order_by("parent_id", "child_ordinal"):
        found.setdefault(part.parent_id or 0, []).append(part)
    return found
