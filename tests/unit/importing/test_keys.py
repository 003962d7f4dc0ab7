import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.keys import AreaKeys, extracted
from data.importing.names import normal_name

NAMES = {"01": "Altstadt", "02": "Westliche Höhe", "03": "St. Jürgen", "04": "Schloßstraße"}
KEYS = AreaKeys(NAMES, {"Rude/Südstadt": "03"})


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("Altstadt", "01"),
        ("ALTSTADT ", "01"),
        ("Westliche_Höhe", "02"),
        ("westliche hoehe", "02"),
        ("Westliche-Hohe".replace("Hohe", "Höhe"), "02"),
        ("Sankt Jürgen", "03"),
        ("St.Jürgen", "03"),
        ("Schlossstr.", "04"),
        ("Schloßstraße", "04"),
        ("Rude/Südstadt", "03"),
    ],
)
def test_a_name_is_found_however_the_office_writes_it(written, area):
    assert KEYS.find(written, by="name").area == area


def test_a_name_of_two_areas_is_never_guessed():
    keys = AreaKeys({"1": "Rodenkirchen", "2": "rodenkirchen"})
    match = keys.find("Rodenkirchen", by="name")
    assert (match.area, match.problem) == ("", "ambiguous")
    assert {suggestion.area for suggestion in match.suggestions} == {"1", "2"}


def test_an_alias_decides_an_ambiguous_name():
    keys = AreaKeys({"1": "Rodenkirchen", "2": "Rodenkirchen"}, {"Rodenkirchen": "2"})
    assert keys.find("Rodenkirchen", by="name").area == "2"


def test_a_misspelt_name_is_unknown_with_a_scored_suggestion():
    match = KEYS.find("Altstat", by="name")
    assert (match.area, match.problem) == ("", "unknown")
    best = match.suggestions[0]
    assert (best.area, best.shown) == ("01", "01 Altstadt")
    assert 0.9 < best.score < 1


def test_a_key_that_lost_its_zero_is_suggested_and_not_taken():
    match = KEYS.find("1", by="id")
    assert match.area == ""
    assert match.suggestions[0][0] == "01"


def test_ids_are_text_and_keep_their_zeros():
    assert KEYS.find("01", by="id").area == "01"
    assert KEYS.find("001", by="id").area == ""


@pytest.mark.parametrize(
    ("text", "pattern", "pad", "key"),
    [
        ("STGT03", r"STGT(\d+)", 2, "03"),
        ("1", None, 2, "01"),
        ("01 Altstadt", r"^(\d+)", 0, "01"),
        ("01 Altstadt", r"\d+ (.*)", 0, "Altstadt"),
        ("ab12", r"\d+", 3, "012"),
        ("Gesamt", r"^(\d+)", 2, None),
        ("", None, 2, ""),
    ],
)
def test_a_key_is_cut_out_by_pattern_and_padded(text, pattern, pad, key):
    assert extracted(text, re.compile(pattern) if pattern else None, pad) == key


@given(st.text(max_size=30))
def test_a_normal_name_is_its_own_normal_form(name):
    once = normal_name(name)
    assert normal_name(once) == once
