"""Maps as TopoJSON: quantised and not, lies about arcs, bombs, and foreign formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, written

SHARED = [[9.41, 54.70], [9.41, 54.71]]
WEST = [[9.41, 54.71], [9.40, 54.71], [9.40, 54.70], [9.41, 54.70]]
EAST = [[9.41, 54.70], [9.42, 54.70], [9.42, 54.71], [9.41, 54.71]]
ARCS = [SHARED, WEST, EAST]
GRID = {"scale": [0.01, 0.01], "translate": [9.40, 54.70]}
GRID_ARCS = [
    [[1, 0], [0, 1]],
    [[1, 1], [-1, 0], [0, -1], [1, 0]],
    [[1, 0], [1, 0], [0, 1], [-1, 0]],
]
OLD_TOWN = {"type": "Polygon", "arcs": [[0, 1]], "id": "01", "properties": {"name": "Altstadt"}}
SOUTH = {"type": "Polygon", "arcs": [[~0, 2]], "id": "02", "properties": {"name": "Süd"}}


def topology(*geometries: Any, arcs: Any = ARCS, **members: Any) -> dict[str, Any]:
    """Return a topology of one object ``areas``; ``type`` stands last, as GDAL does not like."""
    areas = {"type": "GeometryCollection", "geometries": list(geometries)}
    return {"arcs": arcs, "objects": {"areas": areas}, **members, "type": "Topology"}


GOOD = topology(OLD_TOWN, SOUTH)
GOOD_TEXT = json.dumps(GOOD, ensure_ascii=False)
QUANTISED = topology(OLD_TOWN, SOUTH, arcs=GRID_ARCS, transform=GRID)


def _case(name, content, outcome, code="", row=None, column="", **spec):
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content, ensure_ascii=False)
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return Case(name, written(data), outcome, code, row, column, spec)


def _first(**members: Any) -> dict[str, Any]:
    return topology({**OLD_TOWN, **members}, SOUTH)


def _several() -> dict[str, Any]:
    other = {"type": "GeometryCollection", "geometries": [SOUTH]}
    return {**GOOD, "objects": {**GOOD["objects"], "districts": other}}


def arc_bomb(path: Path) -> None:
    """Write a few kilobytes that name one long ring for 20,000 areas."""
    ring = [[9.4 + n / 1e6, 54.7] for n in range(5_000)]
    ring += [[9.5, 54.8], ring[0]]
    area = {"type": "Polygon", "arcs": [[0]]}
    path.write_text(json.dumps(topology(*[area] * 20_000, arcs=[ring])))


def many_features(path: Path) -> None:
    """Write one point too many."""
    point = {"type": "Point", "coordinates": [9.4, 54.7]}
    path.write_text(json.dumps(topology(*[point] * 20_001)))


METRES = topology(
    OLD_TOWN,
    SOUTH,
    arcs=[
        [[526_000 + (x - 9.4) * 64_000, 6_061_000 + (y - 54.7) * 111_000] for x, y in a]
        for a in ARCS
    ],
)
SHUT = [[9.40, 54.70], [9.40, 54.70], [9.40, 54.70]]
BOWTIE = [[9.40, 54.70], [9.41, 54.71], [9.41, 54.70], [9.40, 54.71], [9.40, 54.70]]
POINT = {"type": "Point", "coordinates": [1, 1], "properties": {"name": "Kita"}}

CASES = [
    _case("tj_ok", GOOD, TAKEN),
    _case("tj_quantised", QUANTISED, TAKEN),
    _case("tj_bom", b"\xef\xbb\xbf" + GOOD_TEXT.encode(), TAKEN),
    _case("tj_points", topology(POINT, transform=GRID), TAKEN),
    _case("tj_single_object", {**GOOD, "objects": {"areas": OLD_TOWN}}, TAKEN),
    _case("tj_layer_chosen", _several(), TAKEN, layer="areas"),
    _case("tj_layers", _several(), REFUSED, "layer_needed"),
    _case("tj_layer_unknown", _several(), REFUSED, "layer_unknown", layer="kreise"),
    _case("tj_no_objects", {**GOOD, "objects": {}}, REFUSED, "layer_without_features"),
    _case("tj_no_geometries", topology(), REFUSED, "layer_without_features"),
    _case("tj_objects_list", {**GOOD, "objects": [OLD_TOWN]}, REFUSED, "layer_without_features"),
    _case("tj_not_a_geometry", topology(OLD_TOWN, 7), REFUSED, "topojson_not_a_geometry", 2),
    _case("tj_null_type", _first(type=None), REFUSED, "geometry_empty", 1),
    _case("tj_odd_type", _first(type=["Polygon"]), REFUSED, "geometry_wrong_type", 1),
    _case("tj_line", _first(type="LineString", arcs=[0]), REFUSED, "geometry_wrong_type", 1),
    _case(
        "tj_nested_collection",
        topology({"type": "GeometryCollection", "geometries": [OLD_TOWN]}),
        REFUSED,
        "geometry_wrong_type",
        1,
    ),
    _case("tj_arc_unknown", _first(arcs=[[0, 3]]), REFUSED, "topojson_arc_unknown", 1),
    _case("tj_arc_unknown_back", _first(arcs=[[0, -4]]), REFUSED, "topojson_arc_unknown", 1),
    _case("tj_arc_huge", _first(arcs=[[10**200]]), REFUSED, "topojson_arc_unknown", 1),
    _case("tj_arc_fraction", _first(arcs=[[0.5]]), REFUSED, "topojson_arc_unknown", 1),
    _case("tj_arc_truth", _first(arcs=[[True]]), REFUSED, "topojson_arc_unknown", 1),
    _case("tj_arcs_apart", _first(arcs=[[0, 2, 1]]), REFUSED, "topojson_arcs_apart", 1),
    _case("tj_ring_open", _first(arcs=[[1]]), REFUSED, "topojson_arcs_apart", 1),
    _case(
        "tj_arcs_one_step_apart",
        topology(
            OLD_TOWN,
            arcs=[[[100, 0], [0, 100]], [[100, 101], [-100, -1], [0, -100], [100, 0]]],
            transform={"scale": [1e-4, 1e-4], "translate": [9.40, 54.70]},
        ),
        WARNED,
        "topojson_arcs_joined",
        1,
    ),
    _case(
        "tj_arcs_two_steps_apart",
        topology(
            OLD_TOWN,
            arcs=[[[100, 0], [0, 100]], [[100, 102], [-100, -2], [0, -100], [100, 0]]],
            transform={"scale": [1e-4, 1e-4], "translate": [9.40, 54.70]},
        ),
        REFUSED,
        "topojson_arcs_apart",
        1,
    ),
    _case("tj_no_arcs", _first(arcs=None), REFUSED, "geojson_coordinates", 1),
    _case("tj_ring_empty", _first(arcs=[[]]), REFUSED, "geojson_coordinates", 1),
    _case("tj_arc_text", topology(OLD_TOWN, arcs=[SHARED, "WEST"]), REFUSED, "topojson_arc"),
    _case(
        "tj_arc_position_text",
        topology(OLD_TOWN, arcs=[SHARED, [["9.4", "54.7"], [9.41, 54.7]]]),
        REFUSED,
        "topojson_arc",
    ),
    _case("tj_nan", GOOD_TEXT.replace("9.41,", "NaN,", 1), REFUSED, "topojson_arc"),
    _case("tj_arcs_object", topology(OLD_TOWN, arcs={"0": SHARED}), REFUSED, "topojson_arc"),
    _case(
        "tj_1e300",
        topology(OLD_TOWN, SOUTH, arcs=[SHARED, [WEST[0], [1e300, 1], *WEST[2:]], EAST]),
        REFUSED,
        "geometry_out_of_range",
        1,
    ),
    _case("tj_transform", {**GOOD, "transform": {"scale": [1]}}, REFUSED, "topojson_transform"),
    _case(
        "tj_transform_zero",
        {**QUANTISED, "transform": {"scale": [0, 1], "translate": [0, 0]}},
        REFUSED,
        "topojson_transform",
    ),
    _case("tj_transform_text", {**GOOD, "transform": "x"}, REFUSED, "topojson_transform"),
    _case(
        "tj_transform_overflow",
        topology(
            {**OLD_TOWN, "arcs": [[0]]},
            arcs=[[[0, 0], [1e10, 0], [0, 1], [-1e10, -1]]],
            transform={"scale": [1e300, 1], "translate": [0, 0]},
        ),
        REFUSED,
        "geometry_not_finite",
        1,
    ),
    _case("tj_metres", METRES, REFUSED, "crs_missing"),
    _case("tj_metres_answered", METRES, TAKEN, crs="EPSG:25832"),
    _case(
        "tj_swapped",
        topology(OLD_TOWN, arcs=[[[y, x] for x, y in arc] for arc in ARCS]),
        REFUSED,
        "geometry_swapped",
    ),
    _case(
        "tj_crs_link",
        {**GOOD, "crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/trap"}}},
        REFUSED,
        "geojson_crs_link",
    ),
    _case(
        "tj_collapsed_island",
        topology(
            {**OLD_TOWN, "type": "MultiPolygon", "arcs": [[[0, 1]], [[3]]]}, arcs=[*ARCS, SHUT]
        ),
        WARNED,
        "topojson_ring_collapsed",
        1,
    ),
    _case(
        "tj_collapsed",
        topology(OLD_TOWN, {**SOUTH, "arcs": [[3]]}, arcs=[*ARCS, SHUT]),
        REFUSED,
        "geometry_empty",
        2,
    ),
    _case(
        "tj_bowtie",
        topology({**OLD_TOWN, "arcs": [[0]]}, arcs=[BOWTIE]),
        REFUSED,
        "geometry_not_repairable",
        1,
    ),
    _case(
        "tj_dup_ids", topology(OLD_TOWN, {**SOUTH, "id": "01"}), REFUSED, "geojson_id_doubled", 2
    ),
    _case(
        "tj_id_missing",
        topology(OLD_TOWN, {"type": "Polygon", "arcs": [[~0, 2]]}),
        REFUSED,
        "geojson_id_missing",
        2,
    ),
    _case("tj_properties_text", _first(properties="x"), REFUSED, "geojson_not_a_feature", 1),
    _case(
        "tj_dup_json_keys",
        GOOD_TEXT.replace('"id": "01"', '"id": "01", "id": "07"'),
        REFUSED,
        "geojson_doubled_key",
        None,
        "id",
    ),
    _case(
        "tj_proto",
        GOOD_TEXT.replace('"name"', '"__proto__"', 1),
        REFUSED,
        "geojson_forbidden_key",
        None,
        "__proto__",
    ),
    _case(
        "tj_surrogate",
        GOOD_TEXT.replace("Altstadt", "\\ud800"),
        REFUSED,
        "geojson_half_character",
        1,
        "name",
    ),
    _case(
        "tj_script_names",
        GOOD_TEXT.replace("Altstadt", "<script>x</script>"),
        WARNED,
        "table_markup_text",
        1,
        "name",
    ),
    _case("tj_deep", GOOD_TEXT.replace('"Altstadt"', "[" * 100_000), REFUSED, "geojson_too_deep"),
    _case(
        "tj_deep_property",
        GOOD_TEXT.replace('"Altstadt"', "[" * 40 + "]" * 40),
        REFUSED,
        "geojson_too_deep",
        1,
        "name",
    ),
    _case("tj_truncated", GOOD_TEXT[:-40], REFUSED, "geojson_damaged", 1),
    _case("tj_latin1", GOOD_TEXT.encode("cp1252"), REFUSED, "geojson_not_utf8", 1),
    _case(
        "tj_geojson",
        {"type": "FeatureCollection", "features": []},
        REFUSED,
        "topojson_not_topojson",
    ),
    _case("tj_empty", b"", REFUSED, "layer_without_features"),
    _case("tj_xml", "<gml:FeatureCollection xmlns:gml='x'/>", REFUSED, "geojson_not_geojson"),
    Case("tj_arc_bomb", arc_bomb, REFUSED, "geometry_too_many_vertices", 800),
    Case("tj_many_features", many_features, REFUSED, "layer_too_many_features"),
]
