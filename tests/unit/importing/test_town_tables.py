"""Tables that read well but mean no town, read and joined without a process of their own."""

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError, Severity
from tests.badfiles import delivery
from tests.badfiles.case import REFUSED, TAKEN, WARNED
from tests.badfiles.judgement import judge_words
from tests.badfiles.town_csv_cases import CASES

ELSEWHERE = {"csv_many_rows", "csv_many_rows_too_many", "csv_reconstructable"}
"""Long, or found only when a release is built."""

READ = [pytest.param(case, id=case.name) for case in CASES if case.name not in ELSEWHERE]


def imported(case, folder):
    """Return outcome and findings of a delivery."""
    try:
        town = assemble(load_recipe(delivery.put(case, "csv", folder)), folder, lambda *_: None)
    except RefusedFileError as refusal:
        return REFUSED, refusal.findings
    warned = any(finding.severity is Severity.WARNING for finding in town.findings)
    return (WARNED if warned else TAKEN), town.findings


@pytest.mark.parametrize("case", READ)
def test_a_table_has_its_outcome_place_and_words(case, tmp_path):
    outcome, findings = imported(case, tmp_path)
    assert outcome == case.outcome, findings
    judge_words(case, findings)
