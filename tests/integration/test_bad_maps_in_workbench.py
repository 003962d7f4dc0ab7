"""Files nobody should send: looked into as a new layer, each is answered with cause and remedy."""

import json

import pytest

from i18n import LANGUAGES, translator
from services.findings_json import findings_from_json
from services.map_work import look_at_map
from tests.badfiles.collected import LAYERS
from tests.badfiles.rows import ROWS
from tests.map_town import MapTown

CANARY = "kanarienvogel-4711-bleibt-im-kaefig"
FIRST, LAST = 35, 56
STEMS = {stem for row, stems in ROWS.items() if FIRST <= row <= LAST for stem in stems}
BY_CONTENT = {"gj_seq", "gs_separated_indented", "gs_whole", "gs_whole_indented", "tj_points"}
"""What a file is, is told by its content here: these are read as what they are."""


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    town = MapTown.at(tmp_path_factory.mktemp("town"))
    return (town.services.store.folder / town.first).resolve()


def test_points_of_an_unknown_system_are_told_to_be_no_areas(release, tmp_path):
    points = [
        {
            "type": "Feature",
            "properties": {"key": key, "name": key},
            "geometry": {"type": "Point", "coordinates": [526_000 + 500 * n, 6_061_000]},
        }
        for n, key in enumerate(("01", "02"))
    ]
    content = {"type": "FeatureCollection", "features": points}
    (tmp_path / "input.bin").write_text(json.dumps(content), encoding="utf-8")
    for crs, code in (("", "crs_missing"), ("EPSG:25832", "level_wrong_shape")):
        told = look_at_map(ordered(tmp_path, release, crs=crs), lambda _share, _key: None)
        assert code in {f["code"] for f in told["findings"]}


def ordered(folder, release, **reading):
    """Return an order to look into the file of a folder."""
    return {
        "folder": str(folder), "given": "neu.zip", "release": str(release),
        "recipe": "originals/recipe.toml", "level": "viertel", "vintage": "1",
        "target": "2026", "is_table": False, "reading": {k: v for k, v in reading.items() if v},
    }  # fmt: skip


@pytest.mark.parametrize("form", LAYERS)
def test_a_bad_layer_is_told_in_both_languages_and_nothing_leaks(form, release, tmp_path):
    (tmp_path / "canary.txt").write_text(CANARY, encoding="utf-8")
    cases = [c for c in LAYERS[form] if c.name in STEMS - BY_CONTENT]
    for case in cases:
        folder = tmp_path / "cases" / case.name
        folder.mkdir(parents=True)
        case.build(folder / "input.bin")
        chosen = {k: v for k, v in case.spec.items() if k in {"layer", "crs", "encoding"}}
        told = look_at_map(ordered(folder, release, **chosen), lambda _share, _key: None)
        assert CANARY not in json.dumps(told), case.name
        findings = findings_from_json(told["findings"])
        is_refused = any(f.severity == "error" for f in findings)
        assert is_refused is (case.outcome == "refused"), case.name
        assert is_refused or told["ids"], case.name
        assert all(f.place.file in {"neu.zip", ""} for f in findings), case.name
        for language in LANGUAGES:
            tr = translator(language)
            for f in findings:
                assert tr(f"finding.{f.code}.cause", **f.params), case.name
                assert tr(f"finding.{f.code}.remedy", **f.params), case.name
    assert cases or form in {"geojsonseq", "topojson"}
