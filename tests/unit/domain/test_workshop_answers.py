"""Answers of participants: what is one, and what they say together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workshop_answers import LONGEST_COMMENT, Answer, AnswerError, Place, read_answer, tally
from domain.workshop_script import Slide, Words
from tests.unit.domain.test_workshop_script import SCRIPT, TWO

PLACE = Place({"01", "02"}, (9.0, 54.0, 9.2, 54.2))
SLIDE = {s.id: s for s in SCRIPT.slides}
MANY = Slide("m", "poll", "multiple", Words("Was?"), options=(*TWO, Words("Vielleicht")))
RANK = Slide("r", "guess", "ranking", Words("Reihenfolge?"), view="/atlas")
CLICK = Slide("k", "guess", "district", Words("Wo?"), view="/atlas")
PIN = SLIDE["f"]


@pytest.mark.parametrize(
    ("slide", "sent", "expected"),
    [
        (SLIDE["c"], {"option": "1"}, Answer(chosen=(1,))),
        (MANY, {"options": [2, 0, 2]}, Answer(chosen=(0, 2))),
        (MANY, {"options": "1,2"}, Answer(chosen=(1, 2))),
        (RANK, {"options": "2,0,1"}, Answer(chosen=(2, 0, 1))),
        (SLIDE["b"], {"value": "12,5"}, Answer(value=12.5)),
        (SLIDE["d"], {"value": 5}, Answer(value=5.0)),
        (SLIDE["e"], {"points": ["", "10"]}, Answer(points=(0, 10))),
        (CLICK, {"area": "02"}, Answer(area="02")),
        (PIN, {"area": "01", "text": " Licht \n fehlt "},
         Answer(area="01", category=0, text="Licht fehlt")),
        (PIN, {"x": "9.1", "y": 54.1, "text": "<b>hier</b> 🙂"},
         Answer(at=(9.1, 54.1), category=0, text="<b>hier</b> 🙂")),
    ],
)  # fmt: skip
def test_answers_are_read(slide, sent, expected):
    assert read_answer(slide, sent, PLACE, 3) == expected


@pytest.mark.parametrize(
    ("slide", "sent"),
    [
        (SLIDE["c"], {}),
        (SLIDE["c"], {"option": 2}),
        (SLIDE["c"], {"option": -1}),
        (SLIDE["c"], {"option": 0.5}),
        (SLIDE["c"], {"option": True}),
        (MANY, {"options": []}),
        (MANY, {"options": [0, 1, 2, 0]}),
        (MANY, {"options": {"0": 1}}),
        (RANK, {"options": [0, 1]}),
        (RANK, {"options": [0, 1, 1]}),
        (SLIDE["b"], {"value": "61"}),
        (SLIDE["b"], {"value": "nan"}),
        (SLIDE["b"], {"value": "1e308"}),
        (SLIDE["d"], {"value": 2.5}),
        (SLIDE["e"], {"points": [6, 5]}),
        (SLIDE["e"], {"points": [0, 0]}),
        (SLIDE["e"], {"points": [-1, 5]}),
        (SLIDE["e"], {"points": [1]}),
        (SLIDE["e"], {"points": "55"}),
        (CLICK, {"area": "99"}),
        (CLICK, {"area": ["01"]}),
        (PIN, {"text": "ohne Ort"}),
        (PIN, {"area": "01", "text": " "}),
        (PIN, {"area": "01", "text": "x" * (LONGEST_COMMENT + 1)}),
        (PIN, {"x": 13.4, "y": 52.5, "text": "Berlin"}),
        (PIN, {"x": "nan", "y": "1e308", "text": "nirgends"}),
        (PIN, {"area": "01", "text": "x", "category": 1}),
        (SLIDE["a"], {"option": 0}),
    ],
)
def test_what_is_no_answer_is_refused(slide, sent):
    with pytest.raises(AnswerError):
        read_answer(slide, sent, PLACE, 3)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.sampled_from([*SCRIPT.slides, MANY, RANK, CLICK]),
    st.dictionaries(
        st.sampled_from(
            ["option", "options", "value", "points", "area", "x", "y", "text", "category"]
        ),
        _json,
    ),
)
def test_whatever_a_phone_sends_is_an_answer_or_refused(slide, sent):
    try:
        answer = read_answer(slide, sent, PLACE, 3)
    except AnswerError:
        return
    tally(slide, [answer], 3)


def test_votes_points_and_steps_are_counted():
    told = tally(MANY, [Answer(chosen=(0, 2)), Answer(chosen=(2,))])
    assert (told.answers, told.counts) == (2, (1, 0, 2))
    assert tally(SLIDE["e"], [Answer(points=(3, 7)), Answer(points=(1, 0))]).counts == (4, 7)
    steps = tally(SLIDE["d"], [Answer(value=v) for v in (1.0, 5.0, 5.0)])
    assert steps.counts == (1, 0, 0, 0, 2)
    assert steps.middle == 5.0


def test_guesses_have_a_middle_and_rankings_mean_places():
    told = tally(SLIDE["b"], [Answer(value=v) for v in (10.0, 20.0, 40.0, 50.0, 60.0)])
    assert (told.low, told.middle, told.high) == (20.0, 40.0, 50.0)
    ranks = tally(RANK, [Answer(chosen=(2, 0, 1)), Answer(chosen=(0, 1, 2))], 3)
    assert ranks.mean_ranks == (1.5, 2.5, 2.0)
    assert tally(CLICK, [Answer(area="01"), Answer(area="01"), Answer(area="02")]).areas == {
        "01": 2,
        "02": 1,
    }


def test_nobody_answered():
    for slide in (*SCRIPT.slides, MANY, RANK, CLICK):
        assert tally(slide, [], 3).answers == 0
    assert tally(replace(SLIDE["b"]), []).middle is None
