"""What a release offers, and what it can only say of the town as a whole."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from domain.model import Text
from i18n import translator
from layouts.options import browser_catalogue
from services.offers import build_offer
from tests.town_fixture import catalogue


def offer_of(*rows: tuple[str, str, str]):
    frame = pd.DataFrame(rows, columns=["indicator", "level", "period"])
    return build_offer(catalogue(), frame.assign(vintage="2020", category="total"))


OFFER = offer_of(
    ("kinder", "stadt", "2021"),
    ("kinder", "quartiere", "2022"),
    ("miete", "stadt", "2023"),
    ("miete", "stadt", "2021"),
)


def test_an_indicator_of_the_town_alone_is_offered_apart_from_the_map():
    assert OFFER.periods == {"kinder": {"quartiere": ("2022",)}}
    assert OFFER.city_periods == {"miete": {"stadt": ("2021", "2023")}}


def test_the_page_lists_it_marked_and_leaves_out_what_has_no_value():
    listed = {i["id"]: i for i in browser_catalogue(OFFER, translator("de"), "de")["indicators"]}
    assert list(listed) == ["kinder", "miete"]
    assert [i["city_only"] for i in listed.values()] == [False, True]
    assert listed["miete"]["periods"] == {"stadt": ["2021", "2023"]}
    assert listed["kinder"]["theme_name"] == "Bevölkerung"
    assert listed["kinder"]["unit"] == "Personen"


def test_the_page_names_the_themes_that_have_indicators():
    themes = browser_catalogue(offer_of(("kinder", "quartiere", "2022")), translator("en"), "en")[
        "themes"
    ]
    assert themes == [{"id": "bevoelkerung", "name": "Population"}]


def groups_of(*rows: tuple[str, str]):
    """Return the categories of an offer with rows (level, category) of one indicator."""
    frame = pd.DataFrame(rows, columns=["level", "category"])
    town = catalogue()
    split = replace(
        next(i for i in town.indicators if i.id == "kinder"),
        categories=(("u3", Text("unter 3", "under 3")), ("3-5", Text("3 bis 5", "3 to 5"))),
    )
    held = replace(town, indicators=(split,))
    return build_offer(held, frame.assign(indicator="kinder", vintage="2020", period="2022"))


def test_groups_are_offered_all_first_then_in_the_order_of_the_catalogue():
    offer = groups_of(("quartiere", "3-5"), ("quartiere", "u3"), ("quartiere", "total"))
    assert offer.categories == {"kinder": ("total", "u3", "3-5")}


def test_a_group_without_values_on_a_map_is_not_offered():
    offer = groups_of(("quartiere", "total"), ("stadt", "u3"), ("quartiere", "unknown"))
    assert offer.categories == {"kinder": ("total",)}


def test_an_indicator_that_exists_in_groups_only_has_no_total():
    assert groups_of(("quartiere", "u3")).categories == {"kinder": ("u3",)}


def test_groups_are_known_by_level_and_by_the_boundaries_of_a_period():
    columns = ["level", "vintage", "period", "category"]
    rows = [
        ("bezirke", "2020", "2022", "total"),
        ("bezirke", "2020", "2022", "u3"),
        ("quartiere", "2015", "2019", "total"),
        ("quartiere", "2015", "2018", "u3"),
        ("quartiere", "2020", "2022", "total"),
    ]
    town = catalogue()
    split = replace(
        next(i for i in town.indicators if i.id == "kinder"),
        categories=(("u3", Text("unter 3", "under 3")),),
    )
    frame = pd.DataFrame(rows, columns=columns).assign(indicator="kinder")
    offer = build_offer(replace(town, indicators=(split,)), frame)
    assert offer.categories_at == {
        ("kinder", "bezirke"): {"2022": ("total", "u3")},
        ("kinder", "quartiere"): {
            "2018": ("total", "u3"),
            "2019": ("total", "u3"),
            "2022": ("total",),
        },
    }
