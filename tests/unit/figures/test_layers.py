from __future__ import annotations

import json
from dataclasses import replace

import pytest

from domain.layers import FIRST, LAYERS, LayerOffer, LayerPeriod, PaintedLayer
from domain.model import Polarity
from domain.wording import Message
from figures import theme
from figures.layers import layer_options
from figures.payload import atlas_payload
from figures.sentences import hint_text
from i18n import translator
from i18n.formats import number
from tests.unit.figures.sample import CONTENT, INDICATOR, VIEW

TR = {language: translator(language) for language in ("de", "en")}
KEYS = ("h", "s", "n", "", "")


def period(key: str, *notes: Message, **params) -> LayerPeriod:
    return LayerPeriod(KEYS, Message(key, params), notes)


SOME = period("layer.conspicuous.both", higher=1, lower=0, n=2)
CONSPICUOUS = PaintedLayer("conspicuous", ("h", "s", "l", "n"), dict.fromkeys(VIEW.periods, SOME))
CHANGE = PaintedLayer(
    "change",
    ("a", "b", "s", "c", "d", "n"),
    {
        "2023": LayerPeriod(("n", "n", "n", "", ""), Message("layer.change.no_start")),
        "2024": LayerPeriod(
            ("d", "s", "n", "", ""),
            Message("layer.change.tested_both", {"up": 1, "down": 0, "n": 2, "since": "2023"}),
            (Message("layer.change.town_down", {"by": 0.4}), Message("layer.change.rule")),
            ((12.04, -0.3, None, None, None), (30.0, None, None, None, None)),
        ),
    },
    limits=(2.5,),
    numbers=("points", "percent"),
    starts=("2023", "2024"),
    reach={"2023": (), "2024": ("2023",)},
)


def payload_of(layer: PaintedLayer | None, language: str = "de", **changes):
    content = replace(CONTENT, layer=layer, **changes)
    found = atlas_payload(content, TR[language], language)
    json.dumps(found, allow_nan=False)
    return found


def test_a_view_without_a_layer_carries_none():
    payload = payload_of(None)
    assert payload["layer"] is None
    assert (payload["request"]["layer"], payload["request"]["since"]) == ("", FIRST)
    assert "layer" not in payload["by"]["2024"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_layer_has_a_name_and_one_that_is_off_says_why(language):
    offers = tuple(LayerOffer(layer, "few_areas" if layer == "cluster" else "") for layer in LAYERS)
    rows = layer_options(offers, TR[language])
    assert [row["id"] for row in rows] == list(LAYERS)
    assert len({row["name"] for row in rows}) == len(LAYERS)
    off = [row["reason"] for row in rows if row["reason"]]
    assert off == [TR[language]("layer.reason.few_areas")]


@pytest.mark.parametrize("language", ["de", "en"])
def test_areas_travel_as_letters_that_the_legend_explains(language):
    payload = payload_of(CONSPICUOUS, language)
    now = payload["by"]["2024"]["layer"]
    assert now["c"] == "hsn--"
    rows = {row["key"]: row for row in payload["layer"]["legend"]}
    assert set(rows) == {"h", "s", "l", "n"}
    assert all(row.get("colour", "#").startswith("#") for row in rows.values())
    assert rows["n"]["pattern"] == "untold"
    assert "colour" not in rows["n"]
    assert VIEW.indicator.short_name.in_language(language) in now["title"]


@pytest.mark.parametrize("polarity", list(Polarity))
def test_colours_of_a_side_are_those_of_its_word(polarity):
    down, pale_down, middle, pale_up, up = theme.diverging_colours(polarity)
    badge = theme.badge_colours(polarity)
    above = {"high_burden": "worse", "low_burden": "better", "none": "higher"}[polarity]
    assert (pale_up, up) == (badge[above], badge[f"{above}_clear"])
    assert middle == badge["similar"]
    assert len({down, pale_down, middle, pale_up, up}) == 5


def test_a_change_has_numbers_limits_and_the_start_in_words():
    payload = payload_of(CHANGE)
    layer, now = payload["layer"], payload["by"]["2024"]["layer"]
    assert layer["since"] == FIRST
    assert [row["label"] for row in layer["legend"]][:2] == [
        "▲ über 2,5 gestiegen",
        "▲ bis 2,5 gestiegen",
    ]
    points, percent = layer["numbers"]
    assert points["suffix"] == " Prozentpunkte"
    assert percent["decimals"] == 0
    assert [v and v / points["power"] for v in now["v"][0]] == [12.04, -0.3, None, None, None]
    assert now["v"][1] == [300, None, None, None, None]
    assert "2023 bis 2024" in now["title"]
    assert now["sub"].startswith("In Musterstadt insgesamt um 0,4 Prozentpunkte gesunken.")
    assert now["from"] == [0]
    assert payload["by"]["2023"]["layer"]["from"] == []
    assert payload["by"]["2023"]["layer"]["v"] == []


def test_what_cannot_be_tested_is_called_unchanged_and_not_chance():
    labels = [
        row["label"] for row in payload_of(replace(CHANGE, is_tested=False))["layer"]["legend"]
    ]
    assert "● unverändert" in labels
    assert "● kann Zufall sein" not in labels


@pytest.mark.parametrize("language", ["de", "en"])
def test_smoothed_values_keep_the_classes_and_say_what_they_are(language):
    found = LayerPeriod(
        ("0", "1", "1", "", ""),
        Message("layer.smoothed.some", {"n": 3}),
        (),
        ((9.0,) * 3 + (None,) * 2,),
    )
    layer = PaintedLayer(
        "smoothed", ("0", "1", "n"), dict.fromkeys(VIEW.periods, found), numbers=("smoothed",)
    )
    payload = payload_of(layer, language)
    rows = payload["layer"]["legend"]
    assert [row["label"] for row in rows[:-1]] == payload["class_labels"]
    assert [row["colour"] for row in rows[:-1]] == payload["colours"]
    assert payload["layer"]["is_hatched"]
    assert payload["layer"]["note"] == TR[language]("layer.note.smoothed")


def test_clusters_are_worded_as_the_methods_say():
    found = period("layer.cluster.some", high=1, low=0, other=0, n=3)
    layer = PaintedLayer("cluster", tuple("HLxyson"), dict.fromkeys(VIEW.periods, found))
    labels = {row["key"]: row["label"] for row in payload_of(layer)["layer"]["legend"]}
    assert labels["H"] == "hoher Wert, hohe Nachbarn"
    assert labels["y"] == "niedriger Wert, hohe Nachbarn"
    assert labels["s"] == "kein gesicherter Cluster"


def test_the_square_names_both_axes_and_dark_is_burden_on_each():
    low = replace(VIEW, indicator=replace(INDICATOR, polarity=Polarity.LOW_BURDEN))
    found = period("layer.bivariate.burden", high=1, low=0, n=3)
    layer = PaintedLayer("bivariate", tuple("123456789n"), dict.fromkeys(VIEW.periods, found))
    payload = payload_of(layer, second=low)
    rows = payload["layer"]["legend"]
    assert [row.get("colour") for row in rows] == [*theme.BIVARIATE, None]
    assert rows[8]["label"] == "Kinderarmut: hoch; Kinderarmut: niedrig"
    assert payload["layer"]["square"] == {"x": "hoch: Kinderarmut →", "y": "← niedrig: Kinderarmut"}
    plain = replace(VIEW, indicator=replace(INDICATOR, polarity=Polarity.NONE))
    assert payload_of(layer, second=plain)["layer"]["square"]["y"] == "← hoch: Kinderarmut"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_lost_layer_is_named_with_its_reason(language):
    params = {"layer": "cluster", "reason": "few_areas"}
    text = hint_text(TR[language], "hint.layer_off", params)
    assert TR[language]("layer.cluster") in text
    assert TR[language]("layer.reason.few_areas") in text
    assert hint_text(TR[language], "hint.period", {"wanted": "1900"}).count("1900") == 1


def test_large_numbers_of_areas_are_grouped():
    found = period("layer.conspicuous.both", higher=1_204, lower=3, n=10_997)
    layer = replace(CONSPICUOUS, by_period=dict.fromkeys(VIEW.periods, found))
    title = payload_of(layer)["by"]["2024"]["layer"]["title"]
    assert number(10_997, 0, "de") in title
