"""What became of a document: its text by the live state of the items citing it, as far as the reader sees them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.documents.enums import DraftState
from luoshi.documents.models import SOURCE, Document, DocumentVersion, Draft, DraftSpan
from luoshi.documents.permissions import sees_drafts
from luoshi.documents.queries.reading import BlockShown, PieceShown
from luoshi.documents.queries.text import Layout, Run, Shape, deal_out, layout_of, noise_note
from luoshi.ledger.enums import Kind, Light, ParentRole, State, Track
from luoshi.ledger.models import Citation, Item
from luoshi.ledger.queries.rows import Row, rows_of
from luoshi.organisations.tree import tree_of

DONE = (State.CLOSED, State.ARCHIVED, State.STRUCK_OFF)
UNDER_WAY = (State.ACCEPTED, State.IN_PROGRESS, State.REPORTED)
RUNNING = (State.DISPATCHED, *UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of items: how it is drawn, and the conditions by which the ledger lists it."""

    key: str
    colour: str
    shape: str
    words: str | Promise
    states: tuple[State, ...] = ()
    light: str = ""


SORTS = (
    Sort("done", "ok", "closed", _("Closed"), DONE),
    Sort("running", "run", "in_progress", _("In progress"), UNDER_WAY, Light.GREEN),
    Sort("soon", "due", "soon", _("Due soon or behind pace"), light=Light.YELLOW),
    Sort("late", "late", "late", _("Late"), light=Light.RED),
    Sort("sent", "quiet", "dispatched", _("Not yet accepted"), (State.DISPATCHED,), Light.GREEN),
    Sort("returned", "due", "returned", _("Returned"), (State.RETURNED,), Light.GREEN),
    Sort("suspended", "quiet", "suspended", _("Suspended"), (State.SUSPENDED,)),
    Sort("kept", "quiet", "registered", _("Not dispatched yet")),
    Sort("ended", "quiet", "terminated", _("Terminated"), (State.TERMINATED,)),
    Sort("standing", "standing", "standing", _("Standing duty"), (*RUNNING, State.RETURNED), Light.NONE),
)
BY_KEY = {sort.key: sort for sort in SORTS}
APART = frozenset({"standing", "ended"})
"""Sorts that are shown but do not count among what is to be done."""
WORST_FIRST = ("late", "soon", "returned", "running", "sent", "suspended", "kept", "done", "standing", "ended")


def sort_of(item: Item) -> str:
    """The sort of an item: what is over first, then the light, then the state."""
    if item.state in DONE:
        return "done"
    if item.state in {State.TERMINATED, State.SUSPENDED}:
        return "ended" if item.state == State.TERMINATED else "suspended"
    if item.track == Track.STANDING or item.kind == Kind.STANDING:
        return "standing"
    if item.light in {Light.RED, Light.YELLOW}:
        return "late" if item.light == Light.RED else "soon"
    if item.state == State.REGISTERED:
        return "kept"
    return {State.DISPATCHED: "sent", State.RETURNED: "returned"}.get(State(item.state), "running")


@dataclass(frozen=True, slots=True)
class LivePiece:
    """A run of characters with the worst sort among the items on it."""

    text: str
    url: str
    number: int
    colour: str
    shape: str
    words: str
    first: bool
    last: bool
    current: bool


@dataclass(slots=True)
class Standing:
    """What one stretch of text carries."""

    start: int
    end: int
    items: list[Item] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Coverage:
    """The items of a document that one reader sees, laid on its text."""

    actor: Actor
    document: Document
    layout: Layout
    items: list[Item]
    drafts: list[Draft]
    stretches: list[Standing]
    sorts: dict[int, str]

    def line(self) -> dict[str, Any]:
        """The line on top: how many there are, of each sort, each figure a link to its rows on the ledger."""
        counts = Counter(self.sorts[item.pk] for item in self.items)
        counts["kept"] += len([draft for draft in self.drafts if draft.kind != Kind.STANDING])
        shown = [sort for sort in SORTS if counts[sort.key]]
        return {
            "items": sum(count for key, count in counts.items() if key not in APART),
            "tasks": sum(item.parent_id is not None for item in self.items),
            "parts": [
                {
                    "colour": sort.colour,
                    "shape": sort.shape,
                    "words": sort.words,
                    "count": counts[sort.key],
                    "url": self._records_of(sort),
                }
                for sort in shown
            ],
            "band": [(sort.colour, counts[sort.key]) for sort in shown if sort.key not in APART],
        }

    def _records_of(self, sort: Sort) -> str:
        if sort.key == "kept":
            return f"{reverse('documents:coverage', args=[self.document.pk])}?show=kept#aside"
        asked: dict[str, Any] = {"document": self.document.pk, "top": 1}
        if sort.states:
            asked["state"] = ",".join(sort.states)
        if sort.light:
            asked["light"] = sort.light
        return f"{reverse('ledger:list')}?{urlencode(asked, safe=',')}"

    def worst(self, stretch: Standing) -> Sort:
        """The sort that speaks for a stretch of text."""
        keys = [self.sorts[item.pk] for item in stretch.items] or ["kept"]
        return BY_KEY[min(keys, key=WORST_FIRST.index)]

    def chosen(self, at: int | None) -> int | None:
        """Which stretch contains the character asked for."""
        if at is None:
            return None
        return next((place for place, one in enumerate(self.stretches) if one.start <= at < one.end), None)

    def blocks(self, at: int | None = None) -> list[BlockShown]:
        """The text with the items laid on it."""
        marks = [(one.start, one.end, place) for place, one in enumerate(self.stretches)]
        dealt = list(deal_out(self.layout.shapes, marks))
        runs = [run for _shape, runs in dealt for run in runs if run.mark is not None]
        ends = {run.mark: run for run in runs}
        current = self.chosen(at)
        base = reverse("documents:coverage", args=[self.document.pk])
        text = self.layout.text

        def shown(run: Run) -> PieceShown | LivePiece:
            if run.mark is None:
                return PieceShown(text[run.start : run.end])
            stretch = self.stretches[run.mark]
            sort = self.worst(stretch)
            return LivePiece(
                text[run.start : run.end],
                f"{base}?at={stretch.start}#aside",
                run.mark + 1,
                sort.colour,
                sort.shape,
                str(sort.words),
                run.start == stretch.start,
                ends[run.mark] is run,
                run.mark == current,
            )

        return [_block(text, shape, [shown(run) for run in shape_runs]) for shape, shape_runs in dealt]

    def sentence(self, at: int | None) -> dict[str, Any] | None:
        """The stretch chosen with its items; None when there is none."""
        place = self.chosen(at)
        if place is None:
            return None
        stretch = self.stretches[place]
        rows: list[Row] = rows_of(stretch.items, tree_of(self.actor.tenant_id))
        return {
            "number": place + 1,
            "text": self.layout.text[stretch.start : stretch.end],
            "items": rows,
            "drafts": stretch.drafts,
        }

    def not_dispatched(self) -> dict[str, Any]:
        """What the figure of duties that are not dispatched yet counts."""
        items = [item for item in self.items if self.sorts[item.pk] == "kept"]
        drafts = [draft for draft in self.drafts if draft.kind != Kind.STANDING]
        words = BY_KEY["kept"].words
        return {"title": words, "items": rows_of(items, tree_of(self.actor.tenant_id)), "drafts": drafts}


def _block(text: str, shape: Shape, pieces: Sequence[Any]) -> BlockShown:
    if shape.kind == "boilerplate":
        lines = [PieceShown(line) for line in text[shape.start : shape.end].split("\n") if line.strip()]
        return BlockShown("boilerplate", lines, note=noise_note(len(lines)))
    return BlockShown(shape.kind, pieces, shape.level)


def coverage_of(actor: Actor, document: Document, version: DocumentVersion) -> Coverage:
    """The coverage of a version for one reader, in a fixed number of queries."""
    cited = Citation.objects.filter(source=SOURCE, source_id=version.pk)
    visible = list(Item.objects.visible_to(actor).filter(pk__in=cited.values("item_id")).order_by("pk"))
    known = {item.pk for item in visible}
    # A parent counts once: its parts stand behind it, and speak only where the parent is not the reader's to see.
    items = {item.pk: item for item in visible if item.parent_id not in known}
    spans = [
        (start, end, items[item_id])
        for item_id, start, end in cited.values_list("item_id", "start", "end")
        if item_id in items
    ]
    drafts = _kept_drafts(version) if sees_drafts(actor, document) else {}
    stretches = _stretches(spans, drafts)
    held = [draft for draft, _spans in drafts.values()]
    layout = layout_of(version)
    return Coverage(actor, document, layout, list(items.values()), held, stretches, _sorts(actor, items))


def _kept_drafts(version: DocumentVersion) -> dict[int, tuple[Draft, list[tuple[int, int]]]]:
    """Duties that are kept and not dispatched yet, with the characters they cite."""
    rows = DraftSpan.objects.filter(draft__version=version, draft__state=DraftState.KEPT).select_related("draft")
    found: dict[int, tuple[Draft, list[tuple[int, int]]]] = {}
    for row in rows.order_by("start"):
        found.setdefault(row.draft_id, (row.draft, []))[1].append((row.start, row.end))
    return found


def _stretches(
    spans: Sequence[tuple[int, int, Item]], drafts: dict[int, tuple[Draft, list[tuple[int, int]]]]
) -> list[Standing]:
    """Each distinct stretch once, in the order of the text, with all that stands on it or on a part of it."""
    found: dict[tuple[int, int], Standing] = {}
    for start, end, item in spans:
        found.setdefault((start, end), Standing(start, end)).items.append(item)
    for draft, held in drafts.values():
        for start, end in held:
            found.setdefault((start, end), Standing(start, end)).drafts.append(draft)
    ordered = [found[key] for key in sorted(found)]
    for place, stretch in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.start >= stretch.end:
                break
            _share(stretch, other)
    return ordered


def _share(one: Standing, other: Standing) -> None:
    """Two stretches that overlap show the items of both."""
    items = {item.pk: item for item in (*one.items, *other.items)}
    drafts = {draft.pk: draft for draft in (*one.drafts, *other.drafts)}
    one.items = other.items = list(items.values())
    one.drafts = other.drafts = list(drafts.values())


def _sorts(actor: Actor, items: dict[int, Item]) -> dict[int, str]:
    """The sort of each item; a recurring duty is as its latest due occurrence is."""
    found = {key: sort_of(item) for key, item in items.items()}
    recurring = [key for key, item in items.items() if item.kind == Kind.RECURRING]
    if recurring:
        due = Item.objects.visible_to(actor).filter(
            parent_id__in=recurring, parent_role=ParentRole.OCCURRENCE, due_on__lte=today()
        )
        for occurrence in due.order_by("due_on", "pk"):
            found[occurrence.parent_id or 0] = sort_of(occurrence)
    return found
