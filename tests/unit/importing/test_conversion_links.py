"""Links between two boundary vintages without weights."""

import json

import pytest
from shapely.geometry import box, mapping

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


def with_links(folder, links: object, new: dict[str, tuple[float, float]] | None = None) -> None:
    """Write links, and new areas as strips of the row of three old ones (start and end)."""
    (folder / "verweise.json").write_text(json.dumps(links), encoding="utf-8")
    strips = new or {"A": (0, 1), "B": (1, 2), "C": (2, 3)}
    features = [
        {
            "type": "Feature",
            "properties": {"key": key, "name": key},
            "geometry": mapping(box(9.4 + 0.01 * west, 54.7, 9.4 + 0.01 * east, 54.71)),
        }
        for key, (west, east) in strips.items()
    ]
    layer = {"type": "FeatureCollection", "features": features}
    (folder / "neu.geojson").write_text(json.dumps(layer), encoding="utf-8")


def weights(town) -> dict[tuple[str, str], float]:
    return {
        (r.old, r.new): pytest.approx(r.weight, abs=1e-3) for r in town.conversions.itertuples()
    }


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
        {"01": ["A"], "A": ["01", "02"], "03": ["C"]},
    ],
)
def test_areas_that_were_merged_are_no_one_to_one_link(tmp_path, links):
    with_links(tmp_path, links)
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + LINKED)
    assert town.conversions["old"].tolist() == (["03"] if links["03"] == ["C"] else [])
    # "03" and "B" are not the same place
    assert ("conversion_pair_differs" in codes(town.findings)) == (links["03"] == ["B"])


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


BY_AREA = LINKED + 'rest = "area"\n'


def test_a_pair_that_the_maps_contradict_is_not_the_same_area(tmp_path):
    with_links(tmp_path, {"01": ["A"]}, {"A": (0, 0.5), "B": (0.5, 3)})
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + LINKED)
    assert town.conversions.empty
    assert the(town.findings, "conversion_pair_differs").params["examples"] == "01 → A (50 %)"


def test_the_rest_is_measured_on_the_map_if_the_recipe_says_so(tmp_path):
    with_links(
        tmp_path, {"01": ["A"], "02": ["B", "C"]}, {"A": (0, 1), "B": (1, 1.25), "C": (1.25, 3)}
    )
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + BY_AREA)
    assert weights(town) == {
        ("01", "A"): 1.0, ("02", "B"): 0.25, ("02", "C"): 0.75, ("03", "C"): 1.0,
    }  # fmt: skip
    assert town.conversions["basis"].tolist() == ["one_to_one", "area", "area", "area"]
    assert town.conversions.groupby("old")["weight"].sum().tolist() == pytest.approx([1.0] * 3)
    found = codes(town.findings)
    assert the(town.findings, "conversion_by_area").params["n"] == 2
    assert not {"conversion_without_weight", "conversion_unlinked"} & set(found)


def test_a_new_area_beyond_the_old_ones_gets_a_part_from_nowhere(tmp_path):
    with_links(tmp_path, {}, {"A": (0, 1.5), "B": (1.5, 4)})
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + BY_AREA)
    assert weights(town)["", "B"] == 0.4
    assert the(town.findings, "conversion_uncovered").params["examples"] == "B"
    assert ("", "A") not in weights(town)


def test_a_strip_between_two_drawings_is_no_part(tmp_path):
    with_links(tmp_path, {}, {"A": (0, 1.002), "B": (1.002, 2), "C": (2, 3)})
    town = import_delivery(tmp_path, LINES, head=TWO_CUTS, table=TABLE + BY_AREA)
    assert weights(town) == {("01", "A"): 1.0, ("02", "B"): 1.0, ("03", "C"): 1.0}


def test_without_outlines_nothing_can_be_measured(tmp_path):
    with_links(tmp_path, {"01": ["A"]})
    layer = TWO_CUTS[TWO_CUTS.rindex("[level.layer]") : TWO_CUTS.index("[indicator_defaults]")]
    listed = "".join(f'[[level.area]]\nid = "{x}"\nname = "{x}"\n' for x in "ABC")
    head = TWO_CUTS.replace(layer, listed)
    town = import_delivery(tmp_path, LINES, head=head, table=TABLE + BY_AREA)
    assert weights(town) == {("01", "A"): 1.0}
    assert the(town.findings, "conversion_without_outlines").params["level"] == "viertel"


def test_a_basis_that_nobody_knows_is_refused(tmp_path):
    with_links(tmp_path, {"01": ["A"]})
    wrong = LINKED.replace("one_to_one", "guessed")
    found = refused_findings(tmp_path, LINES, head=TWO_CUTS, table=TABLE + wrong)
    assert [f.severity for f in found] == [Severity.ERROR]
