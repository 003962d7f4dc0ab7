"""Slides as forms: what was kept comes back, and what was typed is a slide or is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workshop_form import (
    SORTS,
    in_form,
    needed,
    new_slide,
    read_slide,
    sort_of,
    typed_slide,
)
from domain.workshop_script import Script, ScriptError, Slide, Words, checked
from tests.unit.domain.test_workshop_script import SCRIPT, TWO

PLAIN_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20)
LINE = PLAIN_TEXT.map(str.strip).filter(bool)
OPTIONS = st.lists(
    st.builds(Words, LINE, PLAIN_TEXT.map(str.strip), PLAIN_TEXT.map(str.strip)),
    min_size=2, max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("slide", SCRIPT.slides, ids=lambda s: s.id)
def test_a_slide_comes_back_from_its_form_as_it_was(slide):
    assert read_slide(slide, typed_slide(slide), 1) == slide


@given(OPTIONS)
def test_options_of_three_languages_stay_beside_each_other(options):
    slide = Slide("a", "poll", "single", Words("Was?"), options=tuple(options))
    assert read_slide(slide, typed_slide(slide), 1) == slide


def test_every_sort_begins_with_what_it_needs():
    assert len(SORTS) == 11
    for sort in SORTS:
        slide = new_slide("a", sort)
        assert sort_of(slide) == sort
        full = replace(
            slide, title=Words("Titel"), options=TWO if "options" in needed(slide) else (),
            view="/atlas" if "view" in needed(slide) else "",
        )  # fmt: skip
        assert checked(Script("x", (full,))).slides == (full,)
        assert read_slide(full, typed_slide(full), 1) == full
    with pytest.raises(ScriptError, match="sort"):
        new_slide("a", "film")


def test_another_form_keeps_what_both_need_and_begins_the_rest_anew():
    single = SCRIPT.slides[2]
    points = in_form(single, "points")
    assert (points.options, points.points) == (single.options, 5)
    scale = in_form(points, "scale")
    assert (scale.options, scale.points, scale.low, scale.high) == ((), 0, 1.0, 5.0)
    assert in_form(single, "value") == single
    assert in_form(single, "single") is single


@pytest.mark.parametrize(
    ("at", "typed", "problem"),
    [
        (1, {"low": "wenig"}, "number"),
        (1, {"low": ""}, "number"),
        (1, {"low": "nan"}, "number"),
        (1, {"low": "1_0"}, "number"),
        (4, {"points": "2,5"}, "number"),
        (4, {"points": "inf"}, "number"),
        (6, {"minutes": "1e400"}, "number"),
        (2, {"options_en": "a\nb\nc"}, "line"),
        (2, {"options_de": "a\n\nc", "options_en": "a\nb\nc"}, "line"),
    ],
)
def test_what_was_typed_wrong_names_slide_and_place(at, typed, problem):
    slide = SCRIPT.slides[at]
    with pytest.raises(ScriptError) as refused:
        read_slide(slide, {**typed_slide(slide), **typed}, 7)
    assert refused.value.key == f"workshop.problem.{problem}"
    assert refused.value.params["slide"] == "7"


def test_numbers_are_read_as_germans_write_them():
    slide = SCRIPT.slides[1]
    typed = {**typed_slide(slide), "low": " 2,5 ", "high": "\N{MINUS SIGN}1"}
    found = read_slide(slide, typed, 1)
    assert (found.low, found.high) == (2.5, -1.0)
    assert typed_slide(replace(slide, low=2.5))["low"] == "2,5"


def test_wholly_blank_lines_are_no_options():
    slide = SCRIPT.slides[2]
    typed = {"title_de": "x", "options_de": "Ja\r\n\r\nNein", "options_en": "Yes\n\nNo"}
    found = read_slide(slide, typed, 1)
    assert found.options == (Words("Ja", "Yes"), Words("Nein", "No"))


@given(
    st.sampled_from(SCRIPT.slides),
    st.dictionaries(
        st.sampled_from(sorted(typed_slide(SCRIPT.slides[0]))),
        st.text(max_size=30) | st.sampled_from(["1e308", "-0", "١٢", "9" * 400, "\x00", "\u2028"]),
    ),
)
def test_whatever_is_typed_is_a_slide_or_refused(slide, typed):
    with suppress(ScriptError):
        found = read_slide(slide, {**typed_slide(slide), **typed}, 1)
        assert checked(Script("x", (found,))).slides[0].id == slide.id
