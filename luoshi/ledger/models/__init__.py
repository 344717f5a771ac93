"""The tables of the ledger, one file per noun."""

from luoshi.ledger.models.figures import StateSpan, Tally
from luoshi.ledger.models.item import Assignment, Item, NumberSeries
from luoshi.ledger.models.record import Attachment, Extension, Progress, Verification
from luoshi.ledger.models.substance import Citation, Milestone, Target

__all__ = [
    "Assignment",
    "Attachment",
    "Citation",
    "Extension",
    "Item",
    "Milestone",
    "NumberSeries",
    "Progress",
    "StateSpan",
    "Tally",
    "Target",
    "Verification",
]
