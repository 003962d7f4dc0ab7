"""Areas are found although their names are typed with a slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.name_search import find_names, in_alphabet

NAMES = {
    "1": "Grünau-Süd",
    "2": "Altstadt",
    "3": "Neustadt",
    "4": "Großenhagen",
    "5": "Alt-Hohenschönhausen Nord",
    "11": "Hafen",
}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("grünau", "1"), ("Gruenau", "1"), ("grunau", "1"), ("sued", "1"), ("Sud", "1"),
        ("altstat", "2"), ("Aldstadt", "2"), ("grossen", "4"), ("großenhgen", "4"),
        ("hohenschönhausen", "5"), ("hohenschoenhsn", "5"), ("11", "11"), ("1", "1"),
    ],
)  # fmt: skip
def test_a_slip_finds_the_name(typed, first):
    assert find_names(NAMES, typed)[0] == first


def test_names_that_begin_with_the_text_come_first():
    assert find_names({"a": "Bad Neustadt", "b": "Neustadt"}, "neu") == ("b", "a")


def test_nothing_is_guessed_from_foreign_letters():
    assert find_names(NAMES, "xyzzyx") == ()
    assert find_names(NAMES, "") == ()
    assert find_names(NAMES, "g") == ()


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(text):
    found = find_names(NAMES, text, most=3)
    assert len(found) <= 3


def test_lists_of_names_put_umlauts_with_their_vowels():
    names = ["Windmühlenberg", "Ölmühle", "Ostkai", "Schlossallee", "Schäferkoppel", "auental"]
    assert sorted(names, key=in_alphabet) == [
        "auental", "Ölmühle", "Ostkai", "Schäferkoppel", "Schlossallee", "Windmühlenberg",
    ]  # fmt: skip
