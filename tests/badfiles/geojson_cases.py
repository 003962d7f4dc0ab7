"""Maps as GeoJSON text: damage, lies, links and foreign formats."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, outside, pointing, written

SQUARE = [[9.40, 54.70], [9.41, 54.70], [9.41, 54.71], [9.40, 54.71], [9.40, 54.70]]
NEXT = [[9.41, 54.70], [9.42, 54.70], [9.42, 54.71], [9.41, 54.71], [9.41, 54.70]]
TRAP = "http://127.0.0.1:9/trap"


def polygon(*rings: Any) -> dict[str, Any]:
    """Return a polygon of these rings."""
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, /, **properties: Any) -> dict[str, Any]:
    """Return a feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    """Return a feature collection."""
    return {"type": "FeatureCollection", **members, "features": list(features)}


def _two(first: Any, **members: Any) -> dict[str, Any]:
    return collection(
        feature(first, id="01", name="Altstadt"),
        feature(polygon(NEXT), id="02", name="Südstadt"),
        **members,
    )


def _case(name, content, outcome, code="", row=None, column="", **spec):
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content, ensure_ascii=False)
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return Case(name, written(data), outcome, code, row, column, spec)


def _with_id(written: Any) -> str:
    document = collection({**feature(polygon(SQUARE)), "id": written})
    return json.dumps(document)


def nested(depth: int) -> list[Any]:
    """Return a list in a list and so on."""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def _ring(*replacements: tuple[int, Any]) -> dict[str, Any]:
    ring: list[Any] = [list(position) for position in SQUARE]
    for index, position in replacements:
        ring[index] = position
    return polygon(ring)


def _scaled(ring, x, y):
    return [[x + (east - 9.4) * 64_000, y + (north - 54.7) * 111_000] for east, north in ring]


UTM = _two(polygon(_scaled(SQUARE, 526_000, 6_061_000)))
UTM["features"][1]["geometry"] = polygon(_scaled(NEXT, 526_000, 6_061_000))
MIXED = _two(polygon(_scaled(SQUARE, 526_000, 6_061_000)))
EPSG25832 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
LINK = {"type": "link", "properties": {"href": TRAP, "type": "proj4"}}
GOOD = _two(polygon(SQUARE))
GOOD_TEXT = json.dumps(GOOD, ensure_ascii=False)
BOWTIE = [[9.40, 54.70], [9.41, 54.71], [9.41, 54.70], [9.40, 54.71], [9.40, 54.70]]
# a spike that crosses itself: invalid, but of next to no area
SPIKE = [*SQUARE[:3], [9.405, 54.71], [9.405, 54.71001], [9.40501, 54.71], *SQUARE[3:]]
HOLE_OUTSIDE = [[9.50, 54.70], [9.50, 54.701], [9.501, 54.701], [9.501, 54.70], [9.50, 54.70]]
OVER = [[9.405, 54.70], [9.42, 54.70], [9.42, 54.71], [9.405, 54.71], [9.405, 54.70]]


def many_features(path: Path) -> None:
    """Write one point too many."""
    point = {"type": "Point", "coordinates": [9.4, 54.7]}
    path.write_text(json.dumps(collection(*[feature(point, id=str(n)) for n in range(20_001)])))


def many_vertices(path: Path) -> None:
    """Write two areas of 1.2 million vertices, jagged by centimetres."""
    source = random.Random(3)
    features = []
    for index in range(2):
        west, n = 9.4 + index * 0.1, 600_000
        lower = [[west + 0.1 * k / n, 54.7 + source.random() * 1e-7] for k in range(n)]
        ring = [*lower, [west + 0.1, 54.8], [west, 54.8], lower[0]]
        features.append(feature(polygon(ring), id=str(index), name=f"Gebiet {index}"))
    path.write_text(json.dumps(collection(*features)))


def _deep_geometry() -> str:
    inner = '{"type":"GeometryCollection","geometries":[' * 20_000 + "]}" * 20_000
    return GOOD_TEXT.replace(json.dumps(polygon(NEXT)), inner)


def _vrt(target: str) -> bytes:
    layer = f'<OGRVRTLayer name="x"><SrcDataSource>{target}</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()


def _gdalg(target: str) -> bytes:
    command = f"gdal vector pipeline ! read {target}"
    return json.dumps({"type": "gdal_streamed_alg", "command_line": command}).encode()


CASES = [
    _case("gj_ok", GOOD, TAKEN),
    _case("gj_clockwise", _two(polygon(SQUARE[::-1])), TAKEN),
    _case("gj_bom", b"\xef\xbb\xbf" + GOOD_TEXT.encode(), TAKEN),
    _case("gj_3d", _two(_ring((1, [9.41, 54.70, 12.5]))), TAKEN),
    _case("gj_utm_crs", {**UTM, "crs": EPSG25832}, TAKEN),
    _case("gj_utm_no_crs", UTM, REFUSED, "crs_missing"),
    _case("gj_utm_answered", UTM, TAKEN, crs="EPSG:25832"),
    _case("gj_utm_answered_degrees", UTM, REFUSED, "crs_not_degrees", crs="EPSG:4326"),
    _case("gj_mixed_crs", MIXED, REFUSED, "geometry_mixed_crs", 1),
    _case(
        "gj_mixed_crs_metres",
        {**MIXED, "crs": EPSG25832},
        REFUSED,
        "geometry_mixed_crs",
        2,
    ),
    _case("gj_crs_link", {**GOOD, "crs": LINK}, REFUSED, "geojson_crs_link"),
    _case(
        "gj_crs_odd",
        {**GOOD, "crs": {"type": "name", "properties": {"name": TRAP}}},
        REFUSED,
        "crs_unknown",
    ),
    _case(
        "gj_exceeded_limit", {**GOOD, "exceededTransferLimit": True}, WARNED, "geojson_incomplete"
    ),
    _case("gj_bowtie", _two(polygon(BOWTIE)), REFUSED, "geometry_not_repairable", 1),
    _case("gj_bowtie_small", _two(polygon(SPIKE)), WARNED, "geometry_repaired", 1),
    _case(
        "gj_hole_outside",
        _two(polygon(SQUARE, HOLE_OUTSIDE)),
        REFUSED,
        "geometry_not_repairable",
        1,
    ),
    # areas over one another are judged by level, with their keys: see test_areas_fit
    _case("gj_overlap", _two(polygon(OVER)), TAKEN),
    _case("gj_nan", GOOD_TEXT.replace("9.4,", "NaN,", 1), REFUSED, "geojson_coordinates", 1),
    _case("gj_inf", GOOD_TEXT.replace("9.4,", "1e999,", 1), REFUSED, "geojson_coordinates", 1),
    _case("gj_1e300", _two(_ring((2, [1e300, 54.7]))), REFUSED, "geometry_out_of_range", 1),
    _case("gj_out_of_range", _two(_ring((2, [200, 54.7]))), REFUSED, "geometry_out_of_range", 1),
    _case("gj_coords_text", _two(_ring((1, ["9.41", "54.7"]))), REFUSED, "geojson_coordinates", 1),
    _case("gj_4d", _two(_ring((1, [9.41, 54.7, 1, 2]))), REFUSED, "geojson_coordinates", 1),
    _case("gj_ring_open", _two(polygon(SQUARE[:-1])), REFUSED, "geojson_ring_open", 1),
    _case(
        "gj_swapped",
        collection(feature(polygon([[y, x] for x, y in SQUARE]))),
        REFUSED,
        "geometry_swapped",
    ),
    _case("gj_empty_geoms", _two(None), REFUSED, "geometry_empty", 1),
    _case("gj_empty_coordinates", _two(polygon()), REFUSED, "geometry_empty", 1),
    _case("gj_no_features", collection(), REFUSED, "layer_without_features"),
    _case(
        "gj_wrong_type",
        _two({"type": "LineString", "coordinates": SQUARE}),
        REFUSED,
        "geometry_wrong_type",
        1,
    ),
    _case(
        "gj_point_among_areas",
        _two({"type": "Point", "coordinates": [9.4, 54.7]}),
        REFUSED,
        "geometry_wrong_type",
        1,
    ),
    _case(
        "gj_no_id",
        collection({**feature(polygon(SQUARE)), "id": 1}, feature(polygon(NEXT))),
        REFUSED,
        "geojson_id_missing",
        2,
    ),
    _case(
        "gj_dup_ids",
        collection({**feature(polygon(SQUARE)), "id": 1}, {**feature(polygon(NEXT)), "id": 1}),
        REFUSED,
        "geojson_id_doubled",
        2,
    ),
    _case("gj_id_deep", _with_id(nested(40)), REFUSED, "geojson_too_deep", 1, "id"),
    _case("gj_id_surrogate", _with_id("\ud800"), REFUSED, "geojson_half_character", 1, "id"),
    _case("gj_type_surrogate", '{"type": "\\ud800"}', REFUSED, "geojson_not_geojson"),
    _case(
        "gj_dup_json_keys",
        GOOD_TEXT.replace('"id": "01"', '"id": "01", "id": "07"'),
        REFUSED,
        "geojson_doubled_key",
        None,
        "id",
    ),
    _case(
        "gj_script_names",
        _two(polygon(SQUARE))
        | {"features": [feature(polygon(SQUARE), name="<script>window.__x=1</script>")]},
        WARNED,
        "table_markup_text",
        1,
        "name",
    ),
    _case("gj_deep", "[" * 100_000, REFUSED, "geojson_too_deep"),
    _case("gj_deep_collection", _deep_geometry(), REFUSED, "geojson_too_deep"),
    _case(
        "gj_deep_property",
        GOOD_TEXT.replace('"01"', "[" * 40 + "]" * 40),
        REFUSED,
        "geojson_too_deep",
        1,
        "id",
    ),
    _case(
        "gj_proto",
        GOOD_TEXT.replace('"id"', '"__proto__"', 1),
        REFUSED,
        "geojson_forbidden_key",
        None,
        "__proto__",
    ),
    _case(
        "gj_props",
        collection(feature(polygon(SQUARE), **{f"p{n}": n for n in range(50_000)})),
        REFUSED,
        "table_too_many_columns",
    ),
    _case(
        "gj_geometry_column",
        collection(feature(polygon(SQUARE), geometry="x")),
        REFUSED,
        "layer_column_reserved",
        None,
        "geometry",
    ),
    _case("gj_utf16", GOOD_TEXT.encode("utf-16"), REFUSED, "geojson_not_utf8", 1),
    _case("gj_latin1", GOOD_TEXT.encode("cp1252"), REFUSED, "geojson_not_utf8", 1),
    _case(
        "gj_surrogate",
        GOOD_TEXT.replace("Altstadt", "\\ud800"),
        REFUSED,
        "geojson_half_character",
        1,
        "name",
    ),
    _case("gj_truncated", GOOD_TEXT[:-40], REFUSED, "geojson_damaged", 1),
    _case("gj_trailing", GOOD_TEXT + "\n;", REFUSED, "geojson_damaged", 2),
    _case("gj_concatenated", GOOD_TEXT + GOOD_TEXT, REFUSED, "geojson_sequence", 1),
    _case(
        "gj_seq",
        "\n".join(json.dumps(f) for f in GOOD["features"]),
        REFUSED,
        "geojson_sequence",
        2,
    ),
    _case("gj_seq_rs", "\x1e" + GOOD_TEXT, REFUSED, "geojson_sequence"),
    _case("gj_topojson", {"type": "Topology", "objects": {}}, REFUSED, "geojson_topojson"),
    _case(
        "gj_esri",
        {"geometryType": "esriGeometryPolygon", "features": []},
        REFUSED,
        "geojson_esri",
    ),
    _case("gj_array", [1, 2], REFUSED, "geojson_not_geojson"),
    Case("gj_vrt_local", pointing(_vrt), REFUSED, "geojson_not_geojson"),
    _case(
        "gj_vrt_ssrf",
        f'<?xml version="1.0"?><OGRVRTDataSource><SrcDataSource>/vsicurl/{TRAP}',
        REFUSED,
        "geojson_not_geojson",
    ),
    Case("gj_gdalg", pointing(_gdalg), REFUSED, "geojson_not_geojson"),
    _case("gj_wfs", f"<OGRWFSDataSource><URL>{TRAP}", REFUSED, "geojson_not_geojson"),
    _case("gj_gml", "<gml:FeatureCollection xmlns:gml='x'/>", REFUSED, "geojson_not_geojson"),
    _case("gj_text", "WFS:http://127.0.0.1:9/trap", REFUSED, "geojson_not_geojson"),
    Case("gj_many_features", many_features, REFUSED, "layer_too_many_features"),
]

# Slow to write, or wrong by its place in the folder: only for a whole import.
FOR_IMPORTS = [
    Case("gj_many_vertices", many_vertices, WARNED, "geometry_simplified", seconds=60.0),
    Case("gj_symlink", lambda path: path.symlink_to(outside(path)), REFUSED, "path_outside"),
]
