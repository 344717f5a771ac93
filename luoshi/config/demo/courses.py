"""How an item may live: the steps of each course, and the acts behind them, done by the right persons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from luoshi.config.demo.photographs import photograph
from luoshi.config.demo.stage import Life, Stage
from luoshi.config.demo.stories import Story
from luoshi.core.actor import Actor
from luoshi.core.clock import now, today
from luoshi.files.enums import EVIDENCE
from luoshi.files.models import StoredFile
from luoshi.files.services import store
from luoshi.ledger.models import Item
from luoshi.ledger.services.handling import (
    Report,
    accept_item,
    report_done,
    report_progress,
    return_item,
    review_standing,
    set_handler,
)
from luoshi.ledger.services.steering import redispatch_item, remind, resume_item, suspend_item, terminate_item
from luoshi.ledger.services.verifying import Check, close_item, reopen_item, send_back
from luoshi.organisations.models import Person

REPORTING = frozenset({"progress", "done"})
# Each step with its place between the acceptance (0) and the last step (1); "reports" stands for one step a report.
COURSES: dict[str, tuple[tuple[str, float], ...]] = {
    "waiting": (),
    "accepted": (("accept", 0),),
    "in_progress": (("accept", 0), ("reports", 1)),
    "late": (("accept", 0), ("reports", 0.8), ("remind", 1)),
    "reported": (("accept", 0), ("reports", 0.85), ("done", 1)),
    "closed": (("accept", 0), ("reports", 0.8), ("done", 0.92), ("close", 1)),
    "shared": (),
    "shared_closed": (("done", 0.97), ("close", 1)),
    "sent_back": (("accept", 0), ("reports", 0.7), ("done", 0.85), ("send_back", 1)),
    "sent_back_reported": (("accept", 0), ("reports", 0.6), ("done", 0.7), ("send_back", 0.76), ("done", 1)),
    "reopened": (
        *(("accept", 0), ("reports", 0.3), ("done", 0.42), ("close", 0.48)),
        *(("reopen", 0.85), ("progress", 1)),
    ),
    "suspended": (("accept", 0), ("reports", 0.85), ("suspend", 1)),
    "resumed": (("accept", 0), ("progress", 0.2), ("suspend", 0.4), ("resume", 0.7), ("reports", 1)),
    "terminated": (("accept", 0), ("reports", 0.4), ("terminate", 1)),
    "returned": (("return", 1),),
    "redispatched": (("return", 0.08), ("redispatch", 0.16), ("accept", 0.25), ("reports", 1)),
    "standing": (("accept", 0), ("reports", 0.4), ("review", 1)),
}
COURSES["behind"] = COURSES["in_progress"]
COURSES["reminded"] = COURSES["late"]
COURSES["closed_late"] = COURSES["closed"]
TAKEN_UP_AGAIN = Decimal(85)
"""Percent reported after an item without amounts was sent back or opened again."""
VERIFIERS = ("inspector", "inspector2", "clerk", "leader", "vice")


@dataclass(slots=True)
class Telling:
    """One item in the course of its story."""

    stage: Stage
    story: Story
    item: Item
    unit: str
    steps: list[tuple[str, float]] = field(default_factory=list)
    told: int = 0

    @property
    def head(self) -> str:
        """Sign-in name of whoever answers for the lead unit."""
        return self.story.head or self.stage.town.head_of(self.unit)

    @property
    def actor(self) -> Actor:
        """Who acts for the unit: its head, or the clerk entering for it."""
        return self.stage.town.actors["clerk2" if self.story.spoken_for else self.head]

    @property
    def named(self) -> Person | None:
        """For whom the clerk enters."""
        return self.stage.town.people[self.head] if self.story.spoken_for else None

    @property
    def verifier(self) -> Actor:
        """Somebody who has no part in the item."""
        units = {self.unit, *self.story.assist}
        fit = [name for name in VERIFIERS if not (name == "clerk" and "党政办" in units)]
        return self.stage.town.actors[self.stage.random.choice(fit)]


def live(stage: Stage, story: Story, item: Item, unit: str = "") -> Life:
    """Tell the story of a dispatched item from its acceptance on."""
    telling = Telling(stage, story, item, unit or story.lead)
    telling.steps = _steps(story)
    begun, last = item.dispatched_on or today(), _last_day(stage, story, item)
    moment = now()
    for step, place in telling.steps:
        day = begun + timedelta(days=1) + place * max(last - begun - timedelta(days=1), timedelta(0))
        moment = stage.moment(day, moment)
        yield moment
        ACTS[step](telling)


def _last_day(stage: Stage, story: Story, item: Item) -> date:
    """The day of the last step, counted from the due day or from today."""
    if story.until_due is not None and item.due_on is not None:
        return item.due_on + timedelta(days=story.until_due)
    return stage.today + timedelta(days=story.until)


def _steps(story: Story) -> list[tuple[str, float]]:
    """The course with one step a report, spread evenly between the steps around them."""
    course = COURSES[story.course]
    others = sum(step in REPORTING for step, _place in course)
    count = max(0, len(story.reports) - others)
    steps: list[tuple[str, float]] = []
    for (_before, low), (step, high) in pairwise((("", 0.0), *course)):
        if step == "reports":
            steps += [("progress", low + (high - low) * (number + 1) / count) for number in range(count)]
        else:
            steps.append((step, high))
    return steps


def _report(telling: Telling) -> Report:
    """The next report with its amount; the amounts rise evenly to what the story reaches with its last report."""
    story, steps = telling.story, [step for step, _place in telling.steps if step in REPORTING]
    until_done = steps.index("done") + 1 if "done" in steps else len(steps)
    telling.told += 1
    again = telling.told > until_done
    share = Decimal(str(_reached(telling, "done" in steps))) * min(telling.told, until_done) / until_done
    target = telling.item.targets.filter(is_primary=True).first()
    amount = percent = None
    total = target.value if target else Decimal(0)
    reached = (total * share).quantize(Decimal(1) if total == total.to_integral_value() else Decimal("0.1"))
    shared_out = telling.item.children_numbered > 0
    if target is not None and not again and not shared_out:
        amount = max(Decimal(0), reached - target.current) or None
    elif target is None and not shared_out and not story.standing:
        percent = (share * 100).quantize(Decimal(1)) if not again else TAKEN_UP_AGAIN
    what = story.reports[telling.told - 1].format(
        now=_plain(amount or Decimal(0)), sum=_plain(reached), total=_plain(total), unit=telling.unit
    )
    final = telling.told == len(steps)
    return Report(
        what=what,
        amount=amount,
        percent=percent,
        problem=story.problem if final else "",
        next_step=story.next_step if final else "",
        files=_files(telling) if telling.told > len(steps) - story.files else (),
        on_behalf_of=telling.named,
    )


def _reached(telling: Telling, done: bool) -> float:
    """How much is reached with the last report: as told, all when it is done, else what the days gone by allow."""
    if telling.story.reached is not None:
        return telling.story.reached
    begun, due = telling.item.dispatched_on, telling.item.due_on
    if done or begun is None or due is None:
        return 1.0
    gone = (telling.stage.today - begun).days / max((due - begun).days, 1)
    pace = 0.42 if telling.story.course == "behind" else telling.stage.random.uniform(0.93, 1.08)
    return min(0.96, gone * pace)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _files(telling: Telling) -> list[StoredFile]:
    seed = telling.stage.random.randrange(1000)
    stored = store(
        tenant_id=telling.item.tenant_id,
        uploaded_by_id=telling.actor.person_id,
        name=f"现场照片{telling.told}.png",
        data=photograph(seed),
        allowed=EVIDENCE,
    )
    return [stored]


def _accept(telling: Telling) -> None:
    accept_item(actor=telling.actor, item=telling.item, on_behalf_of=telling.named)
    if telling.story.handler:
        handler = telling.stage.town.people[telling.story.handler]
        set_handler(actor=telling.actor, item=telling.item, handler=handler)


def _progress(telling: Telling) -> None:
    handler = telling.story.handler
    actor = telling.stage.town.actors[handler] if handler else telling.actor
    report_progress(actor=actor, item=telling.item, report=_report(telling))


def _done(telling: Telling) -> None:
    report_done(actor=telling.actor, item=telling.item, report=_report(telling))


def _check(telling: Telling) -> Check:
    way = "on_site" if telling.story.files or telling.stage.random.random() < 0.4 else "papers"
    return Check(way, telling.story.note)


def _send_back(telling: Telling) -> None:
    check = Check("on_site")
    send_back(actor=telling.verifier, item=telling.item, reason=telling.story.reason, check=check)


def _redispatch(telling: Telling) -> None:
    telling.unit = telling.story.moved_to
    unit_id = telling.stage.town.units[telling.unit].pk
    reason = telling.story.second_reason
    redispatch_item(actor=telling.stage.town.actors["clerk"], item=telling.item, unit_id=unit_id, reason=reason)


def _steer(telling: Telling, act: Callable[..., Item], who: str, reason: str) -> None:
    act(actor=telling.stage.town.actors[who], item=telling.item, reason=reason)


def _review(telling: Telling) -> None:
    review_standing(actor=telling.actor, item=telling.item, note=telling.story.note)


def _remind(telling: Telling) -> None:
    remind(actor=telling.stage.town.actors["clerk"], item=telling.item, words="已超过完成时限，请抓紧办理并说明情况。")


ACTS: dict[str, Callable[[Telling], object]] = {
    "accept": _accept,
    "progress": _progress,
    "done": _done,
    "close": lambda one: close_item(actor=one.verifier, item=one.item, check=_check(one)),
    "send_back": _send_back,
    "return": lambda one: return_item(actor=one.actor, item=one.item, reason=one.story.reason),
    "redispatch": _redispatch,
    "suspend": lambda one: _steer(one, suspend_item, "mayor", one.story.reason),
    "resume": lambda one: _steer(one, resume_item, "mayor", one.story.second_reason),
    "terminate": lambda one: _steer(one, terminate_item, "mayor", one.story.reason),
    "reopen": lambda one: _steer(one, reopen_item, "leader", one.story.reason),
    "review": _review,
    "remind": _remind,
}


def lives_of_parts(stage: Stage, story: Story, parent: Item) -> Iterator[Life]:
    """The story of each village's part, told from the parent's."""
    for child, course in zip(parent.children.order_by("child_ordinal"), story.parts, strict=True):
        unit = child.unit.short_name
        until = _end_of_part(stage, course, child.due_on or stage.today)
        part = replace(
            story,
            lead=unit,
            assist=(),
            course=course,
            until=until,
            until_due=None,
            reports=story.part_reports,
            files=0,
            handler="",
            note="现场核对无误。",
        )
        yield live(stage, part, child, unit)


def _end_of_part(stage: Stage, course: str, due: date) -> int:
    """The day of a part's last step, counted from today."""
    left = (due - stage.today).days
    if course == "closed":
        return min(left, -6) - stage.random.randrange(2, 20)
    if course == "closed_late":
        return left + stage.random.randrange(5, 10)
    return min(left, 0) - stage.random.randrange(2, 9) if course == "reported" else -stage.random.randrange(2, 12)
