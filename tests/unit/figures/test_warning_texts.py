"""The early-warning list in words, numbers and colours."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from domain.early_warning import Counts, Warned
from domain.model import Catalogue, Polarity, Text, Town
from domain.view import MapFrame
from domain.warning_query import WarningQuery
from domain.warning_view import COUNTS, IndicatorMoves, WarningView
from figures import warning_texts as texts
from figures.warning import COLOURS, moved_figure, warning_map
from figures.warning_moves import (
    area_table,
    change_text,
    move_table,
    moves_of,
    neighbours_text,
    p_text,
)
from i18n import translator
from tests.unit.figures.colour_sight import SIGHTS, seen
from tests.unit.figures.sample import INDICATOR, LEVEL

DE, EN = translator("de"), translator("en")
NAN = float("nan")
SECOND = replace(
    INDICATOR, id="gymnasium", short_name=Text("Gymnasium", "Grammar school"),
    unit=Text("je 1.000", "per 1,000"), polarity=Polarity.LOW_BURDEN,
)  # fmt: skip


def two_years(indicator, first, last, town, **more):
    known = {"is_newest": True, "hidden": 0, "missing": 0, "small": 0, "recut": 0, "shift": 1.0,
             "slips": np.zeros(4, dtype=bool), **more}  # fmt: skip
    values = tuple(np.array(x, dtype=float) for x in (first, last))
    return IndicatorMoves(indicator, ("2022", "2023"), values, town, **known)


def view(**more):
    """Return four areas: one worse on both, one better on one, one still, one not tested."""
    slips = np.array([False, True, False, False])
    p = np.array([[0.0001, 0.02, 0.5, NAN], [0.04, 0.6, 0.7, NAN]])
    ways = np.array([[1, -1, 0, 0], [-1, 0, 0, 0]])
    plain = WarningView(
        query=WarningQuery("stadtteile"),
        catalogue=Catalogue(Town("t", "Stadt"), (), (), (), ()),
        level=LEVEL,
        tested=(
            two_years(INDICATOR, [10, 20, 5, NAN], [14.96, 15, 5, NAN], (12, 12.5), slips=slips,
                   hidden=1),
            two_years(SECOND, [40, 30, 20, NAN], [31, 30, 20, NAN], (None, 30), small=1),
        ),
        area_ids=("1", "2", "3", "4"),
        area_names=("Nord", "Süd", "Ost", "West"),
        warned=Warned(p, p, ways, (0, 1)),
        burden=np.array([[1, -1, 0, 0], [1, 0, 0, 0]]),
        counts=Counts(np.array([2, 0, 0, 0]), np.array([0, 1, 0, 0]), np.array([0, 0, 0, 0])),
        standings=("worse", "few", "none", "untested"),
        around=([1, 2], [0], [0], []),
        left_out={COUNTS: (replace(INDICATOR, short_name=Text("Kinder")),)},
    )  # fmt: skip
    return replace(plain, **more)


def test_the_title_says_how_many_moved_to_which_side():
    assert texts.title(view(), DE, "de") == (
        "1 von 3 Gebieten hat sich bei mindestens 2 Indikatoren über den Zufall hinaus "
        "verändert: 1 mit mehr Belastung"
    )
    still = view(standings=("few", "few", "none", "untested"))
    assert texts.title(still, EN, "en") == (
        "None of 3 areas changed on at least 2 indicators by more than chance, 2 did on fewer"
    )
    none = view(standings=("none", "none", "none", "untested"))
    assert texts.title(none, DE, "de") == (
        "Keines von 3 Gebieten hat sich über den Zufall hinaus verändert"
    )
    moved = view(
        standings=("mixed", "few", "none", "untested"), query=WarningQuery("stadtteile", of="all")
    )
    assert "sagen diese Indikatoren nicht" in texts.title(moved, DE, "de")
    nothing = replace(view().warned, p=np.full((2, 4), NAN))
    assert "keine Veränderung prüfen" in texts.title(view(warned=nothing), DE, "de")


def test_a_movement_says_from_where_to_where_and_how_sure():
    first, second = moves_of(view(), 0, DE, "de")
    assert (first.span, first.change, first.town) == (
        "10,0 → 15,0\N{NO-BREAK SPACE}%", "+5,0 Prozentpunkte", "+0,5 Prozentpunkte",
    )  # fmt: skip
    assert (first.word, first.p, first.burden) == ("gestiegen: mehr Belastung", "unter 0,001", 1)
    assert (second.change, second.town, second.word) == (
        "−9,0 je 1.000", "–", "gesunken: mehr Belastung",
    )  # fmt: skip
    assert (second.p, second.notes) == ("0,040", ())


def test_a_slip_and_an_indicator_that_tells_the_same_say_so():
    (only,) = moves_of(view(), 1, EN, "en")
    assert only.notes == ("(rule out an error in the data first)",)
    bundle = replace(view().warned, bundles=(0, 0))
    first, second = moves_of(view(warned=bundle), 0, DE, "de")
    assert first.notes == ()
    assert second.notes == ("(zählt zusammen mit „Kinderarmut“)",)


@pytest.mark.parametrize(
    ("change", "text"),
    [(0.04, "0,0 Prozentpunkte"), (-0.04, "0,0 Prozentpunkte"), (-3.0, "−3,0 Prozentpunkte")],
)
def test_a_change_that_is_written_as_nothing_has_no_sign(change, text):
    assert change_text(change, INDICATOR, DE, "de") == text


def test_small_p_values_are_told_to_be_below_the_least():
    assert p_text(0.00099, EN, "en") == "below 0.001"
    assert p_text(0.001, EN, "en") == "0.001"


def test_neighbours_are_named_where_they_moved_likewise():
    ways = np.array([[1, 1, 0, 0], [-1, 0, 0, 0]])
    together = view(warned=replace(view().warned, directions=ways))
    assert neighbours_text(together, 0, DE) == "1 von 2 bewegt sich ebenso: Süd"
    assert neighbours_text(view(), 0, DE) == "keiner von 2 bewegt sich ebenso"
    assert neighbours_text(view(), 3, DE) == "keine Nachbarn"
    assert neighbours_text(view(around=None), 0, DE) == "Einrichtungen haben keine Nachbarn"


def test_what_was_left_out_is_counted_and_named():
    lines = texts.details(view(), DE, "de")
    assert "1 Vergleich entfällt, weil ein Wert geheim gehalten wird." in lines
    assert "1 Indikator ist weder Anteil noch Rate und wird nicht geprüft: Kinder." in lines
    assert not any("fehlt" in line for line in lines)
    warned = texts.warnings(view(), DE, "de")
    assert len(warned) == 2
    older = replace(view().tested[0], is_newest=False, shift=2.5)
    more = texts.warnings(view(tested=(older, view().tested[1])), DE, "de")
    assert any("trennt ein Bruch das neueste Jahr ab" in line for line in more)
    assert any("springen alle Gebiete gemeinsam" in line for line in more)


def test_tables_hold_the_list_its_movements_and_all_areas():
    assert [r[0] for r in area_table(view(), DE)[1]] == ["Nord"]
    assert [r[:2] for r in move_table(view(), DE, "de")[1]] == [
        ("Nord", "Kinderarmut"), ("Nord", "Gymnasium"),
    ]  # fmt: skip
    rows = texts.standing_table(view(), DE, "de")[1]
    assert [r[0] for r in rows] == ["Nord", "Ost", "Süd", "West"]
    assert rows[3][1:] == ("nicht prüfbar", "0")
    rows = texts.indicator_table(view(), DE, "de")[1]
    assert rows[0] == ("Kinderarmut", "2022 → 2023", "3", "1", "1", "1", "0", "0", "0")


def test_the_map_tells_every_standing_and_the_chart_every_side():
    frame = MapFrame("/geo/x", ("1", "2", "3", "4"), (9.0,) * 4, (54.0,) * 4, (9, 54, 10, 55))
    picture = warning_map(view(), frame, DE, "de")
    assert picture.paint["letters"] == "adeu"
    assert picture.paint["untold"] == ["u"]
    assert [(row.count, row.pattern) for row in picture.legend] == [
        ("1", ""), ("1", ""), ("1", ""), ("1", "untold"),
    ]  # fmt: skip
    assert picture.texts[0] == "mehr Belastung:\N{NO-BREAK SPACE}2"
    bars = {b["name"]: b["x"] for b in moved_figure(view(), DE, "de")["data"]}
    assert bars == {"mehr Belastung": [1, 1], "weniger Belastung": [1, 0], "ohne Wertung": [0, 0]}


@pytest.mark.parametrize("sight", SIGHTS)
def test_standings_can_be_told_apart_by_every_kind_of_sight(sight):
    colours = seen(list(COLOURS.values()), sight)
    for one, other in combinations(colours, 2):
        assert np.linalg.norm(one - other) > 16
