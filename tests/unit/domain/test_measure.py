"""A measure as it is typed: what is kept, what is refused, and when its review is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from domain.measure import (
    FIELDS,
    LONGEST_NAME,
    MOST_AREAS,
    WrongFieldError,
    changed_fields,
    read_measure,
    review_of,
    runs_in,
    standing_of,
    typed_measure,
)
from tests.measures import TYPED


def test_what_is_typed_is_read_and_written_back():
    facts = read_measure(TYPED)
    assert facts.areas == ("01", "03")
    assert (facts.cost, facts.size) == (12000.0, 2.5)
    assert (facts.since, facts.until) == (dt.date(2022, 8, 1), None)
    assert facts.what == "Vorlesen\nin Kitas"
    assert read_measure(typed_measure(facts)) == facts
    assert set(typed_measure(facts)) == set(FIELDS)


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("name", "  ", "missing"),
        ("name", "x" * (LONGEST_NAME + 1), "long"),
        ("name", "a\x00b", "long"),
        ("what", "", "missing"),
        ("what", "x" * 2001, "long"),
        ("target_group", "", "missing"),
        ("level", "", "missing"),
        ("areas", "", "areas"),
        ("areas", ",".join(str(n) for n in range(MOST_AREAS + 1)), "areas"),
        ("since", "", "missing"),
        ("since", "1.8.2022", "day"),
        ("since", "1822-08-01", "day"),
        ("until", "2022-07-31", "order"),
        ("until", "bald", "day"),
        ("review", "2022-08-01", "review"),
        ("review", "", "missing"),
        ("indicator", "", "missing"),
        ("direction", "seitwärts", "missing"),
        ("cost", "viel", "number"),
        ("cost", "-5", "number"),
        ("cost", "12,000", "number"),
        ("cost", "12.00.000", "number"),
        ("cost", "1e5", "number"),
        ("cost", "9" * 5000, "number"),
        ("size", "nan", "number"),
        ("size", "inf", "number"),
    ],
)
def test_what_cannot_be_kept_names_the_field(field, value, key):
    with pytest.raises(WrongFieldError) as wrong:
        read_measure({**TYPED, field: value})
    assert (wrong.value.field, wrong.value.key) == (field, f"measures.problem.{key}")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("cost", "1.234,50", 1234.5),
        ("cost", "1234.5", 1234.5),
        ("cost", "12.000", 12_000.0),
        ("cost", "1.234.567", 1_234_567.0),
        ("cost", "12\u202f000", 12_000.0),
        ("cost", "", None),
        ("cost", "9", 9.0),
        ("size", "2.5", 2.5),
        ("size", "0.125", 0.125),
        ("size", "0,00001", 0.00001),
    ],
)
def test_german_and_plain_numbers_are_read(field, text, value):
    facts = read_measure({**TYPED, field: text})
    assert getattr(facts, field) == value
    assert read_measure(typed_measure(facts)) == facts


def test_standing_review_and_year_follow_the_days():
    facts = replace(read_measure(TYPED), until=dt.date(2024, 3, 1))
    days = [dt.date(2022, 7, 31), dt.date(2022, 8, 1), dt.date(2024, 3, 1), dt.date(2024, 3, 2)]
    assert [standing_of(facts, d) for d in days] == ["planned", "running", "running", "ended"]
    day = facts.review
    days = [day, day - dt.timedelta(1), day - dt.timedelta(60), day - dt.timedelta(61)]
    assert [review_of(facts, d) for d in days] == ["due", "soon", "soon", "later"]
    assert [runs_in(facts, y) for y in (2021, 2022, 2024, 2025)] == [False, True, True, False]


def test_changes_are_told_field_by_field():
    before = read_measure(TYPED)
    after = read_measure({**TYPED, "size": "3", "until": "2025-12-31"})
    assert changed_fields(before, before) == ()
    assert changed_fields(before, after) == (("until", "", "2025-12-31"), ("size", "2,5", "3"))
