"""The one clock. Days are days in Asia/Shanghai; moments are stored in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_rehearsed: ContextVar[datetime | None] = ContextVar("rehearsed", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _rehearsed.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Asia/Shanghai; every rule about days asks here."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Shanghai day on which an aware moment falls."""
    return moment.astimezone(SHANGHAI).date()


@contextmanager
def rehearse(moment: datetime) -> Iterator[None]:
    """Act as if it were `moment`: only the demo's history and tests are written this way."""
    token = _rehearsed.set(moment)
    try:
        yield
    finally:
        _rehearsed.reset(token)
