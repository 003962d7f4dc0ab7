"""Which features of a map are meant, and names that several areas carry."""

from __future__ import annotations

import pytest

from domain.findings import Severity
from tests.small_delivery import HEAD, codes, import_delivery, refused_findings, the

LINES = ["id;jahr;kinder", "01;2021;5", "02;2021;7"]


def with_layer(extra: str) -> str:
    return HEAD.replace('name = "name"\n', f'name = "name"\n{extra}\n')


def test_only_the_features_meant_are_taken_over_and_the_others_counted(tmp_path):
    town = import_delivery(tmp_path, LINES[:2], head=with_layer('where = { key = "01" }'))
    assert town.areas["viertel@1"]["area_id"].tolist() == ["01"]
    finding = the(town.findings, "features_not_meant")
    assert finding.severity is Severity.INFO
    assert finding.params == {"n": 2, "kept": 1, "condition": "key = 01"}


def test_a_condition_that_no_feature_meets_is_refused(tmp_path):
    found = refused_findings(tmp_path, LINES, head=with_layer('where = { key = "1" }'))
    finding = the(found, "features_none_meant")
    assert (finding.severity, finding.place.file) == (Severity.ERROR, "viertel.geojson")


@pytest.mark.parametrize("extra", ['where = { art = "9" }', 'name_apart = "art"'])
def test_a_column_the_map_lacks_is_refused(tmp_path, extra):
    found = refused_findings(tmp_path, LINES, head=with_layer(extra))
    assert the(found, "column_missing").params["column"] == "art"


def test_names_that_stand_twice_are_told_apart_and_others_stay(tmp_path, monkeypatch):
    names = {"01": "Altstadt", "02": "Altstadt", "03": "Neustadt"}
    monkeypatch.setattr("tests.small_delivery.QUARTERS", names)
    town = import_delivery(tmp_path, LINES, head=with_layer('name_apart = "key"'))
    expected = ["Altstadt (01)", "Altstadt (02)", "Neustadt"]
    assert town.areas["viertel@1"]["name"].tolist() == expected
    assert "area_ambiguous" not in codes(town.findings)
