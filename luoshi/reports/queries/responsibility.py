"""The responsibility list (任务分解表): the items of a ledger list with everything a print says of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.core.words import day_words, number_words
from luoshi.ledger.enums import Comparison
from luoshi.ledger.models import Item, Milestone, Progress, Target
from luoshi.ledger.models.item import ItemQuerySet
from luoshi.ledger.queries.lists import Asked, Ordered, items_asked_for
from luoshi.ledger.queries.rows import Substance, label_of, light_words, substance_of
from luoshi.organisations.tree import Tree, tree_of

CHUNK = 500
SIGNS = {Comparison.AT_LEAST: "≥", Comparison.AT_MOST: "≤", Comparison.EXACTLY: "="}


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it is printed. `place` is 3 or, for a part, 3.1; `due` is None where no day is set."""

    place: str
    level: int
    number: str
    category: str
    task: str
    source: str
    measure: str
    target: str
    lead_leader: str
    lead: str
    assisting: str
    person: str
    due: date | None
    standing: bool
    milestones: str
    beat: str
    state: str
    progress: str
    problem: str
    next_step: str
    note: str


def lines_of(actor: Actor, asked: Asked) -> Iterator[Line]:
    """The lines in the order asked for, each item followed by those of its parts that are on the list.

    Fetched in chunks, so that memory does not grow with the list.
    """
    tree = tree_of(actor.tenant_id)
    found = items_asked_for(actor, asked)
    heads = Ordered(found.filter(Q(parent__isnull=True) | ~Q(parent_id__in=found.values("pk"))), asked.sort)
    first = 0
    while chunk := _with_people(heads[first : first + CHUNK]):
        yield from _lines(tree, found, chunk, first)
        first += len(chunk)
        if len(chunk) < CHUNK:
            return


def _with_people(items: Sequence[Item]) -> list[Item]:
    """The items in their order with handler and leader fetched."""
    rows = Item.objects.select_related("handler", "lead_leader").in_bulk([item.pk for item in items])
    return [rows[item.pk] for item in items]


def _lines(tree: Tree, found: ItemQuerySet, heads: Sequence[Item], before: int) -> Iterator[Line]:
    below = _below(found, heads)
    every = [*heads, *(part for parts in below.values() for part in parts)]
    substance, latest = substance_of(every), _latest(every)

    def walk(item: Item, place: str, parent: Item | None) -> Iterator[Line]:
        yield _line(tree, item, parent, (place, substance, latest.get(item.pk)))
        for ordinal, part in enumerate(below.get(item.pk, ()), start=1):
            yield from walk(part, f"{place}.{ordinal}", item)

    for ordinal, head in enumerate(heads, start=before + 1):
        yield from walk(head, str(ordinal), None)


def _below(found: ItemQuerySet, heads: Sequence[Item]) -> dict[int, list[Item]]:
    """The parts on the list below each item, level by level; a split goes three levels deep at most."""
    below: dict[int, list[Item]] = {}
    level = [head.pk for head in heads if head.children_numbered]
    while level:
        parts = found.filter(parent_id__in=level).select_related("handler", "lead_leader")
        level = []
        for part in parts.order_by("parent_id", "child_ordinal", "pk"):
            below.setdefault(part.parent_id or 0, []).append(part)
            if part.children_numbered:
                level.append(part.pk)
    return below


def _latest(items: Sequence[Item]) -> dict[int, Progress]:
    """The last report on each item."""
    last = Progress.objects.filter(item__in=items).order_by().values("item_id").annotate(last=Max("pk")).values("last")
    return {report.item_id: report for report in Progress.objects.filter(pk__in=last)}


def _line(tree: Tree, item: Item, parent: Item | None, facts: tuple[str, Substance, Progress | None]) -> Line:
    place, substance, report = facts
    primary = substance.targets.get(item.pk)
    targets = [*([primary] if primary else []), *substance.more_targets.get(item.pk, ())]
    same = parent is not None and parent.title == item.title
    return Line(
        place=place,
        level=place.count("."),
        number=item.number or "",
        category="" if same else item.category,
        task=label_of(tree, item.unit_id) if same else item.title,
        source="" if same else _source(substance, item),
        measure="" if same else item.measure,
        target="\n".join(_target_words(target, share=same) for target in targets),
        lead_leader=item.lead_leader.name if item.lead_leader else "",
        lead=label_of(tree, item.unit_id),
        assisting=_(", ").join(label_of(tree, unit_id) for unit_id in substance.assisting.get(item.pk, ())),
        person=item.handler.name if item.handler else "",
        due=item.due_on,
        standing=item.review_on is not None,
        milestones="\n".join(map(_milestone_words, substance.milestones.get(item.pk, ()))),
        beat=str(item.get_report_beat_display()) if item.report_beat else "",
        state=_state_words(item),
        progress=_progress_words(item, primary, report),
        problem=report.problem if report else "",
        next_step=report.next_step if report else "",
        note=item.note,
    )


def _source(substance: Substance, item: Item) -> str:
    cited = substance.citations.get(item.pk, ())
    if not cited:
        return item.requirement
    quotes = "……".join(one.quote for one in cited)
    return _("“%(quote)s” (%(source)s)") % {"quote": quotes, "source": cited[0].label} if cited[0].label else quotes


def _target_words(target: Target, *, share: bool) -> str:
    """The measure of success; of a part only its share, for what is measured stands above."""
    if share:
        return f"{number_words(target.value)} {target.measured_in}".strip()
    sign = SIGNS[Comparison(target.comparison)]
    return f"{target.metric} {sign} {number_words(target.value)} {target.measured_in}".strip()


def _milestone_words(stone: Milestone) -> str:
    value = number_words(stone.value) if stone.value is not None else ""
    return f"{day_words(stone.day)} {value} {stone.text}".strip()


def _state_words(item: Item) -> str:
    lit = _("finished late") if item.finished_late else light_words(item, today())
    return "\n".join(filter(None, (str(item.get_state_display()), lit)))


def _progress_words(item: Item, target: Target | None, report: Progress | None) -> str:
    """How far it is, and what was last said about it."""
    reached = ""
    if target is not None and target.value:
        reached = f"{number_words(target.current)}/{number_words(target.value)} {target.measured_in}".strip()
    elif item.percent is not None:
        reached = f"{number_words(item.percent)}%"
    return _("; ").join(filter(None, (reached, report.what if report else "")))
