"""What the judgement hands on."""

from __future__ import annotations

from dataclasses import dataclass

from .judgement import Verdict
from .model import NO_DEADLINE, Deadline
from .segments import Segment


@dataclass(slots=True)
class Judged:
    """A segment with its verdict; offsets count in the view of ``block``."""

    segment: Segment
    verdict: Verdict
    carried: tuple[str, ...] = ()
    governed: Deadline = NO_DEADLINE
