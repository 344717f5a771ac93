"""One item with everything its page tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.clock import day_of, today
from luoshi.core.words import day_words, number_words
from luoshi.ledger.enums import ENDED, Light, State, VerificationResult
from luoshi.ledger.models import Attachment, Citation, Item, Progress, Target
from luoshi.ledger.queries.history import Told, history_in_words
from luoshi.ledger.queries.rows import Row, days_left_words, label_of, row_of, substance_of, target_words
from luoshi.ledger.sources import link_of
from luoshi.organisations.tree import Tree, tree_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence the item comes from, with its place and where to read it."""

    text: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file to be opened."""

    name: str
    url: str
    size_words: str
    by: str
    day: datetime


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """One report as it is told."""

    day: datetime
    who: str
    entered_by: str
    amount_words: str
    text: str
    problem: str
    next_step: str
    files: Sequence[ShownFile]


@dataclass(frozen=True, slots=True)
class Above:
    """What a part shows of its parent: text, sentence and day. `url` is empty for who may not see the parent."""

    title: str
    url: str
    due: date | None
    citations: Sequence[Sentence]


@dataclass(slots=True)
class Shown(Row):
    """The item itself: a row with all that only its page says."""

    number: str = ""
    requirement: str = ""
    measure: str = ""
    note: str = ""
    handler: str = ""
    lead_leader: str = ""
    internal_due: date | None = None
    due_words: str = ""
    days_words: str = ""
    verifier_words: str = ""
    targets: Sequence[str] = ()


@dataclass(slots=True)
class ItemPage:
    """Everything about one item that the actor may see."""

    item: Shown
    citations: Sequence[Sentence]
    parent: Above | None
    children: Sequence[Row]
    progresses: Sequence[ShownProgress]
    files: Sequence[ShownFile]
    history: Sequence[Told]
    target: Target | None = None
    has_parts: bool = field(default=False)


def page_of(actor: Actor, item: Item) -> ItemPage:
    """Gather the page of a visible item that came with its unit, parent and people."""
    tree = tree_of(actor.tenant_id)
    children = list(Item.objects.visible_to(actor).filter(parent=item).order_by("child_ordinal", "pk"))
    above = () if item.parent_id is None else (item.parent_id,)
    substance = substance_of([item, *children], *above)
    rows = [row_of(child, tree, substance, below=True) for child in children]
    attachments = _attachments(item)
    own_sentences = [_sentence(actor, cited) for cited in substance.citations.get(item.pk, ())]
    primary, more = substance.targets.get(item.pk), substance.more_targets.get(item.pk, ())
    shown = _shown(item, tree, row_of(item, tree, substance), [target_words(target) for target in more])
    return ItemPage(
        item=shown,
        citations=own_sentences,
        parent=_above(actor, item, substance.citations.get(item.parent_id or 0, [])),
        children=rows,
        progresses=_progresses(item, attachments, primary),
        files=[_file(item, one) for one in attachments],
        history=history_in_words(item, {row.id: row.lead for row in rows}),
        target=primary,
        has_parts=item.children_numbered > 0,
    )


def _shown(item: Item, tree: Tree, row: Row, more_targets: Sequence[str]) -> Shown:
    plain = {one.name: getattr(row, one.name) for one in fields(Row)}
    day, ended = today(), item.state in ENDED or item.state == State.SUSPENDED
    return Shown(
        **{**plain, "due": item.due_on},
        number=item.number or "",
        requirement=item.requirement,
        measure=item.measure,
        note=item.note,
        handler=item.handler.name if item.handler else "",
        lead_leader=item.lead_leader.name if item.lead_leader else "",
        internal_due=item.internal_due_on if item.internal_due_on != item.due_on else None,
        due_words=item.due_words,
        # The light says it already when it is lit.
        days_words="" if ended or item.light in {Light.RED, Light.YELLOW} else days_left_words(item.due_on, day),
        verifier_words=_verifier_words(item, tree),
        targets=more_targets,
    )


def _verifier_words(item: Item, tree: Tree) -> str:
    """Who has verified a finished item, when and how; before that, who may."""
    if item.closed_on is not None:
        passed = item.verifications.filter(round=item.round, result=VerificationResult.PASSED)
        done = passed.select_related("verifier").order_by("-id").first()
        if done is not None:
            told = {"name": done.verifier.name, "day": day_words(day_of(done.at)), "way": done.get_way_display()}
            return _("%(name)s, %(day)s, %(way)s") % told
    unit = label_of(tree, item.verifier_unit_id)
    return _("by %(unit)s") % {"unit": unit} if unit else _("by a leader, an inspector or the dispatching clerk")


def _sentence(actor: Actor, cited: Citation) -> Sentence:
    return Sentence(cited.quote, cited.label, link_of(actor, cited) or "")


def _above(actor: Actor, item: Item, citations: Sequence[Citation]) -> Above | None:
    parent = item.parent
    if parent is None:
        return None
    seen = Item.objects.visible_to(actor).filter(pk=parent.pk).exists()
    return Above(
        title=parent.title,
        url=reverse("ledger:item", args=[parent.pk]) if seen else "",
        due=parent.due_on,
        citations=[_sentence(actor, cited) for cited in citations],
    )


def _attachments(item: Item) -> list[Attachment]:
    rows = item.attachments.select_related(
        "file", "progress__author", "progress__on_behalf_of", "verification__verifier"
    )
    return list(rows.order_by("pk"))


def _file(item: Item, attachment: Attachment) -> ShownFile:
    stored = attachment.file
    by = attachment.verification.verifier if attachment.verification else None
    if attachment.progress:
        by = attachment.progress.on_behalf_of or attachment.progress.author
    return ShownFile(
        name=stored.name,
        url=reverse("ledger:file", args=[item.pk, attachment.pk]),
        size_words=filesizeformat(stored.size),
        by=by.name if by else "",
        day=stored.uploaded_at,
    )


def _progresses(item: Item, attachments: Sequence[Attachment], target: Target | None) -> list[ShownProgress]:
    files: dict[int, list[ShownFile]] = {}
    for one in attachments:
        if one.progress_id is not None:
            files.setdefault(one.progress_id, []).append(_file(item, one))
    rows = item.progress.select_related("author", "on_behalf_of").order_by("-pk")
    unit = target.measured_in if target else ""
    return [_progress(row, unit, files.get(row.pk, [])) for row in rows]


def _progress(row: Progress, unit: str, files: Sequence[ShownFile]) -> ShownProgress:
    amount = f"+{number_words(row.amount)} {unit}".strip() if row.amount is not None else ""
    if row.percent is not None:
        amount = f"{number_words(row.percent)}%"
    return ShownProgress(
        day=row.at,
        who=(row.on_behalf_of or row.author).name,
        entered_by=row.author.name if row.on_behalf_of else "",
        amount_words=amount,
        text=row.what,
        problem=row.problem,
        next_step=row.next_step,
        files=files,
    )


def item_for_page(actor: Actor, pk: int) -> Item | None:
    """The visible item with the rows its page names; None when there is none or it is not the actor's to see."""
    found = Item.objects.visible_to(actor).filter(pk=pk)
    return found.select_related("unit", "parent", "handler", "lead_leader").first()
