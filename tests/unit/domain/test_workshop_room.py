"""A room as the presenter moves it on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workshop_room import (
    MOVES,
    MoveError,
    RoomState,
    move,
    shown_slide,
    takes_answers,
)
from tests.unit.domain.test_workshop_script import SCRIPT


def after(*deeds, state=None, **told):
    state = state or RoomState()
    for deed in deeds:
        state = move(state, SCRIPT, deed, **told)
    return state


def test_a_room_waits_opens_and_ends_for_good():
    assert shown_slide(RoomState(), SCRIPT) is None
    opened = after("start")
    assert shown_slide(opened, SCRIPT).id == "a"
    ended = after("start", "next", "end")
    assert shown_slide(ended, SCRIPT) is None
    for deed in MOVES:
        with pytest.raises(MoveError, match="ended"):
            move(ended, SCRIPT, deed)
    with pytest.raises(MoveError, match="waiting"):
        move(RoomState(), SCRIPT, "next")


def test_a_guess_closes_when_it_is_revealed_and_a_poll_does_not():
    guess = after("start", "next")
    assert takes_answers(guess, SCRIPT, "b")
    shown = after("reveal", state=guess)
    assert shown.is_revealed
    assert not takes_answers(shown, SCRIPT, "b")
    assert not after("accept", state=shown).accepts
    assert takes_answers(after("hide", "accept", state=shown), SCRIPT, "b")
    poll = after("next", "reveal", state=shown)
    assert takes_answers(poll, SCRIPT, "c")
    assert not takes_answers(after("refuse", state=poll), SCRIPT, "c")


def test_a_guess_whose_answer_was_told_stays_closed_when_the_presenter_returns():
    told = after("start", "next", "reveal", "next", "back")
    assert shown_slide(told, SCRIPT).id == "b"
    assert not told.is_revealed
    assert not takes_answers(told, SCRIPT, "b")
    assert told.told == ("b",)
    # taking answers again is the presenter's own decision
    assert takes_answers(after("accept", state=told), SCRIPT, "b")


def test_results_are_hidden_again_on_the_next_slide_and_only_the_shown_one_takes_answers():
    state = after("start", "next", "next", "reveal", "next")
    assert not state.is_revealed
    assert takes_answers(state, SCRIPT, "d")
    assert not takes_answers(state, SCRIPT, "c")
    assert not after("start").accepts


def test_exploring_leaves_the_script_and_comes_back():
    state = move(after("start"), SCRIPT, "explore", view="/atlas?indicator=x", follows=False)
    assert (state.explored, state.follows) == ("/atlas?indicator=x", False)
    assert after("return", state=state).explored == ""
    assert after("next", state=state).explored == ""
    with pytest.raises(MoveError, match="explored"):
        move(state, SCRIPT, "explore", view="https://boese.example")


def test_ends_of_the_script_hold():
    first = after("start")
    assert after("back", state=first) == first
    last = move(first, SCRIPT, "go", position=99)
    assert last.position == len(SCRIPT.slides) - 1
    assert after("next", state=last) == last


@given(st.lists(st.sampled_from(MOVES), max_size=30), st.integers(-5, 20))
def test_the_version_never_falls_and_a_move_sent_twice_changes_nothing_more(deeds, position):
    state = RoomState()
    for deed in deeds:
        try:
            told = move(state, SCRIPT, deed, position=position, view="/atlas")
        except MoveError:
            continue
        assert told.version in (state.version, state.version + 1)
        assert (told == state) == (told.version == state.version)
        if deed not in ("next", "back") and told.phase != "ended":
            assert move(told, SCRIPT, deed, position=position, view="/atlas") == told
        state = told
