"""The address of the page of measures: read, made valid, written back."""

from __future__ import annotations

import pytest

from domain.effects_query import (
    EffectsChoices,
    parse_effects,
    serialise_effects,
    validate_effects,
)

OFFERED = EffectsChoices(
    {"a": (("x/1", "x/2"), "running"), "b": (("x/2",), "ended")}, years=(2026, 2025)
)


def asked(text):
    return validate_effects(parse_effects(text), OFFERED)


@pytest.mark.parametrize(
    ("text", "measure"),
    [("", "a"), ("measure=b", "b"), ("status=ended", "b"), ("area=x/1&measure=b", "a"),
     ("area=x/1&status=ended", "")],
)  # fmt: skip
def test_filters_decide_which_measure_is_shown(text, measure):
    query, hints = asked(text)
    assert (query.measure, hints) == (measure, ())


def test_what_is_unknown_falls_back_with_a_hint():
    query, hints = asked("measure=zzz&area=y/9&status=bald&year=1999&lang=fr&x=1&year=2025")
    assert (query.measure, query.area, query.status, query.year) == ("a", "", "", 0)
    keys = [key for key, _ in hints]
    assert "hint.effects_measure" in keys
    assert "hint.unreadable" in keys
    assert keys.count("hint.effects") == 2
    assert "hint.lang" in keys


def test_what_was_read_is_written_back():
    query, _ = asked("measure=b&year=2025&area=x/2&lang=en")
    assert serialise_effects(query) == "measure=b&area=x/2&year=2025&lang=en"
    assert asked(serialise_effects(query))[0] == query


def test_without_measures_nothing_is_asked_for():
    query, hints = validate_effects(parse_effects("measure="), EffectsChoices({}, ()))
    assert (query.measure, hints) == ("", ())
