"""Items as a list shows them: everything a row says, fetched for all rows at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.calendars.services import working_days_between
from luoshi.core.clock import today
from luoshi.core.words import day_words, number_words
from luoshi.ledger.enums import ENDED, Light, State
from luoshi.ledger.lights import expected_line, expected_percent, has_no_light
from luoshi.ledger.models import Assignment, Citation, Item, Milestone, Target
from luoshi.organisations.tree import Tree

ELLIPSIS_AFTER = 40


@dataclass(slots=True)
class Substance:
    """What hangs on some items, by item id: targets, milestones, citations in order, assisting units."""

    targets: dict[int, Target] = field(default_factory=dict)
    more_targets: dict[int, list[Target]] = field(default_factory=dict)
    milestones: dict[int, list[Milestone]] = field(default_factory=dict)
    citations: dict[int, list[Citation]] = field(default_factory=dict)
    assisting: dict[int, list[int]] = field(default_factory=dict)


def substance_of(items: Iterable[Item], *more: int) -> Substance:
    """Four queries, however many items; `more` are ids of items whose citations are wanted too."""
    ids = [item.pk for item in items]
    found = Substance()
    for target in Target.objects.filter(item_id__in=ids).order_by("ordinal"):
        if target.is_primary:
            found.targets[target.item_id] = target
        else:
            found.more_targets.setdefault(target.item_id, []).append(target)
    for stone in Milestone.objects.filter(item_id__in=ids).order_by("day"):
        found.milestones.setdefault(stone.item_id, []).append(stone)
    for cited in Citation.objects.filter(item_id__in=[*ids, *more]).order_by("source_id", "start"):
        found.citations.setdefault(cited.item_id, []).append(cited)
    for item_id, unit_id in Assignment.objects.filter(item_id__in=ids).order_by("pk").values_list("item_id", "unit_id"):
        found.assisting.setdefault(item_id, []).append(unit_id)
    return found


@dataclass(slots=True)
class Row:
    """One item ready to be drawn; all words are in the reader's language."""

    id: int
    url: str
    number_words: str
    is_child: bool
    title: str
    kind: str
    state: str
    light: str
    light_words: str
    finished_late: bool
    source_words: str
    lead: str
    assist: str
    due: date | None
    due_internal: bool
    is_late: bool
    progress_words: str
    progress_percent: Decimal | None
    expected_percent: Decimal | None
    more_words: str = ""
    more_url: str = ""

    def get_state_display(self) -> str:
        """The state in words."""
        return str(State(self.state).label)

    def get_light_display(self) -> str:
        """The light in words."""
        return str(Light(self.light).label)


def rows_of(items: Sequence[Item], tree: Tree, *, below: bool = False) -> list[Row]:
    """The rows of items, in their order. `below`: parts drawn under their parent, called by unit and share."""
    substance = substance_of(items)
    return [row_of(item, tree, substance, below=below and item.parent_id is not None) for item in items]


def row_of(item: Item, tree: Tree, substance: Substance, *, below: bool = False) -> Row:
    """One row from what was fetched for all."""
    day, target = today(), substance.targets.get(item.pk)
    lead = label_of(tree, item.unit_id)
    cited = substance.citations.get(item.pk, [])
    return Row(
        id=item.pk,
        url=reverse("ledger:item", args=[item.pk]),
        number_words=_short_number(item) if below else item.number or _("not dispatched"),
        is_child=below,
        title=_share_words(lead, target) if below else item.title,
        kind=item.kind,
        state=item.state,
        light=item.light,
        light_words=light_words(item, day),
        finished_late=item.finished_late,
        source_words="" if below or not cited else source_words(cited[0]),
        lead=lead,
        assist=_(", ").join(label_of(tree, unit_id) for unit_id in substance.assisting.get(item.pk, ())),
        due=item.internal_due_on or item.due_on,
        due_internal=item.internal_due_on is not None and item.internal_due_on != item.due_on,
        is_late=item.light == Light.RED and item.due_on is not None and item.due_on < day,
        progress_words=progress_words(item, target),
        progress_percent=item.percent,
        expected_percent=pace_of(item, target, substance.milestones.get(item.pk, ())),
    )


def label_of(tree: Tree, unit_id: int | None) -> str:
    """The name of a unit of the tenant; empty when there is none."""
    unit = tree.unit(unit_id) if unit_id is not None else None
    return unit.label if unit else ""


def _short_number(item: Item) -> str:
    return "-".join((item.number or "").split("-")[-2:])


def _share_words(lead: str, target: Target | None) -> str:
    return f"{lead} {number_words(target.value)} {target.measured_in}".strip() if target else lead


def source_words(cited: Citation) -> str:
    """Where an item comes from, with the beginning of its sentence."""
    quote = cited.quote.strip()
    short = f"{quote[:ELLIPSIS_AFTER]}…" if len(quote) > ELLIPSIS_AFTER else quote
    return f"{cited.label} “{short}”".strip() if short else cited.label


def light_words(item: Item, day: date) -> str:
    """What the light means today: so many days late, so many working days left, or behind pace."""
    if item.light == Light.RED:
        if item.due_on is None or item.due_on >= day:
            return _("far behind pace")
        days = (day - item.due_on).days
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    if item.light != Light.YELLOW:
        return ""
    if item.yellow_from is None or item.yellow_from > day:
        return _("behind pace")
    return days_left_words(item.internal_due_on or item.due_on, day)


def days_left_words(due: date | None, day: date) -> str:
    """Working days from a day to the due day, in words; empty without a due day."""
    if due is None:
        return ""
    if due < day:
        return _("own day has passed")
    left = working_days_between(day, due)
    if not left:
        return _("due today") if due == day else _("due before the next working day")
    return ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}


def progress_words(item: Item, target: Target | None) -> str:
    """How far the item is: amounts, a percentage, the day of the report, or the next review."""
    if item.state == State.REPORTED and item.reported_on:
        return _("reported done on %(day)s") % {"day": day_words(item.reported_on)}
    if target is not None:
        return target_words(target)
    if item.percent is not None:
        # Cut, not rounded: 99.6 % is not yet all.
        return f"{int(item.percent)}%"
    if item.review_on and item.state not in ENDED:
        return _("review by %(day)s") % {"day": day_words(item.review_on)}
    return ""


def target_words(target: Target) -> str:
    """Reached and wanted with the unit: 105 / 500 亩; what must not be exceeded says so."""
    reached, wanted = number_words(target.current), number_words(target.value)
    if target.comparison == "<=":
        return _("at most %(wanted)s %(unit)s") % {"wanted": wanted, "unit": target.measured_in}
    return f"{reached} / {wanted} {target.measured_in}".strip()


def pace_of(item: Item, target: Target | None, milestones: Sequence[Milestone]) -> Decimal | None:
    """Where the expected line stands today, in percent; None where no pace is kept."""
    if item.percent is None or has_no_light(item) or item.state in ENDED or item.state == State.SUSPENDED:
        return None
    return expected_percent(expected_line(item, target, milestones), today())
