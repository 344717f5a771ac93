"""Drafts as the reading screen shows them, in a fixed number of queries whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.core.words import day_words
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import Draft, DraftSpan, DraftUnit
from luoshi.documents.services.cutting import quote_of
from luoshi.documents.services.dispatching import is_without_day
from luoshi.documents.targets import value_of
from luoshi.ledger.enums import Kind
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.tree import Tree

NAMED = 3
"""So many parts are named; more are counted."""
Mark = tuple[int, int, int]


@dataclass(slots=True)
class Card:
    """One draft as drawn (parts/draft.html); `look` is unset, set, standing, dropped or sent."""

    id: int
    ref: str
    number: int
    title: str
    quote: str
    look: str
    kept: bool
    standing: bool
    label: str
    lead: str
    split: str
    assist: str
    due: str
    target: str
    nature: str
    lead_name: str
    due_day: str
    lead_said: str
    due_said: str
    merged: int
    item: str
    item_url: str
    url: str
    act_url: str
    selected: bool = False


@dataclass(slots=True)
class Count:
    """The line above the drafts; `ready` are the kept ones, which a dispatch would take."""

    sentences: int = 0
    items: int = 0
    standing: int = 0
    dropped: int = 0
    missing: int = 0
    ready: int = 0
    undecided: int = 0


@dataclass(slots=True)
class Drafts:
    """The drafts of one version with everything their cards show."""

    tree: Tree
    text: str
    rows: list[Draft]
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    units: dict[int, list[DraftUnit]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)

    @property
    def shown(self) -> list[Draft]:
        """Those that stand on the page: the merged ones stand in another."""
        return [draft for draft in self.rows if draft.state != DraftState.MERGED]

    def marks(self, states: Iterable[str]) -> list[Mark]:
        """The stretches (start, end, draft) of the drafts in these states, in the order of the text."""
        wanted = set(states)
        return sorted(
            (start, end, draft.pk)
            for draft in self.rows
            if draft.state in wanted
            for start, end in self.spans[draft.pk]
        )


LIVE = frozenset({DraftState.OPEN, DraftState.KEPT, DraftState.DISPATCHED})


def gather_drafts(version_id: int, tree: Tree, text: str, rows: Sequence[Draft] | None = None) -> Drafts:
    """All drafts of a version; `rows` when they are at hand already, in the order of the text."""
    if rows is None:
        rows = list(Draft.objects.filter(version_id=version_id).select_related("item").order_by("position", "pk"))
    found = Drafts(tree, text, sorted(rows, key=lambda draft: (draft.position, draft.pk)))
    found.spans = {draft.pk: [] for draft in found.rows}
    found.units = {draft.pk: [] for draft in found.rows}
    spans = DraftSpan.objects.filter(draft__version_id=version_id).order_by("start", "end")
    for draft_id, start, end in spans.values_list("draft_id", "start", "end"):
        found.spans[draft_id].append((start, end))
    for row in DraftUnit.objects.filter(draft__version_id=version_id).order_by("pk"):
        found.units[row.draft_id].append(row)
    found.numbers = {draft.pk: number for number, draft in enumerate(found.shown, start=1)}
    for draft in found.rows:
        if draft.merged_into_id is not None:
            found.merged[draft.merged_into_id] = found.merged.get(draft.merged_into_id, 0) + 1
    return found


def missing_places(draft: Draft) -> int:
    """How many places of a draft are still to be set: owner and day."""
    if draft.state not in {DraftState.OPEN, DraftState.KEPT}:
        return 0
    return (draft.lead_unit_id is None) + is_without_day(draft)


def look_of(draft: Draft) -> str:
    """How the draft is drawn."""
    if draft.state == DraftState.DISPATCHED:
        return "sent"
    if draft.state == DraftState.DISCARDED:
        return "dropped"
    if missing_places(draft):
        return "unset"
    return "standing" if draft.kind == Kind.STANDING else "set"


def card_of(drafts: Drafts, draft: Draft) -> Card:
    """The card of one draft."""
    lead = drafts.tree.unit(draft.lead_unit_id) if draft.lead_unit_id else None
    item = draft.item if draft.item_id else None
    card = Card(
        id=draft.pk,
        ref=f"{draft.pk}.{draft.revision}",
        number=drafts.numbers.get(draft.pk, 0),
        title=draft.title,
        quote=quote_of(drafts.text, drafts.spans[draft.pk]),
        look=look_of(draft),
        kept=draft.state == DraftState.KEPT,
        standing=draft.kind == Kind.STANDING,
        label="",
        lead=lead.label if lead else "",
        split=split_words(drafts, draft),
        assist="、".join(unit_names(drafts, draft, DraftUnitRole.ASSIST)),
        due=due_words(draft),
        target="；".join(value_of(target) for target in draft.targets),
        nature=_("Recurring item") if draft.kind == Kind.RECURRING else "",
        lead_name=lead.label if lead else "",
        due_day=draft.due_on.isoformat() if draft.due_on else "",
        lead_said="、".join(draft.lead_words),
        due_said=draft.due_words,
        merged=drafts.merged.get(draft.pk, 0),
        item=(item.number or "") if item else "",
        item_url=reverse("ledger:item", args=[item.pk]) if item else "",
        url=reverse("documents:draft", args=[draft.pk]),
        act_url=reverse("documents:draft_act", args=[draft.pk, "decide"]),
    )
    card.label = _spoken(card, draft)
    return card


def cards_of(drafts: Drafts, only: Sequence[Draft] | None = None) -> list[Card]:
    """The cards of all drafts on the page, or of some."""
    return [card_of(drafts, draft) for draft in (drafts.shown if only is None else only)]


def unit_names(drafts: Drafts, draft: Draft, role: str) -> list[str]:
    """The labels of the units of a draft in a role."""
    found = (drafts.tree.unit(row.unit_id) for row in drafts.units[draft.pk] if row.role == role)
    return [unit.label for unit in found if unit]


def split_words(drafts: Drafts, draft: Draft) -> str:
    """For whom there is a part: 石桥村、柳湾村各一条, or 12 个村各一条."""
    ids = [row.unit_id for row in drafts.units[draft.pk] if row.role == DraftUnitRole.PART]
    units = [unit for unit in map(drafts.tree.unit, ids) if unit]
    if not units:
        return ""
    if len(units) <= NAMED:
        return _("one each for %(units)s") % {"units": "、".join(unit.label for unit in units)}
    if all(unit.kind == UnitKind.VILLAGE for unit in units):
        return ngettext("one for %(count)d village", "one for each of %(count)d villages", len(units)) % {
            "count": len(units)
        }
    return ngettext("one for %(count)d unit", "one for each of %(count)d units", len(units)) % {"count": len(units)}


def due_words(draft: Draft) -> str:
    """The day as shown, or the words of a rule that names its days; empty when the day is missing."""
    if draft.kind == Kind.STANDING or is_without_day(draft):
        return ""
    if draft.due_on is None:
        return draft.due_words or draft.due_code
    words = day_words(draft.due_on)
    return _("%(day)s (provisional)") % {"day": words} if draft.due_estimated else words


def _spoken(card: Card, draft: Draft) -> str:
    """The card in one breath, for a screen reader."""
    said = [str(card.number), card.title, str(draft.get_state_display())]
    if card.look == "unset":
        said += [] if card.lead else [_("No lead set")]
        said += [] if card.due or card.standing else [_("No day set")]
    if card.standing and card.look in {"unset", "standing"}:
        said.append(_("Standing duty · no light"))
    return "，".join(said)


def count_of(drafts: Drafts, sentences: int, dropped: int) -> Count:
    """The line of figures; a sentence counts as not registered when no live draft stands on it."""
    live = [draft for draft in drafts.rows if draft.state in LIVE]
    standing = sum(draft.kind == Kind.STANDING for draft in live)
    return Count(
        sentences=sentences,
        items=len(live) - standing,
        standing=standing,
        dropped=dropped,
        missing=sum(map(missing_places, live)),
        ready=sum(draft.state == DraftState.KEPT for draft in live),
        undecided=sum(draft.state == DraftState.OPEN for draft in live),
    )
