"""The use of offers: take-up, free places, and the hours of the week."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.need_query import NeedQuery
from domain.offer_use import Offer, OfferView, use_of, verdict, week_grid
from domain.opening_hours import read_hours
from figures.need_offers import offer_lead, offer_title
from i18n import translator


def offer(places, taken, waiting, hours="Mo 8-10"):
    return Offer("Kita", "Stadt", "01", "", hours, read_hours(hours), places, taken, waiting)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((20, 19, 1), "widen"),
        ((20, 22, 4), "widen"),
        ((20, 19, 0), "fits"),
        ((20, 18, 5), "fits"),
        ((20, 13, 0), "cut_back"),
        ((20, 13, None), "untold"),
        ((20, 20, None), "untold"),
        ((20, 16, None), "fits"),
        ((20, 13, 2), "fits"),
        ((0, 0, 3), "untold"),
        ((None, 4, 3), "untold"),
        ((20, None, 3), "untold"),
    ],
)
def test_full_with_a_list_is_widened_and_empty_without_one_cut_back(told, expected):
    assert verdict(*told) == expected


def test_numbers_nobody_stated_are_unknown_and_not_nought():
    use = use_of("01", "Nord", [offer(20, 10, None), offer(30, None, 6), offer(None, 5, None)])
    assert (use.offers, use.untold) == (3, 2)
    assert use.places == 50
    assert (use.taken, use.free, use.take_up) == (10, 10, 0.5)
    assert use.waiting == 6
    nothing = use_of("02", "Süd", [offer(20, None, None)])
    assert (nothing.taken, nothing.free, nothing.take_up, nothing.waiting) == (None,) * 4
    assert nothing.verdict == "untold"


def test_nobody_waits_only_where_every_offer_says_so():
    assert use_of("01", "Nord", [offer(20, 5, 0), offer(20, 5, 0)]).verdict == "cut_back"
    half = use_of("01", "Nord", [offer(20, 5, 0), offer(20, 5, None)])
    assert (half.waiting, half.unlisted, half.verdict) == (0, 1, "untold")
    assert use_of("01", "Nord", [offer(20, 20, 2), offer(20, 20, None)]).verdict == "widen"


def test_the_title_counts_the_places_of_which_somebody_tells_the_use():
    offers = [offer(20, 20, None), offer(80, None, None)]
    town = use_of("", "", offers)
    assert (town.places, town.told_places) == (100, 20)
    view = OfferView(
        query=NeedQuery("x"), catalogue=None, level=None, offer="Treff", period="2024", areas=(),
        town=town, outside=0, unread=0, offers=tuple(offers), grid=(), free_grid=None, earlier=(),
        sources=(), is_internal=True,
    )  # fmt: skip
    tr = translator("de")
    assert offer_title(view, tr, "de") == "Treff 2024: 100 % von 20 Plätzen belegt, 0 frei"
    assert [line for line in offer_lead(view, tr) if line.startswith("2 Angebote nennen keine")]
    nobody = replace(view, town=use_of("", "", [offer(20, None, None)]))
    assert "keine Belegung hinterlegt" in offer_lead(nobody, tr)[0]
    public = replace(nobody, is_internal=False)
    assert "nur im internen Bereich" in offer_lead(public, tr)[0]


def test_a_crowded_offer_has_no_places_below_nought():
    use = use_of("01", "Nord", [offer(20, 25, 1), offer(20, 10, 0)])
    assert use.free == 10
    assert use.take_up == 35 / 40


def test_places_stand_in_the_hours_they_are_open():
    grid = week_grid([(read_hours("Mo 8-10"), 20.0), (read_hours("Mo-Di 9:30-11"), 10.0)])
    assert [grid[0][h] for h in (7, 8, 9, 10, 11)] == [0.0, 20.0, 25.0, 10.0, 0.0]
    assert [grid[1][h] for h in (8, 9, 10)] == [0.0, 5.0, 10.0]
    assert len(grid) == 7
    assert {len(day) for day in grid} == {24}
