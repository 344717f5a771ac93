"""The registry of sources: feeders say here how a citation is opened, so that the ledger names none of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from luoshi.core.actor import Actor
from luoshi.ledger.models import Citation

Link = Callable[[Actor, int, int], str | None]
"""(actor, source_id, start) → the address where the actor may read the characters, or None."""


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of text that items come from; its name is also the parameter by which the ledger is filtered.

    `rows` maps the id given there to the source_ids of citations (several versions of one paper);
    `choices` lists what the actor may filter by, as (id, label).
    """

    name: str
    link: Link
    label: str | Promise = ""
    rows: Callable[[Actor, int], Collection[int]] | None = None
    choices: Callable[[Actor], Sequence[tuple[int, str]]] | None = None

    def ids(self, actor: Actor, given: int) -> Collection[int]:
        """The source_ids of citations meant by an id in the query string."""
        return self.rows(actor, given) if self.rows else (given,)


_SOURCES: dict[str, Source] = {}


def register_source(
    name: str,
    link: Link,
    *,
    label: str | Promise = "",
    rows: Callable[[Actor, int], Collection[int]] | None = None,
    choices: Callable[[Actor], Sequence[tuple[int, str]]] | None = None,
) -> None:
    """Make a kind of source known; called once from the feeder's `apps.py`. Again for the same name replaces it."""
    _SOURCES[name] = Source(name, link, label, rows, choices)


def sources() -> tuple[Source, ...]:
    """All kinds of sources, in the order in which they registered."""
    return tuple(_SOURCES.values())


def link_of(actor: Actor, citation: Citation) -> str | None:
    """Where the actor may read the cited characters in their text; None when nowhere."""
    source = _SOURCES.get(citation.source)
    return source.link(actor, citation.source_id, citation.start) if source else None
