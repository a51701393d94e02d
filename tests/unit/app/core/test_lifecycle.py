"""The moves of a draft, as data."""

from __future__ import annotations

import pytest

from app.core.errors import MoveNotAllowed
from app.core.lifecycle import ENTRY, MOVES, PROMPT, TIMED, State, require_move
from app.core.routes import Route

DEAD_ENDS = {State.SENT, State.REJECTED, State.UNDONE}


def test_every_state_has_its_moves_and_every_route_its_entry() -> None:
    assert set(MOVES) == set(State)
    assert set(ENTRY) == set(Route)


def test_the_dead_ends_are_dead_ends() -> None:
    assert {state for state, moves in MOVES.items() if not moves} == DEAD_ENDS


def test_only_a_send_that_was_begun_can_be_sent() -> None:
    leads_to_sent = {state for state, moves in MOVES.items() if State.SENT in moves}
    late = {State.SCHEDULED}  # tried again by a person, when the receipt of the first attempt turns up
    assert leads_to_sent == {State.SENDING, State.UNKNOWN, State.RECONCILING, State.NEEDS_PERSON} | late


def test_a_send_is_begun_only_from_scheduled_or_to_end_one_that_was_begun() -> None:
    begins = {state for state, moves in MOVES.items() if State.SENDING in moves}
    assert begins == {State.SCHEDULED, State.RECONCILING}


def test_what_may_have_left_is_only_sent_again_by_way_of_a_question_or_a_person() -> None:
    for state in (State.UNKNOWN, State.SENDING):
        assert State.SENDING not in MOVES[state]
    assert MOVES[State.UNKNOWN] == {State.RECONCILING, State.SENT}


def test_a_state_with_a_prompt_timer_has_a_timer() -> None:
    assert set(TIMED) >= PROMPT


@pytest.mark.parametrize("source", list(State))
@pytest.mark.parametrize("target", list(State))
def test_a_move_off_the_lines_is_refused(source: State, target: State) -> None:
    if target in MOVES[source]:
        require_move("dr_1", source, target)
    else:
        with pytest.raises(MoveNotAllowed, match=f"dr_1 is {source} and cannot become {target}"):
            require_move("dr_1", source, target)
