"""What docs/bad-inputs.md promises of single cases beyond outcome, finding and place.

``WORDS`` are texts that place, cause or remedy must hold, German and English. ``CPU_SECONDS``
is what reading alone may cost, and ``MEGABYTES`` the most memory of the whole process of an
import, where these are not what holds for every case. ``TOWNS`` are the towns of files that do
not fit the usual one.
"""

from __future__ import annotations

from dataclasses import replace

from tests.badfiles.case import REFUSED, WARNED, Case, Town

_XLSX = ("Datei > Speichern unter", "File > Save As")
_SYSTEMS = ("EPSG:25832, 25833, 31466, 31467, 31468, 31469, 4326",) * 2
_DEGREES = ("höchstwahrscheinlich EPSG:4326", "most likely EPSG:4326")
_ENTITIES = ("XML-Entitäten sind nicht erlaubt", "XML entities are not allowed")
_NO_GEOJSON = ("Das ist kein GeoJSON", "This is no GeoJSON")
_VIEW = ("Sichten werden nicht gelesen", "views are not read")

WORDS: dict[str, tuple[str, str]] = {
    "xlsx_formulas": ("(C3); übernommen wird der gespeicherte Wert", "(C3); the stored value"),
    "xlsx_external_links": ("nichts wird nachgeladen", "nothing is loaded"),
    "xlsx_huge_dimension": ("300000 Zeilen", "300000 rows"),
    "xlsx_billion_laughs": _ENTITIES,
    "xlsx_xxe": _ENTITIES,
    "xlsx_macro": _XLSX,
    "xlsx_encrypted": ("löschen Sie das Kennwort", "delete the password"),
    "xlsx_old_xls": _XLSX,
    "zip_encrypted": ("Kennwort löschen, speichern", "delete the password, save"),
    "xlsx_hidden_sheet": (
        "verborgene Blatt „Rohdaten“ wird nicht gelesen",
        "hidden sheet “Rohdaten” is not read",
    ),
    "xlsx_two_sheets": ("a, b", "a, b"),
    "gpkg_two_layers": ("a, b", "a, b"),
    "shp_two": ("gebiete, andere", "gebiete, andere"),
    "gj_bowtie": ("erlaubt ist 1 %", "1% is allowed"),
    "gj_swapped": ("Länge und Breite vertauscht?", "longitude and latitude swapped?"),
    "gj_utm_no_crs": _SYSTEMS,
    "gj_mixed_crs": _SYSTEMS,
    "gj_mixed_crs_metres": _SYSTEMS,
    "shp_no_prj": _SYSTEMS,
    "shp_degrees_no_prj": _DEGREES,
    "shp_degrees_as_metres": _DEGREES,
    "shp_degrees_prj_metres": _DEGREES,
    "shp_far_from_use": (
        "bei −30,9° Länge und 47,4° Breite",
        "longitude −30.9° and latitude 47.4°",
    ),
    "gpkg_srs_undefined": _SYSTEMS,
    "gpkg_srs_missing": _SYSTEMS,
    "shp_prj_garbage": _SYSTEMS,
    "gj_crs_link": ("sie wird nicht aufgerufen", "which is not called"),
    "gj_overlap": ("01 Altstadt / 02 Südstadt: 717", "01 Altstadt / 02 Südstadt: 717"),
    "gj_many_vertices": ("vereinfacht", "simplified to"),
    "gj_many_features": ("mehr als 20.000", "more than 20,000"),
    "gj_utf16": ("Byte 1 ist", "Byte 1 is"),
    "gj_truncated": ("ab Byte", "from byte"),
    "gj_trailing": ("ab Byte", "from byte"),
    "gj_seq": ('format = "geojsonseq"',) * 2,
    "gj_concatenated": ('format = "geojsonseq"',) * 2,
    "gj_topojson": ('format = "topojson"',) * 2,
    "gj_esri": ("Das ist Esri-JSON", "This is Esri JSON"),
    "gj_vrt_local": _NO_GEOJSON,
    "gj_vrt_ssrf": _NO_GEOJSON,
    "gj_gdalg": _NO_GEOJSON,
    "gj_wfs": _NO_GEOJSON,
    "gj_gml": _NO_GEOJSON,
    "shp_vrt": (".shp ist kein Shapefile", ".shp is no shapefile"),
    "gpkg_view_endless": _VIEW,
    "gpkg_view_zeroblob": _VIEW,
    "zip_bomb_patient": ("größer als 512 MiB", "beyond 512 MiB"),
    "svg_script": ("als PNG", "as a PNG"),
    "png_bomb": ("30000 × 30000", "30000 × 30000"),
    "png_polyglot": (f"noch {29} Bytes", f"{29} more bytes"),
}

CPU_SECONDS: dict[str, float] = {
    "xlsx_huge_dimension": 5.0,
    "gj_deep": 1.0,
    "gj_deep_collection": 1.0,
    "gj_deep_property": 1.0,
    "gj_proto": 1.0,
    "gj_props": 1.0,
    "gpkg_view_endless": 5.0,
    "gpkg_view_zeroblob": 5.0,
    "gpkg_view_contents": 5.0,
}

MEGABYTES: dict[str, int] = {
    "xlsx_huge_dimension": 300,
    "gj_many_vertices": 1024,
    "zip_bomb_patient": 700,
}

TOWNS: dict[str, Town] = {
    "xlsx_lying_dimension": Town(areas=("01",)),
    "xlsx_merged_header": Town(areas=("01",), value="2019 / Anzahl"),
    "gj_script_names": Town(id="name"),
    "gj_overlap": Town(outcome=WARNED, code="geometry_overlap", row=1),
    "gs_overlap": Town(outcome=WARNED, code="geometry_overlap", row=2),
    "tj_points": Town(id="name", outcome=REFUSED, code="level_wrong_shape"),
}


def with_promise(case: Case) -> Case:
    """Return a case with what is promised of it."""
    town, words = TOWNS.get(case.name, case.town), WORDS.get(case.name)
    says = {"de": words[:1], "en": words[1:]} if words else town.says
    return replace(
        case,
        town=replace(town, says=says),
        megabytes=MEGABYTES.get(case.name, case.megabytes),
    )
