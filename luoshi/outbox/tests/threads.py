"""Running one act in several threads at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(acts: list[Callable[[], Result]]) -> list[Result]:
    """The results of the acts, each in a thread and connection of its own, begun together."""
    gate = Barrier(len(acts))

    def go(act: Callable[[], Result]) -> Result:
        gate.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))
