"""What a room answered, in words and bars."""

from __future__ import annotations

import pytest

from domain.workshop_answers import Answer, tally
from domain.workshop_script import Slide, Words, option_words
from domain.workshop_truth import Truth, right_guesses, truth_of
from figures.workshop_results import MOST_AREAS, Asked, result_of
from i18n import translator

NAMES = {"a": "Hafen", "b": "Mitte", "c": "Nord"}
OPTIONS = option_words(("Ja", "Nein", "Vielleicht"))


def slide(form, kind="guess", **more):
    return Slide("s", kind, form, Words("Frage?"), view="/atlas", **more)


def said(one, answers, truth=None, language="de", ranked=()):
    asked = Asked(one, NAMES, ranked, " %", 1)
    found = tally(one, answers, len(ranked))
    return result_of(asked, found, truth or Truth(), translator(language), language)


def test_votes_are_counted_and_the_first_is_named():
    one = slide("single", "poll", options=OPTIONS)
    result = said(one, [Answer(chosen=(1,)), Answer(chosen=(1,)), Answer(chosen=(0,))])
    assert result.headline == "Am häufigsten: Nein (2 von 3)"
    assert [(b.label, b.value, b.share) for b in result.bars] == [
        ("Ja", "1 (33 %)", 0.5), ("Nein", "2 (67 %)", 1.0), ("Vielleicht", "0 (0 %)", 0.0),
    ]  # fmt: skip
    assert result.notes == ("3 Antworten",)


def test_two_at_the_top_are_both_named_in_english():
    one = slide("multiple", "poll", options=OPTIONS)
    result = said(one, [Answer(chosen=(0, 1))], language="en")
    assert result.headline == "Level at the top: Ja, Nein (1 of 1 each)"


def test_points_are_shares_of_all_points():
    one = slide("points", "poll", options=OPTIONS, points=10)
    result = said(one, [Answer(points=(7, 3, 0)), Answer(points=(0, 10, 0))])
    assert result.headline == "Die meisten Punkte: Nein (13 von 20)"
    assert result.bars[0].value == "7 (35 %)"


def test_a_scale_shows_its_steps_and_middle():
    one = slide("scale", "poll", low=1, high=5)
    result = said(one, [Answer(value=v) for v in (1, 4, 4, 5)])
    assert [b.label for b in result.bars] == ["1", "2", "3", "4", "5"]
    assert result.headline == "Die mittlere Antwort ist 4,0 %."
    assert "Hälfte der 4 Antworten" in result.notes[0]


@pytest.mark.parametrize(
    ("value", "words"),
    [(18.4, "trifft"), (20.0, "1,6 Prozentpunkte zu hoch"), (10.0, "8,4 Prozentpunkte zu niedrig")],
)
def test_a_guess_says_how_far_off_it_is_once_the_truth_is_told(value, words):
    one = slide("value")
    guesses = [Answer(value=value)]
    truth = Truth(value=18.4, is_known=True)
    assert "18,4" not in " ".join((said(one, guesses).headline, *said(one, guesses).notes)) or (
        value == 18.4
    )
    told = said(one, guesses, truth)
    assert words in told.headline
    assert told.notes[-1] == "Die Zahlen sagen: 18,4 %."


def test_districts_say_how_many_were_right_and_count_the_rest():
    one = slide("district")
    many = [Answer(area=f"x{k}") for k in range(MOST_AREAS + 2)]
    answers = [*many, Answer(area="a"), Answer(area="a")]
    before = said(one, answers)
    assert before.headline == "Am häufigsten: Hafen (2 von 12)"
    assert "3 weitere nannten andere Gebiete." in before.notes
    assert not any(b.is_right for b in before.bars)
    after = said(one, answers, Truth(areas=("a",), is_known=True))
    assert after.headline == "2 von 12 lagen richtig."
    assert [b.label for b in after.bars if b.is_right] == ["Hafen"]
    assert after.notes[-1] == "Den höchsten veröffentlichten Wert hat Hafen."


def test_a_ranking_is_ordered_by_mean_place_and_marks_what_is_right():
    one = slide("ranking")
    answers = [Answer(chosen=(1, 0, 2)), Answer(chosen=(1, 2, 0))]
    result = said(one, answers, Truth(order=(1, 2, 0), is_known=True), ranked=("a", "b", "c"))
    assert result.headline == "Im Raum steht Mitte an erster Stelle."
    assert [(b.label, b.is_right) for b in result.bars] == [
        ("Mitte", True), ("Hafen", False), ("Nord", False),
    ]  # fmt: skip
    assert "Mitte, Nord, Hafen" in result.notes[-1]


def test_without_answers_the_truth_may_still_be_told():
    result = said(slide("value"), [], Truth(value=3.0, is_known=True))
    assert result.headline == "Noch keine Antwort."
    assert result.notes == ("Die Zahlen sagen: 3,0 %.",)


VALUES = {"a": 3.0, "b": 9.0, "c": None, "d": 9.0}


def test_the_truth_is_what_is_published_and_nothing_else():
    assert truth_of(slide("value"), VALUES, 5.0, ()) == Truth(value=5.0, is_known=True)
    assert truth_of(slide("value"), VALUES, 5.0, ("a",)).value == 3.0
    assert not truth_of(slide("value"), VALUES, 5.0, ("c",)).is_known
    assert not truth_of(slide("value"), VALUES, None, ()).is_known
    assert truth_of(slide("district"), VALUES, 5.0, ()).areas == ("b", "d")
    assert not truth_of(slide("district"), {"c": None}, 5.0, ()).is_known
    assert truth_of(slide("ranking"), VALUES, 5.0, ("a", "b")).order == (1, 0)
    assert not truth_of(slide("ranking"), VALUES, 5.0, ("a", "c")).is_known
    assert not truth_of(slide("single", "poll"), VALUES, 5.0, ()).is_known


def test_right_guesses_are_counted():
    value = Truth(value=5.0, is_known=True)
    answers = [Answer(value=v) for v in (4.0, 5.5, 9.0)]
    assert right_guesses(slide("value"), value, answers, 1.0) == 2
    areas = Truth(areas=("a",), is_known=True)
    assert right_guesses(slide("district"), areas, [Answer(area="a"), Answer(area="b")], 0) == 1
    order = Truth(order=(1, 0), is_known=True)
    assert right_guesses(slide("ranking"), order, [Answer(chosen=(1, 0))], 0) == 1
    assert right_guesses(slide("value"), Truth(), answers, 1.0) == 0
