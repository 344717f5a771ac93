"""Work that comes back by the clock. Modules register theirs in `apps.ready`; the worker runs it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from luoshi.core.clock import SHANGHAI

NextAfter = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """`run` may be repeated at any time without harm; `next_after` gives the first moment strictly after another."""

    name: str
    run: Callable[[], object]
    next_after: NextAfter


_jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[], object], next_after: NextAfter) -> None:
    """Add a job; it runs for the first time at the next start. The name is its identity in the database."""
    _jobs[name] = Job(name, run, next_after)


def forget(name: str) -> None:
    """Take a job out again."""
    _jobs.pop(name, None)


def registered() -> Iterable[Job]:
    """All jobs in the order in which they were registered."""
    return tuple(_jobs.values())


def daily_at(hour: int, minute: int = 0) -> NextAfter:
    """Every day at this time in Shanghai."""

    def next_after(moment: datetime) -> datetime:
        local = moment.astimezone(SHANGHAI)
        planned = datetime.combine(local.date(), time(hour, minute), SHANGHAI)
        return planned if planned > local else planned + timedelta(days=1)

    return next_after


def every(pause: timedelta) -> NextAfter:
    """Again and again with this pause."""
    return lambda moment: moment + pause
