"""When figures are due and whether they have come."""

from __future__ import annotations

import datetime as dt

import pytest

from domain.delivery_dates import Delivery, DueDate, delivery_of, due_date

TODAY = dt.date(2026, 6, 15)
MARCH = DueDate(dt.date(2024, 3, 31))


def end(year):
    return dt.date(year, 12, 31)


@pytest.mark.parametrize(
    ("newest", "told"),
    [
        (end(2024), Delivery("late", dt.date(2026, 3, 31), 2025, 76)),
        (end(2025), Delivery("awaited", dt.date(2027, 3, 31), 2026)),
        (end(2026), Delivery("awaited", dt.date(2028, 3, 31), 2027)),
        (end(2023), Delivery("late", dt.date(2025, 3, 31), 2024, 441)),
        (None, Delivery("late", dt.date(2024, 3, 31), 2023, 806)),
    ],
)
def test_the_oldest_delivery_that_is_missing_counts(newest, told):
    assert delivery_of(MARCH, newest, TODAY) == told


def test_on_the_day_itself_nothing_is_late():
    found = delivery_of(MARCH, end(2024), dt.date(2026, 3, 31))
    assert found == Delivery("awaited", dt.date(2026, 3, 31), 2025)
    assert delivery_of(MARCH, end(2024), dt.date(2026, 4, 1)).days_late == 1


def test_a_rare_survey_is_not_late_in_between():
    noise = DueDate(dt.date(2022, 7, 1), every_years=5, lag_years=0)
    assert delivery_of(noise, end(2022), TODAY) == Delivery("awaited", dt.date(2027, 7, 1), 2027)


@pytest.mark.parametrize(
    ("newest", "state"), [(end(2024), "late"), (end(2025), "delivered"), (None, "late")]
)
def test_what_is_due_once_is_due_once(newest, state):
    assert delivery_of(DueDate(dt.date(2026, 1, 31), 0), newest, TODAY).state == state


def test_before_its_first_day_a_delivery_is_awaited_even_where_there_is_nothing():
    later = DueDate(dt.date(2026, 10, 1))
    assert delivery_of(later, None, TODAY) == Delivery("awaited", later.first, 2025)
    assert delivery_of(DueDate(later.first, 0), end(2025), TODAY).state == "delivered"


def test_without_a_date_nothing_is_late():
    assert delivery_of(None, None, TODAY) == Delivery("no_date")


def test_the_29th_of_february_becomes_the_28th():
    leap = DueDate(dt.date(2024, 2, 29))
    assert delivery_of(leap, end(2024), TODAY).day == dt.date(2026, 2, 28)
    assert delivery_of(leap, end(2026), TODAY).day == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        {"first": "morgen"}, {"first": "1999-12-31"}, {"first": "2026-01-01", "every_years": "11"},
        {"first": "2026-01-01", "lag_years": "-1"}, {"first": "2026-01-01", "every_years": ""},
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_refused(typed):
    with pytest.raises(ValueError, match=r"."):
        due_date(typed)


def test_an_empty_date_is_none():
    assert due_date({"first": ""}) is None
    assert due_date({"first": "2026-03-31"}) == DueDate(dt.date(2026, 3, 31))
