"""Scripts of workshops: what may stand on a slide, and that a file is read as it was written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workshop_codes import LENGTH, LETTERS, new_code, shown_code, typed_code
from domain.workshop_file import LONGEST_FILE, read_script, storable, write_script
from domain.workshop_script import (
    LONGEST_TITLE,
    MOST_SLIDES,
    Script,
    ScriptError,
    Slide,
    Words,
    checked,
    doubled,
    is_view,
    moved,
    option_words,
)

TWO = (Words("Ja", "Yes"), Words("Nein", "No"))
SLIDES = (
    Slide("a", "text", title=Words("Willkommen", "Welcome", "Hallo")),
    Slide(
        "b", "guess", "value", Words("Wie viele?"), view="/atlas?indicator=k&areas=01", high=60.0
    ),
    Slide("c", "poll", "single", Words("Stimmt das?"), options=TWO),
    Slide("d", "poll", "scale", Words("Wie sehr?"), low=1.0, high=5.0),
    Slide("e", "poll", "points", Words("Was zuerst?"), options=TWO, points=10),
    Slide("f", "pins", title=Words("Was fehlt?"), options=(Words("Spielplatz"),), view="/atlas"),
    Slide("g", "break", title=Words("Pause"), minutes=15, notes="Fenster auf"),
)
SCRIPT = Script("Sozialraumkonferenz", SLIDES)


def refused(slide, **changed):
    with pytest.raises(ScriptError) as error:
        checked(Script("x", (Slide("0", "text", title=Words("t")), replace(slide, **changed))))
    assert error.value.params["slide"] == "2"
    return error.value.key.removeprefix("workshop.problem.")


def test_every_kind_is_held_and_read_as_written():
    assert checked(SCRIPT) == SCRIPT
    assert read_script(write_script(SCRIPT)) == SCRIPT


@pytest.mark.parametrize(
    ("at", "changed", "problem"),
    [
        (0, {"kind": "film"}, "kind"),
        (0, {"form": "single"}, "form"),
        (2, {"form": ""}, "form"),
        (0, {"title": Words("", "Only English")}, "slide_title"),
        (0, {"title": Words("x" * (LONGEST_TITLE + 1))}, "long"),
        (0, {"text": Words("a\x00b")}, "long"),
        (1, {"view": ""}, "no_view"),
        (1, {"view": "https://boese.example/atlas"}, "view"),
        (1, {"view": "/intern/daten"}, "view"),
        (1, {"low": 60.0}, "span"),
        (1, {"high": float("inf")}, "span"),
        (2, {"options": TWO[:1]}, "options"),
        (2, {"options": (Words("Ja"), Words(" "))}, "options"),
        (2, {"options": TWO * 7}, "options"),
        (3, {"high": 4.5}, "span"),
        (3, {"high": 101.0}, "span"),
        (4, {"points": 0}, "points"),
        (5, {"options": ()}, "options"),
        (6, {"minutes": 0}, "minutes"),
    ],
)
def test_what_cannot_be_held_names_its_slide(at, changed, problem):
    assert refused(SLIDES[at], **changed) == problem


def test_two_slides_of_one_id_and_a_script_without_title_are_refused():
    with pytest.raises(ScriptError, match="id"):
        checked(Script("x", (SLIDES[0], SLIDES[0])))
    with pytest.raises(ScriptError, match="title"):
        checked(Script("  "))


def _with(slide):
    return f'{{"schema": 1, "title": "x", "slides": [{{"id": "a", {slide}}}]}}'


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"schema": 2}', "[" * 100_000, "x" * (LONGEST_FILE + 1),
     '{"schema": 1, "title": "x", "slides": [7]}',
     '{"schema": 1, "title": "x", "slides": {"0": {}}}',
     '{"schema": 1, "title": 5, "slides": []}',
     _with('"kind": "break", "title": "P", "minutes": NaN'),
     _with('"kind": "break", "title": "P", "minutes": 1e999'),
     _with('"kind": "poll", "form": "single", "title": "P", "options": "ab"')],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(text):
    with pytest.raises(ScriptError):
        read_script(text)


@pytest.mark.parametrize(
    ("slide", "problem"),
    [
        ('"kind": "text", "title": "P", "colour": "red"', "field"),
        ('"kind": "text", "title": {"de": "P", "fr": "P"}', "field"),
        ('"kind": "text", "title": 7', "field"),
        ('"kind": "text", "title": "P", "notes": ["x"]', "field"),
        ('"kind": "break", "title": "P", "minutes": 2.5', "field"),
        ('"kind": "break", "title": "P", "minutes": true', "field"),
        ('"kind": "break", "title": "P", "minutes": "5"', "field"),
        ('"kind": "poll", "form": "scale", "title": "P", "low": 1' + "0" * 400, "field"),
        ('"kind": "poll", "form": "single", "title": "P", "options": [1, 2]', "field"),
        ('"kind": "text", "title": "P\\ud800"', "long"),
        ('"kind": "text", "title": "P", "text": "a\\u0007b"', "long"),
    ],
)
def test_everything_a_file_carries_is_checked(slide, problem):
    with pytest.raises(ScriptError) as refused:
        read_script(_with(slide))
    assert refused.value.key == f"workshop.problem.{problem}"
    assert refused.value.params["slide"] == "1"


def test_a_file_with_a_field_no_script_has_is_refused():
    with pytest.raises(ScriptError, match="script_field"):
        read_script('{"schema": 1, "title": "x", "slides": [], "secret": 1}')


def test_large_values_can_be_guessed_and_are_read_again():
    slide = Slide("a", "guess", "value", Words("Wie viele?"), view="/atlas", high=1_500_000.0)
    script = Script("x", (slide,))
    assert read_script(write_script(storable(script))) == script
    with pytest.raises(ScriptError, match="span"):
        checked(Script("x", (replace(slide, high=1e10),)))


def test_a_script_whose_file_could_not_be_read_again_is_not_stored():
    text = Words("ä" * 2_000, "b" * 2_000, "c" * 2_000)
    slides = tuple(
        Slide(str(n), "text", title=Words("x"), text=text, notes="d" * 2_000) for n in range(60)
    )
    assert checked(Script("x", slides))
    with pytest.raises(ScriptError, match="script_large"):
        storable(Script("x", slides))


@pytest.mark.parametrize("slide_id", ["", "a/b", "ä", "x" * 41, "a b"])
def test_ids_can_stand_in_addresses(slide_id):
    with pytest.raises(ScriptError, match="id"):
        checked(Script("x", (replace(SLIDES[0], id=slide_id),)))


def test_texts_without_language_are_german():
    told = {"schema": 1, "title": "x", "slides": [{"id": "a", "kind": "text", "title": "Hallo"}]}
    (slide,) = read_script(json.dumps(told)).slides
    assert [slide.title.in_language(x) for x in ("de", "en", "plain")] == ["Hallo"] * 3


def test_slides_move_and_double():
    assert [s.id for s in moved(SCRIPT, "c", 0).slides] == list("cabdefg")
    assert [s.id for s in moved(SCRIPT, "a", 99).slides] == list("bcdefga")
    assert moved(SCRIPT, "zz", 0) == SCRIPT
    assert [s.id for s in doubled(SCRIPT, "b", "n").slides] == list("abncdefg")
    full = Script("x", tuple(replace(SLIDES[0], id=str(n)) for n in range(MOST_SLIDES)))
    with pytest.raises(ScriptError, match="many"):
        doubled(full, "0", "n")


def test_only_own_pages_can_be_shown():
    assert is_view("/profil/stadtteile/11")
    assert not is_view("/profil/../intern")
    assert not is_view("/atlasx")
    assert not is_view("/atlas?x=\n")


def test_blank_lines_are_no_options():
    assert option_words(["a ", "", "  ", "b"]) == (Words("a"), Words("b"))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    with pytest.raises(ScriptError):
        read_script(text)


def test_codes_have_no_two_signs_that_look_alike():
    assert not set("IO01SZ8") & set(LETTERS)
    code = new_code()
    assert len(code) == LENGTH
    assert typed_code(shown_code(code).lower()) == code
    assert typed_code("ABCDEFGÄ") == typed_code("ABCDEFGHJ") == ""
