"""Every bad input of docs/bad-inputs.md has a prepared file that is run through the import."""

import re

import pytest

from i18n import texts
from tests.architecture.sources import ROOT
from tests.badfiles.collected import form_cases, missing_cases
from tests.badfiles.rows import ROWS


def test_the_rows_are_numbered_without_a_gap():
    assert list(ROWS) == list(range(1, 59))


@pytest.mark.parametrize("row", ROWS)
def test_every_case_of_a_row_exists(row):
    assert missing_cases([row]) == {}


def test_case_names_occur_once():
    names = [case.name for _, case in form_cases()]
    assert len(names) == len(set(names))


PREFIXES = "csv|xlsx|gj|gs|tj|gpkg|shp|zip|ext|svg|png|gz"
DOCUMENT = (ROOT / "docs" / "bad-inputs.md").read_text(encoding="utf-8")


def documented():
    """Return what is written on each row by its number."""
    found: dict[int, str] = {}
    row = 0
    for number, text in re.findall(r"^\| (\d*) ?\| (.*)$", DOCUMENT, re.MULTILINE):
        row = int(number) if number else row  # a row may go on in the next line of the table
        found[row] = found.get(row, "") + text
    return found


@pytest.mark.parametrize("row", ROWS)
def test_every_case_of_a_row_is_documented(row):
    assert [stem for stem in ROWS[row] if f"`{stem}" not in documented()[row]] == []


def test_every_documented_case_exists():
    names = {case.name for _, case in form_cases()}
    told = set(re.findall(rf"`((?:{PREFIXES})_\w+)`", DOCUMENT))
    findings = {key.split(".")[1] for key in texts("de") if key.startswith("finding.")}
    stems = {stem for stems in ROWS.values() for stem in stems}
    assert told - names - findings - stems == set()


def test_every_documented_finding_has_words():
    tables = DOCUMENT.split("## Tables (1–23)")[1].split("\n## ")[0]
    codes = [line.split(" | ")[3] for line in tables.splitlines() if line[2:3].isdigit()]
    told = {code for cell in codes for code in re.findall(r"`(\w+)`", cell)}
    assert len(told) > 30
    assert [code for code in told if f"finding.{code}.cause" not in texts("de")] == []
