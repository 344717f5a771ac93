"""What the reading screen shows: the text with its drafts laid on it, and the line of figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from luoshi.core.actor import Actor
from luoshi.core.clock import SHANGHAI
from luoshi.documents.enums import DraftState
from luoshi.documents.models import Document, DocumentVersion, Draft
from luoshi.documents.permissions import units_to_give_to
from luoshi.documents.queries.drafts import LIVE, Drafts, cards_of, count_of, gather_drafts, look_of
from luoshi.documents.queries.text import Layout, deal_out, layout_of, noise_note, untouched
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.tree import tree_of


@dataclass(frozen=True, slots=True)
class PieceShown:
    """A run of characters with the draft that stands on it, if any."""

    text: str
    draft_id: int | None = None
    number: int = 0
    look: str = ""
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A block as drawn: title, heading, body or boilerplate (then `note` stands in its place)."""

    kind: str
    pieces: Sequence[Any]
    level: int = 0
    note: str = ""


@dataclass(slots=True)
class Head:
    """What the page says about the document."""

    title: str
    about: str
    url: str
    saved_words: str
    title_in_text: bool
    file_url: str = ""


@dataclass(slots=True)
class ReadingPage:
    """Everything on the reading screen (read.html)."""

    head: Head
    drafts: Drafts
    layout: Layout
    actor: Actor
    document: Document
    extra: dict[str, Any] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """The parts that every act changes: figures, time of saving, the link to the dispatch."""
        marks = self.drafts.marks(LIVE)
        sentences = self.layout.sentences
        return {
            "document": self.head,
            "count": count_of(self.drafts, len(sentences), len(untouched(sentences, marks))),
            "dispatch_url": reverse("documents:dispatch", args=[self.document.pk]),
            "add_url": reverse("documents:add", args=[self.document.pk]),
        }

    def cards(self, only: Sequence[Draft] | None = None) -> list[Any]:
        """The cards, all or some."""
        return cards_of(self.drafts, only)

    def blocks(self) -> list[BlockShown]:
        """The text with the drafts laid on it."""
        return list(_blocks(self.layout, self.drafts))

    def choices(self) -> dict[str, Any]:
        """What the dialogs offer: units that may be given to, villages among them, and where the forms go."""
        units = unit_choices(self.actor)
        tree = self.drafts.tree
        villages = [(key, label) for key, label in units if (unit := tree.unit(key)) and unit.kind == UnitKind.VILLAGE]

        def act(name: str) -> str:
            return reverse("documents:drafts_act", args=[self.document.pk, name])

        return {
            "units": units,
            "villages": villages,
            "assign_url": act("assign"),
            "due_url": act("due"),
            "many_url": act("decide"),
        }

    def context(self) -> dict[str, Any]:
        """The whole page."""
        return {**self.figures(), **self.choices(), "drafts": self.cards(), "blocks": self.blocks()}


def reading_page(
    actor: Actor, document: Document, version: DocumentVersion, rows: Sequence[Draft] | None = None
) -> ReadingPage:
    """The reading screen of a version, in a fixed number of queries; `rows` when the drafts are at hand."""
    layout = layout_of(version)
    drafts = gather_drafts(version.pk, tree_of(actor.tenant_id), layout.text, rows)
    return ReadingPage(head_of(document, layout), drafts, layout, actor, document)


def head_of(document: Document, layout: Layout) -> Head:
    """Title and the line beneath it."""
    about = [
        document.issuer or str(document.unit),
        document.number,
        day_or_year(document.dated_on, document.year),
        chapter_words(layout.chapters),
    ]
    return Head(
        title=document.title,
        about=" · ".join(filter(None, about)),
        url=reverse("documents:read", args=[document.pk]),
        saved_words=f"{document.changed_at.astimezone(SHANGHAI):%H:%M}",
        title_in_text=layout.has_title,
        file_url=reverse("documents:file", args=[document.pk]),
    )


def day_or_year(day: date | None, year: int | None) -> str:
    """The document's own date, else its year, else that it has none."""
    if day is not None:
        return date_format(day, pgettext("a day of another year", "j M Y"), use_l10n=False)
    return _("%(year)d") % {"year": year} if year else _("no date")


def chapter_words(count: int) -> str:
    """How many chapters there are; nothing where there are none."""
    return ngettext("%(count)d chapter", "%(count)d chapters", count) % {"count": count} if count else ""


def unit_choices(actor: Actor) -> list[tuple[int, str]]:
    """The units a draft may be given to; a name that stands twice is followed by its parent's."""
    units = units_to_give_to(actor)
    tree = tree_of(actor.tenant_id)
    seen: dict[str, int] = {}
    for unit in units:
        seen[unit.label] = seen.get(unit.label, 0) + 1
    found = []
    for unit in units:
        above = tree.unit(unit.parent_id) if unit.parent_id and seen[unit.label] > 1 else None
        found.append((unit.id, f"{unit.label}（{above.label}）" if above else unit.label))
    return found


def _blocks(layout: Layout, drafts: Drafts) -> Iterator[BlockShown]:
    by_id = {draft.pk: draft for draft in drafts.rows}
    marks = drafts.marks(set(DraftState) - {DraftState.MERGED})
    dealt = list(deal_out(layout.shapes, marks))
    runs = [run for _shape, runs in dealt for run in runs if run.mark is not None]
    first = {run.mark: run for run in reversed(runs)}
    last = {run.mark: run for run in runs}
    for shape, shape_runs in dealt:
        if shape.kind == "boilerplate":
            lines = layout.text[shape.start : shape.end].split("\n")
            pieces = [PieceShown(line) for line in lines if line.strip()]
            yield BlockShown("boilerplate", pieces, note=noise_note(len(pieces)))
            continue
        shown = [
            PieceShown(layout.text[run.start : run.end])
            if run.mark is None
            else PieceShown(
                layout.text[run.start : run.end],
                run.mark,
                drafts.numbers[run.mark],
                look_of(by_id[run.mark]),
                first[run.mark] is run,
                last[run.mark] is run,
            )
            for run in shape_runs
        ]
        yield BlockShown(shape.kind, shown, shape.level)
