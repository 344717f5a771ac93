"""The one table of acts: in which state an act is possible, where it leads, and what it asks for.

Pages, refusals, help and the diagram in the docs are drawn from it. Facts: field.md 1.2.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from luoshi.ledger.enums import Action, State, Track


class Who(StrEnum):
    """On whose side of the item an act stands; `permissions` says who that is."""

    DISPATCHER = "dispatcher"  # a clerk over the lead unit
    LEADER = "leader"  # a leader over the lead unit
    UNIT_HEAD = "unit_head"  # who answers for the lead unit
    DOER = "doer"  # head, member or handler of the lead unit, or a clerk entering for one of them
    VERIFIER = "verifier"  # leader, inspector or the dispatching clerk, and none of the doers


class Need(StrEnum):
    """What must be given with an act."""

    REASON = "reason"
    WHAT = "what"
    WAY = "way"
    DUE = "due"
    HANDLER = "handler"
    UNITS = "units"
    CHANGE = "change"


class Clock(StrEnum):
    """What an act does to the clock of the item."""

    NONE = ""
    STARTS = "starts"
    STOPS = "stops"
    PAUSES = "pauses"
    RESUMES = "resumes"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an act does. `target` None leaves the state as it is (or, for resume, goes back to the one before)."""

    target: State | None
    who: frozenset[Who]
    needs: frozenset[Need] = field(default_factory=frozenset)
    clock: Clock = Clock.NONE
    consequence: bool = False


Key = tuple[Track, State, Action]
_S, _A = State, Action
_RUNNING = (State.DISPATCHED, State.ACCEPTED, State.IN_PROGRESS)
_OPEN = (*_RUNNING, State.REPORTED, State.RETURNED)


def _rules(action: Action, states: Iterable[State], rule: Rule) -> dict[tuple[State, Action], Rule]:
    return {(state, action): rule for state in states}


def _rule(target: State | None, who: Iterable[Who], *needs: Need, clock: Clock = Clock.NONE) -> Rule:
    return Rule(target, frozenset(who), frozenset(needs), clock)


_DISPATCHING = (Who.DISPATCHER,)
_DECIDING = (Who.DISPATCHER, Who.LEADER)

_SHARED: dict[tuple[State, Action], Rule] = {
    **_rules(_A.DISPATCH, (_S.REGISTERED,), _rule(_S.DISPATCHED, _DISPATCHING, clock=Clock.STARTS)),
    **_rules(_A.ACCEPT, (_S.DISPATCHED,), _rule(_S.ACCEPTED, (Who.UNIT_HEAD,))),
    **_rules(_A.RETURN, (_S.DISPATCHED,), _rule(_S.RETURNED, (Who.UNIT_HEAD,), Need.REASON, clock=Clock.STOPS)),
    **_rules(_A.REDISPATCH, (_S.RETURNED,), _rule(_S.DISPATCHED, _DISPATCHING, Need.REASON, clock=Clock.STARTS)),
    **_rules(_A.SET_HANDLER, _RUNNING, _rule(None, (Who.UNIT_HEAD,), Need.HANDLER)),
    **_rules(_A.AMEND, (_S.REGISTERED, *_OPEN, _S.SUSPENDED), _rule(None, _DISPATCHING, Need.CHANGE, Need.REASON)),
    **_rules(_A.SUSPEND, _OPEN, _rule(_S.SUSPENDED, _DECIDING, Need.REASON, clock=Clock.PAUSES)),
    **_rules(_A.RESUME, (_S.SUSPENDED,), _rule(None, _DECIDING, Need.REASON, clock=Clock.RESUMES)),
    **_rules(
        _A.TERMINATE,
        (_S.REGISTERED, *_OPEN, _S.SUSPENDED),
        Rule(_S.TERMINATED, frozenset(_DECIDING), frozenset({Need.REASON}), Clock.STOPS, consequence=True),
    ),
    **_rules(_A.REMIND, _OPEN, _rule(None, _DECIDING)),
}

_ORDINARY: dict[tuple[State, Action], Rule] = {
    **_SHARED,
    **_rules(_A.SPLIT, (_S.ACCEPTED, _S.IN_PROGRESS), _rule(None, (Who.UNIT_HEAD, Who.DISPATCHER), Need.UNITS)),
    **_rules(_A.PROGRESS, (_S.ACCEPTED, _S.IN_PROGRESS), _rule(_S.IN_PROGRESS, (Who.DOER,), Need.WHAT)),
    **_rules(_A.REPORT_DONE, (_S.ACCEPTED, _S.IN_PROGRESS), _rule(_S.REPORTED, (Who.UNIT_HEAD,), Need.WHAT)),
    **_rules(_A.SEND_BACK, (_S.REPORTED,), _rule(_S.IN_PROGRESS, (Who.VERIFIER,), Need.REASON, Need.WAY)),
    **_rules(_A.VERIFY, (_S.REPORTED,), _rule(None, (Who.VERIFIER,), Need.WAY)),
    **_rules(_A.CLOSE, (_S.REPORTED,), _rule(_S.CLOSED, (Who.VERIFIER,), Need.WAY, clock=Clock.STOPS)),
    **_rules(_A.REOPEN, (_S.CLOSED,), _rule(_S.IN_PROGRESS, _DECIDING, Need.REASON, clock=Clock.STARTS)),
}

_STANDING: dict[tuple[State, Action], Rule] = {
    **_SHARED,
    **_rules(_A.REVIEW, (_S.ACCEPTED, _S.IN_PROGRESS), _rule(_S.IN_PROGRESS, (Who.UNIT_HEAD, *_DECIDING), Need.WHAT)),
    **_rules(_A.PROGRESS, (_S.ACCEPTED, _S.IN_PROGRESS), _rule(_S.IN_PROGRESS, (Who.DOER,), Need.WHAT)),
}

TABLE: dict[Key, Rule] = {
    **{(Track.ORDINARY, state, action): rule for (state, action), rule in _ORDINARY.items()},
    **{(Track.STANDING, state, action): rule for (state, action), rule in _STANDING.items()},
}


def rule_for(track: str, state: str, action: str) -> Rule | None:
    """The rule of an act on an item of this track in this state; None when the act is not possible then."""
    return TABLE.get((Track(track), State(state), Action(action)))


def actions_in(track: str, state: str) -> tuple[Action, ...]:
    """Acts possible in a state, in the order of `Action`."""
    return tuple(action for action in Action if (Track(track), State(state), action) in TABLE)
