"""What the form of a delivery decides, and what it leaves as it was."""

import datetime as dt

import pytest

from services.learned_names import LearnedName
from services.uploads import Stage, Upload, UploadView
from web.staff.delivery_form import BadChoiceError, decisions_of

TOLD = {
    "sheet": "Daten",
    "sheets": [{"name": "Daten"}, {"name": "Alt"}],
    "marks": {"symbols": {"*": "suppressed"}, "unknown": ["?"]},
    "guesses": [
        {"column": "Ort", "uses": ["area"]},
        {"column": "Kinder", "uses": ["value:kinder", "denominator:armut"]},
    ],
    "unknown": [{"text": "Nord", "level": "viertel@1"}],
    "indicators": [{"id": "hunde"}],
}
PLACES = {"viertel@1": {"01": "Altstadt", "02": "Höhe", "03": "Höhe"}}
AS_GUESSED = {
    "c0-0-role": "area", "c0-1-role": "",
    "c1-0-role": "value", "c1-0-indicator": "kinder",
    "c1-1-role": "denominator", "c1-1-indicator": "armut",
    "sheet": "Daten", "sign-0": "suppressed",
}  # fmt: skip


def view(**decided):
    upload = Upload("0" * 32, "a.csv", "eingang/a.csv", "anna", dt.datetime.now(dt.UTC), "r")
    upload = Upload(**{**upload.__dict__, **decided})
    return UploadView(upload, Stage.LOOKED, None, TOLD, ())


def decide(form, **decided):
    return decisions_of(form, view(**decided), PLACES)


def test_a_form_sent_back_as_it_was_decides_nothing():
    made = decide(AS_GUESSED)
    assert (made.reading, made.sets, made.names) == ({}, {}, [])


def test_without_fields_what_was_decided_stays():
    reading = {"sheet": "Alt", "signs": {"?": "pending"}}
    sets = {"Ort": "area-name", "*": "period:2024"}
    made = decide({}, reading=reading, sets=sets)
    assert (made.reading, made.sets) == (reading, sets)


@pytest.mark.parametrize(
    ("fields", "column", "uses"),
    [
        ({"c0-0-role": "area", "c0-0-more": "viertel@1"}, "Ort", "area:viertel@1"),
        ({"c0-0-role": "ignore"}, "Ort", "ignore"),
        ({"c1-1-role": ""}, "Kinder", "value:kinder"),
        ({"c1-0-more": "w@2024"}, "Kinder", "value:kinder:w@2024,denominator:armut"),
        ({"c1-0-indicator": "+"}, "Kinder", "value:kinder,denominator:armut"),
        ({"whole-period": "2024"}, "*", "period:2024"),
        ({"whole-period": "2024", "whole-area": "stadt@1"}, "*", "period:2024,area:stadt@1"),
    ],
)
def test_a_choice_is_written_in_the_short_way(fields, column, uses):
    sets = decide({**AS_GUESSED, **fields}).sets
    if fields.get("c1-0-indicator") == "+":  # its own name is what was guessed
        assert sets == {}
        return
    assert sets == {column: uses}


def test_how_it_is_read_is_taken_from_what_is_offered():
    form = {**AS_GUESSED, "sheet": "Alt", "thousands": ".", "decimal": "x", "encoding": "rot13"}
    assert decide(form).reading == {"sheet": "Alt", "thousands": "."}
    assert decide({**AS_GUESSED, "sign-1": "pending"}).reading == {"signs": {"?": "pending"}}
    assert decide({**AS_GUESSED, "sign-1": "ok"}).reading == {}


def test_a_name_means_an_area_by_key_or_by_a_name_of_one_alone():
    assert decide({"name-0": "02"}).names == [LearnedName("viertel", "Nord", "02")]
    assert decide({"name-0": "Altstadt"}).names == [LearnedName("viertel", "Nord", "01")]
    for given in ("Höhe", "99"):
        with pytest.raises(BadChoiceError):
            decide({"name-0": given})


def test_a_new_indicator_keeps_what_was_written():
    form = {"i0-name_de": " Hunde ", "i0-polarity": "magic", "i0-theme": "thema", "i0-unit_de": ""}
    assert decide(form).indicators == {"hunde": {"name_de": "Hunde", "theme": "thema"}}
