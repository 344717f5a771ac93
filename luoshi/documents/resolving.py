"""What the words of a document mean here: names to units of the tree, terms to days of the calendar.

What is not certain stays unset, with its words, until a person sets it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.calendars.services import resolve
from luoshi.core.actor import Actor
from luoshi.documents.enums import DraftUnitRole
from luoshi.documents.models import Document, Draft, DraftUnit
from luoshi.documents.permissions import WORKING_ROLES
from luoshi.ledger.enums import Kind
from luoshi.organisations.tree import Branch, tree_of
from luoshi.reading.model import Deadline

FIXED = re.compile(r"(?:.*/)?\d{4}-\d{2}-\d{2}", re.ASCII)
RELATIVE = re.compile(r"E:\+\d{1,4}(?:wd|d|w|m|y)", re.ASCII)
ANY_DAY = date(2000, 1, 1)
"""A fixed day does not depend on where counting begins."""


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline as it is kept on a draft; `on` is unset when nothing certain can be said."""

    on: date | None
    precision: str
    words: str
    code: str
    estimated: bool = False


def term_of(deadline: Deadline, document: Document) -> Term:
    """The day a deadline means for this document, counted from the document's own date and never from today.

    A day before the document's own date is not taken: most likely the year was meant otherwise, so it is asked for.
    """
    code = "" if deadline.code == "none" else deadline.code
    resolved = None
    if FIXED.fullmatch(code):
        resolved = resolve(code, base=ANY_DAY, tenant_id=document.tenant_id)
    elif RELATIVE.fullmatch(code) and document.dated_on is not None:
        resolved = resolve(code, base=document.dated_on, tenant_id=document.tenant_id)
    if resolved is None or (document.dated_on is not None and resolved.day < document.dated_on):
        return Term(None, deadline.precision, deadline.words[:100], code[:40])
    return Term(resolved.day, deadline.precision, deadline.words[:100], code[:40], resolved.estimated)


class Resolver:
    """Names as the documents of one tenant use them, for one clerk: only units to which he or she may dispatch."""

    def __init__(self, actor: Actor, document: Document) -> None:
        self._actor = actor
        self._document = document
        self._tree = tree_of(actor.tenant_id)

    def set_units(self, draft: Draft) -> list[DraftUnit]:
        """Set the lead unit of an unsaved draft where its words leave no doubt; returns its other units, unsaved.

        One name that is a unit leads. A collective (各村), or several units without a word on who leads them,
        share the duty out under the office that read the document in.
        """
        units: list[DraftUnit] = []
        found, whole = self._units_of(draft.lead_words)
        if whole and len(found) == 1 and not self._is_collective(draft.lead_words):
            draft.lead_unit_id = found[0].id
        elif whole and found:
            draft.lead_unit_id = self._document.unit_id
            units += [DraftUnit(draft=draft, unit_id=unit.id, role=DraftUnitRole.PART) for unit in found]
        assisting, _whole = self._units_of(draft.assist_words)
        units += [
            DraftUnit(draft=draft, unit_id=unit.id, role=DraftUnitRole.ASSIST)
            for unit in assisting
            if unit.id != draft.lead_unit_id
        ]
        return units

    def set_day(self, draft: Draft, deadline: Deadline) -> None:
        """Set the day of an unsaved draft where its term is certain; the words and the code are kept either way."""
        put_term(draft, term_of(deadline, self._document))
        if draft.kind == Kind.STANDING:
            draft.due_on = None

    def _units_of(self, names: Sequence[str]) -> tuple[list[Branch], bool]:
        """The units meant by the names, each once, and whether every name meant at least one."""
        found: dict[int, Branch] = {}
        whole = True
        for name in names:
            meant = [unit for unit in self._meant_by(name) if self._actor.covers(unit.path, WORKING_ROLES)]
            whole = whole and bool(meant)
            found.update({unit.id: unit for unit in meant})
        return list(found.values()), whole

    def _meant_by(self, name: str) -> Iterable[Branch]:
        unit = self._tree.find(name)
        return (unit,) if unit else self._tree.collective(name)

    def _is_collective(self, names: Sequence[str]) -> bool:
        return any(self._tree.find(name) is None for name in names)


def put_term(draft: Draft, term: Term) -> None:
    """Write a term onto a draft that the caller saves."""
    draft.due_on = term.on
    draft.due_precision = term.precision
    draft.due_words = term.words
    draft.due_code = term.code
    draft.due_estimated = term.estimated
