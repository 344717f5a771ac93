"""What a reading is: plain frozen records whose offsets count code points in ``Reading.text``, end exclusive."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

READER_VERSION = "1"

PIECE_KINDS = ("deliverable", "standing", "exhortation", "context", "boilerplate")
NOISE_KINDS = ("ad", "nav", "page", "watermark")
BOILERPLATE_KINDS = (*NOISE_KINDS, "cover", "salutation", "closing", "signature")


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the clause tree; level 0 is the title, 1 the first tier used. ``mark`` is the number as written."""

    level: int
    start: int
    end: int
    title: str
    mark: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One tile of the text. ``reason`` names the rule that decided; ``clause`` is an index into ``Reading.clauses``.

    ``detail`` is empty except for boilerplate, where it is one of ``BOILERPLATE_KINDS``.
    """

    start: int
    end: int
    kind: str
    reason: str
    clause: int | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term as the text gives it.

    ``code`` is one string: ``YYYY-MM-DD``, ``from/to``, ``R:monthly@25``, ``E:+5wd``, ``E:汛期前``, ``N:immediate``,
    ``N:longterm`` or ``none``.  ``kind`` is day, range, recurring, event, immediate, longterm or none; ``precision`` is
    day, ten_days, month, quarter, half, year or empty.  ``words`` and the offsets say where it was read; without a
    term ``words`` is empty and both offsets are 0.
    """

    code: str
    kind: str
    precision: str
    words: str
    start: int
    end: int


NO_DEADLINE = Deadline("none", "none", "", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Target:
    """A measure to reach: ``comparison`` is ``>=``, ``<=`` or ``=``; ``value`` a decimal ("5.8") or a range ("2-3")."""

    metric: str
    comparison: str
    value: str
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A duty found in the text. ``kind`` is once, recurring or standing; unset lead, assist and targets are empty."""

    start: int
    end: int
    title: str
    lead: tuple[str, ...]
    assist: tuple[str, ...]
    deadline: Deadline
    targets: tuple[Target, ...]
    kind: str
    theme: str
    clause: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and all that was read from it. ``dated_on`` is an ISO date; ``pieces`` tile ``text`` from 0 to its end."""

    text: str
    title: str
    number: str
    issuer: str
    dated_on: str | None
    year: int | None
    clauses: tuple[Clause, ...]
    pieces: tuple[Piece, ...]
    drafts: tuple[DraftItem, ...]

    def to_prediction(self, doc_id: str) -> dict[str, Any]:
        """The form the benchmark's scorer reads."""
        return {
            "doc_id": doc_id,
            "text": self.text,
            "clauses": [{"level": c.level, "start": c.start, "end": c.end, "title": c.title} for c in self.clauses],
            "items": [_item_prediction(draft) for draft in self.drafts],
            "boilerplate": [
                {"start": p.start, "end": p.end, "kind": p.detail} for p in self.pieces if p.kind == "boilerplate"
            ],
        }

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able form that ``from_dict`` turns back into an equal reading."""
        return {"reader_version": READER_VERSION, **asdict(self)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """The inverse of ``to_dict``; raises KeyError or TypeError on a foreign shape."""
        return cls(
            text=data["text"],
            title=data["title"],
            number=data["number"],
            issuer=data["issuer"],
            dated_on=data["dated_on"],
            year=data["year"],
            clauses=tuple(Clause(**row) for row in data["clauses"]),
            pieces=tuple(Piece(**row) for row in data["pieces"]),
            drafts=tuple(_draft_from_dict(row) for row in data["drafts"]),
        )


def _item_prediction(draft: DraftItem) -> dict[str, Any]:
    return {
        "start": draft.start,
        "end": draft.end,
        "title": draft.title,
        "lead": list(draft.lead),
        "assist": list(draft.assist),
        "deadline": draft.deadline.code,
        "targets": [{"metric": t.metric, "cmp": t.comparison, "value": t.value, "unit": t.unit} for t in draft.targets],
        "kind": draft.kind,
        "theme": draft.theme,
    }


def _draft_from_dict(row: dict[str, Any]) -> DraftItem:
    return DraftItem(
        **{
            **row,
            "lead": tuple(row["lead"]),
            "assist": tuple(row["assist"]),
            "deadline": Deadline(**row["deadline"]),
            "targets": tuple(Target(**target) for target in row["targets"]),
        }
    )
