"""The time of the demonstration: office hours of working days before today, drawn from a fixed seed."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from luoshi.calendars.services import add_working_days, is_working_day
from luoshi.config.console import Progress
from luoshi.config.demo.township import Township
from luoshi.core.clock import SHANGHAI, rehearse

Life = Iterator[datetime]
"""A story in telling: it yields the moment at which it wants to go on, and acts when it is resumed then."""
SEED = 20260


@dataclass(slots=True)
class Stage:
    """Everybody and the clock. `today` is the day on which the demonstration is made."""

    town: Township
    today: date
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 – a believable past, no secret

    def moment(self, day: date, after: datetime | None = None) -> datetime:
        """A moment within office hours on the day, or on the last working day before it; later than `after`."""
        while not is_working_day(day):
            day -= timedelta(days=1)
        day = min(day, add_working_days(self.today, -1))
        hour, minute = self.random.choice((8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 17)), self.random.randrange(60)
        moment = datetime.combine(day, time(hour, minute, self.random.randrange(60)), SHANGHAI)
        if after is not None and moment <= after:
            moment = after + timedelta(minutes=self.random.randrange(6, 40))
        return moment

    def play(self, lives: list[Life], shown: Progress) -> None:
        """Let all stories run side by side in the order of their moments."""
        waiting: list[tuple[datetime, int, Life]] = []
        for order, life in enumerate(lives):
            heapq.heappush(waiting, (next(life), order, life))
        first, last = waiting[0][0], datetime.combine(self.today, time(0), SHANGHAI)
        while waiting:
            moment, order, life = heapq.heappop(waiting)
            shown.show((moment - first).days, (last - first).days)
            with rehearse(moment):
                upcoming = next(life, None)
            if upcoming is not None:
                heapq.heappush(waiting, (upcoming, order, life))
