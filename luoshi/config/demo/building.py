"""Building the demonstration: five months of a township, acted out through the same services that people use."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from luoshi.calendars.services import add_working_days, is_working_day
from luoshi.config.console import Progress
from luoshi.config.demo import texts
from luoshi.config.demo.courses import live, lives_of_parts
from luoshi.config.demo.papers import Paper, decide, decide_half, discard_rest, dispatch, read_paper
from luoshi.config.demo.stage import Life, Stage
from luoshi.config.demo.stories import Story, day_from, load_stories
from luoshi.config.demo.township import found_township
from luoshi.core.clock import SHANGHAI, rehearse, today
from luoshi.ledger.enums import Track
from luoshi.ledger.models import Item
from luoshi.ledger.orders import Due, NewTarget, Order
from luoshi.ledger.services.dispatching import dispatch_orders, register_item
from luoshi.ledger.tallies import turn_lights

SEATED_FOR = timedelta(days=3 * 365)
BEFORE_SPEECH = timedelta(days=7)


@transaction.atomic
def build(shown: Progress) -> None:
    """Found the township and tell every story up to now; all of it or nothing."""
    day = today()
    speech_day = _working_day(_months_before(day, texts.MONTHS_SPEECH_AGO))
    founded = datetime.combine(speech_day - BEFORE_SPEECH, time(9), SHANGHAI)
    with rehearse(founded):
        town = found_township(founded.date() - SEATED_FOR)
    stage = Stage(town, day)
    lives: list[Life] = [_speech(stage, speech_day), _plan(stage, day)]
    lives += [_other(stage, story) for story in load_stories("other_items.toml")]
    stage.play(lives, shown)
    turn_lights()


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its 28th."""
    return texts.month_end(day, -months).replace(day=min(day.day, 28))


def _working_day(day: date) -> date:
    """The day, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _speech(stage: Stage, day: date) -> Life:
    """The speech is read in on its day, decided and dispatched the next morning; its items then live on their own."""
    moment = stage.moment(day)
    yield moment
    paper = read_paper(stage, "clerk", "在全镇重点工作推进会上的讲话", texts.speech(day))
    stories = load_stories("speech_items.toml")
    kept = []
    for story in stories:
        moment += timedelta(minutes=stage.random.randrange(2, 6))
        yield moment
        kept.append(decide(paper, story, None))
    yield (moment := moment + timedelta(minutes=4))
    discard_rest(paper, set(kept))
    yield stage.moment(add_working_days(day, 1), moment)
    items = dispatch(paper, kept)
    lives = [life for story, item in zip(stories, items, strict=True) for life in _lives_of(stage, story, item)]
    yield from _side_by_side(lives)


def _lives_of(stage: Stage, story: Story, item: Item) -> Iterator[Life]:
    yield live(stage, story, item)
    if story.parts:
        yield from lives_of_parts(stage, story, item)


def _side_by_side(lives: list[Life]) -> Life:
    """Several stories as one, in the order of their moments; parts before their parent when both come at once."""
    waiting = {number: moment for number, life in enumerate(lives) if (moment := next(life, None)) is not None}
    while waiting:
        number = min(waiting, key=lambda one: (waiting[one], -one))
        yield waiting.pop(number)
        upcoming = next(lives[number], None)
        if upcoming is not None:
            waiting[number] = upcoming


def _plan(stage: Stage, day: date) -> Life:
    """The plan came a few days ago and lies half decided on the desk."""
    issued = _working_day(day - timedelta(days=texts.DAYS_PLAN_AGO))
    yield stage.moment(issued)
    paper: Paper = read_paper(stage, "clerk", "农村人居环境整治提升行动方案", texts.plan(issued))
    yield stage.moment(add_working_days(issued, 1))
    decide_half(paper)


def _other(stage: Stage, story: Story) -> Life:
    """An item that a clerk put on the ledger by hand."""
    yield stage.moment(day_from(stage.today, story.begun))
    clerk = stage.town.actors["clerk"]
    order = _order(stage, story)
    if story.course == "registered":
        register_item(actor=clerk, order=order)
        return
    (item,) = dispatch_orders(actor=clerk, orders=[order])
    yield from live(stage, story, item)


def _order(stage: Stage, story: Story) -> Order:
    units, goal = stage.town.units, story.goal
    due = None if story.due is None else _working_day(day_from(stage.today, story.due))
    return Order(
        title=story.title,
        unit_id=units[story.lead].pk,
        due=Due(due, "day" if due else ""),
        requirement=story.requirement,
        category=story.category,
        track=Track.STANDING if story.standing else Track.ORDINARY,
        assisting=[units[name].pk for name in story.assist],
        targets=[NewTarget(goal.metric, ">=", Decimal(goal.value), goal.measured_in)] if goal else [],
    )
