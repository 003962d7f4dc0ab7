"""Maps of the internal area as SVG: names are harmless, every changed area leads to its row."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from domain.difference_map import Change, ChangedArea, DifferenceMap, Sided
from domain.print_outlines import PrintOutlines
from figures.difference_map import LINKED, change_swatch, difference_map_svg
from figures.redrawn_map import FATES, FAULTS, fate_swatch, fault_swatch, redrawn_map_svg
from tests.town_fixture import catalogue

EVIL = '<script>alert("1")</script>&'
SQUARE = ((0, 0), (0, 100), (100, 100), (100, 0), (0, 0))


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own


def view(count, change=Change.NEW):
    town = catalogue()
    areas = tuple(ChangedArea(str(n), EVIL, change, Sided(), Sided(1.0)) for n in range(count))
    level = town.levels[2]
    return DifferenceMap("a", "b", town.indicators[0], level, "2023", "total", areas)


def outlines(count):
    ids = tuple(str(n) for n in range(count))
    points = dict.fromkeys(ids, (10.0, 10.0))
    return PrintOutlines(ids, ("M0,0l1,0 0,1z",) * count, points, 100, 100, 1.0)


def test_names_of_areas_are_text_and_nothing_else():
    svg = difference_map_svg(view(1), outlines(1), lambda a: a.name, EVIL)
    assert "<script" not in svg
    drawn = parsed(svg)
    assert drawn.get("aria-label") == EVIL
    assert next(drawn.iter("title")).text == EVIL


def test_so_many_changed_areas_are_stops_of_the_tab_key_and_no_unchanged_one():
    drawn = parsed(difference_map_svg(view(LINKED + 5), outlines(LINKED + 5), lambda a: a.id, "x"))
    assert len(list(drawn.iter("a"))) == LINKED
    assert len(list(drawn.iter("title"))) == LINKED + 5
    still = difference_map_svg(view(3, Change.UNCHANGED), outlines(3), lambda a: a.id, "x")
    assert "<a " not in still


def test_institutions_are_dots_before_the_areas_around_them():
    town = view(2)
    dots = replace(town, level=replace(town.level, kind="institutions"))
    svg = difference_map_svg(dots, outlines(2), lambda a: a.id, "x")
    assert svg.count("a1,1 0 1,0") >= 2
    assert "changes__ground" in svg


@pytest.mark.parametrize("change", Change)
def test_every_kind_of_change_has_a_sign(change):
    assert f"is-{change}" in change_swatch(change)


def told():
    changed = [{"id": EVIL, "fate": fate, "rings": [SQUARE]} for fate in FATES]
    marks = [{"kind": kind, "areas": [EVIL], "rings": [SQUARE], "at": (50, 50)} for kind in FAULTS]
    return {"old": [SQUARE], "new": [SQUARE], "changes": changed, "faults": marks}


def test_a_new_layer_lies_on_the_old_outline_with_numbered_faults():
    svg = redrawn_map_svg(told(), lambda one: one["id"], lambda one: one["areas"][0], EVIL)
    assert "<script" not in svg
    drawn = parsed(svg)
    addresses = {a.get("href") for a in drawn.iter("a")}
    assert {f"#aenderung-{n}" for n in range(1, len(FATES) + 1)} <= addresses
    assert {f"#fehler-{n}" for n in range(1, len(FAULTS) + 1)} <= addresses
    patterns = set(re.findall(r'id="redrawn-(\w+)"', svg))
    assert patterns == set(FATES)
    for swatch in (*map(fate_swatch, FATES), *map(fault_swatch, FAULTS)):
        parsed(swatch)
