"""Maps of one feature a line (or a record): damage with its line, and whole documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.badfiles.case import REFUSED, TAKEN, Case, written
from tests.badfiles.geojson_cases import (
    BOWTIE,
    EPSG25832,
    GOOD_TEXT,
    LINK,
    MIXED,
    NEXT,
    OVER,
    SQUARE,
    UTM,
    feature,
    polygon,
)

FIRST = feature(polygon(SQUARE), id="01", name="Altstadt")
SECOND = feature(polygon(NEXT), id="02", name="Südstadt")


def sequence(*records: Any, end: str = "\n", before: str = "") -> str:
    """Return records as text; what is text already stays as it is."""
    texts = [
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records
    ]
    return "".join(f"{before}{text}{end}" for text in texts)


GOOD = sequence(FIRST, SECOND)


def _case(name, content, outcome, code="", row=None, column="", **spec):
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return Case(name, written(data), outcome, code, row, column, spec)


def _in_system(member: Any, document: Any) -> str:
    return sequence(*[{**one, "crs": member} for one in document["features"]])


def many_features(path: Path) -> None:
    """Write one point too many."""
    point = feature({"type": "Point", "coordinates": [9.4, 54.7]})
    path.write_text(sequence(*[point] * 20_001))


UTM_TWO = (_in_system(EPSG25832, UTM), sequence(*UTM["features"]))
INDENTED = json.dumps(FIRST, indent=2)

CASES = [
    _case("gs_ok", GOOD, TAKEN),
    _case("gs_no_last_break", GOOD.rstrip(), TAKEN),
    _case("gs_crlf_bom", b"\xef\xbb\xbf" + sequence(FIRST, SECOND, end="\r\n").encode(), TAKEN),
    _case("gs_blank_lines", "\n" + sequence(FIRST, "", SECOND, "  "), TAKEN),
    _case("gs_separated", sequence(FIRST, SECOND, before="\x1e"), TAKEN),
    _case("gs_separated_indented", sequence(INDENTED, SECOND, before="\x1e"), TAKEN),
    _case("gs_utm_crs", UTM_TWO[0], TAKEN),
    _case("gs_utm_no_crs", UTM_TWO[1], REFUSED, "crs_missing"),
    _case("gs_utm_answered", UTM_TWO[1], TAKEN, crs="EPSG:25832"),
    _case("gs_mixed_crs", sequence(*MIXED["features"]), REFUSED, "geometry_mixed_crs", 1),
    _case("gs_crs_link", _in_system(LINK, UTM), REFUSED, "geojson_crs_link"),
    _case(
        "gs_crs_several",
        sequence({**FIRST, "crs": EPSG25832}, {**SECOND, "crs": LINK}),
        REFUSED,
        "geojsonseq_crs_several",
    ),
    _case("gs_damaged", sequence(FIRST, '{"type": "Fea', SECOND), REFUSED, "geojsonseq_damaged", 2),
    _case("gs_truncated", GOOD[:-40], REFUSED, "geojsonseq_damaged", 2),
    _case(
        "gs_damaged_record",
        sequence(INDENTED, INDENTED[:-40], before="\x1e"),
        REFUSED,
        "geojsonseq_damaged",
        INDENTED.count("\n") * 2 - 2,
    ),
    _case("gs_two_in_a_line", sequence(FIRST, end="") * 2, REFUSED, "geojsonseq_damaged", 1),
    _case("gs_text_line", sequence(FIRST, "Quelle: Amt"), REFUSED, "geojson_not_geojson", 2),
    _case("gs_array_line", sequence(FIRST, "[1, 2]"), REFUSED, "geojson_not_geojson", 2),
    _case(
        "gs_not_a_feature",
        sequence(FIRST, "", {"type": "Polygon", "coordinates": [NEXT]}),
        REFUSED,
        "geojson_not_a_feature",
        3,
    ),
    _case("gs_odd_type", sequence({**FIRST, "type": ["x"]}), REFUSED, "geojson_not_a_feature", 1),
    _case("gs_whole", GOOD_TEXT, REFUSED, "geojsonseq_whole_document", 1),
    _case(
        "gs_whole_indented",
        json.dumps(json.loads(GOOD_TEXT), indent=1),
        REFUSED,
        "geojsonseq_whole_document",
        1,
    ),
    _case(
        "gs_topojson",
        sequence({"type": "Topology"}),
        REFUSED,
        "geojsonseq_whole_document",
        1,
    ),
    _case(
        "gs_empty_geometry",
        sequence(FIRST, "", feature(None, id="02", name="x")),
        REFUSED,
        "geometry_empty",
        3,
    ),
    _case(
        "gs_bowtie",
        sequence("", feature(polygon(BOWTIE))),
        REFUSED,
        "geometry_not_repairable",
        2,
    ),
    _case(
        "gs_odd_geometry",
        sequence(feature({"type": [], "coordinates": []})),
        REFUSED,
        "geometry_wrong_type",
        1,
    ),
    _case(
        "gs_overlap", sequence("", feature(polygon(OVER), id="01", name="Altstadt"), SECOND), TAKEN
    ),
    _case(
        "gs_nan",
        sequence(FIRST, SECOND).replace("9.4,", "NaN,", 1),
        REFUSED,
        "geojson_coordinates",
        1,
    ),
    _case(
        "gs_dup_ids",
        sequence({**FIRST, "id": 1}, "", {**SECOND, "id": 1})
        .replace('"id": "01", ', "")
        .replace('"id": "02", ', ""),
        REFUSED,
        "geojson_id_doubled",
        3,
    ),
    _case(
        "gs_dup_json_keys",
        GOOD.replace('"id": "02"', '"id": "02", "id": "07"'),
        REFUSED,
        "geojson_doubled_key",
        2,
        "id",
    ),
    _case(
        "gs_proto",
        GOOD.replace('"id": "02"', '"__proto__": 1'),
        REFUSED,
        "geojson_forbidden_key",
        2,
        "__proto__",
    ),
    _case(
        "gs_surrogate",
        GOOD.replace("Südstadt", "\\ud800"),
        REFUSED,
        "geojson_half_character",
        2,
        "name",
    ),
    _case("gs_deep", sequence(FIRST, "[" * 100_000), REFUSED, "geojson_too_deep", 2),
    _case("gs_latin1", GOOD.encode("cp1252"), REFUSED, "geojson_not_utf8", 2),
    _case("gs_utf16", GOOD.encode("utf-16"), REFUSED, "geojson_not_utf8", 1),
    _case("gs_empty", b"", REFUSED, "layer_without_features"),
    _case("gs_only_separator", b"\x1e\n", REFUSED, "layer_without_features"),
    _case("gs_xml", "<gml:FeatureCollection xmlns:gml='x'/>", REFUSED, "geojson_not_geojson"),
    Case("gs_many_features", many_features, REFUSED, "layer_too_many_features", 20_001),
]
