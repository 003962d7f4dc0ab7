"""What a release offers, and what it can only say of the town as a whole."""

from __future__ import annotations

import pandas as pd

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
