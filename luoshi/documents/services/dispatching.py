"""Kept drafts become items on the ledger: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.audit.services import Happening, record_event
from luoshi.core.actor import Actor
from luoshi.core.clock import now, today
from luoshi.core.errors import BadInput, Conflict
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import SOURCE, Clause, DocumentVersion, Draft, DraftUnit
from luoshi.documents.occurrences import next_occurrence
from luoshi.documents.services.cutting import quote_of
from luoshi.documents.services.editing import locked_document, spans_of, units_of
from luoshi.documents.targets import new_targets
from luoshi.ledger.enums import Kind, State
from luoshi.ledger.models import Citation, Item
from luoshi.ledger.orders import Due, NewCitation, Order, Part
from luoshi.ledger.services.dispatching import dispatch_orders

SHORT = 40


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a draft cannot be dispatched: `no_lead`, `no_day` or `already` (then `item` is the one that stands there)."""

    draft: Draft
    code: str
    item: Item | None = None

    @property
    def words(self) -> str:
        """The reason as a clerk reads it."""
        if self.code == "already":
            return _("is item %(number)s already") % {"number": self.item.number if self.item else ""}
        return _("has no lead unit") if self.code == "no_lead" else _("has no due day")


class NotReady(BadInput):
    """The batch was not dispatched; `obstacles` names every draft that stands in the way."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        lines = "；".join(f"“{one.draft.title}”{one.words}" for one in obstacles)
        count = len({one.draft.pk for one in obstacles})
        words = ngettext(
            "Nothing was dispatched: %(count)d draft is not ready. %(lines)s",
            "Nothing was dispatched: %(count)d drafts are not ready. %(lines)s",
            count,
        )
        super().__init__(words % {"count": count, "lines": lines})
        self.obstacles = list(obstacles)


@dataclass(frozen=True, slots=True)
class Batch:
    """The kept drafts of a version with what their orders need; `mark` changes whenever one of them changes."""

    version: DocumentVersion
    drafts: list[Draft]
    spans: dict[int, list[tuple[int, int]]]
    assisting: dict[int, list[DraftUnit]]
    parts: dict[int, list[DraftUnit]]
    obstacles: list[Obstacle]

    @property
    def mark(self) -> str:
        """What the clerk has seen, as one word for the form."""
        return "-".join(f"{draft.pk}.{draft.revision}" for draft in self.drafts)


def gather_batch(version: DocumentVersion) -> Batch:
    """Everything that is kept and not dispatched yet, in the order of the text, in a fixed number of queries."""
    drafts = list(version.drafts.filter(state=DraftState.KEPT).order_by("position", "pk"))
    spans = spans_of(drafts)
    return Batch(
        version,
        drafts,
        spans,
        units_of(drafts, DraftUnitRole.ASSIST),
        units_of(drafts, DraftUnitRole.PART),
        _obstacles(version, drafts, spans),
    )


def due_day(draft: Draft, document_day: date | None) -> date | None:
    """The day of a draft: as set, or for a rule the end of its first occurrence that is not over yet."""
    if draft.due_on is not None or draft.kind == Kind.STANDING:
        return draft.due_on
    return next_occurrence(draft.due_code, max(today(), document_day or today()))


def is_without_day(draft: Draft) -> bool:
    """Whether the day is still missing: neither a day nor a rule that names one, and no standing duty."""
    return draft.kind != Kind.STANDING and due_day(draft, None) is None


def _obstacles(
    version: DocumentVersion, drafts: Sequence[Draft], spans: dict[int, list[tuple[int, int]]]
) -> list[Obstacle]:
    found: list[Obstacle] = []
    cited = _cited(version)
    for draft in drafts:
        if draft.lead_unit_id is None:
            found.append(Obstacle(draft, "no_lead"))
        if is_without_day(draft):
            found.append(Obstacle(draft, "no_day"))
        item = next((item for item, held in cited if held.issuperset(spans[draft.pk])), None)
        if item is not None:
            found.append(Obstacle(draft, "already", item))
    return found


def _cited(version: DocumentVersion) -> list[tuple[Item, set[tuple[int, int]]]]:
    """Items that cite this version and were not terminated, parts left out, each with the characters it cites."""
    rows = Citation.objects.filter(source=SOURCE, source_id=version.pk, item__parent__isnull=True)
    rows = rows.exclude(item__state=State.TERMINATED)
    held: dict[int, tuple[Item, set[tuple[int, int]]]] = {}
    for row in rows.select_related("item").order_by("item_id"):
        held.setdefault(row.item_id, (row.item, set()))[1].add((row.start, row.end))
    return list(held.values())


@transaction.atomic
def dispatch_drafts(*, actor: Actor, version: DocumentVersion, mark: str | None = None) -> list[Item]:
    """Dispatch every kept draft; the items in the order of the text, each followed by its parts.

    Raises NotReady with every reason, Conflict when `mark` shows that somebody changed the drafts since they were seen.
    """
    document = locked_document(actor, version.document_id)
    batch = gather_batch(version)
    if mark is not None and mark != batch.mark:
        raise Conflict(_("Somebody changed the drafts in the meantime. Look at the list again, then dispatch."))
    if not batch.drafts:
        raise BadInput(_("There is nothing to dispatch: keep at least one draft first."))
    if batch.obstacles:
        raise NotReady(batch.obstacles)
    clauses = {clause.pk: clause for clause in Clause.objects.filter(version=version)}
    orders = [_order_of(batch, draft, clauses) for draft in batch.drafts]
    items = dispatch_orders(actor=actor, orders=orders)
    heads = [item for item in items if item.parent_id is None]
    for draft, item in zip(batch.drafts, heads, strict=True):
        draft.state, draft.item, draft.revision = DraftState.DISPATCHED, item, draft.revision + 1
    Draft.objects.bulk_update(batch.drafts, ["state", "item", "revision"], batch_size=100)
    document.changed_at = now()
    document.save(update_fields=["changed_at"])
    subjects = [("document", document.pk), *(("draft", draft.pk) for draft in batch.drafts)]
    body = {"numbers": [item.number for item in heads]}
    record_event(tenant_id=actor.tenant_id, actor=actor, happening=Happening("dispatch_drafts", subjects, body))
    return items


def _order_of(batch: Batch, draft: Draft, clauses: dict[int, Clause]) -> Order:
    document, text = batch.version.document, batch.version.text
    spans = batch.spans[draft.pk]
    chain = _above(clauses, draft.clause_id)
    label = f"{shortened(document.title)} {marks_of(chain)}".strip()
    return Order(
        title=draft.title,
        unit_id=draft.lead_unit_id or 0,
        due=Due(due_day(draft, document.dated_on), draft.due_precision, draft.due_words, draft.due_code),
        requirement=quote_of(text, spans),
        category=chain[0].title[:60] if chain else "",
        theme=draft.theme,
        kind=draft.kind,
        assisting=[row.unit_id for row in batch.assisting[draft.pk]],
        targets=new_targets(draft.targets),
        citations=[NewCitation(SOURCE, batch.version.pk, start, end, label, text[start:end]) for start, end in spans],
        parts=[Part(row.unit_id, row.share) for row in batch.parts[draft.pk]],
    )


def _above(clauses: dict[int, Clause], clause_id: int | None) -> list[Clause]:
    """The clause and those above it, topmost first, without the title."""
    chain: list[Clause] = []
    current = clauses.get(clause_id or 0)
    while current is not None:
        if current.level:
            chain.insert(0, current)
        current = clauses.get(current.parent_id or 0)
    return chain


def marks_of(chain: Sequence[Clause]) -> str:
    """The number marks as they are spoken of: 一（二）, without the 、 and 。 after them."""
    return "".join(clause.mark.strip().rstrip("、.．，, ") for clause in chain)


def shortened(title: str) -> str:
    """A title short enough for a label."""
    return title if len(title) <= SHORT else f"{title[: SHORT - 1]}…"
