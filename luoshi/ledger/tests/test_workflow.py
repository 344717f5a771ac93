"""The table itself: every state has a way out, every act a side and its needs."""

from luoshi.ledger.enums import ENDED, Action, State, Track
from luoshi.ledger.workflow import TABLE, Who, actions_in


def test_every_open_state_of_a_built_track_has_a_way_out() -> None:
    for track in (Track.ORDINARY, Track.STANDING):
        reached = {State.REGISTERED, *(rule.target for key, rule in TABLE.items() if key[0] == track and rule.target)}
        for state in reached - ENDED:
            assert actions_in(track, state), (track, state)


def test_an_ended_item_is_only_reopened() -> None:
    assert actions_in(Track.ORDINARY, State.CLOSED) == (Action.REOPEN,)
    assert actions_in(Track.ORDINARY, State.TERMINATED) == ()


def test_only_a_verifier_finishes() -> None:
    sides = {rule.who for rule in TABLE.values() if rule.target == State.CLOSED}
    assert sides == {frozenset({Who.VERIFIER})}


def test_every_act_names_who() -> None:
    assert all(rule.who for rule in TABLE.values())
