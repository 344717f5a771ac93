"""The three parts of Today, and the head of the day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from luoshi.calendars.enums import DayKind
from luoshi.calendars.models import CalendarDay
from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.core.requests import fresh_key
from luoshi.core.templatetags.luoshi import colour, shape
from luoshi.core.words import day_words
from luoshi.documents.enums import DraftState
from luoshi.documents.models import Document
from luoshi.ledger.enums import Action, Light, State, Track
from luoshi.ledger.models import Item
from luoshi.ledger.models.item import ItemQuerySet
from luoshi.ledger.queries.rows import Row, rows_of
from luoshi.ledger.queries.waiting import desk_of
from luoshi.organisations.enums import Role
from luoshi.organisations.tree import tree_of

SHOWN = 10
COUNTED = 1000
"""Beyond this many a part says “1,000+”."""
LATE_FIRST = ((Light.RED,), (Light.YELLOW,), (Light.GREEN, Light.NONE))
TO_ACCEPT = pgettext_lazy("verb before a title", "Accept")
TO_VERIFY = pgettext_lazy("verb before a title", "Verify")
TO_REPORT = pgettext_lazy("verb before a title", "Report")
TO_REVIEW = pgettext_lazy("verb before a title", "Review")
RETURNED = pgettext_lazy("verb before a title", "Returned")
SENT_BACK = pgettext_lazy("verb before a title", "Sent back")
NOT_DISPATCHED = pgettext_lazy("verb before a title", "Not dispatched")


@dataclass(frozen=True, slots=True)
class Act:
    """The one button of a line; `post` acts at once, otherwise it leads to the place of the act."""

    label: str
    url: str
    post: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part."""

    title: str
    url: str
    text: str = ""
    verb: str = ""
    symbol: str = ""
    colour: str = ""
    day: date | None = None
    act: Act | None = None


@dataclass(slots=True)
class TodayPart:
    """One part: at most ten items, how many there are, and where all of them stand."""

    rows: list[Line] = field(default_factory=list)
    count: int = 0
    items: int = 0
    capped: bool = False
    note: str = ""
    all_url: str = ""


def day_head() -> dict[str, str]:
    """Day, weekday, and whether it is a holiday or a weekend on which people work."""
    day = today()
    exception = CalendarDay.objects.filter(date=day, tenant_id__isnull=True).first()
    note = ""
    if exception is not None and exception.kind == DayKind.WORKDAY:
        note = _("A shifted working day")
    elif exception is not None:
        note = _("A day off: %(name)s") % {"name": exception.name}
    return {"day_words": day_words(day), "weekday_words": date_format(day, "l"), "day_note": note}


def today_parts(actor: Actor) -> dict[str, Any]:
    """`waiting`, `watching` and `soon` of the actor; `empty` when all three are."""
    waiting = _part(actor, "waiting", late_first)
    watching = _part(actor, "watching", late_first)
    soon = _part(actor, "soon", soonest)
    for line in _half_read(actor):
        waiting.rows.append(line)
        waiting.count += 1
    return {"waiting": waiting, "watching": watching, "soon": soon}


def late_first(items: ItemQuerySet) -> list[Item]:
    """The first items, late ones before those due soon before the rest: a walk for each light ends at the eleventh."""
    found: list[Item] = []
    for lights in LATE_FIRST:
        found += items.filter(light__in=lights).order_by("due_on", "id")[: SHOWN + 1 - len(found)]
        if len(found) > SHOWN:
            break
    return found


def soonest(items: ItemQuerySet) -> list[Item]:
    """The first items by their internal day, else their due day."""
    return list(items.order_by(Coalesce("internal_due_on", "due_on"), "id")[: SHOWN + 1])


def _part(actor: Actor, desk: str, first: Callable[[ItemQuerySet], list[Item]]) -> TodayPart:
    items: ItemQuerySet = desk_of(actor, desk)
    found = first(items)
    count = len(found) if len(found) <= SHOWN else items.order_by()[: COUNTED + 1].count()
    shown = found[:SHOWN]
    rows = rows_of(shown, tree_of(actor.tenant_id)) if shown else []
    draw = {"waiting": _waiting_line, "watching": _watching_line, "soon": _soon_line}[desk]
    lines = [draw(item, row) for item, row in zip(shown, rows, strict=True)]
    all_url = f"{reverse('ledger:list')}?desk={desk}" if count > SHOWN else ""
    return TodayPart(lines, min(count, COUNTED), min(count, COUNTED), count > COUNTED, all_url=all_url)


def _together(figure: str) -> str:
    """A figure with its unit, kept on one line: 14 / 50 座."""
    return figure.replace(" ", "\u00a0")


def _waiting_line(item: Item, row: Row) -> Line:
    verb, act = _next_step(item, row)
    text = " · ".join(filter(None, (row.lead, row.light_words, _together(row.progress_words))))
    return Line(row.title, row.url, text, verb, shape(row), colour(row), act=act)


def _next_step(item: Item, row: Row) -> tuple[str, Act]:
    """What is to be done with an item that waits for the reader, by its state."""
    if item.state == State.REPORTED:
        return str(TO_VERIFY), Act(_("Go and verify"), row.url)
    if item.state == State.DISPATCHED:
        return str(TO_ACCEPT), _act(item, Action.ACCEPT, post=True)
    if item.state == State.RETURNED:
        return str(RETURNED), _act(item, Action.REDISPATCH)
    if item.state == State.REGISTERED:
        return str(NOT_DISPATCHED), _act(item, Action.DISPATCH)
    if item.track == Track.STANDING:
        return str(TO_REVIEW), _act(item, Action.REVIEW)
    verb = SENT_BACK if item.round > 1 and item.reported_on is None else TO_REPORT
    return str(verb), Act(str(Action.PROGRESS.label), row.url)


def _act(item: Item, action: Action, *, post: bool = False) -> Act:
    url = reverse("ledger:act", args=[item.pk, action])
    return Act(str(action.label), url, post, fresh_key() if post else "")


def _watching_line(item: Item, row: Row) -> Line:
    text = [row.lead, row.light_words or row.get_state_display(), _together(row.progress_words)]
    if item.reminded_on:
        text.append(_("last reminded on %(day)s") % {"day": day_words(item.reminded_on)})
    return Line(
        row.title,
        row.url,
        " · ".join(filter(None, text)),
        symbol=shape(row),
        colour=colour(row),
        act=None if item.reminded_on == today() else _act(item, Action.REMIND, post=True),
    )


def _soon_line(_item: Item, row: Row) -> Line:
    text = " · ".join(filter(None, (row.lead, _together(row.progress_words))))
    return Line(row.title, row.url, text, day=row.due, act=None)


def _half_read(actor: Actor) -> list[Line]:
    """Documents with drafts nobody has decided on, newest first, for who reads documents in."""
    if not actor.holds(Role.CLERK):
        return []
    reach = tree_of(actor.tenant_id).under_all(actor.seats({Role.CLERK}))
    undecided = Count("versions__drafts", filter=Q(versions__drafts__state=DraftState.OPEN))
    found = Document.objects.of_tenant(actor.tenant_id).filter(unit_id__in=reach).annotate(undecided=undecided)
    rows = found.filter(undecided__gt=0).order_by("-created_at").values_list("pk", "title", "undecided")[:SHOWN]
    return [_document_line(pk, title, count) for pk, title, count in rows]


def _document_line(pk: int, title: str, undecided: int) -> Line:
    url = reverse("documents:read", args=[pk])
    text = ngettext("%(n)d draft is not decided yet", "%(n)d drafts are not decided yet", undecided) % {"n": undecided}
    act = Act(_("Read on"), url)
    return Line(_("“%(title)s”") % {"title": title}, url, text, symbol="draft", colour="quiet", act=act)
