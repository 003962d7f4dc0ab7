"""Links between two boundary vintages without weights."""

import json

import pytest

from domain.findings import Severity
from tests.small_delivery import HEAD, TABLE, codes, import_delivery, refused_findings, the

LINES = ["id;jahr;kinder", "01;2021;5", "02;2021;7", "03;2021;9"]

TWO_CUTS = HEAD.replace(
    "[indicator_defaults]",
    '[[level]]\nid = "viertel"\nvintage = "2"\nname = "Viertel"\norder = 20\n[level.layer]\n'
    'file = "neu.geojson"\nformat = "geojson"\ncrs = "EPSG:4326"\nid = "key"\n'
    'name = "name"\n[indicator_defaults]',
)
LINKED = (
    '[[conversion]]\nlevel = "viertel"\nfrom = "1"\nto = "2"\nfile = "verweise.json"\n'
    'format = "links"\nbasis = "one_to_one"\n'
)


def with_links(folder, links: object) -> None:
    (folder / "verweise.json").write_text(json.dumps(links), encoding="utf-8")
    ring = [[9.5, 54.7], [9.51, 54.7], [9.51, 54.71], [9.5, 54.71], [9.5, 54.7]]
    features = [
        {
            "type": "Feature",
            "properties": {"key": key, "name": key},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x + 0.01 * i, y] for x, y in ring]],
            },
        }
        for i, key in enumerate(("A", "B", "C"))
    ]
    layer = {"type": "FeatureCollection", "features": features}
    (folder / "neu.geojson").write_text(json.dumps(layer), encoding="utf-8")


def test_only_one_to_one_links_have_a_weight_and_the_rest_is_counted(tmp_path):
    with_links(tmp_path, {"01": ["A"], "02": ["B", "C"], "A": ["01"], "zz": ["y"]})
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + LINKED)
    assert town.conversions[["old", "new", "weight"]].to_numpy().tolist() == [["01", "A", 1.0]]
    assert the(town.findings, "conversion_without_weight").params["examples"] == "02"
    assert the(town.findings, "conversion_unlinked").params["examples"] == "03"
    other = the(town.findings, "conversion_other_keys")
    assert (other.severity, other.params["examples"]) == (Severity.INFO, "zz")


@pytest.mark.parametrize(
    "links",
    [
        {"01": ["A"], "02": ["A"], "03": ["B"]},
        {"01": ["A"], "A": ["01", "02"], "03": ["B"]},
    ],
)
def test_areas_that_were_merged_are_no_one_to_one_link(tmp_path, links):
    with_links(tmp_path, links)
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + LINKED)
    assert town.conversions["old"].tolist() == ["03"]


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ({"01": ["Z"]}, "conversion_area_unknown"),
        ({"01": "A"}, "conversion_link"),
        ({"01": [1]}, "conversion_link"),
        (["01"], "geojson_not_geojson"),
    ],
)
def test_links_that_cannot_be_meant_are_refused(tmp_path, links, code):
    with_links(tmp_path, links)
    found = refused_findings(tmp_path, LINES, head=TWO_CUTS, table=TABLE + LINKED)
    assert the([f for f in found if f.severity is Severity.ERROR], code).place.file == (
        "verweise.json"
    )


def test_a_csv_of_weights_needs_its_columns_and_a_file_of_links_has_none(tmp_path):
    for conversion in (
        LINKED.replace('format = "links"', 'format = "csv"\nold = "alt"'),
        LINKED.replace('format = "links"', 'format = "links"\nold = "alt"'),
    ):
        found = refused_findings(tmp_path, LINES, head=TWO_CUTS, table=TABLE + conversion)
        assert codes(found) == {"recipe_conversion_columns": 1}
