"""Opening hours as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.opening_hours import Opening, open_share, read_hours


def week(text):
    return [(o.day, o.start / 60, o.end / 60) for o in read_hours(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo–Fr 7:00–16:30", [(d, 7.0, 16.5) for d in range(5)]),
        ("Mo und Mi 9:00–11:00", [(0, 9.0, 11.0), (2, 9.0, 11.0)]),
        ("Di, Do 9.30 bis 11.30 Uhr", [(1, 9.5, 11.5), (3, 9.5, 11.5)]),
        ("montags bis mittwochs 8 - 12 Uhr", [(d, 8.0, 12.0) for d in range(3)]),
        ("Mo 8–12 und 14–16 Uhr; Fr 8–12", [(0, 8.0, 12.0), (0, 14.0, 16.0), (4, 8.0, 12.0)]),
        ("Mo: 7-17 Uhr, Sa: 9-13 Uhr", [(0, 7.0, 17.0), (5, 9.0, 13.0)]),
        ("Fr-Mo 20-22", [(0, 20.0, 22.0), (4, 20.0, 22.0), (5, 20.0, 22.0), (6, 20.0, 22.0)]),
        ("Sa/So 10-18", [(5, 10.0, 18.0), (6, 10.0, 18.0)]),
        ("Mon-Tue 8:00-24:00", [(0, 8.0, 24.0), (1, 8.0, 24.0)]),
    ],
)
def test_hours_are_read(text, expected):
    assert week(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "nach Vereinbarung", "Mo-Fr", "7-16 Uhr", "Mo 16-7", "Mo 8-25", "Xx 8-10", "Mo-Di-Mi 8-9",
     "Mo-Fr 7.00-16.00 Uhr (Frühdienst ab 6)", "Mo-Fr 7-16, außer in den Ferien"],
)  # fmt: skip
def test_what_cannot_be_read_whole_is_not_guessed(text):
    assert read_hours(text) == ()


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    for opening in read_hours(text):
        assert 0 <= opening.day <= 6
        assert 0 <= opening.start < opening.end <= 24 * 60


def test_half_an_hour_counts_half():
    openings = (Opening(0, 450, 960), Opening(0, 450, 480))
    assert open_share(openings, 0, 7) == 1.0
    assert open_share(openings[:1], 0, 7) == 0.5
    assert open_share(openings, 0, 6) == open_share(openings, 1, 7) == 0.0
