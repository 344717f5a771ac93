"""What a thread remembers of the calendars, and for how long it trusts that."""

import threading
from typing import Any

from luoshi.calendars.rules import Calendar


class DayMemory(threading.local):
    """Calendars by version and tenant. In a request the version is asked once, outside of one every time."""

    def __init__(self) -> None:
        self.calendars: dict[tuple[str, int | None], Calendar] = {}
        self.in_request = False
        self.token: str | None = None


memory = DayMemory()


def begin_request(**_signal: Any) -> None:
    """From now on this thread asks for the version once, until `end_request`."""
    memory.in_request, memory.token = True, None


def end_request(**_signal: Any) -> None:
    """Back to asking every time: a worker or a command may live long."""
    memory.in_request, memory.token = False, None
