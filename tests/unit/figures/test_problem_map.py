"""The map of overlaps, gaps and holes: valid SVG that says everything in words too."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from domain.model import Text
from domain.problem_map import Mark, ProblemMap, TriedSystem
from figures.problem_map import MAP_WIDTH, problem_map_svg
from i18n import translator

SVG = "{http://www.w3.org/2000/svg}"


def box(x, y, width=1000.0, height=1000.0):
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))


OVERLAP = Mark(
    "overlap", ("01 Altstadt", "02 Südstadt"), 5000.0, 0.5, True, (box(995, 0, 5),), (997.5, 500)
)
GAP = Mark(
    "gap",
    ("02 Südstadt", "03 <b>Höhe</b>\x07"),
    1200.4,
    0.0123,
    False,
    (box(2000, 0, 2),),
    (2001, 500),
)
HOLE = Mark(
    "hole",
    tuple(f"0{n} Gebiet" for n in range(1, 7)),
    1e6,
    100.0,
    True,
    (box(0, 1000),),
    (500, 1500),
)
VIEW = ProblemMap(
    level="viertel",
    vintage="2024",
    name=Text("Viertel", "Quarters"),
    file="karte.geojson",
    areas=(box(0, 0), box(995, 0), box(2002, 0)),
    marks=(OVERLAP, GAP, HOLE),
    rest=7,
)  # fmt: skip
UNPLACED = ProblemMap(
    level="viertel",
    vintage="2024",
    name=Text("Viertel", "Quarters"),
    file="karte.geojson",
    areas=(box(0, 0),),
    outline=(box(-100, -100, 1200, 1200),),
    outline_name=Text("Stadt", "Town"),
    tried=(
        TriedSystem("EPSG:25832", 99.96, 9.43, 54.7),
        TriedSystem("EPSG:25833", 0.0, 15.43, 54.7),
    ),
)  # fmt: skip


def drawn(view, language="de"):
    return ET.fromstring(problem_map_svg(view, translator(language), language))  # noqa: S314


def words(root):
    return [node.text for node in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("language", "title", "size"),
    [
        ("de", "Viertel: wo Grenzen nicht passen", "5.000 m², 0,50 % des kleineren Gebiets"),
        ("en", "Quarters: where borders do not fit", "5,000 m², 0.50% of the smaller area"),
    ],
)
def test_each_fault_is_drawn_numbered_and_listed_with_areas_and_size(language, title, size):
    root = drawn(VIEW, language)
    assert root.attrib["role"] == "img"
    assert root.attrib["lang"] == language
    assert root.attrib["aria-labelledby"] == "title told"
    assert root.find(f"{SVG}title").text == title
    assert f"1: 01 Altstadt / 02 Südstadt, {size}" in root.find(f"{SVG}desc").text
    assert {"01 Altstadt / 02 Südstadt", size} <= set(words(root))
    for kind in ("overlap", "gap", "hole"):
        (piece,) = [p for p in root.findall(f"{SVG}path") if p.attrib.get("class") == kind]
        assert piece.attrib["d"].count("M") == 1


def test_names_are_text_and_never_markup():
    root = drawn(VIEW)
    assert "02 Südstadt / 03 <b>Höhe</b>" in words(root)
    assert not [node for node in root.iter() if node.tag.endswith("}b") or "script" in node.tag]


def test_long_lists_of_areas_and_faults_are_cut_and_counted():
    told = words(drawn(VIEW))
    assert "Kleinere Stellen, nicht gezeichnet: 7" in told
    assert any(text.endswith("und 2 weitere") for text in told)


def test_a_piece_lies_where_it_belongs_and_its_number_beside_it():
    root = drawn(VIEW)
    scale = MAP_WIDTH / 3002
    (piece,) = [p for p in root.findall(f"{SVG}path") if p.attrib.get("class") == "overlap"]
    x, y = (float(n) for n in piece.attrib["d"][1:].split()[:2])
    assert x == pytest.approx(20 + 995 * scale, abs=0.1)
    badges = [g for g in root.findall(f"{SVG}g") if g.find(f"{SVG}title") is not None]
    assert [badge.find(f"{SVG}text").text for badge in badges] == ["3", "2", "1"]
    assert y == pytest.approx(64 + 1000 * scale, abs=0.1)


def test_a_map_without_a_system_lies_in_the_outline_with_all_that_were_tried():
    root = drawn(UNPLACED)
    assert root.find(f"{SVG}title").text == "Viertel: in welchem Koordinatensystem?"
    told = words(root)
    assert "EPSG:25832: 100,0 % im Umriss (Mitte 9,43° Ost, 54,70° Nord)" in told
    assert "Flächen: die Karte, gelesen als EPSG:25832" in told
    outlines = [p for p in root.findall(f"{SVG}path") if p.attrib.get("class") == "o"]
    assert len(outlines) == 1


def test_a_map_survives_the_way_through_the_limited_process():
    for view in (VIEW, UNPLACED):
        assert ProblemMap.from_json(view.to_json()) == view
