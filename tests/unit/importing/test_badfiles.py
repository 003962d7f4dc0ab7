"""Every prepared file has its outcome, its finding, its place and its words."""

from __future__ import annotations

import time

import pytest

from data.importing.readers import Layer, LayerSpec, Table, TableSpec, read_layer, read_table
from domain.findings import Finding, RefusedFileError, Severity
from i18n import LANGUAGES, translator
from tests.badfiles import (
    csv_cases,
    geojson_cases,
    geojsonseq_cases,
    gpkg_cases,
    shp_cases,
    topojson_cases,
    xlsx_cases,
)
from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case

TABLES = {"csv": csv_cases.CASES, "xlsx": xlsx_cases.CASES}
LAYERS = {
    "geojson": geojson_cases.CASES,
    "geojsonseq": geojsonseq_cases.CASES,
    "topojson": topojson_cases.CASES,
    "geopackage": gpkg_cases.CASES,
    "shapefile": shp_cases.CASES,
}
ALL = [
    pytest.param(form, case, id=case.name)
    for form, cases in {**TABLES, **LAYERS}.items()
    for case in cases
]
CANARIES = ("root:", "/etc/passwd")


def _read(form: str, case: Case, path) -> tuple[Table | Layer | None, tuple[Finding, ...]]:
    options = {"format": form, **case.spec}
    try:
        if form in TABLES:
            found = read_table(path, TableSpec(**options))
        else:
            found = read_layer(path, LayerSpec(**options))
    except RefusedFileError as refused:
        return None, tuple(refused.findings)
    return found, found.findings


def _outcome(found: object, findings: tuple[Finding, ...]) -> str:
    if found is None:
        assert any(finding.severity is Severity.ERROR for finding in findings)
        return REFUSED
    assert not any(finding.severity is Severity.ERROR for finding in findings)
    warned = any(finding.severity is Severity.WARNING for finding in findings)
    return WARNED if warned else TAKEN


@pytest.mark.parametrize(("form", "case"), ALL)
def test_a_prepared_file_has_its_outcome_place_and_words(form, case, tmp_path):
    path = tmp_path / f"{case.name}.dat"
    case.build(path)
    before = sorted(tmp_path.rglob("*"))
    began = time.monotonic()
    found, findings = _read(form, case, path)
    assert time.monotonic() - began < 15
    assert _outcome(found, findings) == case.outcome, findings
    assert sorted(tmp_path.rglob("*")) == before
    if case.code:
        matching = [finding for finding in findings if finding.code == case.code]
        assert matching, findings
        place = matching[0].place
        assert place.file == path.name
        assert place.row == case.row
        assert place.column == case.column
    for finding in findings:
        _assert_is_told(finding)


def _assert_is_told(finding: Finding) -> None:
    for language in LANGUAGES:
        tr = translator(language)
        for part in ("cause", "remedy"):
            text = tr(f"finding.{finding.code}.{part}", **finding.params)
            assert text
            assert "{" not in text.replace("{…}", "")
            assert not any(canary in text for canary in CANARIES)


def test_case_names_occur_once():
    names = [parameter.id for parameter in ALL]
    assert len(names) == len(set(names))
